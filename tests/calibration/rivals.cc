#include "calibration/rivals.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "model/standardizer.h"
#include "tune/statistics.h"
#include "tune/verdict.h"

namespace halflife::testing {
namespace {

constexpr double kNormalQuantile = 1.959963984540054;  // of .975

Interval Around(double mean, double error, double reach) {
  return {mean - reach * error, mean + reach * error};
}

// One fold's rows held out by textbook ridge at two decays: the first's losses less the second's.
Vector RowDifferences(const Dataset& data, int fold, double without, double with) {
  const std::vector<std::uint32_t> training = data.folds.front().Training(fold);
  const std::vector<std::uint32_t> held = data.folds.front().Held(fold);
  const Standardizer learnt = LearnStandardizer(data.design, training, data.weights);
  const Matrix z = StandardizeByRow(data.design, learnt, training);
  const Vector y = data.target.numbers(training);
  const double mean = y.mean();
  const auto rows = static_cast<double>(training.size());
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(z.transpose() * z / rows);
  const Vector values = solver.eigenvalues();
  const Vector right =
      solver.eigenvectors().transpose() * (z.transpose() * (y.array() - mean).matrix()) / rows;
  const Matrix axes = StandardizeByRow(data.design, learnt, held) * solver.eigenvectors();
  const auto losses = [&](double decay) -> Vector {
    Vector weights(values.size());
    for (Eigen::Index j = 0; j < weights.size(); ++j) {
      const bool seen = values(j) + decay > 1e-10 * values.maxCoeff();
      weights(j) = seen ? right(j) / (values(j) + decay) : 0.0;
    }
    const Vector errors = (data.target.numbers(held).array() - mean).matrix() - axes * weights;
    return 0.5 * errors.array().square();
  };
  return losses(without) - losses(with);
}

// The gain of the chosen decay in the inner folds of fold k, from pairs of folds left out.
double InnerGain(const std::vector<PairScores>& pairs, int k) {
  double sum = 0.0;
  int count = 0;
  for (const PairScores& pair : pairs) {
    if (pair.first != k && pair.second != k) continue;
    const double PairLosses::*held = pair.first == k ? &PairLosses::second : &PairLosses::first;
    sum += (*pair.losses[0]).*held - (*pair.losses[1]).*held;
    ++count;
  }
  return sum / count;
}

}  // namespace

Rivals AskRivals(const Dataset& data, Model* model, const Sweep& sweep) {
  const int folds = data.folds.front().count;
  // The choice of the first round alone.
  const auto first_round = [&](const Trial& trial) {
    std::vector<double> losses;
    for (int f = 0; f < folds; ++f)
      losses.push_back(trial.folds[static_cast<std::size_t>(f)].validation_loss);
    return losses;
  };
  const Trial* best = &sweep.trials.front();
  for (const Trial& trial : sweep.trials) {
    if (MeanAndError(first_round(trial)).mean <= MeanAndError(first_round(*best)).mean)
      best = &trial;
  }
  const Trial& baseline = BaselineOf(sweep);
  if (best->decay == baseline.decay) return {};
  std::vector<double> gains = first_round(baseline);
  for (std::size_t f = 0; f < gains.size(); ++f) gains[f] -= first_round(*best)[f];
  const PairedTest plain = CorrectedPairedTest(gains, DependenceOf(sweep, data));
  Rivals rivals;
  rivals.one_round = {plain.low, plain.high};

  const double two[] = {baseline.decay, best->decay};
  const std::vector<PairScores> pairs = model->ScorePairs(two, 0);
  double rows = 0.0;
  double sum = 0.0;
  double squares = 0.0;
  double nested_squares = 0.0;
  double inner_mean = 0.0;
  for (int f = 0; f < folds; ++f) {
    const Vector d = RowDifferences(data, f, two[0], two[1]);
    const auto count = static_cast<double>(d.size());
    const double within = (d.array() - d.mean()).square().sum();
    rows += count;
    sum += d.sum();
    squares += within;
    const double inner = InnerGain(pairs, f);
    inner_mean += inner / folds;
    nested_squares += (std::pow(inner - d.mean(), 2.0) - within / (count - 1.0) / count) / folds;
  }
  const double row_error = std::sqrt(squares / (rows - folds) / rows);
  rivals.row_wise = Around(sum / rows, row_error, kNormalQuantile);
  // The paper keeps the root of the nested estimate between the plain error and sqrt(K) times it.
  const double nested_error =
      std::clamp(std::sqrt(std::max(nested_squares, 0.0)), row_error, row_error * std::sqrt(folds));
  rivals.nested = Around(inner_mean, nested_error, kNormalQuantile);
  return rivals;
}

}  // namespace halflife::testing
