// Variance from rows drawn anew, against fits from their formulas and the divergence written out.
#include "tune/diagnostics/bootstrap_parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "linalg/one_blas_thread.h"
#include "support/datasets.h"
#include "support/plain_fits.h"

namespace halflife {
namespace {

using testing::Long;
using testing::LongMatrix;
using testing::LongVector;
using testing::PlainFit;
using testing::PlainRows;

constexpr std::size_t kDrawnRows = 60;
constexpr std::uint64_t kDraw = 46;

Dataset DrawForBootstrap(int classes, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> a;
  std::vector<double> b;
  Vector y(kDrawnRows);
  std::vector<int32_t> of_row;
  for (std::size_t i = 0; i < kDrawnRows; ++i) {
    a.push_back(4.0 + random.Normal());
    b.push_back(random.Normal());
    y(static_cast<Eigen::Index>(i)) = a.back() - b.back() + random.Normal();
    of_row.push_back(static_cast<int32_t>(
        std::clamp(a.back() - 4.0 + 1.2 + random.Normal(), 0.0, std::max(1, classes) - 0.01)));
  }
  Dataset dataset = testing::MakeDataset(
      {testing::Numbers("a", a), testing::Numbers("b", b)},
      classes > 0 ? testing::ClassTarget(of_row, classes) : testing::NumberTarget(y),
      testing::RoundRobin(kDrawnRows, 4));
  for (Eigen::Index i = 0; i < dataset.weights.size(); i += 4) dataset.weights(i) = 3.0;
  return dataset;
}

// Half the squared distance of numbers; of logits the divergence of their probabilities from those
// of `mean`.
Long Distance(const LongVector& mean, const LongVector& outputs, bool classes) {
  if (!classes) return (outputs - mean).squaredNorm() / 2;
  const LongMatrix p = testing::PlainProbabilities(mean.transpose());
  const LongMatrix q = testing::PlainProbabilities(outputs.transpose());
  if (mean.size() == 1)
    return p(0) * std::log(p(0) / q(0)) + (1 - p(0)) * std::log((1 - p(0)) / (1 - q(0)));
  Long sum = 0;
  for (Eigen::Index c = 0; c < p.cols(); ++c) sum += p(0, c) * std::log(p(0, c) / q(0, c));
  return sum;
}

struct PlainParts {
  Long loss = 0;
  Long variance = 0;
};

PlainParts PlainPartsOf(const Dataset& dataset, int classes, double decay, std::uint64_t seed) {
  const int outputs = classes > 2 ? classes : 1;
  std::vector<std::vector<LongVector>> of_row(kDrawnRows);
  std::vector<Long> losses(kDrawnRows, 0);
  for (int s = 0; s < kBootstrapSamples; ++s) {
    const std::vector<uint32_t> drawn = BootstrapRows(seed, s, kDrawnRows);
    const PlainRows rows = testing::PlainRowsOf(dataset, drawn, drawn);
    const PlainFit fit = classes > 0 ? testing::PlainLogistic(rows, outputs, decay)
                                     : testing::PlainRidge(rows, decay);
    const std::set<uint32_t> in(drawn.begin(), drawn.end());
    for (uint32_t row = 0; row < kDrawnRows; ++row) {
      if (in.count(row) > 0) continue;
      const PlainRows one = testing::PlainRowsOf(dataset, drawn, {row});
      of_row[row].push_back(testing::PlainOutputs(one, fit).row(0).transpose());
      losses[row] += (classes > 0 ? testing::PlainLogLoss : testing::PlainSquaredLoss)(one, fit);
    }
  }
  PlainParts parts;
  Long total = 0;
  for (uint32_t row = 0; row < kDrawnRows; ++row) {
    const auto fits = static_cast<Long>(of_row[row].size());
    if (fits < 2) continue;
    LongVector mean = LongVector::Zero(outputs);
    for (const LongVector& one : of_row[row]) mean += one / fits;
    Long spread = 0;
    for (const LongVector& one : of_row[row]) spread += Distance(mean, one, classes > 0);
    const Long weight = dataset.weights(row);
    total += weight;
    parts.variance += weight * spread / (fits - 1);
    parts.loss += weight * losses[row] / fits;
  }
  return {parts.loss / total, parts.variance / total};
}

// How many fits each row is left out of.
std::vector<int> FitsOfRows(std::uint64_t seed) {
  std::vector<int> fits(kDrawnRows, kBootstrapSamples);
  for (int s = 0; s < kBootstrapSamples; ++s) {
    const std::vector<uint32_t> drawn = BootstrapRows(seed, s, kDrawnRows);
    for (const uint32_t row : std::set<uint32_t>(drawn.begin(), drawn.end())) --fits[row];
  }
  return fits;
}

class BootstrapParts : public ::testing::TestWithParam<int> {};

// The program's fits stop at a gradient of 1e-8.
TEST_P(BootstrapParts, AreTheLossAndTheSpreadOfFitsToTheRowsDrawn) {
  const OneBlasThread one_blas_thread;
  const int classes = GetParam();
  const Dataset dataset = DrawForBootstrap(classes, 9);
  const ModelMaker make = MakeModelOfTask;
  const ModelContext context{&dataset, 2, {}, {}, 0.0};
  Stopping stopping({});
  const std::vector<double> decays = {0.01, 0.1, 1.0};
  const std::vector<int> fits = FitsOfRows(kDraw);  // one alone has no spread, two have
  ASSERT_EQ(*std::min_element(fits.begin(), fits.end()), 1);
  ASSERT_GT(std::count(fits.begin(), fits.end(), 2), 0);
  const std::optional<ErrorParts> parts =
      PartsOfBootstrap({context, make, &stopping}, decays, 1, kDraw, std::nullopt);
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->samples, kBootstrapSamples);
  EXPECT_EQ(parts->source, ErrorParts::NoiseSource::kUnknown);
  EXPECT_EQ(parts->noise, 0.0);
  for (std::size_t i = 0; i < decays.size(); ++i) {
    const PlainParts plain = PlainPartsOf(dataset, classes, decays[i], kDraw);
    EXPECT_NEAR(parts->variance[i], static_cast<double>(plain.variance), 1e-6);
    EXPECT_NEAR(parts->bias[i] + parts->variance[i], static_cast<double>(plain.loss), 1e-6);
    if (i > 0) {
      EXPECT_LT(parts->variance[i], parts->variance[i - 1]);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Tasks, BootstrapParts, ::testing::Values(0, 2, 3));

TEST(BootstrapPartsOf, NumbersTakeAKnownNoiseOffTheBias) {
  const OneBlasThread one_blas_thread;
  const Dataset dataset = DrawForBootstrap(0, 9);
  const ModelMaker make = MakeModelOfTask;
  const ModelContext context{&dataset, 1, {}, {}, 1.0};
  Stopping stopping({});
  const RefitMaker maker{context, make, &stopping};
  const auto without = PartsOfBootstrap(maker, {0.01, 0.1}, 1, 5, std::nullopt);
  const auto with = PartsOfBootstrap(maker, {0.01, 0.1}, 1, 5, 0.8);
  ASSERT_TRUE(without && with);
  EXPECT_EQ(with->source, ErrorParts::NoiseSource::kGiven);
  EXPECT_EQ(with->variance, without->variance);
  EXPECT_NEAR(with->bias[0], without->bias[0] - 0.32, 1e-12);
  Stopping stopped([] { return true; });
  EXPECT_FALSE(PartsOfBootstrap({context, make, &stopped}, {0.1}, 0, 5, std::nullopt));
}

TEST(BootstrapPlaces, AreTheEndsTheBestAndOthersEvenly) {
  EXPECT_EQ(BootstrapPlaces(1, 0), (std::vector<std::size_t>{0}));
  EXPECT_EQ(BootstrapPlaces(3, 1), (std::vector<std::size_t>{0, 1, 2}));
  const std::vector<std::size_t> many = BootstrapPlaces(64, 20);
  EXPECT_EQ(many, (std::vector<std::size_t>{0, 9, 18, 20, 27, 36, 45, 54, 63}));
}

}  // namespace
}  // namespace halflife
