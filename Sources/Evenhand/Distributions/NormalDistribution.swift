import CBoostMath

/// The normal distribution with a given mean and standard deviation.
///
/// Tails are good to 12 significant digits wherever they can be represented, down to 1e-308.
public struct NormalDistribution: Sendable, Equatable {
    /// The mean, any finite number.
    public let mean: Double

    /// The standard deviation, positive and finite.
    public let standardDeviation: Double

    /// Mean 0, standard deviation 1.
    public static let standard = NormalDistribution(mean: 0, standardDeviation: 1)

    /// The normal distribution N(mean, standardDeviation²).
    ///
    /// - Precondition: both are finite and the standard deviation is positive.
    public init(mean: Double, standardDeviation: Double) {
        precondition(
            mean.isFinite && standardDeviation.isFinite && standardDeviation > 0,
            "there is no normal distribution with mean \(mean) and standard deviation \(standardDeviation)")
        self.mean = mean
        self.standardDeviation = standardDeviation
    }

    /// The probability P(X ≤ x) = Φ((x − mean) / standardDeviation).
    public func cdf(_ x: Double) -> Double {
        boost_normal_cdf(x, mean, standardDeviation)
    }

    /// The probability P(X > x), computed without subtracting from 1.
    public func upperTail(_ x: Double) -> Double {
        boost_normal_upper_tail(x, mean, standardDeviation)
    }

    /// The x with P(X ≤ x) = p; −∞ for 0 and ∞ for 1.
    ///
    /// - Precondition: p lies between 0 and 1.
    public func quantile(_ p: Double) -> Double {
        precondition(0 <= p && p <= 1, "\(p) is not a probability")
        return boost_normal_quantile(p, mean, standardDeviation)
    }

    /// The x with P(X > x) = q; ∞ for 0 and −∞ for 1.
    ///
    /// - Precondition: q lies between 0 and 1.
    public func upperTailQuantile(_ q: Double) -> Double {
        precondition(0 <= q && q <= 1, "\(q) is not a probability")
        return boost_normal_upper_tail_quantile(q, mean, standardDeviation)
    }
}
