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
            guard let numerators = Fraction.commonNumerators(fractions) else {
                let order = Ranks.descending(fractions)
                self.init(order: order, ties: ties) { fractions[Int(order[$0])] == fractions[Int(order[$1])] }
                return
            }
            self.init(descending: numerators.count, ties: ties) { RadixOrder.key(numerators[$0]) }
        } else {
            let (values, grid) = (results.values, results.tieGrid)
            guard grid > 0, values.allSatisfy({ ($0 / grid).magnitude < 0x1p62 }) else {
                let steps = grid > 0 ? values.map { ($0 / grid).rounded() } : values
                self.init(descending: steps.count, ties: ties) { RadixOrder.key(steps[$0]) }
                return
            }
            // Whole numbers differ in fewer digits than Doubles.
            let steps = Parallel.array(count: values.count, of: Int64.self) { range, steps in
                for entry in range { steps[entry] = Int64((values[entry] / grid).rounded()) }
            }
            self.init(descending: steps.count, ties: ties) { RadixOrder.key(steps[$0]) }
        }
    }

    @inline(__always)
    private init(descending count: Int, ties: TieRule, key: (Int) -> UInt64) {
        // Counted from the largest, so that as few digits as possible differ.
        let most = (0..<count).reduce(UInt64(0)) { max($0, key($1)) }
        let (order, keys) = RadixOrder.ascending(count: count) { most - key($0) }
        self.init(order: order, ties: ties) { keys[$0] == keys[$1] }
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
        // Place 0 is for entries without a group.
        var starts = [Int](repeating: 0, count: Int(codes.max() ?? 0) + 3)
        for code in codes { starts[Int(code) + 2] += 1 }
        for group in starts.indices.dropFirst() { starts[group] += starts[group - 1] }
        var (members, next) = ([(entry: Int32, rank: Double)](repeating: (0, 0), count: codes.count), starts)
        for entry in order {
            let group = Int(codes[Int(entry)]) + 1
            members[next[group]] = (entry, ranks[Int(entry)])
            next[group] += 1
        }
        var inner = [Double](repeating: 0, count: codes.count)
        for (start, stop) in zip(starts, starts.dropFirst()) where stop > start {
            let shared = Ranks.shared(members[start..<stop].map(\.rank), ties: ties)
            for (member, rank) in zip(members[start..<stop], shared) { inner[Int(member.entry)] = rank }
        }
        return inner
    }
}
