#include "tune/diagnostics/held_out_rows.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "tune/diagnostics/histograms.h"

namespace halflife {
namespace {

constexpr std::size_t kMostPoints = 500;
constexpr std::size_t kReliabilityBins = 10;
constexpr std::size_t kMostThresholds = 200;
constexpr std::size_t kMostConfused = 50;  // classes

// A prediction: how sure it is, and whether it was right; of two classes, of the second.
struct Told {
  double probability = 0.0;
  bool is = false;
  double logit = 0.0;  // of two classes: finer than the probability, which ends at 1
};

// The class a row is told as, and its probability there; probabilities of one output are of the
// second class.
struct TopClass {
  int32_t index = 0;
  double probability = 0.0;
};

double Logistic(double logit) { return 1.0 / (1.0 + std::exp(-logit)); }

TopClass TopOf(const Matrix& logits, Eigen::Index row) {
  if (logits.rows() == 1) {
    const double second = logits(0, row);
    return {second > 0.0 ? 1 : 0, Logistic(std::fabs(second))};
  }
  Eigen::Index top = 0;
  const double highest = logits.col(row).maxCoeff(&top);
  const double sum = (logits.col(row).array() - highest).exp().sum();
  return {static_cast<int32_t>(top), 1.0 / sum};
}

// Sorted by probability; rows of one probability stay in one bin.
std::vector<ReliabilityBin> BinsOf(const std::vector<Told>& told) {
  std::vector<ReliabilityBin> bins;
  const std::size_t wanted = std::max<std::size_t>(1, told.size() / kReliabilityBins);
  std::size_t start = 0;
  while (start < told.size()) {
    std::size_t end = std::min(start + wanted, told.size());
    if (told.size() - end < wanted) end = told.size();
    while (end < told.size() && told[end].probability == told[end - 1].probability) ++end;
    ReliabilityBin bin{.rows = end - start};
    std::size_t are = 0;
    for (std::size_t i = start; i < end; ++i) {
      bin.predicted += told[i].probability / static_cast<double>(bin.rows);
      are += told[i].is ? 1 : 0;
    }
    bin.observed = static_cast<double>(are) / static_cast<double>(bin.rows);
    bins.push_back(bin);
    start = end;
  }
  return bins;
}

// From the surest row down, a point where the probability changes.
void AddRoc(const std::vector<Told>& told, HeldOutClasses* held) {
  const auto of_second = static_cast<double>(
      std::count_if(told.begin(), told.end(), [](const Told& row) { return row.is; }));
  const double of_first = static_cast<double>(told.size()) - of_second;
  if (of_first == 0.0 || of_second == 0.0) return;
  std::vector<std::pair<double, double>> points = {{0.0, 0.0}};
  double wrong = 0.0;
  double right = 0.0;
  for (std::size_t i = told.size(); i-- > 0;) {
    (told[i].is ? right : wrong) += 1.0;
    if (i == 0 || told[i].logit != told[i - 1].logit)
      points.emplace_back(wrong / of_first, right / of_second);
  }
  const std::size_t kept = std::min(points.size(), kMostThresholds);
  for (std::size_t i = 0; i < kept; ++i) {
    const auto& [false_positive, true_positive] = points[i * (points.size() - 1) / (kept - 1)];
    held->false_positive.push_back(false_positive);
    held->true_positive.push_back(true_positive);
  }
}

}  // namespace

Matrix SideBySide(std::span<const Matrix> parts) {
  Eigen::Index outputs = 0;
  Eigen::Index rows = 0;
  for (const Matrix& part : parts) {
    outputs = std::max(outputs, part.rows());
    rows += part.cols();
  }
  Matrix all(outputs, rows);
  Eigen::Index at = 0;
  for (const Matrix& part : parts) {
    if (part.cols() > 0) all.middleCols(at, part.cols()) = part;
    at += part.cols();
  }
  return all;
}

HeldOutNumbers HeldOutOfNumbers(std::span<const double> truth, std::span<const double> predicted) {
  std::vector<std::size_t> finite;
  std::vector<double> residuals;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    if (!std::isfinite(predicted[i])) continue;
    finite.push_back(i);
    residuals.push_back(truth[i] - predicted[i]);
  }
  HeldOutNumbers held{.rows = finite.size()};
  if (const auto histogram = HistogramOfResiduals(residuals)) held.residuals = *histogram;
  const std::size_t kept = std::min(finite.size(), kMostPoints);
  for (std::size_t i = 0; i < kept; ++i) {
    const std::size_t row = finite[i * finite.size() / kept];
    held.truth.push_back(truth[row]);
    held.predicted.push_back(predicted[row]);
  }
  return held;
}

HeldOutClasses HeldOutOfClasses(std::span<const int32_t> classes, const Matrix& logits,
                                std::size_t class_count) {
  HeldOutClasses held;
  if (class_count <= kMostConfused)
    held.confusion.assign(class_count, std::vector<std::size_t>(class_count, 0));
  std::vector<Told> told;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    if (!logits.col(row).allFinite()) continue;
    ++held.rows;
    const TopClass top = TopOf(logits, row);
    if (!held.confusion.empty())
      ++held.confusion[static_cast<std::size_t>(classes[i])][static_cast<std::size_t>(top.index)];
    if (logits.rows() == 1) {
      told.push_back({Logistic(logits(0, row)), classes[i] == 1, logits(0, row)});
    } else {
      told.push_back({top.probability, classes[i] == top.index});
    }
  }
  std::sort(told.begin(), told.end(), [](const Told& a, const Told& b) {
    return std::tie(a.probability, a.logit, a.is) < std::tie(b.probability, b.logit, b.is);
  });
  held.reliability = BinsOf(told);
  if (logits.rows() == 1) AddRoc(told, &held);
  return held;
}

}  // namespace halflife
