#include "data/csv_columns.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/error.h"
#include "base/parallel.h"
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

  NumberMarks MarksOf(std::string_view column) const {
    const auto known = marks.find(column);
    return known == marks.end() ? NumberMarks{} : known->second;
  }
};

bool HoldsNumbers(const std::vector<CsvChunk>& chunks, std::size_t field, std::size_t fields) {
  for (const CsvChunk& chunk : chunks) {
    for (std::size_t row = 0; row < chunk.rows; ++row) {
      if (!std::isnan(chunk.cells[row * fields + field])) return true;
    }
  }
  return false;
}

// Whether plain numbers are no plain numbers in a column that is known to have these marks.
bool GroupsByPoints(const NumberMarks& marks) {
  return marks.thousands == '.' || marks.decimal == ',';
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
                GroupsByPoints(asked.MarksOf(name)) ||
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

// Plain numbers show their decimal point where one of them is not whole.
NumberMarks MarksOfPlain(const std::vector<double>& numbers) {
  const bool point = std::any_of(numbers.begin(), numbers.end(), [](double value) {
    return value != std::floor(value) && !std::isnan(value);
  });
  return {.decimal = point ? '.' : '\0'};
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
  FailIn(document.source, ErrorKind::kCsvNumbersForced, {ColumnText(document, field.field), first});
}

bool Any(const std::vector<TextField>& fields, bool (*has)(const ColumnSurvey&)) {
  return std::any_of(fields.begin(), fields.end(),
                     [&](const TextField& field) { return has(field.survey); });
}

// Whether the points of a field of plain numbers are decimal ones.
enum class Points { kNone, kEither, kDecimal };

// 84, 2.986 and 20.933 may as well be whole numbers with points between thousands.
Points PointsOf(const std::vector<CsvChunk>& chunks, std::size_t field, std::size_t fields) {
  constexpr double kGroup = 1000.0;
  // Reading rounds the number, and the product rounds again: an eps at the most.
  constexpr double kRounding = std::numeric_limits<double>::epsilon();
  Points points = Points::kNone;
  for (const CsvChunk& chunk : chunks) {
    for (std::size_t row = 0; row < chunk.rows; ++row) {
      const double value = std::fabs(chunk.cells[row * fields + field]);
      if (std::isnan(value) || value == std::floor(value)) continue;
      const double whole = std::round(kGroup * value);
      const bool fits = std::fabs(kGroup * value - whole) <= kRounding * whole;
      if (value < 1.0 || value >= kGroup || !fits) return Points::kDecimal;
      points = Points::kEither;
    }
  }
  return points;
}

// What the columns of a file tell of each other's numbers.
struct FileStyle {
  bool decimal_commas = false;    // some column can have nothing else
  bool point_groups = false;      // and none can have decimal points alone
  std::vector<bool> either = {};  // then: the fields of plain numbers whose points may be either
};

FileStyle StyleOf(const CsvDocument& document, const std::vector<bool>& surveyed,
                  const std::vector<TextField>& fields, int threads,
                  const std::vector<CsvChunk>& chunks) {
  const std::size_t count = document.names.size();
  FileStyle style{.decimal_commas = Any(fields, HasDecimalCommas)};
  if (!style.decimal_commas || Any(fields, HasDecimalPoints)) return style;
  std::vector<Points> points(count, Points::kNone);
  ParallelFor(count, threads, [&](std::size_t f) {
    if (!surveyed[f] && document.IsColumn(f)) points[f] = PointsOf(chunks, f, count);
  });
  style.point_groups = std::find(points.begin(), points.end(), Points::kDecimal) == points.end();
  for (std::size_t f = 0; style.point_groups && f < count; ++f)
    style.either.push_back(points[f] == Points::kEither);
  return style;
}

void Decide(const CsvDocument& document, const ReadOptions& options, const Asked& asked,
            const FileStyle& style, std::vector<TextField>* fields) {
  const bool decimal_commas = document.delimiter == ';' || style.decimal_commas;
  std::vector<bool> not_finite(document.names.size(), false);
  bool any = false;
  for (TextField& field : *fields) {
    const std::string& name = document.names[field.field];
    const NumberMarks known = asked.MarksOf(name);
    field.reading =
        ReadColumn(field.survey, {.decimal_commas = decimal_commas,
                                  .point_groups = style.point_groups && known.decimal != '.',
                                  .is_category = asked.categories.count(name) > 0,
                                  .is_number = asked.numbers.count(name) > 0,
                                  .known = known});
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
  FileStyle style = StyleOf(document, wanted, fields, options.threads, *chunks);
  if (style.point_groups) {
    std::vector<TextField> more = ReadTexts(document, style.either, options.threads, chunks);
    style.point_groups = !Any(more, HasDecimalPoints);  // 5.67, whose value says no more than 5.670
    std::move(more.begin(), more.end(), std::back_inserter(fields));
  }
  Decide(document, options, asked, style, &fields);
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
    for (std::size_t c = first; c < last; ++c) columns[c].marks = MarksOfPlain(columns[c].numbers);
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
