#ifndef CBOOSTMATH_TAILS_HPP
#define CBOOSTMATH_TAILS_HPP

#include <boost/math/distributions/complement.hpp>
#include <boost/math/policies/policy.hpp>

#include <algorithm>

namespace tails {

namespace policies = boost::math::policies;

// Errors become NaN, infinity or 0 as IEEE 754 has them, and nothing throws. Doubles are promoted
// to long double inside, Boost's default: where that is wider, it costs time and gains digits.
using Policy = policies::policy<
    policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
    policies::overflow_error<policies::ignore_error>, policies::underflow_error<policies::ignore_error>,
    policies::denorm_error<policies::ignore_error>, policies::rounding_error<policies::ignore_error>,
    policies::evaluation_error<policies::ignore_error>,
    policies::indeterminate_result_error<policies::ignore_error>>;

// Boost calls values outside the support a domain error; a tail beyond them is simply 0 or 1.
template <class Distribution> double within_support(const Distribution &distribution, double x) {
    const auto ends = support(distribution);
    return std::clamp(x, ends.first, ends.second);
}

template <class Distribution> double lower(const Distribution &distribution, double x) {
    return cdf(distribution, within_support(distribution, x));
}

template <class Distribution> double upper(const Distribution &distribution, double x) {
    return cdf(complement(distribution, within_support(distribution, x)));
}

template <class Distribution> double lower_quantile(const Distribution &distribution, double p) {
    return quantile(distribution, p);
}

template <class Distribution> double upper_quantile(const Distribution &distribution, double q) {
    return quantile(complement(distribution, q));
}

} // namespace tails

#endif
