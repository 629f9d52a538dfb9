#include "calibration/population.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "support/least_norm.h"

namespace halflife::testing {
namespace {

constexpr double kFewestRows = 40.0;
constexpr double kMostRows = 5000.0;
constexpr double kMostColumns = 400.0;
constexpr double kMostRowsOfClasses = 3000.0;  // whose fits take longer
constexpr double kMostColumnsOfClasses = 150.0;

// A stream of the seed for each kind.
std::uint64_t StreamOf(const std::string& kind) {
  std::uint64_t stream = 17;
  for (const char c : kind) stream = stream * 131 + static_cast<unsigned char>(c);
  return stream;
}

double LogUniform(Random* random, double low, double high) {
  return low * std::pow(high / low, random->Uniform());
}

Matrix NormalMatrix(Random* random, Eigen::Index rows, Eigen::Index columns) {
  Matrix values(rows, columns);
  for (Eigen::Index i = 0; i < values.size(); ++i) values.data()[i] = random->Normal();
  return values;
}

// A number of Student's t with 3 degrees of freedom, scaled to a variance of 1.
double HeavyNormal(Random* random) {
  double squares = 0.0;
  for (int i = 0; i < 3; ++i) squares += std::pow(random->Normal(), 2.0);
  return random->Normal() / std::sqrt(squares);
}

// One in twenty seven times as far.
double Contaminated(Random* random) {
  const double wide = random->Uniform() < 0.05 ? 7.0 : 1.0;
  return wide * random->Normal() / std::sqrt(0.95 + 0.05 * 49.0);
}

// Sources of variance 1.
double Source(const Population& population, Random* random) {
  if (population.kind == "leverage") {  // lognormal, sigma 1
    const double e = std::exp(1.0);
    return (std::exp(random->Normal()) - std::sqrt(e)) / std::sqrt(e * (e - 1.0));
  }
  if (population.kind == "rare") {  // 0 or 1, seldom 1
    const double share = population.shape;
    return ((random->Uniform() < share ? 1.0 : 0.0) - share) / std::sqrt(share * (1.0 - share));
  }
  return random->Normal();
}

double NoiseOf(const Population& population, double first_source, Random* random) {
  if (population.kind == "heavy tails")
    return population.noise * (population.shape < 0.5 ? HeavyNormal(random) : Contaminated(random));
  if (population.kind == "uneven noise")
    return population.noise * random->Normal() * std::fabs(first_source);
  return population.noise * random->Normal();
}

// Columns that hang together: each is rho times the one before it and something of its own.
Matrix Chain(int columns, double rho) {
  Matrix mixing = Matrix::Zero(columns, columns);
  for (int j = 0; j < columns; ++j) {
    for (int i = 0; i <= j; ++i)
      mixing(i, j) = std::pow(rho, j - i) * (i == 0 ? 1.0 : std::sqrt(1.0 - rho * rho));
  }
  return mixing;
}

// Few sources seen through many columns, each with an error of its own.
Matrix Factors(Random* random, int columns, int factors, double own) {
  Matrix mixing = Matrix::Zero(factors + columns, columns);
  mixing.topRows(factors) = NormalMatrix(random, factors, columns) / std::sqrt(factors);
  mixing.bottomRows(columns).diagonal().setConstant(own);
  return mixing;
}

// The signal lies where the columns vary least.
void MakeHard(Random* random, Population* population) {
  const int p = population->columns;
  const Matrix turn = OrthogonalFactor(NormalMatrix(random, p, p));
  Vector size(p);
  for (int i = 0; i < p; ++i) size(i) = std::pow(10.0, -population->shape * i / std::max(1, p - 1));
  population->mixing = size.asDiagonal() * turn.transpose();
  population->slope = Vector::Zero(p);
  for (int i = 0; i < p; ++i) population->slope(i) = random->Normal() * std::pow(size(i), -0.5);
}

void MakeSlope(Random* random, Population* population) {
  const Eigen::Index sources = population->mixing.rows();
  population->slope = Vector::Zero(sources);
  const bool sparse = population->kind == "sparse";
  const Eigen::Index used = sparse ? std::min<Eigen::Index>(sources, 3) : sources;
  for (Eigen::Index i = 0; i < used; ++i) population->slope(i) = random->Normal();
}

void MakeLevels(Random* random, Population* population) {
  population->columns = 1 + static_cast<int>(random->Below(4));
  population->levels = static_cast<int>(LogUniform(random, 2.0, 60.0));
  const auto cells = static_cast<Eigen::Index>(population->columns * population->levels);
  population->level_effects = Vector::Zero(cells);
  for (double& effect : population->level_effects) effect = random->Normal();
}

// Rows, the number of columns, and the kind's own shape.
void SetSize(Random* random, Population* population) {
  const std::string& kind = population->kind;
  const double most_rows = population->classes ? kMostRowsOfClasses : kMostRows;
  const double fewest = kind == "many rows" ? 1000.0 : kFewestRows;
  const double rows = LogUniform(random, fewest, most_rows);
  double most = std::min(2.0 * rows, population->classes ? kMostColumnsOfClasses : kMostColumns);
  if (kind == "strong signal" || kind == "optimum at zero") most = std::min(most, rows / 4.0);
  if (kind == "many rows") most = 30.0;
  population->rows = static_cast<std::size_t>(rows);
  population->columns = static_cast<int>(LogUniform(random, 1.0, std::max(1.5, most) + 0.99));
  population->shape = random->Uniform();
  if (kind == "rare") population->shape = 0.02 + 0.2 * population->shape;
  if (kind == "optimum at zero") population->shape *= 2.0;
}

void SetColumns(Random* random, Population* population) {
  const std::string& kind = population->kind;
  if (kind == "levels") return MakeLevels(random, population);
  if (kind == "optimum at zero") return MakeHard(random, population);
  if (kind == "factors") {
    const int factors = 1 + static_cast<int>(random->Below(8));
    population->mixing =
        Factors(random, population->columns, factors, LogUniform(random, 0.01, 1.0));
  } else {
    population->mixing =
        Chain(population->columns, kind == "rare" ? 0.0 : 0.95 * random->Uniform());
  }
  MakeSlope(random, population);
  if (kind == "factors") population->slope.tail(population->columns).setZero();
}

// Signal over noise, as a ratio of variances.
double RatioOf(const std::string& kind, Random* random) {
  if (kind == "no signal") return 0.0;
  if (kind == "strong signal") return LogUniform(random, 10.0, 10000.0);
  return LogUniform(random, 0.02, 30.0);
}

Vector SignalOf(const Population& population, const Matrix& sources, const Matrix& x) {
  if (population.levels == 0) return sources * population.slope;
  Vector signal = Vector::Zero(x.rows());
  for (Eigen::Index c = 0; c < x.cols(); ++c) {
    for (Eigen::Index r = 0; r < x.rows(); ++r)
      signal(r) +=
          population.level_effects(c * population.levels + static_cast<Eigen::Index>(x(r, c)));
  }
  return signal;
}

double VarianceOfSignal(const Population& population) {
  Random random(population.seed, 99);
  Population plain = population;
  plain.intercept = 0.0;
  const Vector signal = Draw(plain, 4000, &random).signal;
  return (signal.array() - signal.mean()).square().mean();
}

void SetLogits(Random* random, Population* population) {
  double deviation = LogUniform(random, 0.1, 3.0);
  if (population->kind == "strong signal") deviation = LogUniform(random, 3.0, 10.0);
  if (population->kind == "no signal") deviation = 0.0;
  const double factor = deviation / std::sqrt(VarianceOfSignal(*population));
  population->slope *= factor;
  population->level_effects *= factor;
  population->intercept = population->kind == "uneven classes" ? 2.0 : 0.5 * random->Normal();
}

void SetNoise(Random* random, Population* population) {
  const double ratio = RatioOf(population->kind, random);
  if (ratio == 0.0) {
    population->slope.setZero();
    return;
  }
  population->noise = std::sqrt(VarianceOfSignal(*population) / ratio);
  population->intercept = 3.0 * population->noise;
}

}  // namespace

std::vector<std::string> RegressionKinds() {
  return {"plain", "strong signal", "optimum at zero", "heavy tails", "uneven noise", "leverage",
          "rare",  "sparse",        "factors",         "levels",      "no signal",    "many rows"};
}

std::vector<std::string> ClassificationKinds() {
  return {"plain",   "strong signal", "optimum at zero", "leverage",  "rare",          "sparse",
          "factors", "levels",        "no signal",       "many rows", "uneven classes"};
}

Population MakePopulation(const std::string& kind, bool classes, std::uint64_t seed) {
  Population population;
  population.kind = kind;
  population.seed = seed;
  population.classes = classes;
  Random random(seed, StreamOf(kind));
  SetSize(&random, &population);
  SetColumns(&random, &population);
  (classes ? SetLogits : SetNoise)(&random, &population);
  return population;
}

Drawn Draw(const Population& population, std::size_t rows, Random* random) {
  const auto n = static_cast<Eigen::Index>(rows);
  Drawn drawn;
  Matrix sources;
  if (population.levels > 0) {
    drawn.x.resize(n, population.columns);
    for (Eigen::Index i = 0; i < drawn.x.size(); ++i) {
      // Some levels are rarer than others.
      const double u = random->Uniform();
      drawn.x.data()[i] = std::floor(u * std::sqrt(u) * population.levels);
    }
  } else {
    sources.resize(n, population.mixing.rows());
    for (Eigen::Index i = 0; i < sources.size(); ++i)
      sources.data()[i] = Source(population, random);
    drawn.x = sources * population.mixing;
  }
  drawn.signal = SignalOf(population, sources, drawn.x).array() + population.intercept;
  drawn.y.resize(n);
  for (Eigen::Index r = 0; r < n; ++r) {
    if (population.classes) {
      drawn.y(r) = random->Uniform() < 1.0 / (1.0 + std::exp(-drawn.signal(r))) ? 1.0 : 0.0;
    } else {
      drawn.y(r) =
          drawn.signal(r) + NoiseOf(population, sources.size() > 0 ? sources(r, 0) : 0.0, random);
    }
  }
  return drawn;
}

Table AsTable(const Population& population, const Drawn& drawn) {
  Table table;
  table.source = population.kind;
  table.rows = static_cast<std::size_t>(drawn.x.rows());
  for (Eigen::Index c = 0; c < drawn.x.cols(); ++c) {
    Column column;
    column.name = fmt::format("x{}", c + 1);
    if (population.levels > 0) {
      column.kind = Column::Kind::kText;
      std::vector<int> at(static_cast<std::size_t>(population.levels), -1);
      for (const double level : drawn.x.col(c)) at[static_cast<std::size_t>(level)] = 0;
      for (std::size_t l = 0; l < at.size(); ++l) {
        if (at[l] < 0) continue;
        at[l] = static_cast<int>(column.levels.size());
        column.levels.push_back(fmt::format("l{:03}", l));
      }
      for (const double level : drawn.x.col(c))
        column.codes.push_back(at[static_cast<std::size_t>(level)]);
    } else {
      column.numbers.assign(drawn.x.col(c).begin(), drawn.x.col(c).end());
    }
    table.columns.push_back(std::move(column));
  }
  Column target;
  target.name = "y";
  if (population.classes) {
    target.kind = Column::Kind::kText;
    target.levels = {"no", "yes"};
    for (const double y : drawn.y) target.codes.push_back(static_cast<int>(y));
  } else {
    target.numbers.assign(drawn.y.begin(), drawn.y.end());
  }
  table.columns.push_back(std::move(target));
  return table;
}

}  // namespace halflife::testing
