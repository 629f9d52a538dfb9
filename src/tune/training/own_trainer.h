// A user's own net as a Trainer: the optimizer steps it, the user's callbacks do the rest.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "halflife/tune_training.h"
#include "net/training_run.h"

namespace halflife {

class OwnTrainer : public Trainer {
 public:
  OwnTrainer(const NetFactory& make_net, const TrainingTuneOptions& options);

  std::unique_ptr<TrainingRun> Start(const RunKey& key) const override;
  void TrainTo(int epochs, std::span<TrainingRun* const> runs, int threads,
               const EpochCallback& done) const override;
  HeldOut Validate(const TrainingRun& run) const override;
  HeldOut Test(const TrainingRun& run) const override;

  bool has_test() const { return has_test_; }
  double default_lr() const { return default_lr_; }
  const std::vector<DecayedParameter>& parameters() const { return parameters_; }
  // That of the first decayed parameter; law kNone where nothing decays.
  Shrinkage ShrinkageOf(const RunKey& key) const;

 private:
  const NetFactory& make_net_;
  const TrainingTuneOptions& options_;
  bool has_test_ = false;
  double default_lr_ = 0.0;
  std::vector<DecayedParameter> parameters_;
  Shrinkage shrinkage_;    // of the first decayed parameter, at some decay
  double lr_scale_ = 1.0;  // of that parameter's group
};

}  // namespace halflife
