import CBoostMath

/// The chi-squared distribution, which need not have whole degrees of freedom; no value is negative.
public struct ChiSquared: Sendable, Equatable {
    /// The degrees of freedom, positive and finite.
    public let degreesOfFreedom: Double

    /// The chi-squared distribution with these degrees of freedom.
    ///
    /// - Precondition: the degrees of freedom are positive and finite.
    public init(degreesOfFreedom: Double) {
        precondition(
            degreesOfFreedom > 0 && degreesOfFreedom.isFinite,
            "there is no chi-squared distribution with \(degreesOfFreedom) degrees of freedom")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The probability P(X ≤ x).
    public func cdf(_ x: Double) -> Double {
        boost_chi_squared_cdf(x, degreesOfFreedom)
    }

    /// The probability P(X > x), computed without subtracting from 1.
    public func upperTail(_ x: Double) -> Double {
        boost_chi_squared_upper_tail(x, degreesOfFreedom)
    }

    /// The x with P(X ≤ x) = p; 0 for 0 and ∞ for 1.
    ///
    /// - Precondition: p lies between 0 and 1.
    public func quantile(_ p: Double) -> Double {
        precondition(0 <= p && p <= 1, "\(p) is not a probability")
        return boost_chi_squared_quantile(p, degreesOfFreedom)
    }

    /// The x with P(X > x) = q; ∞ for 0 and 0 for 1.
    ///
    /// - Precondition: q lies between 0 and 1.
    public func upperTailQuantile(_ q: Double) -> Double {
        precondition(0 <= q && q <= 1, "\(q) is not a probability")
        return boost_chi_squared_upper_tail_quantile(q, degreesOfFreedom)
    }
}
