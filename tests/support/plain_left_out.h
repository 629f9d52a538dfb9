// Plain leave-one-out, a fit or a Newton step a row, in long double.
#pragma once

#include <cstdint>
#include <vector>

#include "support/plain_fits.h"

namespace halflife::testing {

// Rows standardised by what is learnt on `training`, missing cells filled by it.
PlainRows StandardisedRowsOf(const Dataset& data, const std::vector<uint32_t>& training,
                             const std::vector<uint32_t>& rows);

// What rows predict of row `left_out` (z: features x rows): means and scales as given, the weighted
// least squares with a free intercept of all other rows; at decay 0 of minimum norm.
Long PredictWithout(const LongMatrix& z, const LongVector& y, const LongVector& share,
                    Eigen::Index left_out, Long decay);

Long PlainLeaveOneOut(const Dataset& data, const std::vector<uint32_t>& rows, double decay);

// The mean log loss of each row after one Newton step, with the exact Hessian of the other rows,
// from the fit of all to the minimum without the row.
Long PlainNewtonLeaveOneOut(const PlainRows& all, int outputs, Long decay);

}  // namespace halflife::testing
