#include "halflife/tune_training.h"

#include "base/error.h"
#include "base/parallel.h"
#include "tune/training/beside.h"
#include "tune/training/callback_trainer.h"
#include "tune/training/result.h"

namespace halflife {

TuneResult Tune(const NetFactory& make_net, const TrainingTuneOptions& options) {
  if (options.steps_per_epoch < 1) Fail(ErrorKind::kStepsPerEpoch, {options.steps_per_epoch});
  if (options.threads < 0) Fail(ErrorKind::kThreads, {options.threads});
  CallbackTrainer trainer(make_net, options);
  TrainingSweepOptions sweep;
  sweep.decays = options.decays;
  sweep.lrs = options.lrs.empty() ? std::vector<double>{trainer.default_lr()} : options.lrs;
  sweep.seeds = options.seeds;
  sweep.seed = options.seed;
  sweep.epochs = options.epochs;
  sweep.full = options.full;
  sweep.early_stopping = options.early_stopping;
  sweep.current_decay = options.current_decay;
  sweep.textbook = options.textbook;
  sweep.threads = options.threads > 0 ? options.threads : AvailableThreads();
  sweep.progress = options.progress;
  sweep.stop = options.stop;
  sweep.may_try = [&trainer](double decay, double lr) {
    return trainer.ShrinkageOf({decay, lr, 1}).Largest() < 1.0;
  };
  TrainingFacts facts;
  facts.steps_per_epoch = options.steps_per_epoch;
  facts.shrinkage = [&trainer](const RunKey& key) { return trainer.ShrinkageOf(key); };
  facts.parameters = trainer.parameters();
  facts.classification = options.classification;
  facts.has_test = trainer.has_test();
  facts.beside = AddGainsBeside;
  TuneResult result = TuneTraining(&trainer, sweep, facts).result;
  result.family = ModelFamily::kAuto;  // none of the built-in ones
  const GridPoint& best = result.grid[static_cast<std::size_t>(result.best)];
  result.training->optimizer = trainer.OptionsAt({best.decay, best.trained->lr, options.seed});
  result.equivalents.pytorch_weight_decay = best.decay;
  result.equivalents.keras_l2 = best.decay / 2.0;
  return result;
}

}  // namespace halflife
