#include "data/csv_texts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/text.h"
#include "data/blanks.h"
#include "data/boolean_words.h"
#include "data/missing_words.h"

namespace halflife {
namespace {

// Calls body(row, index of its text in texts.all) for each row with a text.
template <typename Body>
void ForEachText(const CsvTexts& texts, const std::vector<double>& codes, const Body& body) {
  std::size_t row = 0;
  for (std::size_t chunk = 0; chunk < texts.rows.size(); ++chunk) {
    for (std::size_t i = 0; i < texts.rows[chunk]; ++i, ++row) {
      if (codes[row] >= 0.0) body(row, texts.first[chunk] + static_cast<std::size_t>(codes[row]));
    }
  }
}

// The row, from 1, of the first cell that is none of the missing words and yet no number.
std::size_t FirstForced(const CsvTexts& texts, const std::vector<double>& codes,
                        const std::vector<double>& values) {
  std::size_t first = codes.size();
  ForEachText(texts, codes, [&](std::size_t row, std::size_t text) {
    if (row < first && std::isnan(values[text]) && !IsMissingWord(TrimBlanks(texts.all[text].text)))
      first = row;
  });
  return first + 1;
}

// Keeps the texts whose value is a number, ascending by number, then by bytes.
void KeepTexts(const CsvTexts& texts, const std::vector<double>& codes,
               const std::vector<double>& values, Column* column) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isnan(values[i])) order.push_back(i);
  }
  const auto text = [&](std::size_t i) { return TrimBlanks(texts.all[i].text); };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return values[a] != values[b] ? values[a] < values[b] : text(a) < text(b);
  });
  std::vector<int32_t> place(values.size(), Column::kMissing);
  for (const std::size_t i : order) {
    if (column->cell_texts.empty() || column->cell_texts.back() != text(i))
      column->cell_texts.emplace_back(text(i));
    place[i] = static_cast<int32_t>(column->cell_texts.size() - 1);
  }
  column->cell_text.assign(codes.size(), Column::kMissing);
  ForEachText(texts, codes,
              [&](std::size_t row, std::size_t i) { column->cell_text[row] = place[i]; });
}

void FillFromNumbers(const CsvTexts& texts, const ColumnReading& reading, bool keep_text,
                     Column* column) {
  const std::vector<double> codes = std::move(column->numbers);
  std::vector<double> values(texts.all.size());
  std::transform(texts.all.begin(), texts.all.end(), values.begin(),
                 [&](const TextCount& cell) { return CellNumber(reading, cell.text); });
  for (Finding& finding : column->findings) {
    if (finding.kind == Finding::Kind::kForcedNumber && finding.count > 0)
      finding.number = static_cast<double>(FirstForced(texts, codes, values));
  }
  column->numbers.assign(codes.size(), std::numeric_limits<double>::quiet_NaN());
  ForEachText(texts, codes,
              [&](std::size_t row, std::size_t i) { column->numbers[row] = values[i]; });
  if (keep_text) KeepTexts(texts, codes, values, column);
  column->marks = reading.marks;
  if (reading.what == ColumnReading::What::kDates) column->meaning = Column::Meaning::kDate;
}

// The distinct texts, ascending, and which of them each text is.
std::vector<std::string> SortedLevels(const CsvTexts& texts, std::vector<int32_t>* level_of) {
  std::vector<std::string_view> levels;
  levels.reserve(texts.all.size());
  for (const TextCount& cell : texts.all) levels.push_back(cell.text);
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  for (const TextCount& cell : texts.all) {
    const auto at = std::lower_bound(levels.begin(), levels.end(), cell.text);
    level_of->push_back(static_cast<int32_t>(at - levels.begin()));
  }
  return {levels.begin(), levels.end()};
}

// Notes the spellings that were merged under `level`.
void FindMerged(const std::string& level, const std::vector<std::string>& spellings,
                const std::vector<std::string>& merged, Column* column) {
  std::vector<std::string> same;
  for (std::size_t i = 0; i < spellings.size(); ++i) {
    if (merged[i] == level) same.push_back(spellings[i]);
  }
  if (same.size() < 2) return;
  column->findings.push_back({.kind = Finding::Kind::kSpellingsMerged, .text = Join(same, ", ")});
}

// Gives the spellings of a boolean one level each.
void MergeBooleans(std::vector<std::string>* levels, std::vector<int32_t>* level_of,
                   Column* column) {
  if (!AreBooleans(*levels)) return;
  column->meaning = Column::Meaning::kBoolean;
  const std::vector<std::string> spellings = std::move(*levels);
  const std::vector<std::string> merged = MergedSpellings(spellings);
  *levels = merged;
  std::sort(levels->begin(), levels->end());
  levels->erase(std::unique(levels->begin(), levels->end()), levels->end());
  for (const std::string& level : *levels) FindMerged(level, spellings, merged, column);
  for (int32_t& code : *level_of) {
    const auto at =
        std::lower_bound(levels->begin(), levels->end(), merged[static_cast<std::size_t>(code)]);
    code = static_cast<int32_t>(at - levels->begin());
  }
}

void FillLevels(const CsvTexts& texts, Column* column) {
  const std::vector<double> codes = std::move(column->numbers);
  std::vector<int32_t> level_of;
  column->kind = Column::Kind::kText;
  column->numbers = {};
  column->levels = SortedLevels(texts, &level_of);
  MergeBooleans(&column->levels, &level_of, column);
  column->codes.assign(codes.size(), Column::kMissing);
  ForEachText(texts, codes,
              [&](std::size_t row, std::size_t i) { column->codes[row] = level_of[i]; });
}

}  // namespace

CsvTexts CollectTexts(const std::vector<CsvChunk>& chunks, std::size_t field) {
  CsvTexts texts;
  for (const CsvChunk& chunk : chunks) {
    texts.first.push_back(texts.all.size());
    texts.rows.push_back(chunk.rows);
    texts.all.insert(texts.all.end(), chunk.texts[field].begin(), chunk.texts[field].end());
  }
  return texts;
}

void FillFromTexts(const CsvTexts& texts, ColumnReading reading, bool keep_text, Column* column) {
  column->findings = std::move(reading.findings);
  const bool numeric =
      reading.what == ColumnReading::What::kNumbers || reading.what == ColumnReading::What::kDates;
  if (numeric) {
    FillFromNumbers(texts, reading, keep_text, column);
  } else {
    FillLevels(texts, column);
  }
}

}  // namespace halflife
