// Linear regression with an elastic-net penalty along the path of decays, or with columns that are
// not decayed: each fold walks from large to small decay on its own.

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "data/row_set.h"
#include "model/fold_sums.h"
#include "model/held_out.h"
#include "model/model.h"
#include "model/path_order.h"
#include "model/sparse_fold.h"
#include "model/stopping.h"

namespace halflife {
namespace {

class SparseLinear : public Model {
 public:
  explicit SparseLinear(const ModelContext& context)
      : context_(context), data_(*context.dataset), stopping_(context.stop) {
    all_rows_ = RowsInOrder(data_.target.rows());
    mean_ = data_.target.numbers.dot(data_.weights) / data_.weights.sum();
    centred_ = data_.target.numbers.array() - mean_;
    use_gram_ = data_.design.rows() > 2 * data_.design.size();
    RefuseTooMany();
    walks_.resize(CountFolds(data_.folds) + 1);
    Prepare();
    const std::optional<SparseFold>& full = walks_.front().fold;
    standardizer_ =
        full ? full->standardizer() : LearnStandardizer(data_.design, all_rows_, data_.weights);
  }

  Vector Curvature() override {
    return walks_.front().fold ? walks_.front().fold->Curvature() : Vector();
  }
  std::optional<SparseRange> ZeroFrom() const override {
    if (context_.l1_ratio == 0.0) return std::nullopt;
    const double largest = walks_.front().fold ? walks_.front().fold->LargestDecay() : 0.0;
    return SparseRange{largest, standardizer_.kept.size() > data_.target.rows()};
  }
  const Standardizer& standardizer() const override { return standardizer_; }
  std::vector<FoldScore> NullScores() const override { return ScoreConstants(data_); }

  std::vector<DecayScores> ScoreFolds(std::span<const double> decays) override {
    const DecaysDown down(decays);
    if (context_.count) context_.count(static_cast<int>(walks_.size() * decays.size()), 0);
    ParallelFor(walks_.size(), context_.threads, [&](std::size_t i) { WalkOne(i, down); });
    const bool zero = !down.decays.empty() && down.decays.back() == 0.0;
    if (zero && !AllReached(down.decays.size() - 1) && !undecayed_)
      undecayed_ = MakeLinear(context_);
    DecayScores at_zero;  // of the folds that the model without decay has done
    if (zero && undecayed_)
      at_zero = std::move(undecayed_->ScoreFolds(std::vector<double>{0.0}).front());
    const std::vector<int> done = DoneFolds();
    std::vector<DecayScores> all(decays.size());
    for (std::size_t at = 0; at < down.places.size(); ++at) {
      DecayScores& scores = all[down.places[at]];
      if (down.decays[at] == 0.0 && undecayed_) {
        scores = OfFolds(at_zero, undecayed_->DoneFolds(), done);
      } else if (!AllReached(at)) {
        scores.status = FitStatus::kFailed;
      } else {
        for (const int fold : done)
          scores.folds.push_back(walks_[static_cast<std::size_t>(fold) + 1].scores[at]);
      }
    }
    return all;
  }

  std::vector<int> DoneFolds() const override {
    const std::vector<int> done = DoneWalks(walks_);
    return undecayed_ ? Both(done, undecayed_->DoneFolds()) : done;
  }

  std::vector<Fit> FitAll(std::span<const double> decays) override {
    std::vector<Fit> fits;
    for (const double decay : decays) {
      fits.push_back(decay == 0.0 && undecayed_
                         ? undecayed_->FitAll(std::vector<double>{0.0}).front()
                         : full_.at(decay));
    }
    return fits;
  }

 private:
  // Of a fold, or of all rows (the first), what the last call found.
  struct Walk {
    std::optional<SparseFold> fold;  // none where stopped before it was prepared
    SparseFold::Walk path;
    std::vector<FoldScore> scores;
    bool done = false;
  };

  // Every fold keeps its Gram matrix and that of its held-out rows, and beside them while it walks
  // products of the columns in use, old and new, and their factor; or its rows.
  void RefuseTooMany() const {
    const auto folds = static_cast<double>(CountFolds(data_.folds));
    const auto features = static_cast<double>(data_.design.size());
    const auto rows = static_cast<double>(data_.target.rows());
    const int threads = context_.threads > 0 ? context_.threads : AvailableThreads();
    const double bytes =
        8.0 * features *
        (use_gram_ ? (2.0 * (folds + 1.0) + 3.0 * threads) * features : 1.5 * (folds + 1.0) * rows);
    if (bytes <= MostBytes()) return;
    Fail(ErrorKind::kLinearMemory, {folds, features, std::round(bytes / 1e9)});
  }

