/// What a rule makes of the scores of a contest.
///
/// A result belongs to a performance, or to all performances of an entry in a stage whose heats are combined; with stage weights, the
/// cumulative result of an entry is Σ w_k · result of stage k, of the results as the steps left them, rounded. The numbers in between are
/// found again by `steps(ofPerformance:)`.
public struct RuleResults: Sendable {
    /// The factors of one coefficient step in one stage.
    public struct Coefficients: Sendable, Equatable {
        /// The stage, an index of `stageNames`.
        public let stage: Int
        /// The mean of all results of the stage, cut as the step says.
        public let mean: Fraction
        /// The mean of the results of each heat of the sheet; `nil` for those of other stages.
        public let heatMeans: [Fraction?]
        /// mean / heat mean, cut as the step says.
        public let values: [Fraction?]
    }

    /// The rule.
    public let rule: ScoringRule
    /// The scores that it was applied to.
    public let sheet: ScoreSheet
    /// The stages: those of the rule, or of the sheet, or one without a name.
    public let stageNames: [String?]
    /// The result of each performance of the sheet, in points as the judges give them; the same for those that are combined.
    public let performances: [Fraction]
    /// The performances with too few scores to trim, which kept them all.
    public let untrimmed: [Int]
    /// For each stage of the rule the cumulative result of each entry that appeared in it.
    public let cumulative: [[Int32: Fraction]]
    let stageOfHeat: [Int]
    let findings: [[StageFinding]]
    /// The performances that make one result with others, by each of them.
    private let combined: [Int: [Int]]

    /// Applies a rule to a sheet of scores, with their criteria.
    ///
    /// Where the criteria are combined before the judges, ballots that lack a criterion of their heat are left out (`Totals`).
    /// - Throws: `DesignError` when scores are not exact, a stage is not in the rule or counts and is lacking, an amount has no case, or
    ///   criteria are left; `FitError.overflow`.
    public init(of sheet: ScoreSheet, by rule: ScoringRule) throws { try self.init(of: sheet, by: rule, findings: nil) }

    /// - Parameter known: what steps find of all scores together, when it is not that of these.
    init(of sheet: ScoreSheet, by rule: ScoringRule, findings known: [[StageFinding]]?) throws {
        guard sheet.isExact else { throw DesignError.inexactScores }
        let usesBallots = !sheet.criteria.isEmpty && rule.combinesCriteriaFirst
        let sheet = usesBallots ? try Totals(of: sheet).ballots : sheet
        let stages = try RuleStages(of: sheet, rule)
        let work = try known.map { RuleWork(sheet: sheet, rule: rule, stages: stages, findings: $0) } ?? RuleWork(sheet, rule, stages)
        let groups = work.groups
        let runs = Parallel.map(groups.count, size: sheet.count) { index in Result { try work.result(of: groups[index]) } }
        let results = try runs.map { try $0.get() }
        var values = [Fraction](repeating: Fraction(0), count: sheet.performances.count)
        for (group, result) in zip(groups, results) { for index in group { values[index] = result.value } }
        self.rule = rule
        self.sheet = sheet
        stageNames = stages.names
        stageOfHeat = stages.ofHeat
        findings = work.findings
        combined = Dictionary(uniqueKeysWithValues: groups.filter { $0.count > 1 }.flatMap { group in group.map { ($0, group) } })
        performances = values
        untrimmed = zip(groups, results).flatMap { $1.isUntrimmed ? $0 : [] }.sorted()
        cumulative = try RuleResults.cumulative(rule, sheet, stages, performances)
    }

    /// The coefficients of each coefficient step, stage after stage.
    public var coefficients: [Coefficients] {
        findings.joined().compactMap { if case .coefficients(let found) = $0 { found } else { nil } }
    }

    /// The performances that make one result with a performance, itself among them, by their index in `sheet`.
    public func performances(combinedWith index: Int) -> [Int] { combined[index] ?? [index] }

    /// The numbers of a performance, and of those that are combined with it, after each step; the first are its scores, the last its
    /// result.
    public func steps(ofPerformance index: Int) throws -> [RuleStep] {
        let stages = RuleStages(names: stageNames, ofHeat: stageOfHeat)
        return try RuleWork(sheet: sheet, rule: rule, stages: stages, findings: findings).trace(of: performances(combinedWith: index)).steps
    }

    private static func cumulative(
        _ rule: ScoringRule, _ sheet: ScoreSheet, _ stages: RuleStages, _ results: [Fraction]
    ) throws -> [[Int32: Fraction]] {
        guard !rule.stages.isEmpty else { return [] }
        var own = rule.stages.map { _ in [Int32: Fraction]() }
        for (performance, result) in zip(sheet.performances, results) {
            let stage = stages.ofHeat[Int(performance.heat)]
            guard own[stage].updateValue(result, forKey: performance.entry) == nil || rule.combinesHeats(inStage: stage) else {
                let heats = sheet.performances.filter { $0.entry == performance.entry && stages.ofHeat[Int($0.heat)] == stage }
                throw DesignError.severalPerformances(
                    entry: sheet.entries[Int(performance.entry)], heats: heats.map { sheet.heats[Int($0.heat)].name ?? "" })
            }
        }
        let position = Dictionary(uniqueKeysWithValues: rule.stages.enumerated().map { ($1.name, $0) })
        return try rule.stages.indices.map { index in
            let stage = rule.stages[index]
            var sums = own[index]
            for entry in own[index].keys.sorted() where !stage.weights.isEmpty {
                let terms = try stage.weights.map { weight in
                    guard let part = position[weight.stage].flatMap({ own[$0][entry] }) else {
                        throw DesignError.noStageResult(entry: sheet.entries[Int(entry)], stage: weight.stage)
                    }
                    return try part * weight.weight
                }
                sums[entry] = try Fraction.sum(terms)
            }
            if let rounding = stage.rounding { sums = try sums.mapValues { try $0.rounded(rounding) } }
            return sums
        }
    }
}
