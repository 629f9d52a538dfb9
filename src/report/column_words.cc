#include "report/column_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "base/text.h"
#include "report/plain_text.h"

namespace halflife {
namespace {

using Kind = Finding::Kind;

// What a kind of finding is called, and the flag that reads or treats the column otherwise.
struct KindWords {
  Kind kind;
  const char* what;
  const char* advice;  // NAME stands for the column
};

constexpr const char* kAsText = "--category NAME takes the cells as text";

constexpr std::array kKinds = {
    KindWords{Kind::kLeak, "tells nearly all of the target by itself",
              "if it is only known afterwards, --ignore NAME"},
    KindWords{Kind::kMostlyUnique, "left out: text in which most rows have a level of their own",
              "--category NAME keeps it"},
    KindWords{Kind::kLoneText, "taken as text though nearly all cells are numbers",
              "--number NAME takes the others as missing"},
    KindWords{Kind::kForcedNumber, "cells that are no numbers are taken as missing", ""},
    KindWords{Kind::kLeadingZeros, "digits with leading zeros, taken as a category",
              "--number NAME takes them as numbers"},
    KindWords{Kind::kLongWholeNumbers, "whole numbers too long to be exact (beyond 2^53)",
              "--category NAME takes them as text, --ignore NAME leaves ids out"},
    KindWords{Kind::kDate, "dates, taken as days", kAsText},
    KindWords{Kind::kOtherDates, "look like dates, not read as days",
              "written as 2021-03-14 they are"},
    KindWords{Kind::kCurrency, "amounts of money, taken as numbers", kAsText},
    KindWords{Kind::kPercent, "percentages, taken as the numbers before the sign", kAsText},
    KindWords{Kind::kThousands, "numbers with separated thousands", kAsText},
    KindWords{Kind::kDecimalComma, "numbers with a decimal comma", kAsText},
    KindWords{Kind::kMinusSign, "numbers with a typographic minus", kAsText},
    KindWords{Kind::kParentheses, "numbers in parentheses are below 0", kAsText},
    KindWords{Kind::kFortranExponent, "numbers with D for the exponent", kAsText},
    KindWords{Kind::kSpellingsMerged, "spellings that mean one level", ""},
    KindWords{Kind::kMissingSpelling, "words taken as missing cells", kAsText},
    KindWords{Kind::kForcedCategory, "taken as a category, as asked", ""},
    KindWords{Kind::kConstant, "left out: one value in every row", ""},
    KindWords{Kind::kRowNames, "left out: names of the rows", ""},
    KindWords{Kind::kTrailingDelimiter, "left out: an empty last column without a name", ""},
    KindWords{Kind::kLoneLevels, "levels that one row alone has", ""},
    KindWords{Kind::kIgnored, "left out, as asked", ""},
};

const KindWords* WordsOf(Kind kind) {
  for (const KindWords& words : kKinds) {
    if (words.kind == kind) return &words;
  }
  return nullptr;
}

// "R2 .9987" becomes 99.87 %: never rounded up to all of it.
std::string ShareText(double share) {
  return share == 1.0 ? "100 %" : fmt::format("{} %", std::floor(1e4 * share) / 100.0);
}

std::string SeparatorText(const std::string& separator) {
  if (separator == ",") return "commas";
  if (separator == ".") return "points";
  return separator == " " ? "blanks" : "apostrophes";
}

// What is told of the finding beside its kind; "" where the kind says all.
std::string Detail(const Finding& finding) {
  switch (finding.kind) {
    case Kind::kLeak:
      return ShareText(finding.number);
    case Kind::kMostlyUnique:
      return fmt::format("{} with one row", Counted(finding.count, "level"));
    case Kind::kLoneText:
      return fmt::format("row {:.0f} holds {}", finding.number, Quoted(finding.text));
    case Kind::kForcedNumber:
      return fmt::format("{}, such as {}", Counted(finding.count, "cell"), Quoted(finding.text));
    case Kind::kLeadingZeros:
    case Kind::kLongWholeNumbers:
    case Kind::kCurrency:
    case Kind::kOtherDates:
    case Kind::kSpellingsMerged:
      return finding.text;
    case Kind::kThousands:
      return SeparatorText(finding.text);
    case Kind::kMissingSpelling:
      return fmt::format("{} {}", finding.count, Quoted(finding.text));
    case Kind::kLoneLevels:
      return fmt::format("{}, such as {}", finding.count, Quoted(finding.text));
    default:
      return "";
  }
}

// `name` as a shell takes it for one word.
std::string ShellWord(const std::string& name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
  });
  if (plain && !name.empty()) return name;
  std::string word = "'";
  for (const char c : name) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

// A target is no category.
std::string_view AdviceFor(const KindWords& words, ColumnSummary::Role role) {
  const bool of_target = role == ColumnSummary::Role::kTarget && words.advice == kAsText;
  return of_target ? "" : words.advice;
}

std::string Advice(std::string_view words, const std::string& name) {
  constexpr std::string_view kName = "NAME";
  std::string advice;
  std::string_view rest = words;
  for (std::size_t at = rest.find(kName); at != rest.npos; at = rest.find(kName)) {
    advice.append(rest.substr(0, at));
    if (name.starts_with('-') && advice.ends_with(' ')) advice.back() = '=';  // no flag of its own
    advice.append(name);
    rest.remove_prefix(at + kName.size());
  }
  return advice.append(rest);
}

// One line for all columns that share a kind of finding.
std::string GroupLine(const KindWords& words, std::string_view advice,
                      const std::vector<std::pair<std::string, std::string>>& columns) {
  constexpr std::size_t kShown = 4;
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < std::min(kShown, columns.size()); ++i) {
    const auto& [name, detail] = columns[i];
    if (name.empty()) continue;
    parts.push_back(detail.empty() ? name : fmt::format("{} ({})", name, detail));
  }
  std::string line = words.what;
  if (!parts.empty()) line += ": " + Join(parts, ", ");
  if (columns.size() > kShown) line += fmt::format(" and {} more", columns.size() - kShown);
  if (!advice.empty())
    line += "; " + Advice(advice, columns.size() == 1 ? ShellWord(columns.front().first) : "NAME");
  return line;
}

