#include "CBoostMath.h"
#include "Tails.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/hypergeometric.hpp>

#include <algorithm>
#include <limits>

namespace {

using Count = ptrdiff_t;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// A Boost distribution, the counts first...last that can occur, and whether its parameters are valid.
template <class Boost> struct Counts {
    Boost distribution;
    Count first, last;
    bool valid;

    double probability(Count k) const {
        if (!valid) return nan;
        return k < first || k > last ? 0 : pdf(distribution, k);
    }

    double lower(Count k) const {
        if (!valid) return nan;
        return k < first ? 0 : k >= last ? 1 : cdf(distribution, k);
    }

    double upper(Count k) const {
        if (!valid) return nan;
        return k < first ? 1 : k >= last ? 0 : cdf(complement(distribution, k));
    }

    // Boost's own quantiles round a root of the continued tail, which can miss by one where p is
    // exactly the tail of a count; halving the range asks the tail itself.
    template <class Predicate> Count smallest(double p, Predicate reached) const {
        if (!valid || !(p >= 0 && p <= 1)) return -1;
        Count low = first, high = last;
        while (low < high) {
            const Count middle = low + (high - low) / 2;
            if (reached(middle)) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    Count lower_quantile(double p) const { return smallest(p, [&](Count k) { return lower(k) >= p; }); }
    Count upper_quantile(double q) const { return smallest(q, [&](Count k) { return upper(k) <= q; }); }
};

// Boost computes with doubles, which hold every count up to 2^53.
auto binomial(Count n, double p) {
    using Boost = boost::math::binomial_distribution<double, tails::Policy>;
    const bool valid = n >= 0 && n <= Count(1) << 53 && p >= 0 && p <= 1;
    return Counts<Boost>{valid ? Boost(n, p) : Boost(), 0, n, valid};
}

// Boost computes with 32-bit integers and adds two of them.
auto hypergeometric(Count population, Count marked, Count draws) {
    using Boost = boost::math::hypergeometric_distribution<double, tails::Policy>;
    const bool valid = population >= 0 && population <= Count(1) << 30 && marked >= 0 && marked <= population
        && draws >= 0 && draws <= population;
    return Counts<Boost>{
        valid ? Boost(marked, draws, population) : Boost(0, 0, 0),
        std::max<Count>(0, marked + draws - population), std::min(marked, draws), valid};
}

} // namespace

double boost_binomial_probability(Count k, Count n, double p) noexcept { return binomial(n, p).probability(k); }
double boost_binomial_cdf(Count k, Count n, double p) noexcept { return binomial(n, p).lower(k); }
double boost_binomial_upper_tail(Count k, Count n, double p) noexcept { return binomial(n, p).upper(k); }
Count boost_binomial_quantile(double probability, Count n, double p) noexcept {
    return binomial(n, p).lower_quantile(probability);
}
Count boost_binomial_upper_tail_quantile(double tail, Count n, double p) noexcept {
    return binomial(n, p).upper_quantile(tail);
}

double boost_hypergeometric_probability(Count k, Count population, Count marked, Count draws) noexcept {
    return hypergeometric(population, marked, draws).probability(k);
}
double boost_hypergeometric_cdf(Count k, Count population, Count marked, Count draws) noexcept {
    return hypergeometric(population, marked, draws).lower(k);
}
double boost_hypergeometric_upper_tail(Count k, Count population, Count marked, Count draws) noexcept {
    return hypergeometric(population, marked, draws).upper(k);
}
Count boost_hypergeometric_quantile(double probability, Count population, Count marked, Count draws) noexcept {
    return hypergeometric(population, marked, draws).lower_quantile(probability);
}
Count boost_hypergeometric_upper_tail_quantile(double tail, Count population, Count marked, Count draws) noexcept {
    return hypergeometric(population, marked, draws).upper_quantile(tail);
}
