@testable import Evenhand
import Testing

/// Random contests for which a connected plan is known, since everything else is made around it: conflicts are up to 40 % of the pairs that
/// it does not use, limits are not below its loads, and judges are absent only from heats where it does not seat them.
@Suite(.serialized, .enabled(if: Studies.areWanted, "long; make test-long")) struct PlantedPlanStudy {
    private struct Planted {
        let problem: AssignmentProblem

        init(_ stream: inout RandomStream, heats: Int?) throws {
            while true {
                if let problem = try Planted.draw(&stream, heats: heats) {
                    self.problem = problem
                    return
                }
            }
        }

        /// A contest, or `nil` when the panels that are drawn fall apart.
        private static func draw(_ stream: inout RandomStream, heats: Int?) throws -> AssignmentProblem? {
            let judgeCount = 4 + stream.index(below: 11)
            let need = 2 + stream.index(below: min(3, judgeCount - 2))
            let entryCount = (heats ?? 3) * (2 + stream.index(below: 6)) + stream.index(below: 3)
            let sizes = heats.map { HeatSchedule.evenSizes(of: entryCount, in: $0) }
            let panelCount = sizes?.count ?? entryCount
            let panels = (0..<panelCount).map { _ in Array(stream.shuffled(Array(0..<judgeCount)).prefix(need)) }
            let weights = sizes ?? panels.map { _ in 1 }
            guard DesignEfficiency(of: panels, judgeCount: judgeCount).subsetCount == 1 else { return nil }
            let heatOf = stream.shuffled(weights.indices.flatMap { Array(repeating: $0, count: weights[$0]) })
            var problem = try AssignmentProblem(
                entries: (0..<entryCount).map { "E\(100 + $0)" }, judges: (0..<judgeCount).map { "J\(100 + $0)" }, perEntry: need)
            let share = 0.4 * stream.uniform()
            for entry in 0..<entryCount {
                for judge in 0..<judgeCount where !panels[heatOf[entry]].contains(judge) && stream.uniform() < share {
                    problem.forbid(entry, judge)
                }
            }
            let loads = DesignEfficiency.loads(of: panels, judgeCount: judgeCount, weights: weights)
            for judge in 0..<judgeCount {
                if stream.index(below: 2) == 0 { problem.most[judge] = loads[judge] + stream.index(below: 3) }
                if stream.index(below: 4) == 0 { problem.least[judge] = stream.index(below: loads[judge] + 1) }
            }
            guard let sizes else { return problem }
            var schedule = HeatSchedule(sizes: sizes, entryCount: entryCount, judgeCount: judgeCount)
            for judge in 0..<judgeCount where stream.index(below: 3) == 0 {
                schedule.presence[judge] = Set(panels.indices.filter { panels[$0].contains(judge) || stream.uniform() < 0.7 })
            }
            for entry in 0..<entryCount where stream.index(below: 10) == 0 { schedule.heatOfEntry[entry] = heatOf[entry] }
            problem.schedule = schedule
            return problem
        }
    }

    /// What a plan breaks.
    private func faults(_ plan: AssignmentPlan) -> Int {
        let review = PlanReview(of: plan)
        let limits = plan.loads.enumerated().count { judge, load in
            load > plan.problem.most[judge] ?? .max || load < plan.problem.least[judge]
        }
        return review.brokenConflicts.count + review.missingPairs.count + review.oddEntries.count + review.oddHeats.count + limits
    }

    @Test func `500 plans without heats break nothing and are connected`() throws {
        var stream = RandomStream(seed: 41)
        for number in 0..<500 {
            let plan = try AssignmentPlan(of: Planted(&stream, heats: nil).problem, seed: UInt64(number))
            let size = "\(plan.panels.count) entries, \(plan.problem.judges.count) judges, \(plan.problem.scoreCount) scores"
            #expect(faults(plan) == 0 && plan.efficiency.subsetCount == 1, "problem \(number): \(size)")
        }
    }

    @Test func `500 plans in heats break nothing and are connected`() throws {
        var stream = RandomStream(seed: 43)
        for number in 0..<500 {
            let problem = try Planted(&stream, heats: 2 + stream.index(below: 5)).problem
            do throws(PlanError) {
                let plan = try AssignmentPlan(of: problem, seed: UInt64(number))
                #expect(faults(plan) == 0 && plan.efficiency.subsetCount == 1, "problem \(number)")
            } catch { Issue.record("problem \(number): \(error)") }
        }
    }
}