// Howard Hinnant's civil-from-days (2013), for days since 1970-01-01.
std::string DayText(int64_t days) {
  const int64_t z = days + 719468;
  const int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const int64_t day_of_era = z - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted = (5 * day_of_year + 2) / 153;  // months since March
  const int64_t day = day_of_year - (153 * shifted + 2) / 5 + 1;
  const int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  return fmt::format("{:04}-{:02}-{:02}", year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
                     day);
}

// A number, or for a date the day: "2024-01-31", "2024-01-31 12:30".
std::string ValueText(double value, ColumnSummary::Kind kind) {
  if (kind != ColumnSummary::Kind::kDate) return Number(value, 6);
  const double day = std::floor(value);
  // Begun minutes do not count.
  const int minutes = std::min(1439, static_cast<int>((value - day) * 1440.0 + 1e-6));
  const std::string date = DayText(static_cast<int64_t>(day));
  return minutes == 0 ? date : fmt::format("{} {:02}:{:02}", date, minutes / 60, minutes % 60);
}

bool IsIgnored(const ColumnSummary& column) {
  return std::any_of(column.findings.begin(), column.findings.end(),
                     [](const Finding& finding) { return finding.kind == Kind::kIgnored; });
}

bool IsTold(Kind kind) {
  return kind != Kind::kLoneLevels && kind != Kind::kIgnored && kind != Kind::kForcedCategory;
}

}  // namespace

std::string_view KindName(ColumnSummary::Kind kind) {
  switch (kind) {
    case ColumnSummary::Kind::kNumber:
      return "number";
    case ColumnSummary::Kind::kCategory:
      return "category";
    case ColumnSummary::Kind::kBoolean:
      return "boolean";
    case ColumnSummary::Kind::kDate:
      return "date";
    case ColumnSummary::Kind::kLeftOut:
      return "left out";
  }
  return "";
}

