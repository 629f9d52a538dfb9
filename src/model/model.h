// A family of models fitted along a path of decays: what the sweep asks of linear and logistic
// alike.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/linalg.h"
#include "data/dataset.h"
#include "model/standardizer.h"

namespace halflife {

// One decay's result on one fold: mean data losses, and R2 or accuracy on the held-out rows.
struct FoldScore {
  double train_loss = 0.0;
  double validation_loss = 0.0;
  double score = 0.0;
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
  virtual Vector Curvature() const = 0;

  // result[d][f] for decays[d] and fold f over all repeats. Empty scores at a decay mean that no
  // finite fit exists there (decay 0, separable classes).
  virtual std::vector<std::vector<FoldScore>> ScoreFolds(std::span<const double> decays) = 0;

  // Fits on all rows, one a decay, which must be a decay that ScoreFolds scored.
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
  FitCounter count;  // may be empty
};

std::unique_ptr<Model> MakeLinear(const ModelContext& context);
std::unique_ptr<Model> MakeLogistic(const ModelContext& context);

}  // namespace halflife
