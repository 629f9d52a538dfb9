#include "tune/training/net_facts.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "halflife/rule.h"

namespace halflife {
namespace {

// Without momentum a step of w by lr (g + decay w) takes lr*decay of w, as the decoupled law does.
bool IsPlainSgd(const OptimizerOptions& options) {
  const auto momentum = options.options.find("momentum");
  return RuleOf(options).spec->name == "sgd" && options.groups.empty() &&
         (momentum == options.options.end() || momentum->second == 0.0);
}

}  // namespace

NetProbe::NetProbe(const NetTrainer& trainer, double lr) {
  constexpr double kDecay = 1e-30;  // any above 0 that no learning rate makes too large
  const NetRun run(0, trainer.layout(), trainer.training(), trainer.steps(), {kDecay, lr, 1});
  const std::vector<NetTensor>& tensors = trainer.layout().tensors();
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const bool decayed = run.assignment().Decays(i);
    parameters_.push_back({tensors[i].name, tensors[i].kind, decayed, tensors[i].shape,
                           run.assignment().group_of[i]});
    if (!decayed || found_) continue;
    found_ = true;
    shrinkage_ = run.optimizer().ShrinkageOf(i);
    lr_scale_ = shrinkage_.lr / lr;
  }
  if (!found_) Fail(ErrorKind::kNothingDecays);
  if (IsPlainSgd(trainer.training().optimizer) && shrinkage_.law == DecayLaw::kCoupled)
    shrinkage_.law = DecayLaw::kDecoupled;
}

Shrinkage NetProbe::Of(double decay, double lr) const {
  Shrinkage shrinkage = shrinkage_;
  shrinkage.decay = decay;
  shrinkage.lr = lr * lr_scale_;
  return shrinkage;
}

// A regression's target is scaled by the training rows, so that their mean is 0.
std::vector<double> ConstantLosses(const NetRows& rows, const ArraySamples& held) {
  std::vector<double> losses;
  if (held.classes.empty()) {
    const double unit = rows.view().loss_unit;
    for (const float y : held.numbers) losses.push_back(0.5 * unit * static_cast<double>(y) * y);
    return losses;
  }
  std::vector<double> share(rows.net.classes.size(), 0.0);
  for (const std::int32_t c : rows.training.classes)
    share[static_cast<std::size_t>(c)] += 1.0 / static_cast<double>(rows.training.rows);
  for (const std::int32_t c : held.classes)
    losses.push_back(-std::log(share[static_cast<std::size_t>(c)]));
  return losses;
}

std::optional<double> LargestClassShare(const std::vector<const NetRows*>& splits) {
  if (splits.front()->net.task != Task::kClassification) return std::nullopt;
  std::vector<double> held(splits.front()->net.classes.size(), 0.0);
  double rows = 0.0;
  for (const NetRows* split : splits) {
    for (const std::int32_t c : split->test.classes) held[static_cast<std::size_t>(c)] += 1.0;
    rows += static_cast<double>(split->test.rows);
  }
  return *std::max_element(held.begin(), held.end()) / rows;
}

bool AlwaysAdapt(OptimizerOptions* options) {
  constexpr std::string_view kName = "always_adapt";
  const std::span<const OptionSpec> known = RuleOf(*options).spec->options;
  const bool has = std::any_of(known.begin(), known.end(),
                               [&](const OptionSpec& option) { return option.name == kName; });
  return has && options->options.emplace(kName, 1.0).second;
}

}  // namespace halflife
