#include "data/design.h"

#include <algorithm>
#include <cmath>

namespace halflife {
namespace {

// Where the features [first, first + cells.cols()) of the design go.
struct Window {
  Eigen::Index first;
  Eigen::Ref<Matrix> cells;

  // The place of row 0 of `feature`; null outside.
  double* Of(Eigen::Index feature) const {
    const Eigen::Index at = feature - first;
    return at >= 0 && at < cells.cols() ? const_cast<double*>(cells.col(at).data()) : nullptr;
  }
};

void ReadNumbers(const DesignColumn& of, double origin, std::span<const uint32_t> rows,
                 const Window& window) {
  const double* const numbers = of.column->numbers.data();
  double* const out = window.Of(of.first);
  double* const missing = of.marks_missing ? window.Of(of.first + 1) : nullptr;
  if (out != nullptr && !of.marks_missing) {
    for (std::size_t i = 0; i < rows.size(); ++i) out[i] = numbers[rows[i]] - origin;
    return;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double value = numbers[rows[i]];
    const bool is_missing = std::isnan(value);
    if (out != nullptr) out[i] = is_missing ? 0.0 : value - origin;
    if (missing != nullptr) missing[i] = is_missing ? 1.0 : 0.0;
  }
}

void ReadLevels(const DesignColumn& of, std::span<const uint32_t> rows, const Window& window) {
  const int32_t* const codes = of.column->codes.data();
  const Eigen::Index levels = of.count - (of.marks_missing ? 1 : 0);
  for (Eigen::Index f = of.first; f < of.end(); ++f) {
    double* const out = window.Of(f);
    if (out != nullptr) std::fill_n(out, rows.size(), 0.0);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const int32_t code = codes[rows[i]];
    if (code == Column::kMissing && !of.marks_missing) continue;
    double* const out = window.Of(of.first + (code == Column::kMissing ? levels : code));
    if (out != nullptr) out[i] = 1.0;
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

std::vector<uint32_t> Design::InTable(std::span<const uint32_t> rows) const {
  std::vector<uint32_t> of_table(rows.begin(), rows.end());
  if (!table_rows.empty()) {
    for (uint32_t& row : of_table) row = table_rows[row];
  }
  return of_table;
}

Design Design::WithRows(const std::vector<uint32_t>& rows) const {
  Design other = *this;
  other.table_rows = InTable(rows);
  other.row_count = rows.size();
  return other;
}

void ReadCells(const Design& design, std::span<const uint32_t> rows, Eigen::Index first,
               const Eigen::Ref<Matrix>& cells) {
  if (design.table_rows.empty()) return ReadTableCells(design, rows, first, cells);
  ReadTableCells(design, design.InTable(rows), first, cells);
}

void ReadTableCells(const Design& design, std::span<const uint32_t> table_rows, Eigen::Index first,
                    const Eigen::Ref<Matrix>& cells) {
  const Window window{first, cells};
  auto at = std::upper_bound(design.columns.begin(), design.columns.end(), first,
                             [](Eigen::Index f, const DesignColumn& c) { return f < c.end(); });
  for (; at != design.columns.end() && at->first < first + cells.cols(); ++at) {
    if (at->is_text()) {
      ReadLevels(*at, table_rows, window);
    } else {
      ReadNumbers(*at, design.origin[static_cast<std::size_t>(at->first)], table_rows, window);
    }
  }
}

}  // namespace halflife
