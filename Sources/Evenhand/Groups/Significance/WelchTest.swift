/// Whether group means differ when groups may differ in spread as well.
///
/// With w_g = n_g / s_g² and h = Σ (1 − w_g / Σw)² / (n_g − 1), F = [Σ w_g (m_g − m̃)² / (k − 1)] / [1 + 2 (k − 2) h / (k² − 1)] on k − 1
/// and (k² − 1) / (3h) degrees of freedom.
///
/// Source: Welch, *On the comparison of several mean values*, Biometrika 38 (1951).
public struct WelchTest: Sendable, Equatable {
    /// F; `nil` when a group has fewer than two results or no spread.
    public let fRatio: Double?
    /// The groups less one.
    public let degreesOfFreedomBetween: Int
    /// The other degrees of freedom, which need not be whole.
    public let degreesOfFreedomWithin: Double?
    /// The number of results.
    public let count: Int

    /// The test of the results of at least two groups.
    public init(_ groups: [[Double]]) {
        degreesOfFreedomBetween = groups.count - 1
        count = groups.reduce(0) { $0 + $1.count }
        let moments = groups.map { Moments(of: $0) }
        guard groups.count > 1, moments.allSatisfy({ $0.count > 1 && $0.sumOfSquares > 0 }) else {
            (fRatio, degreesOfFreedomWithin) = (nil, nil)
            return
        }
        let weights = moments.map { Double($0.count) * Double($0.count - 1) / $0.sumOfSquares }
        let (total, means) = (weights.reduce(0, +), moments.map { $0.mean ?? 0 })
        let center = zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 } / total
        let between = zip(weights, means).reduce(0) { $0 + $1.0 * ($1.1 - center) * ($1.1 - center) }
        let k = Double(groups.count)
        let h = zip(weights, moments).reduce(0) { $0 + (1 - $1.0 / total) * (1 - $1.0 / total) / Double($1.1.count - 1) }
        fRatio = between / (k - 1) / (1 + 2 * (k - 2) * h / (k * k - 1))
        degreesOfFreedomWithin = (k * k - 1) / (3 * h)
    }

    /// P(F or more) without differences between the groups.
    public var p: Double? {
        guard let fRatio, let degreesOfFreedomWithin else { return nil }
        return FDistribution(
            numeratorDegreesOfFreedom: Double(degreesOfFreedomBetween), denominatorDegreesOfFreedom: degreesOfFreedomWithin
        ).upperTail(fRatio)
    }

    /// ω² as it follows from an F: (k − 1)(F − 1) / ((k − 1)(F − 1) + n), with Welch's F; negative when F < 1.
    public var omegaSquared: Double? {
        fRatio.map { Double(degreesOfFreedomBetween) * ($0 - 1) / (Double(degreesOfFreedomBetween) * ($0 - 1) + Double(count)) }
    }
}
