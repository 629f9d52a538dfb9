#include "data/csv_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "data/column_reading.h"
#include "data/csv_texts.h"

namespace halflife {
namespace {

// The columns that the options name.
struct Asked {
  explicit Asked(const ReadOptions& options)
      : categories(options.categories.begin(), options.categories.end()),
        numbers(options.numbers.begin(), options.numbers.end()),
        keep_text(options.keep_text.begin(), options.keep_text.end()) {
    for (const KnownMarks& known : options.known_marks) marks.emplace(known.column, known.marks);
  }

  std::unordered_set<std::string_view> categories;
  std::unordered_set<std::string_view> numbers;
  std::unordered_set<std::string_view> keep_text;
  std::unordered_map<std::string_view, NumberMarks> marks;
};

bool HoldsNumbers(const std::vector<CsvChunk>& chunks, std::size_t field, std::size_t fields) {
  for (const CsvChunk& chunk : chunks) {
    for (std::size_t row = 0; row < chunk.rows; ++row) {
      if (!std::isnan(chunk.cells[row * fields + field])) return true;
    }
  }
  return false;
}

// The fields whose cells must be seen as text: those that hold anything but plain numbers, and
// those that are asked for so. A quoted NA is a text only where there are no numbers.
std::vector<bool> FindFieldsOfText(const CsvDocument& document, const Asked& asked,
                                   const std::vector<CsvChunk>& chunks) {
  const std::size_t fields = document.names.size();
  std::vector<bool> wanted(fields, false);
  for (std::size_t f = 0; f < fields; ++f) {
    if (!document.IsColumn(f)) continue;
    uint8_t seen = 0;
    for (const CsvChunk& chunk : chunks) seen |= chunk.seen[f];
    const std::string& name = document.names[f];
    wanted[f] = asked.categories.count(name) > 0 || asked.keep_text.count(name) > 0 ||
                asked.marks.count(name) > 0 ||
                (seen != 0 &&
                 (seen != SeenBit(CsvCell::kQuotedMissing) || !HoldsNumbers(chunks, f, fields)));
  }
  return wanted;
}

// The last fields without a name may hold nothing.
void CheckUnnamed(const CsvDocument& document, const std::vector<CsvChunk>& chunks) {
  const std::size_t fields = document.names.size();
  for (std::size_t f = fields - document.unnamed; f < fields; ++f) {
    const bool seen = std::any_of(chunks.begin(), chunks.end(),
                                  [&](const CsvChunk& chunk) { return chunk.seen[f] != 0; });
    if (seen || HoldsNumbers(chunks, f, fields)) FailUnnamed(document, document.unnamed_at, f);
  }
}

// Copies columns [first, last) of the chunks, row by row: a cache line holds eight cells of a row.
void FillNumbers(const std::vector<CsvChunk>& chunks, std::size_t first, std::size_t last,
                 std::vector<Column>* columns) {
  std::size_t done = 0;
  for (const CsvChunk& chunk : chunks) {
    const double* cells = chunk.cells.data();
    for (std::size_t row = 0; row < chunk.rows; ++row, cells += columns->size()) {
      for (std::size_t c = first; c < last; ++c) (*columns)[c].numbers[done + row] = cells[c];
    }
    done += chunk.rows;
  }
}

// A field whose cells were read as text.
struct TextField {
  std::size_t field = 0;
  CsvTexts texts;
  ColumnSurvey survey;
  ColumnReading reading;
};

std::vector<TextField> SurveyFields(const std::vector<bool>& wanted,
                                    const std::vector<CsvChunk>& chunks, int threads) {
  std::vector<TextField> fields;
  for (std::size_t f = 0; f < wanted.size(); ++f) {
    if (wanted[f]) fields.emplace_back().field = f;
  }
  ParallelFor(fields.size(), threads, [&](std::size_t i) {
    fields[i].texts = CollectTexts(chunks, fields[i].field);
    fields[i].survey = SurveyColumn(fields[i].texts.all);
  });
  return fields;
}

// Throws Error for a column that is asked to be numbers and has none. Whoever reads to predict says
// what a model needs.
void CheckForced(const CsvDocument& document, const ReadOptions& options, const TextField& field) {
  if (!field.reading.forced || field.survey.numbers > 0 || options.one_row_will_do) return;
  const std::string_view first =
      field.survey.no_number.empty() ? field.texts.all.front().text : field.survey.no_number;
  FailData(
      fmt::format("{}: {} is asked to be numbers, but no cell of it is one (the first is {}); "
                  "leave it out of --number",
                  document.source, ColumnText(document, field.field), Quoted(first)));
}

bool AnyDecimalCommas(const std::vector<TextField>& fields) {
  return std::any_of(fields.begin(), fields.end(),
                     [](const TextField& field) { return HasDecimalCommas(field.survey); });
}

// The fields of plain numbers whose points may stand between thousands: 84, 2.986, 20.933.
std::vector<bool> FindPointGroups(const std::vector<CsvChunk>& chunks, const CsvDocument& document,
                                  const std::vector<bool>& surveyed) {
  constexpr double kGroup = 1000.0;
  const std::size_t fields = document.names.size();
  std::vector<bool> found(fields, false);
  for (std::size_t f = 0; f < fields; ++f) {
    if (surveyed[f] || !document.IsColumn(f)) continue;
    bool all = true;
    for (const CsvChunk& chunk : chunks) {
      for (std::size_t row = 0; all && row < chunk.rows; ++row) {
        const double value = std::fabs(chunk.cells[row * fields + f]);
        if (std::isnan(value) || value == std::floor(value)) continue;
        found[f] = true;
        // The product of a number with three decimals and 1000 rounds once: half an eps of itself.
        const double whole = std::round(kGroup * value);
        all = value >= 1.0 && value < kGroup && std::fabs(kGroup * value - whole) <= 1e-12 * whole;
      }
    }
    found[f] = found[f] && all;
  }
  return found;
}

void Decide(const CsvDocument& document, const ReadOptions& options, const Asked& asked,
            std::vector<TextField>* fields) {
  const bool evident = AnyDecimalCommas(*fields);
  const bool decimal_commas = document.delimiter == ';' || evident;
  std::vector<bool> not_finite(document.names.size(), false);
  bool any = false;
  for (TextField& field : *fields) {
    const std::string& name = document.names[field.field];
    const auto known = asked.marks.find(name);
    field.reading = ReadColumn(
        field.survey, {.decimal_commas = decimal_commas,
                       .point_groups = evident,
                       .is_category = asked.categories.count(name) > 0,
                       .is_number = asked.numbers.count(name) > 0,
                       .known = known == asked.marks.end() ? NumberMarks{} : known->second});
    not_finite[field.field] = field.reading.what == ColumnReading::What::kNotFinite;
    any = any || not_finite[field.field];
    CheckForced(document, options, field);
  }
  if (any) FailAtNotFinite(document, not_finite);
}

// Reads the `wanted` fields as texts and surveys them.
std::vector<TextField> ReadTexts(const CsvDocument& document, const std::vector<bool>& wanted,
                                 int threads, std::vector<CsvChunk>* chunks) {
  if (std::find(wanted.begin(), wanted.end(), true) == wanted.end()) return {};
  ParallelFor(chunks->size(), threads,
              [&](std::size_t i) { ReadCodes(document, wanted, &(*chunks)[i]); });
  return SurveyFields(wanted, *chunks, threads);
}

// The fields that are not all plain numbers, and what each of them is.
std::vector<TextField> ReadTextFields(const CsvDocument& document, const ReadOptions& options,
                                      const Asked& asked, std::vector<CsvChunk>* chunks) {
  const std::vector<bool> wanted = FindFieldsOfText(document, asked, *chunks);
  std::vector<TextField> fields = ReadTexts(document, wanted, options.threads, chunks);
  if (AnyDecimalCommas(fields)) {
    const std::vector<bool> more = FindPointGroups(*chunks, document, wanted);
    std::vector<TextField> found = ReadTexts(document, more, options.threads, chunks);
    std::move(found.begin(), found.end(), std::back_inserter(fields));
  }
  Decide(document, options, asked, &fields);
  return fields;
}

}  // namespace

std::vector<Column> MakeColumns(const CsvDocument& document, const ReadOptions& options,
                                std::size_t rows, std::vector<CsvChunk>* chunks) {
  constexpr std::size_t kGroup = 8;
  const Asked asked(options);
  CheckUnnamed(document, *chunks);
  std::vector<TextField> fields = ReadTextFields(document, options, asked, chunks);
  const std::size_t count = document.names.size();
  std::vector<Column> columns(count);
  ParallelFor((count + kGroup - 1) / kGroup, options.threads, [&](std::size_t group) {
    const std::size_t first = group * kGroup;
    const std::size_t last = std::min(first + kGroup, count);
    for (std::size_t c = first; c < last; ++c) {
      columns[c].name = document.names[c];
      columns[c].numbers.resize(rows);
    }
    FillNumbers(*chunks, first, last, &columns);
  });
  ParallelFor(fields.size(), options.threads, [&](std::size_t i) {
    TextField& field = fields[i];
    Column* column = &columns[field.field];
    const bool keep_text = asked.keep_text.count(column->name) > 0;
    FillFromTexts(field.texts, std::move(field.reading), keep_text, column);
  });
  std::vector<Column> kept;
  for (std::size_t c = 0; c < count; ++c) {
    if (document.IsColumn(c)) kept.push_back(std::move(columns[c]));
  }
  return kept;
}

}  // namespace halflife
