/// What a rule would make of scores without its trims, clips, medians and rounding: for each entry Σ slope · (mean of a criterion over the judges) + offset.
///
/// Slopes hold weights, factors and difficulties, offsets deductions: whatever a model of judges' scores must not take for merit. They are found by applying the rule
/// itself, without the steps that are not linear, to scores of 0 and to 1 in one criterion after the other, so they are exact whatever the steps are.
struct LinearRule: Sendable {
    /// The scores of the stage, with their criteria; each entry has one performance.
    let ballots: ScoreSheet
    /// What a point of each criterion, given by every judge, adds to the result of each entry.
    let slopes: [[Fraction]]
    /// The result of each entry when every score is 0.
    let offsets: [Fraction]
    /// The results of the rule before they are rounded, as people read them.
    let results: [Double]
    /// The rule of this stage without rounding.
    private let unrounded: ScoringRule
    private let coefficients: [RuleResults.Coefficients]

    /// The part of a rule that belongs to one of its stages, or the whole of a rule without stages.
    ///
    /// - Throws: what `RuleResults` throws.
    init(of results: RuleResults, stage: Int?) throws {
        let rule = try results.rule.alone(stage: stage)
        let sheet = results.sheet
        let heats = sheet.heats.indices.filter { stage == nil || results.stage(ofHeat: $0) == stage }
        ballots = heats.count == sheet.heats.count ? sheet : sheet.selecting(heats: heats)
        coefficients = try RuleResults(of: ballots, by: rule).coefficients
        unrounded = try rule.keeping { if case .round = $0 { nil } else { $0 } }
        let linear = try rule.keeping(\.linear)
        let part = LinearRule.perEntry(ballots)
        let (given, known) = (ballots, coefficients)
        func applied(_ rule: ScoringRule, to units: [Double]? = nil) throws -> [Fraction] {
            part(try RuleResults(of: units.map { given.replacing(units: $0) } ?? given, by: rule, coefficients: known).performances)
        }
        let offsets = try applied(linear, to: [Double](repeating: 0, count: given.count))
        self.offsets = offsets
        slopes = try (0..<max(1, given.criteria.count)).map { criterion in
            let point = given.direction.turned(given.unitsPerPoint)
            let units = given.units.indices.map { given.isOf(criterion, row: $0) ? point : 0 }
            return try zip(try applied(linear, to: units), offsets).map { try ($0 - $1).reduced }
        }
        self.results = try applied(unrounded).map(\.value)
    }

    /// The results before rounding of other scores of the same design, as people read them.
    func results(of other: ScoreSheet) throws -> [Double] {
        let all = try RuleResults(of: other, by: unrounded, coefficients: coefficients).performances
        return LinearRule.perEntry(ballots)(all).map(\.value)
    }

    /// What the linear part makes of other scores of the same design, as people read them: every judge counts alike.
    func means(of other: ScoreSheet) -> [Double] {
        var sums = slopes.map { _ in [(total: Double, count: Double)](repeating: (0, 0), count: other.entries.count) }
        for performance in other.performances {
            for row in performance.rows {
                let (criterion, entry) = (other.criterionCodes.isEmpty ? 0 : Int(other.criterionCodes[row]), Int(performance.entry))
                let sum = sums[criterion][entry]
                sums[criterion][entry] = (sum.total + other.score(at: row), sum.count + 1)
            }
        }
        return other.entries.indices.map { entry in
            slopes.indices.reduce(offsets[entry].value) { result, criterion in
                let sum = sums[criterion][entry]
                return sum.count == 0 ? result : result + slopes[criterion][entry].value * sum.total / sum.count
            }
        }
    }

    /// Numbers of performances in the order of entries.
    private static func perEntry(_ sheet: ScoreSheet) -> ([Fraction]) -> [Fraction] {
        var performance = [Int](repeating: 0, count: sheet.entries.count)
        for (index, each) in sheet.performances.enumerated() { performance[Int(each.entry)] = index }
        return { values in performance.map { values[$0] } }
    }
}

extension ScoreSheet {
    /// Whether a score is of a criterion; all are of the only one where there are none.
    fileprivate func isOf(_ criterion: Int, row: Int) -> Bool { criterionCodes.isEmpty || criterionCodes[row] == Int32(criterion) }
}

extension ScoringRule {
    /// The rule of one stage whose result is its own.
    fileprivate func alone(stage: Int?) throws(ScoringRuleError) -> ScoringRule {
        guard let stage, stages.indices.contains(stage) else { return try ScoringRule(steps: steps) }
        return try ScoringRule(steps: [], stages: [Stage(name: stages[stage].name, steps: steps(of: stage))])
    }

    /// The rule with its steps changed or left out.
    fileprivate func keeping(_ change: (Step) -> Step?) throws(ScoringRuleError) -> ScoringRule {
        try ScoringRule(
            steps: steps.compactMap(change), stages: stages.map { Stage(name: $0.name, steps: $0.steps?.compactMap(change)) })
    }
}

extension ScoringRule.Step {
    /// The step as far as it is linear in the scores: what the mean result of many judges would show of it.
    fileprivate var linear: ScoringRule.Step? {
        switch self {
        case .trim, .clip, .round: nil
        case .judges(.median): .judges(.mean)
        case .criteria(.median): .criteria(.mean)
        case .judges, .criteria, .add, .subtract, .multiply, .divide, .coefficient: self
        }
    }
}
