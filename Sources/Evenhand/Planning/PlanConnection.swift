/// Joins the subsets of an assignment by exchanges that keep loads within limits, costs where they are, and conflicts apart.
struct PlanConnection {
    private let problem: AssignmentProblem
    private let limits: [Int]
    private(set) var panels: [[Int]]
    private(set) var loads: [Int]
    private var stream: RandomStream

    /// How much is tried before the subsets are left as they are: steps, and looks at single scores.
    private static let fewestSteps = 500
    private static let mostWork = 1_000_000
    /// Draws that find nothing allowed, for each step.
    private static let drawsPerStep = 50

    init(_ problem: AssignmentProblem, panels: [[Int]], limits: [Int], seed: UInt64) {
        (self.problem, self.panels, self.limits) = (problem, panels, limits)
        loads = DesignEfficiency.loads(of: panels, judgeCount: problem.judges.count)
        stream = RandomStream(seed: seed, stream: PlanStream.connection.rawValue)
    }

    /// One entry gives up a judge for another one, and another entry the other way round; or one entry alone.
    private struct Step {
        let entry, judge, newJudge: Int
        /// The entry that takes the judge and gives up the new one; `nil` when loads change instead.
        let other: Int?
    }

    /// Whether there is one subset.
    var isJoined: Bool { subsetCount == 1 }

    /// Whether there are enough scores to connect everybody: a connected graph has at least one edge fewer than nodes.
    var hasEnoughScores: Bool { panels.reduce(0) { $0 + $1.count } >= panels.count + loads.count { $0 > 0 } - 1 }

    /// How many subsets there are.
    var subsetCount: Int {
        let subsets = DesignEfficiency.subsets(of: panels, judgeCount: problem.judges.count)
        return Set(subsets.indices.filter { loads[$0] > 0 }.map { subsets[$0] }).count
    }

    /// Takes random steps that do not add subsets until there is one, or there have been many steps in vain.
    ///
    /// - Parameter keepingLoads: whether loads have to stay as even as they are.
    mutating func join(keepingLoads: Bool) {
        guard hasEnoughScores else { return }
        var count = subsetCount
        let pairs = panels.reduce(0) { $0 + $1.count }
        var steps = PlanConnection.fewestSteps + PlanConnection.mostWork / max(pairs, 1)
        var draws = steps * PlanConnection.drawsPerStep
        while count > 1, steps > 0, draws > 0 {
            draws -= 1
            guard let step = draw(keepingLoads: keepingLoads) else { continue }
            steps -= 1
            apply(step)
            let now = subsetCount
            if now <= count { count = now } else { undo(step) }
        }
    }

    /// A random step that is allowed.
    private mutating func draw(keepingLoads: Bool) -> Step? {
        let entry = stream.index(below: panels.count)
        let judge = panels[entry][stream.index(below: panels[entry].count)]
        guard problem.relation(entry, judge) == .open else { return nil }
        // Two thirds of the steps keep the loads as they are.
        if stream.index(below: 3) == 0 {
            let newJudge = stream.index(below: loads.count)
            guard newJudge != judge, problem.relation(entry, newJudge) == .open, !panels[entry].contains(newJudge),
                loads[newJudge] < limits[newJudge], loads[judge] > problem.least[judge],
                !keepingLoads || loads[newJudge] < loads[judge], problem.cost(entry, newJudge) <= problem.cost(entry, judge),
                problem.mayReplace(judge, by: newJudge, in: panels[entry])
            else { return nil }
            return Step(entry: entry, judge: judge, newJudge: newJudge, other: nil)
        }
        let other = stream.index(below: panels.count)
        let newJudge = panels[other][stream.index(below: panels[other].count)]
        guard other != entry, newJudge != judge, problem.relation(other, newJudge) == .open, problem.relation(entry, newJudge) == .open,
            problem.relation(other, judge) == .open, !panels[entry].contains(newJudge), !panels[other].contains(judge)
        else { return nil }
        let before = problem.cost(entry, judge) + problem.cost(other, newJudge)
        guard problem.cost(entry, newJudge) + problem.cost(other, judge) <= before,
            problem.mayReplace(judge, by: newJudge, in: panels[entry]), problem.mayReplace(newJudge, by: judge, in: panels[other])
        else { return nil }
        return Step(entry: entry, judge: judge, newJudge: newJudge, other: other)
    }

    private mutating func apply(_ step: Step) {
        replace(step.judge, by: step.newJudge, in: step.entry)
        if let other = step.other {
            replace(step.newJudge, by: step.judge, in: other)
        } else {
            loads[step.judge] -= 1
            loads[step.newJudge] += 1
        }
    }

    private mutating func undo(_ step: Step) {
        apply(Step(entry: step.entry, judge: step.newJudge, newJudge: step.judge, other: step.other))
    }

    private mutating func replace(_ judge: Int, by newJudge: Int, in entry: Int) {
        if let position = panels[entry].firstIndex(of: judge) { panels[entry][position] = newJudge }
    }
}
