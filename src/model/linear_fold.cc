#include "model/linear_fold.h"

#include <algorithm>

namespace halflife {
namespace {

// Mean squared errors on the held-out rows, one a decay, from their Gram matrix.
std::vector<double> ErrorsFromGram(const LinearFold& fold, const Matrix& axes) {
  const Matrix weights = fold.ridge.spectrum.basis * axes;
  const Matrix products = fold.held_gram->features * weights;
  std::vector<double> errors;
  for (Eigen::Index d = 0; d < axes.cols(); ++d) {
    const double squared = fold.held_gram->target -
                           2.0 * weights.col(d).dot(fold.held_gram->cross) +
                           weights.col(d).dot(products.col(d));
    errors.push_back(std::max(0.0, squared));
  }
  return errors;
}

std::vector<double> ErrorsFromRows(const LinearFold& fold, const Matrix& axes) {
  const Matrix predictions = fold.held_axes.transpose() * axes;
  std::vector<double> errors;
  for (Eigen::Index d = 0; d < axes.cols(); ++d) {
    const Vector squared = (fold.held_target - predictions.col(d)).cwiseAbs2();
    errors.push_back(squared.dot(fold.held_weights) / fold.held_weight);
  }
  return errors;
}

}  // namespace

std::optional<Ridge> RidgeOfSums(const Dataset& data, const RowSums& sums,
                                 const GramStandardizer& learnt,
                                 const std::vector<uint32_t>& rows) {
  // With fewer rows than features the Gram matrix is the larger of the two.
  if (static_cast<Eigen::Index>(rows.size()) <= data.design.size() || !KeepsDigits(sums, learnt))
    return std::nullopt;
  std::optional<Ridge> ridge = RidgeFromGram(Standardize(data.design, sums, learnt));
  if (ridge && !FlatInRows(data.design, learnt.features, rows, ridge->spectrum))
    return std::nullopt;
  return ridge;
}

Ridge RidgeOfRows(const Dataset& data, const Standardizer& learnt, const Vector& target,
                  const std::vector<uint32_t>& rows) {
  const Vector scales = RowScales(data.weights(rows));
  return RidgeFromRows(Standardize(data.design, learnt, rows) * scales.asDiagonal(),
                       target.cwiseProduct(scales));
}

std::optional<LinearFold> LinearFoldFromSums(const Dataset& data, const RowSums& training,
                                             const RowSums& held,
                                             const std::vector<uint32_t>& training_rows) {
  const GramStandardizer learnt = LearnStandardizer(data.design, training);
  std::optional<Ridge> ridge = RidgeOfSums(data, training, learnt, training_rows);
  if (!ridge) return std::nullopt;
  LinearFold fold;
  fold.ridge = std::move(*ridge);
  fold.held_gram = Standardize(data.design, held, learnt);
  fold.held_weight = held.weight;
  fold.held_distance = fold.held_gram->target;
  return fold;
}

LinearFold LinearFoldFromRows(const Dataset& data, const Vector& centred,
                              const std::vector<uint32_t>& training,
                              const std::vector<uint32_t>& held) {
  const Standardizer learnt = LearnStandardizer(data.design, training, data.weights);
  const Vector target = centred(training);
  const Vector weights = data.weights(training);
  const double mean = target.dot(weights) / weights.sum();
  LinearFold fold;
  fold.ridge = RidgeOfRows(data, learnt, (target.array() - mean).matrix(), training);
  if (!learnt.kept.empty()) {
    fold.held_axes = fold.ridge.spectrum.basis.transpose() * Standardize(data.design, learnt, held);
  }
  fold.held_target = centred(held).array() - mean;
  fold.held_weights = data.weights(held);
  fold.held_weight = fold.held_weights.sum();
  fold.held_distance = fold.held_target.cwiseAbs2().dot(fold.held_weights) / fold.held_weight;
  return fold;
}

std::vector<FoldScore> ScoreLinearFold(const LinearFold& fold, std::span<const double> decays) {
  Matrix axes(fold.ridge.projected.size(), static_cast<Eigen::Index>(decays.size()));
  for (std::size_t d = 0; d < decays.size(); ++d)
    axes.col(static_cast<Eigen::Index>(d)) = fold.ridge.Axes(decays[d]);
  std::vector<double> errors;
  if (axes.rows() == 0) {  // no feature varies in the training rows: only the mean is left
    errors.assign(decays.size(), fold.held_distance);
  } else {
    errors = fold.held_gram ? ErrorsFromGram(fold, axes) : ErrorsFromRows(fold, axes);
  }
  std::vector<FoldScore> scores(decays.size());
  for (std::size_t d = 0; d < decays.size(); ++d) {
    scores[d].train_loss = fold.ridge.TrainLoss(decays[d]);
    scores[d].validation_loss = 0.5 * errors[d];
    scores[d].held.squared_error = errors[d] * fold.held_weight;
    scores[d].held.squared_distance = fold.held_distance * fold.held_weight;
  }
  return scores;
}

}  // namespace halflife
