import CBoostMath

/// The binomial distribution of the number of successes in independent trials.
public struct Binomial: Sendable, Equatable {
    /// The number of trials, from 0 to 2⁵³.
    public let trials: Int

    /// The probability of a success in each trial, from 0 to 1.
    public let successProbability: Double

    /// The distribution of the successes among so many trials.
    ///
    /// - Precondition: 0 ≤ trials ≤ 2⁵³ and 0 ≤ successProbability ≤ 1.
    public init(trials: Int, successProbability: Double) {
        precondition(
            0 <= trials && trials <= 1 << 53 && 0 <= successProbability && successProbability <= 1,
            "there is no binomial distribution of \(trials) trials with success probability \(successProbability)")
        self.trials = trials
        self.successProbability = successProbability
    }

    /// The probability P(X = count); 0 for a count that cannot occur.
    public func probability(of count: Int) -> Double {
        boost_binomial_probability(count, trials, successProbability)
    }

    /// The probability P(X ≤ count).
    public func cdf(_ count: Int) -> Double {
        boost_binomial_cdf(count, trials, successProbability)
    }

    /// The probability P(X > count), computed without subtracting from 1; P(X ≥ k) is `upperTail(k - 1)`.
    public func upperTail(_ count: Int) -> Double {
        boost_binomial_upper_tail(count, trials, successProbability)
    }

    /// The smallest count with P(X ≤ count) ≥ p.
    ///
    /// - Precondition: p lies between 0 and 1.
    public func quantile(_ p: Double) -> Int {
        precondition(0 <= p && p <= 1, "\(p) is not a probability")
        return boost_binomial_quantile(p, trials, successProbability)
    }

    /// The smallest count with P(X > count) ≤ q.
    ///
    /// - Precondition: q lies between 0 and 1.
    public func upperTailQuantile(_ q: Double) -> Int {
        precondition(0 <= q && q <= 1, "\(q) is not a probability")
        return boost_binomial_upper_tail_quantile(q, trials, successProbability)
    }
}
