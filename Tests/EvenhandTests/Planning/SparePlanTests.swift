import Testing

@testable import Evenhand

@Suite struct SparePlanTests {
    /// A plan of others: J1 has one entry and should have two, J4 stands by alone of the group that every panel needs.
    @Test func `who stands by does not make up for a group, and too few entries are odd`() throws {
        var problem = try AssignmentPlanTests.problem(3, 4, per: 2)
        problem.requirements = [PanelRequirement(name: "expert", count: 1, members: [false, false, true, true])]
        problem.least = [2, 0, 0, 0]
        let review = PlanReview(of: [[0, 2], [1, 2], [1, 2]], for: problem)
        #expect(review.lackingGroups.isEmpty && review.oddJudges == [0])
        let other = PlanReview(of: [[0, 1], [0, 2], [1, 2]], spares: [[3], [], []], for: problem)
        #expect(other.lackingGroups.map(\.entry) == [0] && other.oddJudges.isEmpty)
    }

    @Test func `those who stand by are others than the judges, without conflicts, within the limits, and evenly many`() throws {
        var problem = try AssignmentPlanTests.problem(24, 8, per: 3)
        for entry in 0..<24 { problem.forbid(entry, entry % 8) }
        problem.most = Array(repeating: 15, count: 8)
        problem.spares = 2
        let plan = try AssignmentPlan(of: problem)
        AssignmentPlanTests.expectValid(plan)
        for entry in 0..<24 {
            #expect(plan.spares[entry].count == 2 && Set(plan.panels[entry]).isDisjoint(with: plan.spares[entry]))
            #expect(plan.spares[entry].allSatisfy { problem.relation(entry, $0) == .open })
        }
        let duties = DesignEfficiency.loads(of: plan.spares, judgeCount: 8)
        // All are called: nobody is beyond the limit.
        #expect(zip(plan.loads, duties).allSatisfy { $0 + $1 <= 15 } && duties.allSatisfy { $0 == 6 })
    }

    @Test func `too few for spares are a bottleneck, with how many are possible`() throws {
        var problem = try AssignmentPlanTests.problem(10, 5, per: 3)
        for judge in 3..<5 { problem.forbid(0, judge) }
        problem.spares = 1
        let found = try AssignmentPlanTests.bottleneck(of: problem)
        #expect(found.lacking == ["E001"] && found.needed == 4 && found.possible == 3 && found.spares == 1)
        #expect(found.wayOut.spares == 0 && found.wayOut.perEntry == 2 && found.wayOut.conflicts.count == 1)
    }

    @Test func `a judge who must not meet an entry must not stand by for it`() throws {
        var problem = try AssignmentPlanTests.problem(3, 4, per: 1)
        problem.forbid(0, 3)
        problem.forbid(2, 2)
        let review = PlanReview(of: [[0], [1], [2]], spares: [[3], [2], [1]], for: problem)
        #expect(review.brokenConflicts == [PlanReview.Pair(entry: 2, judge: 2), PlanReview.Pair(entry: 0, judge: 3)])
    }

    /// Judges may take 3 each, 12 together; 4 entries need 2 judges and 1 spare: every seat is used, so that the first flow must leave room.
    @Test func `tight limits leave room for spares where an assignment of all of them does`() throws {
        for seed in 1...20 {
            var problem = try AssignmentPlanTests.problem(4, 4, per: 2)
            problem.most = Array(repeating: 3, count: 4)
            for entry in 0..<4 { problem.forbid(entry, entry) }
            problem.spares = 1
            let plan = try AssignmentPlan(of: problem, seed: UInt64(seed))
            let all = zip(plan.panels, plan.spares).map { $0 + $1 }
            #expect(all.enumerated().allSatisfy { entry, judges in Set(judges) == Set(0..<4).subtracting([entry]) })
        }
    }

    /// J01 may take two entries and has to judge two of them; the other four judges have no limits.
    @Test func `who has as many entries as allowed does not stand by for others`() throws {
        var problem = try AssignmentPlanTests.problem(6, 5, per: 2)
        problem.most[0] = 2
        for entry in 0..<2 { try problem.fix(entry, 0) }
        problem.spares = 1
        let plan = try AssignmentPlan(of: problem)
        AssignmentPlanTests.expectValid(plan)
        #expect(plan.loads[0] == 2 && plan.spares.allSatisfy { $0.count == 1 && $0 != [0] })
    }

    @Test func `every entry has somebody of each group, at the smallest cost`() throws {
        var problem = try AssignmentPlanTests.problem(20, 9, per: 3)
        problem.requirements = [
            PanelRequirement(name: "A", count: 1, members: (0..<9).map { $0 < 3 }),
            PanelRequirement(name: "B", count: 1, members: (0..<9).map { $0 == 3 || $0 == 4 }),
        ]
        let plan = try AssignmentPlan(of: problem)
        AssignmentPlanTests.expectValid(plan)
        #expect(plan.efficiency.subsetCount == 1)
    }

    @Test func `a group that is too small is a bottleneck with its name`() throws {
        var problem = try AssignmentPlanTests.problem(20, 9, per: 3)
        problem.most = Array(repeating: 8, count: 9)
        problem.requirements = [PanelRequirement(name: "A", count: 1, members: (0..<9).map { $0 < 2 })]
        let found = try AssignmentPlanTests.bottleneck(of: problem)
        #expect(found.groups == ["A"] && found.needed == 20 && found.possible == 16 && found.wayOut.maxLoad == 10)
        #expect(found.wayOut.panelHas?.count == 0)
        problem.most = Array(repeating: 10, count: 9)
        try AssignmentPlanTests.expectValid(AssignmentPlan(of: problem))
    }

    @Test func `groups that share a judge, or ask for too many, are refused`() throws {
        var problem = try AssignmentPlanTests.problem(6, 5, per: 2)
        let a = PanelRequirement(name: "A", count: 1, members: [true, true, false, false, false])
        problem.requirements = [a, PanelRequirement(name: "B", count: 1, members: [false, true, true, false, false])]
        #expect(throws: PlanError.groupsOverlap("A", "B", judge: "J02")) { try AssignmentPlan(of: problem) }
        problem.requirements = [PanelRequirement(name: "A", count: 3, members: a.members)]
        #expect(throws: PlanError.groupsExceed(3, of: 2, entry: nil)) { try AssignmentPlan(of: problem) }
    }
}
