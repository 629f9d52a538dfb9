#include "tune/diagnostics/error_parts.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>

#include "base/random.h"
#include "linalg/one_blas_thread.h"
#include "support/datasets.h"
#include "support/least_norm.h"

namespace halflife {
namespace {

constexpr Eigen::Index kRows = 60;
constexpr Eigen::Index kColumns = 24;
constexpr double kNoise = 0.8;

// Columns that hang together (each half of what the one before it is), and weights that fall off.
Vector DrawRow(Random* random) {
  Vector x(kColumns);
  double before = 0.0;
  for (Eigen::Index j = 0; j < kColumns; ++j) {
    before = 0.5 * before + random->Normal();
    x(j) = 3.0 + before;
  }
  return x;
}

double TruthOf(const Vector& x) {
  double sum = 1.0;
  for (Eigen::Index j = 0; j < kColumns; ++j) sum += x(j) * std::pow(0.8, static_cast<double>(j));
  return sum;
}

struct Drawn {
  Matrix x;      // rows x columns
  Vector truth;  // without noise
  Vector y;
};

Drawn DrawTable(Eigen::Index rows, Random* random) {
  Drawn drawn{Matrix(rows, kColumns), Vector(rows), Vector(rows)};
  for (Eigen::Index i = 0; i < rows; ++i) {
    const Vector x = DrawRow(random);
    drawn.x.row(i) = x.transpose();
    drawn.truth(i) = TruthOf(x);
    drawn.y(i) = drawn.truth(i) + kNoise * random->Normal();
  }
  return drawn;
}

Dataset DatasetOf(const Drawn& drawn) {
  std::vector<Column> columns;
  for (Eigen::Index j = 0; j < kColumns; ++j) {
    const Vector cells = drawn.x.col(j);
    columns.push_back({.name = "x" + std::to_string(j), .numbers = {cells.begin(), cells.end()}});
  }
  return testing::MakeDataset(std::move(columns), testing::NumberTarget(drawn.y),
                              testing::RoundRobin(static_cast<std::size_t>(drawn.y.size()), 5));
}

std::vector<Fit> FitsOf(const Dataset& dataset, const std::vector<double>& decays) {
  const OneBlasThread one_blas_thread;
  const std::unique_ptr<Model> model = MakeLinear({&dataset});
  model->ScoreFolds(decays);
  return model->FitAll(decays);
}

// Half the squared bias and half the variance of predicting each row by a fit to the others, a mean
// over rows, given the inputs: the linear map from the others' targets to the prediction, written
// out row by row. Columns have the scales of all rows.
struct ClosedForm {
  double bias = 0.0;
  double variance = 0.0;
};

ClosedForm PartsOfRows(const Drawn& drawn, double decay) {
  const Eigen::Index n = drawn.x.rows();
  const Matrix centred = drawn.x.rowwise() - drawn.x.colwise().mean();
  const Vector scale =
      (centred.colwise().squaredNorm() / static_cast<double>(n)).transpose().cwiseSqrt();
  const Matrix z = centred * scale.cwiseInverse().asDiagonal();
  ClosedForm parts;
  for (Eigen::Index i = 0; i < n; ++i) {
    Matrix others(n - 1, kColumns);
    others << z.topRows(i), z.bottomRows(n - 1 - i);
    Vector truth(n - 1);
    truth << drawn.truth.head(i), drawn.truth.tail(n - 1 - i);
    const Vector mean = others.colwise().mean();
    others.rowwise() -= mean.transpose();
    Matrix system = others.transpose() * others;
    system.diagonal().array() += static_cast<double>(n) * decay;
    const Vector share = (others * system.llt().solve(z.row(i).transpose() - mean)).array() +
                         1.0 / static_cast<double>(n - 1);
    const double off = share.dot(truth) - drawn.truth(i);
    parts.bias += 0.5 * off * off / static_cast<double>(n);
    parts.variance += 0.5 * kNoise * kNoise * share.squaredNorm() / static_cast<double>(n);
  }
  return parts;
}

struct Sample {
  double sum = 0.0;
  double squares = 0.0;
  int count = 0;
  void Add(double value) {
    sum += value;
    squares += value * value;
    ++count;
  }
  double mean() const { return sum / count; }
  double error() const { return std::sqrt((squares / count - mean() * mean()) / (count - 1.0)); }
};

// The variance is exact; the bias, for it is what leave-one-out leaves of the noise that was drawn,
// is on average: 4 standard errors, passed by chance once in 16,000 times a decay.
TEST(ErrorParts, AreTheClosedFormsOfRidgeWithKnownTruth) {
  const std::vector<double> decays = {0.001, 0.01, 0.1, 0.5, 2.0};
  constexpr int kTables = 40;
  constexpr int kDraws = 10;
  std::vector<Sample> bias(decays.size());
  for (int table = 0; table < kTables; ++table) {
    Random random(11, static_cast<std::uint64_t>(table));
    Drawn drawn = DrawTable(kRows, &random);
    std::vector<ClosedForm> closed;
    for (const double decay : decays) closed.push_back(PartsOfRows(drawn, decay));
    for (int draw = 0; draw < kDraws; ++draw) {
      for (Eigen::Index i = 0; i < kRows; ++i)
        drawn.y(i) = drawn.truth(i) + kNoise * random.Normal();
      const Dataset dataset = DatasetOf(drawn);
      const std::optional<ErrorParts> parts =
          PartsOfError(dataset, FitsOf(dataset, decays), kNoise);
      ASSERT_TRUE(parts);
      EXPECT_EQ(parts->source, ErrorParts::NoiseSource::kGiven);
      EXPECT_DOUBLE_EQ(parts->noise, 0.5 * kNoise * kNoise);
      for (std::size_t d = 0; d < decays.size(); ++d) {
        EXPECT_NEAR(parts->variance[d] / closed[d].variance, 1.0, 1e-9) << decays[d];
        bias[d].Add(parts->bias[d] - closed[d].bias);
      }
    }
  }
  for (std::size_t d = 0; d < decays.size(); ++d) {
    EXPECT_LT(std::fabs(bias[d].mean()), 4.0 * bias[d].error()) << decays[d];
    EXPECT_LT(bias[d].error(), 0.02) << decays[d];  // so that there is something to see
  }
}

// The same rows again and again: what the targets of one kind differ by is the noise.
TEST(ErrorParts, RepeatedRowsTellTheNoise) {
  Random random(5);
  Drawn drawn = DrawTable(600, &random);
  for (Eigen::Index i = 200; i < 600; ++i) {
    drawn.x.row(i) = drawn.x.row(i % 200);
    drawn.y(i) = drawn.truth(i % 200) + kNoise * random.Normal();
  }
  const Dataset dataset = DatasetOf(drawn);
  double squares = 0.0;
  for (Eigen::Index i = 0; i < 200; ++i) {
    const double mean = (drawn.y(i) + drawn.y(i + 200) + drawn.y(i + 400)) / 3.0;
    for (const Eigen::Index at : {i, i + 200, i + 400})
      squares += (drawn.y(at) - mean) * (drawn.y(at) - mean);
  }
  const std::optional<RepeatedRows> repeated = FindRepeatedRows(dataset);
  ASSERT_TRUE(repeated);
  EXPECT_EQ(repeated->rows, 600U);
  EXPECT_NEAR(repeated->variance, squares / 400.0, 1e-12);
  const std::optional<ErrorParts> parts =
      PartsOfError(dataset, FitsOf(dataset, {0.1}), std::nullopt);
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->source, ErrorParts::NoiseSource::kRepeatedRows);
  EXPECT_EQ(parts->repeated_rows, 600U);
}

TEST(ErrorParts, FewTwinsAndTwinsOfOneTargetTellNothing) {
  Random random(6);
  Drawn drawn = DrawTable(100, &random);
  EXPECT_FALSE(FindRepeatedRows(DatasetOf(drawn)));
  for (Eigen::Index i = 0; i < 9; ++i) drawn.x.row(50 + i) = drawn.x.row(i);
  EXPECT_FALSE(FindRepeatedRows(DatasetOf(drawn)));
  drawn.x.row(70) = drawn.x.row(9);
  EXPECT_TRUE(FindRepeatedRows(DatasetOf(drawn)));
  Dataset weighted = DatasetOf(drawn);
  weighted.weights(3) = 2.0;
  EXPECT_FALSE(FindRepeatedRows(weighted));
  for (Eigen::Index i = 0; i < 50; ++i) {
    drawn.x.row(50 + i) = drawn.x.row(i);
    drawn.y(50 + i) = drawn.y(i);
  }
  EXPECT_FALSE(FindRepeatedRows(DatasetOf(drawn)));
}

// With no other word of the noise all that is left where leave-one-out is lowest is noise and
// variance.
TEST(ErrorParts, WithoutAWordOfTheNoiseTheBestFitHasNoBias) {
  Random random(7);
  const Dataset dataset = DatasetOf(DrawTable(kRows, &random));
  const std::vector<double> decays = {0.001, 0.01, 0.1, 1.0, 10.0};
  const std::vector<Fit> fits = FitsOf(dataset, decays);
  const std::optional<ErrorParts> parts = PartsOfError(dataset, fits, std::nullopt);
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->source, ErrorParts::NoiseSource::kBestFit);
  std::size_t best = 0;
  for (std::size_t d = 0; d < decays.size(); ++d) {
    if (*fits[d].loo < *fits[best].loo) best = d;
    EXPECT_NEAR(parts->noise + parts->bias[d] + parts->variance[d], *fits[d].loo, 1e-12);
    EXPECT_DOUBLE_EQ(parts->variance[d], parts->noise * *fits[d].variance);
  }
  EXPECT_NEAR(parts->bias[best], 0.0, 1e-14);
}

