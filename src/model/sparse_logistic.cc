// Logistic and softmax regression with an elastic-net penalty along the path of decays, or with
// columns that are not decayed: each fold walks from large to small decay on its own.

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "data/row_set.h"
#include "model/free_columns.h"
#include "model/held_out.h"
#include "model/model.h"
#include "model/newton.h"
#include "model/path_order.h"
#include "model/present_classes.h"
#include "model/softmax.h"
#include "model/sparse_log_path.h"
#include "model/spectrum.h"
#include "model/stopping.h"

namespace halflife {
namespace {

// A fold's training rows, or all rows, with their path; and the rows that check it.
struct SparseLogFold {
  PresentClasses classes;
  std::vector<Eigen::Index> free;  // of the features kept, those not decayed
  std::vector<Eigen::Index> decayed;
  std::optional<SparseLogPath> path;  // none where one class alone is present
  bool finite = true;                 // false: what is not decayed separates the classes
  Matrix held;                        // kept x held-out rows
  std::vector<int32_t> held_classes;
  Vector held_weights;

  // kept x outputs
  Matrix Weights() const {
    Matrix weights(static_cast<Eigen::Index>(free.size() + decayed.size()), path->weights().cols());
    weights(decayed, Eigen::all) = path->weights();
    weights(free, Eigen::all) = path->free_weights().bottomRows(path->free_weights().rows() - 1);
    return weights;
  }

  FoldScore Score() const {
    Matrix logits(0, held.cols());
    if (path) {
      logits = Weights().transpose() * held;
      logits.colwise() += path->free_weights().row(0).transpose();
    }
    logits = classes.Complete(logits);
    return {path ? path->loss() : 0.0, LossOfLogits(logits, held_classes, held_weights),
            HeldOutOfLogits(logits, held_classes, held_weights)};
  }
};

// Whether what is not decayed has no finite fit alone: then no decay gives one.
bool FreePartSeparates(const LogLossRows& rows) {
  if (rows.free.cols() == 1) return false;  // an intercept
  SoftmaxRows alone;
  Matrix right;
  SpectrumFromRows(rows.free.rightCols(rows.free.cols() - 1).transpose(), &right);
  alone.inputs = Matrix::Ones(right.cols() + 1, right.rows());
  alone.inputs.topRows(right.cols()) =
      right.transpose() * std::sqrt(static_cast<double>(right.rows()));
  alone.classes = rows.classes;
  alone.weights = rows.shares;
  alone.outputs = rows.outputs;
  return HasNoFiniteFit(alone);
}

SparseLogFold MakeSparseLogFold(const Dataset& data, const Standardizer& learnt,
                                const std::vector<uint32_t>& training,
                                const std::vector<uint32_t>& held) {
  SparseLogFold fold;
  fold.classes = FindPresent(data, training);
  fold.held_classes = PickClasses(data.target.classes, held);
  fold.held_weights = data.weights(held);
  if (fold.classes.one()) return fold;
  const FreeColumns parts(data.undecayed, learnt.kept);
  fold.free = parts.free();
  fold.decayed = parts.held();
  if (!held.empty()) fold.held = Standardize(data.design, learnt, held);
  const Matrix columns = Standardize(data.design, learnt, training).transpose();
  LogLossRows rows;
  rows.columns = columns(Eigen::all, fold.decayed);
  rows.free = Matrix::Ones(columns.rows(), static_cast<Eigen::Index>(fold.free.size()) + 1);
  rows.free.rightCols(rows.free.cols() - 1) = columns(Eigen::all, fold.free);
  rows.classes = fold.classes.of_row;
  rows.shares = data.weights(training) / data.weights(training).sum();
  rows.outputs = fold.classes.outputs;
  fold.finite = !FreePartSeparates(rows);
  fold.path.emplace(std::move(rows));
  return fold;
}

class SparseLogistic : public Model {
 public:
  explicit SparseLogistic(const ModelContext& context)
      : context_(context), data_(*context.dataset), stopping_(context.stop) {
    const std::size_t count = CountFolds(data_.folds) + 1;
    RefuseTooMany(static_cast<double>(count));
    all_rows_ = RowsInOrder(data_.target.rows());
    standardizer_ = LearnStandardizer(data_.design, all_rows_, data_.weights, context_.threads);
    walks_.resize(count);
    ParallelFor(count, context_.threads, [&](std::size_t i) {
      if (!stopping_.Asked()) walks_[i].fold = Prepare(i);
    });
  }

  // Of the problem in which every column is decayed.
  Vector Curvature() override { return MakeLogistic(context_)->Curvature(); }
  std::optional<SparseRange> ZeroFrom() const override {
    if (context_.l1_ratio == 0.0) return std::nullopt;
    const std::optional<SparseLogFold>& all = walks_.front().fold;
    const double largest = all ? all->path->LargestL1() / context_.l1_ratio : 0.0;
    return SparseRange{largest, standardizer_.kept.size() > data_.target.rows()};
  }
  const Standardizer& standardizer() const override { return standardizer_; }
  std::vector<FoldScore> NullScores() const override { return ScoreConstants(data_); }

