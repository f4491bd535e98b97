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
        if let fractions = results.fractions {
            let order = Ranks.descending(fractions, values: results.values)
            let values = results.values
            self.init(order: order, ties: ties) { values[$0] == values[$1] && fractions[$0] == fractions[$1] }
        } else {
            let grid = results.tieGrid
            let steps = results.values.map { grid > 0 ? ($0 / grid).rounded() : $0 }
            let order = RadixOrder.ascending(steps.map { ~RadixOrder.key($0) })
            self.init(order: order, ties: ties) { steps[$0] == steps[$1] }
        }
    }

    private init(order: [Int32], ties: TieRule, areEqual: (Int, Int) -> Bool) {
        var ranks = [Double](repeating: 0, count: order.count)
        var (start, group) = (0, 0)
        while start < order.count {
            var stop = start + 1
            while stop < order.count, areEqual(Int(order[stop - 1]), Int(order[stop])) { stop += 1 }
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

    /// By value first, which is quick; fractions that a Double cannot tell apart are then compared exactly.
    private static func descending(_ fractions: [Fraction], values: [Double]) -> [Int32] {
        guard fractions.allSatisfy(\.isSmall) else {
            return fractions.indices.map { Int32($0) }.sorted { a, b in
                let (x, y) = (fractions[Int(a)], fractions[Int(b)])
                return y < x || (!(x < y) && a < b)
            }
        }
        var order = RadixOrder.ascending(values.map { ~RadixOrder.key($0) })
        var start = 0
        while start < order.count {
            var stop = start + 1
            while stop < order.count, values[Int(order[stop])] == values[Int(order[start])] { stop += 1 }
            guard stop > start + 1 else {
                start = stop
                continue
            }
            let first = fractions[Int(order[start])]
            if order[start..<stop].contains(where: { fractions[Int($0)] != first }) {
                order[start..<stop].sort { a, b in
                    let (x, y) = (fractions[Int(a)], fractions[Int(b)])
                    return y < x || (!(x < y) && a < b)
                }
            }
            start = stop
        }
        return order
    }

    /// The ranks of ascending values, equal values sharing theirs.
    static func shared(_ ascending: [Double], ties: TieRule) -> [Double] {
        Ranks(order: ascending.indices.map { Int32($0) }, ties: ties) { ascending[$0] == ascending[$1] }.ranks
    }

    /// Average ranks, 1 for the lowest value.
    static func ascendingAverage(_ values: [Double]) -> [Double] {
        let order = RadixOrder.ascending(values.map { RadixOrder.key($0) })
        return Ranks(order: order, ties: .average) { values[$0] == values[$1] }.ranks
    }
}
