/// Who judges what: every entry with the number of judges that it needs, every judge within their limits, and no conflict.
///
/// Loads and costs are exact (a minimum-cost flow). Among assignments of the same cost, exchanges of judges between two entries join
/// subsets and then raise the average efficiency factor of the comparison of entries, until none does.
package struct AssignmentPlan: Sendable, Equatable {
    /// What was asked for.
    package let problem: AssignmentProblem
    /// For each entry the places of its judges, in their order.
    package let panels: [[Int]]
    /// How many entries each judge takes at most.
    package let limits: [Int]
    /// The sum of what the pairs cost.
    package let cost: Int
    /// How well entries can be compared.
    package let efficiency: DesignEfficiency
    /// The seed of everything that is drawn.
    package let seed: UInt64

    /// How often an assignment is drawn anew to join subsets.
    private static let mostAttempts = 4

    /// How many entries each judge has.
    package var loads: [Int] { DesignEfficiency.loads(of: panels, judgeCount: problem.judges.count) }

    /// Plans a contest.
    ///
    /// - Throws: `PlanError`; `infeasible` with the bottleneck when no assignment exists.
    package init(of problem: AssignmentProblem, seed: UInt64 = 1) throws(PlanError) {
        try problem.checkFixed()
        guard var limits = problem.limits() else { throw problem.infeasibility() }
        var connection = PlanConnection(
            problem, panels: try AssignmentFlow(of: problem, limits: limits, seed: seed).panels(), limits: limits, seed: seed)
        connection.join(keepingLoads: true)
        // Loads that are as even as can be may leave no judge to join subsets: then limits that nobody gave are raised by a tenth, and
        // loads follow the lot.
        let (even, raised) = (connection.loads, problem.raised(limits))
        for attempt in 1...AssignmentPlan.mostAttempts where !connection.isJoined && connection.hasEnoughScores {
            let seed = seed &+ UInt64(attempt)
            let panels = try AssignmentFlow(of: problem, limits: raised, seed: seed).panels(near: even)
            var other = PlanConnection(problem, panels: panels, limits: raised, seed: seed)
            other.join(keepingLoads: false)
            if other.subsetCount < connection.subsetCount { (connection, limits) = (other, raised) }
        }
        var exchange = PlanExchange(problem, panels: connection.panels, seed: seed)
        exchange.improve()
        self.init(problem, panels: exchange.panels, limits: limits, seed: seed)
    }

    init(_ problem: AssignmentProblem, panels: [[Int]], limits: [Int], seed: UInt64) {
        self.problem = problem
        self.panels = panels.map { $0.sorted() }
        self.limits = limits
        self.seed = seed
        cost = panels.enumerated().reduce(0) { sum, panel in panel.element.reduce(sum) { $0 + problem.cost(panel.offset, $1) } }
        efficiency = DesignEfficiency(of: panels, judgeCount: problem.judges.count)
    }
}

extension AssignmentProblem {
    /// Limits of which those that nobody gave are a tenth higher.
    fileprivate func raised(_ limits: [Int]) -> [Int] {
        judges.indices.map { judge in most[judge] == nil ? min(limits[judge] + max(2, limits[judge] / 10), entries.count) : limits[judge] }
    }

    /// Whether what has to happen fits what is needed and allowed.
    fileprivate func checkFixed() throws(PlanError) {
        for judge in judges.indices {
            guard let limit = most[judge] else { continue }
            guard least[judge] <= limit else { throw .limitsCross(judge: judges[judge], least: least[judge], most: limit) }
            let fixed = entries.indices.count { relation($0, judge) == .fixed }
            guard fixed <= limit else { throw .tooManyFixedEntries(judge: judges[judge], fixed: fixed, limit: limit) }
        }
        for entry in entries.indices {
            let fixed = fixedJudges(of: entry).count
            guard fixed <= needs[entry] else { throw .tooManyFixed(entry: entries[entry], fixed: fixed, need: needs[entry]) }
        }
    }
}
