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

    /// The ranks of exact numbers, the highest first.
    init(of fractions: [Fraction], ties: TieRule = .min) {
        guard let numerators = Fraction.commonNumerators(fractions) else {
            let order = Ranks.descending(fractions)
            self.init(order: order, ties: ties) { fractions[Int(order[$0])] == fractions[Int(order[$1])] }
            return
        }
        self.init(descending: numerators.count, ties: ties) { RadixOrder.key(numerators[$0]) }
    }

    /// The ranks of numbers, the highest first; those that lie less than `grid` below the first of a run are equal to it.
    ///
    /// A run and no grid of fixed lines, on whose two sides equal results could fall by rounding.
    init(of values: [Double], closerThan grid: Double, ties: TieRule = .min) {
        var order = RadixOrder.ascending(count: values.count) { ~RadixOrder.key(values[$0]) }.order
        var (isStart, start) = ([Bool](repeating: false, count: order.count), 0)
        while start < order.count {
            let first = values[Int(order[start])]
            var stop = start + 1
            while stop < order.count, first - values[Int(order[stop])] < grid || first == values[Int(order[stop])] { stop += 1 }
            isStart[start] = true
            if stop - start > 1 { order[start..<stop].sort() }
            start = stop
        }
        self.init(order: order, ties: ties) { !isStart[$1] }
    }

    /// The ranks of numbers that tie only when they agree to rounding.
    init(agreeing values: [Double], spread: Double = 1) {
        self.init(of: values, closerThan: Ranks.grid(spread: spread, largest: values.reduce(0) { max($0, $1.magnitude) }))
    }

    /// The indices of numbers in ascending order, those that differ by rounding alone in the order of their indices.
    ///
    /// - Parameter rounding: the largest difference that is rounding, in addition to 10⁻⁹ of the number itself.
    package static func ascending(_ values: [Double], rounding: Double = 0) -> [Int] {
        let sorted = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var order: [Int] = []
        while order.count < sorted.count {
            let first = values[sorted[order.count]]
            let reach = first + max(rounding, 1e-9 * first.magnitude)
            order += sorted[order.count...].prefix { values[$0] <= reach }.sorted()
        }
        return order
    }

    /// How close results tie: 10⁻¹⁰ of the spread of their scale, and what rounding moves results as large as `largest` by.
    static func grid(spread: Double, largest: Double) -> Double { max(1e-10 * (spread > 0 ? spread : 1), 16 * largest.ulp) }

    @inline(__always)
    private init(descending count: Int, ties: TieRule, key: (Int) -> UInt64) {
        // Counted from the largest, so that as few digits as possible differ.
        let most = (0..<count).reduce(UInt64(0)) { max($0, key($1)) }
        let (order, keys) = RadixOrder.ascending(count: count) { most - key($0) }
        self.init(order: order, ties: ties) { keys[$0] == keys[$1] }
    }

    /// - Parameter areEqual: whether the results at two neighbouring positions of the order are equal.
    init(order: [Int32], ties: TieRule, areEqual: (Int, Int) -> Bool) {
        var ranks = [Double](repeating: 0, count: order.count)
        var (start, group) = (0, 0)
        while start < order.count {
            var stop = start + 1
            while stop < order.count, areEqual(stop - 1, stop) { stop += 1 }
            group += 1
            for position in start..<stop {
                ranks[Int(order[position])] =
                    switch ties {
                    case .min: Double(start + 1)
                    case .dense: Double(group)
                    case .average: Double(start + 1 + stop) / 2
                    case .ordinal: Double(position + 1)
                    }
            }
            start = stop
        }
        self.order = order
        self.ranks = ranks
    }

    private static func descending(_ fractions: [Fraction]) -> [Int32] {
        fractions.indices.map { Int32($0) }.sorted { a, b in
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
        let (order, keys) = RadixOrder.ascending(count: values.count) { RadixOrder.key(values[$0]) }
        return Ranks(order: order, ties: .average) { keys[$0] == keys[$1] }.ranks
    }

    /// Ranks among the entries of the same group; a code of `Factor.missing` is a group of its own.
    func within(_ codes: [Int32], ties: TieRule) -> [Double] {
        let inner = counted(codes, ties, order)
        guard ties == .average else { return inner }
        // From the other end equal entries get the last of their ranks; the average lies in the middle.
        let sizes = codes.reduce(into: [Int32: Double]()) { $0[$1, default: 0] += 1 }
        let outer = counted(codes, ties, order.reversed())
        return codes.indices.map { (inner[$0] + (sizes[codes[$0]] ?? 0) + 1 - outer[$0]) / 2 }
    }

    /// Ranks among the entries of the same group as they come by; where averages are wanted, equal entries share the first of their ranks.
    private func counted(_ codes: [Int32], _ ties: TieRule, _ order: [Int32]) -> [Double] {
        // Element 0 is for entries without a group.
        var groups = [GroupProgress](repeating: GroupProgress(), count: Int(codes.max() ?? 0) + 2)
        var inner = [Double](repeating: 0, count: codes.count)
        for entry in order.lazy.map({ Int($0) }) { inner[entry] = groups[Int(codes[entry]) + 1].next(ranks[entry], ties) }
        return inner
    }
}

/// Where a group's entries have got to.
private struct GroupProgress {
    private var count = 0
    private var distinct = 0
    private var first = 0
    private var last = -1.0

    /// The rank in the group of its next entry, whose rank among all is given.
    mutating func next(_ rank: Double, _ ties: TieRule) -> Double {
        count += 1
        if rank != last { (distinct, first, last) = (distinct + 1, count, rank) }
        return switch ties {
        case .min, .average: Double(first)
        case .dense: Double(distinct)
        case .ordinal: Double(count)
        }
    }
}