  std::vector<DecayScores> ScoreFolds(std::span<const double> decays) override {
    const DecaysDown down(decays);
    const bool zero = !down.decays.empty() && down.decays.back() == 0.0;
    if (zero && !undecayed_) undecayed_ = MakeLogistic(context_);
    DecayScores without;
    if (zero) without = std::move(undecayed_->ScoreFolds(std::vector<double>{0.0}).front());
    const std::size_t positive = down.decays.size() - (zero ? 1 : 0);
    if (context_.count) context_.count(static_cast<int>(walks_.size() * positive), 0);
    ParallelFor(walks_.size(), context_.threads, [&](std::size_t i) { WalkOne(i, down); });
    const std::vector<int> done = DoneFolds();
    std::vector<DecayScores> all(decays.size());
    for (std::size_t at = 0; at < positive; ++at) all[down.places[at]] = ScoresAt(at, done);
    if (zero) all[down.places.back()] = OfFolds(without, undecayed_->DoneFolds(), done);
    return all;
  }

  std::vector<int> DoneFolds() const override {
    const std::vector<int> done = DoneWalks(walks_);
    return undecayed_ ? Both(done, undecayed_->DoneFolds()) : done;
  }

  std::vector<Fit> FitAll(std::span<const double> decays) override {
    std::vector<Fit> fits;
    for (const double decay : decays) {
      fits.push_back(decay == 0.0 ? undecayed_->FitAll(std::vector<double>{0.0}).front()
                                  : full_.at(decay));
    }
    return fits;
  }

 private:
  // Of a fold, or of all rows (the first), what the last call found.
  struct Walk {
    std::optional<SparseLogFold> fold;  // none where stopped before it was prepared
    std::vector<FitStatus> status;      // one a decay, from the largest down
    std::vector<FoldScore> scores;
    bool done = false;
  };

  // Every fold keeps its rows; a thread has a copy more of those that it prepares.
  void RefuseTooMany(double problems) const {
    const auto rows = static_cast<double>(data_.target.rows());
    const double copies = problems + std::max(1, context_.threads);
    const double bytes = 8.0 * copies * rows * static_cast<double>(data_.design.size());
    if (bytes <= MostBytes()) return;
    Fail(ErrorKind::kLogisticMemory, {problems - 1.0, rows, std::round(bytes / 1e9)});
  }

  // Problem 0 is the fit on all rows, then come the folds of every repeat.
  SparseLogFold Prepare(std::size_t index) const {
    if (index == 0) return MakeSparseLogFold(data_, standardizer_, all_rows_, {});
    const FoldOfRound fold = FindFold(data_.folds, index - 1);
    const std::vector<uint32_t> training = fold.Training();
    return MakeSparseLogFold(data_, LearnStandardizer(data_.design, training, data_.weights),
                             training, fold.Held());
  }

  DecayScores ScoresAt(std::size_t at, const std::vector<int>& done) const {
    DecayScores scores;
    for (const Walk& walk : walks_) {
      if (walk.done) scores.status = std::max(scores.status, walk.status[at]);
    }
    if (scores.status != FitStatus::kFitted) return scores;
    for (const int fold : done)
      scores.folds.push_back(walks_[static_cast<std::size_t>(fold) + 1].scores[at]);
    return scores;
  }

  void WalkOne(std::size_t index, const DecaysDown& down) {
    Walk& walk = walks_[index];
    walk.done = false;
    walk.status.clear();
    walk.scores.clear();
    if (!walk.fold) return;
    for (const double decay : down.decays) {
      if (stopping_.Asked()) return;
      if (decay == 0.0) break;
      walk.status.push_back(MoveTo(decay, &*walk.fold) ? FitStatus::kFitted : FitStatus::kFailed);
      if (index > 0) walk.scores.push_back(walk.fold->Score());
      if (index == 0) KeepFit(decay, *walk.fold);
      if (context_.count) context_.count(0, 1);
    }
    walk.done = true;
  }

  bool MoveTo(double decay, SparseLogFold* fold) const {
    if (!fold->path) return true;  // one class: its share is 1, the loss 0
    const ElasticNet penalty = ElasticNet::At(decay, context_.l1_ratio);
    if (penalty.l1 > fold->path->l1()) fold->path->Restart();
    if (!fold->finite || !fold->path->fits()) return false;
    if (fold->path->MoveTo(penalty)) return true;
    fold->path->Restart();  // as SparseFold does
    return fold->path->MoveTo(penalty);
  }

  void KeepFit(double decay, SparseLogFold& all) {
    SparseLogPath& path = *all.path;
    const ElasticNet penalty = ElasticNet::At(decay, context_.l1_ratio);
    Fit fit{all.Weights(), path.free_weights().row(0).transpose(), path.loss(), std::nullopt};
    if (fit.intercept.size() == 1) fit.effective_dof = path.EffectiveDof(penalty);
    full_[decay] = std::move(fit);
  }

  ModelContext context_;
  const Dataset& data_;
  Stopping stopping_;
  std::vector<uint32_t> all_rows_;
  Standardizer standardizer_;
  std::vector<Walk> walks_;
  std::map<double, Fit> full_;        // at every decay walked
  std::unique_ptr<Model> undecayed_;  // for decay 0
};

}  // namespace

std::unique_ptr<Model> MakeSparseLogistic(const ModelContext& context) {
  return std::make_unique<SparseLogistic>(context);
}

}  // namespace halflife
