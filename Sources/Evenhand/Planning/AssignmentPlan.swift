/// Who judges what: every entry with the number of judges that it needs, every judge within their limits, and no conflict.
///
/// Loads and costs are exact (a minimum-cost flow). Among assignments of the same cost, exchanges of judges between two entries join
/// subsets and then raise the average efficiency factor of the comparison of entries, until none does. In heats, entries and judges are
/// divided by a search (`HeatSearch`).
package struct AssignmentPlan: Sendable, Equatable {
    /// What was asked for.
    package let problem: AssignmentProblem
    /// For each entry the indices of its judges, in their order.
    package let panels: [[Int]]
    /// For each entry the indices of the judges who stand by, in their order.
    package private(set) var spares: [[Int]]
    /// Which entries and judges come together in which heat; `nil` without heats.
    package private(set) var division: HeatDivision?
    /// How many entries each judge takes at most; `nil` without a limit.
    package let limits: [Int?]
    /// The sum of what the pairs cost.
    package let cost: Int
    /// How well entries can be compared.
    package let efficiency: DesignEfficiency
    /// The seed of everything that is drawn.
    package let seed: UInt64

    /// How often an assignment is drawn anew to join subsets.
    private static let mostAttempts = 4
    /// How often judges are drawn who stay without entries.
    private static let mostNarrowings = 20

    /// How many entries each judge has.
    package var loads: [Int] { DesignEfficiency.loads(of: panels, judgeCount: problem.judges.count) }

    /// Plans a contest.
    ///
    /// - Throws: `PlanError`; `infeasible` with the bottleneck when no assignment exists, `noDivision` when none into heats was found.
    package init(of problem: AssignmentProblem, seed: UInt64 = 1) throws(PlanError) {
        try problem.checkFixed()
        if let schedule = problem.schedule {
            try self.init(problem, division: problem.division(schedule, seed: seed), seed: seed)
        } else if problem.spares == 0 {
            try self.init(withoutSpares: problem, seed: seed)
        } else {
            try self.init(withSpares: problem, seed: seed)
        }
    }

    private init(withoutSpares problem: AssignmentProblem, seed: UInt64) throws(PlanError) {
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
        // Where there are too few scores to connect all judges, some of them stay without entries.
        for attempt in 1...AssignmentPlan.mostNarrowings where !connection.isJoined && !connection.hasEnoughScores {
            let seed = seed &+ UInt64(attempt)
            guard let narrow = problem.withoutSurplusJudges(seed: seed), let few = narrow.limits() else { continue }
            let panels = try AssignmentFlow(of: narrow, limits: few, seed: seed).panels()
            var other = PlanConnection(narrow, panels: panels, limits: few, seed: seed)
            other.join(keepingLoads: false)
            if other.isJoined { (connection, limits) = (other, few) }
        }
        var exchange = PlanExchange(problem, panels: connection.panels, seed: seed)
        exchange.improve()
        self.init(problem, panels: exchange.panels, limits: limits, seed: seed)
    }

    init(_ problem: AssignmentProblem, panels: [[Int]], limits: [Int?], seed: UInt64) {
        self.problem = problem
        self.panels = panels.map { $0.sorted() }
        self.limits = limits
        self.seed = seed
        spares = panels.map { _ in [] }
        cost = panels.enumerated().reduce(0) { sum, panel in panel.element.reduce(sum) { $0 + problem.cost(panel.offset, $1) } }
        efficiency = DesignEfficiency(of: panels, judgeCount: problem.judges.count)
    }
}

extension AssignmentPlan {
    /// Plans judges, then those who stand by: beside the judges whom entries have, or, where that leaves too few, both from an assignment
    /// of all of them.
    fileprivate init(withSpares problem: AssignmentProblem, seed: UInt64) throws(PlanError) {
        var alone = problem
        alone.spares = 0
        if alone.limits() == nil { throw alone.infeasibility() }
        let joint = problem.withSparesAsJudges()
        guard let limits = joint.limits() else { throw joint.infeasibility(spares: problem.spares) }
        let plan = try AssignmentPlan(withoutSpares: alone, seed: seed)
        if let spares = try problem.sparePanels(beside: plan.panels, seed: seed) {
            self.init(plan, of: problem, spares: spares)
            return
        }
        let all = try AssignmentFlow(of: joint, limits: limits, seed: seed).panels()
        let narrow = alone.restricted(to: all)
        guard narrow.limits() != nil, let plan = try? AssignmentPlan(withoutSpares: narrow, seed: seed) else {
            throw .noSpares(problem.spares)
        }
        self.init(plan, of: problem, spares: zip(all, plan.panels).map { all, panel in all.filter { !panel.contains($0) } })
    }

