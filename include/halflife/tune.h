// The main job as a library call: find the weight decay for a table and one of its columns, and say
// whether it helps.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "halflife/data_options.h"
#include "halflife/fitted_model.h"
#include "halflife/table.h"

namespace halflife {

// What to try; the defaults are those of the command line.
struct TuneOptions {
  DataOptions data;
  ModelFamily model = ModelFamily::kAuto;
  std::vector<double> decays;  // an explicit grid; empty: chosen, and extended, automatically
  int threads = 0;             // 0: all
  // Called from the calling thread or a worker, never two at a time: fits done, fits in all.
  std::function<void(int done, int total)> progress;
};

// A mean over folds and its standard error.
struct Estimate {
  double mean = 0.0;
  double se = 0.0;
};

// All that is known about one decay.
struct GridPoint {
  double decay = 0.0;
  Estimate train;  // data loss without the penalty
  Estimate validation;
  double score = 0.0;                      // mean R2 or mean accuracy on the held-out rows
  double weight_norm = 0.0;                // ||w||, standardised features, all rows
  std::optional<double> effective_dof;     // all rows; for logistic at the fitted probabilities
  std::optional<double> half_life_epochs;  // none for a closed-form fit: there are no steps
};

// Why the best decay is, or is not, better than none.
struct Verdict {
  std::string label;            // "helps", "no detectable effect" or "hurts"
  double baseline = 0.0;        // the decay compared with: 0 where a fit without decay exists
  double improvement = 0.0;     // mean validation loss at the baseline minus that at the best decay
  double ci95[2] = {0.0, 0.0};  // of the improvement
  double p_value = 1.0;         // two-sided
  double minimum_detectable = 0.0;  // the improvement found with 80 % power at the 5 % level
  std::vector<std::string> notes;
};

// The best decay in the units of other libraries.
struct Equivalents {
  std::optional<double> sklearn_alpha;  // Ridge(alpha)
  std::optional<double> sklearn_c;      // LogisticRegression(C); none at decay 0
  double glmnet_lambda = 0.0;
  double pytorch_weight_decay = 0.0;
  double keras_l2 = 0.0;
};

// A weight's value at every point of the grid, fitted on all rows.
struct WeightPath {
  std::string name;  // "Gr_Liv_Area", "Street=Pave", with " -> CLASS" for more than two classes
  std::vector<double> weights;  // a value a grid point, standardised units
};

// What was in the table.
struct DataSummary {
  std::string path;
  std::size_t rows = 0;  // rows used
  std::size_t rows_dropped =
      0;  // rows without a target, or with missing cells under MissingPolicy::kDrop
  std::size_t columns = 0;   // columns in the file
  std::size_t features = 0;  // encoded features that vary
  std::string target;
  bool log_target = false;
  Task task = Task::kRegression;
  std::vector<std::string> classes;  // classification only
};

struct Timing {
  double read = 0.0;
  double fit = 0.0;
  double verdict = 0.0;
  double report = 0.0;
};

// The answer. `grid` is in ascending order of decay.
struct TuneResult {
  DataSummary data;
  ModelFamily family = ModelFamily::kLinear;
  int folds = 0;
  int seeds = 1;
  uint64_t seed = 1;
  int threads = 1;
  std::vector<GridPoint> grid;
  int best = 0;  // index into grid: lowest mean validation loss
  bool best_at_edge = false;
  int one_se = 0;  // index into grid: largest decay within one standard error of the best
  Verdict verdict;
  Equivalents equivalents;
  std::vector<WeightPath> paths;  // the weights that are largest at the best decay, at most 12
  std::vector<std::string> notes;
  Timing timing;
};

struct TuneOutcome {
  TuneResult result;
  FittedModel model;  // fitted on all rows at the best decay
};

// Tunes and fits. Throws Error for anything wrong with the table or the options.
TuneOutcome Tune(const Table& table, const TuneOptions& options);

}  // namespace halflife
