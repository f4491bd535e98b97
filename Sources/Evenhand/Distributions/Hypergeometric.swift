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

extension Hypergeometric {
    /// Counts whose probability is above the observed one by no more than this share count as equally probable.
    private static let tolerance = 1e-7

    /// The probability of all counts that are no more probable than this one: Fisher's two-sided exact p.
    ///
    /// Probabilities are built from the most probable count outward by their ratios, so that they keep their digits however small they are.
    /// Source: R's `fisher.test`, whose tolerance of 10⁻⁷ for equal probabilities it shares.
    ///
    /// - Precondition: the count can occur.
    public func twoSidedP(_ count: Int) -> Double {
        let range = max(0, draws + marked - population)...min(draws, marked)
        precondition(range.contains(count), "\(count) marked items cannot be among \(draws) of \(population) with \(marked) marked")
        let mode = min(range.upperBound, max(range.lowerBound, (draws + 1) * (marked + 1) / (population + 2)))
        var relative = [Double](repeating: 0, count: range.count)
        relative[mode - range.lowerBound] = 1
        for k in stride(from: mode, to: range.upperBound, by: 1) {
            relative[k + 1 - range.lowerBound] = relative[k - range.lowerBound] * ratio(k)
        }
        for k in stride(from: mode, to: range.lowerBound, by: -1) {
            relative[k - 1 - range.lowerBound] = relative[k - range.lowerBound] / ratio(k - 1)
        }
        let limit = relative[count - range.lowerBound] * (1 + Hypergeometric.tolerance)
        // Small terms first: the sum of many tiny ones must not vanish next to a large one.
        let tail = relative.filter { $0 <= limit }.sorted().reduce(0, +)
        return min(1, tail / relative.sorted().reduce(0, +))
    }

    /// P(X = k + 1) / P(X = k).
    private func ratio(_ k: Int) -> Double {
        Double(marked - k) / Double(k + 1) * (Double(draws - k) / Double(population - marked - draws + k + 1))
    }
}
