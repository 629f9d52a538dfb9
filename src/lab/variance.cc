#include "lab/variance.h"

#include <algorithm>

#include "lab/decay_path.h"
#include "lab/quadrature.h"
#include "lab/questions.h"

namespace halflife {
namespace {

constexpr std::size_t kFitGrid = 161;
constexpr int kDrawnPerDecade = 8;
constexpr int kTriedPerDecade = 20;

VarianceOptions VarianceOptionsOf(const Question& question) {
  VarianceOptions options;
  options.seed = question.Seed();
  options.noise = question.Real("noise", 0.0, 1.0, options.noise);
  options.points = question.Whole("points", 5, 100, options.points);
  options.degree = question.Whole("degree", 1, 20, options.degree);
  options.decay = question.Real("decay", 0.0, kLargestDecay, options.decay);
  options.fits = question.Whole("fits", 1, 100, options.fits);
  options.x = question.Real("x", -1.0, 1.0, options.x);
  return options;
}

// The points do not depend on the draw.
std::vector<double> PointsOf(const VarianceOptions& options) {
  return DrawWave(options.seed, 0, static_cast<std::size_t>(options.points), 0.0).x;
}

double MeanOf(const std::vector<double>& values) { return AsVector(values).mean(); }

// What the drawn fits show at x. The variance divides by the number of fits, so that the two add up
// to the fits' mean squared error; its expectation is smaller by that many parts, and the squared
// bias larger by as much.
void TellSeen(const DrawnFits& fits, double truth, Answer* answer) {
  const double mean = MeanOf(fits.at_x);
  const double bias = mean - truth;
  answer->Number("bias2_seen", bias * bias);
  answer->Number("variance_seen", (AsVector(fits.at_x).array() - mean).square().mean());
  answer->Number("prediction", fits.at_x.front());
  answer->Number("train_loss", fits.train_loss);
}

void TellAverages(const VarianceLesson& lesson, double decay, Answer* answer) {
  const ErrorSplit now = lesson.Average({decay});
  answer->Number("average_bias2", now.bias2.front());
  answer->Number("average_variance", now.variance.front());
  const std::vector<double> tried = DecayPath(kTriedPerDecade);
  answer->Number("best_decay", BestDecay(lesson.Average(tried), tried));
}

}  // namespace

VarianceLesson::VarianceLesson(const VarianceOptions& options)
    : options_(options),
      points_(PointsOf(options)),
      monomials_(points_, options.degree),
      smoother_(monomials_) {}

ErrorSplit VarianceLesson::Along(const std::vector<double>& decays, const std::vector<double>& x,
                                 const std::vector<double>& weights) const {
  const ExpectedErrors errors(smoother_, monomials_.At(x), WaveAt(x), WaveAt(points_));
  ErrorSplit split;
  for (const double decay : decays) {
    split.bias2.push_back(errors.Bias2(decay).dot(AsVector(weights)));
    split.variance.push_back(errors.Variance(decay, options_.noise).dot(AsVector(weights)));
  }
  split.noise2 = options_.noise * options_.noise;
  return split;
}

ErrorSplit VarianceLesson::At(double x, const std::vector<double>& decays) const {
  return Along(decays, {x}, {1.0});
}

ErrorSplit VarianceLesson::Average(const std::vector<double>& decays) const {
  std::vector<double> weights = GaussLegendre().weights;
  for (double& weight : weights) weight *= 0.5;  // they sum to the length of the range
  return Along(decays, GaussLegendre().nodes, weights);
}

DrawnFits VarianceLesson::Draw() const {
  const auto rows = static_cast<std::size_t>(options_.points);
  DrawnFits drawn;
  drawn.grid = WaveGrid(kFitGrid);
  Matrix targets(options_.points, options_.fits);
  for (int i = 0; i < options_.fits; ++i) {
    WaveRows draw = DrawWave(options_.seed, static_cast<std::uint64_t>(i), rows, options_.noise);
    targets.col(i) = AsVector(draw.y);
    if (i == 0) drawn.first = std::move(draw);
  }
  const Matrix fitted =
      smoother_.Rows(monomials_.rows(), options_.decay).transpose() * targets.col(0);
  drawn.train_loss = DataLossOf(drawn.first.y, {fitted.data(), rows});
  const Matrix curves =
      smoother_.Rows(monomials_.At(drawn.grid), options_.decay).transpose() * targets;
  for (const auto& curve : curves.colwise()) drawn.curves.emplace_back(curve.begin(), curve.end());
  const Vector mean = curves.rowwise().mean();
  drawn.mean.assign(mean.begin(), mean.end());
  const std::vector<double> at = {options_.x};
  const Matrix at_x = targets.transpose() * smoother_.Rows(monomials_.At(at), options_.decay);
  drawn.at_x.assign(at_x.data(), at_x.data() + at_x.size());
  return drawn;
}

double BestDecay(const ErrorSplit& average, const std::vector<double>& decays) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < decays.size(); ++i) {
    if (average.Total(i) < average.Total(best)) best = i;
  }
  return decays[best];
}

Answer AskVariance(const Question& question) {
  const VarianceOptions options = VarianceOptionsOf(question);
  const VarianceLesson lesson(options);
  Answer answer;
  answer.Number("x", options.x);
  answer.Number("true_value", WaveAt(options.x));
  const ErrorSplit now = lesson.At(options.x, {options.decay});
  answer.Number("bias2", now.bias2.front());
  answer.Number("variance", now.variance.front());
  answer.Number("noise2", now.noise2);
  answer.Number("total", now.Total(0));
  TellAverages(lesson, options.decay, &answer);
  const DrawnFits fits = lesson.Draw();
  TellSeen(fits, WaveAt(options.x), &answer);
  answer.Figure("fits", DrawFits(options, fits, &answer));
  const std::vector<double> decays = DecayPath(kDrawnPerDecade);
  answer.Figure("split", DrawSplit(options.decay, decays, lesson.At(options.x, decays)));
  return answer;
}

}  // namespace halflife
