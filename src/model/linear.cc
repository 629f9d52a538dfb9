// Linear regression along the path of decays: each fold is decomposed once, then every decay is a
// division.

#include <algorithm>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "data/row_set.h"
#include "model/coded_linear.h"
#include "model/coded_rows.h"
#include "model/fold_sums.h"
#include "model/gram_memory.h"
#include "model/held_out.h"
#include "model/linear_fold.h"
#include "model/model.h"
#include "model/ridge_criteria.h"
#include "model/stopping.h"

namespace halflife {
namespace {

class Linear : public Model {
 public:
  explicit Linear(const ModelContext& context)
      : context_(context), data_(*context.dataset), stopping_(context.stop) {
    all_rows_ = RowsInOrder(data_.target.rows());
    mean_ = data_.target.numbers.dot(data_.weights) / data_.weights.sum();
    centred_ = data_.target.numbers.array() - mean_;
    // The Gram matrix pays where a fold's training rows outnumber the features.
    use_gram_ = FewestTrainingRows() > static_cast<std::size_t>(data_.design.size());
    RefuseTooMany();
    const std::size_t count = CountFolds(data_.folds);
    folds_.resize(count);
    done_.assign(count, 0);
    if (context_.count) context_.count(static_cast<int>(count) + 1, 0);
  }

  Vector Curvature() override {
    if (!full_ && KeepsFolds()) {
      ForEachFold([](std::size_t, const FoldRows&, const LinearFold&, const RowSums*) {});
    } else if (!full_) {
      FitFull(use_gram_ ? &SumsOf(0) : nullptr);
    }
    return full_ ? full_->Values() : Vector();
  }
  const Standardizer& standardizer() const override { return standardizer_; }
  std::vector<FoldScore> NullScores() const override {
    return ScoreConstants(data_, context_.threads);
  }

  std::vector<DecayScores> ScoreFolds(std::span<const double> decays) override {
    std::vector<std::vector<FoldScore>> of_fold(folds_.size());
    ForEachFold([&](std::size_t fold, const FoldRows& rows, const LinearFold& prepared,
                    const RowSums* held) {
      of_fold[fold] = ScoreLinearFold(rows, prepared, held, decays);
    });
    std::vector<DecayScores> scores(decays.size());
    for (const int fold : DoneFolds()) {
      for (std::size_t d = 0; d < decays.size(); ++d)
        scores[d].folds.push_back(of_fold[static_cast<std::size_t>(fold)][d]);
    }
    return scores;
  }

  std::vector<PairScores> ScorePairs(std::span<const double> decays, std::size_t repeat) override {
    const Folds& folds = data_.folds[repeat];
    const FoldSums* sums = use_gram_ ? &SumsOf(repeat) : nullptr;
    std::vector<PairScores> pairs = PairsOf(folds, decays.size());
    ParallelFor(pairs.size(), Threads(), [&](std::size_t i) {
      PairScores& pair = pairs[i];
      const PairRows rows{data_, centred_, folds.TrainingBoth(pair.first, pair.second),
                          folds.Held(pair.first), folds.Held(pair.second)};
      if (rows.training.empty() || stopping_.Asked()) return;
      std::optional<PairSums> own;
      if (sums != nullptr)
        own.emplace(PairSums{sums->TrainingOfBoth(pair.first, pair.second), sums->Held(pair.first),
                             sums->Held(pair.second)});
      const std::vector<PairLosses> losses = ScoreLinearPair(rows, std::move(own), decays);
      pair.losses.assign(losses.begin(), losses.end());
    });
    return pairs;
  }

  std::vector<std::vector<std::optional<double>>> TrainingLeaveOneOut(
      std::span<const double> decays) override {
    std::vector<std::vector<std::optional<double>>> of_fold(
        folds_.size(), std::vector<std::optional<double>>(decays.size()));
    ForEachFold(
        [&](std::size_t fold, const FoldRows& rows, const LinearFold& prepared, const RowSums*) {
          of_fold[fold] = LeaveOneOutOfTraining(rows, prepared, decays);
        });
    return of_fold;
  }

  std::vector<int> DoneFolds() const override {
    std::vector<int> done;
    if (!full_) return done;
    for (std::size_t f = 0; f < done_.size(); ++f) {
      if (done_[f] != 0) done.push_back(static_cast<int>(f));
    }
    return done;
  }

  std::vector<Fit> FitAll(std::span<const double> decays) override {
    return FitsOf(*full_, decays, mean_, data_.weights.sum(), LeftOutOfAll(decays));
  }

 private:
  using Visit = std::function<void(std::size_t fold, const FoldRows&, const LinearFold&,
                                   const RowSums* held)>;

  // Of all rows, where that costs little beside the fits.
  std::vector<std::optional<LeftOut>> LeftOutOfAll(std::span<const double> decays) const {
    if (!KnowsItsRows(*full_) || !LeaveOneOutIsCheap(*full_, all_rows_.size(), decays.size()))
      return std::vector<std::optional<LeftOut>>(decays.size());
    return LeaveOneOut(*full_, {data_, standardizer_, all_rows_, centred_, context_.threads},
                       decays);
  }

  std::size_t FewestTrainingRows() const {
    std::size_t fewest = all_rows_.size();
    for (const Folds& folds : data_.folds) {
      for (const std::size_t rows : folds.TrainingCounts()) fewest = std::min(fewest, rows);
    }
    return fewest;
  }

