/// Whether an attribute of the entries can be separated from the heat, or from the subset, that they were judged in.
///
/// When each city's entries met one panel only, a difference between two cities is a difference between two panels as well: no method can
/// separate them.
public struct AttributeNesting: Sendable, Equatable {
    /// The attribute's name.
    public let attribute: String
    /// How many values of it occur.
    public let levelCount: Int
    /// How many of them occur in one heat only.
    public let levelsInOneHeat: Int
    /// How many of them occur in one subset only.
    public let levelsInOneSubset: Int
    /// How many heats hold one value only.
    public let heatsWithOneLevel: Int
    /// How many heats there are.
    public let heatCount: Int
    /// How many subsets there are.
    public let subsetCount: Int

    /// Whether each value occurs in one heat only.
    public var isInHeats: Bool { heatCount > 1 && levelsInOneHeat == levelCount }
    /// Whether each value occurs in one subset only.
    public var isInSubsets: Bool { subsetCount > 1 && levelsInOneSubset == levelCount }
    /// Whether each heat holds one value.
    public var holdsHeats: Bool { heatCount > 1 && heatsWithOneLevel == heatCount }

    /// The attributes that make groups: with at least two values, and fewer than entries that have one.
    public static func all(of sheet: ScoreSheet, _ design: PanelDesign) -> [AttributeNesting] {
        let subsetOfHeat = design.subsets(ofHeatsIn: sheet)
        return Parallel.map(sheet.entryAttributes.count, size: sheet.performances.count) { index -> AttributeNesting? in
            let attribute = sheet.entryAttributes[index]
            let levels = attribute.values.levels.count
            let known = attribute.values.codes.count { $0 != Factor.missing }
            guard levels >= 2, levels < known else { return nil }
            return AttributeNesting(attribute, of: sheet, design, subsetOfHeat)
        }.compactMap(\.self)
    }

    private init(_ attribute: Attribute, of sheet: ScoreSheet, _ design: PanelDesign, _ subsetOfHeat: [Int32]) {
        let count = attribute.values.levels.count
        var (heats, subsets, levels) = (Distinct(count), Distinct(count), Distinct(sheet.heats.count))
        for performance in sheet.performances {
            let level = attribute.values.codes[Int(performance.entry)]
            guard level != Factor.missing else { continue }
            heats.add(performance.heat, to: level)
            subsets.add(subsetOfHeat[Int(performance.heat)], to: level)
            levels.add(level, to: performance.heat)
        }
        self.attribute = attribute.name
        levelCount = count
        levelsInOneHeat = heats.singleCount
        levelsInOneSubset = subsets.singleCount
        heatsWithOneLevel = levels.singleCount
        heatCount = sheet.heats.count
        subsetCount = design.subsetCount
    }
}

/// For each of some elements whether it met one code or several.
private struct Distinct {
    private static let none: Int32 = -1
    private static let several: Int32 = -2
    private var codes: [Int32]

    init(_ count: Int) { codes = [Int32](repeating: Distinct.none, count: count) }

    mutating func add(_ code: Int32, to position: Int32) {
        let known = codes[Int(position)]
        if known != code { codes[Int(position)] = known == Distinct.none ? code : Distinct.several }
    }

    var singleCount: Int { codes.count { $0 >= 0 } }
}
