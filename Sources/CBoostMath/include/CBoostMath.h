// Boost.Math's distributions as plain C functions.
//
// For each: the lower tail P(X <= x), the upper tail P(X > x) computed without cancellation, the
// quantile of either tail, and for counts the probability of one value. No function throws: invalid
// arguments give NaN, probabilities 0 and 1 give the ends of the support.

#ifndef CBOOSTMATH_H
#define CBOOSTMATH_H

#ifdef __cplusplus
#define CBOOSTMATH_NOEXCEPT noexcept
extern "C" {
#else
#define CBOOSTMATH_NOEXCEPT
#endif

double boost_normal_cdf(double x, double mean, double sd) CBOOSTMATH_NOEXCEPT;
double boost_normal_log_cdf(double x, double mean, double sd) CBOOSTMATH_NOEXCEPT;
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

double boost_beta_cdf(double x, double a, double b) CBOOSTMATH_NOEXCEPT;
double boost_beta_upper_tail(double x, double a, double b) CBOOSTMATH_NOEXCEPT;
double boost_beta_quantile(double p, double a, double b) CBOOSTMATH_NOEXCEPT;
double boost_beta_upper_tail_quantile(double q, double a, double b) CBOOSTMATH_NOEXCEPT;

// Counts are long long. A quantile is the smallest count whose lower tail is at least p, or whose
// upper tail is at most q; it is -1 for invalid arguments.

double boost_binomial_probability(long long k, long long n, double p) CBOOSTMATH_NOEXCEPT;
double boost_binomial_cdf(long long k, long long n, double p) CBOOSTMATH_NOEXCEPT;
double boost_binomial_upper_tail(long long k, long long n, double p) CBOOSTMATH_NOEXCEPT;
long long boost_binomial_quantile(double probability, long long n, double p) CBOOSTMATH_NOEXCEPT;
long long boost_binomial_upper_tail_quantile(double tail, long long n, double p) CBOOSTMATH_NOEXCEPT;

double boost_hypergeometric_probability(
    long long k, long long population, long long marked, long long draws) CBOOSTMATH_NOEXCEPT;
double boost_hypergeometric_cdf(
    long long k, long long population, long long marked, long long draws) CBOOSTMATH_NOEXCEPT;
double boost_hypergeometric_upper_tail(
    long long k, long long population, long long marked, long long draws) CBOOSTMATH_NOEXCEPT;
long long boost_hypergeometric_quantile(
    double probability, long long population, long long marked, long long draws) CBOOSTMATH_NOEXCEPT;
long long boost_hypergeometric_upper_tail_quantile(
    double tail, long long population, long long marked, long long draws) CBOOSTMATH_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
