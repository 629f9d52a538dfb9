#include "model/coded_linear.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/parallel.h"
#include "data/row_set.h"
#include "model/held_out.h"
#include "model/krylov.h"
#include "model/linear_fold.h"
#include "model/spectrum_estimate.h"
#include "model/stopping.h"

namespace halflife {
namespace {

// The weighted sum over `rows` of the squared distance from `target` (one a row, less the
// intercept) to what each column of `weights` makes of them.
Vector SquaredErrors(const CodedRows& rows, const Vector& target, const Vector& row_weights,
                     const Matrix& weights) {
  constexpr Eigen::Index kRowsAtOnce = 2048;
  const CodedRows::Slots slots = rows.Spread(weights);
  Vector sums = Vector::Zero(weights.cols());
  for (Eigen::Index begin = 0; begin < rows.size(); begin += kRowsAtOnce) {
    const Eigen::Index count = std::min(kRowsAtOnce, rows.size() - begin);
    Matrix errors = rows.Times(slots, begin, count);
    errors.rowwise() -= target.segment(begin, count).transpose();
    sums += errors.cwiseAbs2() * row_weights.segment(begin, count);
  }
  return sums;
}

// Rows to train on and their fits.
struct CodedFits {
  Standardizer learnt;
  double target_mean = 0.0;  // of the centred target
  Matrix weights;            // features x decays
  Vector train_losses;       // one a decay
  std::vector<FitStatus> status;
};

class CodedLinear : public Model {
 public:
  explicit CodedLinear(const ModelContext& context)
      : context_(context), data_(*context.dataset), stopping_(context.stop) {
    all_rows_ = RowsInOrder(data_.target.rows());
    mean_ = data_.target.numbers.dot(data_.weights) / data_.weights.sum();
    centred_ = data_.target.numbers.array() - mean_;
    standardizer_ = LearnStandardizer(data_.design, all_rows_, data_.weights, context_.threads);
    if (ExplainsFree(data_)) undecayed_ = data_.undecayed;
    done_.assign(CountFolds(data_.folds), 0);
  }

  Vector Curvature() override {
    if (stopping_.Asked()) return Vector();
    return Spectrum().Spread();
  }
  const Standardizer& standardizer() const override { return standardizer_; }
  std::vector<FoldScore> NullScores() const override { return ScoreConstants(data_); }

  std::vector<DecayScores> ScoreFolds(std::span<const double> decays) override {
    const std::size_t count = done_.size() + 1;
    if (context_.count) context_.count(static_cast<int>(count), 0);
    full_done_ = false;
    std::fill(done_.begin(), done_.end(), 0);
    std::vector<FitStatus> full(decays.size(), FitStatus::kFitted);
    std::vector<std::vector<FoldScore>> scores(done_.size());
    std::vector<std::vector<FitStatus>> status(done_.size());
    ParallelFor(count, context_.threads, [&](std::size_t i) {
      if (stopping_.Asked()) return;
      if (i == 0) {
        full = FitFull(decays);
      } else {
        ScoreFold(i - 1, decays, &scores[i - 1], &status[i - 1]);
      }
      (i == 0 ? full_done_ : done_[i - 1]) = 1;
      if (context_.count) context_.count(0, 1);
    });
    std::vector<DecayScores> all(decays.size());
    for (std::size_t d = 0; d < decays.size(); ++d) {
      all[d].status = full[d];
      for (const int fold : DoneFolds()) {
        const auto at = static_cast<std::size_t>(fold);
        all[d].status = std::max(all[d].status, status[at][d]);
        all[d].folds.push_back(scores[at][d]);
      }
      if (all[d].status != FitStatus::kFitted) all[d].folds.clear();
    }
    return all;
  }

  std::vector<int> DoneFolds() const override {
    std::vector<int> done;
    for (std::size_t f = 0; full_done_ != 0 && f < done_.size(); ++f) {
      if (done_[f] != 0) done.push_back(static_cast<int>(f));
    }
    return done;
  }

  std::vector<Fit> FitAll(std::span<const double> decays) override {
    std::vector<Fit> fits;
    for (const double decay : decays) {
      fits.push_back(full_.at(decay));
      fits.back().effective_dof = Spectrum().EffectiveDof(decay);
      fits.back().dof_is_estimate = true;
    }
    return fits;
  }

