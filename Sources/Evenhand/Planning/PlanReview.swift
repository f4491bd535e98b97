/// What a plan amounts to, whoever made it: who has how many entries, who meets whom, what is broken, and how well it compares entries.
package struct PlanReview: Sendable, Equatable {
    /// An entry and a judge.
    package struct Pair: Sendable, Equatable {
        /// Their indices.
        package let entry, judge: Int
    }

    /// Two judges and the number of entries that both score.
    package struct JudgePair: Sendable, Equatable {
        /// The indices of the judges.
        package let a, b: Int
        /// How many entries both score.
        package let common: Int
    }

    /// What was asked for.
    package let problem: AssignmentProblem
    /// For each entry the indices of its judges, in their order.
    package let panels: [[Int]]
    /// How many entries each judge takes at most; `nil` without a limit.
    package let limits: [Int?]
    /// How well entries can be compared.
    package let efficiency: DesignEfficiency
    /// For each seat, in the order of entries and panels, when the judge sees the entry, from 1.
    package let orders: [[Int]]
    /// For each entry the indices of the judges who stand by, in their order.
    package let spares: [[Int]]
    /// Which entries and judges come together in which heat; `nil` without heats.
    package let division: HeatDivision?

    /// A plan.
    package init(of plan: AssignmentPlan) {
        self.init(
            plan.problem, panels: plan.panels, spares: plan.spares, plan.division, limits: plan.limits, efficiency: plan.efficiency,
            seed: plan.seed)
    }

    /// A plan that somebody else made; an entry may have any number of judges.
    ///
    /// - Parameters:
    ///   - panels: for each entry its judges.
    ///   - spares: for each entry the judges who stand by; nobody without.
    ///   - heatOfEntry: for each entry its heat; the panel of a heat is everybody who scores one of its entries.
    package init(
        of panels: [[Int]], spares: [[Int]]? = nil, heatOfEntry: [Int?]? = nil, for problem: AssignmentProblem, seed: UInt64 = 1
    ) {
        let panels = panels.map { Set($0).sorted() }
        let spares = (spares ?? panels.map { _ in [] }).map { Set($0).sorted() }
        let division = heatOfEntry.map { heats in
            func together(_ lists: [[Int]]) -> [[Int]] {
                (0..<(problem.schedule?.sizes.count ?? 0)).map { heat in
                    Array(Set(heats.indices.filter { heats[$0] == heat }.flatMap { lists[$0] }))
                }
            }
            return HeatDivision(heatOfEntry: heats, panels: together(panels), spares: together(spares))
        }
        let efficiency = DesignEfficiency(of: panels, judgeCount: problem.judges.count)
        self.init(problem, panels: panels, spares: spares, division, limits: problem.most, efficiency: efficiency, seed: seed)
    }

    private init(
        _ problem: AssignmentProblem, panels: [[Int]], spares: [[Int]], _ division: HeatDivision?, limits: [Int?],
        efficiency: DesignEfficiency, seed: UInt64
    ) {
        (self.problem, self.panels, self.limits, self.efficiency) = (problem, panels, limits, efficiency)
        (self.spares, self.division) = (spares, division)
        orders =
            division.map { PlanReview.orders(of: panels, in: $0, seed: seed) }
            ?? PresentationOrders(of: panels, judgeCount: problem.judges.count, seed: seed).orders
    }

    /// How many entries each judge has.
    package var loads: [Int] { DesignEfficiency.loads(of: panels, judgeCount: problem.judges.count) }

    /// Pairs that meet and must not.
    package var brokenConflicts: [Pair] { (seats + spareSeats).filter { problem.relation($0.entry, $0.judge) == .conflict } }

    /// Pairs that have to meet and do not.
    package var missingPairs: [Pair] {
        problem.entries.indices.flatMap { entry in
            problem.fixedJudges(of: entry).filter { !panels[entry].contains($0) }.map { Pair(entry: entry, judge: $0) }
        }
    }

    /// Entries with fewer or more judges than they need.
    package var oddEntries: [Int] { problem.entries.indices.filter { panels[$0].count != problem.needs[$0] } }

    /// Entries whose judges lack somebody of a group, with the name of the group.
    package var lackingGroups: [(entry: Int, group: String)] {
        problem.requirements.flatMap { group in
            panels.indices.filter { group.lack(in: panels[$0]) > 0 }.map { ($0, group.name) }
        }
    }

    /// Heats with another number of entries than planned, without all their entries' judges in common, or with judges who are absent.
    package var oddHeats: [Int] {
        guard let division, let schedule = problem.schedule else { return [] }
        return schedule.sizes.indices.filter { heat in
            let entries = division.heatOfEntry.indices.filter { division.heatOfEntry[$0] == heat }
            return entries.count != schedule.sizes[heat] || entries.contains { panels[$0] != division.panels[heat] }
                || entries.contains { schedule.heatOfEntry[$0].map { $0 != heat } ?? false }
                || (division.panels[heat] + division.spares[heat]).contains { !schedule.isPresent($0, at: heat) }
        }
    }

    /// The heat in which a judge sees an entry; `nil` without heats.
    package func heat(_ seat: Pair) -> Int? {
        division.flatMap { $0.heatOfEntry[seat.entry] ?? $0.firstHeat(of: seat.judge) }
    }

    /// Judges with fewer or more entries than they may have.
    package var oddJudges: [Int] {
        loads.indices.filter { loads[$0] < problem.least[$0] || loads[$0] > limits[$0] ?? .max }
    }

    /// The pairs that meet, in the order of entries and judges.
    package var seats: [Pair] { panels.indices.flatMap { entry in panels[entry].map { Pair(entry: entry, judge: $0) } } }

    /// The entries and those who stand by for them, in the order of entries and judges.
    package var spareSeats: [Pair] { spares.indices.flatMap { entry in spares[entry].map { Pair(entry: entry, judge: $0) } } }

    /// Judges two by two, who score an entry together.
    package var judgePairs: [JudgePair] {
        let count = problem.judges.count
        var common = [Int](repeating: 0, count: count * count)
        for panel in panels {
            for a in panel { for b in panel where a < b { common[a * count + b] += 1 } }
        }
        return common.indices.filter { common[$0] > 0 }.map { JudgePair(a: $0 / count, b: $0 % count, common: common[$0]) }
    }

    /// The order of each heat, drawn from the seed, is that of all its judges; anchors are drawn among the entries of every heat.
    private static func orders(of panels: [[Int]], in division: HeatDivision, seed: UInt64) -> [[Int]] {
        var stream = RandomStream(seed: seed, stream: PlanStream.orders.rawValue)
        let positions = division.panels.indices.map { heat in
            let entries = panels.indices.filter { division.heatOfEntry[$0].map { $0 == heat } ?? true }
            return Dictionary(uniqueKeysWithValues: stream.shuffled(entries).enumerated().map { ($1, $0 + 1) })
        }
        return panels.enumerated().map { entry, panel in
            panel.map { judge in (division.heatOfEntry[entry] ?? division.firstHeat(of: judge)).flatMap { positions[$0][entry] } ?? 0 }
        }
    }
}
