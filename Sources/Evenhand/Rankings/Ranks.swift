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
            self.init(descending: numerators.map { RadixOrder.key($0) }, ties: ties)
        } else {
            let grid = results.tieGrid
            let steps = grid == 0 ? results.values : results.values.map { ($0 / grid).rounded() }
            let areWhole = steps.allSatisfy { $0.magnitude < 0x1p62 && $0 == $0.rounded() }
            // Whole numbers differ in fewer digits than Doubles.
            self.init(descending: areWhole ? steps.map { RadixOrder.key(Int64($0)) } : steps.map { RadixOrder.key($0) }, ties: ties)
        }
    }

    private init(descending keys: [UInt64], ties: TieRule) {
        let most = keys.max() ?? 0
        let (order, keys) = RadixOrder.ascending(keys.map { most - $0 })
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
        let (order, keys) = RadixOrder.ascending(values.map { RadixOrder.key($0) })
        return Ranks(order: order, ties: .average) { keys[$0] == keys[$1] }.ranks
    }

    /// Ranks among the entries of the same group; a code of `Factor.missing` is a group of its own.
    func within(_ codes: [Int32], ties: TieRule) -> [Double] {
        // Place 0 is for entries without a group.
        var starts = [Int](repeating: 0, count: Int(codes.max() ?? 0) + 3)
        for code in codes { starts[Int(code) + 2] += 1 }
        for group in starts.indices.dropFirst() { starts[group] += starts[group - 1] }
        var (members, next) = ([Int32](repeating: 0, count: codes.count), starts)
        for entry in order {
            let group = Int(codes[Int(entry)]) + 1
            members[next[group]] = entry
            next[group] += 1
        }
        var inner = [Double](repeating: 0, count: codes.count)
        for (start, stop) in zip(starts, starts.dropFirst()) where stop > start {
            let group = members[start..<stop]
            for (entry, rank) in zip(group, Ranks.shared(group.map { ranks[Int($0)] }, ties: ties)) { inner[Int(entry)] = rank }
        }
        return inner
    }
}
