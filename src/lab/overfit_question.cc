// The first lesson: loss by epoch on the points that the net learns from and on others.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "halflife/report.h"
#include "lab/overfit.h"
#include "lab/plot.h"
#include "lab/questions.h"

namespace halflife {
namespace {

constexpr int kMostEpochsOfLesson = 20000;
constexpr std::size_t kMostPoints = 240;  // of a curve by epoch
constexpr double kLeastLoss = 1e-12;      // a log axis has no place for 0
constexpr double kLeastOnAxis = 1e-3;     // the axis goes no further down

// One a step of the way from first to last, both among them.
std::vector<std::size_t> Thinned(std::size_t count) {
  std::vector<std::size_t> places;
  const std::size_t points = std::min(count, kMostPoints);
  for (std::size_t i = 0; i < points; ++i)
    places.push_back(points == 1 ? 0 : i * (count - 1) / (points - 1));
  return places;
}

Drawing FitFigure(const OverfitLesson& lesson) {
  const std::vector<double> x = WaveGrid(161);
  const std::vector<double> net = lesson.Predict(x);
  const std::vector<double> truth = WaveAt(x);
  const PlotWords words{"overfit-fit", "What the net has learnt",
                        "The true curve, the noisy points and the curve of the net."};
  return DrawBoth(words, {.wide = 320, .narrow = 290}, [&](Plot* plot) {
    plot->LinearX({-1, 1}, "x");
    plot->LinearY({-2.5, 2.5}, "y", true);
    const LegendEntry legend[] = {{"true curve", "truth"}, {"net", "curve fit"}};
    plot->Legend(legend);
    plot->BeginClip();
    plot->Curve(x, truth, "truth");
    plot->Dots(lesson.training().x, lesson.training().y, 3.5, "dot point");
    plot->Curve(x, net, "curve fit");
    plot->EndClip();
  });
}

struct LossCurves {
  std::vector<double> epochs, train, validation;
};

LossCurves CurvesOf(const std::vector<EpochRecord>& curve) {
  LossCurves curves;
  for (const std::size_t i : Thinned(curve.size())) {
    curves.epochs.push_back(static_cast<double>(i + 1));
    curves.train.push_back(std::max(curve[i].train_loss, kLeastLoss));
    curves.validation.push_back(std::max(curve[i].validation_loss, kLeastLoss));
  }
  return curves;
}

std::size_t BestEpoch(const std::vector<EpochRecord>& curve) {
  const auto less = [](const EpochRecord& a, const EpochRecord& b) {
    return a.validation_loss < b.validation_loss;
  };
  const auto best = std::min_element(curve.begin(), curve.end(), less);
  return static_cast<std::size_t>(best - curve.begin());
}

void DrawLosses(const std::vector<EpochRecord>& curve, const LossCurves& curves, Plot* plot) {
  plot->Curve(curves.epochs, curves.train, "curve training");
  plot->Curve(curves.epochs, curves.validation, "curve validation");
  if (curve.empty()) return;
  const std::size_t best = BestEpoch(curve);
  plot->Dot(static_cast<double>(best + 1), std::max(curve[best].validation_loss, kLeastLoss), 5,
            "dot best");
}

Drawing CurvesFigure(const OverfitLesson& lesson, const DecayHistory& history) {
  const std::vector<EpochRecord>& curve = lesson.run().curve();
  const LossCurves curves = CurvesOf(curve);
  const double last = std::max<double>(static_cast<double>(curve.size()), 100);
  // No net can know the noise of new points: half its variance stays.
  const double floor = lesson.options().noise * lesson.options().noise / 2;
  std::vector<double> all = {0.01, 1};
  for (const std::vector<double>* losses : {&curves.train, &curves.validation})
    for (const double loss : *losses) all.push_back(std::max(loss, kLeastOnAxis));
  const PlotWords words{"overfit-curves", "Loss by epoch",
                        "Training and validation loss by epoch, on a log scale."};
  return DrawBoth(words, {.wide = 320, .narrow = 310}, [&](Plot* plot) {
    plot->LinearX({0, last}, "epoch");
    plot->LogY(all, "data loss, log scale");
    const LegendEntry legend[] = {
        {"validation", "curve validation"}, {"training", "curve training"}, {"noise", "floor"}};
    plot->Legend(legend);
    plot->BeginClip();
    if (floor > kLeastOnAxis) {
      const double ends[] = {0, last};
      const double level[] = {floor, floor};
      plot->Curve(ends, level, "floor");
    }
    for (const auto& change : history.changes()) {
      const auto epoch = static_cast<double>(change.first);
      if (change.first > 0 && change.first <= curve.size()) plot->Vertical(epoch, "choice");
    }
    DrawLosses(curve, curves, plot);
    plot->EndClip();
  });
}

void AddCurves(const std::vector<EpochRecord>& curve, Answer* answer) {
  std::vector<double>& train = answer->numbers["train"];
  std::vector<double>& validation = answer->numbers["validation"];
  std::vector<double>& penalty = answer->numbers["penalty"];
  std::vector<double>& norm = answer->numbers["norm"];
  for (const EpochRecord& record : curve) {
    train.push_back(record.train_loss);
    validation.push_back(record.validation_loss);
    penalty.push_back(record.penalty);
    double squares = 0;
    for (const double layer : record.layer_norms) squares += layer * layer;
    norm.push_back(std::sqrt(squares));
  }
  if (curve.empty()) return;
  const std::size_t best = BestEpoch(curve);
  answer->Number("best_epoch", static_cast<double>(best + 1));
  answer->Number("best_validation", curve[best].validation_loss);
}

}  // namespace

Answer AskOverfit(const Question& question) {
  const OverfitLesson::Options options = OverfitLesson::OptionsOf(question);
  const auto epochs = static_cast<std::size_t>(question.Whole("epochs", 0, kMostEpochsOfLesson, 0));
  const DecayHistory history = DecayHistory::Parse(question.Word("decays", "0:0"));
  // The last lesson is kept, so that a page can go on from epoch to epoch; the answer does not
  // depend on it.
  static std::unique_ptr<OverfitLesson> kept;
  if (!kept || !(kept->options() == options) || !kept->Follows(epochs, history)) {
    kept = nullptr;
    kept = std::make_unique<OverfitLesson>(options);
  }
  kept->TrainTo(epochs, history);

  Answer answer;
  const NetRun& run = kept->run();
  AddCurves(run.curve(), &answer);
  const double decay = history.At(epochs);
  answer.Number("epoch", static_cast<double>(run.curve().size()));
  answer.Number("decay", decay);
  Shrinkage shrinkage;
  shrinkage.law = options.law;
  shrinkage.lr = options.lr;
  shrinkage.decay = decay;
  // A net that is not trained yet has no optimizer that would refuse a whole weight a step.
  const bool shrinks = shrinkage.Largest() < 1;
  answer.Number("half_life_steps", shrinks ? shrinkage.HalfLife(0) : 0);
  answer.Number("diverged", run.diverged() ? 1 : 0);
  answer.texts["why"] = run.diverged() ? DivergenceText(*run.diverged()) : "";
  answer.Figure("fit", FitFigure(*kept));
  answer.Figure("curves", CurvesFigure(*kept, history));
  return answer;
}

}  // namespace halflife
