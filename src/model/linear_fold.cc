#include "model/linear_fold.h"

#include "model/held_errors.h"
#include "model/ridge_criteria.h"

namespace halflife {
namespace {

// The rows, standardised and scaled so that plain means over them are weighted ones, first those
// that train: rows x kept.
Matrix TrainingFirst(const FoldRows& rows, const Standardizer& learnt, const Vector& scales) {
  std::vector<uint32_t> all = rows.training;
  all.insert(all.end(), rows.held.begin(), rows.held.end());
  Matrix values = StandardizeByRow(rows.data->design, learnt, all);
  values.topRows(scales.size()).array().colwise() *= scales.array();
  return values;
}

// The products of rows, lower triangle.
Matrix KernelOf(const Eigen::Ref<const Matrix>& rows) {
  Matrix kernel = Matrix::Zero(rows.rows(), rows.rows());
  AddOuterProduct(rows, &kernel);
  return kernel;
}

// Some of the held-out rows of a fold: their sums where it was made from sums, else where they
// begin among its held_axes.
struct HeldPart {
  const FoldRows& rows;  // rows.held are they
  const RowSums* sums = nullptr;
  Eigen::Index first = 0;
};

// Their weighted sums of squared errors, one a column of `axes`.
std::vector<double> ErrorsOf(const HeldPart& part, const LinearFold& fold, const Matrix& axes) {
  const FoldRows& rows = part.rows;
  const Vector weights = rows.data->weights(rows.held);
  std::vector<double> errors;
  if (axes.rows() == 0) {  // no feature varies in the training rows: only the mean is left
    const Vector off = (*rows.centred)(rows.held).array() - fold.learnt.target_mean;
    errors.assign(static_cast<std::size_t>(axes.cols()), off.cwiseAbs2().dot(weights));
    return errors;
  }
  if (fold.from_sums) return HeldErrors(rows, fold.learnt, *part.sums, fold.ridge.Weights(axes));
  const Matrix predictions =
      fold.held_axes.middleCols(part.first, weights.size()).transpose() * axes;
  const Vector target = fold.held_target.segment(part.first, weights.size());
  for (Eigen::Index d = 0; d < axes.cols(); ++d)
    errors.push_back((target - predictions.col(d)).cwiseAbs2().dot(weights));
  return errors;
}

}  // namespace

std::optional<Ridge> RidgeOfSums(const Dataset& data, RowSums sums, const GramStandardizer& learnt,
                                 const std::vector<uint32_t>& rows) {
  // With fewer rows than features the Gram matrix is the larger of the two.
  if (static_cast<Eigen::Index>(rows.size()) <= data.design.size() || !KeepsDigits(sums, learnt))
    return std::nullopt;
  std::optional<Ridge> ridge = RidgeFromGram(Standardize(data.design, std::move(sums), learnt));
  if (ridge && !FlatInRows(data.design, learnt.features, rows, ridge->spectrum))
    return std::nullopt;
  return ridge;
}

Ridge RidgeOfRows(const Dataset& data, const Standardizer& learnt, const Vector& target,
                  const std::vector<uint32_t>& rows) {
  const Vector scales = RowScales(data.weights(rows));
  Matrix values = StandardizeByRow(data.design, learnt, rows);
  values.array().colwise() *= scales.array();
  const Vector scaled = target.cwiseProduct(scales);
  if (values.cols() > values.rows()) {
    std::optional<Ridge> ridge = RidgeFromKernel(KernelOf(values), values, scaled);
    if (ridge) {
      ridge->dual_rows = std::move(values);
      return std::move(*ridge);
    }
  }
  return RidgeFromRows(values.transpose(), scaled);
}

std::vector<Fit> FitsOf(const Ridge& full, std::span<const double> decays, double intercept,
                        double weight, const std::vector<std::optional<LeftOut>>& left_out) {
  const Matrix axes = full.Axes(decays);
  const Vector losses = full.TrainLosses(decays, axes);
  const Matrix weights = full.Weights(axes);
  const Vector values = full.Values();
  std::vector<Fit> fits;
  for (std::size_t d = 0; d < decays.size(); ++d) {
    const auto at = static_cast<Eigen::Index>(d);
    const double fit = 2.0 * losses(at) + decays[d] * axes.col(at).squaredNorm();
    fits.push_back({weights.col(at), Vector::Constant(1, intercept), losses(at),
                    EffectiveDof(values, decays[d]), std::nullopt,
                    GcvLoss(values, losses(at), weight, decays[d]),
                    LogEvidence(values, fit, weight, decays[d])});
    if (!left_out[d]) continue;
    fits.back().loo = left_out[d]->loss;
    fits.back().variance = left_out[d]->variance;
  }
  return fits;
}

std::vector<FoldScore> LinearScores(const Vector& train, const std::vector<double>& errors,
                                    double weight, double distance) {
  std::vector<FoldScore> scores(errors.size());
  for (std::size_t d = 0; d < errors.size(); ++d) {
    scores[d].train_loss = train(static_cast<Eigen::Index>(d));
    scores[d].validation_loss = 0.5 * errors[d] / weight;
    scores[d].held.squared_error = errors[d];
    scores[d].held.squared_distance = distance;
  }
  return scores;
}

std::optional<LinearFold> LinearFoldFromSums(const FoldRows& rows, RowSums training) {
  LinearFold fold;
  fold.from_sums = true;
  fold.learnt = LearnStandardizer(rows.data->design, training);
  std::optional<Ridge> ridge =
      RidgeOfSums(*rows.data, std::move(training), fold.learnt, rows.training);
  if (!ridge) return std::nullopt;
  fold.ridge = std::move(*ridge);
  return fold;
}

LinearFold LinearFoldFromRows(const FoldRows& rows) {
  LinearFold fold;
  const Vector weights = rows.data->weights(rows.training);
  const Vector scales = RowScales(weights);
  fold.learnt.features = LearnStandardizer(rows.data->design, rows.training, rows.data->weights);
  const Vector target = (*rows.centred)(rows.training);
  const double mean = target.dot(weights) / weights.sum();
  fold.learnt.target_mean = mean;
  fold.held_target = (*rows.centred)(rows.held).array() - mean;
  const Vector scaled = (target.array() - mean).matrix().cwiseProduct(scales);
  const Matrix values = TrainingFirst(rows, fold.learnt.features, scales);
  const Eigen::Index n = scales.size();
  const Eigen::Index held = values.rows() - n;
  if (values.cols() > n) {
    std::optional<Ridge> ridge =
        RidgeFromKernel(KernelOf(values.topRows(n)), values.topRows(n), scaled);
    if (ridge) {
      const Matrix beside = values.topRows(n) * values.bottomRows(held).transpose();
      fold.held_axes = ridge->dual.transpose() * beside;
      fold.ridge = std::move(*ridge);
      return fold;
    }
  }
  fold.ridge = RidgeFromRows(values.topRows(n).transpose(), scaled);
  if (values.cols() > 0)
    fold.held_axes = fold.ridge.spectrum.basis.transpose() * values.bottomRows(held).transpose();
  return fold;
}

std::vector<FoldScore> ScoreLinearFold(const FoldRows& rows, const LinearFold& fold,
                                       const RowSums* held, std::span<const double> decays) {
  const Vector weights = rows.data->weights(rows.held);
  const double weight = weights.sum();
  const double distance =
      ((*rows.centred)(rows.held).array() - fold.learnt.target_mean).square().matrix().dot(weights);
  const Matrix axes = fold.ridge.Axes(decays);
  const Vector losses = fold.ridge.TrainLosses(decays, axes);
  return LinearScores(losses, ErrorsOf({rows, held}, fold, axes), weight, distance);
}

std::vector<PairLosses> ScoreLinearPair(const PairRows& rows, std::optional<PairSums> sums,
                                        std::span<const double> decays) {
  FoldRows both{&rows.data, &rows.centred, rows.training, rows.first};
  both.held.insert(both.held.end(), rows.second.begin(), rows.second.end());
  std::optional<LinearFold> fold;
  if (sums) fold = LinearFoldFromSums(both, std::move(sums->training));
  if (!fold) fold = LinearFoldFromRows(both);
  const Matrix axes = fold->ridge.Axes(decays);
  const Vector training = fold->ridge.TrainLosses(decays, axes);
  const auto losses = [&](const std::vector<uint32_t>& held, const RowSums* held_sums,
                          std::size_t first) {
    const FoldRows part{&rows.data, &rows.centred, rows.training, held};
    std::vector<double> errors =
        ErrorsOf({part, held_sums, static_cast<Eigen::Index>(first)}, *fold, axes);
    const double weight = rows.data.weights(held).sum();
    for (double& error : errors) error *= 0.5 / weight;
    return errors;
  };
  const std::vector<double> first = losses(rows.first, sums ? &sums->first : nullptr, 0);
  const std::vector<double> second =
      losses(rows.second, sums ? &sums->second : nullptr, rows.first.size());
  std::vector<PairLosses> scores;
  for (std::size_t d = 0; d < decays.size(); ++d)
    scores.push_back({training(static_cast<Eigen::Index>(d)), first[d], second[d]});
  return scores;
}

std::vector<std::optional<double>> LeaveOneOutOfTraining(const FoldRows& rows,
                                                         const LinearFold& fold,
                                                         std::span<const double> decays) {
  if (!KnowsItsRows(fold.ridge))
    return LeaveOneOutOfTraining(rows, LinearFoldFromRows(rows), decays);
  const Vector target = (*rows.centred)(rows.training).array() - fold.learnt.target_mean;
  const std::vector<std::optional<LeftOut>> left_out =
      LeaveOneOut(fold.ridge, {*rows.data, fold.learnt.features, rows.training, target}, decays);
  std::vector<std::optional<double>> losses(decays.size());
  for (std::size_t d = 0; d < losses.size(); ++d) {
    if (left_out[d]) losses[d] = left_out[d]->loss;
  }
  return losses;
}

}  // namespace halflife
