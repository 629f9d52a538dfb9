// Linear regression over rows that are not in memory: as model/linear, and as model/sparse_linear
// where columns are not decayed, from sums added up in one pass over the rows of all folds of all
// rounds; a further pass answers what sums leave open.

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <utility>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/sums.h"
#include "model/free_columns.h"
#include "model/gram_memory.h"
#include "model/held_errors.h"
#include "model/held_out.h"
#include "model/linear_fold.h"
#include "model/model.h"
#include "model/path_order.h"
#include "model/ridge_criteria.h"
#include "model/stopping.h"
#include "model/streamed_passes.h"

namespace halflife {
namespace {

// The ridge problem of some rows: of what is left of their decayed columns once the others have
// explained what they can.
struct StreamedRidge {
  GramStandardizer learnt;
  FreeColumns free;
  Ridge ridge;

  // The weights of all kept columns, a column a decay.
  Matrix Weights(Matrix axes) const {
    const Eigen::Index decays = axes.cols();
    Matrix held = Matrix::Zero(static_cast<Eigen::Index>(free.held().size()), decays);
    if (axes.rows() > 0) held = ridge.Weights(std::move(axes));
    if (free.none()) return held;
    Matrix whole(static_cast<Eigen::Index>(learnt.features.kept.size()), decays);
    for (Eigen::Index d = 0; d < decays; ++d) whole.col(d) = free.Whole(held.col(d));
    return whole;
  }
  // Whether the data leave no doubt of the fit without decay.
  bool HasPlainFit() const {
    return free.rank() == static_cast<Eigen::Index>(free.free().size()) &&
           ridge.rank() == static_cast<Eigen::Index>(free.held().size());
  }
};

// A fold of a round, and what its held-out rows are before any fit.
struct StreamedFold {
  std::size_t repeat = 0;
  int fold = 0;
  double weight = 0.0;    // of the rows held out
  double distance = 0.0;  // their squares from the mean trained on
  bool has_plain_fit = true;
  std::optional<StreamedRidge> kept;
};

// What a fold says of the decays.
struct StreamedScores {
  Vector train;                // mean losses
  std::vector<double> errors;  // that sums tell
  std::vector<Eigen::Index> close;
  std::optional<ErrorQuestion> question;  // for the errors of `close`, which they do not
};

class StreamedLinear : public Model {
 public:
  // `frees`: whether columns of data.undecayed are not decayed.
  StreamedLinear(const ModelContext& context, bool frees)
      : context_(context), data_(*context.dataset), stopping_(context.stop), frees_(frees) {
    mean_ = data_.target.numbers.dot(data_.weights) / data_.weights.sum();
    centred_ = data_.target.numbers.array() - mean_;
    for (std::size_t repeat = 0; repeat < data_.folds.size(); ++repeat) {
      for (int f = 0; f < data_.folds[repeat].count; ++f)
        folds_.push_back({.repeat = repeat, .fold = f});
    }
    Refuse();
    done_.assign(folds_.size(), 0);
    if (context_.count) context_.count(static_cast<int>(folds_.size()) + 1, 0);
  }

  Vector Curvature() override {
    Prepare();
    return full_ ? full_->ridge.Values() : Vector();
  }
  const Standardizer& standardizer() const override { return standardizer_; }
  std::vector<FoldScore> NullScores() const override {
    return ScoreConstants(data_, context_.threads);
  }

  std::vector<DecayScores> ScoreFolds(std::span<const double> decays) override {
    Prepare();
    std::vector<StreamedScores> scores(folds_.size());
    ParallelFor(full_ ? folds_.size() : 0, Threads(), [&](std::size_t at) {
      if (done_[at] == 0 && stopping_.Asked()) return;
      const StreamedFold& own = folds_[at];
      scores[at] =
          own.kept ? Score(own, *own.kept, decays) : Score(own, Make(own, nullptr), decays);
      if (done_[at] == 0 && context_.count) context_.count(0, 1);
      done_[at] = 1;
    });
    Settle(&scores);
    const std::map<int, FoldScore> at_zero = ScoreZero(decays);
    std::vector<DecayScores> all(decays.size());
    for (const int fold : DoneFolds()) {
      const StreamedFold& of = folds_[static_cast<std::size_t>(fold)];
      const StreamedScores& told = scores[static_cast<std::size_t>(fold)];
      const std::vector<FoldScore> own =
          LinearScores(told.train, told.errors, of.weight, of.distance);
      for (std::size_t d = 0; d < decays.size(); ++d)
        all[d].folds.push_back(plain_ && decays[d] == 0.0 ? at_zero.at(fold) : own[d]);
    }
    return all;
  }

