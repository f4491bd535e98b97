import CLemon

/// An assignment of the smallest cost, with loads as even as that allows, drawn at random among those.
struct AssignmentFlow {
    let problem: AssignmentProblem
    let limits: [Int]
    let seed: UInt64

    init(of problem: AssignmentProblem, limits: [Int], seed: UInt64) {
        (self.problem, self.limits, self.seed) = (problem, limits, seed)
    }

    /// Costs are three numbers in one: what pairs cost, then the squares of loads, then the lot.
    private struct Weights {
        let pair, load, lot: Int

        /// The largest lot of a pair.
        static let highestLot = 255

        init(_ problem: AssignmentProblem, limits: [Int]) throws(PlanError) {
            let scores = problem.scoreCount
            let lots = scores * Weights.highestLot + 1
            let squares = scores * (limits.max() ?? 0) + 1
            let nodes = problem.entries.count * (problem.requirements.count + 2) + problem.judges.count + 2
            let highest = (problem.costs.max() ?? 0) + 1
            // The network adds costs along ways through all nodes.
            let (product, overflow) = lots.multipliedReportingOverflow(by: squares)
            let (sum, overflow2) = product.multipliedReportingOverflow(by: highest)
            let (whole, overflow3) = sum.multipliedReportingOverflow(by: nodes)
            if !overflow, !overflow2, !overflow3, whole < 1 << 61 {
                (pair, load, lot) = (lots * squares, lots, 1)
                return
            }
            let (short, overflow4) = squares.multipliedReportingOverflow(by: highest)
            guard !overflow4, short < (1 << 61) / nodes else { throw .tooLarge }
            (pair, load, lot) = (squares, 1, 0)
        }
    }

    /// The least load of each judge.
    private func floors(_ near: [Int]?) -> [Int] {
        guard let near else { return problem.least }
        return zip(problem.least, near).map { max($0, $1 - max(2, $1 / 10)) }
    }

    /// The judges of each entry.
    ///
    /// - Parameter near: loads that each judge stays near to, at most a tenth below; without them loads are as even as can be.
    func panels(near: [Int]? = nil) throws(PlanError) -> [[Int]] {
        let weights = try Weights(problem, limits: limits)
        let rows = DemandRows(problem)
        var stream = RandomStream(seed: seed, stream: PlanStream.flow.rawValue)
        var (pairRows, pairEntries, pairJudges, pairCosts) = ([Int32](), [Int](), [Int32](), [Int64]())
        var panels = problem.entries.indices.map { problem.fixedJudges(of: $0) }
        let fixedLoads = DesignEfficiency.loads(of: panels, judgeCount: problem.judges.count)
        for entry in problem.entries.indices {
            for judge in problem.judges.indices {
                let lot = stream.index(below: Weights.highestLot + 1)
                guard problem.relation(entry, judge) == .open else { continue }
                pairRows.append(Int32(rows.row(entry, judge)))
                pairEntries.append(entry)
                pairJudges.append(Int32(judge))
                pairCosts.append(Int64(weights.pair * problem.cost(entry, judge) + weights.lot * lot))
            }
        }
        let least = zip(floors(near), fixedLoads).map { Int32(max($0 - $1, 0)) }
        let most = zip(limits, fixedLoads).map { Int32(min($0, problem.entries.count) - $1) }
        var chosen = [UInt8](repeating: 0, count: pairEntries.count)
        let offset = fixedLoads.map { Int32($0) }
        let outcome = lemon_assignment(
            rows.supply.count, rows.supply.map { Int32($0) }, rows.parent.map { Int32($0) }, least.count, least, most, offset,
            pairRows.count, pairRows, pairJudges, pairCosts, near == nil ? Int64(weights.load) : 0, &chosen)
        guard outcome == lemon_found else { throw .tooLarge }
        for pair in chosen.indices where chosen[pair] == 1 { panels[pairEntries[pair]].append(Int(pairJudges[pair])) }
        return panels.map { $0.sorted() }
    }
}
