#include "lab/simple.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "lab/decay_path.h"
#include "lab/polynomial.h"
#include "lab/questions.h"
#include "lab/small_net.h"
#include "lab/wave_figure.h"

namespace halflife {
namespace {

constexpr std::size_t kSimpleGrid = 201;
constexpr std::size_t kSimpleValidationRows = 200;
constexpr int kSimplePathPerDecade = 5;
// AdamW's lr * decay stays below 1/3, where a step shrinks the weights but does not drop them.
constexpr double kLargestNetDecay = 10.0;

SimpleOptions SimpleOptionsOf(const Question& question) {
  SimpleOptions options;
  options.net = question.Choice("model", {"polynomial", "net"}) == 1;
  options.seed = question.Seed();
  options.noise = question.Real("noise", 0.0, 1.0, options.noise);
  options.points = question.Whole("points", 5, 100, options.points);
  options.degree = question.Whole("degree", 1, 20, options.degree);
  options.decay =
      question.Real("decay", 0.0, options.net ? kLargestNetDecay : kLargestDecay, options.decay);
  options.path = question.Whole("path", 0, 1, 0) == 1;
  return options;
}

double LargestOf(const Vector& weights) { return weights.cwiseAbs().maxCoeff(); }

void LearnPolynomial(const SimpleOptions& options, const WaveRows& held_out, SimpleLesson* lesson) {
  const Monomials monomials(lesson->rows.x, options.degree);
  const PolynomialFit fit(monomials, lesson->rows.y);
  const Vector weights = fit.Weights(options.decay);
  lesson->fit.weights.assign(weights.begin(), weights.end());
  lesson->fit.norm = weights.norm();
  lesson->fit.roughness = monomials.Roughness(weights);
  lesson->fit.train_loss = fit.DataLoss(options.decay);
  lesson->fit.validation_loss =
      DataLossOf(held_out.y, fit.Predict(monomials.At(held_out.x), weights));
  lesson->fit.curve = fit.Predict(monomials.At(lesson->grid), weights);
  for (const double decay : DecayPath(kSimplePathPerDecade)) {
    const Vector there = fit.Weights(decay);
    lesson->path.norm.push_back(there.norm());
    lesson->path.roughness.push_back(monomials.Roughness(there));
    lesson->path.largest = std::max(lesson->path.largest, LargestOf(there));
  }
}

// The path does not depend on the decay of the fit: it is kept while the reader turns that alone.
const SimplePath& NetPathOf(const SimpleOptions& options, const WaveRows& rows) {
  using Key = std::tuple<std::uint32_t, double, int>;
  static std::pair<Key, SimplePath> last;
  const Key key = {options.seed, options.noise, options.points};
  if (last.first == key && !last.second.norm.empty()) return last.second;
  constexpr double kDecays[] = {0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0};
  SimplePath path;
  for (const SmallNet& net : TrainSmallNets(rows, options.seed, kDecays)) {
    path.norm.push_back(std::sqrt(net.SquaredNorm()));
    path.roughness.push_back(net.Roughness());
    path.largest = std::max(path.largest, LargestOf(AsVector(net.Weights())));
  }
  last = {key, std::move(path)};
  return last.second;
}

void LearnNet(const SimpleOptions& options, const WaveRows& held_out, SimpleLesson* lesson) {
  const WaveRows& rows = lesson->rows;
  const SmallNet net = TrainSmallNets(rows, options.seed, {&options.decay, 1}).front();
  lesson->fit.weights = net.Weights();
  lesson->fit.norm = std::sqrt(net.SquaredNorm());
  lesson->fit.roughness = net.Roughness();
  lesson->fit.train_loss = DataLossOf(rows.y, net.At(rows.x));
  lesson->fit.validation_loss = DataLossOf(held_out.y, net.At(held_out.x));
  lesson->fit.curve = net.At(lesson->grid);
  if (options.path) lesson->path = NetPathOf(options, rows);
}

}  // namespace

SimpleLesson LearnSimple(const SimpleOptions& options) {
  SimpleLesson lesson;
  lesson.rows = DrawWave(options.seed, 0, static_cast<std::size_t>(options.points), options.noise);
  lesson.grid = WaveGrid(kSimpleGrid);
  const WaveRows held_out = DrawWaveValidation(options.seed, kSimpleValidationRows, options.noise);
  if (options.net) {
    LearnNet(options, held_out, &lesson);
  } else {
    LearnPolynomial(options, held_out, &lesson);
  }
  return lesson;
}

Answer AskSimple(const Question& question) {
  const SimpleOptions options = SimpleOptionsOf(question);
  const SimpleLesson lesson = LearnSimple(options);
  Answer answer;
  answer.numbers["weights"] = lesson.fit.weights;
  answer.Number("norm", lesson.fit.norm);
  answer.Number("roughness", lesson.fit.roughness);
  answer.Number("train_loss", lesson.fit.train_loss);
  answer.Number("validation_loss", lesson.fit.validation_loss);
  const PlotWords words = {"simple-fit", "The fit",
                           "The true curve, the points, and the fitted curve."};
  answer.Figure("fit",
                DrawWaveFit(words, {lesson.rows, options.noise, lesson.grid, lesson.fit.curve}));
  answer.Figure("weights", DrawWeights(options, lesson));
  answer.Figure("roughness", DrawRoughness(options, lesson));
  return answer;
}

}  // namespace halflife
