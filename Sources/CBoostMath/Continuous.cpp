#include "CBoostMath.h"
#include "Tails.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

using namespace tails;

using Normal = boost::math::normal_distribution<double, Policy>;
using T = boost::math::students_t_distribution<double, Policy>;
using F = boost::math::fisher_f_distribution<double, Policy>;
using ChiSquared = boost::math::chi_squared_distribution<double, Policy>;

double boost_normal_cdf(double x, double mean, double sd) noexcept { return lower(Normal(mean, sd), x); }
double boost_normal_upper_tail(double x, double mean, double sd) noexcept { return upper(Normal(mean, sd), x); }
double boost_normal_quantile(double p, double mean, double sd) noexcept { return lower_quantile(Normal(mean, sd), p); }
double boost_normal_upper_tail_quantile(double q, double mean, double sd) noexcept {
    return upper_quantile(Normal(mean, sd), q);
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
