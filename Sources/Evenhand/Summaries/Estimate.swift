/// A number with its standard error.
public struct Estimate: Sendable, Equatable {
    /// The number.
    public let value: Double
    /// Its standard error, 0 or more.
    public let standardError: Double
    /// The degrees of freedom of the standard error; infinite when it counts as known.
    public let degreesOfFreedom: Double

    /// A number with its standard error.
    ///
    /// - Precondition: the standard error is not negative and the degrees of freedom are positive.
    public init(value: Double, standardError: Double, degreesOfFreedom: Double = .infinity) {
        precondition(standardError >= 0 && degreesOfFreedom > 0, "\(standardError) on \(degreesOfFreedom) degrees is not a standard error")
        (self.value, self.standardError, self.degreesOfFreedom) = (value, standardError, degreesOfFreedom)
    }

    /// The same in another unit, or against another centre that changes number and error by one factor.
    func scaled(by factor: Double) -> Estimate {
        Estimate(value: factor * value, standardError: factor * standardError, degreesOfFreedom: degreesOfFreedom)
    }

    /// The degrees of freedom of a sum of independent estimates of variances, (Σv)² / Σ(v²/ν); infinite for a sum of 0.
    ///
    /// Source: Satterthwaite, *An approximate distribution of estimates of variance components*, Biometrics Bulletin 2 (1946).
    static func freedom(ofSum parts: [(variance: Double, freedom: Double)]) -> Double {
        let sum = parts.reduce(0) { $0 + $1.variance }
        guard sum > 0 else { return .infinity }
        return 1 / parts.reduce(0) { $0 + $1.variance / sum * ($1.variance / sum) / $1.freedom }
    }

    /// The interval value ± t · standard error that covers the truth with probability `level`.
    ///
    /// - Precondition: the level lies between 0 and 1.
    public func interval(level: Double = 0.95) -> ClosedRange<Double> {
        precondition(0 < level && level < 1, "\(level) is not a level of confidence")
        let reach = StudentT(degreesOfFreedom: degreesOfFreedom).upperTailQuantile((1 - level) / 2) * standardError
        return value - reach...value + reach
    }
}

extension Estimate {
    /// The two-sided p-value of the hypothesis that the truth is 0: P(|T| ≥ |value| / standard error) for Student's T; `nil` without a
    /// standard error above 0.
    public var p: Double? {
        guard standardError > 0 else { return nil }
        return min(1, 2 * StudentT(degreesOfFreedom: degreesOfFreedom).upperTail(value.magnitude / standardError))
    }
}
