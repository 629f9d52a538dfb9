// From the columns of a table to the features of a design.
#pragma once

#include <string>
#include <vector>

#include "data/column_range.h"
#include "data/design.h"
#include "data/row_set.h"
#include "halflife/data_options.h"
#include "halflife/table.h"

namespace halflife {

// Whether two values, both less `origin`, differ by more than rounding. Reading a decimal number is
// right to half an eps of its size, a program's last operation before it was written to as much
// again, and taking the origin away rounds once more, in proportion to the larger of number and
// difference: 4 eps are above what these can add up to between two cells that mean the same. Whole
// numbers below 2^53 are exact: where both are, any difference is meant.
bool VariesBeyondRounding(double lowest, double highest, double origin = 0.0);

// Encodes every column of `table` but those in `skip`, over rows in which they hold `ranges`;
// which rows these are, and the origins, are left open. Throws Error if no column is left. The
// design refers to the table.
Design LayOut(const Table& table, const std::vector<ColumnRange>& ranges,
              const std::vector<std::string>& skip, MissingPolicy missing);

// Whether some feature of `design`, whose columns hold `ranges`, takes two or more values in its
// rows.
bool AnythingVaries(const Design& design, const Table& table,
                    const std::vector<ColumnRange>& ranges);

// The design of a whole table, which it owns.
Design Encode(Table&& table, const std::vector<std::string>& skip, MissingPolicy missing);

// Throws Error if the numbers of `column`, which lie in `range`, are so large, or differ by so
// little, that squares of squares overflow or vanish.
void CheckRange(const Column& column, const ColumnRange& range);

// The cells of `column`, or of every column of `table`, in `rows`, in that order.
Column SelectCells(const Column& column, const RowSet& rows);
Table SelectRows(const Table& table, const std::vector<uint32_t>& rows);

}  // namespace halflife
