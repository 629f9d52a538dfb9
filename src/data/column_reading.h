// From what the texts of a column are to what the column is: numbers in one style, dates, or text.
#pragma once

#include <string_view>
#include <vector>

#include "data/column_survey.h"
#include "halflife/column_list.h"

namespace halflife {

struct ColumnReading {
  enum class What {
    kNumbers,
    kDates,
    kText,
    kNotFinite,  // numbers, but for some that no double holds
  };

  What what = What::kText;
  Grouping grouping = Grouping::kCommaPoint;
  NumberMarks marks;    // the separators that its cells show
  bool forced = false;  // numbers although some cells are none
  std::vector<Finding> findings;

  bool IsNumeric() const { return what == What::kNumbers || what == What::kDates; }
};

// What a column is read with.
struct ReadingContext {
  bool decimal_commas = false;  // how 1,234 is meant where a column leaves it open
  bool point_groups = false;    // the same of 1.234: elsewhere commas alone stand before decimals
  bool is_category = false;     // asked to be text
  bool is_number = false;       // asked to be numbers
  NumberMarks known;            // how they are written, where the column leaves it open
};

// Whether the column is numbers whose commas, or whose points, can be nothing but decimal ones.
bool HasDecimalCommas(const ColumnSurvey& survey);
bool HasDecimalPoints(const ColumnSurvey& survey);

// A column is numbers if every present cell is one, all of them in one style: one grouping, one
// currency or none, percent signs everywhere or nowhere (0 apart). It is dates if every present
// cell is one. Digits with a leading zero make numbers text, unless asked for as numbers.
ColumnReading ReadColumn(const ColumnSurvey& survey, const ReadingContext& context);

// The number of one cell under `reading`, kNumbers or kDates: NaN where it is none.
double CellNumber(const ColumnReading& reading, std::string_view text);

}  // namespace halflife