    private init(_ plan: AssignmentPlan, of problem: AssignmentProblem, spares: [[Int]]) {
        self.init(problem, panels: plan.panels, limits: plan.limits, seed: plan.seed)
        self.spares = spares
    }

    /// The plan of a division into heats: anchors meet every judge of a panel who may.
    init(_ problem: AssignmentProblem, division: HeatDivision, seed: UInt64) {
        let seated = Set(division.panels.joined())
        let panels = problem.entries.indices.map { entry in
            division.heatOfEntry[entry].map { division.panels[$0] }
                ?? problem.judges.indices.filter { seated.contains($0) && problem.relation(entry, $0) != .conflict }
        }
        self.init(problem, panels: panels, limits: problem.most, seed: seed)
        spares = division.heatOfEntry.map { $0.map { division.spares[$0] } ?? [] }
        self.division = division
    }
}

extension AssignmentProblem {
    /// Limits of which those that nobody gave are a tenth higher.
    fileprivate func raised(_ limits: [Int]) -> [Int] {
        judges.indices.map { judge in most[judge] == nil ? min(limits[judge] + max(2, limits[judge] / 10), entries.count) : limits[judge] }
    }

    /// The same with only so many judges as the scores can connect, one fewer than scores and judges less entries; `nil` when more of them
    /// have to take entries, or costs would have to rise for it.
    fileprivate func withoutSurplusJudges(seed: UInt64) -> AssignmentProblem? {
        var stream = RandomStream(seed: seed, stream: PlanStream.connection.rawValue)
        let count = judges.count - (scoreCount - entries.count + 1)
        let free = judges.indices.filter { judge in
            least[judge] == 0 && entries.indices.allSatisfy { relation($0, judge) != .fixed }
        }
        guard costs.isEmpty, count > 0, count <= free.count else { return nil }
        var other = self
        for judge in stream.shuffled(free).prefix(count) { other.most[judge] = 0 }
        return other
    }

    /// Those who stand by need seats and limits like judges.
    fileprivate func withSparesAsJudges() -> AssignmentProblem {
        var other = self
        for entry in entries.indices where !anchors.contains(entry) { other.setNeed(of: entry, to: needs[entry] + spares) }
        other.spares = 0
        return other
    }

    /// Nobody meets but those who do in these panels.
    fileprivate func restricted(to panels: [[Int]]) -> AssignmentProblem {
        var other = self
        for entry in entries.indices { for judge in judges.indices where !panels[entry].contains(judge) { other.forbid(entry, judge) } }
        return other
    }

    /// For each entry those who stand by, none of them in its panel, or `nil` when there are too few.
    fileprivate func sparePanels(beside panels: [[Int]], seed: UInt64) throws(PlanError) -> [[Int]]? {
        var other = self
        (other.requirements, other.spares) = ([], 0)
        let loads = DesignEfficiency.loads(of: panels, judgeCount: judges.count)
        other.least = judges.map { _ in 0 }
        other.most = judges.indices.map { judge in most[judge].map { max(0, $0 - loads[judge]) } }
        for entry in entries.indices {
            for judge in panels[entry] { other.forbid(entry, judge) }
            other.setNeed(of: entry, to: anchors.contains(entry) ? 0 : spares)
        }
        guard let limits = other.limits() else { return nil }
        return try AssignmentFlow(of: other, limits: limits, seed: seed &+ 1).panels()
    }

    /// The bottleneck of judges and spares together.
    fileprivate func infeasibility(spares: Int) -> PlanError {
        guard case .infeasible(var found) = infeasibility() else { return .noSpares(spares) }
        found.spares = spares
        found.wayOut.perEntry = found.wayOut.perEntry.map { $0 - spares }.flatMap { $0 > 0 ? $0 : nil }
        found.wayOut.spares = stride(from: spares - 1, through: 0, by: -1).first { fewer in
            var other = self
            for entry in entries.indices where !anchors.contains(entry) { other.setNeed(of: entry, to: needs[entry] - spares + fewer) }
            return other.limits() != nil
        }
        return .infeasible(found)
    }
}
