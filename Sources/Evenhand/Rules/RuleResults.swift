/// What a rule makes of the scores of a contest.
///
/// A result belongs to a performance; with stage weights, the cumulative result of an entry is Σ w_k · result of stage k, of the results as the
/// steps left them, rounded. The numbers in between are found again by `steps(ofPerformance:)`.
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
    /// The result of each performance of the sheet, in points as the judges give them.
    public let performances: [Fraction]
    /// The coefficients of each coefficient step, stage after stage.
    public let coefficients: [Coefficients]
    /// The performances with too few scores to trim, which kept them all.
    public let untrimmed: [Int]
    /// For each stage of the rule the cumulative result of each entry that appeared in it.
    public let cumulative: [[Int32: Fraction]]
    let stageOfHeat: [Int]

    /// Applies a rule to a sheet of scores, with their criteria.
    ///
    /// Where the criteria are combined before the judges, ballots that lack a criterion of their heat are left out (`Totals`).
    /// - Throws: `DesignError` when scores are not exact, a stage is not in the rule or counts and is lacking, an amount has no case, or criteria
    ///   are left; `FitError.overflow`.
    public init(of sheet: ScoreSheet, by rule: ScoringRule) throws { try self.init(of: sheet, by: rule, coefficients: nil) }

    /// - Parameter known: the coefficients, when they are not those of the scores.
    init(of sheet: ScoreSheet, by rule: ScoringRule, coefficients known: [Coefficients]?) throws {
        guard sheet.isExact else { throw DesignError.inexactScores }
        let usesBallots = !sheet.criteria.isEmpty && rule.combinesCriteriaFirst
        let sheet = usesBallots ? try Totals(of: sheet).ballots : sheet
        let stages = try RuleStages(of: sheet, rule)
        var work = RuleWork(sheet: sheet, rule: rule, stages: stages)
        if let known { work.coefficients = known } else { try work.findCoefficients() }
        let ready = work
        let runs = Parallel.map(sheet.performances.count, size: sheet.count) { index in Result { try ready.result(of: index) } }
        let results = try runs.map { try $0.get() }
        self.rule = rule
        self.sheet = sheet
        stageNames = stages.names
        stageOfHeat = stages.ofHeat
        performances = results.map(\.value)
        untrimmed = results.indices.filter { results[$0].isUntrimmed }
        coefficients = ready.coefficients
        cumulative = try RuleResults.cumulative(rule, sheet, stages, performances)
    }

    /// The numbers of a performance after each step; the first are its scores, the last its result.
    public func steps(ofPerformance index: Int) throws -> [RuleStep] {
        let work = RuleWork(
            sheet: sheet, rule: rule, stages: RuleStages(names: stageNames, ofHeat: stageOfHeat), coefficients: coefficients)
        return try work.trace(of: index).steps
    }

    private static func cumulative(
        _ rule: ScoringRule, _ sheet: ScoreSheet, _ stages: RuleStages, _ results: [Fraction]
    ) throws -> [[Int32: Fraction]] {
        guard !rule.stages.isEmpty else { return [] }
        var own = rule.stages.map { _ in [Int32: Fraction]() }
        for (performance, result) in zip(sheet.performances, results) {
            let stage = stages.ofHeat[Int(performance.heat)]
            guard own[stage].updateValue(result, forKey: performance.entry) == nil else {
                let heats = sheet.performances.filter { $0.entry == performance.entry && stages.ofHeat[Int($0.heat)] == stage }
                throw DesignError.severalPerformances(
                    entry: sheet.entries[Int(performance.entry)], heats: heats.map { sheet.heats[Int($0.heat)].name ?? "" })
            }
        }
        let place = Dictionary(uniqueKeysWithValues: rule.stages.enumerated().map { ($1.name, $0) })
        return try rule.stages.indices.map { index in
            let stage = rule.stages[index]
            var sums = own[index]
            for entry in own[index].keys.sorted() where !stage.weights.isEmpty {
                let terms = try stage.weights.map { weight in
                    guard let part = place[weight.stage].flatMap({ own[$0][entry] }) else {
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

extension ScoringRule {
    /// Whether some stage combines criteria before judges.
    fileprivate var combinesCriteriaFirst: Bool {
        ([steps] + stages.compactMap(\.steps)).contains { steps in
            let criteria = steps.firstIndex { if case .criteria = $0 { true } else { false } }
            let judges = steps.firstIndex { if case .judges = $0 { true } else { false } }
            return (criteria ?? .max) < (judges ?? .max)
        }
    }
}

/// Which heats make up which stage.
struct RuleStages: Sendable {
    let names: [String?]
    let ofHeat: [Int]

    init(names: [String?], ofHeat: [Int]) { (self.names, self.ofHeat) = (names, ofHeat) }

    /// The stages of the rule, found as `ScoreSheet.heats(ofStage:)` finds them; without stages in the rule those of the column.
    init(of sheet: ScoreSheet, _ rule: ScoringRule) throws(DesignError) {
        let hasColumn = sheet.heats.contains { $0.stage != nil }
        guard !rule.stages.isEmpty else {
            let factor = Factor(sheet.heats.map(\.stage))
            names = hasColumn ? factor.levels : [nil]
            ofHeat = hasColumn ? factor.codes.map { max(0, Int($0)) } : sheet.heats.map { _ in 0 }
            return
        }
        var found = [Int?](repeating: nil, count: sheet.heats.count)
        let known = rule.stages.map(\.name)
        for (stage, name) in known.enumerated() {
            guard let heats = try? sheet.heats(ofStage: name).heats else { continue }
            for heat in heats where found[heat] == nil { found[heat] = stage }
        }
        for (heat, stage) in zip(sheet.heats, found) where stage == nil {
            throw .stageNotInRule((hasColumn ? heat.stage : heat.name) ?? "", known: known)
        }
        (names, ofHeat) = (known, found.map { $0 ?? 0 })
    }
}

/// A rule at work on a sheet.
private struct RuleWork: Sendable {
    let sheet: ScoreSheet
    let rule: ScoringRule
    let stages: RuleStages
    var coefficients: [RuleResults.Coefficients] = []

    func trace(of index: Int) throws -> (steps: [RuleStep], isUntrimmed: Bool) {
        let heat = Int(sheet.performances[index].heat)
        let stage = stages.ofHeat[heat]
        let known = coefficients.filter { $0.stage == stage }.compactMap { $0.values[heat] }
        var application = RuleApplication(sheet, performance: index, stage: stages.names[stage], coefficients: known)
        let steps = try application.run(rule.steps(of: stage))
        return (steps, application.isUntrimmed)
    }

    func result(of index: Int) throws -> (value: Fraction, isUntrimmed: Bool) {
        let (steps, isUntrimmed) = try trace(of: index)
        let cells = steps[steps.count - 1].cells
        guard cells.count == 1 else { throw DesignError.criteriaLeft(sheet.criteria) }
        return (cells[0].value.reduced, isUntrimmed)
    }

    /// Runs each stage up to its first coefficient, whose factors follow from the results so far, then on to the next.
    mutating func findCoefficients() throws {
        for stage in stages.names.indices {
            for case .coefficient(let means, let cut) in rule.steps(of: stage) {
                var sums = [(total: Fraction, count: Int128)](repeating: (Fraction(0), 0), count: sheet.heats.count)
                for (index, performance) in sheet.performances.enumerated() where stages.ofHeat[Int(performance.heat)] == stage {
                    let (heat, result) = (Int(performance.heat), try result(of: index).value)
                    sums[heat] = (try sums[heat].total + result, sums[heat].count + 1)
                }
                let all = sums.reduce(Int128(0)) { $0 + $1.count }
                guard all > 0 else { continue }
                var overall = try Fraction.sum(sums.map(\.total)) / Fraction(all)
                if let means { overall = try overall.rounded(means) }
                var (heatMeans, values) = ([Fraction?](), [Fraction?]())
                for (heat, sum) in sums.enumerated() {
                    guard sum.count > 0 else {
                        heatMeans.append(nil)
                        values.append(nil)
                        continue
                    }
                    var mean = try sum.total / Fraction(sum.count)
                    if let means { mean = try mean.rounded(means) }
                    guard mean.numerator != 0 else { throw DesignError.zeroHeatMean(heat: sheet.heats[heat].name ?? "") }
                    let quotient = try overall / mean
                    heatMeans.append(mean.reduced)
                    values.append(try cut.map { cut throws(FitError) in try quotient.rounded(cut) } ?? quotient.reduced)
                }
                coefficients.append(
                    RuleResults.Coefficients(stage: stage, mean: overall.reduced, heatMeans: heatMeans, values: values))
            }
        }
    }
}
