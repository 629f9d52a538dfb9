#include "tune/training/keep_net.h"

#include "linalg/one_blas_thread.h"

namespace halflife {
namespace {

// A trainer wants rows to validate by. Here nothing is decided by them: the first one does.
Samples FirstRow(const Samples& all) {
  Samples one = all;
  one.rows = 1;
  one.inputs = all.inputs.first(all.width);
  one.classes = all.classes.first(all.classes.empty() ? 0 : 1);
  one.numbers = all.numbers.first(all.numbers.empty() ? 0 : 1);
  return one;
}

}  // namespace

void KeepWeights(const NetRun& run, FittedNet* net) {
  net->weights.clear();
  for (std::size_t i = 0; i < run.layout().tensors().size(); ++i) {
    const NetTensor& tensor = run.layout().tensors()[i];
    const std::span<const float> values = run.layout().Of(i, run.weights());
    net->weights.push_back({tensor.name, tensor.shape, {values.begin(), values.end()}});
  }
}

bool FitOnAll(const NetRows& rows, const KeptFit& fit, FittedNet* net, std::int64_t* steps) {
  const OneBlasThread one_blas_thread;
  NetData data = rows.view();
  data.validation = FirstRow(data.training);
  data.test = {};
  TrainingOptions training = fit.training;
  training.patience = 0;  // how long is known
  NetTrainer trainer(data, fit.net, training);
  const TrainingRun* run = trainer.Start(fit.key);
  trainer.TrainTo(fit.epochs, {&run, 1}, 1, [&](const TrainingRun& now) {
    return fit.go_on(static_cast<int>(now.curve().size()));
  });
  if (run->diverged() || static_cast<int>(run->curve().size()) < fit.epochs) return false;
  *net = rows.net;
  KeepWeights(trainer.net(*run), net);
  *steps = trainer.steps();
  return true;
}

}  // namespace halflife
