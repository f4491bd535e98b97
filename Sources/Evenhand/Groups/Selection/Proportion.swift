/// A share of successes with Wilson's interval, which stays within 0 and 1 and is honest for few trials.
///
/// With z the normal quantile, p = successes / trials and n trials: [p + z²/2n ± z √(p (1 − p) / n + z²/4n²)] / (1 + z²/n).
///
/// Source: Wilson, *Probable inference, the law of succession, and statistical inference*, Journal of the American Statistical Association
/// 22 (1927).
public struct Proportion: Sendable, Equatable {
    /// How many were successes.
    public let successes: Int
    /// Of how many.
    public let trials: Int

    /// A share.
    ///
    /// - Precondition: at least one trial, and no more successes than trials.
    public init(_ successes: Int, of trials: Int) {
        precondition(trials > 0 && (0...trials).contains(successes), "\(successes) of \(trials) is not a share")
        (self.successes, self.trials) = (successes, trials)
    }

    /// successes / trials.
    public var value: Double { Double(successes) / Double(trials) }

    /// The interval that covers the true share with probability about `level`.
    public func interval(level: Double = 0.95) -> ClosedRange<Double> {
        let z = NormalDistribution.standard.upperTailQuantile((1 - level) / 2)
        let (count, square) = (Double(trials), z * z)
        let center = value + square / (2 * count)
        let reach = z * (value * (1 - value) / count + square / (4 * count * count)).squareRoot()
        let whole = 1 + square / count
        // At 0 and at all the formula's ends are exact.
        return (successes == 0 ? 0 : (center - reach) / whole)...(successes == trials ? 1 : (center + reach) / whole)
    }
}
