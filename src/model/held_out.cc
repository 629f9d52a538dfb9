#include "model/held_out.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "base/sums.h"
#include "linalg/order.h"
#include "model/softmax.h"

namespace halflife {
namespace {

// Rows of one score: how much weight of each class.
struct ScoreLevel {
  double others = 0.0;  // of class 0
  double wanted = 0.0;  // of class 1
};

// From the highest score down. Empty where a class has no row.
std::vector<ScoreLevel> LevelsOf(const Vector& scores, std::span<const int32_t> classes,
                                 const Vector& weights) {
  const Vector down = -scores;
  const std::vector<uint32_t> order = OrderUp({down.data(), classes.size()});
  std::vector<ScoreLevel> levels;
  levels.reserve(order.size());
  bool both[2] = {false, false};
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || scores(order[i]) != scores(order[i - 1])) levels.emplace_back();
    const bool wanted = classes[order[i]] == 1;
    (wanted ? levels.back().wanted : levels.back().others) += weights(order[i]);
    both[wanted ? 1 : 0] = true;
  }
  if (!both[0] || !both[1]) levels.clear();
  return levels;
}

double AreaOf(const std::vector<ScoreLevel>& levels) {
  double others_above = 0.0;
  double wanted = 0.0;
  double wrong = 0.0;  // weight of pairs, a tie half
  for (const ScoreLevel& level : levels) {
    wrong += level.wanted * (others_above + 0.5 * level.others);
    others_above += level.others;
    wanted += level.wanted;
  }
  return 1.0 - wrong / (wanted * others_above);
}

double PrecisionOf(const std::vector<ScoreLevel>& levels) {
  double all = 0.0;
  double wanted = 0.0;
  double sum = 0.0;
  for (const ScoreLevel& level : levels) {
    wanted += level.wanted;
    all += level.wanted + level.others;
    sum += level.wanted * (wanted / all);
  }
  return sum / wanted;
}

int32_t GuessOf(const Matrix& logits, Eigen::Index row) {
  if (logits.rows() == 1) return logits(0, row) > 0.0 ? 1 : 0;
  Eigen::Index guess = 0;
  logits.col(row).maxCoeff(&guess);
  return static_cast<int32_t>(guess);
}

// Weighted means over rows, without a list of them: of many rows lists are what takes memory.
struct WeightedMean {
  CompensatedSum sum;
  CompensatedSum weight;

  void Add(double row_weight, double value) {
    sum.Add(row_weight * value);
    weight.Add(row_weight);
  }
  double Mean() const { return sum.Total() / weight.Total(); }
};

FoldScore ConstantMean(const Dataset& data, const Folds& folds, int fold) {
  const std::vector<int>& of_row = folds.of_row;
  const auto rows = static_cast<Eigen::Index>(of_row.size());
  const auto part = [&](Eigen::Index row) { return of_row[static_cast<std::size_t>(row)]; };
  WeightedMean target;
  for (Eigen::Index row = 0; row < rows; ++row) {
    if (folds.Trains(part(row), fold)) target.Add(data.weights(row), data.target.numbers(row));
  }
  const double mean = target.Mean();
  WeightedMean training;
  WeightedMean held;
  for (Eigen::Index row = 0; row < rows; ++row) {
    const double off = data.target.numbers(row) - mean;
    if (folds.Trains(part(row), fold)) training.Add(data.weights(row), off * off);
    if (part(row) == fold) held.Add(data.weights(row), off * off);
  }
  FoldScore score{0.5 * training.Mean(), 0.5 * held.Mean(), {}};
  score.held.squared_error = held.sum.Total();
  score.held.squared_distance = held.sum.Total();
  return score;
}

FoldScore ConstantShares(const Dataset& data, const Folds& folds, int fold) {
  const std::vector<uint32_t> training = folds.Training(fold);
  const std::vector<uint32_t> held = folds.Held(fold);
  Vector weight = Vector::Zero(static_cast<Eigen::Index>(data.target.class_names.size()));
  for (const uint32_t row : training) weight(data.target.classes[row]) += data.weights(row);
  const double all = weight.sum();
  const Vector logits =
      LogitsOfShares(ClassShares(weight, all / static_cast<double>(training.size())));
  const auto constant = [&](const std::vector<uint32_t>& rows) {
    return Matrix(logits.replicate(1, static_cast<Eigen::Index>(rows.size())));
  };
  const std::vector<int32_t> classes = PickClasses(data.target.classes, held);
  const Vector weights = data.weights(held);
  FoldScore score;
  score.train_loss = LossOfLogits(constant(training), PickClasses(data.target.classes, training),
                                  data.weights(training));
  score.validation_loss = LossOfLogits(constant(held), classes, weights);
  score.held = HeldOutOfLogits(constant(held), classes, weights);
  return score;
}

}  // namespace

std::optional<double> AreaUnderRoc(const Vector& scores, std::span<const int32_t> classes,
                                   const Vector& weights) {
  const std::vector<ScoreLevel> levels = LevelsOf(scores, classes, weights);
  return levels.empty() ? std::nullopt : std::optional(AreaOf(levels));
}

std::optional<double> AveragePrecision(const Vector& scores, std::span<const int32_t> classes,
                                       const Vector& weights) {
  const std::vector<ScoreLevel> levels = LevelsOf(scores, classes, weights);
  return levels.empty() ? std::nullopt : std::optional(PrecisionOf(levels));
}

HeldOutParts HeldOutOfLogits(const Matrix& logits, std::span<const int32_t> classes,
                             const Vector& weights) {
  HeldOutParts parts;
  const auto count = static_cast<std::size_t>(std::max<Eigen::Index>(2, logits.rows()));
  parts.right.assign(count, 0.0);
  parts.rows.assign(count, 0.0);
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const auto own = static_cast<std::size_t>(classes[i]);
    parts.rows[own] += weights(row);
    if (GuessOf(logits, row) == classes[i]) parts.right[own] += weights(row);
  }
  if (logits.rows() > 1) return parts;
  const std::vector<ScoreLevel> levels = LevelsOf(logits.row(0).transpose(), classes, weights);
  if (levels.empty()) return parts;
  parts.auc = AreaOf(levels);
  parts.average_precision = PrecisionOf(levels);
  return parts;
}

Vector ClassShares(const Vector& weight, double row) {
  const Vector counted = (weight.array() > 0.0).select(weight, 0.5 * row);
  return counted / counted.sum();
}

Vector LogitsOfShares(const Vector& shares) {
  if (shares.size() > 2) return shares.array().log();
  return Vector::Constant(1, std::log(shares(1) / shares(0)));
}

std::vector<FoldScore> ScoreConstants(const Dataset& dataset, int threads) {
  const bool regression = dataset.target.task == Task::kRegression;
  std::vector<FoldScore> scores;
  for (const Folds& folds : dataset.folds) {
    const std::size_t first = scores.size();
    scores.resize(first + static_cast<std::size_t>(folds.count));
    ParallelFor(scores.size() - first, threads, [&](std::size_t i) {
      scores[first + i] =
          (regression ? ConstantMean : ConstantShares)(dataset, folds, static_cast<int>(i));
    });
  }
  return scores;
}

std::vector<PairScores> PairsOf(const Folds& folds, std::size_t decays) {
  std::vector<PairScores> pairs;
  for (int first = 0; first < folds.count; ++first) {
    for (int second = first + 1; second < folds.count; ++second)
      pairs.push_back({first, second, std::vector<std::optional<PairLosses>>(decays)});
  }
  return pairs;
}

}  // namespace halflife
