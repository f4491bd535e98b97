/// Entries that a judge who scored them several times places far higher or lower than the other scores predict.
///
/// A judge who met an entry k times, in several rounds or stages, has k rests e of the same leverage h under the crossed model. Leaving all
/// k scores out changes their mean to ē / (1 − k h), exactly when the variances are held; the standard deviation of ē is s √((1 − k h) /
/// k). The scale s is a robust one of all such pairs, so that views that every judge keeps from round to round do not make an entry a
/// favourite. A pair is listed when |z| passes `OutlyingScores.limit`.
///
/// Source: Cook and Weisberg, *Residuals and Influence in Regression* (1982), section 3.6, for several cases left out at once.
public struct Favourites: Sendable {
    /// A judge and an entry.
    public struct Pair: Sendable, Equatable {
        /// The judge's index in the sheet.
        public let judge: Int
        /// The entry's index in the sheet.
        public let entry: Int
        /// How many scores the judge gave the entry, at least 2.
        public let count: Int
        /// Their mean, in points as the judges give them.
        public let mean: Double
        /// The mean less what all other scores predict.
        public let residual: Double
        /// The residual in robust standard deviations.
        public let z: Double
        /// The chance of so large a z, either way, among all pairs (Benjamini and Hochberg).
        public let adjustedP: Double

        /// What all other scores predict.
        public var expected: Double { mean - residual }
        /// Whether it is too far off to be chance.
        public var isBeyondChance: Bool { adjustedP <= OutlyingScores.level }
    }

    /// The pairs far from what is expected, the furthest first.
    public let pairs: [Pair]
    /// How many pairs have at least two scores.
    public let count: Int

    /// The pairs of a sheet; `nil` where no judge scored an entry twice.
    init?(of residuals: CrossedResiduals) {
        let sheet = residuals.fit.sheet
        var rows: [Int: [Int]] = [:]
        for performance in sheet.performances {
            for row in performance.rows {
                rows[Int(performance.entry) * sheet.judges.count + Int(sheet.judgeCodes[row]), default: []].append(row)
            }
        }
        let repeated = rows.filter { $1.count > 1 }.sorted { $0.key < $1.key }
        guard !repeated.isEmpty else { return nil }
        let found = repeated.compactMap { key, rows -> (key: Int, rows: [Int], freedom: Double, standardized: Double)? in
            // With effects of heats the leverages of a pair differ a little.
            let freedom = 1 - rows.reduce(0) { $0 + residuals.leverages[$1] }
            guard freedom > 1e-9 else { return nil }
            let sum = rows.reduce(0) { $0 + residuals.values[$1] }
            return (key, rows, freedom, sum / (Double(rows.count) * freedom).squareRoot())
        }
        count = found.count
        let scale = found.isEmpty ? 0 : RobustScale(of: found.map(\.standardized)).scale
        guard scale > 0 else {
            pairs = []
            return
        }
        let distribution = StudentT(degreesOfFreedom: max(1, OutlyingScores.efficiency * Double(found.count)))
        let adjusted = PAdjustment.bh.adjusted(found.map { 2 * distribution.upperTail($0.standardized.magnitude / scale) })
        pairs = found.indices.filter { found[$0].standardized.magnitude > OutlyingScores.limit * scale }
            .sorted { (-found[$0].standardized.magnitude, $0) < (-found[$1].standardized.magnitude, $1) }
            .map { index in
                let (key, rows, freedom, standardized) = found[index]
                let number = Double(rows.count)
                return Pair(
                    judge: key % sheet.judges.count, entry: key / sheet.judges.count, count: rows.count,
                    mean: rows.reduce(0) { $0 + sheet.score(at: $1) } / number,
                    residual: sheet.direction.turned(rows.reduce(0) { $0 + residuals.values[$1] } / number / freedom),
                    z: sheet.direction.turned(standardized / scale), adjustedP: adjusted[index] ?? 1)
            }
    }
}
