import LinearAlgebra

/// The random factors of a facet model: for each, the level that every score belongs to.
///
/// A level of an interaction is a combination that occurs. Levels are in the order of entry, judge, item, criterion and heat.
struct FacetTerms: Sendable {
    /// What a factor is made of, and its levels.
    struct Term: Sendable {
        let facets: Facets
        /// The level of each score; −1 for one without, whose level is anchored.
        let codes: [Int32]
        let levelCount: Int

        /// Whether the levels of both are the same sets of scores.
        func isSamePartition(as other: Term) -> Bool {
            guard levelCount == other.levelCount else { return false }
            var partner = [Int32](repeating: -1, count: levelCount)
            return zip(codes, other.codes).allSatisfy { own, its in
                if partner[Int(own)] < 0 { partner[Int(own)] = its }
                return partner[Int(own)] == its
            }
        }
    }

    let terms: [Term]

    /// The factors of a sheet.
    ///
    /// - Parameter wanted: which; those that can be told from each other and from the noise when `nil`. Of two whose levels are the same
    ///   sets of scores the one of fewer facets is kept, and combinations that would leave no noise are left out, the largest first.
    init(of sheet: ScoreSheet, wanted: [Facets]?) {
        let columns = FacetColumns(sheet)
        let candidates = wanted ?? columns.usual.crossed(hasRepeats: sheet.repetitions.isPresent)
        var terms: [Term] = []
        for facets in candidates.sorted(by: { ($0.positions.count, $0.rawValue) < ($1.positions.count, $1.rawValue) }) {
            guard facets.positions.allSatisfy({ columns.levelCounts[$0] > 1 }) else { continue }
            let term = columns.term(facets)
            let isNoise = term.levelCount == sheet.count
            let isKnown = terms.contains { $0.isSamePartition(as: term) }
            if term.levelCount > 1, !isNoise, !isKnown { terms.append(term) }
        }
        while FacetTerms.leaveNoNoise(terms, sheet.count),
            let largest = terms.indices.filter({ terms[$0].facets.positions.count > 1 })
                .max(by: { terms[$0].levelCount <= terms[$1].levelCount })
        {
            terms.remove(at: largest)
        }
        self.terms = terms
    }

    /// Of more scores it is not found out: few sheets have as many effects as scores then.
    private static let mostCompared = 500

    /// Whether effects can take any values that scores have: the rank of their columns is the number of the scores.
    private static func leaveNoNoise(_ terms: [Term], _ count: Int) -> Bool {
        guard count <= mostCompared, terms.reduce(1, { $0 + $1.levelCount }) >= count else { return false }
        let together = Matrix(rows: count, columns: count) { row, column in
            terms.reduce(1) { $1.codes[row] == $1.codes[column] ? $0 + 1 : $0 }
        }
        guard let values = (try? SymmetricEigen(together))?.values else { return false }
        return values[0] > 1e-9 * (values.last ?? 0)
    }
}

/// The level of each score in each facet, in the order of `Facets.positions`.
struct FacetColumns {
    let codes: [[Int32]]
    let levelCounts: [Int]

    init(_ sheet: ScoreSheet) {
        var (entries, heats) = ([Int32](), [Int32]())
        entries.reserveCapacity(sheet.count)
        heats.reserveCapacity(sheet.count)
        for performance in sheet.performances {
            for _ in performance.rows {
                entries.append(performance.entry)
                heats.append(performance.heat)
            }
        }
        codes = [entries, sheet.judgeCodes, sheet.criterionCodes, sheet.items.codes, heats]
        levelCounts = [sheet.entries.count, sheet.judges.count, sheet.criteria.count, sheet.items.levels.count, sheet.heats.count]
    }

    /// The facets with several levels, but heats.
    var usual: Facets {
        Facets([.entry, .judge, .item, .criterion].filter { levelCounts[$0.positions[0]] > 1 })
    }

    func term(_ facets: Facets) -> FacetTerms.Term {
        let positions = facets.positions
        var (joined, count) = (codes[positions[0]], levelCounts[positions[0]])
        for facet in positions.dropFirst() {
            let (own, width) = (codes[facet], levelCounts[facet])
            (joined, count) = FacetColumns.recoded(joined.indices.map { Int(joined[$0]) * width + Int(own[$0]) }, below: count * width)
        }
        return FacetTerms.Term(facets: facets, codes: joined, levelCount: count)
    }

    /// The numbers that occur, counted from 0 in their order.
    static func recoded(_ keys: [Int], below limit: Int) -> (codes: [Int32], count: Int) {
        guard limit <= max(1 << 20, 4 * keys.count) else {
            let distinct = Set(keys).sorted()
            let codeOf = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
            return (keys.map { codeOf[$0] ?? 0 }, distinct.count)
        }
        var codes = [Int32](repeating: -1, count: limit)
        for key in keys { codes[key] = 0 }
        var next: Int32 = 0
        for key in codes.indices where codes[key] == 0 {
            codes[key] = next
            next += 1
        }
        return (keys.map { codes[$0] }, Int(next))
    }
}
