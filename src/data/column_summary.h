// The list of columns that says what was understood of a table.
#pragma once

#include <vector>

#include "data/column_use.h"

namespace halflife {

// One summary a column of the file, those that are none of the table's last: kind, levels or range,
// missing cells, how it was read, why it is left out, and levels with one row.
// `ranges` are those of all rows of the columns.
std::vector<ColumnSummary> SummariseColumns(const Table& table,
                                            const std::vector<ColumnRange>& ranges,
                                            const std::vector<ColumnUse>& uses);

}  // namespace halflife
