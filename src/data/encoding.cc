#include "data/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/text.h"

namespace halflife {
namespace {

constexpr std::size_t kMaxFeatures = 40000;  // beyond it even one Gram matrix would take 12 GB
constexpr double kMaxCells = 1e9;            // 8 GB

// A text column that names its row tells nothing about any other row.
void RefuseIds(const Column& column, const std::string& source) {
  std::vector<bool> seen(column.levels.size(), false);
  std::size_t present = 0;
  for (const int32_t code : column.codes) {
    if (code == Column::kMissing) continue;
    if (seen[static_cast<std::size_t>(code)]) return;
    seen[static_cast<std::size_t>(code)] = true;
    ++present;
  }
  if (present < 2) return;
  FailData(fmt::format(
      "{}: column {} holds a different text in each of its {} rows, as a name or an id does; "
      "leave it out with --ignore {}",
      source, Quoted(column.name), present, column.name));
}

void AddColumn(const Column& column, bool indicator_is_input, Design* design) {
  const bool has_missing = column.missing_count() > 0;
  const auto add = [&](Feature::Kind kind, const std::string& level, bool helper) {
    design->features.push_back({kind, column.name, level});
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

// Subtracts the mean of the present cells and puts 0 where one is missing; returns that mean.
double CentreFeature(double* values, Eigen::Index rows, Eigen::Index stride) {
  double sum = 0.0;
  double present = 0.0;
  for (Eigen::Index i = 0; i < rows; ++i) {
    const double value = values[i * stride];
    if (std::isnan(value)) continue;
    sum += value;
    present += 1.0;
  }
  const double mean = present > 0.0 ? sum / present : 0.0;
  const double origin = std::isfinite(mean) ? mean : 0.0;
  for (Eigen::Index i = 0; i < rows; ++i) {
    double& value = values[i * stride];
    value = std::isnan(value) ? 0.0 : value - origin;
  }
  return origin;
}

void RefuseHuge(const Column& column) {
  constexpr double kLargest = 1e150;  // its square is still finite
  for (const double value : column.numbers) {
    if (!(std::fabs(value) > kLargest)) continue;
    FailData(
        fmt::format("column {} holds {}, too large to compute with; rescale the column or leave it "
                    "out with --ignore",
                    Quoted(column.name), ShortestNumber(value)));
  }
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

Design Encode(const Table& table, const std::vector<std::string>& skip, MissingPolicy missing) {
  Design design;
  std::vector<const Column*> column_of;
  for (const Column& column : table.columns) {
    if (std::find(skip.begin(), skip.end(), column.name) != skip.end()) continue;
    if (column.kind == Column::Kind::kText) RefuseIds(column, table.source);
    RefuseHuge(column);
    AddColumn(column, missing != MissingPolicy::kMean, &design);
    column_of.resize(design.features.size(), &column);
    if (design.features.size() > kMaxFeatures) {
      FailData(
          fmt::format("{}: column {} brings the encoded columns above {}; leave out text columns "
                      "with many levels "
                      "with --ignore",
                      table.source, Quoted(column.name), kMaxFeatures));
    }
  }
  if (design.features.empty()) {
    FailData(
        fmt::format("{}: no column is left to predict from; keep at least one beside the target",
                    table.source));
  }
  const auto features = static_cast<Eigen::Index>(design.features.size());
  const auto rows = static_cast<Eigen::Index>(table.rows);
  if (static_cast<double>(features) * static_cast<double>(rows) > kMaxCells) {
    FailData(
        fmt::format("{}: {} rows of {} encoded columns are more than this program holds in memory; "
                    "use fewer rows or leave columns out with --ignore",
                    table.source, rows, features));
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
  for (const Column& column : table.columns) {
    Column kept{.name = column.name,
                .kind = column.kind,
                .numbers = {},
                .codes = {},
                .levels = column.levels};
    for (const uint32_t row : rows) {
      if (column.kind == Column::Kind::kNumeric) {
        kept.numbers.push_back(column.numbers[row]);
      } else {
        kept.codes.push_back(column.codes[row]);
      }
    }
    chosen.columns.push_back(std::move(kept));
  }
  return chosen;
}

}  // namespace halflife
