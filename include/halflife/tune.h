// The main job as a library call: find the weight decay for a table and one of its columns, and say
// whether it helps.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "halflife/column_list.h"
#include "halflife/data_options.h"
#include "halflife/diagnostics.h"
#include "halflife/epoch_record.h"
#include "halflife/estimate.h"
#include "halflife/fitted_model.h"
#include "halflife/net.h"
#include "halflife/optimizer.h"
#include "halflife/parameter.h"
#include "halflife/table.h"
#include "halflife/verdict.h"
#include "halflife/version.h"

namespace halflife {

// Whether the rows of a CSV file stay in the file.
enum class Streaming {
  kAuto,    // where the table, as numbers, would take more than half of the memory there is, and
            // what is asked for can do without its rows
  kAlways,  // or an error says why not
  kNever,
};

// What to try; the defaults are those of the command line.
struct TuneOptions {
  DataOptions data;
  ModelFamily model = ModelFamily::kAuto;
  // What the decay multiplies: l1_ratio ||w||_1 + (1 - l1_ratio) / 2 ||w||^2. 0 is the L2 penalty,
  // 1 the lasso, between them lies the elastic net; above 0 weights become exactly 0.
  double l1_ratio = 0.0;
  std::vector<double> decays;  // an explicit grid; empty: chosen, and extended, automatically
  std::optional<double> current_decay;  // the one in use: the verdict compares with it too
  std::optional<double> noise_sd;       // of the target, where that is known (ErrorParts)
  std::vector<std::string> plane;       // two columns for LossPlane; empty: those of the largest
                                        // weights
  int threads = 0;                      // 0: all
  Streaming stream = Streaming::kAuto;  // of TuneCsv
  // Called from the calling thread or a worker, never two at a time: fits done, fits in all.
  std::function<void(int done, int total)> progress;
  std::function<bool()> stop;  // asked between fits; true: report what is done
};

// How far a sweep over training runs is.
struct TrainingProgress {
  int runs_started = 0;
  int runs_done = 0;  // trained to their end, or diverged
  std::int64_t epochs_done = 0;
  std::int64_t epochs_planned = 0;  // an estimate where decays may be set aside
  double best_decay = 0.0;          // so far, among the runs that are furthest
  double best_lr = 0.0;
  double best_validation = 0.0;  // its loss
};

// One run's way, an entry an epoch.
struct TrainingCurve {
  std::uint64_t seed = 1;
  std::vector<EpochRecord> epochs;
  int split = 0;  // of the rows, from 0
};

// What is known about one decay, over its runs (a seed in a split each), of a model that is trained
// epoch by epoch.
struct TrainedPoint {
  double lr = 0.0;        // the best of those tried with this decay
  int epochs = 0;         // of its first run; of a decay that was set aside those that all had
  int seeds = 0;          // runs that were trained to the end; the choice is among decays with all
  int runs = 0;           // in all
  bool finished = false;  // every run was trained to its end
  bool moved = false;     // some were not: its figures are the best's, changed as the two differ on
                          // the runs that both ended with
  std::optional<Divergence> diverged;     // why a run ended before its time
  std::optional<double> half_life_steps;  // at the schedule's peak; none without a fixed share
  std::optional<double> averaging_time_epochs;  // 1/(lr*decay) steps, at the peak too
  bool active = true;                           // whether the averaging time lies within the run
  std::vector<TrainingCurve> curves;            // a curve a seed
};

// All that is known about one decay.
struct GridPoint {
  double decay = 0.0;
  Estimate train;  // data loss without the penalty
  Estimate validation;
  double score = 0.0;  // on the held-out rows: R2 pooled over folds, or mean accuracy
  std::optional<double> balanced_accuracy;  // classification: mean over classes of recall, pooled
  std::optional<double> auc;                // two classes: mean over folds that hold both
  std::optional<double> average_precision;  // as auc, of the second class
  double weight_norm = 0.0;                 // ||w||, standardised features, all rows
  std::optional<double> effective_dof;      // all rows; for logistic at the fitted probabilities
  bool effective_dof_estimated = false;     // from random probes, where columns of text are wide
  // Of the fit on all rows, none held out; none where not known or too dear. The mean
  // leave-one-out loss (of classes approximate: a Newton step from the fit with all rows), the loss
  // of generalised cross-validation, and the log evidence with the noise that makes it largest.
  std::optional<double> loo;
  std::optional<double> gcv;               // linear models
  std::optional<double> log_evidence;      // linear models
  std::optional<double> half_life_epochs;  // none for a closed-form fit: there are no steps
  std::optional<std::size_t> nonzero;   // of an l1_ratio above 0: weights that are not 0, all rows
  std::optional<TrainedPoint> trained;  // none for a closed-form fit
};

// The best decay in the units of other libraries.
struct Equivalents {
  std::optional<double> sklearn_alpha;  // Ridge(alpha), or of an l1_ratio above 0 Lasso, ElasticNet
  std::optional<double> sklearn_c;      // LogisticRegression(C); none at decay 0
  double glmnet_lambda = 0.0;
  double glmnet_alpha = 0.0;  // the L1 part's share of glmnet's penalty
  double pytorch_weight_decay = 0.0;
  double pytorch_l1 = 0.0;  // what multiplies ||w||_1 where that is added to the loss
  double keras_l2 = 0.0;
  double keras_l1 = 0.0;
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
  std::vector<std::string> classes;     // classification only
  double total_weight = 0.0;            // sum of the rows' weights; their number where unweighted
  std::optional<double> null_loss;      // held out, of the best constant of the rows trained on
  std::optional<double> null_accuracy;  // of the largest class there
  std::vector<ColumnSummary> column_list;  // every column of the file; Table::removed last
  std::vector<Finding> findings;           // of the table as a whole
  bool streamed = false;                   // its rows stayed in the file; duplicates not counted
};

// In seconds.
struct Timing {
  double read = 0.0;
  double fit = 0.0;
  double verdict = 0.0;
  double diagnostics = 0.0;
  double report = 0.0;
};

// A parameter of a net and whether it was decayed.
struct DecayedParameter {
  std::string name;
  ParameterKind kind = ParameterKind::kWeight;
  bool decayed = false;
  std::vector<std::int64_t> shape = {};
  std::size_t group = 0;  // of the optimizer's; 0 where it has none
};

// How a model did on rows that no choice has seen; of several splits the best is in each the decay
// that it chose.
struct TestScore {
  Estimate loss;       // over seeds, rows and splits
  double score = 0.0;  // R2 or accuracy, mean over seeds; over splits pooled
};

// One of the built-in nets and its training, as asked for: see TrainingOptions for what it leaves
// to each run.
struct BuiltNet {
  std::size_t inputs = 0;
  std::size_t outputs = 0;
  NetOptions options;
  TrainingOptions training;
};

// One of several splits of the rows: what its own sweep chose, and what that gained on the rows
// that it judges.
struct SplitRecord {
  double chosen = 0.0;  // the decay
  double lr = 0.0;
  std::size_t test_rows = 0;        // that it judges
  double gain = 0.0;                // the mean of `gains`
  std::vector<std::uint32_t> rows;  // which of the rows used it judges
  std::vector<double> gains;  // of each: its loss at the baseline less that at `chosen`, a mean
                              // over seeds; 0 where the baseline was chosen
};

// The net that is kept: which rows it was trained on, and how long.
struct KeptNet {
  bool all_rows = false;  // else the training rows of the first split
  std::size_t rows = 0;
  int epochs = 0;  // whose weights they are
  std::uint64_t seed = 1;
};

// What is known about a sweep over training runs as a whole.
struct TrainingSummary {
  std::optional<BuiltNet> net;  // none for a net of one's own
  // As the best run had it.
  OptimizerOptions optimizer;
  int epochs = 0;  // of a whole run
  std::int64_t steps_per_epoch = 0;
  bool early_stopping = false;
  std::vector<double> lrs;          // those tried
  double lr = 0.0;                  // the best decay's
  double baseline_lr = 0.0;         // the baseline's own best
  std::size_t training_rows = 0;    // of the first split, as the next two
  std::size_t validation_rows = 0;  // the choice
  std::size_t test_rows = 0;        // the verdict
  bool splits_differ = false;       // by more than whose turn it is: in how many rows do what
  int rounds = 1;                   // splits that the verdict is from
  int rounds_planned = 1;           // as many but for a request to stop
  std::size_t rows_judged = 0;      // different test rows of all splits
  std::vector<SplitRecord> splits;  // of several, those that the verdict is from
  KeptNet kept;
  std::optional<TestScore> best_test;
  std::optional<TestScore> baseline_test;
  std::int64_t epochs_trained = 0;  // of all runs together
  std::int64_t epochs_saved = 0;    // by dropping decays early, against every run to its end
  bool stopped = false;             // on request, before its end
  std::vector<DecayedParameter> parameters;
};

// The answer. `grid` is in ascending order of decay.
struct TuneResult {
  std::string version = std::string(kVersion);  // of the library that tuned
  DataSummary data;
  ModelFamily family = ModelFamily::kLinear;
  double l1_ratio = 0.0;              // of the penalty, see TuneOptions
  std::vector<std::string> no_decay;  // columns whose weights are not decayed
  std::size_t weights = 0;            // of a closed-form fit: features times outputs
  std::size_t undecayed_weights = 0;  // of these, those of no_decay
  int folds = 0;
  int seeds = 1;  // of nets; of tables the rounds of folds
  uint64_t seed = 1;
  int threads = 1;
  std::vector<GridPoint> grid;
  int best = 0;  // index into grid: lowest mean validation loss
  bool best_at_edge = false;
  int one_se = 0;  // index into grid: largest decay within one standard error of the best
  Verdict verdict;
  Equivalents equivalents;
  std::vector<WeightPath> paths;  // the weights that are largest at the best decay, at most 12
  std::vector<TuneFinding> findings;
  Timing timing;
  bool decays_given = false;         // the grid was the caller's
  bool interrupted = false;          // stopped on request: what was done by then
  std::vector<double> unfit_decays;  // of the grid, left out: their fit did not reach its tolerance
  std::optional<TrainingSummary> training;  // none for a closed-form fit
  Diagnostics diagnostics;
};

struct TuneOutcome {
  TuneResult result;
  FittedModel model;  // fitted on all rows at the best decay
};

// Tunes and fits. Throws Error for anything wrong with the table or the options.
TuneOutcome Tune(const Table& table, const TuneOptions& options);

// Completes the options once the names of the file's columns are known.
using NameColumnsOf =
    std::function<void(const std::vector<std::string>& columns, DataOptions* options)>;

// Reads the CSV file at `path` and tunes; timing.read is that of the reading. Linear regression
// needs sums of the rows alone, which are added up chunk by chunk (options.stream): of n rows about
// 45 n bytes are kept (target, weights, folds), however many columns there are. The answer is the
// one in memory but for the order of sums, and duplicate rows are not looked for. Classes, an
// l1_ratio above 0, more than 250,000 texts in a column, fewer rows than encoded columns, and rows
// of which sums lose the digits that count are for tables in memory.
TuneOutcome TuneCsv(const std::string& path, const ReadOptions& reading, const TuneOptions& options,
                    const NameColumnsOf& name_columns = {});

}  // namespace halflife
