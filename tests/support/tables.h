// Tables for tests: the shipped data sets with a fold column, and small made ones.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "halflife/table.h"

namespace halflife::testing {

inline std::string DataPath(const std::string& name) {
  return std::string(HALFLIFE_SOURCE_DIR) + "/data/" + name + ".csv";
}
inline std::string GoldenPath(const std::string& name) {
  return std::string(HALFLIFE_SOURCE_DIR) + "/tests/golden/" + name + ".json";
}

inline Column Numbers(const std::string& name, std::vector<double> values) {
  return {.name = name,
          .kind = Column::Kind::kNumeric,
          .numbers = std::move(values),
          .codes = {},
          .levels = {}};
}

// Text by codes into `levels` (ascending), -1 for missing.
inline Column Text(const std::string& name, std::vector<int32_t> codes,
                   std::vector<std::string> levels) {
  return {.name = name,
          .kind = Column::Kind::kText,
          .numbers = {},
          .codes = std::move(codes),
          .levels = std::move(levels)};
}

inline Table MakeTable(std::vector<Column> columns) {
  Table table;
  table.source = "made.csv";
  table.rows = columns.front().rows();
  table.columns = std::move(columns);
  return table;
}

// A shipped data set with a column "fold" of row % 5, as the golden numbers have it.
inline Table WithGoldenFolds(const std::string& name) {
  Table table = ReadCsv(DataPath(name));
  std::vector<double> folds;
  for (std::size_t i = 0; i < table.rows; ++i) folds.push_back(static_cast<double>(i % 5));
  table.columns.push_back(Numbers("fold", std::move(folds)));
  return table;
}

// `rows` rows of `features` standard normal columns x0, x1, ... and a target y = x0 - x1 + noise.
inline Table NoisyLine(std::size_t rows, int features, uint64_t seed, double noise = 1.0) {
  Random random(seed);
  std::vector<Column> columns;
  for (int f = 0; f < features; ++f) {
    std::vector<double> values;
    for (std::size_t i = 0; i < rows; ++i) values.push_back(random.Normal());
    columns.push_back(Numbers(std::string("x").append(std::to_string(f)), std::move(values)));
  }
  std::vector<double> target;
  for (std::size_t i = 0; i < rows; ++i) {
    target.push_back(columns[0].numbers[i] - columns[1].numbers[i] + noise * random.Normal());
  }
  columns.push_back(Numbers("y", std::move(target)));
  return MakeTable(std::move(columns));
}

}  // namespace halflife::testing
