import CBoostMath

/// The hypergeometric distribution of the number of marked items among those drawn without replacement.
///
/// It is the distribution behind Fisher's exact test of a 2×2 table with given margins.
public struct Hypergeometric: Sendable, Equatable {
    /// The number of items to draw from, from 0 to 2³⁰.
    public let population: Int

    /// How many of the population are marked.
    public let marked: Int

    /// How many of the population are drawn.
    public let draws: Int

    /// The distribution of the marked items among so many drawn from a population.
    ///
    /// - Precondition: the population is at most 2³⁰; neither the marked nor the drawn are negative or more than the population.
    public init(population: Int, marked: Int, draws: Int) {
        precondition(
            population <= 1 << 30 && 0 <= marked && marked <= population && 0 <= draws && draws <= population,
            "cannot draw \(draws) from a population of \(population) with \(marked) marked")
        self.population = population
        self.marked = marked
        self.draws = draws
    }

    /// The probability P(X = count); 0 for a count that cannot occur.
    public func probability(of count: Int) -> Double {
        boost_hypergeometric_probability(count, population, marked, draws)
    }

    /// The probability P(X ≤ count).
    public func cdf(_ count: Int) -> Double {
        boost_hypergeometric_cdf(count, population, marked, draws)
    }

    /// The probability P(X > count), computed without subtracting from 1; P(X ≥ k) is `upperTail(k - 1)`.
    public func upperTail(_ count: Int) -> Double {
        boost_hypergeometric_upper_tail(count, population, marked, draws)
    }

    /// The smallest count with P(X ≤ count) ≥ p.
    ///
    /// - Precondition: p lies between 0 and 1.
    public func quantile(_ p: Double) -> Int {
        precondition(0 <= p && p <= 1, "\(p) is not a probability")
        return boost_hypergeometric_quantile(p, population, marked, draws)
    }

    /// The smallest count with P(X > count) ≤ q.
    ///
    /// - Precondition: q lies between 0 and 1.
    public func upperTailQuantile(_ q: Double) -> Int {
        precondition(0 <= q && q <= 1, "\(q) is not a probability")
        return boost_hypergeometric_upper_tail_quantile(q, population, marked, draws)
    }
}
