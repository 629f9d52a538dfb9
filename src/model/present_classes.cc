#include "model/present_classes.h"

#include <cmath>

#include "model/held_out.h"
#include "model/softmax.h"

namespace halflife {

PresentClasses FindPresent(const Dataset& data, const std::vector<uint32_t>& rows) {
  const std::size_t count = data.target.class_names.size();
  PresentClasses found;
  found.of_row = PickClasses(data.target.classes, rows);
  const Vector weights = data.weights(rows);
  Vector sums = Vector::Zero(static_cast<Eigen::Index>(count));
  for (std::size_t i = 0; i < rows.size(); ++i)
    sums(found.of_row[i]) += weights(static_cast<Eigen::Index>(i));
  found.shares = ClassShares(sums, weights.mean());
  std::vector<int32_t> number(count, -1);
  for (std::size_t c = 0; c < count; ++c) {
    if (!(sums(static_cast<Eigen::Index>(c)) > 0.0)) continue;
    number[c] = static_cast<int32_t>(found.present.size());
    found.present.push_back(static_cast<int32_t>(c));
  }
  found.outputs = count == 2 ? 1 : static_cast<int>(found.present.size());
  if (found.present.size() == count) return found;
  for (int32_t& each : found.of_row) each = number[static_cast<std::size_t>(each)];
  return found;
}

Matrix PresentClasses::Complete(const Matrix& logits) const {
  if (one()) return LogitsOfShares(shares).replicate(1, logits.cols());
  const auto count = static_cast<Eigen::Index>(present.size());
  if (count == shares.size()) return logits;
  // Log probabilities: those of the classes fitted share what the others leave.
  Matrix all = shares.array().log().matrix().replicate(1, logits.cols());
  const double left = std::log(shares(present).sum());
  for (Eigen::Index i = 0; i < logits.cols(); ++i) {
    const double largest = logits.col(i).maxCoeff();
    const double sum = largest + std::log((logits.col(i).array() - largest).exp().sum());
    for (Eigen::Index c = 0; c < count; ++c)
      all(present[static_cast<std::size_t>(c)], i) = logits(c, i) - sum + left;
  }
  return all;
}

}  // namespace halflife
