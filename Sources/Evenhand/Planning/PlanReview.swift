/// What a plan amounts to, whoever made it: who has how many entries, who meets whom, what is broken, and how well it compares entries.
package struct PlanReview: Sendable, Equatable {
    /// An entry and a judge.
    package struct Pair: Sendable, Equatable {
        /// Their places.
        package let entry, judge: Int
    }

    /// Two judges and the number of entries that both score.
    package struct JudgePair: Sendable, Equatable {
        /// The places of the judges.
        package let a, b: Int
        /// How many entries both score.
        package let common: Int
    }

    /// What was asked for.
    package let problem: AssignmentProblem
    /// For each entry the places of its judges, in their order.
    package let panels: [[Int]]
    /// How many entries each judge takes at most; `nil` without a limit.
    package let limits: [Int?]
    /// How well entries can be compared.
    package let efficiency: DesignEfficiency
    /// For each seat, in the order of entries and panels, when the judge sees the entry, from 1.
    package let orders: [[Int]]

    /// A plan.
    package init(of plan: AssignmentPlan) {
        self.init(plan.problem, panels: plan.panels, limits: plan.limits, efficiency: plan.efficiency, seed: plan.seed)
    }

    /// A plan that somebody else made; an entry may have any number of judges.
    package init(of panels: [[Int]], for problem: AssignmentProblem, seed: UInt64 = 1) {
        let panels = panels.map { Set($0).sorted() }
        let efficiency = DesignEfficiency(of: panels, judgeCount: problem.judges.count)
        self.init(problem, panels: panels, limits: problem.most, efficiency: efficiency, seed: seed)
    }

    private init(_ problem: AssignmentProblem, panels: [[Int]], limits: [Int?], efficiency: DesignEfficiency, seed: UInt64) {
        (self.problem, self.panels, self.limits, self.efficiency) = (problem, panels, limits, efficiency)
        orders = PresentationOrders(of: panels, judgeCount: problem.judges.count, seed: seed).orders
    }

    /// How many entries each judge has.
    package var loads: [Int] { DesignEfficiency.loads(of: panels, judgeCount: problem.judges.count) }

    /// Pairs that meet and must not.
    package var brokenConflicts: [Pair] { seats.filter { problem.relation($0.entry, $0.judge) == .conflict } }

    /// Pairs that have to meet and do not.
    package var missingPairs: [Pair] {
        problem.entries.indices.flatMap { entry in
            problem.fixedJudges(of: entry).filter { !panels[entry].contains($0) }.map { Pair(entry: entry, judge: $0) }
        }
    }

    /// Entries with fewer or more judges than they need.
    package var oddEntries: [Int] { problem.entries.indices.filter { panels[$0].count != problem.needs[$0] } }

    /// Judges with fewer or more entries than they may have.
    package var oddJudges: [Int] {
        loads.indices.filter { loads[$0] < problem.least[$0] || loads[$0] > limits[$0] ?? .max }
    }

    /// The pairs that meet, in the order of entries and judges.
    package var seats: [Pair] { panels.indices.flatMap { entry in panels[entry].map { Pair(entry: entry, judge: $0) } } }

    /// Judges two by two, who score an entry together.
    package var judgePairs: [JudgePair] {
        let count = problem.judges.count
        var common = [Int](repeating: 0, count: count * count)
        for panel in panels {
            for a in panel { for b in panel where a < b { common[a * count + b] += 1 } }
        }
        return common.indices.filter { common[$0] > 0 }.map { JudgePair(a: $0 / count, b: $0 % count, common: common[$0]) }
    }
}