  // Bytes that a fold takes while it is decomposed, and that it keeps: matrices of features x
  // features, or its rows.
  double FoldBytes() const {
    const auto features = static_cast<double>(data_.design.size());
    const auto rows = static_cast<double>(data_.target.rows());
    return use_gram_ ? GramBytes(data_.design.size()) : 8.0 * rows * std::min(rows, features);
  }

  bool KeepsFolds() const { return AreKept(FoldBytes(), folds_.size()); }

  // The sums of one round stay; each decomposition takes three of the kind at most.
  void RefuseTooMany() const {
    double folds = 0.0;
    for (const Folds& each : data_.folds) folds = std::max(folds, static_cast<double>(each.count));
    const auto features = static_cast<double>(data_.design.size());
    const double bytes = (use_gram_ ? folds + 6.0 : 4.0) * FoldBytes();
    if (bytes <= MostBytes()) return;
    Fail(ErrorKind::kLinearMemory, {folds, features, std::round(bytes / 1e9)});
  }

  int Threads() const {
    return use_gram_ ? GramThreads(FoldBytes(), context_.threads) : context_.threads;
  }

  const FoldSums& SumsOf(std::size_t repeat) {
    if (!sums_ || sums_repeat_ != repeat) {
      sums_.reset();
      sums_.emplace(SummedRows{data_.design, centred_, data_.weights}, data_.folds[repeat],
                    context_.threads);
      sums_repeat_ = repeat;
    }
    return *sums_;
  }

  // Every fold that is not stopped before it was first seen, and the fit on all rows where there is
  // none yet, which is the first piece of the first round.
  void ForEachFold(const Visit& visit) {
    std::size_t offset = 0;
    for (std::size_t repeat = 0; repeat < data_.folds.size(); ++repeat) {
      const Folds& folds = data_.folds[repeat];
      if (repeat > 0 && stopping_.Asked() && done_[offset] == 0) return;
      const FoldSums* sums = use_gram_ ? &SumsOf(repeat) : nullptr;
      const std::size_t before = full_ ? 0 : 1;
      ParallelFor(static_cast<std::size_t>(folds.count) + before, Threads(), [&](std::size_t i) {
        if (i < before) {
          if (!stopping_.Asked()) FitFull(sums);
          return;
        }
        VisitFold(folds, offset, static_cast<int>(i - before), sums, visit);
      });
      if (!full_) return;
      offset += static_cast<std::size_t>(folds.count);
    }
  }

  void VisitFold(const Folds& folds, std::size_t offset, int fold, const FoldSums* sums,
                 const Visit& visit) {
    const std::size_t at = offset + static_cast<std::size_t>(fold);
    if (done_[at] == 0 && stopping_.Asked()) return;
    const FoldRows rows{&data_, &centred_, folds.Training(fold), folds.Held(fold)};
    const RowSums* held = sums != nullptr ? &sums->Held(fold) : nullptr;
    if (folds_[at]) {
      visit(at, rows, *folds_[at], held);
    } else {
      LinearFold prepared = PrepareFold(rows, sums, fold);
      visit(at, rows, prepared, held);
      if (use_gram_) prepared.ridge.right.resize(0, 0);  // of as many rows as there are
      if (KeepsFolds()) folds_[at] = std::move(prepared);
    }
    if (done_[at] == 0 && context_.count) context_.count(0, 1);
    done_[at] = 1;
  }

  static LinearFold PrepareFold(const FoldRows& rows, const FoldSums* sums, int fold) {
    if (sums != nullptr) {
      std::optional<LinearFold> from_sums = LinearFoldFromSums(rows, sums->Training(fold));
      if (from_sums) return std::move(*from_sums);
    }
    return LinearFoldFromRows(rows);
  }

  void FitFull(const FoldSums* sums) {
    if (sums != nullptr) {
      RowSums all = sums->All();
      GramStandardizer learnt = LearnStandardizer(data_.design, all);
      full_ = RidgeOfSums(data_, std::move(all), learnt, all_rows_);
      standardizer_ = std::move(learnt.features);
    }
    if (!full_) {
      standardizer_ = LearnStandardizer(data_.design, all_rows_, data_.weights, context_.threads);
      full_ = RidgeOfRows(data_, standardizer_, centred_, all_rows_);
      constexpr Eigen::Index kMostKept = 8'000'000;  // cells
      if (full_->right.size() > kMostKept) full_->right.resize(0, 0);
    }
    if (context_.count) context_.count(0, 1);
  }

  ModelContext context_;
  const Dataset& data_;
  Stopping stopping_;
  std::vector<uint32_t> all_rows_;
  Standardizer standardizer_;
  double mean_ = 0.0;  // of the target
  Vector centred_;     // the target less its mean, so that sums of its squares keep their digits
  bool use_gram_ = false;
  std::optional<FoldSums> sums_;
  std::size_t sums_repeat_ = 0;
  std::vector<std::optional<LinearFold>> folds_;  // of all repeats, those that are kept
  std::vector<char> done_;                        // a fold: whether it was seen to its end
  std::optional<Ridge> full_;
};

}  // namespace

std::unique_ptr<Model> MakeLinear(const ModelContext& context) {
  if (context.dataset->stream) return MakeStreamedLinear(context);
  if (context.coded.value_or(StaysCoded(context.dataset->design))) return MakeCodedLinear(context);
  return std::make_unique<Linear>(context);
}

}  // namespace halflife
