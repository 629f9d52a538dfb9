// What `halflife columns` prints.
#pragma once

#include <string>

#include "halflife/column_list.h"
#include "halflife/language.h"

namespace halflife {

// The file's layout, how many columns of each kind, and each column with its kind, levels or range,
// missing cells and findings, wrapped at `width` columns (0: not at all). `target` is the column to
// predict, "" where none was named.
std::string ColumnText(const TableSummary& summary, const std::string& target, int width = 0,
                       Language language = Language::kEnglish);

}  // namespace halflife
