// What the texts of one column are, counted: the facts from which column_reading.h decides.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "data/number_text.h"

namespace halflife {

// A text and how many cells hold it.
struct TextCount {
  std::string_view text;
  std::size_t count = 0;
};

// Counts are of cells. The views are into the texts that were surveyed.
struct ColumnSurvey {
  std::size_t numbers = 0;
  std::size_t dates = 0;
  std::size_t missing = 0;      // spelt with a word
  std::size_t not_finite = 0;   // inf, or a number beyond a double
  std::size_t texts = 0;        // anything else
  std::size_t other_dates = 0;  // of those, dates in another form than ISO's

  uint8_t groupings = kEveryGrouping;                // those in which every number is well formed
  std::array<std::size_t, kGroupings> fitting = {};  // the numbers well formed in each
  uint16_t marks = 0;                                // of NumberText, of all numbers
  std::string_view currency;                         // the first
  std::string_view minus;                            // the first that is no hyphen
  bool currencies_differ = false;
  std::size_t bare = 0;     // numbers other than 0 with neither currency nor percent sign
  std::size_t percent = 0;  // numbers other than 0 with one
  std::size_t priced = 0;
  std::string_view code;             // the first of nothing but digits with a leading zero
  std::string_view long_number;      // the first whole one beyond 2^53 that no double holds
  std::string_view other_date;       // the first date in another form than ISO's
  std::string_view no_number;        // the first that is neither a number nor a word for missing
  std::vector<TextCount> spellings;  // words for missing but NA, NaN, null and ?, as they come
};

// Surveys the texts of a column's present cells, in the order in which they first come; a text may
// come more than once. They are trimmed of blanks at need.
ColumnSurvey SurveyColumn(std::span<const TextCount> texts);

// Adds a survey of later cells.
void AddSurvey(const ColumnSurvey& later, ColumnSurvey* survey);

// Calls `look` with every text that the survey has a view of; it may put another in its place.
void ForEachView(ColumnSurvey* survey, const std::function<void(std::string_view*)>& look);

// Whether `text` is a number, but no finite one: a word for infinity, or beyond a double.
bool IsNotFinite(std::string_view text);

}  // namespace halflife