  std::vector<int> DoneFolds() const override {
    std::vector<int> done;
    for (std::size_t f = 0; full_ && f < done_.size(); ++f) {
      if (done_[f] != 0) done.push_back(static_cast<int>(f));
    }
    return plain_ ? Both(done, plain_->DoneFolds()) : done;
  }

  std::vector<Fit> FitAll(std::span<const double> decays) override {
    if (frees_) return FitsWithFree(decays);
    return FitsOf(full_->ridge, decays, mean_, data_.weights.sum(), LeftOutOfAll(decays));
  }

 private:
  double FoldBytes() const { return GramBytes(data_.design.size()); }
  int Threads() const { return GramThreads(FoldBytes(), context_.threads); }

  void Refuse() const {
    const auto features = static_cast<std::size_t>(data_.design.size());
    for (const Folds& folds : data_.folds) {
      for (const std::size_t rows : folds.TrainingCounts()) {
        if (rows <= features) Fail(ErrorKind::kStreamWide, {rows, features});
      }
    }
    const double bytes = 2.0 * passes_.SumsBytes() + 6.0 * FoldBytes();
    if (bytes > MostBytes()) {
      Fail(ErrorKind::kLinearMemory, {folds_.size(), features, std::round(bytes / 1e9)});
    }
  }

  // All that is done once: sums, the fit of all rows, and every fold's ridge problem.
  void Prepare() {
    if (full_ || stopping_.Asked()) return;
    sums_ = passes_.SumUp([&] { return stopping_.Asked(); });
    if (sums_.empty()) return;
    const bool keeps = AreKept(FoldBytes(), folds_.size());
    std::vector<std::vector<FlatQuestion>> flat(folds_.size() + 1);
    StreamedRidge all = RidgeOf(sums_.front().All(), &flat.back());
    ParallelFor(folds_.size(), Threads(), [&](std::size_t at) {
      StreamedFold& own = folds_[at];
      StreamedRidge made = Make(own, &flat[at]);
      for (FlatQuestion& question : flat[at]) {
        question.repeat = own.repeat;
        question.fold = own.fold;
      }
      own.weight = sums_[own.repeat].Held(own.fold).weight;
      own.distance = DistanceOf(own, made.learnt.target_mean);
      own.has_plain_fit = made.HasPlainFit();
      if (keeps) own.kept = std::move(made);
    });
    std::vector<FlatQuestion> questions;
    for (const std::vector<FlatQuestion>& of : flat)
      questions.insert(questions.end(), of.begin(), of.end());
    if (!passes_.AreFlat(questions)) Fail(ErrorKind::kStreamDigits);
    standardizer_ = all.learnt.features;
    full_ = std::move(all);
    if (context_.count) context_.count(0, 1);
  }

  // What it takes for flat is asked in `flat` (null: is known to be), whose rows are left open.
  StreamedRidge RidgeOf(RowSums sums, std::vector<FlatQuestion>* flat) const {
    GramStandardizer learnt = LearnStandardizer(data_.design, sums);
    FreeColumns free(frees_ ? data_.undecayed : std::vector<bool>(), learnt.features.kept);
    if (!KeepsDigits(sums, learnt)) Fail(ErrorKind::kStreamDigits);
    const auto ask = [&](const Spectrum& spectrum, Standardizer of) {
      if (flat == nullptr || spectrum.flat.cols() == 0) return;
      flat->push_back({.learnt = std::move(of), .spectrum = {spectrum.values, {}, spectrum.flat}});
    };
    std::optional<StandardizedGram> gram = free.Reduce(
        Standardize(data_.design, std::move(sums), learnt), [&](const Spectrum& spectrum) {
          ask(spectrum, free.OfFree(learnt.features));
          return true;
        });
    std::optional<Ridge> ridge;
    if (gram) ridge = RidgeFromGram(std::move(*gram));
    if (!ridge) Fail(ErrorKind::kStreamDigits);
    if (free.none()) ask(ridge->spectrum, learnt.features);
    return {std::move(learnt), std::move(free), std::move(*ridge)};
  }
  StreamedRidge Make(const StreamedFold& own, std::vector<FlatQuestion>* flat) const {
    return RidgeOf(sums_[own.repeat].Training(own.fold), flat);
  }

  double DistanceOf(const StreamedFold& own, double mean) const {
    const std::vector<int>& of_row = data_.folds[own.repeat].of_row;
    CompensatedSum sum;
    for (std::size_t row = 0; row < of_row.size(); ++row) {
      if (of_row[row] != own.fold) continue;
      const auto at = static_cast<Eigen::Index>(row);
      sum.Add(data_.weights(at) * (centred_(at) - mean) * (centred_(at) - mean));
    }
    return sum.Total();
  }

