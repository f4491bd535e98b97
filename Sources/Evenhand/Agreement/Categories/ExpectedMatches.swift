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
