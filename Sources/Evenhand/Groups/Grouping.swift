/// Which group each entry belongs to: a value of one attribute, or of several crossed.
///
/// Only combinations that occur are groups, in the order of their values. An entry that lacks one of the attributes belongs to no group.
public struct Grouping: Sendable, Equatable {
    /// The names of the attributes that are crossed; none for the group of all.
    public let attributes: [String]
    /// For each group its value of each attribute.
    public let values: [[String]]
    /// For each entry its group, or `Factor.missing`.
    public let codes: [Int32]
    /// The number of entries in each group.
    public let sizes: [Int]

    /// The number of groups.
    public var count: Int { values.count }

    /// What a group is called: its values with a point between them.
    public func name(of group: Int) -> String { values[group].joined(separator: " · ") }

    /// The groups of a sheet's entries.
    ///
    /// - Parameters:
    ///   - names: attributes of the entries; with several, a group for each combination.
    ///   - sheet: the scores whose entries are grouped.
    /// - Throws: `DesignError.unknownAttribute`.
    public init(by names: [String], of sheet: ScoreSheet) throws(DesignError) {
        try self.init(by: names, of: sheet.entryAttributes, entryCount: sheet.entries.count)
    }

    /// The groups of entries with these attributes.
    package init(by names: [String], of attributes: [Attribute], entryCount: Int) throws(DesignError) {
        var factors: [Factor] = []
        for name in names {
            guard let attribute = attributes.first(where: { $0.name == name }) else {
                throw .unknownAttribute(name, known: attributes.map(\.name))
            }
            factors.append(attribute.values)
        }
        self.init(names, factors, count: entryCount)
    }

    private init(_ names: [String], _ factors: [Factor], count: Int) {
        var (codes, cells) = ([Int32](repeating: 0, count: count), [[String]]([[]]))
        for factor in factors {
            let width = factor.levels.count
            let crossed = zip(codes, factor.codes).map { cell, level in
                cell == Factor.missing || level == Factor.missing ? -1 : Int(cell) * width + Int(level)
            }
            let kept = Grouping.distinct(crossed, below: cells.count * width)
            codes = Grouping.positions(of: crossed, in: kept, below: cells.count * width)
            cells = kept.map { [cells] in cells[$0 / width] + [factor.levels[$0 % width]] }
        }
        (attributes, values, self.codes) = (names, cells, codes)
        sizes = codes.reduce(into: [Int](repeating: 0, count: cells.count)) { if $1 != Factor.missing { $0[Int($1)] += 1 } }
    }

    /// A table of all combinations is quick, but only while there are few of them.
    private static let tableSize = 1 << 22

    /// The numbers that occur, in ascending order, without negative ones.
    private static func distinct(_ numbers: [Int], below bound: Int) -> [Int] {
        guard bound <= tableSize else { return Set(numbers).filter { $0 >= 0 }.sorted() }
        var occurs = [Bool](repeating: false, count: bound)
        for number in numbers where number >= 0 { occurs[number] = true }
        return occurs.indices.filter { occurs[$0] }
    }

    /// For each number its position among the distinct ones.
    private static func positions(of numbers: [Int], in distinct: [Int], below bound: Int) -> [Int32] {
        guard bound <= tableSize else {
            let position = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
            return numbers.map { position[$0] ?? Factor.missing }
        }
        var position = [Int32](repeating: Factor.missing, count: bound)
        for (index, number) in distinct.enumerated() { position[number] = Int32(index) }
        return numbers.map { $0 < 0 ? Factor.missing : position[$0] }
    }

    /// The groups by each attribute alone when several are crossed, then the group of all; of the entries that have all attributes.
    public var margins: [Grouping] {
        let single = attributes.count > 1 ? attributes.indices.map { merged(keeping: [$0]) } : []
        return single + [merged(keeping: [])]
    }

    private func merged(keeping kept: [Int]) -> Grouping {
        let names = values.map { value in kept.map { value[$0] } }
        var (codeOf, merged) = ([[String]: Int32](), [[String]]())
        let distinct = Set(names).sorted { zip($0, $1).first { $0 != $1 }.map { Factor.precedes($0.0, $0.1) } ?? false }
        for name in distinct {
            codeOf[name] = Int32(merged.count)
            merged.append(name)
        }
        let newCode = names.map { codeOf[$0] ?? Factor.missing }
        let codes = codes.map { $0 == Factor.missing ? Factor.missing : newCode[Int($0)] }
        return Grouping(attributes: kept.map { attributes[$0] }, values: merged, codes: codes)
    }

    private init(attributes: [String], values: [[String]], codes: [Int32]) {
        (self.attributes, self.values, self.codes) = (attributes, values, codes)
        sizes = codes.reduce(into: [Int](repeating: 0, count: values.count)) { if $1 != Factor.missing { $0[Int($1)] += 1 } }
    }

    /// How many entries belong to no group.
    public var leftOut: Int { codes.count { $0 == Factor.missing } }

    /// Groups given by the codes of one factor.
    public init(_ factor: Factor, named name: String = "group") { self.init([name], [factor], count: factor.codes.count) }

    /// The groups as a factor, for models.
    public var factor: Factor { Factor(levels: values.indices.map { name(of: $0) }, codes: codes) }
}

extension ScoreSheet {
    /// The attributes of entries that are worth a comparison when nobody names one: a few values, each of several entries; at most three.
    package var attributesToCompare: [String] {
        let candidates = entryAttributes.filter { attribute in
            let used = Set(attribute.values.codes).subtracting([Factor.missing]).count
            return (2...12).contains(used) && entries.count >= 2 * used
        }
        return candidates.prefix(3).map(\.name)
    }
}
