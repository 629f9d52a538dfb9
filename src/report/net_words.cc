#include "report/net_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "halflife/report.h"
#include "optim/groups.h"
#include "report/splits_words.h"
#include "report/torch_code.h"

namespace halflife {
namespace {

// "2 weight tensors, 2 bias tensors".
std::string CountKinds(const TuneResult& result, bool decayed) {
  std::array<std::size_t, 6> counts{};
  for (const DecayedParameter& parameter : result.training->parameters) {
    if (parameter.decayed == decayed) ++counts[static_cast<std::size_t>(parameter.kind)];
  }
  std::vector<std::string> parts;
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    if (counts[kind] == 0) continue;
    const std::string_view name = Name(static_cast<ParameterKind>(kind));
    parts.push_back(Counted(counts[kind], fmt::format("{} tensor", name)));
  }
  return Join(parts, ", ");
}

DecayLaw LawOf(const OptimizerOptions& optimizer) {
  return optimizer.law.value_or(RuleOf(optimizer).spec->law);
}

// A count of steps or epochs, three digits of it.
std::string Rounded(double value) {
  return value >= 1000.0 ? fmt::format("{:.0f}", RoundSignificant(value, 3)) : Number(value, 3);
}

}  // namespace

std::string NetText(const TuneResult& result) {
  if (!result.training->net) return "";
  const BuiltNet& net = *result.training->net;
  std::string text = std::to_string(net.inputs);
  for (const int units : net.options.hidden) text += "-" + std::to_string(units);
  text += "-" + std::to_string(net.outputs);
  if (net.options.hidden.empty()) return text;
  text += ", " + std::string(Name(net.options.activation));
  if (net.options.layer_norm) text += ", layer norm";
  if (net.options.dropout > 0) text += ", dropout " + Number(net.options.dropout);
  return text;
}

std::string OptimizerText(const TuneResult& result) {
  const OptimizerOptions& optimizer = result.training->optimizer;
  const ProximalPenalty penalty = optimizer.penalty.value_or(ProximalPenalty::kL2);
  return fmt::format("{}, {}{} decay", RuleOf(optimizer).spec->name, Name(LawOf(optimizer)),
                     penalty == ProximalPenalty::kL2 ? "" : " " + std::string(Name(penalty)));
}

std::string ScheduleText(const TuneResult& result) {
  if (!result.training->net) return "";
  const TrainingOptions& training = result.training->net->training;
  std::string text(Name(training.lr_shape));
  if (training.warm_up > 0) text += ", warm-up " + Number(training.warm_up);
  if (training.decay_shape != ScheduleShape::kConstant)
    text += ", decay " + std::string(Name(training.decay_shape));
  return text;
}

std::string SplitText(const TuneResult& result) {
  if (HasSplits(result) || (RanInSplits(result) && result.training->test_rows == 0))
    return RowsOfSplitsText(result);
  const TrainingSummary& training = *result.training;
  std::string text = fmt::format("{} rows to train on, {} to choose by", training.training_rows,
                                 training.validation_rows);
  if (training.test_rows > 0) text += fmt::format(", {} to judge by", training.test_rows);
  return text;
}

std::string TrainingText(const TuneResult& result) {
  const TrainingSummary& training = *result.training;
  std::vector<std::string> lrs;
  for (const double lr : training.lrs) lrs.push_back(ShortestNumber(lr));
  const bool several = RanInSplits(result);
  return fmt::format(
      "{}; {}; lr {}, {}; {} of {}{}; {}{}", NetText(result), OptimizerText(result),
      Join(lrs, " or "), ScheduleText(result),
      Counted(static_cast<std::size_t>(training.epochs), "epoch"), several ? "about " : "",
      Counted(static_cast<std::size_t>(training.steps_per_epoch), "step"),
      Counted(static_cast<std::size_t>(result.seeds), "seed"), several ? " a split" : "");
}

