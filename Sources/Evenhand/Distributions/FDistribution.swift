import CBoostMath

/// Fisher and Snedecor's F distribution of a ratio of mean squares; no value is negative.
///
/// The degrees of freedom need not be whole (Satterthwaite's are not).
public struct FDistribution: Sendable, Equatable {
    /// The degrees of freedom of the mean square above the line, positive and finite.
    public let numeratorDegreesOfFreedom: Double

    /// The degrees of freedom of the mean square below the line, positive and finite.
    public let denominatorDegreesOfFreedom: Double

    /// The F distribution with these degrees of freedom.
    ///
    /// - Precondition: both are positive and finite.
    public init(numeratorDegreesOfFreedom numerator: Double, denominatorDegreesOfFreedom denominator: Double) {
        precondition(
            numerator > 0 && denominator > 0 && numerator.isFinite && denominator.isFinite,
            "there is no F distribution with \(numerator) and \(denominator) degrees of freedom")
        self.numeratorDegreesOfFreedom = numerator
        self.denominatorDegreesOfFreedom = denominator
    }

    /// The probability P(X ≤ x).
    public func cdf(_ x: Double) -> Double {
        boost_f_cdf(x, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom)
    }

    /// The probability P(X > x), computed without subtracting from 1.
    public func upperTail(_ x: Double) -> Double {
        boost_f_upper_tail(x, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom)
    }

    /// The x with P(X ≤ x) = p; 0 for 0 and ∞ for 1.
    ///
    /// - Precondition: p lies between 0 and 1.
    public func quantile(_ p: Double) -> Double {
        precondition(0 <= p && p <= 1, "\(p) is not a probability")
        return boost_f_quantile(p, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom)
    }

    /// The x with P(X > x) = q; ∞ for 0 and 0 for 1.
    ///
    /// - Precondition: q lies between 0 and 1.
    public func upperTailQuantile(_ q: Double) -> Double {
        precondition(0 <= q && q <= 1, "\(q) is not a probability")
        return boost_f_upper_tail_quantile(q, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom)
    }
}
