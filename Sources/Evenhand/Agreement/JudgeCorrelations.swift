/// How far pairs of judges agree on the entries that both scored.
///
/// Spearman's ρ is the product-moment correlation of average ranks among the common entries. Pairs with fewer than three common entries
/// have none. A judge whose scores are all equal has no correlation with any other, and then the mean is undefined rather than made of the
/// others.
///
/// Source: Kendall and Gibbons, *Rank Correlation Methods* (1990), chapter 1 and section 6.9.
public struct JudgeCorrelations: Sendable, Equatable {
    /// What is correlated.
    public enum Kind: Sendable, Equatable {
        /// The scores (Pearson).
        case scores
        /// Their ranks (Spearman).
        case ranks
    }

    /// Two judges.
    public struct Pair: Sendable, Equatable {
        /// The indices of the judges, the lower one first.
        public let a, b: Int
        /// The number of entries that both scored.
        public let common: Int
        /// `nil` when one of them gave all common entries the same score.
        public let correlation: Double?
    }

    /// What is correlated.
    public let kind: Kind
    /// The pairs with enough common entries, in the order of the judges; empty where they are too many.
    public let pairs: [Pair]
    /// The mean of the correlations of pairs, weighted by their common entries less one: the plain mean where all saw the same entries.
    /// `nil` when there are none, or a judge is constant.
    public let mean: Double?
    /// Where the mean lies in a population of judges and entries; for these judges only when there are but two.
    public let interval: JudgedInterval?
    /// The judges who gave all their entries the same score, of those with at least three.
    public let constantJudges: [Int]
    /// Whether there were too many judges and scores to examine all pairs.
    public let isTooLarge: Bool

    /// Fewer common entries say nothing.
    static let fewestCommon = 3
    /// Judges times scores up to which pairs are examined.
    static let mostWork = 20_000_000

    /// The correlations of a sheet of totals.
    public init(of sheet: ScoreSheet, kind: Kind = .ranks, level: Double = 0.95) {
        self.kind = kind
        let columns = JudgeColumns(of: sheet)
        constantJudges = sheet.constantJudges
        isTooLarge = sheet.judges.count * sheet.count > JudgeCorrelations.mostWork
        pairs = isTooLarge ? [] : columns.pairs(kind, without: .nothing)
        guard constantJudges.isEmpty, let mean = JudgeCorrelations.mean(pairs) else {
            (self.mean, interval) = (nil, nil)
            return
        }
        self.mean = mean
        let everyPair = pairs
        interval = TwoWayJackknife(of: sheet).interval(
            level: level, scale: { $0.magnitude < 1 - 1e-12 ? naturalLogarithm((1 + $0) / (1 - $0)) : nil },
            back: { 1 - 2 / (1 + exponential($0)) }
        ) { omission in
            if case .entries = omission { return JudgeCorrelations.mean(columns.pairs(kind, without: omission)) }
            return JudgeCorrelations.mean(everyPair.filter { !omission.omits(judge: Int32($0.a)) && !omission.omits(judge: Int32($0.b)) })
        }
    }

    /// The entries that a pair has in common, on average over the pairs that have a correlation.
    public var meanCommon: Double? {
        let found = pairs.filter { $0.correlation != nil }
        return found.isEmpty ? nil : Double(found.reduce(0) { $0 + $1.common }) / Double(found.count)
    }

    private static func mean(_ pairs: [Pair]) -> Double? {
        var (sum, weights) = (0.0, 0.0)
        for pair in pairs {
            guard let correlation = pair.correlation else { continue }
            (sum, weights) = (sum + Double(pair.common - 1) * correlation, weights + Double(pair.common - 1))
        }
        return weights > 0 ? sum / weights : nil
    }
}

/// For each judge the entries (performances) and scores in order.
private struct JudgeColumns: Sendable {
    private let columns: [[(position: Int32, entry: Int32, units: Double)]]

    init(of sheet: ScoreSheet) {
        var columns = [[(position: Int32, entry: Int32, units: Double)]](repeating: [], count: sheet.judges.count)
        for (position, performance) in sheet.performances.enumerated() {
            for row in performance.rows {
                columns[Int(sheet.judgeCodes[row])].append((Int32(position), performance.entry, sheet.units[row]))
            }
        }
        self.columns = columns
    }

    func pairs(_ kind: JudgeCorrelations.Kind, without omission: TwoWayJackknife.Omission) -> [JudgeCorrelations.Pair] {
        var pairs: [JudgeCorrelations.Pair] = []
        for b in columns.indices {
            for a in 0..<b {
                let (x, y) = common(columns[a], columns[b], omission)
                guard x.count >= JudgeCorrelations.fewestCommon else { continue }
                let value =
                    kind == .scores
                    ? JudgeColumns.correlation(x, y)
                    : JudgeColumns.correlation(Ranks.ascendingAverage(x), Ranks.ascendingAverage(y))
                pairs.append(JudgeCorrelations.Pair(a: a, b: b, common: x.count, correlation: value))
            }
        }
        return pairs
    }

    private func common(
        _ a: [(position: Int32, entry: Int32, units: Double)], _ b: [(position: Int32, entry: Int32, units: Double)],
        _ omission: TwoWayJackknife.Omission
    ) -> ([Double], [Double]) {
        var (x, y, i, j) = ([Double](), [Double](), 0, 0)
        while i < a.count, j < b.count {
            if a[i].position == b[j].position {
                if !omission.omits(entry: a[i].entry) {
                    x.append(a[i].units)
                    y.append(b[j].units)
                }
                (i, j) = (i + 1, j + 1)
            } else if a[i].position < b[j].position {
                i += 1
            } else {
                j += 1
            }
        }
        return (x, y)
    }

    private static func correlation(_ x: [Double], _ y: [Double]) -> Double? {
        var moments = PairMoments()
        for (a, b) in zip(x, y) { moments.add(a, b) }
        return moments.correlation
    }
}
