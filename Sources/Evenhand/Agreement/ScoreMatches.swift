/// How often two judges give an entry the same score, or neighbouring ones: for coarse scales, where that can happen at all.
///
/// Shares of all pairs of scores of one performance. They include agreement by chance alone, so they supplement α and do not replace it.
public struct ScoreMatches: Sendable, Equatable {
    /// The different scores that were given.
    public let levelCount: Int
    /// The pairs of scores of one performance.
    public let pairCount: Int
    /// The share of pairs that are equal.
    public let exact: Double
    /// The share of pairs at most one step of the scale apart.
    public let adjacent: Double
    /// The step: the smallest distance between two scores, in points.
    public let step: Double

    /// On a finer scale equal scores are an accident.
    static let mostLevels = 11

    /// The matches of a sheet of totals; `nil` on a scale of more than 11 different scores (0 … 10), of one, or without pairs.
    public init?(of sheet: ScoreSheet) {
        let scores = PairableScores(of: sheet)
        let steps = zip(scores.levels.dropFirst(), scores.levels).map { ($0 - $1).magnitude }
        guard scores.unitCount > 0, scores.levels.count <= ScoreMatches.mostLevels, let step = steps.min() else { return nil }
        // Scores that are not exact lie a step apart but for rounding.
        let reach = step * (1 + 0x1p-20)
        var (pairs, exact, adjacent) = (0, 0, 0)
        for performance in sheet.performances {
            for row in performance.rows {
                for other in performance.rows.lowerBound..<row {
                    let distance = (sheet.units[row] - sheet.units[other]).magnitude
                    pairs += 1
                    if distance == 0 { exact += 1 }
                    if distance <= reach { adjacent += 1 }
                }
            }
        }
        levelCount = scores.levels.count
        (pairCount, self.exact, self.adjacent) = (pairs, Double(exact) / Double(pairs), Double(adjacent) / Double(pairs))
        self.step = step / sheet.unitsPerPoint
    }
}

/// How often two judges would give an entry the same score, or neighbouring ones, if they differed as the variances say.
///
/// The difference d of two judges about one entry is normal with variance 2 (σ²_judge + σ²_noise), and both round to steps of s with the
/// entry anywhere between two steps: equal with probability E max(0, 1 − |d| / s), at most one step apart with
/// E max(0, min(1, 2 − |d| / s)). Fewer equal scores than that point to judges who avoid each other's scores, more to judges who copy or
/// stay in the middle; the ends of the scale, which make scores more alike, are left out.
///
/// Source: the expected agreement of Linacre, *Many-Facet Rasch Measurement* (1989), for normal scores.
public struct ExpectedMatches: Sendable, Equatable {
    /// The share of pairs of scores that are equal.
    public let exact: Double
    /// The share at most one step apart.
    public let adjacent: Double

    init(of study: Generalizability, step: Double) {
        // Where judges are nested in entries, their variance is part of the noise.
        let noise = study.components.filter { $0.facets != .entry }.reduce(0) { $0 + max(0, $1.variance) }
        self.init(deviation: (2 * noise).squareRoot(), step: step)
    }

    init(deviation: Double, step: Double) {
        guard deviation > 0 else {
            (exact, adjacent) = (1, 1)
            return
        }
        let reach = step / deviation
        exact = ExpectedMatches.share(within: reach)
        // min(1, 2 − x) is twice the triangle of twice the width less that of the width.
        adjacent = 2 * ExpectedMatches.share(within: 2 * reach) - exact
    }

    /// E max(0, 1 − |z| / r) of a standard normal z: 2 Φ(r) − 1 − 2 (φ(0) − φ(r)) / r.
    private static func share(within reach: Double) -> Double {
        let density = { (z: Double) in exponential(-z * z / 2) / (2 * Double.pi).squareRoot() }
        return 1 - 2 * NormalDistribution.standard.upperTail(reach) - 2 * (density(0) - density(reach)) / reach
    }
}
