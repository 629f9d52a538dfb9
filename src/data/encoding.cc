#include "data/encoding.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace halflife {
namespace {

constexpr std::size_t kMaxFeatures = 40000;  // beyond it even one Gram matrix would take 12 GB
constexpr double kMaxCells = 1e9;            // 8 GB

void AddColumn(const Column& column, bool indicator_is_input, Design* design) {
  const bool has_missing = column.missing_count() > 0;
  const auto add = [&](Feature::Kind kind, const std::string& level, bool helper) {
    design->features.push_back({kind, column.name, level, column.marks});
    design->indicator.push_back(-1);
    design->helper.push_back(helper);
  };
  if (column.kind == Column::Kind::kNumeric) {
    add(Feature::Kind::kNumber, "", false);
    if (has_missing) {
      design->indicator.back() = static_cast<int>(design->features.size());
      add(Feature::Kind::kMissing, "", !indicator_is_input);
    }
    return;
  }
  for (const std::string& level : column.levels) add(Feature::Kind::kLevel, level, false);
  if (has_missing) add(Feature::Kind::kMissing, "", false);
}

// The median of the present cells, which one far-off cell does not move; 0 where there are none.
double MedianOf(const double* values, Eigen::Index rows, Eigen::Index stride) {
  std::vector<double> present;
  present.reserve(static_cast<std::size_t>(rows));
  for (Eigen::Index i = 0; i < rows; ++i) {
    if (!std::isnan(values[i * stride])) present.push_back(values[i * stride]);
  }
  if (present.empty()) return 0.0;
  const auto middle = present.begin() + static_cast<std::ptrdiff_t>(present.size() / 2);
  std::nth_element(present.begin(), middle, present.end());
  return *middle;
}

// Subtracts the median of the present cells and puts 0 where one is missing; returns that median.
double CentreFeature(double* values, Eigen::Index rows, Eigen::Index stride) {
  const double origin = MedianOf(values, rows, stride);
  for (Eigen::Index i = 0; i < rows; ++i) {
    double& value = values[i * stride];
    value = std::isnan(value) ? 0.0 : value - origin;
  }
  return origin;
}

}  // namespace

std::string Feature::name() const {
  switch (kind) {
    case Kind::kNumber:
      return column;
    case Kind::kMissing:
      return column + "=missing";
    case Kind::kLevel:
      return column + "=" + level;
  }
  return column;
}

void ReadFeature(const Feature& feature, const Column& column, double* out, Eigen::Index stride) {
  const std::size_t rows = column.rows();
  const auto put = [&](std::size_t row, double value) {
    out[static_cast<Eigen::Index>(row) * stride] = value;
  };
  if (feature.kind == Feature::Kind::kNumber) {
    for (std::size_t i = 0; i < rows; ++i) put(i, column.numbers[i]);
  } else if (feature.kind == Feature::Kind::kMissing) {
    for (std::size_t i = 0; i < rows; ++i) put(i, column.missing(i) ? 1.0 : 0.0);
  } else {
    const auto at = std::lower_bound(column.levels.begin(), column.levels.end(), feature.level);
    const bool known = at != column.levels.end() && *at == feature.level;
    const auto code =
        known ? static_cast<int32_t>(at - column.levels.begin()) : Column::kMissing - 1;
    for (std::size_t i = 0; i < rows; ++i) put(i, column.codes[i] == code ? 1.0 : 0.0);
  }
}

void CheckRange(const Column& column) {
  constexpr double kFurthest =
      1e75;  // fourth powers of what lies between are still ordinary numbers
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -lowest;
  for (const double value : column.numbers) {
    if (std::isnan(value)) continue;
    lowest = std::min(lowest, value);
    highest = std::max(highest, value);
  }
  if (!(lowest <= highest)) return;
  const double spread = highest - lowest;
  if (highest < kFurthest && lowest > -kFurthest && (spread == 0.0 || spread > 1.0 / kFurthest))
    return;
  const double named = std::fabs(lowest) > std::fabs(highest) ? lowest : highest;
  Fail(ErrorKind::kColumnTooFar, {column.name, named});
}

bool VariesBeyondRounding(double lowest, double highest, double origin) {
  constexpr double kExact = 0x1p53;
  if (!(lowest < highest)) return false;
  const double low = origin + lowest;
  const double high = origin + highest;
  const double size =
      std::max({std::fabs(low), std::fabs(high), std::fabs(lowest), std::fabs(highest)});
  const bool whole = size < kExact && std::floor(low) == low && std::floor(high) == high;
  return whole || highest - lowest > 4.0 * kEps * size;
}

Design Encode(const Table& table, const std::vector<std::string>& skip, MissingPolicy missing) {
  Design design;
  std::vector<const Column*> column_of;
  for (const Column& column : table.columns) {
    if (std::find(skip.begin(), skip.end(), column.name) != skip.end()) continue;
    CheckRange(column);
    AddColumn(column, missing != MissingPolicy::kMean, &design);
    column_of.resize(design.features.size(), &column);
    if (design.features.size() > kMaxFeatures) {
      FailIn(table.source, ErrorKind::kColumnsTooMany, {column.name, kMaxFeatures});
    }
  }
  if (design.features.empty()) FailIn(table.source, ErrorKind::kNoColumnLeft);
  const auto features = static_cast<Eigen::Index>(design.features.size());
  const auto rows = static_cast<Eigen::Index>(table.rows);
  if (static_cast<double>(features) * static_cast<double>(rows) > kMaxCells) {
    FailIn(table.source, ErrorKind::kTableTooLarge, {rows, features});
  }
  design.values.resize(features, rows);
  design.origin.assign(design.features.size(), 0.0);
  for (Eigen::Index f = 0; f < features; ++f) {
    const auto at = static_cast<std::size_t>(f);
    double* row = design.values.data() + f;
    ReadFeature(design.features[at], *column_of[at], row, features);
    if (design.features[at].kind == Feature::Kind::kNumber)
      design.origin[at] = CentreFeature(row, rows, features);
  }
  return design;
}

Table SelectRows(const Table& table, const std::vector<uint32_t>& rows) {
  Table chosen;
  chosen.source = table.source;
  chosen.rows = rows.size();
  chosen.findings = table.findings;
  chosen.removed = table.removed;
  for (const Column& column : table.columns) {
    Column kept;
    kept.name = column.name;
    kept.kind = column.kind;
    kept.levels = column.levels;
    kept.meaning = column.meaning;
    kept.cell_texts = column.cell_texts;
    kept.findings = column.findings;
    const auto pick = [&](const auto& from, auto* to) {
      if (from.empty()) return;
      to->reserve(rows.size());
      for (const uint32_t row : rows) to->push_back(from[row]);
    };
    pick(column.numbers, &kept.numbers);
    pick(column.codes, &kept.codes);
    pick(column.cell_text, &kept.cell_text);
    chosen.columns.push_back(std::move(kept));
  }
  return chosen;
}

}  // namespace halflife