std::string TimeScaleSentence(const TuneResult& result) {
  const GridPoint& best = BestPoint(result);
  if (!(best.decay > 0.0)) return "Without decay a weight that gets no gradient stays as it is.";
  const TrainedPoint& trained = *best.trained;
  if (!trained.half_life_steps || !trained.averaging_time_epochs)
    return "This law has no fixed half-life: how it shrinks a weight depends on the gradients.";
  const int epochs = result.training->epochs;
  return fmt::format(
      "At the best decay a weight that gets no gradient halves every {} epochs ({} steps); its "
      "averaging time, 1/(lr*decay), is {} epochs, and the run has {}.",
      Rounded(*best.half_life_epochs), Rounded(*trained.half_life_steps),
      Rounded(*trained.averaging_time_epochs), epochs);
}

std::string DecayedText(const TuneResult& result) {
  const std::string others = CountKinds(result, false);
  return CountKinds(result, true) + (others.empty() ? "" : "; not " + others);
}

std::string SweepText(const TuneResult& result) {
  const TrainingSummary& training = *result.training;
  const auto trained = static_cast<double>(training.epochs_trained);
  const auto saved = static_cast<double>(training.epochs_saved);
  if (training.epochs_saved == 0) return fmt::format("{} epochs trained", training.epochs_trained);
  const bool moved = std::any_of(result.grid.begin(), result.grid.end(),
                                 [](const GridPoint& point) { return point.trained->moved; });
  return fmt::format(
      "{} epochs trained, {:.0f} % of all: decays that fell behind were set aside (their figures "
      "are of that epoch{}); --full trains them to the end",
      training.epochs_trained, 100.0 * trained / (trained + saved),
      moved
          ? "; where only some runs ended, they are the best's, changed as the two differ on these"
          : "");
}

std::string EndText(const TuneResult& result, const TrainedPoint& point) {
  if (point.diverged) return "diverged: " + DivergenceText(*point.diverged);
  if (point.finished) return "";
  if (point.curves.empty()) return "not started";
  if (point.seeds > 0) return fmt::format("{} of {} runs", point.seeds, point.runs);
  if (result.training->stopped) return fmt::format("to epoch {}", point.epochs);
  const bool later =
      std::any_of(point.curves.begin(), point.curves.end(), [&](const TrainingCurve& curve) {
        return static_cast<int>(curve.epochs.size()) > point.epochs;
      });
  return fmt::format("set aside {} epoch {}{}", later ? "from" : "at", point.epochs,
                     later ? " on" : "");
}

bool IsCoupled(const TuneResult& result) {
  return LawOf(result.training->optimizer) == DecayLaw::kCoupled;
}

bool AllDecayed(const TuneResult& result) {
  const std::vector<DecayedParameter>& all = result.training->parameters;
  return std::all_of(all.begin(), all.end(), [](const DecayedParameter& p) { return p.decayed; });
}

std::vector<Unit> TrainedUnits(const TuneResult& result) {
  if (!TakesTorchDecay(*result.training)) return {};
  const std::string decay = Number(result.equivalents.pytorch_weight_decay, 6);
  const bool regression = IsRegression(result);
  const std::string lr = ShortestNumber(BestPoint(result).trained->lr);
  if (IsCoupled(result)) {
    // Without the 1/2 of the loss SGD takes the same step at half the rate, but where it clips.
    const OptimizerOptions& optimizer = result.training->optimizer;
    const bool clips = optimizer.clip_norm > 0 || optimizer.clip_value > 0;
    const bool halves = regression && !clips && RuleOf(optimizer).spec->name == "sgd";
    const std::string rate =
        halves ? fmt::format(" and lr {}", ShortestNumber(BestPoint(result).trained->lr / 2)) : "";
    return {{"PyTorch",
             fmt::format("weight_decay={}{} with {}", decay, rate,
                         regression ? "MSELoss of the standardised target" : "cross-entropy")},
            {"Keras", fmt::format("l2({}){} with {}", Number(result.equivalents.keras_l2, 6), rate,
                                  regression ? "MeanSquaredError of the standardised target"
                                             : "cross-entropy")}};
  }
  if (!IsPlainTorch(*result.training))
    return {{"PyTorch", fmt::format("AdamW, weight_decay={}", decay)}};
  return {{"PyTorch", fmt::format("AdamW({}, lr={}, weight_decay={})",
                                  AllDecayed(result) ? "parameters" : "weights", lr, decay)},
          {"Keras", fmt::format("AdamW(learning_rate={}, weight_decay={})", lr, decay)}};
}

}  // namespace halflife
