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

using FindingKind = Finding::Kind;

// Words that take no arguments.
struct FixedWords {
  std::string_view english;
  std::string_view chinese;

  constexpr std::string_view In(Language language) const {
    return language == Language::kEnglish ? english : chinese;
  }
};

// What a kind of finding is called, and the flag that reads or treats the column otherwise.
struct KindWords {
  FindingKind kind;
  FixedWords what;
  FixedWords advice = {};  // NAME stands for the column
};

constexpr FixedWords kAsText = {"--category NAME takes the cells as text",
                                "--category NAME 把单元格当作文本"};

constexpr std::array kFindingWords = {
    KindWords{
        FindingKind::kLeak,
        {"tells nearly all of the target by itself", "单凭一列就几乎能完全说明目标"},
        {"if it is only known afterwards, --ignore NAME", "若事后才知道它，请用 --ignore NAME"}},
    KindWords{FindingKind::kMostlyUnique,
              {"left out: text in which most rows have a level of their own",
               "已去掉：文本，多数行各有自己的水平"},
              {"--category NAME keeps it", "--category NAME 保留它"}},
    KindWords{
        FindingKind::kLoneText,
        {"taken as text though nearly all cells are numbers", "几乎所有单元格都是数，但仍当作文本"},
        {"--number NAME takes the others as missing", "--number NAME 把其余的当作缺失"}},
    KindWords{FindingKind::kForcedNumber,
              {"cells that are no numbers are taken as missing", "不是数的单元格当作缺失"}},
    KindWords{FindingKind::kLeadingZeros,
              {"digits with leading zeros, taken as a category", "以零开头的数字，当作类别"},
              {"--number NAME takes them as numbers", "--number NAME 把它们当作数"}},
    KindWords{
        FindingKind::kLongWholeNumbers,
        {"whole numbers too long to be exact (beyond 2^53)", "整数太长（超过 2^53），无法精确表示"},
        {"--category NAME takes them as text, --ignore NAME leaves ids out",
         "--category NAME 把它们当作文本，编号可用 --ignore NAME 去掉"}},
    KindWords{FindingKind::kDate, {"dates, taken as days", "日期，换算成天数"}, kAsText},
    KindWords{FindingKind::kOtherDates,
              {"look like dates, not read as days", "看似日期，没有换算成天数"},
              {"written as 2021-03-14 they are", "写成 2021-03-14 的形式就会换算"}},
    KindWords{
        FindingKind::kCurrency, {"amounts of money, taken as numbers", "金额，当作数"}, kAsText},
    KindWords{FindingKind::kPercent,
              {"percentages, taken as the numbers before the sign", "百分数，取百分号前的数"},
              kAsText},
    KindWords{
        FindingKind::kThousands, {"numbers with separated thousands", "带千位分隔符的数"}, kAsText},
    KindWords{FindingKind::kDecimalComma,
              {"numbers with a decimal comma", "以逗号作小数点的数"},
              kAsText},
    KindWords{FindingKind::kMinusSign,
              {"numbers with a typographic minus", "用排版减号书写的数"},
              kAsText},
    KindWords{FindingKind::kParentheses,
              {"numbers in parentheses are below 0", "括号里的数是负数"},
              kAsText},
    KindWords{FindingKind::kFortranExponent,
              {"numbers with D for the exponent", "用 D 表示指数的数"},
              kAsText},
    KindWords{FindingKind::kSpellingsMerged,
              {"spellings that mean one level", "同一水平的几种写法，已合并"}},
    KindWords{
        FindingKind::kMissingSpelling, {"words taken as missing cells", "这些词当作缺失"}, kAsText},
    KindWords{FindingKind::kForcedCategory, {"taken as a category, as asked", "按要求当作类别"}},
    KindWords{FindingKind::kConstant,
              {"left out: one value in every row", "已去掉：每一行的值都相同"}},
    KindWords{FindingKind::kRowNames, {"left out: names of the rows", "已去掉：行的名称"}},
    KindWords{FindingKind::kTrailingDelimiter,
              {"left out: an empty last column without a name", "已去掉：没有名称的空末列"}},
    KindWords{FindingKind::kLoneLevels, {"levels that one row alone has", "只有一行的水平"}},
    KindWords{FindingKind::kIgnored, {"left out, as asked", "按要求去掉"}},
};

