#include "data/csv_columns.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <string_view>

#include "base/check.h"
#include "base/error.h"
#include "base/parallel.h"
#include "data/column_reading.h"
#include "data/csv_texts.h"

namespace halflife {
namespace {

bool HoldsNumbers(const std::vector<double>& cells) {
  return std::any_of(cells.begin(), cells.end(), [](double cell) { return !std::isnan(cell); });
}

// The fields whose cells must be seen as texts: those that hold anything but plain numbers, and
// those that are asked for so. A quoted NA is a text only where there are no numbers.
std::vector<bool> FindFieldsOfText(const CsvDocument& document, const CsvBody& body) {
  std::vector<bool> wanted(document.names.size(), false);
  for (std::size_t f = 0; f < wanted.size(); ++f) {
    if (!document.IsColumn(f)) continue;
    uint8_t seen = 0;
    bool coded = false;  // for one of these reasons
    for (const CsvChunk& chunk : body.chunks) {
      seen |= chunk.seen[f];
      coded = coded || chunk.coders[f] != 0;
    }
    wanted[f] =
        coded || (seen & kSeenText) != 0 || (seen != 0 && !HoldsNumbers(body.cells[f].numbers));
  }
  return wanted;
}

// The last fields without a name may hold nothing.
void CheckUnnamed(const CsvDocument& document, const std::vector<CsvChunk>& chunks) {
  const std::size_t fields = document.names.size();
  for (std::size_t f = fields - document.unnamed; f < fields; ++f) {
    const bool seen = std::any_of(chunks.begin(), chunks.end(),
                                  [&](const CsvChunk& chunk) { return chunk.seen[f] != 0; });
    if (seen) FailUnnamed(document, document.unnamed_at, f);
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
  std::vector<TextCount> texts;  // the distinct ones, in the order of the file; cells index them
  ColumnSurvey survey;
  ColumnReading reading;
};

// Reads the `wanted` fields as texts and surveys them.
std::vector<TextField> ReadTexts(const CsvDocument& document, const std::vector<bool>& wanted,
                                 int threads, CsvBody* body) {
  std::vector<TextField> fields;
  for (std::size_t f = 0; f < wanted.size(); ++f) {
    if (wanted[f]) fields.emplace_back().field = f;
  }
  if (fields.empty()) return fields;
  ReadCodes(document, wanted, body);
  ParallelFor(fields.size(), threads, [&](std::size_t i) {
    fields[i].texts = CollectTexts(fields[i].field, body);
    fields[i].survey = SurveyColumn(fields[i].texts);
  });
  return fields;
}

// Throws Error for a column that is asked to be numbers and has none. Whoever reads to predict says
// what a model needs.
void CheckForced(const CsvDocument& document, const ReadOptions& options, const TextField& field) {
  if (!field.reading.forced || field.survey.numbers > 0 || options.one_row_will_do) return;
  const std::string_view first =
      field.survey.no_number.empty() ? field.texts.front().text : field.survey.no_number;
  FailIn(document.source, ErrorKind::kCsvNumbersForced, {ColumnText(document, field.field), first});
}

bool Any(const std::vector<TextField>& fields, bool (*has)(const ColumnSurvey&)) {
  return std::any_of(fields.begin(), fields.end(),
                     [&](const TextField& field) { return has(field.survey); });
}

// Whether the points of a field of plain numbers are decimal ones.
enum class Points { kNone, kEither, kDecimal };

// 84, 2.986 and 20.933 may as well be whole numbers with points between thousands.
Points PointsOf(const std::vector<double>& cells) {
  constexpr double kGroup = 1000.0;
  // Reading rounds the number, and the product rounds again: an eps at the most.
  constexpr double kRounding = std::numeric_limits<double>::epsilon();
  Points points = Points::kNone;
  for (const double cell : cells) {
    const double value = std::fabs(cell);
    if (std::isnan(value) || value == std::floor(value)) continue;
    const double whole = std::round(kGroup * value);
    const bool fits = std::fabs(kGroup * value - whole) <= kRounding * whole;
    if (value < 1.0 || value >= kGroup || !fits) return Points::kDecimal;
    points = Points::kEither;
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
                  const std::vector<TextField>& fields, int threads, const CsvBody& body) {
  const std::size_t count = document.names.size();
  FileStyle style{.decimal_commas = Any(fields, HasDecimalCommas)};
  if (!style.decimal_commas || Any(fields, HasDecimalPoints)) return style;
  std::vector<Points> points(count, Points::kNone);
  ParallelFor(count, threads, [&](std::size_t f) {
    if (!surveyed[f] && document.IsColumn(f)) points[f] = PointsOf(body.cells[f].numbers);
  });
  style.point_groups = std::find(points.begin(), points.end(), Points::kDecimal) == points.end();
  for (std::size_t f = 0; style.point_groups && f < count; ++f)
    style.either.push_back(points[f] == Points::kEither);
  return style;
}

// Throws Error for the first cell of the fields in `wanted` that is a number but not finite.
[[noreturn]] void FailAtNotFinite(const CsvDocument& document, const std::vector<bool>& wanted) {
  CsvScanner scanner = document.Scan(document.body);
  CsvField cell;
  std::size_t field = 0;
  for (;;) {
    if (field == 0 && document.SkipsBlankLines()) scanner.SkipBlankLines();
    const std::size_t offset = scanner.offset();
    HALFLIFE_CHECK(!scanner.done() && scanner.Next(&cell));
    if (wanted[field] && !cell.escaped && IsNotFinite(cell.text)) {
      FailAt(document, offset, field, ErrorKind::kCsvNotFinite,
             {cell.text, ColumnText(document, field)});
    }
    field = cell.ending == CsvField::Ending::kDelimiter ? field + 1 : 0;
  }
}

void Decide(const CsvDocument& document, const ReadOptions& options, const CsvAsked& asked,
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

// The fields that are not all plain numbers, and what each of them is.
std::vector<TextField> ReadTextFields(const CsvDocument& document, const ReadOptions& options,
                                      const CsvAsked& asked, CsvBody* body) {
  const std::vector<bool> wanted = FindFieldsOfText(document, *body);
  std::vector<TextField> fields = ReadTexts(document, wanted, options.threads, body);
  FileStyle style = StyleOf(document, wanted, fields, options.threads, *body);
  if (style.point_groups) {
    std::vector<TextField> more = ReadTexts(document, style.either, options.threads, body);
    style.point_groups = !Any(more, HasDecimalPoints);  // 5.67, whose value says no more than 5.670
    std::move(more.begin(), more.end(), std::back_inserter(fields));
  }
  Decide(document, options, asked, style, &fields);
  return fields;
}

}  // namespace

std::vector<Column> MakeColumns(const CsvDocument& document, const ReadOptions& options,
                                const CsvAsked& asked, CsvBody* body) {
  CheckUnnamed(document, body->chunks);
  std::vector<TextField> fields = ReadTextFields(document, options, asked, body);
  const std::size_t count = document.names.size();
  std::vector<TextField*> texts(count, nullptr);
  for (TextField& field : fields) texts[field.field] = &field;
  std::vector<Column> columns(count);
  ParallelFor(count, options.threads, [&](std::size_t f) {
    Column& column = columns[f];
    column.name = document.names[f];
    if (TextField* field = texts[f]; field == nullptr) {
      column.numbers = std::move(body->cells[f].numbers);
      column.marks = MarksOfPlain(column.numbers);
    } else {
      const bool keep_text = asked.keep_text.count(column.name) > 0;
      column.codes = std::move(body->cells[f].codes);
      FillFromTexts(field->texts, std::move(field->reading), keep_text, &column);
    }
  });
  std::vector<Column> kept;
  for (std::size_t c = 0; c < count; ++c) {
    if (document.IsColumn(c)) kept.push_back(std::move(columns[c]));
  }
  return kept;
}

}  // namespace halflife
