#include "report/torch_law.h"

#include <fmt/format.h>

namespace halflife {
namespace {

// `p`, or its distance from where the decay pulls to.
std::string From(const TorchLaw& law, const std::string& p) {
  return law.group->center == DecayCenter::kZero ? p : fmt::format("({} - center[p])", p);
}

std::string ForEach(const TorchLaw& law, const std::string& line) {
  if (law.without_gradient) return fmt::format("    for p in {}:\n        {}\n", law.list, line);
  return fmt::format("    for p in {}:\n        if p.grad is not None:\n            {}\n", law.list,
                     line);
}

// The share of a weight that a law takes off a step.
std::string Share(const TorchLaw& law) {
  switch (law.group->law) {
    case DecayLaw::kIndependent:
      return law.multiplier.empty() ? law.decay : fmt::format("{} * {}", law.multiplier, law.decay);
    case DecayLaw::kCorrected:
      return fmt::format("({}) ** 2 / {} * {}", law.lr, law.group->lr * law.group->lr_peak,
                         law.decay);
    default:
      return fmt::format("{} * {}", law.lr, law.decay);
  }
}

std::string Proximal(const TorchLaw& law) {
  const ResolvedGroup& group = *law.group;
  const std::string size = fmt::format("{} * {}", law.lr, law.decay);
  const std::string from = From(law, "p");
  std::string map;
  switch (group.penalty) {
    case ProximalPenalty::kL2:
      map = fmt::format("{} / (1 + {})", from, size);
      break;
    case ProximalPenalty::kL1:
      map = fmt::format("torch.nn.functional.softshrink({}, {})", from, size);
      break;
    case ProximalPenalty::kElasticNet:
      map = fmt::format("torch.nn.functional.softshrink({}, {} * {}) / (1 + {} * {})", from, size,
                        group.l1_ratio, size, 1 - group.l1_ratio);
      break;
    case ProximalPenalty::kGroupLasso:
      map = fmt::format("shrink_rows({}, {})", from, size);
      break;
  }
  if (group.center != DecayCenter::kZero) map = "center[p] + " + map;
  return ForEach(law, fmt::format("p.copy_({})", map));
}

}  // namespace

bool NeedsBefore(const TorchLaw& law) { return law.group->law == DecayLaw::kCautious; }

bool NeedsShrinkRows(const TorchLaw& law) { return law.group->Uses(ProximalPenalty::kGroupLasso); }

std::string ShrinkRowsFunction() {
  return "def shrink_rows(w, size):  # each row of the first dimension as a whole\n"
         "    rows = w.reshape(w.shape[0], -1)\n"
         "    norm = rows.norm(dim=1, keepdim=True).clamp(min=1e-30)\n"
         "    left = (1 - size * rows.shape[1] ** 0.5 / norm).clamp(min=0)\n"
         "    return (rows * left).reshape(w.shape)\n\n";
}

std::string LinesBefore(const TorchLaw& law) {
  switch (law.group->law) {
    case DecayLaw::kCoupled:
      return ForEach(law, fmt::format("p.grad.add_({}, alpha={})", From(law, "p"), law.decay));
    case DecayLaw::kDecoupled:
    case DecayLaw::kIndependent:
    case DecayLaw::kCorrected:
      return ForEach(law, fmt::format("p.sub_({} * {})", Share(law), From(law, "p")));
    default:
      return "";
  }
}

std::string LinesAfter(const TorchLaw& law) {
  if (law.group->law == DecayLaw::kProximal) return Proximal(law);
  if (law.group->law != DecayLaw::kCautious) return "";
  const std::string pull = From(law, "before[p]");
  return ForEach(law, fmt::format("p.sub_({} * torch.where((before[p] - p) * {} >= 0, {}, "
                                  "torch.zeros_like(p)))",
                                  Share(law), pull, pull));
}

}  // namespace halflife
