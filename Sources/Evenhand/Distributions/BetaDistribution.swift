import CBoostMath

/// The beta distribution on 0…1, with density proportional to xᵃ⁻¹·(1 − x)ᵇ⁻¹.
public struct BetaDistribution: Sendable, Equatable {
    /// The shape at 0, positive and finite.
    public let a: Double

    /// The shape at 1, positive and finite.
    public let b: Double

    /// The distribution Beta(a, b).
    ///
    /// - Precondition: both shapes are positive and finite.
    public init(a: Double, b: Double) {
        precondition(
            a > 0 && b > 0 && a.isFinite && b.isFinite,
            "there is no beta distribution with shapes \(a) and \(b)")
        self.a = a
        self.b = b
    }

    /// The probability P(X ≤ x).
    public func cdf(_ x: Double) -> Double {
        boost_beta_cdf(x, a, b)
    }

    /// The probability P(X > x), computed without subtracting from 1.
    public func upperTail(_ x: Double) -> Double {
        boost_beta_upper_tail(x, a, b)
    }

    /// The x with P(X ≤ x) = p; 0 for 0 and 1 for 1.
    ///
    /// - Precondition: p lies between 0 and 1.
    public func quantile(_ p: Double) -> Double {
        precondition(0 <= p && p <= 1, "\(p) is not a probability")
        return boost_beta_quantile(p, a, b)
    }

    /// The x with P(X > x) = q; 1 for 0 and 0 for 1.
    ///
    /// - Precondition: q lies between 0 and 1.
    public func upperTailQuantile(_ q: Double) -> Double {
        precondition(0 <= q && q <= 1, "\(q) is not a probability")
        return boost_beta_upper_tail_quantile(q, a, b)
    }
}
