/// Counts, means and standard deviations of the scores of each group (a judge, a heat), in units, counted from one pivot.
struct GroupMoments: Sendable {
    /// A number near all scores; means are kept as distances from it, which loses no digits when scores are large and close.
    let pivot: Double
    let counts: [Int]
    /// The mean of each group less the pivot; 0 of an empty one.
    let offsets: [Double]
    /// The sample SD of each group; `nil` for fewer than two scores.
    let deviations: [Double?]
    /// The mean of all scores less the pivot.
    let grandOffset: Double
    /// The sample SD of all scores, 0 of fewer than two.
    let grandDeviation: Double
    /// √(Σ (n − 1) s² / Σ (n − 1)): the root mean variance within groups, 0 when no group has two scores.
    let pooledDeviation: Double

    /// The moments of `units` in groups `codes`.
    ///
    /// - Throws: `FitError.overflow` when exact sums pass 2¹²⁷.
    init(_ units: [Double], isExact: Bool, codes: [Int32], groupCount: Int) throws(FitError) {
        let (least, most) = GroupMoments.extremes(units)
        let pivot = isExact ? ((least + most) / 2).rounded() : units.first ?? 0
        let reach = max(most - pivot, pivot - least)
        let sums: GroupSums
        if !isExact {
            sums = GroupSums(approximating: units, pivot: pivot, codes: codes, groupCount: groupCount)
        } else if reach * reach * Double(units.count) < 0x1p62 {
            sums = GroupSums(narrow: units, pivot: pivot, codes: codes, groupCount: groupCount)
        } else {
            sums = try GroupSums(wide: units, pivot: pivot, codes: codes, groupCount: groupCount)
        }
        self.init(sums, pivot: pivot)
    }

    /// The moments of groups whose deviations from a pivot have been summed up.
    ///
    /// - Throws: `FitError.overflow` when exact sums pass 2¹²⁷.
    init(centered sums: [GroupSums.Exact], pivot: Double) throws(FitError) {
        self.init(try GroupSums(checking: sums), pivot: pivot)
    }

    private init(_ sums: GroupSums, pivot: Double) {
        self.pivot = pivot
        counts = sums.counts
        offsets = sums.offsets
        deviations = zip(sums.counts, sums.squares).map { $0 < 2 ? nil : ($1 / Double($0 - 1)).squareRoot() }
        let total = sums.counts.reduce(0, +)
        grandOffset = sums.grandOffset
        grandDeviation = total < 2 ? 0 : (sums.grandSquares / Double(total - 1)).squareRoot()
        let freedom = sums.counts.reduce(0) { $0 + max(0, $1 - 1) }
        pooledDeviation = freedom == 0 ? 0 : (sums.squares.reduce(0, +) / Double(freedom)).squareRoot()
    }

    private static func extremes(_ units: [Double]) -> (Double, Double) {
        let pieces = Parallel.pieces(of: units.count)
        let parts = Parallel.map(pieces.count) { piece -> (Double, Double) in
            var (least, most) = (Double.infinity, -Double.infinity)
            for row in pieces[piece] {
                least = min(least, units[row])
                most = max(most, units[row])
            }
            return (least, most)
        }
        return (parts.map(\.0).min() ?? 0, parts.map(\.1).max() ?? 0)
    }
}

/// Sums of deviations from a pivot by group: `offsets` Σd / n and `squares` Σ(x − mean)².
struct GroupSums {
    /// Count, Σd and Σd² of a group.
    typealias Exact = (count: Int, deviation: Int128, square: Int128)

    var counts: [Int]
    var offsets: [Double]
    var squares: [Double]
    var grandOffset: Double
    var grandSquares: Double

