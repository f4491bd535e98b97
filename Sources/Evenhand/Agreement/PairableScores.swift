/// The scores that have another score of the same performance to agree with.
struct PairableScores: Sendable {
    /// The different scores in units as the judges gave them, the worst first.
    let levels: [Double]
    /// For each score of the sheet its index among the levels.
    private let codes: [Int32]
    private let judges: [Int32]
    private let performances: [Performance]
    let unitCount: Int
    let valueCount: Int

    init(of sheet: ScoreSheet) {
        let (order, keys) = RadixOrder.ascending(sheet.units.map { RadixOrder.key($0) })
        var (codes, levels) = ([Int32](repeating: 0, count: order.count), [Double]())
        for (position, row) in order.enumerated() {
            if position == 0 || keys[position] != keys[position - 1] { levels.append(sheet.direction.turned(sheet.units[Int(row)])) }
            codes[Int(row)] = Int32(levels.count - 1)
        }
        (self.codes, self.levels, judges, performances) = (codes, levels, sheet.judgeCodes, sheet.performances)
        let pairable = sheet.performances.filter { $0.rows.count > 1 }
        (unitCount, valueCount) = (pairable.count, pairable.reduce(0) { $0 + $1.rows.count })
    }

    /// Whether ratios of scores mean something, and all pairs of levels can be examined.
    var isRatioScale: Bool { levels.count <= KrippendorffAlpha.mostRatioValues && min(levels.first ?? 0, levels.last ?? 0) >= 0 }

    /// D_o and D_e up to a common factor.
    struct Disagreement {
        let observed: Double
        let expected: Double
        var alpha: Double? { expected > 0 ? 1 - observed / expected : nil }
    }

    func disagreement(_ metric: KrippendorffAlpha.Metric, without omission: TwoWayJackknife.Omission) -> Disagreement {
        let counts = levelCounts(without: omission)
        let total = counts.reduce(0, +)
        guard total > 1 else { return Disagreement(observed: 0, expected: 0) }
        switch metric {
        case .nominal:
            let all = (total * total - counts.reduce(0) { $0 + $1 * $1 }) / 2
            return disagreement(total, all, omission) { PairableScores.differingPairs($0.sorted()) }
        case .ratio:
            let distance = { (a: Double, b: Double) in a + b > 0 ? (a - b) / (a + b) * ((a - b) / (a + b)) : 0 }
            let present = counts.indices.filter { counts[$0] > 0 }
            var all = 0.0
            for (position, a) in present.enumerated() {
                for b in present[..<position] { all += counts[a] * counts[b] * distance(levels[a], levels[b]) }
            }
            return disagreement(total, all, omission) { codes in
                var sum = 0.0
                for (position, a) in codes.enumerated() {
                    for b in codes[..<position] { sum += distance(levels[Int(a)], levels[Int(b)]) }
                }
                return sum
            }
        case .interval, .ordinal:
            let values = metric == .interval ? centered(counts, total) : PairableScores.ranks(counts, total)
            let all = PairableScores.squaredDistances(total, values.indices.lazy.map { (counts[$0], values[$0]) })
            return disagreement(total, all, omission) { codes in
                PairableScores.squaredDistances(Double(codes.count), codes.lazy.map { (1, values[Int($0)]) })
            }
        }
    }

    /// Σ_u P(u) / (m_u − 1) and P(all) / (n − 1).
    private func disagreement(
        _ total: Double, _ all: Double, _ omission: TwoWayJackknife.Omission, _ pairs: ([Int32]) -> Double
    ) -> Disagreement {
        // By size of panel, so that whole numbers are added before they are divided.
        var sums: [Double] = []
        forEachUnit(without: omission) { codes in
            if sums.count < codes.count { sums += [Double](repeating: 0, count: codes.count - sums.count) }
            sums[codes.count - 1] += pairs(codes)
        }
        let observed = sums.enumerated().dropFirst().reduce(0) { $0 + $1.element / Double($1.offset) }
        return Disagreement(observed: observed, expected: all / (total - 1))
    }

    /// The pairs of scores that differ, from levels in order: (n² − Σ n_c²) / 2.
    private static func differingPairs(_ sorted: [Int32]) -> Double {
        var (same, start) = (0, 0)
        while start < sorted.count {
            let stop = sorted[start...].firstIndex { $0 != sorted[start] } ?? sorted.count
            same += (stop - start) * (stop - start)
            start = stop
        }
        return Double(sorted.count * sorted.count - same) / 2
    }

    /// Σ (a − b)² over pairs is n Σx² − (Σx)².
    private static func squaredDistances(_ count: Double, _ values: some Sequence<(Double, Double)>) -> Double {
        var (sum, squares) = (0.0, 0.0)
        for (weight, value) in values { (sum, squares) = (sum + weight * value, squares + weight * value * value) }
        return max(0, count * squares - sum * sum)
    }

    /// The levels less a whole number near their mean, which keeps sums exact and small.
    private func centered(_ counts: [Double], _ total: Double) -> [Double] {
        let pivot = (zip(counts, levels).reduce(0) { $0 + $1.0 * $1.1 } / total).rounded()
        return levels.map { $0 - pivot }
    }

    /// Mean ranks of the levels about their middle.
    private static func ranks(_ counts: [Double], _ total: Double) -> [Double] {
        var below = 0.0
        return counts.map { count in
            defer { below += count }
            return below + count / 2 - (total / 2).rounded()
        }
    }

    private func levelCounts(without omission: TwoWayJackknife.Omission) -> [Double] {
        var counts = [Double](repeating: 0, count: levels.count)
        forEachUnit(without: omission) { codes in
            for code in codes { counts[Int(code)] += 1 }
        }
        return counts
    }

    /// Hands the levels of each performance that keeps two scores to `body`.
    private func forEachUnit(without omission: TwoWayJackknife.Omission, _ body: ([Int32]) -> Void) {
        var kept: [Int32] = []
        for performance in performances where !omission.omits(entry: performance.entry) {
            kept.removeAll(keepingCapacity: true)
            for row in performance.rows where !omission.omits(judge: judges[row]) { kept.append(codes[row]) }
            if kept.count > 1 { body(kept) }
        }
    }
}
