/// What a rule would make of scores if all judges agreed: for each entry Σ slope · (mean of a component over the judges) + offset.
///
/// A component is a criterion, or a criterion of one heat where the rule makes one result of several heats. Slopes hold weights, factors
/// and difficulties, offsets deductions: whatever a model of judges' scores must not mistake for merit. They are found by applying the
/// rule, without its rounding, to scores on which all judges agree: 0 everywhere, then 1 in one component after the other. Judges who agree
/// lose nothing by a trim, a clip or a median, so slopes are exact whatever those steps are.
struct LinearRule: Sendable {
    /// The scores of the stage, with their criteria; each entry has one result.
    let ballots: ScoreSheet
    /// The component of each score.
    let componentOfRow: [Int]
    /// What a point of each component, given by every judge, adds to the result of each entry.
    let slopes: [[Fraction]]
    /// The result of each entry when every score is 0.
    let offsets: [Fraction]
    /// The results of the rule before they are rounded, as people read them.
    let results: [Double]
    /// Whether a judge's scores in several heats belong to one result.
    let combinesHeats: Bool
    /// The rule of this stage without rounding.
    private let unrounded: ScoringRule
    private let findings: [[StageFinding]]

    /// The part of a rule that belongs to one of its stages, or the whole of a rule without stages.
    ///
    /// - Throws: `FitObstacle.rule` where judges who agree do not make a result that is linear in what they agree on, as the best of
    ///   several runs is not (`RunRule`); what `RuleResults` throws.
    init(of results: RuleResults, stage: Int?) throws {
        let rule = try results.rule.alone(stage: stage)
        let sheet = results.sheet
        let heats = sheet.heats.indices.filter { stage == nil || results.stage(ofHeat: $0) == stage }
        let ballots = heats.count == sheet.heats.count ? sheet : sheet.selecting(heats: heats)
        let (unrounded, findings) = (try rule.withoutRounding(), try RuleResults(of: ballots, by: rule).findings)
        let components = ballots.components(ofHeats: rule.combinesHeats)
        func applied(_ values: [Double]) throws -> [Fraction] {
            let units = components.map { ballots.direction.turned(values[$0] * ballots.unitsPerPoint) }
            return LinearRule.perEntry(ballots, try RuleResults(of: ballots.replacing(units: units), by: unrounded, findings: findings))
        }
        let count = (components.max() ?? 0) + 1
        let offsets = try applied([Double](repeating: 0, count: count))
        let slopes = try (0..<count).map { component in
            let ones = (0..<count).map { $0 == component ? 1.0 : 0 }
            return try zip(try applied(ones), offsets).map { try ($0 - $1).reduced }
        }
        // Numbers whose order changes from one to the next, so that a maximum or a median of components shows.
        let rising = (1...count).map { Double($0) }
        let mixed = rising.indices.map { $0 % 2 == 0 ? rising[count - 1 - $0] + 3 : rising[count - 1 - $0] }
        for values in [rising, mixed] {
            for (entry, result) in try applied(values).enumerated() {
                let terms = try slopes.indices.map { try slopes[$0][entry] * Fraction(Int128(values[$0])) }
                guard try Fraction.sum([offsets[entry]] + terms) == result else { throw FitObstacle.rule }
            }
        }
        guard slopes.contains(where: { $0.contains { $0.numerator != 0 } }) else { throw FitObstacle.rule }
        (self.ballots, self.slopes, self.offsets, self.unrounded, self.findings) = (ballots, slopes, offsets, unrounded, findings)
        (componentOfRow, combinesHeats) = (components, rule.combinesHeats)
        let own = try RuleResults(of: ballots, by: unrounded, findings: findings)
        self.results = LinearRule.perEntry(ballots, own).map(\.value)
    }

    /// The results before rounding of other scores of the same design, as people read them.
    func results(of other: ScoreSheet) throws -> [Double] {
        LinearRule.perEntry(ballots, try RuleResults(of: other, by: unrounded, findings: findings)).map(\.value)
    }

    /// What the rule would make of other scores of the same design if each judge said the mean of all, as people read it.
    func means(of other: ScoreSheet) -> [Double] {
        var sums = slopes.map { _ in [(total: Double, count: Double)](repeating: (0, 0), count: other.entries.count) }
        for performance in other.performances {
            for row in performance.rows {
                let (component, entry) = (componentOfRow[row], Int(performance.entry))
                let sum = sums[component][entry]
                sums[component][entry] = (sum.total + other.score(at: row), sum.count + 1)
            }
        }
        return other.entries.indices.map { entry in
            slopes.indices.reduce(offsets[entry].value) { result, component in
                let sum = sums[component][entry]
                return sum.count == 0 ? result : result + slopes[component][entry].value * sum.total / sum.count
            }
        }
    }

    /// The results in the order of entries.
    static func perEntry(_ sheet: ScoreSheet, _ results: RuleResults) -> [Fraction] {
        var performance = [Int](repeating: 0, count: sheet.entries.count)
        for (index, each) in sheet.performances.enumerated() { performance[Int(each.entry)] = index }
        return performance.map { results.performances[$0] }
    }
}

extension ScoreSheet {
    /// The component of each score: its criterion, of its heat where heats are parts of one result.
    fileprivate func components(ofHeats: Bool) -> [Int] {
        let criteria = max(1, self.criteria.count)
        return performances.flatMap { performance in
            performance.rows.map { row in
                (criterionCodes.isEmpty ? 0 : Int(criterionCodes[row])) + (ofHeats ? Int(performance.heat) * criteria : 0)
            }
        }
    }
}

extension ScoringRule {
    /// The rule of one stage whose result is its own.
    fileprivate func alone(stage: Int?) throws(ScoringRuleError) -> ScoringRule {
        guard let stage, stages.indices.contains(stage) else { return try ScoringRule(steps: steps) }
        return try ScoringRule(steps: [], stages: [Stage(name: stages[stage].name, steps: steps(of: stage))])
    }

    fileprivate func withoutRounding() throws(ScoringRuleError) -> ScoringRule {
        try ScoringRule(steps: steps.withoutRounding, stages: stages.map { Stage(name: $0.name, steps: $0.steps?.withoutRounding) })
    }
}
