// What the options ask of the columns of a CSV file, by their names.
#pragma once

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "data/csv_document.h"
#include "halflife/table.h"

namespace halflife {

// Views into the options that it is made from.
struct CsvAsked {
  explicit CsvAsked(const ReadOptions& options);

  std::unordered_set<std::string_view> categories;
  std::unordered_set<std::string_view> numbers;
  std::unordered_set<std::string_view> keep_text;
  std::unordered_map<std::string_view, NumberMarks> marks;

  NumberMarks MarksOf(std::string_view column) const;

  // Forgets columns of keep_text that hold more than `most` different texts in the first rows.
  void ForgetMany(const CsvDocument& document, std::size_t most);

  // The fields whose cells must be seen as texts, even if all of them are plain numbers.
  std::vector<bool> AsTexts(const CsvDocument& document) const;
};

}  // namespace halflife
