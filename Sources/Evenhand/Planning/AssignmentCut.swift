import CLemon

/// The smallest cut of the network of an assignment, in the terms of the contest.
struct AssignmentCut {
    private let problem: AssignmentProblem
    private let kind: Bottleneck.Kind
    private let rows: DemandRows
    private let cut: MinimumCut
    private let supply, room: [Int]
    private let arcs: [MinimumCut.Arc]
    private let arcsOfPairs: Range<Int>

    /// - Parameters:
    ///   - kind: `entries` looks for judges, `judges` for entries.
    ///   - amounts: how many entries judges take: at most for the first kind, at least for the second.
    init(_ problem: AssignmentProblem, _ kind: Bottleneck.Kind, amounts: [Int]) {
        (self.problem, self.kind) = (problem, kind)
        rows = DemandRows(problem)
        let rowCount = rows.supply.count
        // Pairs that are fixed are taken out on both sides.
        var left = amounts
        var arcs: [MinimumCut.Arc] = []
        func add(_ row: Int, _ other: Int, _ capacity: Int) {
            let (tail, head) = kind == .entries ? (row, other) : (other, row)
            arcs.append(MinimumCut.Arc(tail: tail, head: head, capacity: capacity))
        }
        for entry in problem.entries.indices {
            for judge in problem.judges.indices {
                switch problem.relation(entry, judge) {
                case .fixed: left[judge] -= 1
                case .open: add(rows.row(entry, judge), rowCount + judge, 1)
                case .conflict: break
                }
            }
        }
        arcsOfPairs = 0..<arcs.count
        for (row, parent) in rows.parent.enumerated() where parent >= 0 { add(parent, row, problem.judges.count) }
        let none = [Int](repeating: 0, count: rowCount)
        let judges = left.map { max($0, 0) }
        supply = kind == .entries ? rows.supply + judges.map { _ in 0 } : none + judges
        room = kind == .entries ? none + judges : rows.supply + judges.map { _ in 0 }
        self.arcs = arcs
        cut = MinimumCut(supply: supply, room: room, arcs: arcs)
    }

    private func isReached(_ entry: Int) -> Bool { cut.reached[entry * rows.stride] }
    private func isReached(judge: Int) -> Bool { cut.reached[rows.supply.count + judge] }

    /// The bottleneck, or `nil` when everything finds room.
    var bottleneck: Bottleneck? {
        guard !cut.isAmple else { return nil }
        let (entryIndices, judgeIndices) = (problem.entries.indices, problem.judges.indices)
        let rowCount = rows.supply.count
        // What crosses the cut, and the pairs that are fixed on its side.
        var (pairs, takenByFull, fixedCount) = (0, 0, 0)
        var isOpen = [Bool](repeating: false, count: kind == .entries ? judgeIndices.count : entryIndices.count)
        for arc in arcs[arcsOfPairs] where cut.reached[arc.tail] && !cut.reached[arc.head] {
            pairs += 1
            isOpen[kind == .entries ? arc.head - rowCount : arc.head / rows.stride] = true
        }
        for entry in entryIndices {
            for judge in judgeIndices where problem.relation(entry, judge) == .fixed {
                let (row, seat) = (cut.reached[rows.row(entry, judge)], isReached(judge: judge))
                guard kind == .entries ? row : seat else { continue }
                fixedCount += 1
                if kind == .entries ? seat : row {
                    takenByFull += 1
                } else {
                    pairs += 1
                    isOpen[kind == .entries ? judge : entry] = true
                }
            }
        }
        let nodes = cut.reached.indices.filter { cut.reached[$0] }
        let whole = entryIndices.filter { isReached($0) }
        let partly = entryIndices.filter { entry in
            !isReached(entry)
                && (0..<rows.stride).contains { cut.reached[entry * rows.stride + $0] && rows.supply[entry * rows.stride + $0] > 0 }
        }
        let groups = problem.requirements.indices.filter { group in partly.contains { cut.reached[$0 * rows.stride + 1 + group] } }
        let judges = judgeIndices.filter { isReached(judge: $0) }
        let lacking = kind == .entries ? (whole + partly).sorted() : judges
        let amounts = lacking.map { kind == .entries ? problem.needs[$0] : problem.least[$0] }
        let full = kind == .entries ? judges : whole
        func names(_ indices: [Int], areEntries: Bool) -> [String] { indices.map { areEntries ? problem.entries[$0] : problem.judges[$0] } }
        let isEntries = kind == .entries
        return Bottleneck(
            kind: kind, lacking: names(lacking, areEntries: isEntries), needed: nodes.reduce(fixedCount) { $0 + supply[$1] },
            each: partly.isEmpty && Set(amounts).count == 1 ? amounts.first : nil,
            open: names(isOpen.indices.filter { isOpen[$0] && !full.contains($0) }, areEntries: !isEntries), pairCount: pairs,
            full: names(full, areEntries: !isEntries), limit: nodes.reduce(takenByFull) { $0 + room[$1] },
            isWhole: partly.isEmpty && lacking.count == (isEntries ? entryIndices.count : judgeIndices.count)
                && full.count == (isEntries ? judgeIndices.count : entryIndices.count),
            groups: groups.map { problem.requirements[$0].name }, partlyCount: isEntries ? partly.count : 0)
    }
}