TEST(ErrorParts, TheFitWithoutDecayTellsTheNoise) {
  Random random(9);
  const Drawn drawn = DrawTable(kRows, &random);
  const Dataset dataset = DatasetOf(drawn);
  const std::optional<ErrorParts> parts =
      PartsOfError(dataset, FitsOf(dataset, {0.0, 0.1}), std::nullopt);
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->source, ErrorParts::NoiseSource::kResiduals);
  Matrix x(kRows, kColumns + 1);
  x << Vector::Ones(kRows), drawn.x;
  const double rss = (drawn.y - x * testing::LeastNorm(x, drawn.y)).squaredNorm();
  const double variance = rss / static_cast<double>(kRows - kColumns - 1);
  EXPECT_NEAR(parts->noise_sd * parts->noise_sd / variance, 1.0, 1e-9);
}

// A third of the rows again as they are: that is no noise.
TEST(ErrorParts, CopiesOfRowsAreNoWordOfTheNoise) {
  Random random(10);
  Drawn drawn = DrawTable(400, &random);
  for (Eigen::Index i = 0; i < 100; ++i) {
    drawn.x.row(200 + i) = drawn.x.row(i);
    drawn.y(200 + i) = drawn.y(i);
    if (i >= 12) continue;
    drawn.x.row(300 + i) = drawn.x.row(100 + i);
  }
  EXPECT_FALSE(FindRepeatedRows(DatasetOf(drawn)));
}

TEST(ErrorParts, AreNotKnownWithoutLeaveOneOut) {
  Random random(8);
  const Dataset dataset = DatasetOf(DrawTable(kRows, &random));
  std::vector<Fit> fits = FitsOf(dataset, {0.1, 1.0});
  fits[1].variance.reset();
  const std::optional<ErrorParts> parts = PartsOfError(dataset, fits, 1.0);
  ASSERT_TRUE(parts);
  EXPECT_TRUE(std::isnan(parts->bias[1]));
  fits[0].loo.reset();
  EXPECT_FALSE(PartsOfError(dataset, fits, 1.0));
}

}  // namespace
}  // namespace halflife
