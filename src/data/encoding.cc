#include "data/encoding.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "data/table_cells.h"

namespace halflife {
namespace {

constexpr std::size_t kMaxFeatures = 40000;  // beyond it even one Gram matrix would take 12 GB

void AddColumn(const Column& column, bool has_missing, bool indicator_is_input, Design* design) {
  DesignColumn of{&column, design->size(), 0, has_missing};
  const auto add = [&](Feature::Kind kind, const std::string& level, bool helper) {
    design->features.push_back({kind, column.name, level, column.marks});
    design->indicator.push_back(-1);
    design->helper.push_back(helper);
  };
  if (of.is_text()) {
    for (const std::string& level : column.levels) add(Feature::Kind::kLevel, level, false);
  } else {
    add(Feature::Kind::kNumber, "", false);
    if (has_missing) design->indicator.back() = static_cast<int>(design->size());
  }
  if (has_missing) add(Feature::Kind::kMissing, "", !of.is_text() && !indicator_is_input);
  of.count = design->size() - of.first;
  design->columns.push_back(of);
}

// Whether the features of a column over `rows` rows do.
bool ColumnVaries(const Design& design, const DesignColumn& of, const ColumnRange& range) {
  if (of.is_text()) return range.DifferentTexts() > 1;
  const auto f = static_cast<std::size_t>(of.first);
  const bool indicates = of.marks_missing && !design.helper[f + 1];
  return VariesBeyondRounding(range.lowest - design.origin[f], range.highest - design.origin[f],
                              design.origin[f]) ||
         (indicates && range.missing > 0 && range.missing < design.row_count);
}

}  // namespace

void CheckRange(const Column& column, const ColumnRange& range) {
  constexpr double kFurthest =
      1e75;  // fourth powers of what lies between are still ordinary numbers
  if (range.empty()) return;
  const double spread = range.highest - range.lowest;
  if (range.highest < kFurthest && range.lowest > -kFurthest &&
      (spread == 0.0 || spread > 1.0 / kFurthest))
    return;
  const bool low = std::fabs(range.lowest) > std::fabs(range.highest);
  Fail(ErrorKind::kColumnTooFar, {column.name, low ? range.lowest : range.highest});
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

Design LayOut(const Table& table, const std::vector<ColumnRange>& ranges,
              const std::vector<std::string>& skip, MissingPolicy missing) {
  Design design;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const Column& column = table.columns[c];
    if (std::find(skip.begin(), skip.end(), column.name) != skip.end()) continue;
    CheckRange(column, ranges[c]);
    AddColumn(column, ranges[c].missing > 0, missing != MissingPolicy::kMean, &design);
    if (design.features.size() > kMaxFeatures) {
      FailIn(table.source, ErrorKind::kColumnsTooMany, {column.name, kMaxFeatures});
    }
  }
  if (design.features.empty()) FailIn(table.source, ErrorKind::kNoColumnLeft);
  design.origin.assign(design.features.size(), 0.0);
  return design;
}

bool AnythingVaries(const Design& design, const Table& table,
                    const std::vector<ColumnRange>& ranges) {
  return std::any_of(design.columns.begin(), design.columns.end(), [&](const DesignColumn& of) {
    return ColumnVaries(design, of,
                        ranges[static_cast<std::size_t>(of.column - table.columns.data())]);
  });
}

Design Encode(Table&& table, const std::vector<std::string>& skip, MissingPolicy missing) {
  auto owned = std::make_shared<const Table>(std::move(table));
  const RowSet rows = RowSet::All(owned->rows);
  Design design = LayOut(*owned, RangesOf(*owned, rows, 1), skip, missing);
  design.row_count = owned->rows;
  CellsInMemory cells(*owned, 1);
  SetOrigins(&cells, rows, cells.Sample(rows, {}, {}), 1, &design);
  design.owned = std::move(owned);
  return design;
}

Column SelectCells(const Column& column, const RowSet& rows) {
  Column kept;
  kept.name = column.name;
  kept.kind = column.kind;
  kept.levels = column.levels;
  kept.meaning = column.meaning;
  kept.marks = column.marks;
  kept.cell_texts = column.cell_texts;
  kept.findings = column.findings;
  const auto pick = [&](const auto& from, auto* to) {
    if (from.empty()) return;
    to->reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) to->push_back(from[rows[i]]);
  };
  pick(column.numbers, &kept.numbers);
  pick(column.codes, &kept.codes);
  pick(column.cell_text, &kept.cell_text);
  return kept;
}

Table SelectRows(const Table& table, const std::vector<uint32_t>& rows) {
  Table chosen;
  chosen.source = table.source;
  chosen.rows = rows.size();
  chosen.findings = table.findings;
  chosen.removed = table.removed;
  for (const Column& column : table.columns)
    chosen.columns.push_back(SelectCells(column, RowSet::Some(rows)));
  return chosen;
}

}  // namespace halflife
