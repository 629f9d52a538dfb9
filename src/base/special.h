// The distribution functions that the verdict needs.
#pragma once

namespace halflife {

// The regularised incomplete beta function I_x(a, b), a > 0, b > 0, 0 <= x <= 1, to about 1e-14, by
// the continued fraction of Lentz (Abramowitz and Stegun 26.5.8).
double IncompleteBeta(double a, double b, double x);

// P(|T| > |t|) for Student's t with `df` > 0 degrees of freedom.
double StudentTwoSided(double t, double df);

// The t with P(T <= t) = q, 0 < q < 1.
double StudentQuantile(double q, double df);

}  // namespace halflife
