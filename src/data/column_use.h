// What each column of a table is for: target, input, weight, fold, group or time; and which inputs
// are left out, and why.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "data/column_range.h"
#include "halflife/data_options.h"
#include "halflife/table.h"

namespace halflife {

struct ColumnUse {
  ColumnSummary::Role role = ColumnSummary::Role::kInput;
  std::optional<Finding> left_out;  // why an input is none

  bool input() const { return role == ColumnSummary::Role::kInput && !left_out; }
};

// The part of every column of `table`, by the options' names. Throws Error (usage) for a name that
// no column has, or a column that is asked for two parts. An empty options.target is no target.
std::vector<ColumnUse> AssignColumns(const Table& table, const DataOptions& options);

// Marks the inputs that the rows in use, of `ranges`, give nothing to learn from: text in which
// most rows have a level of their own, unless options.categories names it, and columns of one
// value.
void LeaveOut(const Table& table, std::size_t rows, const std::vector<ColumnRange>& ranges,
              const DataOptions& options, std::vector<ColumnUse>* uses);

// The names of the columns that are no inputs.
std::vector<std::string> NoInputs(const Table& table, const std::vector<ColumnUse>& uses);

// The column called `name`. Throws Error (usage) where there is none; `option` asked for it.
const Column& NamedColumn(const Table& table, const std::string& name, const char* option);

// What makes `column`, which is text, no column of numbers: its first cell that is none, or how it
// was read.
ErrorCause OddCell(const Column& column);

// The levels that exactly one row holds, by their places, ascending.
std::vector<std::size_t> LoneLevels(const ColumnRange& range);

}  // namespace halflife