std::string FindingText(const Finding& finding, const ColumnSummary& column,
                        const std::string& target) {
  const KindWords* words = WordsOf(finding.kind);
  if (words == nullptr) return TableFindingText(finding);
  const std::string detail = Detail(finding);
  std::string text = finding.kind == Kind::kLeak
                         ? fmt::format("tells {} of {} by itself", detail, Quoted(target))
                     : detail.empty() ? std::string(words->what)
                                      : fmt::format("{} ({})", words->what, detail);
  const std::string_view advice = AdviceFor(*words, column.role);
  if (!advice.empty()) text += "; " + Advice(advice, ShellWord(column.name));
  return text;
}

std::string TableFindingText(const Finding& finding) {
  switch (finding.kind) {
    case Kind::kSeparatorLine:
      return fmt::format("the first line, {}, names the delimiter", Quoted(finding.text));
    case Kind::kCommentLines:
      return fmt::format("{} above the header passed over", Counted(finding.count, "comment line"));
    case Kind::kTitleLines:
      return fmt::format("{} above the header passed over: {}",
                         Counted(finding.count, "title line"), Quoted(finding.text));
    case Kind::kUnitsRow:
      return fmt::format("line {:.0f} holds units such as {}; passed over", finding.number,
                         Quoted(finding.text));
    case Kind::kCommentHeader:
      return "the names of the columns stand behind a #";
    case Kind::kDuplicateRows:
      return fmt::format("{} in every column used",
                         finding.count == 1 ? "1 row repeats another one"
                                            : fmt::format("{} rows repeat others", finding.count));
    case Kind::kSplitDuplicates:
      return fmt::format(
          "{} held out by a fold that the same row trains: the held-out losses are too good; "
          "remove the repeats",
          finding.count == 1 ? "1 of these is" : fmt::format("{} of these are", finding.count));
    case Kind::kStreamed:
      return "the rows stayed in the file, for their sums are enough; rows that repeat others were "
             "not looked for";
    default:
      return "";
  }
}

std::string KindCounts(const std::vector<ColumnSummary>& columns) {
  std::array<std::size_t, 5> counts{};
  for (const ColumnSummary& column : columns) ++counts[static_cast<std::size_t>(column.kind)];
  std::vector<std::string> parts;
  const auto add = [&](ColumnSummary::Kind kind, const char* one, const char* many) {
    const std::size_t count = counts[static_cast<std::size_t>(kind)];
    if (count > 0) parts.push_back(fmt::format("{} {}", count, count == 1 ? one : many));
  };
  add(ColumnSummary::Kind::kNumber, "number", "numbers");
  add(ColumnSummary::Kind::kCategory, "category", "categories");
  add(ColumnSummary::Kind::kBoolean, "boolean", "booleans");
  add(ColumnSummary::Kind::kDate, "date", "dates");
  add(ColumnSummary::Kind::kLeftOut, "left out", "left out");
  return Join(parts, ", ");
}

std::vector<std::string> Surprises(const std::vector<ColumnSummary>& columns,
                                   const std::vector<Finding>& findings,
                                   const std::string& target) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings) {
    const std::string text = TableFindingText(finding);
    if (!text.empty()) lines.push_back(text);
  }
  for (KindWords words : kKinds) {
    if (!IsTold(words.kind)) continue;
    const std::string of_target = fmt::format("tells nearly all of {} by itself", Quoted(target));
    if (words.kind == Kind::kLeak) words.what = of_target.c_str();
    std::vector<std::pair<std::string, std::string>> found;
    std::string_view advice = words.advice;
    for (const ColumnSummary& column : columns) {
      if (IsIgnored(column)) continue;
      std::vector<std::string> details;
      for (const Finding& finding : column.findings) {
        if (finding.kind == words.kind) details.push_back(Detail(finding));
      }
      if (details.empty()) continue;
      found.emplace_back(CleanText(column.name), Join(details, "; "));
      advice = found.size() == 1 ? AdviceFor(words, column.role) : words.advice;
    }
    if (!found.empty()) lines.push_back(GroupLine(words, advice, found));
  }
  return lines;
}

std::string ExtentText(const ColumnSummary& column) {
  if (column.levels) return Counted(*column.levels, "level");
  if (!column.min) return "-";
  return fmt::format("{} to {}", ValueText(*column.min, column.kind),
                     ValueText(*column.max, column.kind));
}

}  // namespace halflife
