// What was understood of a table, in words: a sentence a finding, and a few lines for all of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "halflife/column_list.h"
#include "report/say.h"

namespace halflife {

// "number", "category", "boolean", "date" or "left out".
std::string_view KindName(ColumnSummary::Kind kind, Language language = Language::kEnglish);

// What a column is for: "target"; "" of an input.
std::string_view RoleName(ColumnSummary::Role role, Language language = Language::kEnglish);

// A finding about one column, without the column's name: "percentages, read as the number before
// the sign". `target` is the name of the column to predict.
std::string FindingText(const Finding& finding, const ColumnSummary& column,
                        const std::string& target, Language language = Language::kEnglish);

// A finding about the table as a whole.
std::string TableFindingText(const Finding& finding, Language language = Language::kEnglish);

// "6 numbers, 2 categories, 1 date, 3 left out".
std::string KindCounts(const std::vector<ColumnSummary>& columns,
                       Language language = Language::kEnglish);

// What was not read plainly and what is odd, a line a kind of finding, with the flag that changes
// it where there is one. Levels with one row, and columns left out by the user, are not told. There
// are as many lines in every language.
std::vector<std::string> Surprises(const std::vector<ColumnSummary>& columns,
                                   const std::vector<Finding>& findings, const std::string& target,
                                   Language language = Language::kEnglish);

// "3 levels", "0.5 to 17", "2024-01-31 to 2024-02-29 12:30"; "-" where no cell is present.
std::string ExtentText(const ColumnSummary& column, Language language = Language::kEnglish);

// The head of a table with a line a column: its name, kind, levels or range, and missing cells.
std::vector<Said> ColumnTableHead();

}  // namespace halflife
