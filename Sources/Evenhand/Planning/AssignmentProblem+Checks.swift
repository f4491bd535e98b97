extension AssignmentProblem {
    /// Whether what has to happen fits what is needed and allowed.
    func checkFixed() throws(PlanError) {
        for judge in judges.indices {
            guard let limit = most[judge] else { continue }
            guard least[judge] <= limit else { throw .limitsCross(judge: judges[judge], least: least[judge], most: limit) }
            let fixed = entries.indices.count { relation($0, judge) == .fixed }
            guard fixed <= limit else { throw .tooManyFixedEntries(judge: judges[judge], fixed: fixed, limit: limit) }
        }
        for entry in entries.indices {
            let fixed = fixedJudges(of: entry)
            guard fixed.count <= needs[entry] else { throw .tooManyFixed(entry: entries[entry], fixed: fixed.count, need: needs[entry]) }
            let demand = requirements.reduce(fixed.count) { $0 + $1.lack(in: fixed) }
            guard demand <= needs[entry] || schedule != nil else {
                throw .groupsExceed(demand, of: needs[entry], entry: fixed.isEmpty ? nil : entries[entry])
            }
        }
        if let schedule { return try check(schedule) }
        for (position, group) in requirements.enumerated() {
            for other in requirements[..<position] {
                guard let judge = judges.indices.first(where: { group.members[$0] && other.members[$0] }) else { continue }
                throw .groupsOverlap(other.name, group.name, judge: judges[judge])
            }
        }
    }

    /// Whether entries fit the sizes of the heats.
    private func check(_ schedule: HeatSchedule) throws(PlanError) {
        let (sum, count) = (schedule.sizes.reduce(0, +), entries.count - anchors.count)
        guard sum == count else { throw .sizesDiffer(sum: sum, entries: count) }
        for (heat, size) in schedule.sizes.enumerated() {
            let fixed = schedule.heatOfEntry.count { $0 == heat }
            guard fixed <= size else { throw .heatTooSmall(heat: heat + 1, size: size, fixed: fixed) }
        }
    }

    /// How many judges the panel of a heat has.
    private var panelSize: Int { entries.indices.filter { !anchors.contains($0) }.map { needs[$0] }.max() ?? 1 }

    /// The best seating in heats that was found, whether or not it keeps every demand; `nil` where there is a bottleneck.
    func seating(_ schedule: HeatSchedule, seed: UInt64) -> HeatSeating? {
        guard HeatBottleneck(self, schedule, seats: panelSize + spares).found == nil else { return nil }
        return HeatSearch.best(self, schedule, panelSize: panelSize, seed: seed)
    }

    /// Entries and judges in heats.
    func division(_ schedule: HeatSchedule, seed: UInt64) throws(PlanError) -> HeatDivision {
        let best = seating(schedule, seed: seed)
        if let best, best.faults == 0 { return best.division }
        func search(_ problem: AssignmentProblem) -> HeatSeating? { problem.seating(schedule, seed: seed) }
        var way = wayOut { search($0)?.faults == 0 }
        way.spares = stride(from: spares - 1, through: 0, by: -1).first { fewer in
            var other = self
            other.spares = fewer
            return search(other)?.faults == 0
        }
        if let best {
            let broken = best.brokenConflicts
            if broken.count == best.faults { way.conflicts = broken }
            throw .noDivision(faults: best.faults, way)
        }
        guard var found = HeatBottleneck(self, schedule, seats: panelSize + spares).found else { throw .tooLarge }
        found.wayOut = way
        throw .infeasible(found)
    }
}
