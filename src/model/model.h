// A family of models fitted along a path of decays: what the sweep asks of linear and logistic
// alike.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "linalg/linalg.h"
#include "model/standardizer.h"

namespace halflife {

// How a fit did on held-out rows, in parts that pool over folds. Every count of rows is a sum of
// weights.
struct HeldOutParts {
  double squared_error = 0.0;     // regression: sum over rows
  double squared_distance = 0.0;  // regression: to the mean of the rows trained on, sum over rows
  std::vector<double> right;      // classification: rows of each class that are told as it
  std::vector<double> rows;       // classification: rows of each class
  // Two classes, where both are held out: area under the ROC curve, and average precision of the
  // second class (sum over thresholds of precision times the gain in recall).
  std::optional<double> auc;
  std::optional<double> average_precision;
};

// One decay's result on one fold: mean data losses without the penalty, and more of the held-out
// rows.
struct FoldScore {
  double train_loss = 0.0;
  double validation_loss = 0.0;
  HeldOutParts held;
};

// What became of one decay.
enum class FitStatus {
  kFitted,
  kNoFiniteFit,  // decay 0, separable classes
  kFailed,       // no fit of some fold, or of all rows, reached its tolerance
};

// A decay's scores, one a fold that was done; none unless kFitted.
struct DecayScores {
  FitStatus status = FitStatus::kFitted;
  std::vector<FoldScore> folds;
};

// A fit on all rows at one decay.
struct Fit {
  Matrix weights;     // kept features x outputs, standardised units
  Vector intercept;   // outputs
  double loss = 0.0;  // mean data loss
  std::optional<double> effective_dof;
  // Without holding out folds (model/ridge_criteria.h, model/logistic_leave_one_out.h); none where
  // not known, or too dear.
  std::optional<double> loo = {};
  std::optional<double> gcv = {};
  std::optional<double> log_evidence = {};
  bool dof_is_estimate = false;
  // Linear models: the mean variance of leave-one-out predictions, the noise's being 1 (see
  // LeftOut); known where loo is.
  std::optional<double> variance = {};
};

// Mean data losses of a fit on the rows that train both of two folds.
struct PairLosses {
  double training = 0.0;
  double first = 0.0;   // on the rows that the one holds out
  double second = 0.0;  // on those of the other
};

// Two folds of one round removed at once.
struct PairScores {
  int first = 0;  // below second
  int second = 0;
  std::vector<std::optional<PairLosses>> losses;  // a decay; none where it has no fit
};

// Where all weights that are decayed are exactly 0, fitted on all rows.
struct SparseRange {
  double largest = 0.0;  // from this decay up
  bool wide = false;     // whether features outnumber rows
};

// Fits of one family on one dataset. Every method is a pure function of the dataset and its
// arguments.
class Model {
 public:
  virtual ~Model() = default;

  // Eigenvalues of the data loss's curvature in the weights, all rows, at w = 0, largest first;
  // those that are 0 to rounding left out. The automatic grid is laid over them.
  virtual Vector Curvature() = 0;

  // Of penalties that make weights exactly 0, over which the automatic grid is then laid.
  virtual std::optional<SparseRange> ZeroFrom() const { return std::nullopt; }

  // result[d] for decays[d], folds of all repeats one after another. Where the context's `stop`
  // says so, only the folds of DoneFolds have scores.
  virtual std::vector<DecayScores> ScoreFolds(std::span<const double> decays) = 0;

  // The folds that have scores, over all repeats, ascending: all of them unless stopped.
  virtual std::vector<int> DoneFolds() const = 0;

  // The scores of the best constant on every fold: the mean, or the shares of the classes, of the
  // rows trained on.
  virtual std::vector<FoldScore> NullScores() const = 0;

  // Fits on all rows, one a decay, which must be a decay that ScoreFolds found kFitted.
  virtual std::vector<Fit> FitAll(std::span<const double> decays) = 0;

  // For nested selection: every pair of folds of round `repeat`, first by first, fitted on the rows
  // that train both (of --time, those before the first). With them a decay can be chosen for each
  // fold by the others alone: its loss on fold f without f and g is that of their pair. K folds
  // cost K (K - 1) / 2 fits of every decay, but no pass over the rows of their own in linear
  // models. Pairs that leave no row, or are not done when `stop` says so, have no losses. Empty of
  // models that cannot: with an L1 part or undecayed columns, over files, and linear ones over
  // codes.
  virtual std::vector<PairScores> ScorePairs(std::span<const double> decays, std::size_t repeat) {
    static_cast<void>(decays), static_cast<void>(repeat);
    return {};
  }

  // For the same end: of every fold of every round the mean leave-one-out loss over its training
  // rows, one a decay; exact for linear models, else approximate, as Fit::loo is, but whatever it
  // costs. None where not known, or the fold is not done; empty where ScorePairs is.
  virtual std::vector<std::vector<std::optional<double>>> TrainingLeaveOneOut(
      std::span<const double> decays) {
    static_cast<void>(decays);
    return {};
  }

  // How the features of all rows are standardised in FitAll.
  virtual const Standardizer& standardizer() const = 0;
};

// Told of fits newly planned and newly done; may be called from any thread.
using FitCounter = std::function<void(int planned, int done)>;

// How a model is asked to work.
struct ModelContext {
  const Dataset* dataset = nullptr;
  int threads = 1;
  FitCounter count;            // may be empty
  std::function<bool()> stop;  // asked between fits; true: end with what is done; may be empty
  double l1_ratio = 0.0;  // of the penalty decay (l1_ratio ||w||_1 + (1 - l1_ratio) / 2 ||w||^2)
  std::optional<bool> coded = std::nullopt;  // none: where StaysCoded says so
};

std::unique_ptr<Model> MakeLinear(const ModelContext& context);
std::unique_ptr<Model> MakeLogistic(const ModelContext& context);

// For an l1_ratio above 0, and for columns of dataset->undecayed with any.
std::unique_ptr<Model> MakeSparseLinear(const ModelContext& context);
std::unique_ptr<Model> MakeSparseLogistic(const ModelContext& context);

// Both linear ones over rows that are not in memory (Dataset::stream), from their sums alone; for
// an l1_ratio of 0.
std::unique_ptr<Model> MakeStreamedLinear(const ModelContext& context);

}  // namespace halflife