  void Prepare() {
    std::size_t offset = 0;
    for (const Folds& folds : data_.folds) {
      if (offset > 0 && stopping_.Asked()) return;
      std::optional<FoldSums> sums;
      if (use_gram_)
        sums.emplace(SummedRows{data_.design, centred_, data_.weights}, folds, context_.threads);
      // The fit on all rows is the first piece of the first round.
      const std::size_t before = offset == 0 ? 1 : 0;
      ParallelFor(static_cast<std::size_t>(folds.count) + before, context_.threads,
                  [&](std::size_t i) {
                    if (stopping_.Asked()) return;
                    if (i < before) {
                      walks_.front().fold = MakeFull(sums);
                    } else {
                      walks_[1 + offset + i - before].fold =
                          MakeFold(folds, static_cast<int>(i - before), sums);
                    }
                  });
      offset += static_cast<std::size_t>(folds.count);
    }
  }

  SparseFold MakeFull(const std::optional<FoldSums>& sums) const {
    const FoldRows rows{&data_, &centred_, all_rows_, {}};
    if (sums) {
      std::optional<SparseFold> fold =
          SparseFold::FromSums(rows, context_.l1_ratio, sums->All(), nullptr);
      if (fold) return std::move(*fold);
    }
    return SparseFold::FromRows(rows, context_.l1_ratio);
  }

  SparseFold MakeFold(const Folds& folds, int which, const std::optional<FoldSums>& sums) const {
    const FoldRows rows{&data_, &centred_, folds.Training(which), folds.Held(which)};
    if (sums) {
      std::optional<SparseFold> fold =
          SparseFold::FromSums(rows, context_.l1_ratio, sums->Training(which), &sums->Held(which));
      if (fold) return std::move(*fold);
    }
    return SparseFold::FromRows(rows, context_.l1_ratio);
  }

  void WalkOne(std::size_t index, const DecaysDown& down) {
    Walk& walk = walks_[index];
    walk.done = false;
    if (!walk.fold) return;
    int begun = 0;
    walk.path = walk.fold->WalkDown(down.decays, [&] {
      if (begun++ > 0 && context_.count) context_.count(0, 1);
      return !stopping_.Asked();
    });
    if (!walk.path.whole) return;
    if (begun > 0 && context_.count) context_.count(0, 1);
    if (index > 0) walk.scores = walk.fold->Score(walk.path);
    if (index == 0) KeepFits(down, walk.path);
    walk.done = true;
  }

  void KeepFits(const DecaysDown& down, const SparseFold::Walk& path) {
    for (std::size_t at = 0; at < down.decays.size(); ++at) {
      const auto column = static_cast<Eigen::Index>(at);
      full_[down.decays[at]] = {path.weights.col(column), Vector::Constant(1, mean_),
                                0.5 * path.squared_error(column), path.effective_dof[at]};
    }
  }

  // Whether the fits at one decay were reached, of all walks that were done.
  bool AllReached(std::size_t at) const {
    return std::all_of(walks_.begin(), walks_.end(),
                       [&](const Walk& walk) { return !walk.done || walk.path.reached[at]; });
  }

  ModelContext context_;
  const Dataset& data_;
  Stopping stopping_;
  std::vector<uint32_t> all_rows_;
  Standardizer standardizer_;
  double mean_ = 0.0;  // of the target
  Vector centred_;     // the target less its mean
  bool use_gram_ = false;
  std::vector<Walk> walks_;     // all rows, then the folds of all repeats
  std::map<double, Fit> full_;  // at every decay walked
  // Decay 0 penalises nothing: where columns depend on each other it is the fit of minimum norm
  // that it is with every penalty. None while every fold has a plain fit.
  std::unique_ptr<Model> undecayed_;
};

}  // namespace

std::unique_ptr<Model> MakeSparseLinear(const ModelContext& context) {
  if (context.dataset->stream) return MakeStreamedLinear(context);
  return std::make_unique<SparseLinear>(context);
}

}  // namespace halflife
