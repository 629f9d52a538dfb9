// Kinds whose difficulty lies in the numbers: how far they reach, how little they differ, how they
// depend on each other.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "tables/draw.h"

namespace halflife::testing {
namespace {

double Cauchy(Random* random) {
  return std::tan(std::numbers::pi * (random->Uniform() - 0.5) * 0.999999);
}

// Cauchy and log-normal columns and noise: one row can outweigh all others.
void HeavyTails(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 60, 300);
  NumberColumns columns;
  const std::size_t count = DrawCount(random, 2, 8);
  for (std::size_t c = 0; c < count; ++c) {
    std::vector<double> values(rows);
    for (double& value : values)
      value = c % 2 == 0 ? Cauchy(random) : std::exp(3.0 * random->Normal());
    columns.push_back(values);
    table->AddNumbers("x" + std::to_string(c), values);
  }
  std::vector<double> target = DrawSignal(random, columns);
  for (double& value : target) value += Cauchy(random);
  table->PredictNumbers(target);
}

void ScalesFarApart(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 60, 300);
  NumberColumns columns;
  for (int power = -12; power <= 12; power += 3) {
    columns.push_back(DrawNormals(random, rows));
    std::vector<double> scaled = columns.back();
    const double middle = random->Normal();
    for (double& value : scaled) value = (value + middle) * std::pow(10.0, power);
    table->AddNumbers("x" + std::to_string(power + 12), scaled);
  }
  std::vector<double> target = PlusNoise(random, DrawSignal(random, columns), 1.0);
  const double unit = std::pow(10.0, static_cast<double>(random->Below(19)) - 9.0);
  for (double& value : target) value *= unit;
  table->PredictNumbers(target);
}

// Constant, constant to rounding, different in one cell, and different in the tenth digit.
void NearlyConstant(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 40, 200);
  std::vector<double> rounding(rows);
  for (double& value : rounding) value = random->Below(2) == 0 ? 0.3 : 0.1 + 0.2;
  table->AddNumbers("constant", std::vector<double>(rows, 7.0));
  table->AddNumbers("rounding", rounding);
  for (const char* name : {"constant", "rounding"}) table->Give(name, MadeColumn::Role::kLeftOut);
  if (table->seed % 8 == 7) {
    table->refused = "to predict from";
    table->PredictNumbers(DrawNormals(random, rows));
    return;
  }
  std::vector<double> one(rows, 5.0);
  one[random->Below(rows)] = 6.0;
  table->AddNumbers("one", one);
  NumberColumns columns = {DrawNormals(random, rows)};
  std::vector<double> digits = columns.front();
  for (double& value : digits) value = 1e6 + 1e-4 * std::round(10.0 * value);
  table->AddNumbers("digits", digits);
  columns.push_back(DrawNormals(random, rows));
  table->AddNumbers("plain", columns.back());
  table->PredictNumbers(PlusNoise(random, DrawSignal(random, columns), 0.5));
}

// Copies, multiples and sums, exact and up to a noise of 1e-3 to 1e-9.
void Collinear(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 40, 200);
  const NumberColumns columns = AddNormals(random, table, rows, 3);
  std::vector<double> sum(rows);
  std::vector<double> twice(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    sum[i] = columns[0][i] + columns[1][i];
    twice[i] = 2.0 * columns[0][i];
  }
  table->AddNumbers("copy", columns[2]);
  table->AddNumbers("twice", twice);
  table->AddNumbers("sum", sum);
  for (const int digits : {3, 5, 7, 9}) {
    if (random->Below(2) == 0) continue;
    table->AddNumbers("near" + std::to_string(digits),
                      PlusNoise(random, columns[1], std::pow(10.0, -digits)));
  }
  std::vector<double> target = PlusNoise(random, DrawSignal(random, columns), 0.3);
  PredictNumbersOrTwoClasses(random, target, table);
}

void MoreColumnsThanRows(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 20, 50);
  const NumberColumns columns = AddNormals(random, table, rows, DrawCount(random, rows + 1, 120));
  const std::vector<double> target = PlusNoise(random, DrawSignal(random, columns), 1.0);
  PredictNumbersOrTwoClasses(random, target, table);
}

// 0 in about 19 of 20 rows, else log-normal, and nothing to do with the columns.
void ZeroInflated(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 300, 500);
  AddNormals(random, table, rows, DrawCount(random, 3, 8));
  std::vector<double> target(rows);
  for (double& value : target) {
    const double amount = std::exp(random->Normal());
    value = random->Below(20) == 0 ? amount : 0.0;
  }
  for (const std::size_t i : {0, 1, 2}) target[i] = 1.5 + static_cast<double>(i);
  table->true_r2 = 0.0;
  table->PredictNumbers(target);
}

void PureNoise(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 200, 500);
  AddNormals(random, table, rows, DrawCount(random, 3, 20));
  table->true_r2 = 0.0;
  table->PredictNumbers(DrawNormals(random, rows));
}

void KnownR2(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 300, 500);
  const NumberColumns columns = AddNormals(random, table, rows, 5);
  const double r2 = 0.1 + 0.8 * random->Uniform();
  std::vector<double> target(rows, 0.0);
  const double weight = std::sqrt(r2 / 5.0);  // five columns of variance 1
  for (const std::vector<double>& column : columns) {
    for (std::size_t i = 0; i < rows; ++i) target[i] += weight * column[i];
  }
  table->true_r2 = r2;
  table->PredictNumbers(PlusNoise(random, target, std::sqrt(1.0 - r2)));
}

// NumberColumns and a target that lie far from 0: 1e6 to 1e9 standard deviations.
void FarFromZero(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 60, 300);
  const NumberColumns columns = AddNormals(random, table, rows, 4);
  std::vector<double> year = PlusNoise(random, columns[0], 0.1);
  for (double& value : year) value += 1e6;
  table->AddNumbers("far", year);
  std::vector<double> target = PlusNoise(random, DrawSignal(random, columns), 1.0);
  const double offset = std::pow(10.0, static_cast<double>(DrawCount(random, 6, 9)));
  for (double& value : target) value += table->seed % 2 == 0 ? offset : -offset;
  table->PredictNumbers(target);
}

constexpr TableKind kKindsOfNumbers[] = {{"heavy tails", HeavyTails},
                                         {"scales far apart", ScalesFarApart},
                                         {"nearly constant", NearlyConstant},
                                         {"collinear", Collinear},
                                         {"more columns than rows", MoreColumnsThanRows},
                                         {"zero-inflated", ZeroInflated},
                                         {"pure noise", PureNoise},
                                         {"known R2", KnownR2},
                                         {"far from zero", FarFromZero}};

}  // namespace

std::span<const TableKind> KindsOfNumbers() { return kKindsOfNumbers; }

}  // namespace halflife::testing