const KindWords* WordsOf(FindingKind kind) {
  for (const KindWords& words : kFindingWords) {
    if (words.kind == kind) return &words;
  }
  return nullptr;
}

// "R2 .9987" becomes 99.87 %: never rounded up to all of it.
std::string ShareText(double share) {
  return share == 1.0 ? "100 %" : fmt::format("{} %", std::floor(1e4 * share) / 100.0);
}

std::string_view SeparatorText(const std::string& separator, Language language) {
  constexpr FixedWords kCommas = {"commas", "逗号"};
  constexpr FixedWords kPoints = {"points", "句点"};
  constexpr FixedWords kBlanks = {"blanks", "空格"};
  constexpr FixedWords kApostrophes = {"apostrophes", "撇号"};
  if (separator == ",") return kCommas.In(language);
  if (separator == ".") return kPoints.In(language);
  return separator == " " ? kBlanks.In(language) : kApostrophes.In(language);
}

// What is told of the finding beside its kind; "" where the kind says all.
std::string Detail(const Finding& finding, Language language) {
  switch (finding.kind) {
    case FindingKind::kLeak:
      return ShareText(finding.number);
    case FindingKind::kMostlyUnique:
      return Say(language, "{0} with one row", "{1} 个水平只有一行",
                 Counted(finding.count, "level"), finding.count);
    case FindingKind::kLoneText:
      return Say(language, "row {:.0f} holds {}", "第 {:.0f} 行是 {}", finding.number,
                 Quoted(finding.text));
    case FindingKind::kForcedNumber:
      return Say(language, "{0}, such as {2}", "{1} 个单元格，如 {2}",
                 Counted(finding.count, "cell"), finding.count, Quoted(finding.text));
    case FindingKind::kLeadingZeros:
    case FindingKind::kLongWholeNumbers:
    case FindingKind::kCurrency:
    case FindingKind::kOtherDates:
    case FindingKind::kSpellingsMerged:
      return finding.text;
    case FindingKind::kThousands:
      return std::string(SeparatorText(finding.text, language));
    case FindingKind::kMissingSpelling:
      return Say(language, "{} {}", "{} 个 {}", finding.count, Quoted(finding.text));
    case FindingKind::kLoneLevels:
      return Say(language, "{}, such as {}", "{} 个，如 {}", finding.count, Quoted(finding.text));
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
FixedWords AdviceFor(const KindWords& words, ColumnSummary::Role role) {
  const bool of_target =
      role == ColumnSummary::Role::kTarget && words.advice.english == kAsText.english;
  return of_target ? FixedWords{} : words.advice;
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

// The columns that share a kind of finding.
struct ColumnGroup {
  std::string what;
  FixedWords advice;
  std::vector<std::pair<std::string, std::string>> columns = {};  // their names and details
};

// One line for all of them.
std::string GroupLine(const ColumnGroup& group, Language language) {
  constexpr std::size_t kShown = 4;
  const std::size_t count = group.columns.size();
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < std::min(kShown, count); ++i) {
    const auto& [name, detail] = group.columns[i];
    if (name.empty()) continue;
    parts.push_back(detail.empty() ? name : Say(language, "{} ({})", "{}（{}）", name, detail));
  }
  std::string line = group.what;
  if (!parts.empty())
    line += Say(language, ": {}", "：{}", Join(parts, FixedWords{", ", "、"}.In(language)));
  if (count > kShown) line += Say(language, " and {0} more", " 等 {1} 列", count - kShown, count);
  const std::string_view advice = group.advice.In(language);
  if (advice.empty()) return line;
  return line + Say(language, "; {}", "；{}",
                    Advice(advice, count == 1 ? ShellWord(group.columns.front().first) : "NAME"));
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
                     [](const Finding& finding) { return finding.kind == FindingKind::kIgnored; });
}

bool IsTold(FindingKind kind) {
  return kind != FindingKind::kLoneLevels && kind != FindingKind::kIgnored &&
         kind != FindingKind::kForcedCategory;
}

}  // namespace

