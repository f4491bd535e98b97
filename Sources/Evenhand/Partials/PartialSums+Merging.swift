extension PartialSums {
    /// The sums of several parts together; the same whatever the order of the parts and however the scores were split.
    ///
    /// - Throws: `PartialError` for parts that do not belong together; `FitError.overflow`.
    public init(merging parts: [PartialSums]) throws {
        guard !parts.isEmpty else { throw PartialError.noParts }
        let terms = try PartialSums.commonTerms(parts.map(\.terms))
        let judges = NameUnion(parts.map(\.judges))
        let entries = NameUnion(parts.map(\.entries))
        let factors = parts.map { terms.scale.unitsPerPoint / $0.terms.scale.unitsPerPoint }
        var pairs: [Pair] = []
        for (index, part) in parts.enumerated() {
            let (entries, judges) = (entries.positions[index], judges.positions[index])
            for pair in part.pairs ?? [] { pairs.append(Pair(entry: entries[Int(pair.entry)], judge: judges[Int(pair.judge)])) }
        }
        // Without those of one part they would not be those of the whole.
        let hasPairs = parts.allSatisfy { $0.pairs != nil }
        let sums = try PartialSums(
            terms: terms, judges: judges.names, judgeSums: judges.sums(parts.map(\.judgeSums), factors),
            entries: entries.names, entrySums: entries.sums(parts.map(\.entrySums), factors),
            attributes: PartialSums.attributes(of: parts, entries), counts: PartialSums.added(parts.map(\.counts), entries, factors),
            judgeCounts: PartialSums.added(parts.map(\.judgeCounts), judges, factors),
            pairs: hasPairs ? PartialSums.distinct(pairs, entries.names, judges.names) : nil,
            isUnchecked: parts.contains(where: \.isUnchecked) || !hasPairs && entries.isShared && judges.isShared)
        self = try sums.adding(
            SecondPassSums(merging: parts.map(\.standardized), entries),
            percentiles: SecondPassSums(merging: parts.map(\.percentiles), entries))
    }

    private static func commonTerms(_ all: [Terms]) throws(PartialError) -> Terms {
        var common = all[0]
        for terms in all.dropFirst() {
            func differ(_ what: String, _ a: String, _ b: String) -> PartialError { .differentTerms(of: what, a, b) }
            let (a, b) = (common.scale, terms.scale)
            guard a.isDeclared == b.isDeclared else {
                throw differ("kind of scale", a.isDeclared ? "--scale \(a.text)" : a.text, b.isDeclared ? "--scale \(b.text)" : b.text)
            }
            if a.isDeclared, a != b { throw differ("scale", a.text, b.text) }
            if b.decimals > a.decimals { common.scale = b }
            guard common.direction == terms.direction else { throw differ("direction", "\(common.direction)", "\(terms.direction)") }
            guard common.stage == terms.stage else { throw differ("stage", common.stage ?? "", terms.stage ?? "") }
            guard common.heat == terms.heat else { throw differ("heat", common.heat ?? "", terms.heat ?? "") }
        }
        return common
    }

    private static func attributes(of parts: [PartialSums], _ entries: NameUnion) throws(PartialError) -> [Attribute] {
        let names = Set(parts.flatMap { $0.attributes.map(\.name) }).sorted(by: Factor.precedes)
        return try names.map { name throws(PartialError) in
            var values = [String??](repeating: nil, count: entries.names.count)
            for (part, positions) in zip(parts, entries.positions) {
                guard let attribute = part.attributes.first(where: { $0.name == name }) else { throw .missingAttribute(name) }
                for (entry, position) in positions.enumerated() {
                    let value = attribute.values[entry]
                    if let known = values[Int(position)], known != value {
                        throw .differentAttribute(name, entry: entries.names[Int(position)], known ?? "", value ?? "")
                    }
                    values[Int(position)] = .some(value)
                }
            }
            return Attribute(name: name, values: Factor(values.map { $0 ?? nil }))
        }
    }

    /// The counts of all parts together; `nil` where a part has none.
    private static func added(_ parts: [[ScoreCount]?], _ names: NameUnion, _ factors: [Int64]) throws(FitError) -> [ScoreCount]? {
        guard parts.allSatisfy({ $0 != nil }) else { return nil }
        var counts: [ScoreCount] = []
        for (index, part) in parts.enumerated() {
            for score in part ?? [] {
                let (units, over) = score.units.multipliedReportingOverflow(by: factors[index])
                if over { throw .overflow(of: "scores") }
                counts.append(ScoreCount(owner: names.positions[index][Int(score.owner)], units: units, count: score.count))
            }
        }
        var added: [ScoreCount] = []
        for next in counts.sorted(by: { ($0.owner, $0.units) < ($1.owner, $1.units) }) {
            if let last = added.last, last.owner == next.owner, last.units == next.units {
                added[added.count - 1] = ScoreCount(owner: next.owner, units: next.units, count: last.count + next.count)
            } else {
                added.append(next)
            }
        }
        return added
    }

    private static func distinct(_ pairs: [Pair], _ entries: [String], _ judges: [String]) throws(PartialError) -> [Pair] {
        let sorted = pairs.sorted { ($0.entry, $0.judge) < ($1.entry, $1.judge) }
        for (a, b) in zip(sorted, sorted.dropFirst()) where a == b {
            throw .samePair(entry: entries[Int(a.entry)], judge: judges[Int(a.judge)])
        }
        return sorted
    }
}

/// The names of several parts together, and where each part's own names are among them.
struct NameUnion {
    let names: [String]
    /// For each part the positions of its names.
    let positions: [[Int32]]
    /// Whether a name is in several parts.
    let isShared: Bool

    init(_ parts: [[String]]) {
        let union = Factor(parts.flatMap(\.self))
        var start = 0
        positions = parts.map { part in
            defer { start += part.count }
            return Array(union.codes[start..<start + part.count])
        }
        names = union.levels
        isShared = start > union.levels.count
    }

    /// The sums of each name over the parts.
    func sums(_ parts: [[ExactSum]], _ factors: [Int64]) throws(FitError) -> [ExactSum] {
        var sums = [ExactSum?](repeating: nil, count: names.count)
        for (part, (positions, factor)) in zip(parts, zip(positions, factors)) {
            for (sum, position) in zip(part, positions) {
                let sum = factor == 1 ? sum : try sum.finer(by: factor)
                if sums[Int(position)] == nil { sums[Int(position)] = sum } else { try sums[Int(position)]?.add(sum) }
            }
        }
        return sums.compactMap(\.self)
    }
}
