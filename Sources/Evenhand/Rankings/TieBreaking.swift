/// How equal results were separated.
public struct TieBreaking: Sendable {
    /// A group of entries with equal results that a step divided.
    public struct Separation: Sendable, Equatable {
        /// What decided.
        public let by: TieBreak
        /// The parts in their order, best first; the entries of one part stay equal before this step.
        public let parts: [[Int32]]
        /// What was compared of each part: a number in points, of `headToHead` the others that it beats with half a one for each draw, or
        /// numbers that were compared one after the other.
        public let keys: [[Fraction]]
    }

    /// What was to decide, one after the other.
    public let chain: [TieBreak]
    /// What decided, in the order of the ranking.
    public let separations: [Separation]
    /// The ranks, in which only entries that nothing separated share one.
    public let ranks: Ranks

    /// Separates entries that share a rank.
    ///
    /// A step looks only at entries that are still equal, and `headToHead` compares these with each other alone. Scores are compared in
    /// units of their last decimal place, means and medians as fractions.
    /// - Parameters:
    ///   - ranks: the entries by their results; equal ones share the rank (`TieRule.min`).
    ///   - chain: the steps, each for the entries that are still tied.
    ///   - basis: the scores that decide.
    ///   - ties: how entries share ranks in the end.
    /// - Throws: `DesignError` for a criterion or stage that does not occur; `FitError.overflow`.
    public init(of ranks: Ranks, by chain: [TieBreak], _ basis: TieBreakBasis, ties: TieRule) throws {
        self.chain = chain
        try basis.check(chain)
        var (order, starts, separations) = ([Int32](), Set<Int>(), [Separation]())
        var position = 0
        while position < ranks.order.count {
            let rank = ranks.ranks[Int(ranks.order[position])]
            let group = Array(ranks.order[position...].prefix { ranks.ranks[Int($0)] == rank })
            for part in try TieBreaking.divided(group, chain[...], basis, &separations) {
                starts.insert(order.count)
                order += part
            }
            position += group.count
        }
        self.separations = separations
        self.ranks = Ranks(order: order, ties: ties) { !starts.contains($1) }
    }

    private static func divided(
        _ group: [Int32], _ chain: ArraySlice<TieBreak>, _ basis: TieBreakBasis, _ separations: inout [Separation]
    ) throws -> [[Int32]] {
        guard group.count > 1, let step = chain.first else { return [group] }
        let keys = try basis.keys(of: group, by: step)
        let order = group.indices.sorted { a, b in
            if keys[b].lexicographicallyPrecedes(keys[a]) { return true }
            return keys[a] == keys[b] && group[a] < group[b]
        }
        var (parts, kept) = ([[Int32]](), [[Fraction]]())
        for (before, index) in zip([order[0]] + order, order) {
            if parts.isEmpty || keys[before] != keys[index] {
                parts.append([])
                kept.append(try basis.points(keys[index], of: step))
            }
            parts[parts.count - 1].append(group[index])
        }
        if parts.count > 1 { separations.append(Separation(by: step, parts: parts, keys: kept)) }
        return try parts.flatMap { try divided($0, chain.dropFirst(), basis, &separations) }
    }
}

/// The scores and results that tie-breaks look at.
public struct TieBreakBasis: Sendable {
    /// The judges' totals of the entries that are ranked.
    public let totals: ScoreSheet
    /// For each criterion the result of each entry of `totals` that has one.
    public let criteria: [String: [Fraction?]]
    /// For each stage the same.
    public let stages: [String: [Fraction?]]
    /// For each entry of `totals` its result in each heat, the best first.
    public let heats: [[Fraction]]
    /// The names of criteria and stages that there are, for messages.
    private let known: (criteria: [String], stages: [String])
    private let rows: EntryRows