std::string_view KindName(ColumnSummary::Kind kind, Language language) {
  switch (kind) {
    case ColumnSummary::Kind::kNumber:
      return FixedWords{"number", "数值"}.In(language);
    case ColumnSummary::Kind::kCategory:
      return FixedWords{"category", "类别"}.In(language);
    case ColumnSummary::Kind::kBoolean:
      return FixedWords{"boolean", "布尔值"}.In(language);
    case ColumnSummary::Kind::kDate:
      return FixedWords{"date", "日期"}.In(language);
    case ColumnSummary::Kind::kLeftOut:
      return FixedWords{"left out", "去掉"}.In(language);
  }
  return "";
}

std::string_view RoleName(ColumnSummary::Role role, Language language) {
  switch (role) {
    case ColumnSummary::Role::kInput:
      return "";
    case ColumnSummary::Role::kTarget:
      return FixedWords{"target", "目标"}.In(language);
    case ColumnSummary::Role::kWeight:
      return FixedWords{"weight of the row", "行的权重"}.In(language);
    case ColumnSummary::Role::kFold:
      return FixedWords{"names the fold", "指定所在的折"}.In(language);
    case ColumnSummary::Role::kGroup:
      return FixedWords{"rows kept together", "相同的行在同一折"}.In(language);
    case ColumnSummary::Role::kTime:
      return FixedWords{"order of the rows", "行的时间顺序"}.In(language);
  }
  return "";
}

std::string FindingText(const Finding& finding, const ColumnSummary& column,
                        const std::string& target, Language language) {
  const KindWords* words = WordsOf(finding.kind);
  if (words == nullptr) return TableFindingText(finding, language);
  const std::string detail = Detail(finding, language);
  std::string text = finding.kind == FindingKind::kLeak
                         ? Say(language, "tells {0} of {1} by itself",
                               "单凭这一列就能说明 {1} 的 {0}", detail, Quoted(target))
                     : detail.empty()
                         ? std::string(words->what.In(language))
                         : Say(language, "{} ({})", "{}（{}）", words->what.In(language), detail);
  const std::string_view advice = AdviceFor(*words, column.role).In(language);
  if (!advice.empty())
    text += Say(language, "; {}", "；{}", Advice(advice, ShellWord(column.name)));
  return text;
}

std::string TableFindingText(const Finding& finding, Language language) {
  const std::size_t count = finding.count;
  switch (finding.kind) {
    case FindingKind::kSeparatorLine:
      return Say(language, "the first line, {}, names the delimiter", "第一行 {} 指明了分隔符",
                 Quoted(finding.text));
    case FindingKind::kCommentLines:
      return Say(language, "{0} above the header passed over", "跳过表头上方的 {1} 行注释",
                 Counted(count, "comment line"), count);
    case FindingKind::kTitleLines:
      return Say(language, "{0} above the header passed over: {2}",
                 "跳过表头上方的 {1} 行标题：{2}", Counted(count, "title line"), count,
                 Quoted(finding.text));
    case FindingKind::kUnitsRow:
      return Say(language, "line {:.0f} holds units such as {}; passed over",
                 "第 {:.0f} 行是单位，如 {}，已跳过", finding.number, Quoted(finding.text));
    case FindingKind::kCommentHeader:
      return Say(language, "the names of the columns stand behind a #", "列名写在 # 之后");
    case FindingKind::kDuplicateRows:
      return Say(
          language, "{0} in every column used", "有 {1} 行在所用的每一列上都与别的行重复",
          count == 1 ? "1 row repeats another one" : fmt::format("{} rows repeat others", count),
          count);
    case FindingKind::kSplitDuplicates:
      return Say(
          language,
          "{0} held out by a fold whose training rows hold their like: the held-out losses "
          "are too good; remove the repeats",
          "其中 {1} 行留作检验时，该折的训练行里就有相同的行：留出的损失过于乐观；请去掉重复",
          count == 1 ? "1 of these is" : fmt::format("{} of these are", count), count);
    case FindingKind::kStreamed:
      return Say(language,
                 "the rows stayed in the file, for their sums are enough; rows that repeat others "
                 "were not looked for",
                 "各行留在文件里，有它们的和就够了；没有查找重复的行");
    default:
      return "";
  }
}

