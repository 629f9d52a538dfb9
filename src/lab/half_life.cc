// A decay in the unit of time: how fast it alone shrinks a weight.

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "halflife/schedule.h"
#include "lab/plot.h"
#include "lab/questions.h"

namespace halflife {
namespace {

Drawing ShrinkFigure(const Shrinkage& shrinkage, double steps, double half_life) {
  std::vector<double> at;
  std::vector<double> left;
  constexpr int kPoints = 160;
  for (int i = 0; i <= kPoints; ++i) {
    const auto step = static_cast<std::int64_t>(std::llround(steps * i / kPoints));
    at.push_back(static_cast<double>(step));
    left.push_back(shrinkage.Left(0, step));
  }
  const PlotWords words{"half-life", "What decay leaves of a weight",
                        "The share of a weight that decay alone leaves, by step, with its "
                        "half-lives marked."};
  return DrawBoth(words, {.wide = 260, .narrow = 250}, [&](Plot* plot) {
    plot->LinearX({0, steps}, "step");
    plot->LinearY({0, 1}, "share left of a weight", true);
    plot->BeginClip();
    plot->Curve(at, left, "curve fit");
    for (int i = 1; i <= 6 && i * half_life <= steps; ++i)
      plot->Dot(i * half_life, std::pow(0.5, i), 4, "dot best");
    plot->EndClip();
  });
}

}  // namespace

Answer AskHalfLife(const Question& question) {
  Shrinkage shrinkage;  // decoupled
  shrinkage.lr = question.Real("lr", 1e-8, 100, 1e-3);
  shrinkage.decay = question.Real("decay", 0, 1e6, 0.01);
  if (shrinkage.lr * shrinkage.decay >= 1) {
    Fail(ErrorKind::kStepTakesAllHere,
         {shrinkage.lr, shrinkage.decay, Number(shrinkage.lr * shrinkage.decay)});
  }
  const int per_epoch = question.Whole("steps_per_epoch", 1, 1'000'000, 100);
  const int epochs = question.Whole("epochs", 1, 1'000'000, 100);
  const std::int64_t steps = std::int64_t{per_epoch} * epochs;
  const double half_life = shrinkage.HalfLife(0);
  const double averaging = 1.0 / (shrinkage.lr * shrinkage.decay);
  Answer answer;
  answer.Number("half_life_steps", half_life);
  answer.Number("half_life_epochs", half_life / per_epoch);
  answer.Number("averaging_steps", averaging);
  answer.Number("averaging_epochs", averaging / per_epoch);
  answer.Number("left", shrinkage.Left(0, steps));
  answer.Figure("figure", ShrinkFigure(shrinkage, static_cast<double>(steps), half_life));
  return answer;
}

}  // namespace halflife
