/// Why no assignment exists, by counting: some entries need more scores than judges can give them, or some judges have to take more than
/// entries can give them.
///
/// Those who lack something need `needed` scores together. Each of `open` gives at most one score to each of them whom it may meet, in
/// all `pairCount`; those of `full` together give no more than `limit`. The sum is less than `needed`. It is a smallest cut of the network
/// whose flows are the assignments (Gale, *A theorem on flows in networks*, Pacific Journal of Mathematics 7, 1957).
package struct Bottleneck: Sendable, Equatable {
    /// Who lacks something.
    package enum Kind: String, Sendable {
        /// Entries lack judges.
        case entries
        /// Judges lack entries.
        case judges
    }

    /// What would make the plan possible, one change at a time; `nil` where that alone does not help.
    package struct WayOut: Sendable, Equatable {
        /// The most judges for each entry.
        package let perEntry: Int?
        /// The smallest limit for those who have less.
        package let maxLoad: Int?
        /// The largest least load for those who have more.
        package let minLoad: Int?
    }

    /// Who lacks something.
    package let kind: Kind
    /// Those who lack something.
    package let lacking: [String]
    /// How many scores they need together.
    package let needed: Int
    /// How many scores each of them needs, when all need as many.
    package let each: Int?
    /// Those on the other side who are limited only by whom they may meet.
    package let open: [String]
    /// The pairs of them and those who lack something.
    package let pairCount: Int
    /// Those on the other side whose limits are used up.
    package let full: [String]
    /// How many scores they can give to those who lack something.
    package let limit: Int
    /// Whether those who lack something and those whose limits are used up are all that there are.
    package let isWhole: Bool
    /// What to change.
    package var wayOut = WayOut(perEntry: nil, maxLoad: nil, minLoad: nil)

    /// How many scores are possible.
    package var possible: Int { pairCount + limit }
}

extension AssignmentProblem {
    /// The bottleneck under limits, without a way out; `nil` when there is an assignment.
    ///
    /// An assignment that gives every entry its judges and one that gives every judge their least load imply one that does both (Mendelsohn
    /// and Dulmage 1958), so that each side is looked at by itself.
    func bottleneck(most: [Int]) -> Bottleneck? {
        let entrySide = Side(names: entries, amounts: needs)
        return cut(.entries, entrySide, Side(names: judges, amounts: most)) { relation($0, $1) }
            ?? (least.allSatisfy { $0 == 0 } ? nil : cut(.judges, Side(names: judges, amounts: least), entrySide) { relation($1, $0) })
    }

    private struct Side {
        let names: [String]
        let amounts: [Int]
    }

    /// Pairs that are fixed are taken out on both sides before, and put back into the count.
    private func cut(
        _ kind: Bottleneck.Kind, _ rows: Side, _ columns: Side, _ relation: (_ row: Int, _ column: Int) -> Relation
    ) -> Bottleneck? {
        let (rowPlaces, columnPlaces) = (rows.names.indices, columns.names.indices)
        var (supply, room) = (rows.amounts, columns.amounts)
        for row in rowPlaces {
            for column in columnPlaces where relation(row, column) == .fixed {
                supply[row] -= 1
                room[column] -= 1
            }
        }
        let flow = BipartiteFlow(supply: supply.map { max($0, 0) }, room: room) { relation($0, $1) == .open }
        guard flow.excess > 0 else { return nil }
        let lacking = rowPlaces.filter { flow.reachedRows[$0] }
        let full = columnPlaces.filter { flow.reachedColumns[$0] }
        let open = columnPlaces.filter { column in
            !flow.reachedColumns[column] && lacking.contains { relation($0, column) != .conflict }
        }
        let pairs = lacking.reduce(0) { sum, row in sum + open.count { relation(row, $0) != .conflict } }
        let others = rowPlaces.filter { !flow.reachedRows[$0] }
        let taken = others.reduce(0) { sum, row in sum + full.count { relation(row, $0) == .fixed } }
        let needs = lacking.map { rows.amounts[$0] }
        return Bottleneck(
            kind: kind, lacking: lacking.map { rows.names[$0] }, needed: needs.reduce(0, +), each: Set(needs).count == 1 ? needs[0] : nil,
            open: open.map { columns.names[$0] }, pairCount: pairs, full: full.map { columns.names[$0] },
            limit: full.reduce(-taken) { $0 + columns.amounts[$1] },
            isWhole: lacking.count == rows.names.count && full.count == columns.names.count)
    }
}

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
        if holds(first) { return first }
        guard first < last, holds(last) else { return nil }
        var (low, high) = (first, last)
        while high - low > 1 {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle }
        }
        return high
    }

    /// The bottleneck, with what would widen it.
    func infeasibility() -> PlanError {
        let unlimited = most.map { $0 ?? entries.count + 1 }
        guard var found = bottleneck(most: unlimited) else { return .tooLarge }
        func isPossible(_ change: (inout AssignmentProblem) -> Void) -> Bool {
            var other = self
            change(&other)
            return other.bottleneck(most: other.most.map { $0 ?? other.entries.count + 1 }) == nil
        }
        let ordinary = entries.indices.filter { !anchors.contains($0) }
        let usual = ordinary.map { needs[$0] }.max() ?? 1
        let fixed = ordinary.map { fixedJudges(of: $0).count }.max() ?? 0
        let perEntry = stride(from: usual - 1, through: max(1, fixed), by: -1).first { need in
            isPossible { other in for entry in ordinary { other.setNeed(of: entry, to: min(needs[entry], need)) } }
        }
        let limit = smallest(from: (most.compactMap(\.self).min() ?? entries.count) + 1, through: entries.count) { limit in
            isPossible { other in other.most = other.most.map { $0.map { max($0, limit) } } }
        }
        let lower = stride(from: (least.max() ?? 0) - 1, through: 0, by: -1).first { least in
            isPossible { other in other.least = other.least.map { min($0, least) } }
        }
        found.wayOut = Bottleneck.WayOut(perEntry: perEntry, maxLoad: limit, minLoad: lower)
        return .infeasible(found)
    }
}
