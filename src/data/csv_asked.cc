#include "data/csv_asked.h"

#include <string>

namespace halflife {
namespace {

// Whether plain numbers are no plain numbers in a column that is known to have these marks.
bool GroupsByPoints(const NumberMarks& marks) {
  return marks.thousands == '.' || marks.decimal == ',';
}

}  // namespace

CsvAsked::CsvAsked(const ReadOptions& options)
    : categories(options.categories.begin(), options.categories.end()),
      numbers(options.numbers.begin(), options.numbers.end()),
      keep_text(options.keep_text.begin(), options.keep_text.end()) {
  for (const KnownMarks& known : options.known_marks) marks.emplace(known.column, known.marks);
}

NumberMarks CsvAsked::MarksOf(std::string_view column) const {
  const auto known = marks.find(column);
  return known == marks.end() ? NumberMarks{} : known->second;
}

std::vector<bool> CsvAsked::AsTexts(const CsvDocument& document) const {
  std::vector<bool> as_texts(document.names.size(), false);
  for (std::size_t f = 0; f < as_texts.size(); ++f) {
    if (!document.IsColumn(f)) continue;
    const std::string& name = document.names[f];
    as_texts[f] =
        categories.count(name) > 0 || keep_text.count(name) > 0 || GroupsByPoints(MarksOf(name));
  }
  return as_texts;
}

}  // namespace halflife
