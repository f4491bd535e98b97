import Testing

@testable import Evenhand

@Suite struct AssignmentPlanTests {
    static func problem(_ entries: Int, _ judges: Int, per need: Int) throws -> AssignmentProblem {
        try AssignmentProblem(
            entries: numberedNames("E", count: entries, digits: 3), judges: numberedNames("J", count: judges, digits: 2), perEntry: need)
    }

    @Test func `every two judges who share entries are one pair`() throws {
        let review = PlanReview(of: try AssignmentPlan(of: Self.problem(10, 6, per: 3)))
        let pairs = review.judgePairs
        #expect(pairs.allSatisfy { $0.a < $0.b } && pairs.reduce(0) { $0 + $1.common } == 10 * 3)
        for pair in pairs { #expect(review.panels.count { $0.contains(pair.a) && $0.contains(pair.b) } == pair.common) }
        // Of four panels of three, twelve pairs share one entry each.
        let few = PlanReview(of: try AssignmentPlan(of: Self.problem(4, 6, per: 3))).judgePairs
        #expect(few.reduce(0) { $0 + $1.common } == 4 * 3 && few.contains { $0.common == 1 })
    }

    /// What leaves no plan for a problem; any other error is a failure.
    static func bottleneck(of problem: AssignmentProblem) throws -> Bottleneck {
        let error = #expect(throws: PlanError.self) { try AssignmentPlan(of: problem) }
        let found: Bottleneck? = if case .infeasible(let found)? = error { found } else { nil }
        return try #require(found, "\(String(describing: error))")
    }

    /// Whether a plan keeps all that was asked for.
    static func expectValid(_ plan: AssignmentPlan, _ comment: Comment? = nil) {
        let problem = plan.problem
        for entry in problem.entries.indices {
            let panel = plan.panels[entry]
            #expect(panel.count == problem.needs[entry] && Set(panel).count == panel.count, comment)
            #expect(panel.allSatisfy { problem.relation(entry, $0) != .conflict }, comment)
            #expect(problem.judges.indices.allSatisfy { problem.relation(entry, $0) != .fixed || panel.contains($0) }, comment)
            for group in problem.requirements { #expect(panel.count { group.members[$0] } >= group.count, comment) }
        }
        for (judge, load) in plan.loads.enumerated() {
            #expect(load >= problem.least[judge] && load <= plan.limits[judge] ?? .max, comment)
            if let most = problem.most[judge] { #expect(load <= most, comment) }
        }
    }

    @Test func `loads differ by one at most when nobody is limited`() throws {
        let plan = try AssignmentPlan(of: AssignmentPlanTests.problem(23, 7, per: 3))
        AssignmentPlanTests.expectValid(plan)
        #expect(plan.loads.allSatisfy { $0 == 9 || $0 == 10 })
        #expect(plan.efficiency.subsetCount == 1)
    }

    @Test func `a design as good as the Fano plane is found`() throws {
        let best = try (1...4).map { seed in
            try AssignmentPlan(of: AssignmentPlanTests.problem(7, 7, per: 3), seed: UInt64(seed)).efficiency.average ?? 0
        }
        #expect(best.contains { abs($0 - 7.0 / 9) < 1e-9 })
    }

    @Test func `153 entries before 4 of 36 judges each are compared with efficiency 0.934`() throws {
        let plan = try AssignmentPlan(of: AssignmentPlanTests.problem(153, 36, per: 4))
        AssignmentPlanTests.expectValid(plan)
        let average = try #require(plan.efficiency.average)
        #expect(average >= 0.934 && average <= 0.9474, "\(average)")
    }

    @Test func `the order of names does not matter, and the seed does`() throws {
        let (entries, judges) = (numberedNames("E", count: 12, digits: 2), numberedNames("J", count: 5, digits: 2))
        let plan = try AssignmentPlan(of: AssignmentProblem(entries: entries, judges: judges, perEntry: 2), seed: 4)
        let turned = try AssignmentProblem(entries: entries.reversed(), judges: judges.reversed(), perEntry: 2)
        #expect(try AssignmentPlan(of: turned, seed: 4) == plan)
        #expect(try AssignmentPlan(of: turned, seed: 5).panels != plan.panels)
    }

    @Test func `entries that must meet a judge do, and anchors meet all who may`() throws {
        var problem = try AssignmentPlanTests.problem(20, 6, per: 2)
        try problem.fix(3, 5)
        problem.forbid(0, 2)
        try problem.addAnchors(2, seed: 1)
        let plan = try AssignmentPlan(of: problem)
        AssignmentPlanTests.expectValid(plan)
        #expect(plan.panels[3].contains(5) && problem.anchors.count == 2 && !problem.anchors.contains(0))
        #expect(problem.anchors.allSatisfy { plan.panels[$0].count == 6 })
    }

    /// Only the last of ten entries may meet all three judges, and the one before two of them.
    @Test(arguments: 1...5 as ClosedRange<UInt64>) func `anchors are those entries that most judges may meet`(seed: UInt64) throws {
        var problem = try AssignmentPlanTests.problem(10, 3, per: 1)
        for entry in 0..<9 { problem.forbid(entry, 0) }
        for entry in 0..<8 { problem.forbid(entry, 1) }
        try problem.addAnchors(2, seed: seed)
        #expect(problem.anchors == [8, 9] && problem.needs[8...9] == [2, 3])
    }

    /// Two halves that share no judge, whose judges have to keep two entries each and may have three.
    @Test func `judges who have to have entries keep them when a design is joined`() throws {
        var problem = try AssignmentPlanTests.problem(4, 4, per: 2)
        problem.least = [2, 2, 2, 2]
        for seed in 1...20 as ClosedRange<UInt64> {
            var connection = PlanConnection(problem, panels: [[0, 1], [0, 1], [2, 3], [2, 3]], limits: [3, 3, 3, 3], seed: seed)
            connection.join(keepingLoads: false)
            #expect(connection.isJoined && connection.loads == [2, 2, 2, 2])
        }
    }

    @Test func `judges who are too few in all are named with what would help`() throws {
        var problem = try AssignmentPlanTests.problem(30, 12, per: 5)
        problem.most = Array(repeating: 10, count: 12)
        let found = try AssignmentPlanTests.bottleneck(of: problem)
        #expect(found.kind == .entries && found.isWhole && found.needed == 150 && found.possible == 120)
        #expect(found.wayOut == Bottleneck.WayOut(perEntry: 4, maxLoad: 13))
    }

    @Test func `entries with too few judges are named`() throws {
        var problem = try AssignmentPlanTests.problem(30, 12, per: 5)
        for entry in 4..<10 { for judge in 3..<12 { problem.forbid(entry, judge) } }
        let found = try AssignmentPlanTests.bottleneck(of: problem)
        #expect(found.lacking == Array(problem.entries[4..<10]) && found.each == 5 && found.open == Array(problem.judges[0..<3]))
        #expect(found.full.isEmpty && found.needed == 30 && found.possible == 18 && found.wayOut.perEntry == 3)
        // Each of the six entries lacks two judges.
        #expect(found.wayOut.conflicts.count == 12)
    }

    @Test func `a judge who may meet nobody need not have an entry`() throws {
        var problem = try AssignmentPlanTests.problem(6, 4, per: 2)
        problem.least = [1, 1, 1, 1]
        for entry in 0..<6 { problem.forbid(entry, 0) }
        let found = try AssignmentPlanTests.bottleneck(of: problem)
        #expect(found.kind == .judges && found.lacking == [problem.judges[0]] && found.wayOut.minLoad == 0)
    }

    @Test func `judges who have to take more than there is are named`() throws {
        var problem = try AssignmentPlanTests.problem(6, 4, per: 2)
        problem.least = [5, 5, 0, 5]
        let found = try AssignmentPlanTests.bottleneck(of: problem)
        #expect(found.kind == .judges && found.needed == 15 && found.possible == 12 && found.wayOut.minLoad == 4)
    }

    /// Loads that follow the lot may be a tenth, or two, below even ones, but never below what a judge has to take.
    @Test func `loads near even ones keep to least loads`() throws {
        var problem = try AssignmentPlanTests.problem(24, 6, per: 3)
        func loads(_ problem: AssignmentProblem, _ seed: UInt64) throws -> [Int] {
            let flow = AssignmentFlow(of: problem, limits: [Int](repeating: 14, count: 6), seed: seed)
            return DesignEfficiency.loads(of: try flow.panels(near: [Int](repeating: 12, count: 6)), judgeCount: 6)
        }
        let free = try (1...20).flatMap { try loads(problem, $0) }
        #expect(free.min() == 10)
        problem.least = [12, 12, 12, 0, 0, 0]
        for seed in 1...20 as ClosedRange<UInt64> {
            let loads = try loads(problem, seed)
            #expect(loads.prefix(3).allSatisfy { $0 >= 12 } && loads.suffix(3).allSatisfy { $0 >= 10 })
        }
    }
}
