// Linear regression along the path of decays: each fold is decomposed once, then every decay is a
// division.

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "base/parallel.h"
#include "model/gram.h"
#include "model/held_out.h"
#include "model/linear_fold.h"
#include "model/model.h"
#include "model/stopping.h"

namespace halflife {
namespace {

// Sums over the rows of each fold, and over those before and after it: training rows are then added
// up, never subtracted, and lose no digits.
struct FoldSums {
  std::vector<RowSums> held;
  std::vector<RowSums> before;  // with the rows that are never held out
  std::vector<RowSums> after;
  bool ordered = false;

  RowSums Training(std::size_t fold) const {
    RowSums sums = before[fold];
    if (!ordered) sums.Add(after[fold]);
    return sums;
  }
  RowSums All() const {
    RowSums sums = before.back();
    sums.Add(held.back());
    return sums;
  }
};

class Linear : public Model {
 public:
  explicit Linear(const ModelContext& context)
      : context_(context), data_(*context.dataset), stopping_(context.stop) {
    const std::size_t rows = data_.target.rows();
    all_rows_.resize(rows);
    std::iota(all_rows_.begin(), all_rows_.end(), 0U);
    standardizer_ = LearnStandardizer(data_.design, all_rows_, data_.weights);
    mean_ = data_.target.numbers.dot(data_.weights) / data_.weights.sum();
    centred_ = data_.target.numbers.array() - mean_;
    // The Gram matrix pays where rows outnumber features; a fold keeps at least half of the rows.
    use_gram_ = static_cast<Eigen::Index>(rows) > 2 * data_.design.size();
    RefuseTooMany();
    Prepare();
  }

  Vector Curvature() const override { return full_ ? full_->spectrum.values : Vector(); }
  const Standardizer& standardizer() const override { return standardizer_; }
  std::vector<FoldScore> NullScores() const override { return ScoreConstants(data_); }

  std::vector<DecayScores> ScoreFolds(std::span<const double> decays) override {
    std::vector<DecayScores> scores(decays.size());
    const std::vector<int> done = DoneFolds();
    for (DecayScores& each : scores) each.folds.resize(done.size());
    ParallelFor(done.size(), context_.threads, [&](std::size_t f) {
      const auto fold = static_cast<std::size_t>(done[f]);
      const std::vector<FoldScore> of_fold = ScoreLinearFold(*folds_[fold], decays);
      for (std::size_t d = 0; d < decays.size(); ++d) scores[d].folds[f] = of_fold[d];
    });
    return scores;
  }

  std::vector<int> DoneFolds() const override {
    std::vector<int> done;
    if (!full_) return done;
    for (std::size_t f = 0; f < folds_.size(); ++f) {
      if (folds_[f]) done.push_back(static_cast<int>(f));
    }
    return done;
  }

  std::vector<Fit> FitAll(std::span<const double> decays) override {
    std::vector<Fit> fits;
    for (const double decay : decays) {
      const Vector axes = full_->Axes(decay);
      fits.push_back({full_->spectrum.basis * axes, Vector::Constant(1, mean_),
                      full_->TrainLoss(decay), EffectiveDof(full_->spectrum.values, decay)});
    }
    return fits;
  }

 private:
  // Every fold keeps two or three matrices of features x features, and while its round is prepared
  // as many sums; or it keeps its rows in their axes.
  void RefuseTooMany() const {
    constexpr double kMostBytes = 8e9;
    double folds = 0.0;
    for (const Folds& each : data_.folds) folds += each.count;
    const auto features = static_cast<double>(data_.design.size());
    const auto rows = static_cast<double>(data_.target.rows());
    const double each = use_gram_ ? 3.0 * features * features : features * std::min(features, rows);
    if (8.0 * folds * each <= kMostBytes) return;
    Fail(ErrorKind::kLinearMemory, {folds, features, std::round(8.0 * folds * each / 1e9)});
  }

  void Prepare() {
    int planned = 1;
    for (const Folds& folds : data_.folds) planned += folds.count;
    if (context_.count) context_.count(planned, 0);
    for (const Folds& folds : data_.folds) {
      if (!folds_.empty() && stopping_.Asked()) return;
      const FoldSums sums = use_gram_ ? SumFolds(folds) : FoldSums();
      const std::size_t offset = folds_.size();
      folds_.resize(offset + static_cast<std::size_t>(folds.count));
      // The fit on all rows is the first piece of the first round.
      const std::size_t before = offset == 0 ? 1 : 0;
      ParallelFor(
          static_cast<std::size_t>(folds.count) + before, context_.threads, [&](std::size_t i) {
            if (stopping_.Asked()) return;
            if (i < before) {
              full_ = FitFull(sums);
            } else {
              folds_[offset + i - before] = PrepareFold(folds, static_cast<int>(i - before), sums);
            }
            if (context_.count) context_.count(0, 1);
          });
    }
  }

  FoldSums SumFolds(const Folds& folds) const {
    const auto count = static_cast<std::size_t>(folds.count);
    FoldSums sums;
    sums.ordered = folds.ordered;
    sums.held.resize(count, NoRows(0));
    ParallelFor(count, context_.threads, [&](std::size_t f) {
      sums.held[f] =
          SumRows(data_.design, centred_, data_.weights, folds.Held(static_cast<int>(f)));
    });
    RowSums run = SumRows(data_.design, centred_, data_.weights, folds.Held(-1));
    for (const RowSums& held : sums.held) {
      sums.before.push_back(run);
      run.Add(held);
    }
    if (folds.ordered) return sums;
    sums.after.resize(count, NoRows(data_.design.size()));
    for (std::size_t f = count - 1; f > 0; --f) {
      sums.after[f - 1] = sums.after[f];
      sums.after[f - 1].Add(sums.held[f]);
    }
    return sums;
  }

  Ridge FitFull(const FoldSums& sums) const {
    if (use_gram_) {
      const RowSums all = sums.All();
      const GramStandardizer learnt = LearnStandardizer(data_.design, all);
      if (std::optional<Ridge> ridge = RidgeOfSums(data_, all, learnt, all_rows_)) return *ridge;
    }
    return RidgeOfRows(data_, standardizer_, centred_, all_rows_);
  }

  LinearFold PrepareFold(const Folds& folds, int fold, const FoldSums& sums) const {
    const std::vector<uint32_t> training = folds.Training(fold);
    if (use_gram_) {
      const auto f = static_cast<std::size_t>(fold);
      std::optional<LinearFold> from_sums =
          LinearFoldFromSums(data_, sums.Training(f), sums.held[f], training);
      if (from_sums) return std::move(*from_sums);
    }
    return LinearFoldFromRows(data_, centred_, training, folds.Held(fold));
  }

  ModelContext context_;
  const Dataset& data_;
  Stopping stopping_;
  std::vector<uint32_t> all_rows_;
  Standardizer standardizer_;
  double mean_ = 0.0;  // of the target
  Vector centred_;     // the target less its mean, so that sums of its squares keep their digits
  bool use_gram_ = false;
  std::vector<std::optional<LinearFold>> folds_;  // of all repeats; none where stopped before it
  std::optional<Ridge> full_;
};

}  // namespace

std::unique_ptr<Model> MakeLinear(const ModelContext& context) {
  return std::make_unique<Linear>(context);
}

}  // namespace halflife
