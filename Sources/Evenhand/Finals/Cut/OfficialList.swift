/// The list that the rules of a contest make, with what is needed to recompute it from other scores.
public struct OfficialList: Sendable {
    /// What turns scores into results.
    public enum Basis: Sendable, Equatable {
        /// One method of scoring, applied to every entry's scores.
        case method(ScoringMethod)
        /// The steps of a rulebook.
        case rule(ScoringRule)
    }

    /// What the result of a stage counts.
    public struct StageWeight: Sendable, Equatable {
        /// The name in the stage column, or of the heat when there is none.
        public let stage: String
        /// What its result is multiplied by.
        public let weight: Fraction

        /// The weight of a stage.
        public init(stage: String, weight: Fraction) { (self.stage, self.weight) = (stage, weight) }
    }

    /// How a list is made.
    public struct Recipe: Sendable {
        /// A method, or a rule.
        public var basis: Basis
        /// How criteria make a judge's total.
        public var criteria = CriterionRule()
        /// What decides between equal results.
        public var tieBreaks: [TieBreak] = []
        /// What each stage counts, when results of a method are combined; empty for the ranked part alone.
        public var stageWeights: [StageWeight] = []

        /// A list by one method or rule.
        public init(_ basis: Basis) { self.basis = basis }

        /// Whether scores of other stages count.
        var spansStages: Bool {
            if case .rule(let rule) = basis { return !rule.stages.isEmpty }
            return !stageWeights.isEmpty
        }
    }

    /// All scores that count, with their criteria.
    public let contest: ScoreSheet
    /// The heats whose entries are ranked.
    public let heats: [Heat]
    /// How the list is made.
    public let recipe: Recipe
    /// The totals of the heats that are ranked; its entries are those of the list.
    public let totals: Totals
    /// The list as the first column of a ranking.
    public let ranking: Ranking

    /// The name of the column of combined stages.
    public static let combinedName = "combined"

    /// Makes the list.
    ///
    /// - Parameters:
    ///   - contest: the scores of all stages.
    ///   - heats: those whose entries are ranked.
    ///   - recipe: how.
    /// - Throws: `DesignError`, `FitError`.
    public init(of contest: ScoreSheet, heats: [Heat], by recipe: Recipe) throws {
        let isRanked = heats.contains
        let part = contest.selecting(heats: contest.heats.indices.filter { isRanked(contest.heats[$0]) })
        self.contest = recipe.spansStages ? contest : part
        (self.heats, self.recipe) = (heats, recipe)
        let needsTotals = if case .rule(let rule) = recipe.basis { rule.combinesCriteriaFirst } else { true }
        totals = try Totals(of: part, by: recipe.criteria, keepsIncomplete: !needsTotals)
        let base = try OfficialList.ranking(of: contest, part, totals, by: recipe)
        ranking = try base.breakingTies(by: recipe.tieBreaks, ballots: totals.ballots, contest: contest)
    }

    private static func ranking(of contest: ScoreSheet, _ part: ScoreSheet, _ totals: Totals, by recipe: Recipe) throws -> Ranking {
        switch recipe.basis {
        case .rule(let rule):
            let basis = rule.stages.isEmpty ? wholeStage(of: contest, part, for: rule) : contest
            return try Ranking(of: totals.sheet, by: []).led(by: RuleResults(of: basis, by: rule))
        case .method(let method):
            guard !recipe.stageWeights.isEmpty else { return try Ranking(of: totals.sheet, by: method) }
            let stages = try WeightedStages(of: contest, weights: recipe.stageWeights, criteria: recipe.criteria)
            let results = try stages.results(for: totals.sheet.entries, by: method)
            return try Ranking(of: totals.sheet, by: []).led(by: results, named: combinedName)
        }
    }

    /// Where heats depend on each other, those of the stage that were not chosen count as well.
    private static func wholeStage(of contest: ScoreSheet, _ part: ScoreSheet, for rule: ScoringRule) -> ScoreSheet {
        guard rule.needsWholeStage else { return part }
        let stages = Set(part.heats.compactMap(\.stage))
        if stages.isEmpty {
            let isRanked = part.heats.contains
            let whole = (try? contest.stages())?.filter { $0.heats.contains { isRanked(contest.heats[$0]) } }.flatMap(\.heats)
            return whole.map(contest.selecting) ?? part
        }
        return contest.selecting(heats: contest.heats.indices.filter { contest.heats[$0].stage.map(stages.contains) ?? false })
    }

    /// The same list of other scores, or with another rule for criteria.
    func remade(of contest: ScoreSheet, criteria: CriterionRule? = nil) throws -> OfficialList {
        var recipe = recipe
        recipe.criteria = criteria ?? recipe.criteria
        return try OfficialList(of: contest, heats: heats, by: recipe)
    }

    /// The entries that are ranked.
    public var entries: [String] { totals.sheet.entries }

    /// The column of the list.
    public var column: Ranking.Column { ranking.columns[0] }

    /// The rank of each entry; equal results share theirs.
    public var ranks: [Double] { column.ranks.ranks }

    /// Whether each entry is among the first `places`: all that share the last rank are.
    public func isIn(places: Int) -> [Bool] { ranks.map { $0 <= Double(places) } }

    /// The entries that share the last place that is in, in the order of the list, when there are more of them than places left; empty when
    /// the cut is clear.
    public func tied(across places: Int) -> [Int] {
        let inside = ranks.indices.filter { ranks[$0] <= Double(places) }
        guard inside.count > places, let last = inside.map({ ranks[$0] }).max() else { return [] }
        return column.ranks.order.map { Int($0) }.filter { ranks[$0] == last }
    }

    /// The entries on both sides of the cut: the last one in and the first one out, or, where a tie crosses it, the first and the last of
    /// the tie; `nil` when no entry is out.
    public func border(places: Int) -> (last: Int, first: Int)? {
        let tied = tied(across: places)
        if let first = tied.first, let last = tied.last { return (first, last) }
        let (isIn, order) = (isIn(places: places), column.ranks.order.map { Int($0) })
        return order.last { isIn[$0] }.flatMap { last in order.first { !isIn[$0] }.map { (last, $0) } }
    }
}
