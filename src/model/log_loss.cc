#include "model/log_loss.h"

#include <cmath>

#include "base/sums.h"

namespace halflife {
namespace {

// With e = exp(-|t|), 1 / (1 + exp(-t)) is 1 / (1 + e) or e / (1 + e): nothing overflows, and what
// is near 0 keeps its digits.
double OneOutput(double logit, bool second, double* error) {
  const double e = std::exp(-std::fabs(logit));
  const double likely = 1.0 / (1.0 + e);
  const bool right = second == (logit >= 0.0);
  const double off = right ? e * likely : likely;
  *error = second ? -off : off;
  return (right ? 0.0 : std::fabs(logit)) + std::log1p(e);
}

double ManyOutputs(const Matrix& logits, Eigen::Index row, Eigen::Index own, Matrix* errors) {
  const double largest = logits.row(row).maxCoeff();
  double others = 0.0;
  for (Eigen::Index k = 0; k < logits.cols(); ++k) {
    const double part = std::exp(logits(row, k) - largest);
    (*errors)(row, k) = part;
    if (k != own) others += part;
  }
  const double own_part = (*errors)(row, own);
  const double sum = own_part + others;
  errors->row(row) /= sum;
  (*errors)(row, own) = -others / sum;
  // Where the own class leads, log(1 + others) keeps the digits of a loss near 0.
  return own_part == 1.0 ? std::log1p(others) : largest + std::log(sum) - logits(row, own);
}

}  // namespace

LogLoss LossAt(const Matrix& logits, const std::vector<int32_t>& classes, const Vector& shares) {
  LogLoss result{Matrix(logits.rows(), logits.cols()), 0.0};
  CompensatedSum total;
  for (Eigen::Index row = 0; row < logits.rows(); ++row) {
    const int32_t own = classes[static_cast<std::size_t>(row)];
    total.Add(shares(row) * (logits.cols() == 1
                                 ? OneOutput(logits(row, 0), own == 1, &result.errors(row, 0))
                                 : ManyOutputs(logits, row, own, &result.errors)));
  }
  result.loss = total.Total();
  return result;
}

double LossGap(const Matrix& errors, const std::vector<int32_t>& classes, const Vector& shares,
               double share) {
  const double off = 1.0 - share;
  if (off <= 0.0) return 0.0;
  CompensatedSum total;
  for (Eigen::Index row = 0; row < errors.rows(); ++row) {
    const Eigen::Index column = errors.cols() == 1 ? 0 : classes[static_cast<std::size_t>(row)];
    const double missed = std::fabs(errors(row, column));  // 1 - p of the own class
    const double own = std::max(1.0 - missed, 1e-300);
    const double mixed = own + off * missed;
    const double divergence =
        mixed * std::log1p(off * missed / own) + share * missed * std::log(share);
    total.Add(shares(row) * std::max(0.0, divergence));
  }
  return total.Total();
}

}  // namespace halflife
