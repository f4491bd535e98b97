extension AssignmentProblem {
    /// The limits, with the smallest common one where none is given, and `nil` when even without it there is a bottleneck.
    func limits() -> [Int]? {
        func limits(_ common: Int) -> [Int] { judges.indices.map { most[$0] ?? max(common, least[$0]) } }
        guard most.contains(nil) else { return bottleneck(most: limits(0)) == nil ? limits(0) : nil }
        let given = most.reduce(0) { $0 + min($1 ?? 0, entries.count) }
        let free = most.count { $0 == nil }
        let fewest = max((scoreCount - given + free - 1) / free, fixedMost)
        return smallest(from: min(max(fewest, 1), entries.count), through: entries.count) { bottleneck(most: limits($0)) == nil }.map(
            limits)
    }

    /// The most entries that a judge without a limit has to meet.
    private var fixedMost: Int {
        judges.indices.filter { most[$0] == nil }.map { judge in entries.indices.count { relation($0, judge) == .fixed } }.max() ?? 0
    }

    /// The first number for which something holds that holds for all larger ones as well.
    private func smallest(from first: Int, through last: Int, where holds: (Int) -> Bool) -> Int? {
        if first > last { return nil }
        if holds(first) { return first }
        guard first < last, holds(last) else { return nil }
        var (low, high) = (first, last)
        while high - low > 1 {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle }
        }
        return high
    }

    /// The limits that were given, and more than there are entries for the others.
    private var unlimited: [Int] { most.map { $0 ?? entries.count + 1 } }

    /// The bottleneck, with what would widen it.
    func infeasibility() -> PlanError {
        guard var found = bottleneck(most: unlimited) else { return .tooLarge }
        found.wayOut = wayOut { $0.bottleneck(most: $0.unlimited) == nil }
        found.wayOut.conflicts = cheapestConflicts()
        return .infeasible(found)
    }

    /// What makes the plan possible, one change at a time.
    func wayOut(where isPossible: (AssignmentProblem) -> Bool) -> Bottleneck.WayOut {
        func helps(_ change: (inout AssignmentProblem) -> Void) -> Bool {
            var other = self
            change(&other)
            return isPossible(other)
        }
        let ordinary = entries.indices.filter { !anchors.contains($0) }
        let usual = ordinary.map { needs[$0] }.max() ?? 1
        let fixed = max(ordinary.map { fixedJudges(of: $0).count }.max() ?? 0, requirements.reduce(0) { $0 + $1.count })
        var way = Bottleneck.WayOut()
        way.perEntry = stride(from: usual - 1, through: max(1, fixed), by: -1).first { need in
            helps { other in for entry in ordinary { other.setNeed(of: entry, to: min(needs[entry], need)) } }
        }
        if let lowest = most.compactMap(\.self).min() {
            way.maxLoad = smallest(from: lowest + 1, through: entries.count) { limit in
                helps { other in other.most = other.most.map { $0.map { max($0, limit) } } }
            }
        }
        way.minLoad = stride(from: (least.max() ?? 0) - 1, through: 0, by: -1).first { least in
            helps { other in other.least = other.least.map { min($0, least) } }
        }
        for (index, group) in requirements.enumerated() where way.panelHas == nil {
            let count = stride(from: group.count - 1, through: 0, by: -1).first { count in helps { $0.requirements[index].count = count } }
            way.panelHas = count.map { PanelRequirement(name: group.name, count: $0, members: group.members) }
        }
        return way
    }

    /// The fewest conflicts without which there is an assignment, by a minimum-cost flow; empty when there are none.
    private func cheapestConflicts() -> [[String]] {
        guard conflictCount > 0 else { return [] }
        let other = withoutConflicts()
        guard other.bottleneck(most: unlimited) == nil, let panels = try? AssignmentFlow(of: other, limits: unlimited, seed: 1).panels()
        else { return [] }
        return entries.indices.flatMap { entry in
            panels[entry].filter { relation(entry, $0) == .conflict }.map { [entries[entry], judges[$0]] }
        }
    }
}
