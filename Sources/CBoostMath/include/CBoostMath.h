// Boost.Math's distributions as plain C functions.
//
// For each: the lower tail P(X <= x), the upper tail P(X > x) computed without cancellation, the
// quantile of either tail, and for counts the probability of one value. No function throws: invalid
// arguments give NaN, probabilities 0 and 1 give the ends of the support.

#ifndef CBOOSTMATH_H
#define CBOOSTMATH_H

#include <stddef.h>

#ifdef __cplusplus
#define CBOOSTMATH_NOEXCEPT noexcept
extern "C" {
#else
#define CBOOSTMATH_NOEXCEPT
#endif

double boost_normal_cdf(double x, double mean, double sd) CBOOSTMATH_NOEXCEPT;
double boost_normal_upper_tail(double x, double mean, double sd) CBOOSTMATH_NOEXCEPT;
double boost_normal_quantile(double p, double mean, double sd) CBOOSTMATH_NOEXCEPT;
double boost_normal_upper_tail_quantile(double q, double mean, double sd) CBOOSTMATH_NOEXCEPT;

double boost_t_cdf(double x, double df) CBOOSTMATH_NOEXCEPT;
double boost_t_upper_tail(double x, double df) CBOOSTMATH_NOEXCEPT;
double boost_t_quantile(double p, double df) CBOOSTMATH_NOEXCEPT;
double boost_t_upper_tail_quantile(double q, double df) CBOOSTMATH_NOEXCEPT;

double boost_f_cdf(double x, double df1, double df2) CBOOSTMATH_NOEXCEPT;
double boost_f_upper_tail(double x, double df1, double df2) CBOOSTMATH_NOEXCEPT;
double boost_f_quantile(double p, double df1, double df2) CBOOSTMATH_NOEXCEPT;
double boost_f_upper_tail_quantile(double q, double df1, double df2) CBOOSTMATH_NOEXCEPT;

double boost_chi_squared_cdf(double x, double df) CBOOSTMATH_NOEXCEPT;
double boost_chi_squared_upper_tail(double x, double df) CBOOSTMATH_NOEXCEPT;
double boost_chi_squared_quantile(double p, double df) CBOOSTMATH_NOEXCEPT;
double boost_chi_squared_upper_tail_quantile(double q, double df) CBOOSTMATH_NOEXCEPT;

// Counts are ptrdiff_t, which is Swift's Int. A quantile is the smallest count whose lower tail is at
// least p, or whose upper tail is at most q; it is -1 for invalid arguments.

double boost_binomial_probability(ptrdiff_t k, ptrdiff_t n, double p) CBOOSTMATH_NOEXCEPT;
double boost_binomial_cdf(ptrdiff_t k, ptrdiff_t n, double p) CBOOSTMATH_NOEXCEPT;
double boost_binomial_upper_tail(ptrdiff_t k, ptrdiff_t n, double p) CBOOSTMATH_NOEXCEPT;
ptrdiff_t boost_binomial_quantile(double probability, ptrdiff_t n, double p) CBOOSTMATH_NOEXCEPT;
ptrdiff_t boost_binomial_upper_tail_quantile(double tail, ptrdiff_t n, double p) CBOOSTMATH_NOEXCEPT;

double boost_hypergeometric_probability(
    ptrdiff_t k, ptrdiff_t population, ptrdiff_t marked, ptrdiff_t draws) CBOOSTMATH_NOEXCEPT;
double boost_hypergeometric_cdf(
    ptrdiff_t k, ptrdiff_t population, ptrdiff_t marked, ptrdiff_t draws) CBOOSTMATH_NOEXCEPT;
double boost_hypergeometric_upper_tail(
    ptrdiff_t k, ptrdiff_t population, ptrdiff_t marked, ptrdiff_t draws) CBOOSTMATH_NOEXCEPT;
ptrdiff_t boost_hypergeometric_quantile(
    double probability, ptrdiff_t population, ptrdiff_t marked, ptrdiff_t draws) CBOOSTMATH_NOEXCEPT;
ptrdiff_t boost_hypergeometric_upper_tail_quantile(
    double tail, ptrdiff_t population, ptrdiff_t marked, ptrdiff_t draws) CBOOSTMATH_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
