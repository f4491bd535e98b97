import TestSupport
import Testing

@testable import Evenhand

@Suite struct ExpectedCorrectnessTests {
    private static func alternatives(_ entries: Int, _ judges: Int, _ perEntry: Int) -> [SeatPlan.Kind: SeatPlan] {
        let plans = SeatPlan.alternatives(entryCount: entries, judgeCount: judges, perEntry: perEntry)
        return Dictionary(uniqueKeysWithValues: plans.map { ($0.kind, $0) })
    }

    @Test(arguments: [(150, 30, 5), (40, 8, 4), (23, 9, 2), (12, 7, 3)])
    func `alternatives have as many scores as the plan, and no judge twice for an entry`(entries: Int, judges: Int, perEntry: Int) {
        let plans = ExpectedCorrectnessTests.alternatives(entries, judges, perEntry)
        #expect(plans.count >= 4)
        for plan in plans.values {
            #expect(plan.scoreCount == entries * perEntry && plan.seats.count == entries, "\(plan.kind)")
            #expect(plan.seats.allSatisfy { Set($0.map(\.judge)).count == $0.count && !$0.isEmpty }, "\(plan.kind)")
            #expect(plan.seats.joined().allSatisfy { (0..<judges).contains($0.judge) && $0.heat < plan.heatCount }, "\(plan.kind)")
            let subsets = DesignEfficiency(of: plan.seats.map { $0.map(\.judge) }, judgeCount: judges).subsetCount
            #expect(plan.kind == .heats ? subsets == judges / perEntry : subsets == 1, "\(plan.kind)")
        }
    }

