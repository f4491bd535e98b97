/// Scores far from what the other scores predict: typing errors, and judgements that somebody should explain.
///
/// What is expected is made without the score itself: with e its rest under the crossed model and h its leverage, leaving it out changes
/// the residual to e / (1 − h), whose standard deviation is s / √(1 − h). The noise s is robust, 1.4826 times the median distance of e /
/// √(1 − h) from its median, since a typing error would raise the usual one and so hide itself. A score is outlying when |z| passes 3; of
/// normal noise 27 in 10,000 scores do.
///
/// Source: Cook and Weisberg, *Residuals and Influence in Regression* (1982), section 2.2.
public struct OutlyingScores: Sendable {
    /// One score.
    public struct Score: Sendable, Equatable {
        /// Its index in the sheet.
        public let row: Int
        /// What the other scores predict, in points as the judges give them.
        public let expected: Double
        /// The score less that.
        public let residual: Double
        /// The residual in robust standard deviations.
        public let z: Double
        /// The chance of so large a z, either way, among all scores (Benjamini and Hochberg).
        public let adjustedP: Double

        /// Whether it is too far off to be chance.
        public var isBeyondChance: Bool { adjustedP <= OutlyingScores.level }
    }

    /// The outlying scores, the furthest first.
    public let scores: [Score]
    /// How many normal noise would make outlying.
    public let expectedByChance: Double
    /// How many scores were looked at.
    public let count: Int

    /// Beyond so many standard deviations a score is outlying.
    public static let limit = 3.0
    /// The share of false ones among the scores that are called beyond chance.
    public static let level = 0.01
    /// The efficiency of the median distance as a measure of spread, which gives the scale its degrees of freedom.
    static let efficiency = 0.37

    /// Looks through the residuals of a model.
    init(of residuals: CrossedResiduals) {
        let freedom = residuals.leverages.map { max(0, 1 - $0) }
        // A score that is its own expectation has no residual.
        let tested = freedom.indices.filter { freedom[$0] > 1e-9 }
        let standardized = tested.map { residuals.values[$0] / freedom[$0].squareRoot() }
        let scale = standardized.isEmpty ? 0 : RobustScale(of: standardized).scale
        count = tested.count
        let degrees = max(1, OutlyingScores.efficiency * freedom.reduce(0, +))
        let distribution = StudentT(degreesOfFreedom: degrees)
        expectedByChance = 2 * distribution.upperTail(OutlyingScores.limit) * Double(count)
        guard scale > 0 else {
            scores = []
            return
        }
        let order = standardized.indices.filter { standardized[$0].magnitude > OutlyingScores.limit * scale }
            .sorted { (-standardized[$0].magnitude, $0) < (-standardized[$1].magnitude, $1) }
        // Of those within the limit none is called beyond chance, so the adjustment needs only their number.
        var (adjusted, least) = ([Double](repeating: 1, count: order.count), 1.0)
        for (rank, position) in order.enumerated().reversed() {
            let p = 2 * distribution.upperTail(standardized[position].magnitude / scale)
            least = min(least, p * Double(count) / Double(rank + 1))
            adjusted[rank] = least
        }
        scores = order.enumerated().map { rank, position in
            let (row, sheet) = (tested[position], residuals.fit.sheet)
            let residual = sheet.direction.turned(residuals.values[row] / freedom[row])
            return Score(
                row: row, expected: sheet.score(at: row) - residual, residual: residual,
                z: sheet.direction.turned(standardized[position] / scale), adjustedP: adjusted[rank])
        }
    }
}
