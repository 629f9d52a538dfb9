#include "data/csv_texts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "base/text.h"
#include "data/blanks.h"
#include "data/boolean_words.h"
#include "data/missing_words.h"

namespace halflife {
namespace {

using Texts = std::vector<TextCount>;

// Calls body(row, index of its text) for each row with a text.
template <typename Body>
void ForEachText(std::span<const int32_t> indexes, const Body& body) {
  for (std::size_t row = 0; row < indexes.size(); ++row) {
    if (indexes[row] != Column::kMissing) body(row, static_cast<std::size_t>(indexes[row]));
  }
}

// Keeps the texts whose value is a number, ascending by number, then by bytes.
void KeepTexts(const Texts& texts, const std::vector<int32_t>& indexes,
               const std::vector<double>& values, Column* column) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isnan(values[i])) order.push_back(i);
  }
  const auto text = [&](std::size_t i) { return TrimBlanks(texts[i].text); };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return values[a] != values[b] ? values[a] < values[b] : text(a) < text(b);
  });
  std::vector<int32_t> place(values.size(), Column::kMissing);
  for (const std::size_t i : order) {
    if (column->cell_texts.empty() || column->cell_texts.back() != text(i))
      column->cell_texts.emplace_back(text(i));
    place[i] = static_cast<int32_t>(column->cell_texts.size() - 1);
  }
  column->cell_text.assign(indexes.size(), Column::kMissing);
  ForEachText(indexes, [&](std::size_t row, std::size_t i) { column->cell_text[row] = place[i]; });
}

void FillFromNumbers(const Texts& texts, const ColumnReading& reading, bool keep_text,
                     Column* column) {
  const std::vector<int32_t> indexes = std::move(column->codes);
  const std::vector<double> values = ValuesOf(texts, reading);
  for (Finding& finding : column->findings) {
    if (finding.kind == Finding::Kind::kForcedNumber && finding.count > 0)
      finding.number = static_cast<double>(FirstForced(texts, indexes, values)) + 1.0;
  }
  column->numbers.assign(indexes.size(), std::numeric_limits<double>::quiet_NaN());
  ForEachText(indexes, [&](std::size_t row, std::size_t i) { column->numbers[row] = values[i]; });
  if (keep_text) KeepTexts(texts, indexes, values, column);
  column->marks = reading.marks;
  if (reading.what == ColumnReading::What::kDates) column->meaning = Column::Meaning::kDate;
}

// The texts, ascending, and which of them each text is.
std::vector<std::string> SortedLevels(const Texts& texts, std::vector<int32_t>* level_of) {
  std::vector<int32_t> order(texts.size());
  std::iota(order.begin(), order.end(), 0);
  const auto text = [&](int32_t i) { return texts[static_cast<std::size_t>(i)].text; };
  std::sort(order.begin(), order.end(), [&](int32_t a, int32_t b) { return text(a) < text(b); });
  std::vector<std::string> levels;
  levels.reserve(order.size());
  level_of->resize(order.size());
  for (const int32_t i : order) {
    (*level_of)[static_cast<std::size_t>(i)] = static_cast<int32_t>(levels.size());
    levels.emplace_back(text(i));
  }
  return levels;
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

void FillLevels(const Texts& texts, Column* column) {
  const std::vector<int32_t> level_of = MakeLevels(texts, column);
  for (int32_t& code : column->codes) {
    if (code != Column::kMissing) code = level_of[static_cast<std::size_t>(code)];
  }
}

// The texts of a field that any coder has met.
TextCodes MergeCodes(std::size_t field, const std::vector<CsvCoder>& coders,
                     std::vector<std::vector<int32_t>>* merged_codes) {
  TextCodes merged(0);  // the coders keep the texts
  for (const CsvCoder& coder : coders) {
    std::vector<int32_t>& codes = merged_codes->emplace_back();
    if (field >= coder.texts.size() || coder.texts[field] == nullptr) continue;
    const TextCodes& texts = *coder.texts[field];
    for (std::size_t code = 0; code < texts.size(); ++code) {
      const std::string_view text = texts.text(code);
      const char* const end = text.data() + text.size();
      codes.push_back(merged.Count(text, end, texts.first(code), texts.count(code)));
    }
  }
  return merged;
}

}  // namespace

std::vector<double> ValuesOf(const Texts& texts, const ColumnReading& reading) {
  std::vector<double> values(texts.size());
  std::transform(texts.begin(), texts.end(), values.begin(),
                 [&](const TextCount& cell) { return CellNumber(reading, cell.text); });
  return values;
}

std::size_t FirstForced(const Texts& texts, std::span<const int32_t> indexes,
                        std::span<const double> values) {
  std::size_t first = indexes.size();
  ForEachText(indexes, [&](std::size_t row, std::size_t text) {
    if (row < first && std::isnan(values[text]) && !IsMissingWord(TrimBlanks(texts[text].text)))
      first = row;
  });
  return first;
}

std::vector<int32_t> MakeLevels(const Texts& texts, Column* column) {
  std::vector<int32_t> level_of;
  column->kind = Column::Kind::kText;
  column->levels = SortedLevels(texts, &level_of);
  MergeBooleans(&column->levels, &level_of, column);
  return level_of;
}

std::vector<TextCount> InFileOrder(const TextCodes& codes, std::vector<int32_t>* index) {
  std::vector<std::size_t> order(codes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return codes.first(a) < codes.first(b); });
  std::vector<TextCount> texts;
  texts.reserve(order.size());
  index->resize(order.size());
  for (const std::size_t code : order) {
    (*index)[code] = static_cast<int32_t>(texts.size());
    texts.push_back({codes.text(code), codes.count(code)});
  }
  return texts;
}

std::vector<TextCount> CollectTexts(std::size_t field, CsvBody* body) {
  std::vector<std::vector<int32_t>> merged_codes;  // a coder: of each of its codes
  const TextCodes merged = MergeCodes(field, body->coders, &merged_codes);
  std::vector<int32_t> index;
  std::vector<TextCount> texts = InFileOrder(merged, &index);
  for (std::vector<int32_t>& codes : merged_codes) {
    for (int32_t& code : codes) code = index[static_cast<std::size_t>(code)];
  }
  for (const CsvChunk& chunk : body->chunks) {
    const std::vector<int32_t>& codes = merged_codes[chunk.coders[field] - 1];
    int32_t* code = body->cells[field].codes.data() + chunk.first_row;
    for (const int32_t* const end = code + chunk.rows; code != end; ++code) {
      if (*code != Column::kMissing) *code = codes[static_cast<std::size_t>(*code)];
    }
  }
  return texts;
}

void FillFromTexts(const Texts& texts, ColumnReading reading, bool keep_text, Column* column) {
  column->findings = std::move(reading.findings);
  if (reading.IsNumeric()) {
    FillFromNumbers(texts, reading, keep_text, column);
  } else {
    FillLevels(texts, column);
  }
}

}  // namespace halflife
