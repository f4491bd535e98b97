import TestSupport
import Testing

@testable import Evenhand

/// What is expected of designs, against contests that are simulated with them and ranked from their scores.
@Suite struct PlanSimulationTests {
    private static let (places, contests) = (10, 120)

    private static var model: ScoreModel {
        var model = ScoreModel()
        // In the middle of the range, so that no score is cut off, and without rounding.
        (model.mean, model.decimals) = (50, 6)
        return model
    }

    private static func plans() throws -> [SeatPlan] {
        let review = PlanReview(of: try AssignmentPlan(of: AssignmentPlanTests.problem(40, 8, per: 4)))
        return SeatPlan.comparison(review, seed: 1).filter { $0.kind.isAsLarge }
    }

    @Test func `contests that are simulated and ranked agree with what is expected, for six designs and three methods`() throws {
        let plans = try Self.plans()
        #expect(Set(plans.map(\.kind)) == [.plan, .heats, .chain, .anchors, .rotation, .crossing])
        let expected = ExpectedCorrectness(of: plans, spread: ContestSpread(Self.model), places: Self.places, seed: 1)
        var simulated: [SeatPlan.Kind: RankedPlan] = [:]
        for plan in plans {
            simulated[plan.kind] = try RankedPlan(plan, model: Self.model, places: Self.places, contests: Self.contests, seed: 77)
        }
        for row in expected.rows {
            let found = try #require(simulated[row.plan.kind]).right(by: row.method)
            let error = (found.error * found.error + row.rightError * row.rightError).squareRoot()
            #expect(abs(found.mean - row.right) < 3.5 * error, "\(row.plan.kind) \(row.method): \(found) \(row.right)")
        }
        // What is recommended is the best of them in the simulation as well, as far as that knows.
        let chosen = try #require(PlanRecommendation(expected)).chosen
        let best = try #require(simulated[chosen.plan.kind])
        for row in expected.rows where row.plan.kind != chosen.plan.kind {
            let gain = try #require(simulated[row.plan.kind]).gain(by: row.method, over: best, by: chosen.method)
            #expect(gain.mean < 3 * gain.error, "\(row.plan.kind) \(row.method) rather than \(chosen.plan.kind): \(gain)")
        }
    }

    @Test func `a difference within the error of the simulation is no reason to change the plan`() throws {
        let plans = try Self.plans()
        for (draws, seed) in [(20, 1), (60, 2), (2000, 3)] {
            let expected = ExpectedCorrectness(
                of: plans, spread: ContestSpread(Self.model), places: Self.places, draws: draws, seed: UInt64(seed))
            let found = try #require(PlanRecommendation(expected))
            let (other, gain) = (try #require(found.other), try #require(found.gain))
            #expect(found.isClear == (abs(gain.mean) > 3 * gain.error))
            #expect((found.chosen == other) == (gain.mean > 3 * gain.error))
            #expect(expected.rows.allSatisfy { $0.plan.kind == .plan || $0.right <= other.right })
        }
    }

    @Test func `a design that cannot be carried out is not recommended`() throws {
        var problem = try AssignmentPlanTests.problem(40, 8, per: 4)
        problem.most = Array(repeating: 20, count: 8)
        let plans = SeatPlan.comparison(PlanReview(of: try AssignmentPlan(of: problem)), seed: 1)
        let expected = ExpectedCorrectness(of: plans, spread: ContestSpread(Self.model), places: Self.places, draws: 400, seed: 1)
        #expect(!plans.contains { $0.kind == .more } && plans.contains { $0.kind == .crossing && !$0.isFeasible })
        #expect(try #require(PlanRecommendation(expected)).other?.plan.isFeasible == true)
    }
}
