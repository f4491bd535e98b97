extension SeatPlan {
    /// How many ways of giving judges their positions are tried, and for how many pairs of entries all of them.
    private static let mostAttempts = 12
    private static let mostPairs = 400_000

    /// Whether the entries and judges of a contest can take the positions of this design without a broken conflict or limit.
    ///
    /// Judges get positions by lot, the busiest positions those who may take most; then entries are assigned to positions, one to each. So
    /// a yes is certain, and a no means that no way was found. Of the designs here only the crossing is one of whole panels in heats of any
    /// sizes, with judges who can be present at all of them.
    func canBeSeated(_ problem: AssignmentProblem, seed: UInt64) -> Bool {
        guard let schedule = problem.schedule else { return hasSeating(problem, seed: seed) }
        var present = problem
        for judge in problem.judges.indices where !schedule.sizes.indices.allSatisfy({ schedule.isPresent(judge, at: $0) }) {
            present.most[judge] = 0
        }
        return kind == .crossing && hasSeating(present, seed: seed)
    }

    private func hasSeating(_ problem: AssignmentProblem, seed: UInt64) -> Bool {
        let panels = seats.map { Array(Set($0.map(\.judge))) }
        let loads = DesignEfficiency.loads(of: panels, judgeCount: judgeCount)
        var stream = RandomStream(seed: seed, stream: PlanStream.seating.rawValue)
        let isFree =
            problem.conflictCount == 0 && problem.requirements.isEmpty
            && problem.entries.indices.allSatisfy { problem.fixedJudges(of: $0).isEmpty }
        let pairs = panels.count * panels.count
        for _ in 0..<(isFree ? 1 : max(1, min(SeatPlan.mostAttempts, SeatPlan.mostPairs / max(pairs, 1)))) {
            guard let judges = seating(loads, problem, &stream) else { return false }
            if isFree || SeatPlan.hasMatching(problem, panels.map { $0.map { judges[$0] } }) { return true }
        }
        return false
    }

    /// Whether each entry can take one of these panels, without a conflict and with all that it has to meet, and panels are made up as they
    /// have to be.
    private static func hasMatching(_ problem: AssignmentProblem, _ panels: [[Int]]) -> Bool {
        guard problem.requirements.allSatisfy({ group in panels.allSatisfy { group.lack(in: $0) == 0 } }) else { return false }
        let names = problem.entries.indices.map(String.init)
        guard var matching = try? AssignmentProblem(entries: names, judges: names, perEntry: 1) else { return false }
        matching.most = names.map { _ in 1 }
        let fixed = problem.entries.indices.map(problem.fixedJudges)
        // Only positions matter, not names.
        for entry in names.indices {
            for (position, panel) in panels.enumerated()
            where panel.contains(where: { problem.relation(entry, $0) == .conflict }) || !fixed[entry].allSatisfy(panel.contains) {
                matching.forbid(entry, position)
            }
        }
        return matching.limits() != nil
    }

    /// The judge at each position: the busiest positions to the judges who may take most; `nil` when loads do not fit the limits.
    private func seating(_ loads: [Int], _ problem: AssignmentProblem, _ stream: inout RandomStream) -> [Int]? {
        let positions = stream.shuffled(Array(loads.indices)).sorted { loads[$0] > loads[$1] }
        let judges = stream.shuffled(Array(loads.indices)).sorted {
            (problem.most[$0] ?? .max, problem.least[$0]) > (problem.most[$1] ?? .max, problem.least[$1])
        }
        let fits = zip(positions, judges).allSatisfy { loads[$0] <= problem.most[$1] ?? .max && loads[$0] >= problem.least[$1] }
        guard fits else { return nil }
        var seated = loads
        for (position, judge) in zip(positions, judges) { seated[position] = judge }
        return seated
    }
}
