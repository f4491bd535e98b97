/// The differences of all pairs of groups, with p-values adjusted for their number.
public struct GroupPairs: Sendable, Equatable {
    /// Two groups.
    public struct Row: Sendable, Equatable {
        /// The first group.
        public let a: Int
        /// The second group; the difference is that of the first less the second.
        public let b: Int
        /// The difference of the results as people read them; `nil` when they share no heat or neither has a spread.
        public let difference: Estimate?
        /// P(a difference as large) when the groups do not differ.
        public let p: Double?
        /// The same adjusted for all pairs.
        public let adjusted: Double?
    }

    /// The pairs in the order of the groups.
    public let rows: [Row]
    /// How p-values were adjusted.
    public let adjustment: PAdjustment

    /// The differences of the groups that have enough entries; none when groups cannot be separated from heats.
    ///
    /// - Parameters:
    ///   - results: what the groups are compared by.
    ///   - grouping: the groups of the entries.
    ///   - adjustment: for the number of pairs.
    public init(of results: GroupResults, _ grouping: Grouping, adjustedBy adjustment: PAdjustment = .holm) {
        let layout = ComparedGroups(results, grouping)
        self.adjustment = adjustment
        guard layout.refusal == nil else {
            rows = []
            return
        }
        let values = GroupPairs.byHeat(results, layout, groupCount: grouping.count)
        let pairs = layout.tested.enumerated().flatMap { position, a in layout.tested[(position + 1)...].map { (a, $0) } }
        let tests = Parallel.map(pairs.count, size: pairs.count * 16) { index -> WelchPair in
            let (a, b) = pairs[index]
            return WelchPair(heats: values.map { ($0[a], $0[b]) })
        }
        let p = tests.map(\.p)
        let adjusted = adjustment.adjusted(p)
        rows = pairs.indices.map {
            Row(
                a: pairs[$0].0, b: pairs[$0].1, difference: tests[$0].difference.map(results.direction.turned), p: p[$0],
                adjusted: adjusted[$0])
        }
    }

    /// For each heat the values of each group.
    private static func byHeat(_ results: GroupResults, _ layout: ComparedGroups, groupCount: Int) -> [[[Double]]] {
        let heatCount = Int((results.heats?.max() ?? 0) + 1)
        var values = [[[Double]]](repeating: [[Double]](repeating: [], count: groupCount), count: heatCount)
        for (position, code) in layout.codes.enumerated() where code != Factor.missing {
            values[Int(results.heats?[position] ?? 0)][Int(code)].append(results.compared[position])
        }
        return values
    }
}
