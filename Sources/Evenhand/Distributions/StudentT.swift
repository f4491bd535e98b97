import CBoostMath

/// Student's t distribution, which need not have whole degrees of freedom.
///
/// With infinite degrees of freedom it is the standard normal distribution.
public struct StudentT: Sendable, Equatable {
    /// The degrees of freedom, positive, possibly infinite.
    public let degreesOfFreedom: Double

    /// The t distribution with these degrees of freedom.
    ///
    /// - Precondition: the degrees of freedom are positive.
    public init(degreesOfFreedom: Double) {
        precondition(
            degreesOfFreedom > 0,
            "there is no t distribution with \(degreesOfFreedom) degrees of freedom")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The probability P(X ≤ x).
    public func cdf(_ x: Double) -> Double {
        boost_t_cdf(x, degreesOfFreedom)
    }

    /// The probability P(X > x), computed without subtracting from 1.
    public func upperTail(_ x: Double) -> Double {
        boost_t_upper_tail(x, degreesOfFreedom)
    }

    /// The x with P(X ≤ x) = p; −∞ for 0 and ∞ for 1.
    ///
    /// - Precondition: p lies between 0 and 1.
    public func quantile(_ p: Double) -> Double {
        precondition(0 <= p && p <= 1, "\(p) is not a probability")
        return boost_t_quantile(p, degreesOfFreedom)
    }

    /// The x with P(X > x) = q; ∞ for 0 and −∞ for 1.
    ///
    /// - Precondition: q lies between 0 and 1.
    public func upperTailQuantile(_ q: Double) -> Double {
        precondition(0 <= q && q <= 1, "\(q) is not a probability")
        return boost_t_upper_tail_quantile(q, degreesOfFreedom)
    }
}