 private:
  CodedFits FitRows(const std::vector<uint32_t>& rows, std::span<const double> decays) const {
    CodedFits fits;
    fits.learnt = LearnStandardizer(data_.design, rows, data_.weights);
    const CodedRows features(data_.design, fits.learnt, rows, undecayed_);
    const Vector weights = data_.weights(rows);
    const Vector own = centred_(rows);
    fits.target_mean = own.dot(weights) / weights.sum();
    const Vector target = own.array() - fits.target_mean;
    const Vector shares = weights / weights.sum();
    fits.weights = Matrix::Zero(features.features(), static_cast<Eigen::Index>(decays.size()));
    fits.status.assign(decays.size(), FitStatus::kFailed);
    // Without decay none is held, and the fit is that of the least norm.
    const bool any_free = !features.undecayed().empty();
    std::vector<std::size_t> apart;
    std::vector<std::size_t> together;
    for (std::size_t d = 0; d < decays.size(); ++d)
      (any_free && decays[d] == 0.0 ? apart : together).push_back(d);
    if (!together.empty())
      SolveDecays(CentredRows(features, shares, features.undecayed()), target, decays, together,
                  &fits);
    if (!apart.empty()) SolveDecays(CentredRows(features, shares), target, decays, apart, &fits);
    fits.train_losses =
        0.5 * SquaredErrors(features, target, weights, fits.weights) / weights.sum();
    return fits;
  }

  // At the decays of `which`.
  static void SolveDecays(const CentredRows& a, const Vector& target,
                          std::span<const double> decays, const std::vector<std::size_t>& which,
                          CodedFits* fits) {
    const Vector b = a.roots().cwiseProduct(target);
    std::vector<double> asked;
    asked.reserve(which.size());
    for (const std::size_t d : which) asked.push_back(decays[d]);
    RidgeSolutions found = SolveByKrylov(a, b, asked);
    for (std::size_t i = 0; i < which.size(); ++i) {
      auto weights = found.weights.col(static_cast<Eigen::Index>(i));
      if (found.solved[i] == 0 && !SolveBySchur(a, b, asked[i], weights)) continue;
      a.FitFree(b, weights);
      fits->weights.col(static_cast<Eigen::Index>(which[i])) = weights;
      fits->status[which[i]] = FitStatus::kFitted;
    }
  }

  std::vector<FitStatus> FitFull(std::span<const double> decays) {
    CodedFits fits = FitRows(all_rows_, decays);
    for (std::size_t d = 0; d < decays.size(); ++d) {
      const auto at = static_cast<Eigen::Index>(d);
      full_[decays[d]] = {fits.weights.col(at), Vector::Constant(1, mean_), fits.train_losses(at),
                          std::nullopt};
    }
    return fits.status;
  }

  void ScoreFold(std::size_t index, std::span<const double> decays, std::vector<FoldScore>* scores,
                 std::vector<FitStatus>* status) const {
    const FoldOfRound fold = FindFold(data_.folds, index);
    CodedFits fits = FitRows(fold.Training(), decays);
    const std::vector<uint32_t> held = fold.Held();
    const CodedRows features(data_.design, fits.learnt, held);
    const Vector weights = data_.weights(held);
    const Vector target = centred_(held).array() - fits.target_mean;
    const Vector errors = SquaredErrors(features, target, weights, fits.weights);
    *scores = LinearScores(fits.train_losses, {errors.begin(), errors.end()}, weights.sum(),
                           target.cwiseAbs2().dot(weights));
    *status = std::move(fits.status);
  }

  const SpectrumEstimate& Spectrum() {
    if (!spectrum_) {
      const CodedRows features(data_.design, standardizer_, all_rows_, undecayed_);
      const CentredRows a(features, data_.weights / data_.weights.sum(), features.undecayed());
      spectrum_ = EstimateSpectrum(a, {}, context_.threads);
    }
    return *spectrum_;
  }

  ModelContext context_;
  const Dataset& data_;
  Stopping stopping_;
  std::vector<uint32_t> all_rows_;
  Standardizer standardizer_;
  std::vector<bool> undecayed_;  // of the dataset, unless these are many
  double mean_ = 0.0;            // of the target
  Vector centred_;  // the target less its mean, so that sums of its squares keep their digits
  std::optional<SpectrumEstimate> spectrum_;
  char full_done_ = 0;
  std::vector<char> done_;      // a fold: whether the last call scored it
  std::map<double, Fit> full_;  // on all rows
};

}  // namespace

std::unique_ptr<Model> MakeCodedLinear(const ModelContext& context) {
  return std::make_unique<CodedLinear>(context);
}

}  // namespace halflife
