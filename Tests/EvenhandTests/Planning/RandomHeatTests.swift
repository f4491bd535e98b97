import Testing

@testable import Evenhand

/// Random small contests in heats, against an exhaustive search.
@Suite struct RandomHeatTests {
    static func problem(_ stream: inout RandomStream, entries: Int, judges: Int, heats: Int, per need: Int) throws -> AssignmentProblem {
        var problem = try HeatPlanTests.problem(
            entries, judges, per: need, heats: HeatSchedule.evenSizes(of: entries, in: heats))
        let share = 0.4 * stream.uniform()
        for entry in 0..<entries { for judge in 0..<judges where stream.uniform() < share { problem.forbid(entry, judge) } }
        for judge in 0..<judges {
            if stream.index(below: 3) == 0 {
                problem.schedule?.presence[judge] = Set((0..<heats).filter { _ in stream.index(below: 4) > 0 })
            }
            if stream.index(below: 3) == 0 { problem.most[judge] = 1 + stream.index(below: entries) }
            if stream.index(below: 6) == 0 { problem.least[judge] = min(1 + stream.index(below: 2), problem.most[judge] ?? entries) }
        }
        if stream.index(below: 3) == 0 { problem.schedule?.heatOfEntry[stream.index(below: entries)] = stream.index(below: heats) }
        return problem
    }

    /// All divisions and panels of a small contest: whether one keeps every demand, and whether one of those is connected.
    private struct Exhaustive {
        private(set) var exists = false
        private(set) var isConnected = false

        init(_ problem: AssignmentProblem) {
            guard let schedule = problem.schedule else { return }
            let judges = problem.judges.indices
            let need = problem.needs[0]
            let sets = (0..<(1 << judges.count)).filter { $0.nonzeroBitCount == need }.map { set in judges.filter { set >> $0 & 1 == 1 } }
            let divisions = Exhaustive.divisions(problem, schedule)
            var panels: [[Int]] = []
            func search() {
                guard panels.count < schedule.sizes.count else {
                    let loads = DesignEfficiency.loads(of: panels, judgeCount: judges.count, weights: schedule.sizes)
                    guard judges.allSatisfy({ loads[$0] >= problem.least[$0] && loads[$0] <= problem.most[$0] ?? .max }) else { return }
                    let isValid = divisions.contains { heats in
                        heats.indices.allSatisfy { entry in panels[heats[entry]].allSatisfy { problem.relation(entry, $0) != .conflict } }
                    }
                    guard isValid else { return }
                    exists = true
                    if DesignEfficiency(of: panels, judgeCount: judges.count).subsetCount == 1 { isConnected = true }
                    return
                }
                for set in sets where set.allSatisfy({ schedule.isPresent($0, at: panels.count) }) {
                    panels.append(set)
                    search()
                    panels.removeLast()
                }
            }
            search()
        }

        /// Every way to put the entries into heats of the sizes.
        private static func divisions(_ problem: AssignmentProblem, _ schedule: HeatSchedule) -> [[Int]] {
            var (all, current, room) = ([[Int]](), [Int](), schedule.sizes)
            func search() {
                guard current.count < problem.entries.count else { return all.append(current) }
                for heat in room.indices where room[heat] > 0 && schedule.heatOfEntry[current.count].map({ $0 == heat }) ?? true {
                    current.append(heat)
                    room[heat] -= 1
                    search()
                    room[heat] += 1
                    current.removeLast()
                }
            }
            search()
            return all
        }
    }

    @Test func `small contests have a division whenever there is one, and a connected one whenever there is one`() throws {
        var stream = RandomStream(seed: 23)
        var (found, none, connected) = (0, 0, 0)
        for number in 0..<40 {
            let problem = try RandomHeatTests.problem(
                &stream, entries: 4 + stream.index(below: 3), judges: 3 + stream.index(below: 3), heats: 2 + stream.index(below: 2),
                per: 1 + stream.index(below: 2))
            let all = Exhaustive(problem)
            do throws(PlanError) {
                let plan = try AssignmentPlan(of: problem, seed: UInt64(number))
                try? HeatPlanTests.expectValid(plan, "problem \(number)")
                #expect(all.exists, "problem \(number)")
                #expect((plan.efficiency.subsetCount == 1) == all.isConnected, "problem \(number)")
                found += 1
                if all.isConnected { connected += 1 }
            } catch {
                #expect(!all.exists, "problem \(number): \(error)")
                none += 1
            }
        }
        #expect(found > 8 && none > 8 && connected > 4, "\(found) \(none) \(connected)")
    }
}
