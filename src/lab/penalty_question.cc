#include "lab/penalty_question.h"

#include "lab/decay_path.h"
#include "lab/polynomial.h"
#include "lab/questions.h"
#include "lab/wave_figure.h"

namespace halflife {
namespace {

constexpr std::size_t kPenaltyGrid = 201;
constexpr int kPenaltyPerDecade = 8;

PenaltyOptions PenaltyOptionsOf(const Question& question) {
  PenaltyOptions options;
  options.seed = question.Seed();
  options.noise = question.Real("noise", 0.0, 1.0, options.noise);
  options.points = question.Whole("points", 5, 100, options.points);
  options.degree = question.Whole("degree", 1, 20, options.degree);
  options.decay = question.Real("decay", 0.0, kLargestDecay, options.decay);
  options.w = question.Real("w", -kOneLargest, kOneLargest, options.w);
  return options;
}

double PenaltyOf(const PolynomialFit& fit, double decay) {
  return 0.5 * decay * fit.SquaredNorm(decay);
}

LossParts PartsAlong(const PolynomialFit& fit) {
  LossParts parts;
  parts.decays = DecayPath(kPenaltyPerDecade);
  for (const double decay : parts.decays) {
    parts.data_loss.push_back(fit.DataLoss(decay));
    parts.penalty.push_back(PenaltyOf(fit, decay));
  }
  return parts;
}

void AnswerOneWeight(const PenaltyOptions& options, Answer* answer) {
  const double data_loss = OneDataLoss(options.w);
  const double penalty = OnePenalty(options.w, options.decay);
  answer->Number("one_data_loss", data_loss);
  answer->Number("one_penalty", penalty);
  answer->Number("one_total", data_loss + penalty);
  answer->Number("one_best", OneBest(options.decay));
  answer->Figure("one", DrawOneWeight(options, answer));
}

}  // namespace

double OneDataLoss(double w) { return 0.5 * (w - kOneDataBest) * (w - kOneDataBest) + 0.2; }

double OnePenalty(double w, double decay) { return 0.5 * decay * w * w; }

double OneBest(double decay) { return kOneDataBest / (1.0 + decay); }

Answer AskPenalty(const Question& question) {
  const PenaltyOptions options = PenaltyOptionsOf(question);
  const WaveRows rows =
      DrawWave(options.seed, 0, static_cast<std::size_t>(options.points), options.noise);
  const Monomials monomials(rows.x, options.degree);
  const PolynomialFit fit(monomials, rows.y);
  Answer answer;
  answer.Number("data_loss", fit.DataLoss(options.decay));
  answer.Number("squared_norm", fit.SquaredNorm(options.decay));
  answer.Number("penalty", PenaltyOf(fit, options.decay));
  answer.Number("total", fit.DataLoss(options.decay) + PenaltyOf(fit, options.decay));
  AnswerOneWeight(options, &answer);
  answer.Figure("stack", DrawStack(options.decay, PartsAlong(fit)));
  const std::vector<double> grid = WaveGrid(kPenaltyGrid);
  const std::vector<double> curve = fit.Predict(monomials.At(grid), fit.Weights(options.decay));
  const PlotWords words = {"penalty-fit", "The fit",
                           "The true curve, the points, and the fitted curve."};
  answer.Figure("fit", DrawWaveFit(words, {rows, options.noise, grid, curve}));
  return answer;
}

}  // namespace halflife
