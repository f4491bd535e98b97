/// What is in the way of any division into heats, by counting: what a single panel, or all of them, can have at the best.
struct HeatBottleneck {
    private let problem: AssignmentProblem
    private let schedule: HeatSchedule
    /// Judges of a panel and those who stand by.
    private let seats: Int

    init(_ problem: AssignmentProblem, _ schedule: HeatSchedule, seats: Int) {
        (self.problem, self.schedule, self.seats) = (problem, schedule, seats)
    }

    /// The first that is found; `nil` does not mean that there is a division.
    var found: Bottleneck? {
        if let entries = entriesAlone { return entries }
        let names = schedule.sizes.indices.map { String($0 + 1) }
        let isOpen = openPanels
        let rooms = problem.judges.indices.map(mostPanels)
        func panels(_ count: Int, _ group: PanelRequirement?) -> Bottleneck? {
            var found = cut(.heats, names, count, problem.judges, rooms) { isOpen[$0][$1] && group?.members[$1] ?? true }
            found?.groups = group.map { [$0.name] } ?? []
            if group == nil { found?.spares = problem.spares }
            return found
        }
        if let found = panels(seats, nil) ?? problem.requirements.lazy.compactMap({ panels($0.count, $0) }).first { return found }
        let ordinary = problem.entries.indices.filter { !problem.anchors.contains($0) }
        return cut(.divisions, ordinary.map { problem.entries[$0] }, 1, names, schedule.sizes) { row, heat in
            let entry = ordinary[row]
            guard schedule.heatOfEntry[entry].map({ $0 == heat }) ?? true else { return false }
            return problem.judges.indices.count { isOpen[heat][$0] && problem.relation(entry, $0) != .conflict } >= seats
        }
    }

    /// Entries that meet too few judges, whatever the heats.
    private var entriesAlone: Bottleneck? {
        var other = problem
        other.schedule = nil
        for entry in problem.entries.indices where !problem.anchors.contains(entry) { other.setNeed(of: entry, to: seats) }
        other.least = problem.judges.map { _ in 0 }
        for judge in problem.judges.indices where mostPanels(judge) == 0 {
            for entry in problem.entries.indices { other.forbid(entry, judge) }
        }
        var found = other.bottleneck(most: problem.judges.map { _ in problem.entries.count })
        found?.spares = problem.spares
        return found
    }

    /// How many panels a judge can be on: the shortest heats up to the limit.
    private func mostPanels(_ judge: Int) -> Int {
        var left = (problem.most[judge] ?? .max / 2) - problem.anchors.count { problem.relation($0, judge) != .conflict }
        let present = schedule.sizes.indices.filter { schedule.isPresent(judge, at: $0) }
        return present.map { schedule.sizes[$0] }.sorted().prefix { size in
            left -= size
            return left >= 0
        }.count
    }

    /// For each heat the judges who can be on its panel: present, without a conflict with an entry that has to be in it, and with enough
    /// other entries that they may meet.
    private var openPanels: [[Bool]] {
        schedule.sizes.indices.map { heat in
            let fixed = problem.entries.indices.filter { schedule.heatOfEntry[$0] == heat }
            let free = problem.entries.indices.filter { schedule.heatOfEntry[$0] == nil && !problem.anchors.contains($0) }
            return problem.judges.indices.map { judge in
                schedule.isPresent(judge, at: heat) && fixed.allSatisfy { problem.relation($0, judge) != .conflict }
                    && free.count { problem.relation($0, judge) != .conflict } >= schedule.sizes[heat] - fixed.count
            }
        }
    }

    private func cut(
        _ kind: Bottleneck.Kind, _ rows: [String], _ each: Int, _ columns: [String], _ room: [Int], _ isOpen: (Int, Int) -> Bool
    ) -> Bottleneck? {
        let arcs = rows.indices.flatMap { row in
            columns.indices.filter { isOpen(row, $0) }.map { MinimumCut.Arc(tail: row, head: rows.count + $0, capacity: 1) }
        }
        let cut = MinimumCut(
            supply: rows.map { _ in each } + room.map { _ in 0 }, room: rows.map { _ in 0 } + room, arcs: arcs)
        guard !cut.isAmple else { return nil }
        let crossing = arcs.filter { cut.reached[$0.tail] && !cut.reached[$0.head] }
        let lacking = rows.indices.filter { cut.reached[$0] }
        let full = columns.indices.filter { cut.reached[rows.count + $0] }
        return Bottleneck(
            kind: kind, lacking: lacking.map { rows[$0] }, needed: each * lacking.count, each: each,
            open: Set(crossing.map(\.head)).sorted().map { columns[$0 - rows.count] }, pairCount: crossing.count,
            full: full.map { columns[$0] }, limit: full.reduce(0) { $0 + room[$1] },
            isWhole: lacking.count == rows.count && full.count == columns.count)
    }
}
