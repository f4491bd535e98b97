import Testing

@testable import Evenhand

/// Random small problems with conflicts, odd limits and costs, against counting and against an exhaustive search.
@Suite struct RandomPlanTests {
    private static func problem(_ stream: inout RandomStream, entries: Int, judges: Int) throws -> AssignmentProblem {
        var problem = try AssignmentPlanTests.problem(entries, judges, per: 1 + stream.index(below: min(judges, 4)))
        let share = 0.4 * stream.uniform()
        for entry in 0..<entries { for judge in 0..<judges where stream.uniform() < share { problem.forbid(entry, judge) } }
        let mean = Double(problem.scoreCount) / Double(judges)
        for judge in 0..<judges {
            if stream.index(below: 2) == 0 { problem.most[judge] = Int(mean + Double(stream.index(below: 4))) }
            if stream.index(below: 4) == 0 { problem.least[judge] = min(Int(mean * stream.uniform()), problem.most[judge] ?? entries) }
        }
        if stream.index(below: 3) == 0, let entry = problem.entries.indices.randomElement(using: &stream),
            let judge = problem.candidates(of: entry).first
        {
            try problem.fix(entry, judge)
        }
        return problem
    }

    @Test func `conflicts and limits hold in 300 random problems, and a bottleneck is really too narrow`() throws {
        var stream = RandomStream(seed: 17)
        var (found, narrow, apart) = (0, 0, 0)
        for number in 0..<300 {
            let (entries, judges) = (3 + stream.index(below: 40), 2 + stream.index(below: 12))
            let problem = try RandomPlanTests.problem(&stream, entries: entries, judges: judges)
            do throws(PlanError) {
                let plan = try AssignmentPlan(of: problem, seed: UInt64(number))
                AssignmentPlanTests.expectValid(plan, "problem \(number)")
                found += 1
                if plan.efficiency.subsetCount > 1, problem.scoreCount >= entries + judges - 1 { apart += 1 }
            } catch {
                switch error {
                case .infeasible(let bottleneck):
                    narrow += 1
                    PlanOptimaTests.expectNarrow(bottleneck, problem, "problem \(number)")
                case .tooManyFixedEntries: narrow += 1
                default: Issue.record("problem \(number): \(error)")
                }
            }
        }
        #expect(found > 150 && narrow > 30, "\(found) \(narrow)")
        // With this many scores hardly any random problem falls apart whatever one does.
        #expect(apart <= 2, "\(apart)")
    }

    /// All assignments of small problems: whether one exists, the smallest cost, and whether a connected one has that cost.
    private struct Exhaustive {
        let problem: AssignmentProblem
        private(set) var best: Int?
        private(set) var isConnected = false
        private var panels: [[Int]] = []
        private var loads: [Int]

        init(_ problem: AssignmentProblem, limits: [Int]) {
            self.problem = problem
            loads = problem.judges.map { _ in 0 }
            search(limits, cost: 0)
        }

        private mutating func search(_ limits: [Int], cost: Int) {
            let entry = panels.count
            if let best, cost > best { return }
            guard entry < problem.entries.count else {
                guard zip(loads, problem.least).allSatisfy({ $0 >= $1 }) else { return }
                if best.map({ cost < $0 }) ?? true { (best, isConnected) = (cost, false) }
                if DesignEfficiency(of: panels, judgeCount: loads.count).subsetCount == 1 { isConnected = true }
                return
            }
            for set in 0..<(1 << loads.count) where set.nonzeroBitCount == problem.needs[entry] {
                let panel = loads.indices.filter { set >> $0 & 1 == 1 }
                guard panel.allSatisfy({ problem.relation(entry, $0) != .conflict && loads[$0] < limits[$0] }),
                    problem.fixedJudges(of: entry).allSatisfy(panel.contains)
                else { continue }
                for judge in panel { loads[judge] += 1 }
                panels.append(panel)
                search(limits, cost: panel.reduce(cost) { $0 + problem.cost(entry, $1) })
                panels.removeLast()
                for judge in panel { loads[judge] -= 1 }
            }
        }
    }

    @Test func `small problems have the cost of an exhaustive search, and are connected whenever one of that cost is`() throws {
        var stream = RandomStream(seed: 5)
        var (costly, apart) = (0, 0)
        for number in 0..<60 {
            let (entries, judges) = (3 + stream.index(below: 3), 3 + stream.index(below: 2))
            var problem = try RandomPlanTests.problem(&stream, entries: entries, judges: judges)
            let isCostly = stream.index(below: 2) == 0
            for entry in 0..<entries where isCostly {
                for judge in 0..<judges { problem.setCost(entry, judge, to: stream.index(below: 4)) }
            }
            // With the limits that the plan had, where it had to find them itself.
            guard let plan = try? AssignmentPlan(of: problem, seed: UInt64(number)) else {
                let unlimited = problem.most.map { $0 ?? entries }
                #expect(Exhaustive(problem, limits: unlimited).best == nil, "problem \(number)")
                continue
            }
            let search = Exhaustive(problem, limits: plan.limits.map { $0 ?? entries })
            #expect(search.best == plan.cost, "problem \(number)")
            if search.best ?? 0 > 0 { costly += 1 }
            // With fewer scores judges would have to be left without entries to connect the others.
            let isEnough = problem.scoreCount >= entries + judges - 1
            if search.isConnected, isEnough, plan.efficiency.subsetCount > 1 { apart += 1 }
        }
        #expect(costly > 10)
        #expect(apart == 0)
    }
}
