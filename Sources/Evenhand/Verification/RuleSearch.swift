/// Which simple rule a published list follows from.
public struct RuleSearch: Sendable {
    /// A simple rule: how an entry's totals make a result, and to how many decimals it is rounded.
    public struct Candidate: Sendable, Equatable {
        /// How the judges' totals are combined.
        public let combination: ScoringRule.Combination
        /// How many highest and lowest are left out.
        public let dropped: Int
        /// Decimals of the result, rounded half up; `nil` for none.
        public let decimals: Int?

        /// A simple rule.
        public init(combination: ScoringRule.Combination, dropped: Int, decimals: Int?) {
            (self.combination, self.dropped, self.decimals) = (combination, dropped, decimals)
        }

        /// The candidate as a rule.
        public var steps: [ScoringRule.Step] {
            let trim = ScoringRule.Amount.fixed(Fraction(Int128(dropped)))
            return (dropped > 0 ? [.trim(high: trim, low: trim)] : []) + [.judges(combination)]
                + (decimals.map { [.round(Rounding(decimals: $0))] } ?? [])
        }
    }

    /// The rule that reproduces most.
    public let best: Candidate
    /// How the list compares with it.
    public let verification: Verification
    /// The results and ranks by the best rule.
    public let results: EntryResults, ranks: Ranks

    /// Tries the sum, the mean, and the mean and the sum without the one or two highest and lowest, unrounded and rounded to 0 to 3
    /// decimals.
    ///
    /// The best reproduces most results, then most ranks; of equals it is the one that rounds to the decimals of the list, then the
    /// unrounded, then the first in the order above.
    /// - Parameters:
    ///   - list: as it was published.
    ///   - totals: one score for each judge of a performance, of the entries that are ranked.
    ///   - ties: how equal results share ranks.
    ///   - heats: the heat of each entry, when there are several.
    /// - Throws: `DesignError` when scores are not exact or an entry has several performances; `FitError.overflow`.
    public init(of list: PublishedList, in totals: ScoreSheet, ties: TieRule, heats: [Int32]?) throws {
        precondition(totals.criteria.isEmpty, "a list is compared with judges' totals: pass Totals(of: sheet).sheet")
        var best: RuleSearch?
        let kinds: [(ScoringRule.Combination, Int)] = [(.sum, 0), (.mean, 0), (.mean, 1), (.mean, 2), (.sum, 1), (.sum, 2)]
        let written = list.lines.contains { $0.result != nil } ? list.decimals : nil
        let roundings = (written.map { [$0] } ?? []) + [nil] + (0...3).filter { $0 != written }
        for (combination, dropped) in kinds {
            let plain = Candidate(combination: combination, dropped: dropped, decimals: nil)
            let exact = try RuleResults(of: totals, by: ScoringRule(steps: plain.steps)).results(for: totals)
            for decimals in roundings where decimals.map({ $0 <= 3 }) ?? true {
                let candidate = Candidate(combination: combination, dropped: dropped, decimals: decimals)
                let search = try RuleSearch(candidate, exact, list, totals, ties, heats)
                if best.map({ search.isBetter(than: $0, roundings) }) ?? true { best = search }
            }
        }
        guard let best else { preconditionFailure("there is at least one candidate") }
        self = best
    }

    /// Tries them on a ranking's scores, with its rule for ties.
    public init(of list: PublishedList, in ranking: Ranking) throws {
        try self.init(of: list, in: ranking.sheet, ties: ranking.ties, heats: ranking.heatOfEntry)
    }

    private init(
        _ candidate: Candidate, _ exact: EntryResults, _ list: PublishedList, _ totals: ScoreSheet, _ ties: TieRule, _ heats: [Int32]?
    ) throws {
        let direction = exact.direction
        var fractions = (exact.fractions ?? []).map(direction.turned)
        if let decimals = candidate.decimals { fractions = try fractions.map { try $0.rounded(Rounding(decimals: decimals)) } }
        let results = EntryResults(exactly: fractions.map(direction.turned), direction: direction, untrimmed: exact.untrimmed)
        let ranks = Ranks(of: results, ties: ties)
        verification = try Verification(
            of: list, entries: totals.entries, results: fractions, ranks: ranks.ranks,
            heatRanks: heats.map { ranks.within($0, ties: ties) })
        (best, self.results, self.ranks) = (candidate, results, ranks)
    }

    private func isBetter(than other: RuleSearch, _ roundings: [Int?]) -> Bool {
        func score(_ search: RuleSearch) -> [Int] {
            let order = roundings.firstIndex(of: search.best.decimals) ?? 0
            return [search.verification.results.agreeing, search.verification.ranks.agreeing, -order]
        }
        return score(other).lexicographicallyPrecedes(score(self))
    }
}
