/// How entries with equal results share ranks.
public enum TieRule: String, Sendable, CaseIterable {
    /// Standard competition ranks: 1 2 2 4.
    case min
    /// 1 2 2 3.
    case dense
    /// 1 2.5 2.5 4.
    case average
    /// 1 2 3 4, equal ones in the order of their names.
    case ordinal
}

/// Results put in order.
public struct Ranks: Sendable, Equatable {
    /// The entries from best to worst, equal ones in canonical order.
    public let order: [Int32]
    /// The rank of each entry, 1 for the highest result.
    public let ranks: [Double]

    /// The ranks of results, the highest first.
    public init(of results: EntryResults, ties: TieRule = .min) {
        let grid = results.tieGrid
        let steps = results.fractions != nil || grid == 0 ? results.values : results.values.map { ($0 / grid).rounded() }
        var (order, keys) = RadixOrder.ascending(steps.map { ~RadixOrder.key($0) })
        guard let fractions = results.fractions else {
            self.init(order: order, ties: ties) { keys[$0] == keys[$1] }
            return
        }
        if fractions.allSatisfy(\.isSmall) {
            Ranks.separate(&order, keys, by: fractions)
        } else {
            order = Ranks.descending(order, by: fractions)
            keys = order.map { ~RadixOrder.key(steps[Int($0)]) }
        }
        self.init(order: order, ties: ties) { keys[$0] == keys[$1] && fractions[Int(order[$0])] == fractions[Int(order[$1])] }
    }

    /// - Parameter areEqual: whether the results at two neighbouring places of the order are equal.
    init(order: [Int32], ties: TieRule, areEqual: (Int, Int) -> Bool) {
        var ranks = [Double](repeating: 0, count: order.count)
        var (start, group) = (0, 0)
        while start < order.count {
            var stop = start + 1
            while stop < order.count, areEqual(stop - 1, stop) { stop += 1 }
            group += 1
            for place in start..<stop {
                ranks[Int(order[place])] =
                    switch ties {
                    case .min: Double(start + 1)
                    case .dense: Double(group)
                    case .average: Double(start + 1 + stop) / 2
                    case .ordinal: Double(place + 1)
                    }
            }
            start = stop
        }
        self.order = order
        self.ranks = ranks
    }

    /// Puts fractions in order that their Doubles, the keys, cannot tell apart; a small fraction and its Double are in the same order.
    private static func separate(_ order: inout [Int32], _ keys: [UInt64], by fractions: [Fraction]) {
        var start = 0
        while start < order.count {
            var stop = start + 1
            while stop < order.count, keys[stop] == keys[start] { stop += 1 }
            if stop > start + 1 {
                let first = fractions[Int(order[start])]
                if order[start..<stop].contains(where: { fractions[Int($0)] != first }) {
                    order.replaceSubrange(start..<stop, with: descending(Array(order[start..<stop]), by: fractions))
                }
            }
            start = stop
        }
    }

    private static func descending(_ places: [Int32], by fractions: [Fraction]) -> [Int32] {
        places.sorted { a, b in
            let (x, y) = (fractions[Int(a)], fractions[Int(b)])
            return y < x || (!(x < y) && a < b)
        }
    }

    /// The ranks of ascending values, equal values sharing theirs.
    static func shared(_ ascending: [Double], ties: TieRule) -> [Double] {
        Ranks(order: ascending.indices.map { Int32($0) }, ties: ties) { ascending[$0] == ascending[$1] }.ranks
    }

    /// Average ranks, 1 for the lowest value.
    static func ascendingAverage(_ values: [Double]) -> [Double] {
        let (order, keys) = RadixOrder.ascending(values.map { RadixOrder.key($0) })
        return Ranks(order: order, ties: .average) { keys[$0] == keys[$1] }.ranks
    }

    /// Ranks among the entries of the same group; a code of `Factor.missing` is a group of its own.
    func within(_ codes: [Int32], ties: TieRule) -> [Double] {
        var inner = [Double](repeating: 0, count: codes.count)
        // Place 0 is for entries without a group.
        var members = [[Int32]](repeating: [], count: Int(codes.max() ?? 0) + 2)
        for entry in order { members[Int(codes[Int(entry)]) + 1].append(entry) }
        for group in members where !group.isEmpty {
            for (entry, rank) in zip(group, Ranks.shared(group.map { ranks[Int($0)] }, ties: ties)) { inner[Int(entry)] = rank }
        }
        return inner
    }
}