  StreamedScores Score(const StreamedFold& own, const StreamedRidge& fold,
                       std::span<const double> decays) const {
    StreamedScores scores;
    const Matrix axes = fold.ridge.Axes(decays);
    scores.train = fold.ridge.TrainLosses(decays, axes);
    if (axes.rows() == 0 && fold.free.none()) {  // nothing varies in the training rows
      scores.errors.assign(decays.size(), own.distance);
      return scores;
    }
    const Matrix weights = fold.Weights(axes);
    ErrorsOfSums of =
        HeldErrorsOfSums(data_.design, fold.learnt, sums_[own.repeat].Held(own.fold), weights);
    scores.errors = std::move(of.errors);
    scores.close = std::move(of.close);
    if (!scores.close.empty()) {
      scores.question =
          ErrorQuestion{own.repeat, own.fold, fold.learnt, weights(Eigen::all, scores.close), {}};
    }
    return scores;
  }

  // Finds the errors that are open.
  void Settle(std::vector<StreamedScores>* scores) const {
    std::vector<ErrorQuestion> open;
    for (const StreamedScores& own : *scores) {
      if (own.question) open.push_back(*own.question);
    }
    passes_.Answer(&open);
    std::size_t next = 0;
    for (StreamedScores& own : *scores) {
      if (!own.question) continue;
      const std::vector<double>& told = open[next++].errors;
      for (std::size_t i = 0; i < told.size(); ++i)
        own.errors[static_cast<std::size_t>(own.close[i])] = told[i];
    }
  }

  // Of decay 0, where it is asked for and is plain_'s: a fold's score.
  std::map<int, FoldScore> ScoreZero(std::span<const double> decays) {
    std::map<int, FoldScore> scores;
    const bool asked = std::find(decays.begin(), decays.end(), 0.0) != decays.end();
    if (!frees_ || !full_ || !asked) return scores;
    const bool plain = full_->HasPlainFit() &&
                       std::all_of(folds_.begin(), folds_.end(),
                                   [](const StreamedFold& own) { return own.has_plain_fit; });
    if (!plain && !plain_) plain_ = std::make_unique<StreamedLinear>(context_, false);
    if (!plain_) return scores;
    const DecayScores own = std::move(plain_->ScoreFolds(std::vector<double>{0.0}).front());
    const std::vector<int> folds = plain_->DoneFolds();
    for (std::size_t i = 0; i < folds.size(); ++i) scores[folds[i]] = own.folds[i];
    return scores;
  }

  std::vector<Fit> FitsWithFree(std::span<const double> decays) const {
    const Matrix axes = full_->ridge.Axes(decays);
    const Vector losses = full_->ridge.TrainLosses(decays, axes);
    const Matrix weights = full_->Weights(axes);
    const Vector values = full_->ridge.Values();
    std::vector<Fit> fits;
    for (std::size_t d = 0; d < decays.size(); ++d) {
      const auto at = static_cast<Eigen::Index>(d);
      if (decays[d] == 0.0 && plain_) {
        fits.push_back(plain_->FitAll(std::vector<double>{0.0}).front());
        continue;
      }
      fits.push_back({weights.col(at), Vector::Constant(1, mean_), losses(at),
                      static_cast<double>(full_->free.rank()) + EffectiveDof(values, decays[d])});
    }
    return fits;
  }

  std::vector<std::optional<LeftOut>> LeftOutOfAll(std::span<const double> decays) const {
    if (!LeaveOneOutIsCheap(full_->ridge, data_.target.rows(), decays.size()))
      return std::vector<std::optional<LeftOut>>(decays.size());
    return passes_.LeftOutOfAll(full_->ridge, standardizer_, decays);
  }

  ModelContext context_;
  const Dataset& data_;
  Stopping stopping_;
  bool frees_;
  double mean_ = 0.0;  // of the target
  Vector centred_;     // the target less its mean
  StreamedPasses passes_{data_, centred_, context_.threads};
  std::vector<StreamedFold> folds_;  // of all rounds
  std::vector<char> done_;
  std::vector<FoldSums> sums_;  // a round
  Standardizer standardizer_;
  std::optional<StreamedRidge> full_;
  // Decay 0 penalises nothing: where columns depend on each other it is the fit of minimum norm
  // that it is where all are decayed. None while every fold has a plain fit.
  std::unique_ptr<StreamedLinear> plain_;
};

}  // namespace

std::unique_ptr<Model> MakeStreamedLinear(const ModelContext& context) {
  return std::make_unique<StreamedLinear>(context, HasUndecayed(*context.dataset));
}

}  // namespace halflife
