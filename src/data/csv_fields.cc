#include "data/csv_fields.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <string_view>

#include "base/check.h"
#include "base/error.h"

namespace halflife {
namespace {

// The fields whose cells must be seen as texts: those that hold anything but plain numbers, and
// those that are asked for so. A quoted NA is a text only where there are no numbers.
std::vector<bool> FindFieldsOfText(const CsvDocument& document, const std::vector<CsvChunk>& chunks,
                                   const CsvFieldCells& cells) {
  std::vector<bool> wanted(document.names.size(), false);
  for (std::size_t f = 0; f < wanted.size(); ++f) {
    if (!document.IsColumn(f)) continue;
    uint8_t seen = 0;
    bool coded = false;  // for one of these reasons
    for (const CsvChunk& chunk : chunks) {
      seen |= chunk.seen[f];
      coded = coded || chunk.coders[f] != 0;
    }
    wanted[f] = coded || (seen & kSeenText) != 0 || (seen != 0 && !cells.HoldsNumbers(f));
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

// Throws Error for a column that is asked to be numbers and has none. Whoever reads to predict says
// what a model needs.
void CheckForced(const CsvDocument& document, const ReadOptions& options,
                 const CsvTextField& field) {
  if (!field.reading.forced || field.survey.numbers > 0 || options.one_row_will_do) return;
  const std::string_view first =
      field.survey.no_number.empty() ? field.texts.front().text : field.survey.no_number;
  FailIn(document.source, ErrorKind::kCsvNumbersForced, {ColumnText(document, field.field), first});
}

bool Any(const std::vector<CsvTextField>& fields, bool (*has)(const ColumnSurvey&)) {
  return std::any_of(fields.begin(), fields.end(),
                     [&](const CsvTextField& field) { return has(field.survey); });
}

// What the columns of a file tell of each other's numbers.
struct FileStyle {
  bool decimal_commas = false;    // some column can have nothing else
  bool point_groups = false;      // and none can have decimal points alone
  std::vector<bool> either = {};  // then: the fields of plain numbers whose points may be either
};

FileStyle StyleOf(const CsvDocument& document, const std::vector<bool>& surveyed,
                  const std::vector<CsvTextField>& fields, CsvFieldCells* cells) {
  FileStyle style{.decimal_commas = Any(fields, HasDecimalCommas)};
  if (!style.decimal_commas || Any(fields, HasDecimalPoints)) return style;
  std::vector<bool> plain(document.names.size(), false);
  for (std::size_t f = 0; f < plain.size(); ++f) plain[f] = !surveyed[f] && document.IsColumn(f);
  const std::vector<CsvPoints> points = cells->Points(plain);
  style.point_groups = std::find(points.begin(), points.end(), CsvPoints::kDecimal) == points.end();
  for (std::size_t f = 0; style.point_groups && f < points.size(); ++f)
    style.either.push_back(points[f] == CsvPoints::kEither);
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
            const FileStyle& style, std::vector<CsvTextField>* fields) {
  const bool decimal_commas = document.delimiter == ';' || style.decimal_commas;
  std::vector<bool> not_finite(document.names.size(), false);
  bool any = false;
  for (CsvTextField& field : *fields) {
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

}  // namespace

CsvPoints PointsOf(std::span<const double> numbers) {
  constexpr double kGroup = 1000.0;
  // Reading rounds the number, and the product rounds again: an eps at the most.
  constexpr double kRounding = std::numeric_limits<double>::epsilon();
  CsvPoints points = CsvPoints::kNone;
  for (const double number : numbers) {
    const double value = std::fabs(number);
    if (std::isnan(value) || value == std::floor(value)) continue;
    const double whole = std::round(kGroup * value);
    const bool fits = std::fabs(kGroup * value - whole) <= kRounding * whole;
    if (value < 1.0 || value >= kGroup || !fits) return CsvPoints::kDecimal;
    points = CsvPoints::kEither;
  }
  return points;
}

bool ShowsPoint(std::span<const double> numbers) {
  return std::any_of(numbers.begin(), numbers.end(),
                     [](double value) { return value != std::floor(value) && !std::isnan(value); });
}

std::vector<CsvTextField> DecideFields(const CsvDocument& document, const ReadOptions& options,
                                       const CsvAsked& asked, const std::vector<CsvChunk>& chunks,
                                       CsvFieldCells* cells) {
  CheckUnnamed(document, chunks);
  const std::vector<bool> wanted = FindFieldsOfText(document, chunks, *cells);
  std::vector<CsvTextField> fields = cells->ReadTexts(wanted);
  FileStyle style = StyleOf(document, wanted, fields, cells);
  if (style.point_groups) {
    std::vector<CsvTextField> more = cells->ReadTexts(style.either);
    style.point_groups = !Any(more, HasDecimalPoints);  // 5.67, whose value says no more than 5.670
    std::move(more.begin(), more.end(), std::back_inserter(fields));
  }
  Decide(document, options, asked, style, &fields);
  return fields;
}

}  // namespace halflife
