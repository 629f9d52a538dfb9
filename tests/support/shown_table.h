// Tables and what was found in them as text, to be compared at a glance.
#pragma once

#include <string>
#include <vector>

#include "base/text.h"
#include "halflife/table.h"

namespace halflife::testing {

// The name of each column, # for numbers, @ for dates, $ for text or % for booleans, then its
// cells, missing ones as "_"; a line a column.
inline std::string Show(const Table& table) {
  std::string all;
  for (const Column& column : table.columns) {
    const bool numeric = column.kind == Column::Kind::kNumeric;
    const bool plain = column.meaning == Column::Meaning::kPlain;
    all += column.name + (numeric ? (plain ? "#" : "@") : (plain ? "$" : "%"));
    for (std::size_t row = 0; row < table.rows; ++row) {
      all += "|";
      if (column.missing(row)) {
        all += "_";
      } else if (numeric) {
        all += ShortestNumber(column.numbers[row]);
      } else {
        all += column.levels[static_cast<std::size_t>(column.codes[row])];
      }
    }
    all += "\n";
  }
  return all;
}

inline std::string KindName(Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::kCurrency:
      return "currency";
    case Finding::Kind::kPercent:
      return "percent";
    case Finding::Kind::kThousands:
      return "thousands";
    case Finding::Kind::kDecimalComma:
      return "decimal comma";
    case Finding::Kind::kMinusSign:
      return "minus";
    case Finding::Kind::kParentheses:
      return "parentheses";
    case Finding::Kind::kFortranExponent:
      return "fortran";
    case Finding::Kind::kDate:
      return "date";
    case Finding::Kind::kOtherDates:
      return "other dates";
    case Finding::Kind::kSpellingsMerged:
      return "merged";
    case Finding::Kind::kMissingSpelling:
      return "missing";
    case Finding::Kind::kLeadingZeros:
      return "codes";
    case Finding::Kind::kLongWholeNumbers:
      return "long";
    case Finding::Kind::kForcedNumber:
      return "forced number";
    case Finding::Kind::kForcedCategory:
      return "forced category";
    case Finding::Kind::kSeparatorLine:
      return "separator";
    case Finding::Kind::kCommentLines:
      return "comments";
    case Finding::Kind::kTitleLines:
      return "titles";
    case Finding::Kind::kUnitsRow:
      return "units";
    case Finding::Kind::kRowNames:
      return "row names";
    case Finding::Kind::kTrailingDelimiter:
      return "trailing";
    case Finding::Kind::kCommentHeader:
      return "header in comment";
    default:
      return "other";
  }
}

// "currency $, missing N/A x3": the kind, its text, its number after @ and its count after x.
inline std::string ShowFindings(const std::vector<Finding>& findings) {
  std::string all;
  for (const Finding& finding : findings) {
    all += (all.empty() ? "" : ", ") + KindName(finding.kind);
    if (!finding.text.empty()) all += " " + finding.text;
    if (finding.number != 0.0) all += " @" + ShortestNumber(finding.number);
    if (finding.count != 0) all += " x" + std::to_string(finding.count);
  }
  return all;
}

// How the file was laid out, with what was removed.
inline std::string ShowLayout(const Table& table) {
  std::string all = ShowFindings(table.findings);
  for (const ColumnSummary& removed : table.removed)
    all += (all.empty() ? "" : ", ") + ShowFindings(removed.findings);
  return all;
}

}  // namespace halflife::testing