    /// The scores of a ranking, and the results of some of the criteria and stages that there are.
    public init(
        totals: ScoreSheet, criteria: [String: [Fraction?]] = [:], stages: [String: [Fraction?]] = [:],
        heats: [[Fraction]] = [], known: (criteria: [String], stages: [String]) = ([], [])
    ) {
        (self.totals, self.criteria, self.stages, self.heats) = (totals, criteria, stages, heats)
        (self.known, rows) = (known, EntryRows(of: totals))
    }

    func check(_ chain: [TieBreak]) throws(DesignError) {
        if !totals.isExact, !chain.isEmpty { throw .inexactScores }
        for step in chain {
            switch step {
            case .criterion(let name) where criteria[name] == nil:
                throw .unknownCriterion(name, known: known.criteria)
            case .stage(let name) where stages[name] == nil: throw .unknownStage(name, known: known.stages)
            default: break
            }
        }
    }

    /// What a step compares: the larger in the first position that differs goes first.
    func keys(of group: [Int32], by step: TieBreak) throws -> [[Fraction]] {
        switch step {
        case .headToHead: return wins(group).map { [Fraction($0)] }
        case .criterion(let name): return group.map { entry in (criteria[name]?[Int(entry)]).map { [$0] } ?? [] }
        case .stage(let name): return group.map { entry in (stages[name]?[Int(entry)]).map { [$0] } ?? [] }
        case .heats: return group.map { heats.indices.contains(Int($0)) ? heats[Int($0)] : [] }
        case .mean, .median, .highScores, .lowScores: return try group.map { try key(sorted(of: Int($0)), step) }
        }
    }

    /// The numbers that a step compared as people have them.
    func points(_ key: [Fraction], of step: TieBreak) throws -> [Fraction] {
        switch step {
        case .headToHead: return try key.map { try $0 / Fraction(2) }
        case .criterion, .stage, .heats: return key.map(totals.direction.turned)
        case .mean, .median, .highScores, .lowScores:
            let perPoint = Fraction(Int128(totals.unitsPerPoint))
            return try key.map { totals.direction.turned(try $0 / perPoint) }
        }
    }

    private func sorted(of entry: Int) -> [Double] {
        totals.units.withUnsafeBufferPointer { units in rows.with(entry, of: units) { $0.sorted() } }
    }

    private func key(_ scores: [Double], _ step: TieBreak) throws(FitError) -> [Fraction] {
        let exact = scores.map { Fraction(Int128($0)) }
        switch step {
        case .mean: return [try Fraction.sum(exact) / Fraction(Int128(exact.count))]
        case .median: return [try (exact[(exact.count - 1) / 2] + exact[exact.count / 2]) / Fraction(2)]
        // Turned scores have their highest at the low end.
        case .highScores: return totals.direction == .higherIsBetter ? exact.reversed() : exact
        default: return totals.direction == .higherIsBetter ? exact : exact.reversed()
        }
    }

    /// Twice the number of the others that each beats, and once that of draws.
    private func wins(_ group: [Int32]) -> [Int128] {
        let scores = group.map { scoresByJudge(of: Int($0)) }
        return scores.indices.map { a in
            scores.indices.reduce(into: Int128(0)) { wins, b in
                guard a != b else { return }
                let balance = scores[a].reduce(0) { sum, score in
                    scores[b][score.key].map { other in sum + (score.value > other ? 1 : score.value < other ? -1 : 0) } ?? sum
                }
                wins += balance > 0 ? 2 : balance == 0 ? 1 : 0
            }
        }
    }

    private struct BallotKey: Hashable { let heat, judge: Int32 }

    private func scoresByJudge(of entry: Int) -> [BallotKey: Double] {
        var scores: [BallotKey: Double] = [:]
        for index in rows.performances(of: entry) {
            let performance = totals.performances[Int(index)]
            for row in performance.rows { scores[BallotKey(heat: performance.heat, judge: totals.judgeCodes[row])] = totals.units[row] }
        }
        return scores
    }
}
