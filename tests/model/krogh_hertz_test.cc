// A property of the whole path: with rows of known noise its best decay averages p sigma^2 /
// ||w||^2 / n (Krogh and Hertz 1992, NIPS 4:950; a mean loss divides theirs by n).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "model/model.h"
#include "support/datasets.h"

namespace halflife {
namespace {

constexpr int kWeights = 50;
constexpr double kNoise = 0.5;  // variance; ||w|| is 1

// n times decays, in steps of 5 %: the steps' own error, even between neighbours, averages out.
std::vector<double> KroghHertzGrid(std::size_t rows) {
  std::vector<double> decays;
  for (double times_n = 2.0; times_n < 200.0; times_n *= 1.05)
    decays.push_back(times_n / static_cast<double>(rows));
  return decays;
}

// Draws weights, rows and noise; n times the decay whose fit is nearest to the weights, which for
// isotropic rows is that of the least expected loss on new rows.
double BestTimesRows(std::size_t rows, uint64_t seed) {
  Random random(seed);
  Vector w(kWeights);
  for (double& each : w) each = random.Normal();
  w.normalize();
  Vector y(static_cast<Eigen::Index>(rows));
  for (double& each : y) each = std::sqrt(kNoise) * random.Normal();
  std::vector<Column> columns;
  for (int c = 0; c < kWeights; ++c) {
    std::vector<double> cells(rows);
    for (std::size_t i = 0; i < rows; ++i) {
      cells[i] = random.Normal();
      y(static_cast<Eigen::Index>(i)) += w(c) * cells[i];
    }
    columns.push_back(testing::Numbers(std::to_string(c), std::move(cells)));
  }
  const Dataset data = testing::MakeDataset(std::move(columns), testing::NumberTarget(y),
                                            testing::RoundRobin(rows, 2));
  const auto model = MakeLinear({&data, 1, {}, {}});
  model->Curvature();
  const std::vector<double> decays = KroghHertzGrid(rows);
  const std::vector<Fit> fits = model->FitAll(decays);
  double best = 0.0;
  double lowest = HUGE_VAL;
  for (std::size_t d = 0; d < decays.size(); ++d) {
    const Vector found = fits[d].weights.col(0).cwiseQuotient(model->standardizer().scale);
    const double error = (found - w).squaredNorm();
    if (error < lowest) best = static_cast<double>(rows) * decays[d];
    lowest = std::min(lowest, error);
  }
  return best;
}

// By seed, mean and standard error of 400 draws (the truth is 25):
//   n = 200: 25.64 +- 0.51
//   n = 400: 24.99 +- 0.68
//   n = 800: 26.57 +- 0.87
// Means and deviations of the sample's own, in place of the true ones, shift it by a share of about
// 1/n, which is why there is no n below 200. Three standard errors are 6 %, 8 % and 10 %.
TEST(KroghHertz, TheBestDecayAveragesNoiseOverSignal) {
  constexpr int kDraws = 400;
  for (const std::size_t rows : {200U, 400U, 800U}) {
    Vector best(kDraws);
    for (int draw = 0; draw < kDraws; ++draw)
      best(draw) = BestTimesRows(rows, 1000 * rows + static_cast<uint64_t>(draw));
    const double mean = best.mean();
    const double error = std::sqrt((best.array() - mean).square().sum() / (kDraws - 1) / kDraws);
    EXPECT_NEAR(mean, kWeights * kNoise, 3.0 * error)
        << fmt::format("{} rows: {:.2f} +- {:.2f}", rows, mean, error);
    RecordProperty(fmt::format("rows_{}", rows), fmt::format("{:.2f} +- {:.2f}", mean, error));
  }
}

}  // namespace
}  // namespace halflife
