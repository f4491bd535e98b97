package import Evenhand

/// A design put to the test by hand: contests are simulated with it as their plan, each is ranked from its scores, and those of the truly
/// best who are among the first are counted.
package struct RankedPlan {
    /// The design.
    package let plan: SeatPlan
    /// For mean, z-scores and the crossed model with estimated variances: how many are right in each contest.
    package let counts: [ExpectedCorrectness.Method: [Int]]

    private static let methods: [(ExpectedCorrectness.Method, ScoringMethod)] = [
        (.mean, .mean), (.zscore, .normalized(.zscore)), (.model, .crossed()),
    ]

    /// Simulates and ranks contests.
    ///
    /// - Parameter seed: that of the first contest; the others follow.
    package init(_ plan: SeatPlan, model: ScoreModel, places: Int, contests: Int, seed: UInt64) throws {
        self.plan = plan
        let design = try ContestDesign(plan: plan.named(entry: { "E\(1000 + $0)" }, judge: { "J\(100 + $0)" }), model: model)
        let unit = (0..<model.decimals).reduce(1.0) { product, _ in product * 10 }
        let found = try Parallel.map(contests) { index in
            Result { () -> [Int] in
                let contest = SimulatedContest(of: design, seed: seed + UInt64(index))
                let truth = Set(contest.entries.sorted { $0.quality > $1.quality }.prefix(places).map(\.name))
                let sheet = try ScoreSheet(
                    contest.scores.map { score in
                        ScoreSheet.Row(
                            entry: contest.entries[Int(score.entry)].name, judge: contest.judges[Int(score.judge)].seat.name,
                            points: Double(score.units) / unit)
                    })
                let ranking = try Ranking(of: sheet, by: RankedPlan.methods.map(\.1))
                return ranking.columns.map { column in
                    column.ranks.order.prefix(places).count { truth.contains(ranking.sheet.entries[Int($0)]) }
                }
            }
        }.map { try $0.get() }
        counts = Dictionary(
            uniqueKeysWithValues: RankedPlan.methods.enumerated().map { position, method in (method.0, found.map { $0[position] }) })
    }

    /// How many are right on average, and the standard error.
    package func right(by method: ExpectedCorrectness.Method) -> (mean: Double, error: Double) {
        RankedPlan.mean((counts[method] ?? []).map(Double.init))
    }

    /// How many more are right than in another design, contest by contest.
    package func gain(by method: ExpectedCorrectness.Method, over other: RankedPlan, by otherMethod: ExpectedCorrectness.Method)
        -> (mean: Double, error: Double)
    {
        RankedPlan.mean(zip(counts[method] ?? [], other.counts[otherMethod] ?? []).map { Double($0 - $1) })
    }

    private static func mean(_ values: [Double]) -> (mean: Double, error: Double) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (squares / (count - 1) / count).squareRoot())
    }
}