    /// Whole-number sums that fit 64 bits; exact, so the order of the pieces does not matter.
    init(narrow units: [Double], pivot: Double, codes: [Int32], groupCount: Int) {
        let pieces = Parallel.pieces(of: units.count, grain: max(Parallel.grain, 4 * groupCount))
        // Counts apart from sums, so that the sums of many judges stay in the nearer cache.
        let parts = Parallel.map(pieces.count) { piece -> (counts: [Int32], sums: [SIMD2<Int64>]) in
            var counts = [Int32](repeating: 0, count: groupCount)
            var sums = [SIMD2<Int64>](repeating: .zero, count: groupCount)
            for row in pieces[piece] {
                let (group, deviation) = (Int(codes[row]), Int64(units[row] - pivot))
                counts[group] &+= 1
                sums[group] &+= SIMD2(deviation, deviation &* deviation)
            }
            return (counts, sums)
        }
        let groups = (0..<groupCount).map { group in
            parts.reduce((count: 0, sums: SIMD2<Int64>.zero)) { ($0.count + Int($1.counts[group]), $0.sums &+ $1.sums[group]) }
        }
        self.init(exactly: groups.map { ($0.count, Int128($0.sums[0]), Int128($0.sums[1])) })
    }

    init(wide units: [Double], pivot: Double, codes: [Int32], groupCount: Int) throws(FitError) {
        var sums = [Exact](repeating: (0, 0, 0), count: groupCount)
        for row in units.indices {
            let deviation = Int128(units[row] - pivot)
            let group = Int(codes[row])
            let (square, over) = sums[group].square.addingReportingOverflow(deviation * deviation)
            if over { throw .overflow(of: "squared scores") }
            sums[group] = (sums[group].count + 1, sums[group].deviation + deviation, square)
        }
        try self.init(checking: sums)
    }

    /// Sums of any size.
    init(checking sums: [Exact]) throws(FitError) {
        let count = Int128(sums.reduce(0) { $0 + $1.count })
        let total = sums.reduce(Int128(0)) { $0 + $1.deviation }
        var squares = Int128(0)
        for sum in sums {
            let (next, over) = squares.addingReportingOverflow(sum.square)
            if over { throw .overflow(of: "squared scores") }
            squares = next
        }
        // n Q − D² is the largest number that is formed; D² ≤ n Q, so it suffices that n Q and D² fit.
        if squares.multipliedReportingOverflow(by: count).overflow || total.multipliedReportingOverflow(by: total).overflow {
            throw .overflow(of: "squared scores")
        }
        for sum in sums where sum.deviation.multipliedReportingOverflow(by: sum.deviation).overflow {
            throw .overflow(of: "squared scores")
        }
        self.init(exactly: sums)
    }

    private init(exactly sums: [Exact]) {
        func squares(_ sum: Exact) -> Double {
            sum.count == 0 ? 0 : Double(nearest: Int128(sum.count) * sum.square - sum.deviation * sum.deviation) / Double(sum.count)
        }
        let total = sums.reduce(Exact(0, 0, 0)) {
            ($0.count + $1.count, $0.deviation + $1.deviation, $0.square + $1.square)
        }
        counts = sums.map(\.count)
        offsets = sums.map { $0.count == 0 ? 0 : Fraction($0.deviation, over: Int128($0.count)).value }
        self.squares = sums.map(squares)
        grandOffset = total.count == 0 ? 0 : Fraction(total.deviation, over: Int128(total.count)).value
        grandSquares = squares(total)
    }

    /// Scores that are not exact: two passes in the canonical order of the sheet.
    init(approximating units: [Double], pivot: Double, codes: [Int32], groupCount: Int) {
        counts = [Int](repeating: 0, count: groupCount)
        offsets = [Double](repeating: 0, count: groupCount)
        squares = [Double](repeating: 0, count: groupCount)
        for row in units.indices {
            counts[Int(codes[row])] += 1
            offsets[Int(codes[row])] += units[row] - pivot
        }
        let total = offsets.reduce(0, +)
        for group in offsets.indices where counts[group] > 0 { offsets[group] /= Double(counts[group]) }
        let center = units.isEmpty ? 0 : total / Double(units.count)
        (grandOffset, grandSquares) = (center, 0)
        for row in units.indices {
            let deviation = units[row] - pivot
            let group = Int(codes[row])
            squares[group] += (deviation - offsets[group]) * (deviation - offsets[group])
            grandSquares += (deviation - center) * (deviation - center)
        }
        // Equal scores have a mean that may be off by a rounding; they do not vary.
        for group in offsets.indices
        where squares[group] <= 1e-28 * (offsets[group] + pivot) * (offsets[group] + pivot) * Double(counts[group]) {
            squares[group] = 0
        }
    }
}
