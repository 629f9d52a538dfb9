#include "report/column_fields.h"

#include "report/column_words.h"

namespace halflife {

using Kind = Finding::Kind;

const FieldNames<Finding::Kind>& FindingNames() {
  static const FieldNames<Kind> kNames = {
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
  };
  return kNames;
}

const FieldNames<ColumnSummary::Kind>& ColumnKindNames() {
  static const auto kNames = NamesUpTo(ColumnSummary::Kind::kLeftOut,
                                       [](ColumnSummary::Kind kind) { return KindName(kind); });
  return kNames;
}

const FieldNames<ColumnSummary::Role>& ColumnRoleNames() {
  using Role = ColumnSummary::Role;
  static const FieldNames<Role> kNames = {{Role::kInput, "input"},   {Role::kTarget, "target"},
                                          {Role::kWeight, "weight"}, {Role::kFold, "fold"},
                                          {Role::kGroup, "group"},   {Role::kTime, "time"}};
  return kNames;
}

const FieldNames<Task>& TaskNames() {
  static const FieldNames<Task> kNames = {{Task::kRegression, "regression"},
                                          {Task::kClassification, "classification"}};
  return kNames;
}

Json ColumnNotes(const ColumnSummary& column, const std::string& target) {
  Json notes = Json::array();
  for (const Finding& finding : column.findings)
    notes.push_back(FindingText(finding, column, target));
  return notes;
}

}  // namespace halflife
