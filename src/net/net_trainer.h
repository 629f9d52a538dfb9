// Trains nets: the runs of a seed side by side on the same batches, groups of them over threads.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "data/samples.h"
#include "net/evaluate.h"
#include "net/net_run.h"
#include "net/trainer.h"

namespace halflife {

// Rows to learn from, to choose by, and to judge the choice; all of one width and one kind.
struct NetData {
  Samples training;
  Samples validation;
  Samples test;             // may have no rows, if Test is not called
  std::size_t outputs = 1;  // classes; 1 for numbers
  double loss_unit = 1.0;   // multiplies every loss and penalty that is told: the squared unit of
                            // numbers that were scaled
};

class NetTrainer : public Trainer {
 public:
  // What `data` views has to outlive the trainer. Throws Error when an
  // option is out of its range or the rows do not fit together.
  NetTrainer(const NetData& data, const NetOptions& net, const TrainingOptions& training);

  const TrainingRun* Start(const RunKey& key) override;
  void TrainTo(int epochs, std::span<const TrainingRun* const> runs, int threads,
               const EpochCallback& done) override;
  RowLosses Validate(const TrainingRun& run) const override;
  RowLosses Test(const TrainingRun& run) const override;

  // One of its own runs, with its weights and its optimizer.
  const NetRun& net(const TrainingRun& run) const;
  NetRun& net(const TrainingRun& run);

  const NetLayout& layout() const { return layout_; }
  const TrainingOptions& training() const { return training_; }
  std::size_t steps_per_epoch() const;
  std::int64_t steps() const;  // of a whole run

 private:
  RowLosses Evaluate(const TrainingRun& run, const Samples& samples) const;

  NetData data_;
  NetLayout layout_;
  TrainingOptions training_;
  std::vector<std::unique_ptr<NetRun>> runs_;  // by number
};

}  // namespace halflife
