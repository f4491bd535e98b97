/// Results as whole numbers, with those that may be exchanged side by side.
///
/// Results are centred in their stratum and counted in units small enough that nothing of them is lost that matters and large enough that
/// every sum of them is exact in a Double; so sums are the same in any order.
struct StratifiedLabels: Sendable {
    /// The entries of one group in one stratum.
    struct Segment: Sendable {
        let group: Int
        let count: Int
    }

    /// The entries that may exchange labels.
    struct Stratum: Sendable {
        let range: Range<Int>
        /// Its groups; the largest is last, since its sum is what the others leave.
        let segments: [Segment]
        /// The sum of its whole numbers.
        let total: Int64
    }

    /// The results in units, stratum by stratum and in each group by group.
    let values: [Int32]
    /// What a unit is worth.
    let unit: Double
    /// Strata with at least two groups: in others no label can move.
    let strata: [Stratum]
    /// For each stratum with an entry its entries of each group.
    let counts: [[Int]]
    /// Σ (x − mean of the stratum)².
    let sumOfSquares: Double
    /// The sums of the groups under the labels as given.
    let observedSums: [Int64]
    /// The number of entries in each group; groups without entries are left out.
    let groupSizes: [Int]

    var count: Int { values.count }
    var strataCount: Int { counts.count }
    var groupCount: Int { groupSizes.count }

    init(_ results: [Double], groups: [Int32], strata: [Int32]?) {
        let positions = results.indices.filter { groups[$0] != Factor.missing && strata?[$0] != Factor.missing }
        let group = Factor.recoding(positions.map { groups[$0] }, levelCount: Int((groups.max() ?? -1) + 1))
        let stratum = strata.map { strata in
            Factor.recoding(positions.map { strata[$0] }, levelCount: Int((strata.max() ?? -1) + 1))
        }
        let (groupCount, strataCount) = (group.kept.count, stratum?.kept.count ?? (positions.isEmpty ? 0 : 1))
        // A key for each entry puts strata and their groups in order by counting.
        let keys = positions.map { position -> Int in
            let outer = stratum.map { Int($0.newCode[Int(strata?[position] ?? 0)]) } ?? 0
            return outer * groupCount + Int(group.newCode[Int(groups[position])])
        }
        var starts = [Int](repeating: 0, count: strataCount * groupCount + 1)
        for key in keys { starts[key + 1] += 1 }
        counts = (0..<strataCount).map { Array(starts[($0 * groupCount + 1)..<(($0 + 1) * groupCount + 1)]) }
        for key in 0..<strataCount * groupCount { starts[key + 1] += starts[key] }
        var (next, sorted) = (starts, [Double](repeating: 0, count: positions.count))
        for (key, position) in zip(keys, positions) {
            sorted[next[key]] = results[position]
            next[key] += 1
        }
        var squares = 0.0
        for outer in 0..<strataCount {
            let range = starts[outer * groupCount]..<starts[(outer + 1) * groupCount]
            let moments = Moments(of: sorted[range])
            for position in range { sorted[position] -= moments.mean ?? 0 }
            squares += moments.sumOfSquares
        }
        let largest = sorted.reduce(0) { max($0, $1.magnitude) }
        // What rounding leaves of equal results is not a difference.
        let scatter = results.reduce(0) { max($0, $1.magnitude) }
        let differ = largest > 1e-12 * scatter
        sumOfSquares = differ ? squares : 0
        unit = differ ? largest / StratifiedLabels.most(of: positions.count) : 1
        let whole = differ ? sorted.map { [unit] in Int32(($0 / unit).rounded()) } : [Int32](repeating: 0, count: sorted.count)
        var sums = [Int64](repeating: 0, count: groupCount)
        for key in 0..<strataCount * groupCount {
            for position in starts[key]..<starts[key + 1] { sums[key % max(1, groupCount)] += Int64(whole[position]) }
        }
        (values, observedSums) = (whole, sums)
        groupSizes = (0..<groupCount).map { [counts] group in counts.reduce(0) { $0 + $1[group] } }
        self.strata = (0..<strataCount).compactMap { [counts] outer in
            let range = starts[outer * groupCount]..<starts[(outer + 1) * groupCount]
            let segments = counts[outer].enumerated().filter { $0.element > 0 }.map { Segment(group: $0.offset, count: $0.element) }
            guard segments.count > 1 else { return nil }
            let total = whole[range].reduce(Int64(0)) { $0 + Int64($1) }
            return Stratum(range: range, segments: segments.sorted { ($0.count, $0.group) < ($1.count, $1.group) }, total: total)
        }
        fixedSums = StratifiedLabels.fixed(whole, counts: counts, starts: starts, groupCount: groupCount)
    }

    /// The sums of the groups over the strata where no label can move.
    let fixedSums: [Int64]

    private static func fixed(_ values: [Int32], counts: [[Int]], starts: [Int], groupCount: Int) -> [Int64] {
        var sums = [Int64](repeating: 0, count: groupCount)
        for (outer, sizes) in counts.enumerated() where sizes.count(where: { $0 > 0 }) == 1 {
            let range = starts[outer * groupCount]..<starts[(outer + 1) * groupCount]
            let only = sizes.firstIndex { $0 > 0 } ?? 0
            sums[only] += values[range].reduce(Int64(0)) { $0 + Int64($1) }
        }
        return sums
    }

    /// The largest whole number of so many: sums stay below 2⁵², numbers below 2³⁰.
    private static func most(of count: Int) -> Double {
        let bits = min(30, 52 - (Int.bitWidth - count.leadingZeroBitCount))
        return Double(1 << max(1, bits))
    }
}