std::string KindCounts(const std::vector<ColumnSummary>& columns, Language language) {
  std::array<std::size_t, 5> counts{};
  for (const ColumnSummary& column : columns) ++counts[static_cast<std::size_t>(column.kind)];
  std::vector<std::string> parts;
  const auto add = [&](ColumnSummary::Kind kind, const char* one, const char* many) {
    const std::size_t count = counts[static_cast<std::size_t>(kind)];
    if (count > 0)
      parts.push_back(Say(language, "{0} {1}", "{0} 列{2}", count, count == 1 ? one : many,
                          KindName(kind, Language::kChinese)));
  };
  add(ColumnSummary::Kind::kNumber, "number", "numbers");
  add(ColumnSummary::Kind::kCategory, "category", "categories");
  add(ColumnSummary::Kind::kBoolean, "boolean", "booleans");
  add(ColumnSummary::Kind::kDate, "date", "dates");
  add(ColumnSummary::Kind::kLeftOut, "left out", "left out");
  return Join(parts, FixedWords{", ", "，"}.In(language));
}

std::vector<std::string> Surprises(const std::vector<ColumnSummary>& columns,
                                   const std::vector<Finding>& findings, const std::string& target,
                                   Language language) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings) {
    const std::string text = TableFindingText(finding, language);
    if (!text.empty()) lines.push_back(text);
  }
  for (const KindWords& words : kFindingWords) {
    if (!IsTold(words.kind)) continue;
    ColumnGroup group{std::string(words.what.In(language)), words.advice};
    if (words.kind == FindingKind::kLeak)
      group.what = Say(language, "tells nearly all of {} by itself", "单凭一列就几乎能完全说明 {}",
                       Quoted(target));
    for (const ColumnSummary& column : columns) {
      if (IsIgnored(column)) continue;
      std::vector<std::string> details;
      for (const Finding& finding : column.findings) {
        if (finding.kind == words.kind) details.push_back(Detail(finding, language));
      }
      if (details.empty()) continue;
      group.columns.emplace_back(CleanText(column.name),
                                 Join(details, FixedWords{"; ", "；"}.In(language)));
      group.advice = group.columns.size() == 1 ? AdviceFor(words, column.role) : words.advice;
    }
    if (!group.columns.empty()) lines.push_back(GroupLine(group, language));
  }
  return lines;
}

std::string ExtentText(const ColumnSummary& column, Language language) {
  if (column.levels)
    return Say(language, "{0}", "{1} 个水平", Counted(*column.levels, "level"), *column.levels);
  if (!column.min) return "-";
  return Say(language, "{} to {}", "{} 至 {}", ValueText(*column.min, column.kind),
             ValueText(*column.max, column.kind));
}

std::vector<Said> ColumnTableHead() {
  return {
      {"column", "列"}, {"kind", "类型"}, {"levels or range", "水平或范围"}, {"missing", "缺失"}};
}

}  // namespace halflife
