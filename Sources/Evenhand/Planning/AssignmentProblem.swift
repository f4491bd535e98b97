/// Who may judge what, how many judges each entry needs, and how many entries each judge may take.
///
/// Entries and judges are in canonical order, so that the order of rows in a file changes nothing.
package struct AssignmentProblem: Sendable, Equatable {
    /// What is settled about an entry and a judge beforehand.
    package enum Relation: UInt8, Sendable {
        /// They may meet.
        case open
        /// They must not meet.
        case conflict
        /// They have to meet.
        case fixed
    }

    /// The names of the entries, in canonical order.
    package let entries: [String]
    /// The names of the judges, in canonical order.
    package let judges: [String]
    /// How many judges each entry needs.
    package private(set) var needs: [Int]
    /// How many entries each judge has to take at least.
    package var least: [Int]
    /// How many entries each judge takes at most; where it is `nil`, the smallest common limit is found that all such judges can have.
    package var most: [Int?]
    /// The entries that every judge scores who may.
    package private(set) var anchors: [Int] = []
    /// Of whom every entry, or every heat, needs some.
    package var requirements: [PanelRequirement] = []
    /// How many judges stand by for each entry, or for each heat.
    package var spares = 0
    /// The heats, when entries are judged heat by heat.
    package var schedule: HeatSchedule?
    /// The cost from which on a pair of an earlier plan is lost; lower costs are preferences.
    package var keepCost = Int.max
    /// Row by row for each entry, its relation to every judge.
    private var relations: [Relation]
    /// The same for what it costs that they meet, 0 or more; empty while nothing costs anything.
    package private(set) var costs: [Int] = []

    /// Every entry needs as many judges, and everybody may meet.
    ///
    /// - Throws: `PlanError.tooFew` without entries or judges.
    package init(entries: [String], judges: [String], perEntry: Int) throws(PlanError) {
        self.entries = Factor(entries).levels
        self.judges = Factor(judges).levels
        guard !self.entries.isEmpty else { throw .tooFew(of: .entries) }
        guard !self.judges.isEmpty else { throw .tooFew(of: .judges) }
        needs = Array(repeating: perEntry, count: self.entries.count)
        least = Array(repeating: 0, count: self.judges.count)
        most = Array(repeating: nil, count: self.judges.count)
        relations = Array(repeating: .open, count: self.entries.count * self.judges.count)
    }

    /// What is settled about an entry and a judge. What has to happen cannot be made a conflict, nor the other way round.
    package func relation(_ entry: Int, _ judge: Int) -> Relation { relations[entry * judges.count + judge] }

    /// Keeps an entry and a judge apart.
    package mutating func forbid(_ entry: Int, _ judge: Int) { relations[entry * judges.count + judge] = .conflict }

    /// Makes an entry and a judge meet.
    ///
    /// - Throws: `PlanError.fixedConflict` when they must not.
    package mutating func fix(_ entry: Int, _ judge: Int) throws(PlanError) {
        guard relation(entry, judge) != .conflict else { throw .fixedConflict(entry: entries[entry], judge: judges[judge]) }
        relations[entry * judges.count + judge] = .fixed
    }

    /// The indices of those who may meet an entry.
    package func candidates(of entry: Int) -> [Int] { judges.indices.filter { relation(entry, $0) != .conflict } }

    /// The number of scores that all entries need together.
    package var scoreCount: Int { needs.reduce(0, +) }

    /// The number of pairs that must not meet.
    package var conflictCount: Int { relations.count { $0 == .conflict } }

    /// The indices of judges that an entry has to meet.
    func fixedJudges(of entry: Int) -> [Int] { judges.indices.filter { relation(entry, $0) == .fixed } }

    /// What it costs that an entry and a judge meet.
    package func cost(_ entry: Int, _ judge: Int) -> Int { costs.isEmpty ? 0 : costs[entry * judges.count + judge] }

    /// Makes what is forbidden open, at a cost of 1, and everything else free.
    func withoutConflicts() -> AssignmentProblem {
        var other = self
        other.costs = relations.map { $0 == .conflict ? 1 : 0 }
        other.relations = relations.map { $0 == .conflict ? .open : $0 }
        return other
    }

    /// Sets what it costs that an entry and a judge meet.
    package mutating func setCost(_ entry: Int, _ judge: Int, to cost: Int) {
        precondition(cost >= 0, "a cost of \(cost) is negative")
        if costs.isEmpty { costs = Array(repeating: 0, count: relations.count) }
        costs[entry * judges.count + judge] = cost
    }

    /// Whether a panel keeps what it has to include when one of its judges gives way to another.
    func mayReplace(_ judge: Int, by newJudge: Int, in panel: some Sequence<Int>) -> Bool {
        requirements.allSatisfy { group in
            !group.members[judge] || group.members[newJudge] || panel.reduce(0) { $0 + (group.members[$1] ? 1 : 0) } > group.count
        }
    }

    /// Makes an entry need another number of judges.
    package mutating func setNeed(of entry: Int, to need: Int) { needs[entry] = need }

    /// Makes some entries anchors, which every judge scores who may: those with the fewest conflicts, of equals drawn from the seed.
    ///
    /// - Throws: `PlanError.tooManyAnchors` when there are not so many entries.
    package mutating func addAnchors(_ count: Int, seed: UInt64) throws(PlanError) {
        guard count <= entries.count else { throw .tooManyAnchors(count, entries: entries.count) }
        var stream = RandomStream(seed: seed, stream: PlanStream.anchors.rawValue)
        let lot = stream.shuffled(Array(entries.indices))
        let candidateCounts = entries.indices.map { candidates(of: $0).count }
        let order = lot.indices.sorted { (-candidateCounts[lot[$0]], $0) < (-candidateCounts[lot[$1]], $1) }
        anchors = order.prefix(count).map { lot[$0] }.sorted()
        for entry in anchors { needs[entry] = candidateCounts[entry] }
    }
}

/// What each stream of random numbers is for.
enum PlanStream: UInt64 {
    case anchors, flow, connection, exchange, orders, seating, draws
}
