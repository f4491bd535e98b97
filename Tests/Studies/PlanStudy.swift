import Evenhand
import TestSupport
import Testing

/// What is expected of designs, against contests that are simulated with them and ranked from their scores: many of them, so that what the
/// model loses by estimating its variances shows.
@Suite(.serialized, .enabled(if: Studies.areWanted, "long; make test-long")) struct PlanStudy {
    static let contests = 6000

    private static func names(_ letter: String, _ count: Int) -> [String] { (0..<count).map { "\(letter)\(1000 + $0)" } }

    @Test(arguments: [(40, 8, 4, 10), (150, 30, 5, 10)])
    func `expected and simulated numbers agree, and the best design is recommended`(
        entries: Int, judges: Int, perEntry: Int, places: Int
    ) throws {
        var model = ScoreModel()
        (model.mean, model.decimals) = (50, 6)
        let problem = try AssignmentProblem(entries: Self.names("E", entries), judges: Self.names("J", judges), perEntry: perEntry)
        let plans = SeatPlan.comparison(PlanReview(of: try AssignmentPlan(of: problem)), seed: 1)
        let expected = ExpectedCorrectness(of: plans, spread: ContestSpread(model), places: places, draws: 20_000, seed: 1)
        var simulated: [SeatPlan.Kind: RankedPlan] = [:]
        for plan in plans { simulated[plan.kind] = try RankedPlan(plan, model: model, places: places, contests: Self.contests, seed: 900) }
        var table: [[String]] = []
        for row in expected.rows {
            let found = try #require(simulated[row.plan.kind]).right(by: row.method)
            let error = (found.error * found.error + row.rightError * row.rightError).squareRoot()
            let difference = found.mean - row.right
            #expect(difference.magnitude < 3.5 * error, "\(row.plan.kind) \(row.method): \(difference) ± \(error)")
            table.append(
                [row.plan.kind.rawValue, row.method.rawValue]
                    + [row.right, found.mean, difference, error].map { String((1000 * $0).rounded() / 1000) })
        }
        let chosen = try #require(PlanRecommendation(expected)).chosen
        let best = try #require(simulated[chosen.plan.kind])
        for row in expected.rows where row.plan.kind.isAsLarge && row.plan.kind != chosen.plan.kind {
            let gain = try #require(simulated[row.plan.kind]).gain(by: row.method, over: best, by: chosen.method)
            #expect(gain.mean < 3 * gain.error, "\(row.plan.kind) \(row.method) rather than \(chosen.plan.kind): \(gain)")
        }
        Studies.show(
            "Right of \(places), \(entries) entries × \(perEntry) of \(judges) judges, \(Self.contests) simulated contests; recommended: "
                + "\(chosen.plan.kind.rawValue) by \(chosen.method.rawValue)",
            ["design", "method", "expected", "simulated", "difference", "SE"], table)
    }
}
