#include "tune/fold_choice.h"

namespace halflife {
namespace {

// The mean over the folds of what the training loss is too low by.
double OptimismOf(const Trial& trial) {
  double optimism = 0.0;
  for (const FoldScore& fold : trial.folds) optimism += fold.validation_loss - fold.train_loss;
  return optimism / static_cast<double>(trial.folds.size());
}

}  // namespace

std::vector<std::size_t> ChooseInFolds(const Sweep& sweep) {
  std::vector<double> optimism;
  optimism.reserve(sweep.trials.size());
  for (const Trial& trial : sweep.trials) optimism.push_back(OptimismOf(trial));
  std::vector<std::size_t> choice(sweep.folds.size(), 0);
  for (std::size_t f = 0; f < choice.size(); ++f) {
    const auto estimate = [&](std::size_t d) {
      return sweep.trials[d].folds[f].train_loss + optimism[d];
    };
    for (std::size_t d = 1; d < sweep.trials.size(); ++d) {
      if (estimate(d) <= estimate(choice[f])) choice[f] = d;
    }
  }
  return choice;
}

}  // namespace halflife
