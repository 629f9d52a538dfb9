#include "model/sparse_fold.h"

#include <algorithm>

#include "model/held_errors.h"
#include "model/linear_fold.h"
#include "model/working_set.h"

namespace halflife {
namespace {

// A mean of squares that is a difference keeps its digits above this share of what it is made from.
constexpr double kCancels = 1e-6;

// The weighted sum of the squares of the target's distances from `mean`.
double SquaresOf(const FoldRows& rows, const std::vector<uint32_t>& of, double mean) {
  const Vector off = (*rows.centred)(of).array() - mean;
  return off.cwiseAbs2().dot(rows.data->weights(of));
}

}  // namespace

SparseFold::SparseFold(FoldRows rows, double ratio, GramStandardizer learnt)
    : rows_(std::move(rows)),
      ratio_(ratio),
      learnt_(std::move(learnt)),
      free_(rows_.data->undecayed, learnt_.features.kept),
      path_(LeastSquares()),
      reduced_(Vector::Zero(static_cast<Eigen::Index>(free_.held().size()))) {
  train_target_ = SquaresOf(rows_, rows_.training, learnt_.target_mean) /
                  rows_.data->weights(rows_.training).sum();
  if (rows_.held.empty()) return;
  held_weight_ = rows_.data->weights(rows_.held).sum();
  held_distance_ = SquaresOf(rows_, rows_.held, learnt_.target_mean);
}

std::optional<SparseFold> SparseFold::FromSums(FoldRows rows, double ratio, RowSums training,
                                               const RowSums* held) {
  const Design& design = rows.data->design;
  GramStandardizer learnt = LearnStandardizer(design, training);
  if (static_cast<Eigen::Index>(rows.training.size()) <= design.size() ||
      !KeepsDigits(training, learnt))
    return std::nullopt;
  SparseFold fold(std::move(rows), ratio, learnt);
  const auto is_flat = [&](const Spectrum& spectrum) {
    return FlatInRows(design, fold.free_.OfFree(learnt.features), fold.rows_.training, spectrum);
  };
  std::optional<StandardizedGram> reduced =
      fold.free_.Reduce(Standardize(design, std::move(training), learnt), is_flat);
  if (!reduced) return std::nullopt;
  if (ratio > 0.0) {
    fold.path_ = SparsePath(LeastSquares(std::move(*reduced)));
  } else {
    fold.ridge_ = RidgeFromGram(std::move(*reduced));
    if (!fold.ridge_) return std::nullopt;
    if (held == nullptr) fold.values_ = fold.ridge_->Values();
  }
  if (held != nullptr) fold.held_sums_ = *held;
  return fold;
}

SparseFold SparseFold::FromRows(FoldRows rows, double ratio) {
  const Dataset& data = *rows.data;
  Standardizer learnt = LearnStandardizer(data.design, rows.training, data.weights);
  const Vector weights = data.weights(rows.training);
  const double mean = (*rows.centred)(rows.training).dot(weights) / weights.sum();
  SparseFold fold(std::move(rows), ratio, {std::move(learnt), mean});
  const Vector scales = RowScales(weights);
  Matrix columns = StandardizeByRow(data.design, fold.learnt_.features, fold.rows_.training);
  columns.array().colwise() *= scales.array();
  Vector target =
      ((*fold.rows_.centred)(fold.rows_.training).array() - mean).matrix().cwiseProduct(scales);
  if (!fold.free_.none()) {
    Matrix values = columns.transpose();
    fold.free_.Reduce(&values, &target);
    columns = values.transpose();
  }
  if (ratio > 0.0) {
    fold.path_ = SparsePath(LeastSquares(std::move(columns), std::move(target), scales));
  } else {
    fold.ridge_ = RidgeFromRows(columns.transpose(), target);
    fold.values_ = fold.ridge_->Values();
  }
  return fold;
}

// The fit without decay where the data leave no doubt of it; see LeastSquares::PlainFit.
bool SparseFold::MoveToZero() {
  const auto free = static_cast<Eigen::Index>(free_.free().size());
  if (free_.rank() < free) return false;
  if (ridge_) {
    if (ridge_->rank() < static_cast<Eigen::Index>(free_.held().size())) return false;
    reduced_ = RidgeWeights();
    return true;
  }
  std::optional<Vector> plain = path_.problem().PlainFit(free_.none());
  if (!plain) return false;
  reduced_ = std::move(*plain);
  squared_error_ = path_.problem().SquaredError(reduced_, path_.problem().Slopes(reduced_));
  return path_.problem().has_columns() || squared_error_ >= kCancels * train_target_;
}

Vector SparseFold::RidgeWeights() const {
  if (ridge_->rank() == 0) return Vector::Zero(static_cast<Eigen::Index>(free_.held().size()));
  return ridge_->Weights(ridge_->Axes(decay_));
}

bool SparseFold::MoveTo(double decay) {
  decay_ = decay;
  if (ridge_) squared_error_ = 2.0 * ridge_->TrainLoss(decay);
  if (decay == 0.0) return MoveToZero();
  if (ridge_) {
    reduced_ = RidgeWeights();
    return true;
  }
  const ElasticNet penalty = ElasticNet::At(decay, ratio_);
  if (penalty.l1 > path_.l1()) path_.Restart();
  bool reached = path_.MoveTo(penalty);
  if (!reached) {  // columns that nearly repeat each other may hold up the way from the last fit
    path_.Restart();
    reached = path_.MoveTo(penalty);
  }
  reduced_ = path_.weights();
  squared_error_ = path_.SquaredError();
  return reached;
}

SparseFold::Walk SparseFold::WalkDown(const std::vector<double>& decays,
                                      const std::function<bool()>& next) {
  const auto count = static_cast<Eigen::Index>(decays.size());
  Walk walk{Matrix(static_cast<Eigen::Index>(learnt_.features.kept.size()), count),
            Vector(count),
            {},
            {}};
  std::vector<Eigen::Index> cancelled;
  for (Eigen::Index d = 0; d < count && walk.whole; ++d) {
    walk.whole = next();
    if (!walk.whole) break;
    walk.reached.push_back(MoveTo(decays[static_cast<std::size_t>(d)]));
    walk.weights.col(d) = free_.Whole(reduced_);
    walk.squared_error(d) = squared_error_;
    // From columns the error is no difference; from a Gram matrix it is one of the target's.
    const bool difference = !ridge_ && !path_.problem().has_columns();
    if (difference && walk.squared_error(d) < kCancels * train_target_) cancelled.push_back(d);
    if (rows_.held.empty()) walk.effective_dof.push_back(EffectiveDof());
  }
  path_.Forget();
  if (walk.whole) RedoInRows(cancelled, &walk);
  return walk;
}

// The training errors of `which` of the fits, from the rows themselves.
void SparseFold::RedoInRows(const std::vector<Eigen::Index>& which, Walk* walk) const {
  if (which.empty()) return;
  const std::vector<double> sums =
      ErrorsOfRows(rows_, rows_.training, learnt_, walk->weights(Eigen::all, which));
  const double weight = rows_.data->weights(rows_.training).sum();
  for (std::size_t i = 0; i < which.size(); ++i) walk->squared_error(which[i]) = sums[i] / weight;
}

// Sums of squared errors on the held-out rows, one a fit.
std::vector<double> SparseFold::HeldErrors(const Matrix& weights) const {
  if (weights.rows() == 0)
    return std::vector<double>(static_cast<std::size_t>(weights.cols()), held_distance_);
  return held_sums_ ? halflife::HeldErrors(rows_, learnt_, *held_sums_, weights)
                    : ErrorsOfRows(rows_, rows_.held, learnt_, weights);
}

std::vector<FoldScore> SparseFold::Score(const Walk& walk) const {
  return LinearScores(0.5 * walk.squared_error, HeldErrors(walk.weights), held_weight_,
                      held_distance_);
}

// The trace of what maps the targets to their fit: the rank of the free columns, and of those in
// use s / (s + l2) over the eigenvalues s of their products (Zou, Hastie, Tibshirani 2007, Annals
// of Statistics 35:2173).
double SparseFold::EffectiveDof() {
  const auto free = static_cast<double>(free_.rank());
  if (ridge_) return free + halflife::EffectiveDof(values_, decay_);
  std::vector<Eigen::Index> used;
  for (Eigen::Index j = 0; j < reduced_.size(); ++j) {
    if (reduced_(j) != 0.0) used.push_back(j);
  }
  const double l2 = ElasticNet::At(decay_, ratio_).l2;
  const auto count = static_cast<double>(used.size());
  if (used.empty() || l2 == 0.0)
    return std::min(free + count, static_cast<double>(rows_.training.size()) - 1.0);
  Matrix factor = path_.problem().Block(used);
  factor.diagonal().array() += l2;
  if (!CholeskyInPlace(&factor)) return free + count;
  return free + count - l2 * InvertLower(std::move(factor)).squaredNorm();
}

}  // namespace halflife
