// Log loss of logits that stand a column an output, and its errors: what sparse logistic fits walk
// on. One output for two classes, else one a class.
#pragma once

#include <cstdint>
#include <vector>

#include "linalg/linalg.h"

namespace halflife {

struct LogLoss {
  Matrix errors;      // n x outputs: probability less 1 for the row's own class, less 0 for others,
                      // right to a few eps of itself however near to 0; of one output class 1's
  double loss = 0.0;  // mean
};

// `shares` are the rows' weights, adding up to 1.
LogLoss LossAt(const Matrix& logits, const std::vector<int32_t>& classes, const Vector& shares);

// The data loss's part of the duality gap at the dual point of share s: the mean over rows of the
// divergence of (1 - s) own + s p from p, p the row's probabilities and `own` 1 for its class.
double LossGap(const Matrix& errors, const std::vector<int32_t>& classes, const Vector& shares,
               double share);

}  // namespace halflife
