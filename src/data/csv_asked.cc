#include "data/csv_asked.h"

#include <string>
#include <unordered_set>

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

void CsvAsked::ForgetMany(const CsvDocument& document, std::size_t most) {
  std::vector<std::unordered_set<std::string_view>> texts(document.names.size());
  CsvScanner scanner = document.Scan(document.body);
  CsvField field;
  // A text more than `most` a row, at best; a few times as many rows are enough to see that.
  for (std::size_t row = 0; row < 4 * most && !scanner.done(); ++row) {
    std::size_t f = 0;
    do {
      if (!scanner.Next(&field)) return;
      if (f < texts.size() && keep_text.count(document.names[f]) > 0) texts[f].insert(field.text);
      ++f;
    } while (field.ending == CsvField::Ending::kDelimiter);
  }
  for (std::size_t f = 0; f < texts.size(); ++f) {
    if (texts[f].size() > most) keep_text.erase(document.names[f]);
  }
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
