// What was understood of a table: of each column what it is, what it holds, and whatever in it was
// not plain. Facts only; the report puts them into words.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "halflife/data_options.h"

namespace halflife {

// A fact that the owner of a table may want to know. Which of `text`, `number` and `count` a kind
// uses stands beside it.
struct Finding {
  enum class Kind {
    // How a column's cells were written.
    kCurrency,          // text: the sign or code
    kPercent,           //
    kThousands,         // text: what separates them: ",", ".", "'" or " "
    kDecimalComma,      //
    kMinusSign,         // text: the character that is no hyphen
    kParentheses,       // (3.5) is -3.5
    kFortranExponent,   // 1.5D+03
    kDate,              // days since 1970-01-01
    kOtherDates,        // text: such a cell; nearly every cell is a date, not all in ISO's form
    kSpellingsMerged,   // text: "True, TRUE, true": one level
    kMissingSpelling,   // text: how missing cells are spelt, count: how many; empty cells and NA,
                        // NaN, null and ? apart
    kLeadingZeros,      // text: such a cell; digits, yet a category
    kLongWholeNumbers,  // text: such a cell; beyond 2^53, where neighbours are one number
    kForcedNumber,      // count: cells that are no number and so are missing, text: the first,
                        // number: its row (from 1)
    kForcedCategory,    //
    kLoneText,          // text: a cell, number: its row (from 1), count: cells that are numbers;
                        // nearly all others are
    // How the file is laid out.
    kSeparatorLine,      // text: the line "sep=;"
    kCommentLines,       // count
    kTitleLines,         // count, text: the first
    kUnitsRow,           // text: its first unit, number: its line
    kRowNames,           // a column without a name that only names the rows
    kTrailingDelimiter,  // a last column that is empty and has no name
    kCommentHeader,      // the names stood behind a #
    // What a column means for the fit.
    kMostlyUnique,     // count: levels that one row alone has; the column is left out
    kConstant,         // the column is left out
    kIgnored,          // by the user
    kLoneLevels,       // count: levels with one row, text: the first
    kLeak,             // number: R2, or accuracy, from this column alone
    kDuplicateRows,    // count: rows that another one repeats
    kSplitDuplicates,  // count: of those, in another fold than the row they repeat
    kStreamed,         // the rows stayed in their file; those that repeat others were not counted
    // Which rows count, and as what. number: all rows.
    kRowsWithoutTarget,  // count: left out
    kRowsWithoutWeight,  // count: left out
    kRowsWithMissing,    // count: left out
    kNumbersAsClasses,   // text: the target, count: its distinct values; no task was asked for
  };

  Kind kind = Kind::kIgnored;
  std::string text;
  double number = 0.0;
  std::size_t count = 0;
};

// One column.
struct ColumnSummary {
  enum class Kind { kNumber, kCategory, kBoolean, kDate, kLeftOut };
  enum class Role { kInput, kTarget, kWeight, kFold, kGroup, kTime };

  std::string name;
  Kind kind = Kind::kNumber;
  Role role = Role::kInput;
  std::size_t missing = 0;            // cells
  std::optional<std::size_t> levels;  // categories and booleans
  std::optional<double> min;          // numbers and dates (days since 1970-01-01), where any cell
  std::optional<double> max;          // is present
  std::vector<Finding> findings;
};

// A table as it was understood.
struct TableSummary {
  std::size_t rows = 0;
  std::vector<ColumnSummary> columns;  // every column of the file; Table::removed last
  std::vector<Finding> findings;       // of the table as a whole
  std::optional<Task> task;            // where a target was named
};

}  // namespace halflife
