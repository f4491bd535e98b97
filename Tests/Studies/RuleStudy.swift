@testable import Evenhand
import Testing

/// What rank intervals and probabilities are worth where a rule makes the list: against the places of the results that the rule makes of
/// true merits.
@Suite(.serialized, .enabled(if: Studies.areWanted, "long; make test-long")) struct RuleStudy {
    static let contests = 1000
    static let draws = 1000
    static let places = 10

    /// A rule, and contests for it.
    struct Case: Sendable {
        let name: String
        let steps: [ScoringRule.Step]
        var entries = 24
        var judges = 7
        var panel = 7
        /// Names of criteria, each with a merit of its own.
        var criteria: [String] = []
        /// What a criterion counts in the truth.
        var weights: [Double] = [1]
        /// Whether some entries lose points.
        var hasDeductions = false
        /// Runs, each with a merit of its own, of which the best counts.
        var runs = 1
        /// What the first of two stages counts; the second counts the rest.
        var firstStage: Double?
        /// The degrees of freedom of the noise; normal without.
        var freedom: Double?
        /// Standard deviations of the logarithms of scales and noises.
        var unlike = 0.0
    }

    private static let trim: ScoringRule.Step = .trim(high: .fixed(Fraction(1)), low: .fixed(Fraction(1)))
    private static let weighing: ScoringRule.Step = .multiply(
        .cases([.init(criterion: "idea", value: Fraction(7, over: 10)), .init(criterion: "show", value: Fraction(3, over: 10))]))

    static let cases = [
        Case(name: "trimmed", steps: [trim, .judges(.mean)]),
        Case(name: "trimmed, 24 × 5", steps: [trim, .judges(.mean)], judges: 5, panel: 5),
        Case(name: "median", steps: [.judges(.median)]),
        Case(name: "trimmed, t₃ noise", steps: [trim, .judges(.mean)], freedom: 3),
        Case(name: "trimmed, unlike judges", steps: [trim, .judges(.mean)], unlike: 0.2),
        Case(name: "trimmed, 60 entries, 5 of 12 judges", steps: [trim, .judges(.mean)], entries: 60, judges: 12, panel: 5),
        Case(name: "weighted", steps: [weighing, .criteria(.sum), .judges(.mean)], criteria: ["idea", "show"], weights: [0.7, 0.3]),
        Case(
            name: "weighted, each criterion trimmed", steps: [trim, .judges(.mean), weighing, .criteria(.sum)],
            criteria: ["idea", "show"], weights: [0.7, 0.3]),
        Case(name: "deducted", steps: [trim, .judges(.mean), .subtract(.attribute("deduction"))], hasDeductions: true),
        Case(name: "staged", steps: [trim, .judges(.mean)], firstStage: 0.4),
        Case(name: "best of three runs, trimmed", steps: [trim, .judges(.mean), .heats(.max)], runs: 3),
    ]

    /// A contest of a case, the deductions among its attributes, and the result that the rule makes of each entry's merits.
    static func contest(_ wanted: Case, _ index: Int) throws -> (sheet: ScoreSheet, results: [Double]) {
        var stream = RandomStream(seed: 2027, stream: UInt64(index))
        let stages: [(name: String?, weight: Double)] =
            wanted.firstStage.map { [("初赛", $0), ("决赛", 1 - $0)] } ?? [(nil, 1)]
        let runs = (1...wanted.runs).map { (Heat(stage: nil, name: "Run \($0)"), 1.0) }
        let rounds = wanted.runs > 1 ? runs : stages.map { (Heat(stage: $0.name, name: nil), $0.weight) }
        var (rows, judges) = ([ScoreSheet.Row](), [(severity: Double, scale: Double, deviation: Double)]())
        var results = [Double](repeating: wanted.runs > 1 ? -.infinity : 0, count: wanted.entries)
        for (heat, weight) in rounds {
            // Stages have panels of their own, runs the same one.
            if wanted.runs == 1 || judges.isEmpty {
                judges = (0..<wanted.judges).map { _ in
                    (3 * stream.normal(), exponential(wanted.unlike * stream.normal()), 3 * exponential(wanted.unlike * stream.normal()))
                }
            }
            for entry in 0..<wanted.entries {
                let general = 2 * stream.normal()
                let merits = wanted.weights.map { _ in general + 3 * stream.normal() }
                let result = weight * zip(merits, wanted.weights).reduce(0) { $0 + $1.0 * $1.1 }
                results[entry] = wanted.runs > 1 ? max(results[entry], result) : results[entry] + result
                for judge in stream.shuffled(Array(0..<wanted.judges)).prefix(wanted.panel) {
                    let (severity, scale, deviation) = judges[judge]
                    for (position, merit) in merits.enumerated() {
                        let noise =
                            wanted.freedom.map { stream.normal() / (stream.chiSquared($0) / ($0 - 2)).squareRoot() } ?? stream.normal()
                        let points = 80 + severity + scale * merit + deviation * noise
                        rows.append(
                            ScoreSheet.Row(
                                entry: "E\(100 + entry)", judge: "J\(100 + judge)", points: (10 * points).rounded() / 10,
                                criterion: wanted.criteria.isEmpty ? nil : wanted.criteria[position], heat: heat))
                    }
                }
            }
        }
        let sheet = try ScoreSheet(rows)
        guard wanted.hasDeductions else { return (sheet, results) }
        let deductions = results.indices.map { _ in stream.uniform() < 0.3 ? (60 * stream.uniform()).rounded() / 10 : 0 }
        for entry in results.indices { results[entry] -= deductions[entry] }
        let column = Attribute(name: "deduction", values: Factor(deductions.map { "\($0)" }))
        return (sheet.adding(entryAttributes: [column]), results)
    }

    static func rule(_ wanted: Case) throws -> ScoringRule {
        guard let first = wanted.firstStage else { return try ScoringRule(steps: wanted.steps) }
        let share = Fraction(Int128((100 * first).rounded()), over: 100)
        let weights = [ScoringRule.Weight(stage: "初赛", weight: share), .init(stage: "决赛", weight: try Fraction(1) - share)]
        return try ScoringRule(
            steps: wanted.steps, stages: [ScoringRule.Stage(name: "初赛"), ScoringRule.Stage(name: "决赛", weights: weights)])
    }

    /// How often entries with a probability of some size were among the best.
    struct Calibration: Sendable {
        static let edges = [0.0, 0.1, 0.3, 0.5, 0.7, 0.9]
        var sums = [(count: Int, said: Double, came: Int)](repeating: (0, 0, 0), count: edges.count)

        mutating func add(_ probability: Double, _ isAmongBest: Bool) {
            let bin = Self.edges.lastIndex { probability >= $0 } ?? 0
            sums[bin] = (sums[bin].count + 1, sums[bin].said + probability, sums[bin].came + (isAmongBest ? 1 : 0))
        }

        mutating func add(_ other: Calibration) {
            for bin in sums.indices {
                let (a, b) = (sums[bin], other.sums[bin])
                sums[bin] = (a.count + b.count, a.said + b.said, a.came + b.came)
            }
        }

        /// The largest difference between what was said and what came, over bins.
        var worst: Double { sums.map { $0.count < 100 ? 0 : ($0.said - Double($0.came)).magnitude / Double($0.count) }.max() ?? 0 }
    }

    @Test(arguments: cases) func `intervals and probabilities hold for the rule's results`(wanted: Case) throws {
        let rule = try Self.rule(wanted)
        let pieces = Parallel.pieces(of: Self.contests, grain: 1)
        typealias Found = (check: CoverageCheck, calibration: Calibration)
        let parts = Parallel.map(pieces.count) { piece in
            Result { () throws -> Found in
                var (check, calibration) = (CoverageCheck.empty, Calibration())
                for index in pieces[piece] {
                    let contest = try Self.contest(wanted, index)
                    let heats =
                        wanted.firstStage == nil
                        ? contest.sheet.heats : try contest.sheet.heats(ofStage: "决赛").heats.map { contest.sheet.heats[$0] }
                    let list = try OfficialList(of: contest.sheet, heats: heats, by: OfficialList.Recipe(.rule(rule)))
                    let model = try MeritModel(of: list)
                    let ranks = try RankUncertainty(of: model.draws(Self.draws, seed: 1), places: Self.places)
                    check.add(ranks, merits: contest.results, fair: list.column.results.values, places: Self.places)
                    let order = contest.results.indices.sorted { contest.results[$0] > contest.results[$1] }
                    let best = Set(order.prefix(Self.places))
                    for entry in order { calibration.add(ranks.topProbabilities[entry], best.contains(entry)) }
                }
                return (check, calibration)
            }
        }
        var (check, calibration) = (CoverageCheck.empty, Calibration())
        for part in parts {
            let found = try part.get()
            check.add(found.check)
            calibration.add(found.calibration)
        }
        func text(_ value: Double?) -> String { value.map { String(($0 * 1000).rounded() / 1000) } ?? "–" }
        let bins = calibration.sums.map {
            "\(text($0.said / Double(max(1, $0.count)))) → \(text(Double($0.came) / Double(max(1, $0.count))))"
        }
        Studies.show(
            wanted.name, ["covers", "leader", "near cut", "true statements", "P said → came"],
            [
                [
                    text(check.held90.value), text(check.heldWinner.value), text(check.heldNearCut.value), text(check.trueStatements.value),
                    bins.joined(separator: ", "),
                ]
            ])
        #expect((0.86...0.96).contains(check.held90.value!), "\(wanted.name)")
        #expect(check.trueStatements.value! >= 0.88, "\(wanted.name): statements")
        #expect(calibration.worst <= 0.05, "\(wanted.name): probabilities")
    }
}
