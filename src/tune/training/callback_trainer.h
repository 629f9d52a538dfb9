// A net of the user's own as a Trainer: the optimizer steps it, the user's callbacks do the rest.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "halflife/tune_training.h"
#include "net/trainer.h"

namespace halflife {

class CallbackRun;

class CallbackTrainer : public Trainer {
 public:
  CallbackTrainer(const NetFactory& make_net, const TrainingTuneOptions& options);
  ~CallbackTrainer() override;

  const TrainingRun* Start(const RunKey& key) override;
  void TrainTo(int epochs, std::span<const TrainingRun* const> runs, int threads,
               const EpochCallback& done) override;
  RowLosses Validate(const TrainingRun& run) const override;
  RowLosses Test(const TrainingRun& run) const override;

  bool has_test() const { return has_test_; }
  double default_lr() const { return default_lr_; }
  const std::vector<DecayedParameter>& parameters() const { return parameters_; }
  // That of the first decayed parameter; law kNone where nothing decays.
  Shrinkage ShrinkageOf(const RunKey& key) const;
  // The options that a run's optimizer has.
  OptimizerOptions OptionsAt(const RunKey& key) const;

 private:
  CallbackRun& Own(const TrainingRun& run) const;

  const NetFactory& make_net_;
  const TrainingTuneOptions& options_;
  bool has_test_ = false;
  double default_lr_ = 0.0;
  std::vector<DecayedParameter> parameters_;
  Shrinkage shrinkage_;                             // of the first decayed parameter, at some decay
  double lr_scale_ = 1.0;                           // of that parameter's group
  std::vector<std::unique_ptr<CallbackRun>> runs_;  // by number
};

}  // namespace halflife
