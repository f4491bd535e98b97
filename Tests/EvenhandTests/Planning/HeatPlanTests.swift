import Testing

@testable import Evenhand

@Suite struct HeatPlanTests {
    static func problem(_ entries: Int, _ judges: Int, per need: Int, heats sizes: [Int]) throws -> AssignmentProblem {
        var problem = try AssignmentPlanTests.problem(entries, judges, per: need)
        problem.schedule = HeatSchedule(sizes: sizes, entryCount: entries, judgeCount: judges)
        return problem
    }

    /// Whether every entry of a heat has the heat's panel, and nobody is where they cannot be.
    static func expectValid(_ plan: AssignmentPlan, _ comment: Comment? = nil) throws {
        let problem = plan.problem
        let (division, schedule) = (try #require(plan.division), try #require(problem.schedule))
        for entry in problem.entries.indices {
            let panel = plan.panels[entry]
            #expect((panel + plan.spares[entry]).allSatisfy { problem.relation(entry, $0) != .conflict }, comment)
            #expect(problem.judges.indices.allSatisfy { problem.relation(entry, $0) != .fixed || panel.contains($0) }, comment)
            guard let heat = division.heatOfEntry[entry] else { continue }
            #expect(panel == division.panels[heat] && panel.count == problem.needs[entry], comment)
            #expect(schedule.heatOfEntry[entry].map { $0 == heat } ?? true, comment)
        }
        for (heat, size) in schedule.sizes.enumerated() {
            #expect(division.heatOfEntry.count { $0 == heat } == size, comment)
            let all = division.panels[heat] + division.spares[heat]
            #expect(Set(all).count == all.count && division.spares[heat].count == problem.spares, comment)
            #expect(all.allSatisfy { schedule.isPresent($0, at: heat) }, comment)
            for group in problem.requirements { #expect(division.panels[heat].count { group.members[$0] } >= group.count, comment) }
        }
        for (judge, load) in plan.loads.enumerated() {
            #expect(load >= problem.least[judge] && load <= problem.most[judge] ?? .max, comment)
        }
    }

    /// One judge more or fewer for each entry, too, sit in whole panels in the same heats, and a crossing needs judges who are always there.
    @Test func `designs beside a plan in heats keep to the heats`() throws {
        var problem = try HeatPlanTests.problem(12, 9, per: 3, heats: [4, 4, 4])
        let plans = SeatPlan.comparison(PlanReview(of: try AssignmentPlan(of: problem)), seed: 1)
        for (kind, size) in [(SeatPlan.Kind.plan, 3), (.fewer, 2), (.more, 4)] {
            let plan = try #require(plans.first { $0.kind == kind })
            let panels = Dictionary(grouping: plan.seats) { $0[0].heat }.mapValues { Set($0.map { $0.map(\.judge).sorted() }) }
            #expect(panels.count == 3 && panels.values.allSatisfy { $0.count == 1 && $0.allSatisfy { $0.count == size } }, "\(kind)")
        }
        #expect(Set(plans.filter { $0.isFeasible && $0.kind.isAsLarge }.map(\.kind)) == [.plan, .crossing])
        for judge in 0..<7 {
            problem.schedule?.presence[judge] = [0, 1, 2].filter { $0 != judge % 3 }.reduce(into: Set()) { $0.insert($1) }
        }
        let absent = SeatPlan.comparison(PlanReview(of: try AssignmentPlan(of: problem)), seed: 1)
        #expect(absent.filter { $0.isFeasible && $0.kind.isAsLarge }.map(\.kind) == [.plan])
    }

    @Test func `judges rotate, so that heats are connected though each judge could have one heat`() throws {
        // 20 seats and 20 judges: panels without a judge in common would be the most even.
        let plan = try AssignmentPlan(of: HeatPlanTests.problem(20, 20, per: 5, heats: [5, 5, 5, 5]))
        try HeatPlanTests.expectValid(plan)
        #expect(plan.efficiency.subsetCount == 1)
        #expect(DesignEfficiency(of: plan.panels, judgeCount: 20).average ?? 0 > 0)
    }

    @Test func `sizes are as even as possible, or as given`() throws {
        #expect(HeatSchedule.evenSizes(of: 50, in: 3) == [17, 17, 16] && HeatSchedule.evenSizes(of: 4, in: 4) == [1, 1, 1, 1])
        let plan = try AssignmentPlan(of: HeatPlanTests.problem(12, 6, per: 3, heats: [6, 4, 2]))
        try HeatPlanTests.expectValid(plan)
        let wrong = #expect(throws: PlanError.self) { try AssignmentPlan(of: HeatPlanTests.problem(12, 6, per: 3, heats: [6, 4])) }
        #expect(wrong == .sizesDiffer(sum: 10, entries: 12))
    }

    @Test func `more entries fixed to a heat than it has room for are refused, with its number`() throws {
        var problem = try HeatPlanTests.problem(12, 6, per: 3, heats: [7, 5])
        for entry in 3..<9 { problem.schedule?.heatOfEntry[entry] = 1 }
        let error = #expect(throws: PlanError.self) { try AssignmentPlan(of: problem) }
        #expect(error == .heatTooSmall(heat: 2, size: 5, fixed: 6))
    }

    @Test func `anchors meet everybody on a panel, and belong to no heat`() throws {
        var problem = try AssignmentPlanTests.problem(14, 8, per: 3)
        try problem.addAnchors(2, seed: 1)
        problem.schedule = HeatSchedule(sizes: [4, 4, 4], entryCount: 14, judgeCount: 8)
        let plan = try AssignmentPlan(of: problem)
        try HeatPlanTests.expectValid(plan)
        let seated = Set(try #require(plan.division).panels.joined())
        for anchor in problem.anchors { #expect(plan.division?.heatOfEntry[anchor] == nil && Set(plan.panels[anchor]) == seated) }
        let review = PlanReview(of: plan)
        // Every judge scores an anchor in the first of their heats.
        for judge in seated {
            let first = try #require(plan.division?.firstHeat(of: judge))
            #expect(review.heat(PlanReview.Pair(entry: problem.anchors[0], judge: judge)) == first)
        }
        #expect(review.oddHeats.isEmpty && review.lackingGroups.isEmpty)
    }

    @Test func `the running order of a heat is that of all its judges`() throws {
        let review = PlanReview(of: try AssignmentPlan(of: HeatPlanTests.problem(12, 6, per: 3, heats: [4, 4, 4])))
        for orders in review.orders { #expect(Set(orders).count == 1) }
        for heat in 0..<3 {
            let entries = review.panels.indices.filter { review.division?.heatOfEntry[$0] == heat }
            #expect(entries.map { review.orders[$0][0] }.sorted() == [1, 2, 3, 4])
        }
    }

    @Test func `presence, groups, spares, fixed heats and pairs are kept`() throws {
        var problem = try HeatPlanTests.problem(12, 10, per: 3, heats: [4, 4, 4])
        problem.schedule?.presence[0] = [1]
        problem.schedule?.presence[1] = [0, 2]
        problem.schedule?.heatOfEntry[5] = 2
        try problem.fix(7, 0)
        problem.forbid(3, 9)
        problem.spares = 1
        problem.requirements = [
            PanelRequirement(name: "A", count: 1, members: (0..<10).map { $0 < 3 }),
            PanelRequirement(name: "B", count: 1, members: (0..<10).map { $0 % 2 == 0 }),
        ]
        problem.most = Array(repeating: 8, count: 10)
        let plan = try AssignmentPlan(of: problem)
        try HeatPlanTests.expectValid(plan)
        #expect(plan.division?.heatOfEntry[7] == 1 && plan.division?.heatOfEntry[5] == 2)
    }

    /// Two judges who may have two entries, before a heat of six and one of two.
    @Test func `a judge with few entries has room in a short heat`() throws {
        var problem = try HeatPlanTests.problem(8, 4, per: 2, heats: [6, 2])
        problem.most = [2, 2, 6, 6]
        let plan = try AssignmentPlan(of: problem)
        try HeatPlanTests.expectValid(plan)
        #expect(plan.division?.panels.map { $0.sorted() } == [[2, 3], [0, 1]])
    }

    @Test func `heats whose judges are absent are named`() throws {
        var problem = try HeatPlanTests.problem(12, 6, per: 4, heats: [4, 4, 4])
        for judge in 0..<3 { problem.schedule?.presence[judge] = [0] }
        let found = try AssignmentPlanTests.bottleneck(of: problem)
        #expect(found.kind == .heats && found.lacking == ["2", "3"] && found.needed == 8 && found.possible == 6)
        #expect(found.wayOut.perEntry == 3)
        problem.setNeeds(to: 3)
        try HeatPlanTests.expectValid(AssignmentPlan(of: problem))
    }

    /// An anchor and two heats of two entries are five for a judge of both panels, and three for a judge of one.
    @Test func `anchors take a part of what a judge may have`() throws {
        var problem = try AssignmentPlanTests.problem(5, 2, per: 2)
        try problem.addAnchors(1, seed: 1)
        problem.schedule = HeatSchedule(sizes: [2, 2], entryCount: 5, judgeCount: 2)
        problem.most = [4, 4]
        let found = try AssignmentPlanTests.bottleneck(of: problem)
        #expect(found.kind == .heats && found.lacking == ["1", "2"] && found.needed == 4 && found.possible == 2)
        #expect(found.wayOut.maxLoad == 5)
        problem.most = [5, 5]
        try HeatPlanTests.expectValid(AssignmentPlan(of: problem))
    }

    @Test func `who stands by has to be there`() throws {
        var problem = try HeatPlanTests.problem(4, 4, per: 1, heats: [2, 2])
        problem.schedule?.presence[3] = [1]
        func odd(_ spares: [[Int]]) -> [Int] {
            PlanReview(of: [[0], [0], [1], [1]], spares: spares, heatOfEntry: [0, 0, 1, 1], for: problem).oddHeats
        }
        #expect(odd([[3], [3], [2], [2]]) == [0] && odd([[2], [2], [3], [3]]) == [])
    }

    @Test func `entries that no panel may score are named`() throws {
        // Of the second panel one judge must not meet E001, another not E002, the third not E003; the first heat has room for two entries.
        var problem = try HeatPlanTests.problem(6, 6, per: 3, heats: [2, 4])
        for judge in 0..<3 { problem.schedule?.presence[judge] = [0] }
        for judge in 3..<6 { problem.schedule?.presence[judge] = [1] }
        for entry in 0..<3 { problem.forbid(entry, 3 + entry) }
        let found = try AssignmentPlanTests.bottleneck(of: problem)
        #expect(found.kind == .divisions && found.lacking == ["E001", "E002", "E003"] && found.needed == 3 && found.possible == 2)
        #expect(found.wayOut.conflicts.isEmpty && found.wayOut.perEntry == 2)
    }

    @Test func `names in another order give the same plan, another seed another one`() throws {
        let plan = try AssignmentPlan(of: HeatPlanTests.problem(20, 9, per: 3, heats: [7, 7, 6]), seed: 3)
        #expect(try AssignmentPlan(of: HeatPlanTests.problem(20, 9, per: 3, heats: [7, 7, 6]), seed: 3) == plan)
        #expect(try AssignmentPlan(of: HeatPlanTests.problem(20, 9, per: 3, heats: [7, 7, 6]), seed: 4).division != plan.division)
    }
}

extension AssignmentProblem {
    fileprivate mutating func setNeeds(to need: Int) { for entry in entries.indices { setNeed(of: entry, to: need) } }
}
