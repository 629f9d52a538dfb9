// Tuning the weight decay of a multilayer perceptron for a table or an array of images: many
// trainings, side by side, and the verdict on rows that no choice has seen.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "halflife/arrays.h"
#include "halflife/data_options.h"
#include "halflife/fitted_net.h"
#include "halflife/net.h"
#include "halflife/tune.h"

namespace halflife {

struct NetTuneOptions {
  DataOptions data;  // its seeds, folds and fold column are not used
  NetOptions net;
  // training.epochs 0: 30, or as many as make 2,000 steps. The optimizer's decay is the sweep's,
  // and its lr too.
  TrainingOptions training;
  std::vector<double> decays;  // an explicit grid, used exactly; empty: 0 and 15 from 1e-5 to 1, of
                               // several splits 8, extended while the best is at an edge
  std::vector<double> lrs;     // every decay is tried with each; empty: the rule's own
  // How many splits of the rows: in each some train, some choose and some judge, and every one has
  // a sweep of its own. 0: 5 below 5,000 rows, of one drawing into 5 parts, so that every row is
  // judged once; else 1, as with data.time and with test rows given. With more than 5 the parts are
  // drawn again.
  int rounds = 0;
  // Initial weights and orders of rows, of each split its own; the first is data.seed. None: 1 of
  // several splits, 3 of one.
  std::optional<int> seeds = {};
  bool full = false;  // every run to its end: no decay is set aside early; so it is also for
                      // decays less than a factor of 1.9 apart
  std::optional<double> current_decay = {};  // the one in use: the verdict compares with it too
  // After the choice trains 1e-4, 1e-3 and 1e-2, and the best decay with biases decayed too, once
  // in each split: Verdict::textbook, Verdict::biases_decayed. Biases not where groups, the policy
  // or the group lasso say what decays.
  bool textbook = true;
  // Multiples of the widths of net.hidden, to be tuned and judged as well: Diagnostics::sizes.
  std::vector<double> sizes = {};
  int threads = 0;                                        // 0: all
  std::function<void(const TrainingProgress&)> progress;  // after each epoch; one call at a time
  std::function<bool()> stop;  // asked after each epoch; true: report what is done
};

struct NetTuneOutcome {
  TuneResult result;
  // At the best decay, with the seed data.seed, trained on all rows but those of `test`, and with
  // early stopping for as many epochs as the best decay's runs kept on average. Where it was
  // stopped, or that fit diverged, the best decay's first run instead: see TrainingSummary::kept.
  FittedNet net;
};

// In each split tunes on a fifth of the rows and judges on another fifth (a tenth each above 20,000
// rows), or on `test`. Throws Error for anything wrong with the rows or the options, and when every
// run of a split diverges.
NetTuneOutcome TuneNet(const Table& table, const Table* test, const NetTuneOptions& options);

// The same for arrays, which are freed at its end.
NetTuneOutcome TuneNet(ArrayData data, std::optional<ArrayData> test,
                       const NetTuneOptions& options);

}  // namespace halflife
