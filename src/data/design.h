// The matrix that models are fitted to, as a view of a table's columns: which feature reads which
// cell. Blocks of rows are read from the columns when they are needed, so that no dense copy of the
// table exists. Nothing here is learnt from the values: means, scales and constant features are the
// Standardizer's.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "halflife/table.h"
#include "linalg/linalg.h"

namespace halflife {

// One column of the design matrix.
struct Feature {
  enum class Kind {
    kNumber,   // the number in the cell
    kMissing,  // 1 where the cell is missing, else 0
    kLevel,    // 1 where the cell holds `level`, else 0
  };
  Kind kind = Kind::kNumber;
  std::string column;  // the column it reads
  std::string level;   // kLevel only
  NumberMarks marks;   // kNumber only: how the file writes it

  std::string name() const;  // "COLUMN", "COLUMN=missing", "COLUMN=LEVEL"
};

// A column of the table and the features that read it, which stand side by side: a number, or a
// feature a level, each followed by that of its missing cells where it has any.
struct DesignColumn {
  const Column* column = nullptr;
  Eigen::Index first = 0;
  Eigen::Index count = 0;
  bool marks_missing = false;

  bool is_text() const { return column->kind == Column::Kind::kText; }
  Eigen::Index end() const { return first + count; }
};

// A missing number stands as 0; filling it in is linear: add the fill value times the row's missing
// indicator. The table that it was made from must outlive it, unless it owns it.
struct Design {
  std::vector<Feature> features;
  std::vector<double> origin;  // a feature: a value near its middle, subtracted to keep sums exact
  std::vector<int> indicator;  // a feature: the feature that marks its missing cells, or -1
  std::vector<bool> helper;    // a feature: true if it only marks missing cells and is no input
  std::vector<DesignColumn> columns;  // in the order of their features
  std::size_t row_count = 0;
  std::vector<uint32_t> table_rows;  // a row: its row of the table; empty: the same
  std::shared_ptr<const Table> owned;

  Eigen::Index size() const { return static_cast<Eigen::Index>(features.size()); }
  Eigen::Index rows() const { return static_cast<Eigen::Index>(row_count); }

  // The rows of the table behind `rows` of the design.
  std::vector<uint32_t> InTable(std::span<const uint32_t> rows) const;
  // The same features of other rows: row i of the result is row rows[i] of this one.
  Design WithRows(const std::vector<uint32_t>& rows) const;
};

// Reads features first, first + 1, ... of `rows` into the columns of `cells` (rows x features):
// numbers less their origin, 0 where missing.
void ReadCells(const Design& design, std::span<const uint32_t> rows, Eigen::Index first,
               const Eigen::Ref<Matrix>& cells);
// The same of rows of the table.
void ReadTableCells(const Design& design, std::span<const uint32_t> table_rows, Eigen::Index first,
                    const Eigen::Ref<Matrix>& cells);

}  // namespace halflife
