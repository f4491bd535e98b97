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
        #expect(plans.count >= 3)
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
        #expect(expected.rows.map(\.method) == [.mean, .model])
        #expect(expected.rows[0].right == expected.rows[1].right)
        for row in expected.rows { #expect(abs(row.reliability - 9.0 / 13) < 0.01, "\(row.reliability)") }
    }

    @Test func `without noise and differences of judges every place is right`() throws {
        var spread = ContestSpread()
        (spread.judgeSD, spread.scaleSD, spread.noiseSD) = (0, 0, 0)
        let plans = SeatPlan.alternatives(entryCount: 30, judgeCount: 10, perEntry: 2)
        for row in ExpectedCorrectness(of: plans, spread: spread, places: 5, draws: 20, seed: 1).rows where row.method == .mean {
            #expect(row.right == 5 && row.winner == 1 && abs(row.reliability - 1) < 1e-9)
        }
    }

    /// The same contests made by `simulate` and ranked by hand: the first ten by mean, and by the crossed model with estimated variances.
    @Test func `simulated contests ranked by hand agree`() throws {
        var model = ScoreModel()
        (model.decimals, model.heatSD, model.mean) = (6, 2, 50)
        let design = try ContestDesign(entryCount: 40, heatCount: 2, judgeCount: 8, panelSize: 4, model: model)
        let heats = try #require(ExpectedCorrectnessTests.alternatives(40, 8, 4)[.heats])
        let expected = ExpectedCorrectness(of: [heats], spread: ContestSpread(model), places: 10, draws: 1000, seed: 1).rows
        var (right, squares, modelled) = (0.0, 0.0, 0.0)
        let contests = 200
        for seed in 1...contests {
            let contest = SimulatedContest(of: design, seed: UInt64(seed))
            let truth = Set(contest.entries.sorted { $0.quality > $1.quality }.prefix(10).map(\.name))
            let sheet = try ScoreSheet(
                contest.scores.map { score in
                    ScoreSheet.Row(
                        entry: contest.entries[Int(score.entry)].name, judge: contest.judges[Int(score.judge)].seat.name,
                        points: Double(score.units) / 1e6, heat: Heat(stage: nil, name: "H\(score.heat)"))
                })
            var sums = [String: Double]()
            for score in contest.scores { sums[contest.entries[Int(score.entry)].name, default: 0] += Double(score.units) }
            let count = Double(sums.sorted { $0.value > $1.value }.prefix(10).count { truth.contains($0.key) })
            (right, squares) = (right + count, squares + count * count)
            let effects = try CrossedEffects(of: sheet, heats: true).entryEffects
            let order = effects.indices.sorted { effects[$0] > effects[$1] }
            modelled += Double(order.prefix(10).count { truth.contains(sheet.entries[$0]) })
        }
        let mean = right / Double(contests)
        let error = ((squares / Double(contests) - mean * mean) / Double(contests)).squareRoot()
        #expect(abs(mean - expected[0].right) < 4 * error, "\(mean) \(expected[0].right) ± \(error)")
        // Variances that have to be estimated cost a little.
        #expect(abs(modelled / Double(contests) - expected[1].right) < 4 * error + 0.1, "\(modelled) \(expected[1].right)")
    }
}
