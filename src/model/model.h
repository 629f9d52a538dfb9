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
};

// Fits of one family on one dataset. Every method is a pure function of the dataset and its
// arguments.
class Model {
 public:
  virtual ~Model() = default;

  // Eigenvalues of the data loss's curvature in the weights, all rows, at w = 0, largest first;
  // those that are 0 to rounding left out. The automatic grid is laid over them.
  virtual Vector Curvature() = 0;

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
};

std::unique_ptr<Model> MakeLinear(const ModelContext& context);
// The same over rows that are not in memory (Dataset::stream), from their sums alone.
std::unique_ptr<Model> MakeStreamedLinear(const ModelContext& context);
std::unique_ptr<Model> MakeLogistic(const ModelContext& context);

}  // namespace halflife
