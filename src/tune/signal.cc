#include "tune/signal.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/parallel.h"
#include "base/random.h"
#include "tune/statistics.h"

namespace halflife {
namespace {

constexpr uint64_t kPermutationStream = 3;  // of the seed's streams, the one that orders targets
constexpr double kSurely = 0.01;

// Targets less their weighted mean (regression), or a row a class: 1 for the rows of the class.
// outputs x rows.
Matrix Values(const Dataset& dataset) {
  const Target& target = dataset.target;
  const Vector& weights = dataset.weights;
  if (target.task == Task::kRegression) {
    const double mean = weights.dot(target.numbers) / weights.sum();
    return (target.numbers.array() - mean).matrix().transpose();
  }
  const auto classes = static_cast<Eigen::Index>(target.class_names.size());
  Matrix values = Matrix::Zero(classes, weights.size());
  for (Eigen::Index row = 0; row < weights.size(); ++row)
    values(target.classes[static_cast<std::size_t>(row)], row) = 1.0;
  return values;
}

// Squared norms of sum over rows of weight x features x target, for several orders of the targets,
// rows taken chunk by chunk. Weights stay with the features, whose weighted means are 0, so that
// the target's mean, which differs by order, adds nothing.
class Scorer {
 public:
  explicit Scorer(const SignalQuestion& question)
      : question_(question), values_(Values(*question.dataset)) {}

  std::vector<double> Score(const std::vector<std::vector<uint32_t>>& orders) const {
    constexpr std::size_t kChunk = 2048;
    const auto rows = static_cast<std::size_t>(values_.cols());
    const Eigen::Index outputs = values_.rows();
    const auto features = static_cast<Eigen::Index>(question_.standardizer->kept.size());
    Matrix sums = Matrix::Zero(features, outputs * static_cast<Eigen::Index>(orders.size()));
    for (std::size_t start = 0; start < rows; start += kChunk) {
      std::vector<uint32_t> chunk(std::min(kChunk, rows - start));
      std::iota(chunk.begin(), chunk.end(), static_cast<uint32_t>(start));
      Matrix values = Standardize(question_.dataset->design, *question_.standardizer, chunk);
      values.array().rowwise() *= question_.dataset->weights(chunk).transpose().array();
      Matrix ordered(sums.cols(), values.cols());
      for (std::size_t b = 0; b < orders.size(); ++b) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
          ordered.block(static_cast<Eigen::Index>(b) * outputs, static_cast<Eigen::Index>(i),
                        outputs, 1) = values_.col(orders[b][start + i]);
        }
      }
      sums.noalias() += values * ordered.transpose();
    }
    std::vector<double> scores;
    for (std::size_t b = 0; b < orders.size(); ++b)
      scores.push_back(
          sums.middleCols(static_cast<Eigen::Index>(b) * outputs, outputs).squaredNorm());
    return scores;
  }

  // Numbers that one order adds up.
  double Sums() const {
    return static_cast<double>(values_.rows()) *
           static_cast<double>(question_.standardizer->kept.size());
  }
  // Multiplications that one order takes.
  double Work() const {
    return static_cast<double>(values_.size()) *
           static_cast<double>(question_.standardizer->kept.size());
  }

 private:
  const SignalQuestion& question_;
  Matrix values_;
};

}  // namespace

double PermutationPValue(const SignalQuestion& question) {
  constexpr int kAsLarge = 10;
  constexpr double kMostWork = 2e10;
  const Scorer scorer(question);
  constexpr double kMostSums = 4e6;  // of a batch: 32 MB
  // Orders scored by one product.
  const auto batch_size =
      static_cast<std::size_t>(std::clamp(kMostSums / scorer.Sums(), 1.0, 16.0));
  const auto rows = static_cast<uint32_t>(question.dataset->target.rows());
  std::vector<uint32_t> as_found(rows);
  std::iota(as_found.begin(), as_found.end(), 0U);
  const double found = scorer.Score({as_found}).front();
  const auto most = static_cast<std::size_t>(std::clamp(kMostWork / scorer.Work(), 99.0, 999.0));
  const std::size_t together = batch_size * static_cast<std::size_t>(std::max(1, question.threads));
  int as_large = 0;
  for (std::size_t drawn = 0; drawn < most;) {
    const std::size_t now = std::min(together, most - drawn);
    std::vector<std::vector<double>> scores((now + batch_size - 1) / batch_size);
    ParallelFor(scores.size(), question.threads, [&](std::size_t batch) {
      const std::size_t first = drawn + batch * batch_size;
      std::vector<std::vector<uint32_t>> orders;
      for (std::size_t i = first; i < std::min(first + batch_size, drawn + now); ++i)
        orders.push_back(
            Random(question.seed, (uint64_t{i} << 8) | kPermutationStream).Permutation(rows));
      scores[batch] = scorer.Score(orders);
    });
    for (const std::vector<double>& batch : scores) {
      for (const double score : batch) {
        ++drawn;
        // Equal scores in another order of sums: the rounding of a sum of squares.
        if (score >= found * (1.0 - 1e-12)) ++as_large;
        if (as_large == kAsLarge) return as_large / static_cast<double>(drawn);
      }
    }
  }
  return (as_large + 1.0) / (static_cast<double>(most) + 1.0);
}

SignalTest TestSignal(const SignalQuestion& question) {
  std::vector<double> differences;
  for (std::size_t f = 0; f < question.best_scores.size(); ++f) {
    differences.push_back(question.null_scores[f].validation_loss -
                          question.best_scores[f].validation_loss);
  }
  const PairedTest test = CorrectedPairedTest(differences, question.held_to_training);
  SignalTest signal;
  signal.improvement = test.mean;
  signal.ci95[0] = test.low;
  signal.ci95[1] = test.high;
  signal.none = !(test.low > 0.0);
  if (signal.none && test.mean > 0.0 && question.rows_are_exchangeable) {
    signal.p_value = PermutationPValue(question);
    signal.none = *signal.p_value > kSurely;
  }
  return signal;
}

}  // namespace halflife
