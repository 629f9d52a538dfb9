#include "tune/training/net_diagnostics.h"

#include "net/evaluate.h"
#include "tune/diagnostics/held_out_rows.h"
#include "tune/diagnostics/histograms.h"

namespace halflife {
namespace {

// Outputs x rows; of two classes the logit of the second alone.
Matrix OutputsOf(const JudgedNet& judged) {
  const NetLayout& layout = judged.trainer.layout();
  const std::vector<float> outputs =
      PredictNet(layout, judged.trainer.net(judged.run).weights(), judged.rows.test.view());
  const auto count = static_cast<Eigen::Index>(layout.outputs());
  const auto rows = static_cast<Eigen::Index>(judged.rows.test.rows);
  Matrix all = Eigen::Map<const Eigen::MatrixXf>(outputs.data(), count, rows).cast<double>();
  if (judged.rows.net.task == Task::kRegression || count != 2) return all;
  return all.row(1) - all.row(0);
}

std::vector<double> DecayedWeights(const NetTrainer& trainer,
                                   const std::vector<DecayedParameter>& parameters,
                                   const TrainingRun& run) {
  std::vector<double> decayed;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (!parameters[i].decayed) continue;
    const std::span<const float> values = trainer.layout().Of(i, trainer.net(run).weights());
    decayed.insert(decayed.end(), values.begin(), values.end());
  }
  return decayed;
}

}  // namespace

void AddHeldOutRows(std::span<const JudgedNet> judged, std::size_t classes, Diagnostics* known) {
  std::vector<double> truth;
  std::vector<double> predicted;
  std::vector<std::int32_t> truths;
  std::vector<Matrix> logits;
  for (const JudgedNet& each : judged) {
    if (each.rows.test.rows == 0) continue;
    const Matrix outputs = OutputsOf(each);
    const ArraySamples& test = each.rows.test;
    if (each.rows.net.task == Task::kClassification) {
      truths.insert(truths.end(), test.classes.begin(), test.classes.end());
      logits.push_back(outputs);
      continue;
    }
    const FittedNet& net = each.rows.net;
    for (Eigen::Index i = 0; i < outputs.cols(); ++i) {
      truth.push_back(net.target_mean +
                      net.target_scale * test.numbers[static_cast<std::size_t>(i)]);
      predicted.push_back(net.target_mean + net.target_scale * outputs(0, i));
    }
  }
  if (!truth.empty()) known->numbers = HeldOutOfNumbers(truth, predicted);
  if (!logits.empty()) known->classes = HeldOutOfClasses(truths, SideBySide(logits), classes);
}

std::optional<WeightHistograms> HistogramsOfNets(const NetTrainer& trainer,
                                                 const std::vector<DecayedParameter>& parameters,
                                                 const TrainingRun& baseline,
                                                 const TrainingRun& best) {
  return HistogramsOf(DecayedWeights(trainer, parameters, baseline),
                      DecayedWeights(trainer, parameters, best));
}

}  // namespace halflife