extension AssignmentProblem {
    /// The bottleneck under limits, without a way out; `nil` when there is an assignment.
    ///
    /// An assignment that gives every entry its judges and one that gives every judge their least load imply one that does both (Mendelsohn
    /// and Dulmage 1958), so that each side is looked at by itself. What can be said without groups, or of one group, is said first.
    func bottleneck(most: [Int]) -> Bottleneck? {
        let found = AssignmentCut(self, .entries, amounts: most).bottleneck
        if let found {
            if requirements.isEmpty { return found }
            var plain = self
            plain.requirements = []
            if let simpler = AssignmentCut(plain, .entries, amounts: most).bottleneck { return simpler }
            return requirements.lazy.compactMap { group -> Bottleneck? in
                var simpler = AssignmentCut(plain.limited(to: group), .entries, amounts: most).bottleneck
                simpler?.groups = [group.name]
                return simpler
            }.first ?? found
        }
        return least.allSatisfy { $0 == 0 } ? nil : AssignmentCut(self, .judges, amounts: least).bottleneck
    }

    /// The same entries, which need nobody but some of a group.
    private func limited(to group: PanelRequirement) -> AssignmentProblem {
        var other = self
        for entry in entries.indices {
            for judge in judges.indices where !group.members[judge] { other.forbid(entry, judge) }
            other.setNeed(of: entry, to: max(group.count, other.fixedJudges(of: entry).count))
        }
        return other
    }
}

/// The smallest cut of a network whose nodes supply something and have room for something (Goldberg and Tarjan's preflow-push).
struct MinimumCut {
    /// A way from one node to another.
    struct Arc {
        let tail, head, capacity: Int
    }

    /// Whether everything that is supplied finds room.
    let isAmple: Bool
    /// The nodes that could still send more, if anybody could take it: of all smallest cuts the one with the fewest nodes.
    let reached: [Bool]

    /// - Precondition: numbers of nodes and capacities fit 32 bits.
    init(supply: [Int], room: [Int], arcs: [Arc]) {
        precondition(supply.count == room.count, "\(supply.count) nodes supply and \(room.count) have room")
        var reached = [UInt8](repeating: 0, count: supply.count)
        let (tails, heads) = (arcs.map { Int32($0.tail) }, arcs.map { Int32($0.head) })
        let outcome = lemon_cut(
            supply.count, supply.map { Int32($0) }, room.map { Int32(clamping: $0) }, arcs.count, tails, heads,
            arcs.map { Int32(clamping: $0.capacity) }, &reached)
        isAmple = outcome == lemon_found
        self.reached = reached.map { $0 == 1 }
    }
}
