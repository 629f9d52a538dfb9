#include "report/column_json.h"

#include <array>
#include <utility>

#include "report/column_words.h"
#include "report/json_values.h"

namespace halflife {
namespace {

using Kind = Finding::Kind;

constexpr std::array<std::pair<Kind, const char*>, 35> kNames = {{
    {Kind::kCurrency, "currency"},
    {Kind::kPercent, "percent"},
    {Kind::kThousands, "thousands"},
    {Kind::kDecimalComma, "decimal comma"},
    {Kind::kMinusSign, "minus sign"},
    {Kind::kParentheses, "parentheses"},
    {Kind::kFortranExponent, "fortran exponent"},
    {Kind::kDate, "date"},
    {Kind::kOtherDates, "other dates"},
    {Kind::kSpellingsMerged, "spellings merged"},
    {Kind::kMissingSpelling, "missing spelling"},
    {Kind::kLeadingZeros, "leading zeros"},
    {Kind::kLongWholeNumbers, "long whole numbers"},
    {Kind::kForcedNumber, "forced number"},
    {Kind::kForcedCategory, "forced category"},
    {Kind::kLoneText, "lone text"},
    {Kind::kSeparatorLine, "separator line"},
    {Kind::kCommentLines, "comment lines"},
    {Kind::kTitleLines, "title lines"},
    {Kind::kUnitsRow, "units row"},
    {Kind::kRowNames, "row names"},
    {Kind::kTrailingDelimiter, "trailing delimiter"},
    {Kind::kCommentHeader, "comment header"},
    {Kind::kMostlyUnique, "mostly unique"},
    {Kind::kConstant, "constant"},
    {Kind::kIgnored, "ignored"},
    {Kind::kLoneLevels, "lone levels"},
    {Kind::kLeak, "leak"},
    {Kind::kDuplicateRows, "duplicate rows"},
    {Kind::kSplitDuplicates, "split duplicates"},
    {Kind::kStreamed, "streamed"},
    {Kind::kRowsWithoutTarget, "rows without target"},
    {Kind::kRowsWithoutWeight, "rows without weight"},
    {Kind::kRowsWithMissing, "rows with missing"},
    {Kind::kNumbersAsClasses, "numbers as classes"},
}};

const char* Name(Kind kind) {
  for (const auto& [known, name] : kNames) {
    if (known == kind) return name;
  }
  return "";
}

constexpr const char* kRoles[] = {"input", "target", "weight", "fold", "group", "time"};

Json ColumnJson(const ColumnSummary& column, const std::string& target) {
  Json notes = Json::array();
  for (const Finding& finding : column.findings)
    notes.push_back(FindingText(finding, column, target));
  return {{"name", column.name},
          {"kind", KindName(column.kind)},
          {"role", kRoles[static_cast<std::size_t>(column.role)]},
          {"missing", column.missing},
          {"levels", column.levels ? Json(*column.levels) : Json(nullptr)},
          {"min", Optional(column.min)},
          {"max", Optional(column.max)},
          {"notes", std::move(notes)},
          {"findings", FindingsJson(column.findings)}};
}

}  // namespace

Json FindingsJson(const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    Json json = {{"kind", Name(finding.kind)}};
    if (!finding.text.empty()) json["text"] = finding.text;
    if (finding.number != 0.0) json["number"] = Finite(finding.number);
    if (finding.count != 0) json["count"] = finding.count;
    list.push_back(std::move(json));
  }
  return list;
}

Json ColumnListJson(const std::vector<ColumnSummary>& columns, const std::string& target) {
  Json list = Json::array();
  for (const ColumnSummary& column : columns) list.push_back(ColumnJson(column, target));
  return list;
}

}  // namespace halflife