    /// In a complete table means and the model agree, and their reliability is Var(θ) / (Var(θ) + σ² / m).
    @Test func `a complete table has the reliability of theory`() throws {
        let problem = try AssignmentPlanTests.problem(200, 4, per: 4)
        var spread = ContestSpread()
        (spread.scaleSD, spread.entrySD, spread.noiseSD) = (0, 3, 4)
        let plan = SeatPlan(PlanReview(of: try AssignmentPlan(of: problem)))
        let expected = ExpectedCorrectness(of: [plan], spread: spread, places: 10, draws: 300, seed: 3)
        #expect(expected.rows.map(\.method) == [.mean, .zscore, .model])
        #expect(expected.rows[0].right == expected.rows[2].right)
        for row in expected.rows where row.method != .zscore { #expect(abs(row.reliability - 9.0 / 13) < 0.01, "\(row.reliability)") }
    }

    /// Forty simulations of 50 contests each scatter as their stated error says.
    @Test func `the stated error is that of repeated simulations`() {
        let plans = SeatPlan.alternatives(entryCount: 40, judgeCount: 10, perEntry: 2)
        let found = (1...40).map { seed in
            ExpectedCorrectness(of: [plans[0]], spread: ContestSpread(), places: 8, draws: 50, seed: UInt64(seed)).rows[0]
        }
        let mean = found.reduce(0) { $0 + $1.right } / 40
        let scatter = (found.reduce(0) { $0 + ($1.right - mean) * ($1.right - mean) } / 39).squareRoot()
        let stated = found.reduce(0) { $0 + $1.rightError } / 40
        #expect(isClose(scatter, stated, relative: 0.35), "\(scatter) \(stated)")
    }

    /// Noise of 3 points, and scales that turn a difference of 5 points by 0.2 of it: 9 + 1.
    @Test func `the model takes scales for noise`() {
        #expect(isClose(ContestSpread().residualVariance, 10))
        var spread = ContestSpread()
        (spread.noiseSD, spread.scaleSD, spread.entrySD) = (2, 0.5, 4)
        #expect(isClose(spread.residualVariance, 8))
    }

    /// The variances are those of a dense likelihood (`FinalsFixture`).
    @Test func `a spread that is fitted to scores has that of their heats`() throws {
        let (spread, variances) = (
            try ContestSpread(fittedTo: FinalsFixture.panels().totals.sheet), try FinalsFixture.values("heats_variance")
        )
        let found = [
            ("entries", spread.entrySD), ("judges", spread.judgeSD), ("noise", spread.noiseSD), ("heats", spread.heatSD),
        ]
        for (name, deviation) in found { #expect(agree(deviation * deviation, variances[name], within: 1e-3), "\(name)") }
        #expect(spread.scaleSD == 0 && spread.heatSD > 0)
    }

    /// The mean of 400 squares of normal values with an SD of 3; its own SD is 9 √(2 / 400).
    @Test func `the heats of simulated contests differ as much as the spread says`() throws {
        var spread = ContestSpread()
        spread.heatSD = 3
        let design = SimulatedDesign(try #require(Self.alternatives(40, 8, 4)[.heats]), spread)
        let heats = (0..<200).flatMap { SimulatedDraw([design], spread, places: 1, seed: 4, draw: $0).heats }
        let squares = heats.reduce(0.0) { $0 + $1 * $1 }
        #expect(heats.count == 400 && abs(squares / 400 - 9) < 36 * 0.005.squareRoot())
    }

    @Test func `without noise and differences of judges every position is right`() throws {
        var spread = ContestSpread()
        (spread.judgeSD, spread.scaleSD, spread.noiseSD) = (0, 0, 0)
        let plans = SeatPlan.alternatives(entryCount: 30, judgeCount: 10, perEntry: 2)
        for row in ExpectedCorrectness(of: plans, spread: spread, places: 5, draws: 20, seed: 1).rows where row.method == .mean {
            #expect(row.right == 5 && row.winner == 1 && abs(row.reliability - 1) < 1e-9)
        }
    }

    /// Few scores for each judge, so that means and SDs are drawn toward those of all.
    @Test(arguments: [(6, 4, 2), (40, 8, 4)]) func `z-scores are those of a normalization`(entries: Int, judges: Int, perEntry: Int) throws
    {
        let plan = SeatPlan(PlanReview(of: try AssignmentPlan(of: AssignmentPlanTests.problem(entries, judges, per: perEntry))))
        let design = SimulatedDesign(plan, ContestSpread())
        let draw = SimulatedDraw([design], ContestSpread(), places: 2, seed: 4, draw: 0)
        var noise = 0
        let rows = plan.seats.enumerated().flatMap { entry, seats in
            seats.map { seat in
                defer { noise += 1 }
                let points = draw.severities[seat.judge] + draw.scales[seat.judge] * draw.qualities[entry] + draw.noise[noise]
                return ScoreSheet.Row(entry: "E\(100 + entry)", judge: "J\(seat.judge)", points: points)
            }
        }
        let results = SimulatedResults(for: design)
        design.analyse(draw, into: results)
        let normalized = try EntryResults(of: ScoreSheet(rows), by: .normalized(.zscore)).values
        for (a, b) in zip(results.zScores, normalized) { #expect(abs(a - b) < 1e-9) }
        let means = try EntryResults(of: ScoreSheet(rows), by: .mean).values
        for (a, b) in zip(results.means, means) { #expect(abs(a - b) < 1e-9) }
    }

    /// θ, j and μ by turns, each from what the others leave, until nothing changes: the minimum of |x − μ − θ − j|² + λ_θ |θ|² + λ_j |j|².
    @Test func `predictions are those of ridge regression, for entries with many scores and with few`() throws {
        let spread = ContestSpread()
        let plan = try #require(
            SeatPlan.alternatives(entryCount: 20, judgeCount: 5, perEntry: 2).first { Set($0.seats.map(\.count)).count > 1 })
        let design = SimulatedDesign(plan, spread)
        let draw = SimulatedDraw([design], spread, places: 2, seed: 4, draw: 0)
        let results = SimulatedResults(for: design)
        design.analyse(draw, into: results)
        let seats = plan.seats.enumerated().flatMap { entry, seats in seats.map { (entry: entry, judge: $0.judge) } }
        let points = Array(results.scores.prefix(seats.count))
        let ofEntry = spread.residualVariance / (spread.entrySD * spread.entrySD)
        let ofJudge = spread.residualVariance / (spread.judgeSD * spread.judgeSD)
        var (mean, entries, judges) = (0.0, [Double](repeating: 0, count: 20), [Double](repeating: 0, count: 5))
        for _ in 0..<20_000 {
            mean = zip(points, seats).reduce(0) { $0 + $1.0 - entries[$1.1.entry] - judges[$1.1.judge] } / Double(points.count)
            for entry in entries.indices {
                let own = zip(points, seats).filter { $0.1.entry == entry }
                entries[entry] = own.reduce(0) { $0 + $1.0 - mean - judges[$1.1.judge] } / (Double(own.count) + ofEntry)
            }
            for judge in judges.indices {
                let own = zip(points, seats).filter { $0.1.judge == judge }
                judges[judge] = own.reduce(0) { $0 + $1.0 - mean - entries[$1.1.entry] } / (Double(own.count) + ofJudge)
            }
        }
        for (found, expected) in zip(results.predictions, entries) { #expect(abs(found - expected) < 1e-6) }
    }

    @Test func `a gain is a difference of the same contests, and its error is smaller than that of two`() throws {
        let plans = SeatPlan.alternatives(entryCount: 40, judgeCount: 8, perEntry: 4)
        let expected = ExpectedCorrectness(of: plans, spread: ContestSpread(), places: 10, draws: 400, seed: 1)
        for row in expected.rows.dropFirst() {
            let gain = expected.gain(of: row, over: expected.rows[0])
            #expect(abs(gain.mean - (row.right - expected.rows[0].right)) < 1e-9)
            #expect(gain.error < (row.rightError * row.rightError + expected.rows[0].rightError * expected.rows[0].rightError).squareRoot())
        }
        #expect(expected.gain(of: expected.rows[3], over: expected.rows[3]).error == 0)
    }

    @Test func `limits and conflicts say which designs can be carried out`() throws {
        func feasible(_ change: (inout AssignmentProblem) -> Void) throws -> Set<SeatPlan.Kind> {
            var problem = try AssignmentPlanTests.problem(24, 8, per: 3)
            change(&problem)
            let plans = SeatPlan.comparison(PlanReview(of: try AssignmentPlan(of: problem)), seed: 1)
            return Set(plans.filter(\.isFeasible).map(\.kind))
        }
        #expect(try feasible { _ in } == Set(SeatPlan.Kind.allCases))
        // Nine scores for each judge leave no room for 24 entries before one judge, for a fourth judge, nor for the judges whom heats need.
        #expect(try feasible { $0.most = Array(repeating: 9, count: 8) } == [.plan, .fewer, .rotation])
        // Judges who have to have an entry each cannot all be left out.
        #expect(try !feasible { $0.least = Array(repeating: 1, count: 8) }.contains(.crossing))
        // Two judges of whom every entry needs one: disjoint heats have more than two panels, and a circle has entries between the two.
        let group = PanelRequirement(name: "field=a", count: 1, members: (0..<8).map { $0 < 2 })
        let required = try feasible { $0.requirements = [group] }
        #expect(required.isSuperset(of: [.plan, .crossing]) && !required.contains(.rotation))
        // Six judges with a conflict each leave two for all entries; heats only have to avoid them.
        let conflicts = try feasible { for judge in 0..<6 { $0.forbid(judge, judge) } }
        #expect(!conflicts.contains(.crossing) && conflicts.isSuperset(of: [.plan, .heats, .rotation]))
    }
}
