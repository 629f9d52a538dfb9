#include "lab/code.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "base/text.h"
#include "lab/paths.h"
#include "report/cpp_code.h"
#include "report/torch_rules.h"

namespace halflife {
namespace {

// What a law does, with the weights' centre at 0.
std::string_view LawComment(const CodeOfStep& step) {
  switch (step.law) {
    case DecayLaw::kNone:
      return "no decay";
    case DecayLaw::kCoupled:
      return "decay * w joins the gradient, before the rule";
    case DecayLaw::kDecoupled:
      return "w shrinks by lr * decay * w, beside the rule";
    case DecayLaw::kIndependent:
      return "w shrinks by decay * w, whatever the lr";
    case DecayLaw::kCorrected:
      return "w shrinks by lr^2 / lr_max * decay * w";
    case DecayLaw::kCautious:
      return "w shrinks by lr * decay * w, where the step does not oppose it";
    case DecayLaw::kProximal:
      break;
  }
  if (step.penalty == ProximalPenalty::kL1) return "after the step, w moves to 0 by lr * decay";
  if (step.penalty == ProximalPenalty::kL2) return "after the step, w / (1 + lr * decay)";
  return "after the step, half of both: to 0 by lr * decay / 2, over 1 + lr * decay / 2";
}

// The law by hand, before and after optimizer.step().
struct ByHand {
  std::string before;
  std::string after;
};

ByHand LawByHand(const CodeOfStep& step) {
  const auto shrink = [](std::string_view line) {
    return fmt::format("    with torch.no_grad():\n        {}\n", line);
  };
  switch (step.law) {
    case DecayLaw::kNone:
      return {};
    case DecayLaw::kCoupled:
      return {"    w.grad.add_(w.detach(), alpha=decay)\n", ""};
    case DecayLaw::kDecoupled:
      return {shrink("w.mul_(1 - lr * decay)"), ""};
    case DecayLaw::kIndependent:
      return {shrink("w.mul_(1 - decay)  # times the schedule's multiplier, here 1"), ""};
    case DecayLaw::kCorrected:
      return {shrink("w.mul_(1 - lr * lr / lr_max * decay)"), ""};
    case DecayLaw::kCautious:
      return {"    before = w.detach().clone()\n",
              shrink("agree = (before - w) * before >= 0\n"
                     "        w.sub_(lr * decay * before * agree)")};
    case DecayLaw::kProximal:
      break;
  }
  if (step.penalty == ProximalPenalty::kL2) return {"", shrink("w.div_(1 + lr * decay)")};
  if (step.penalty == ProximalPenalty::kL1)
    return {"", shrink("w.copy_(torch.nn.functional.softshrink(w, lr * decay))")};
  return {"", shrink("w.copy_(torch.nn.functional.softshrink(w, lr * decay / 2))\n"
                     "        w.div_(1 + lr * decay / 2)")};
}

// The lines that set what the law by hand reads.
std::string Numbers(const CodeOfStep& step) {
  const std::string lr = ShortestNumber(step.lr);
  const std::string decay = ShortestNumber(step.decay);
  if (step.law == DecayLaw::kCoupled || step.law == DecayLaw::kIndependent)
    return fmt::format("decay = {}\n", decay);
  if (step.law == DecayLaw::kCorrected)
    return fmt::format("lr, decay = {}, {}\nlr_max = lr  # the schedule's largest\n", lr, decay);
  return fmt::format("lr, decay = {}, {}\n", lr, decay);
}

std::string Commented(std::string_view text) {
  std::string lines;
  for (const std::string& line : Split(text, '\n')) lines += fmt::format("#   {}\n", line);
  return lines;
}

// For a rule that torch.optim lacks.
std::string FormulaAlone(const CodeOfStep& step) {
  return fmt::format(
      "# torch.optim has no {}. Its step, g the gradient of the data loss:\n{}"
      "# {} decay: {}\n"
      "# lr = {}, decay = {}\n",
      step.rule->title, Commented(step.rule->formula), Name(step.law), LawComment(step),
      ShortestNumber(step.lr), ShortestNumber(step.decay));
}

// "-1.5, 2.0": with a point each, as PyTorch tells whole numbers from floats by it.
std::string StartText(const CodeOfStep& step) {
  const auto text = [](double value) {
    const std::string number = ShortestNumber(value);
    return number.find_first_of(".e") == std::string::npos ? number + ".0" : number;
  };
  return text(step.start.x) + ", " + text(step.start.y);
}

}  // namespace

std::string CppCode(const CodeOfStep& step) {
  std::string more;
  if (step.law == DecayLaw::kProximal && step.penalty == ProximalPenalty::kL1)
    more += "options.penalty = halflife::ProximalPenalty::kL1;\n";
  if (step.law == DecayLaw::kProximal && step.penalty == ProximalPenalty::kElasticNet)
    more +=
        "options.penalty = halflife::ProximalPenalty::kElasticNet;  // l1_ratio: half and half\n";
  for (const auto& [name, value] : step.options)
    more += fmt::format("options.options[\"{}\"] = {};\n", name, ShortestNumber(value));
  std::string shape;
  for (const std::int64_t size : ShapeFor(step.rule->name))
    shape += (shape.empty() ? "" : ", ") + std::to_string(size);
  return fmt::format(
      "#include <halflife/optimizer.h>\n\n"
      "std::vector<float> w = {{{}}};\n"
      "std::vector<float> g(2);\n\n"
      "halflife::OptimizerOptions options;\n"
      "options.rule = \"{}\";\n"
      "options.law = halflife::DecayLaw::{};  // {}\n"
      "options.lr = {};\n"
      "options.decay = {};\n"
      "{}"
      "halflife::Optimizer optimizer(\n"
      "    {{{{\"w\", {{{}}}, halflife::ParameterKind::kWeight, w}}}}, options);\n\n"
      "for (int step = 0; step < {}; ++step) {{\n"
      "  Gradient(w, g);  // of the data loss alone\n"
      "  const std::span<const float> gradient(g);\n"
      "  optimizer.Step({{&gradient, 1}});\n"
      "}}\n",
      StartText(step), step.rule->name, CppEnumerator(Name(step.law)), LawComment(step),
      ShortestNumber(step.lr), ShortestNumber(step.decay), more, shape, step.steps);
}

std::string TorchCode(const CodeOfStep& step) {
  const TorchClass* const torch = FindTorchClass(step.rule->name, step.law);
  if (torch == nullptr) return FormulaAlone(step);
  const bool own = step.law == torch->own;
  const ByHand by_hand = own ? ByHand{} : LawByHand(step);
  const std::string lr = ShortestNumber(step.lr);
  const bool reads_lr = by_hand.before.find("lr") != std::string::npos ||
                        by_hand.after.find("lr") != std::string::npos;
  std::string decay;
  if (torch->own != DecayLaw::kNone)
    decay = fmt::format(", weight_decay={}", own ? ShortestNumber(step.decay) : "0");
  const bool matrix = ShapeFor(step.rule->name).size() == 2;
  return fmt::format(
      "import torch{}\n\n"
      "w = torch.tensor({}{}{}, requires_grad=True)\n"
      "{}"
      "# {}: {}\n"
      "optimizer = torch.optim.{}([w], lr={}{}{})\n\n"
      "for step in range({}):\n"
      "    optimizer.zero_grad()\n"
      "    data_loss(w).backward()  # the data loss alone\n"
      "{}"
      "    optimizer.step()\n"
      "{}",
      torch->since.empty() ? "" : fmt::format("  # {} or later", torch->since), matrix ? "[[" : "[",
      StartText(step), matrix ? "]]" : "]",
      by_hand.before.empty() && by_hand.after.empty() ? "" : Numbers(step), Name(step.law),
      LawComment(step), torch->name, reads_lr ? "lr" : lr, decay,
      TorchKeywords(*step.rule, step.options), step.steps, by_hand.before, by_hand.after);
}

}  // namespace halflife
