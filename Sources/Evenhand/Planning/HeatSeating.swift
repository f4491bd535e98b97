/// Entries and judges in heats, and what is wrong with that so far, kept up to date from one change to the next.
struct HeatSeating {
    let problem: AssignmentProblem
    let schedule: HeatSchedule
    /// Judges of a panel; those who stand by come after them.
    let panelSize: Int
    private(set) var heatOf: [Int?]
    private(set) var panels: [[Int]]
    /// For each heat and judge, how many of its entries must not meet them, have to, and what it costs.
    private var conflicts, fixed, costs: [Int]
    /// For each judge: entries, entries with those for which they stand by, and panels.
    private(set) var loads, duties, panelCounts: [Int]
    /// How many demands are not kept.
    private(set) var faults = 0
    /// What the pairs cost.
    private(set) var cost = 0
    /// The sum of the squares of the loads.
    private(set) var squares = 0
    private let anchorCounts: [Int]
    private let needsPanel: [Bool]

    /// - Precondition: as many different judges for each heat as a panel and its spares have.
    init(_ problem: AssignmentProblem, _ schedule: HeatSchedule, panelSize: Int, heatOf: [Int?], panels: [[Int]]) {
        (self.problem, self.schedule, self.panelSize, self.heatOf) = (problem, schedule, panelSize, heatOf)
        let judges = problem.judges.indices
        let none = [Int](repeating: 0, count: judges.count)
        anchorCounts = judges.map { judge in problem.anchors.count { problem.relation($0, judge) != .conflict } }
        needsPanel = judges.map { judge in problem.anchors.contains { problem.relation($0, judge) == .fixed } }
        (loads, duties, panelCounts) = (none, none, none)
        (conflicts, fixed, costs) = ([], [], [])
        self.panels = panels.map { _ in [] }
        let cells = [Int](repeating: 0, count: schedule.sizes.count * judges.count)
        (conflicts, fixed, costs) = (cells, cells, cells)
        for entry in problem.entries.indices { addEntry(entry, 1) }
        faults = fixed.reduce(0, +) + judges.reduce(0) { $0 + penalty($1) }
        for (heat, panel) in panels.enumerated() {
            faults += problem.requirements.reduce(0) { $0 + $1.count }
            for (seat, judge) in panel.enumerated() {
                self.panels[heat].append(judge)
                sit(judge, heat, seat, 1)
            }
        }
    }

    /// How far a judge is beyond the limits.
    private func penalty(_ judge: Int) -> Int {
        let over = problem.most[judge].map { max(0, duties[judge] - $0) } ?? 0
        return over + max(0, problem.least[judge] - loads[judge]) + (needsPanel[judge] && panelCounts[judge] == 0 ? 1 : 0)
    }

    /// Counts an entry in its heat, or out of it, in the tables alone.
    private mutating func addEntry(_ entry: Int, _ sign: Int) {
        guard let heat = heatOf[entry] else { return }
        let start = heat * problem.judges.count
        for judge in problem.judges.indices {
            switch problem.relation(entry, judge) {
            case .conflict: conflicts[start + judge] += sign
            case .fixed: fixed[start + judge] += sign
            case .open: break
            }
            costs[start + judge] += sign * problem.cost(entry, judge)
        }
    }

    /// What the seats of a heat add to faults and cost.
    private func seatFaults(_ heat: Int) -> (faults: Int, cost: Int) {
        let start = heat * problem.judges.count
        var sum = (faults: 0, cost: 0)
        for (seat, judge) in panels[heat].enumerated() {
            sum.faults += conflicts[start + judge]
            guard seat < panelSize else { continue }
            sum.faults -= fixed[start + judge]
            sum.cost += costs[start + judge]
        }
        return sum
    }

    /// Counts a judge in or out who has a seat.
    private mutating func sit(_ judge: Int, _ heat: Int, _ seat: Int, _ sign: Int) {
        let position = heat * problem.judges.count + judge
        faults += sign * conflicts[position] - penalty(judge)
        if seat < panelSize {
            faults -= sign * fixed[position]
            cost += sign * costs[position]
            squares -= loads[judge] * loads[judge]
            let wasSeated = panelCounts[judge] > 0
            panelCounts[judge] += sign
            let anchors = (panelCounts[judge] > 0) == wasSeated ? 0 : sign * anchorCounts[judge]
            loads[judge] += sign * schedule.sizes[heat] + anchors
            duties[judge] += anchors
            squares += loads[judge] * loads[judge]
            for group in problem.requirements where group.members[judge] {
                // The judge is in the panel before and after this.
                let others = panels[heat].indices.prefix(panelSize).count { $0 != seat && group.members[panels[heat][$0]] }
                faults -= others < group.count ? sign : 0
            }
        }
        duties[judge] += sign * schedule.sizes[heat]
        faults += penalty(judge)
    }

    /// Gives a seat to another judge.
    mutating func replace(_ heat: Int, _ seat: Int, by judge: Int) {
        sit(panels[heat][seat], heat, seat, -1)
        panels[heat][seat] = judge
        sit(judge, heat, seat, 1)
    }

    /// Two entries swap heats.
    mutating func exchange(_ entry: Int, _ other: Int) {
        guard let a = heatOf[entry], let b = heatOf[other], a != b else { return }
        let before = [a, b].map(seatFaults)
        addEntry(entry, -1)
        addEntry(other, -1)
        (heatOf[entry], heatOf[other]) = (b, a)
        addEntry(entry, 1)
        addEntry(other, 1)
        for (old, new) in zip(before, [a, b].map(seatFaults)) {
            faults += new.faults - old.faults
            cost += new.cost - old.cost
        }
    }

    /// The division as it is.
    var division: HeatDivision {
        HeatDivision(
            heatOfEntry: heatOf, panels: panels.map { Array($0.prefix(panelSize)) }, spares: panels.map { Array($0.dropFirst(panelSize)) })
    }

    /// The pairs in a heat that must not meet.
    var brokenConflicts: [[String]] {
        problem.entries.indices.flatMap { entry in
            guard let heat = heatOf[entry] else { return [[String]]() }
            return panels[heat].filter { problem.relation(entry, $0) == .conflict }.map { [problem.entries[entry], problem.judges[$0]] }
        }
    }
}
