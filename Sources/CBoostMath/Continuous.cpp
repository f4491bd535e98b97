#include "CBoostMath.h"
#include "Tails.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <cmath>

using namespace tails;

using Normal = boost::math::normal_distribution<double, Policy>;
using T = boost::math::students_t_distribution<double, Policy>;
using F = boost::math::fisher_f_distribution<double, Policy>;
using ChiSquared = boost::math::chi_squared_distribution<double, Policy>;
using Beta = boost::math::beta_distribution<double, Policy>;

namespace {

// Abramowitz & Stegun (1964), 26.2.12: the asymptotic series of the normal tail, used where the tail
// itself runs out of range. At z <= -20 the tenth term is below 1e-17 of the first.
double log_normal_tail(double z) {
    constexpr double half_log_two_pi = 0.918938533204672741780329736406;
    double term = 1, sum = 0;
    for (int k = 1; k <= 10; ++k) {
        term *= -(2 * k - 1) / (z * z);
        sum += term;
    }
    return -z * z / 2 - half_log_two_pi - std::log(-z) + std::log1p(sum);
}

} // namespace

double boost_normal_cdf(double x, double mean, double sd) noexcept { return lower(Normal(mean, sd), x); }
double boost_normal_upper_tail(double x, double mean, double sd) noexcept { return upper(Normal(mean, sd), x); }
double boost_normal_quantile(double p, double mean, double sd) noexcept { return lower_quantile(Normal(mean, sd), p); }
double boost_normal_upper_tail_quantile(double q, double mean, double sd) noexcept {
    return upper_quantile(Normal(mean, sd), q);
}
double boost_normal_log_cdf(double x, double mean, double sd) noexcept {
    const double z = (x - mean) / sd;
    if (z > 0) return std::log1p(-upper(Normal(mean, sd), x));
    return std::isfinite(z) && z < -20 ? log_normal_tail(z) : std::log(lower(Normal(mean, sd), x));
}

double boost_t_cdf(double x, double df) noexcept { return lower(T(df), x); }
double boost_t_upper_tail(double x, double df) noexcept { return upper(T(df), x); }
double boost_t_quantile(double p, double df) noexcept { return lower_quantile(T(df), p); }
double boost_t_upper_tail_quantile(double q, double df) noexcept { return upper_quantile(T(df), q); }

double boost_f_cdf(double x, double df1, double df2) noexcept { return lower(F(df1, df2), x); }
double boost_f_upper_tail(double x, double df1, double df2) noexcept { return upper(F(df1, df2), x); }
double boost_f_quantile(double p, double df1, double df2) noexcept { return lower_quantile(F(df1, df2), p); }
double boost_f_upper_tail_quantile(double q, double df1, double df2) noexcept { return upper_quantile(F(df1, df2), q); }

double boost_chi_squared_cdf(double x, double df) noexcept { return lower(ChiSquared(df), x); }
double boost_chi_squared_upper_tail(double x, double df) noexcept { return upper(ChiSquared(df), x); }
double boost_chi_squared_quantile(double p, double df) noexcept { return lower_quantile(ChiSquared(df), p); }
double boost_chi_squared_upper_tail_quantile(double q, double df) noexcept { return upper_quantile(ChiSquared(df), q); }

double boost_beta_cdf(double x, double a, double b) noexcept { return lower(Beta(a, b), x); }
double boost_beta_upper_tail(double x, double a, double b) noexcept { return upper(Beta(a, b), x); }
double boost_beta_quantile(double p, double a, double b) noexcept { return lower_quantile(Beta(a, b), p); }
double boost_beta_upper_tail_quantile(double q, double a, double b) noexcept { return upper_quantile(Beta(a, b), q); }
