// The question `paths`: one rule with two decay laws, side by side on one loss.
#include "lab/paths.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "halflife/rule.h"
#include "lab/choices.h"
#include "lab/code.h"
#include "lab/questions.h"
#include "optim/groups.h"

namespace halflife {
namespace {

constexpr double kFarthest = 1e6;

// One law of the question; a law that the rule refuses is an error that says why.
OptimizerOptions WalkOptions(const CodeOfStep& step) {
  for (const RefusedLaw& refused : step.rule->refused) {
    if (refused.law != step.law) continue;
    Fail(ErrorKind::kRuleRefusesLaw, {step.rule->name, Name(step.law), refused.reason});
  }
  OptimizerOptions options;
  options.rule = std::string(step.rule->name);
  options.law = step.law;
  options.lr = step.lr;
  options.decay = step.decay;
  options.options = step.options;
  options.threads = 1;
  if (step.law == DecayLaw::kProximal) options.penalty = step.penalty;
  return options;
}

CodeOfStep ReadStep(const Question& question) {
  CodeOfStep step;
  step.rule = &FindRule(question.Word("rule", "sgd"));
  step.lr = question.Real("lr", 1e-6, 10, step.rule->lr);
  step.decay = question.Real("decay", 0, 100, 0.1);
  step.steps = question.Whole("steps", 1, 2000, 60);
  step.start = {question.Real("start_x", -3, 3, -1.5), question.Real("start_y", -3, 3, 2)};
  constexpr ProximalPenalty kPenalties[] = {ProximalPenalty::kL2, ProximalPenalty::kL1,
                                            ProximalPenalty::kElasticNet};
  step.penalty = kPenalties[question.Choice("penalty", {"l2", "l1", "elastic"})];
  step.options = question.RealsOf("option.");
  return step;
}

std::vector<double> PathNumbers(const Walk& walk) {
  std::vector<double> pairs;
  for (const Point& point : walk.points) pairs.insert(pairs.end(), {point.x, point.y});
  return pairs;
}

std::vector<double> LossesOf(const Bowl& bowl, const Walk& walk) {
  std::vector<double> losses;
  for (const Point& point : walk.points) losses.push_back(bowl.Loss(point));
  return losses;
}

std::vector<double> DifferenceOf(const Walk& a, const Walk& b) {
  std::vector<double> difference;
  for (std::size_t i = 0; i < std::min(a.points.size(), b.points.size()); ++i) {
    difference.push_back(
        std::max(std::abs(a.points[i].x - b.points[i].x), std::abs(a.points[i].y - b.points[i].y)));
  }
  return difference;
}

// SGD without momentum, once coupled and once decoupled (or both the same): what the two forms of
// weight decay share.
bool IsPlainSgd(const CodeOfStep& a, const CodeOfStep& b) {
  const auto plain = [](DecayLaw law) {
    return law == DecayLaw::kCoupled || law == DecayLaw::kDecoupled;
  };
  const auto momentum = a.options.find("momentum");
  return a.rule->name == "sgd" && plain(a.law) && plain(b.law) &&
         (momentum == a.options.end() || momentum->second == 0);
}

PathScene SceneOf(const Question& question, const CodeOfStep& a, const CodeOfStep& b) {
  PathScene scene;
  scene.bowl = BowlOf(question);
  scene.steps = a.steps;
  scene.a = WalkOn(scene.bowl, a.start, WalkOptions(a), a.steps);
  scene.b = WalkOn(scene.bowl, b.start, WalkOptions(b), b.steps);
  scene.name_a = std::string(Name(a.law));
  scene.name_b = std::string(Name(b.law));
  scene.difference = DifferenceOf(scene.a, scene.b);
  if (IsPlainSgd(a, b)) scene.bound = RoundingBound(scene.bowl, scene.a, a.lr, a.decay);
  return scene;
}

}  // namespace

std::vector<std::int64_t> ShapeFor(std::string_view rule) {
  if (rule == "muon") return {1, 2};
  return {2};
}

Walk WalkOn(const Bowl& bowl, Point start, const OptimizerOptions& options, int steps) {
  std::vector<float> w = {static_cast<float>(start.x), static_cast<float>(start.y)};
  std::vector<float> g(2);
  const std::vector<std::int64_t> shape = ShapeFor(RuleOf(options).spec->name);
  Optimizer optimizer({{"w", shape, ParameterKind::kWeight, w}}, options);
  Walk walk;
  walk.points.push_back({w[0], w[1]});
  for (int step = 1; step <= steps; ++step) {
    const Point slope = bowl.Gradient({w[0], w[1]});
    g = {static_cast<float>(slope.x), static_cast<float>(slope.y)};
    const std::span<const float> gradient(g);
    optimizer.Step({&gradient, 1});
    if (!(std::abs(w[0]) <= kFarthest && std::abs(w[1]) <= kFarthest)) {
      walk.diverged = step;
      break;
    }
    walk.points.push_back({w[0], w[1]});
  }
  return walk;
}

// With u = 2^-24, half a float's spacing at 1. Coupled: lr and decay round once, decay w and
// g + decay w once each, the step lr (...) once, w - step once. Decoupled: lr decay and its product
// with w, lr and its product with g, their sum and w - (...) once each. The gradient rounds in
// both. In all at most u (2 |w'| + lr (8 |g| + 8 decay |w|)) a step, to first order; 9 in the place
// of both covers the rest. What is there already is multiplied by the slopes of the step,
// 1 - lr (curvature + decay).
std::vector<double> RoundingBound(const Bowl& bowl, const Walk& walk, double lr, double decay) {
  const double growth =
      std::max(std::abs(1 - lr * (1 + decay)), std::abs(1 - lr * (bowl.stretch + decay)));
  std::vector<double> bound = {0};
  for (std::size_t i = 1; i < walk.points.size(); ++i) {
    const Point from = walk.points[i - 1];
    const Point to = walk.points[i];
    const Point slope = bowl.Gradient(from);
    const double moved = lr * (std::hypot(slope.x, slope.y) + decay * std::hypot(from.x, from.y));
    bound.push_back(growth * bound.back() + 0x1p-24 * (2 * std::hypot(to.x, to.y) + 9 * moved));
  }
  return bound;
}

Answer AskPaths(const Question& question) {
  CodeOfStep a = ReadStep(question);
  CodeOfStep b = a;
  a.law = LawChoice(question, "law_a", DecayLaw::kCoupled);
  b.law = LawChoice(question, "law_b", DecayLaw::kDecoupled);
  const PathScene scene = SceneOf(question, a, b);
  Answer answer;
  answer.numbers["path_a"] = PathNumbers(scene.a);
  answer.numbers["path_b"] = PathNumbers(scene.b);
  answer.numbers["loss_a"] = LossesOf(scene.bowl, scene.a);
  answer.numbers["loss_b"] = LossesOf(scene.bowl, scene.b);
  answer.numbers["difference"] = scene.difference;
  answer.numbers["rounding"] = scene.bound;
  answer.Number("diverged_a", scene.a.diverged);
  answer.Number("diverged_b", scene.b.diverged);
  answer.Number("lr", a.lr);
  SquareDrawing figure = DrawPaths(scene);
  answer.Figure("figure", std::move(figure.drawing));
  answer.numbers["plot_wide"] = figure.wide;
  answer.numbers["plot_narrow"] = figure.narrow;
  answer.Figure("difference", DrawDifference(scene));
  answer.texts["cpp_a"] = CppCode(a);
  answer.texts["cpp_b"] = CppCode(b);
  answer.texts["pytorch_a"] = TorchCode(a);
  answer.texts["pytorch_b"] = TorchCode(b);
  return answer;
}

}  // namespace halflife
