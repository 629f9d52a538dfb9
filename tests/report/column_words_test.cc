// What was understood of a table, in words, as text, and as JSON.
#include "report/column_words.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "report/column_fields.h"
#include "report/column_text.h"
#include "report/plain_text.h"

namespace halflife {
namespace {

using Kind = Finding::Kind;

constexpr Kind kLastKind = Kind::kStreamed;

std::vector<Kind> AllKinds() {
  std::vector<Kind> kinds;
  for (int k = 0; k <= static_cast<int>(kLastKind); ++k) kinds.push_back(static_cast<Kind>(k));
  return kinds;
}

ColumnSummary Named(const std::string& name, std::vector<Finding> findings,
                    ColumnSummary::Kind kind = ColumnSummary::Kind::kNumber) {
  ColumnSummary column;
  column.name = name;
  column.kind = kind;
  column.findings = std::move(findings);
  return column;
}

TEST(ColumnWords, HaveASentenceAndANameForEveryKindOfFinding) {
  std::set<std::string> sentences;
  std::map<Kind, std::set<std::string>> names;
  for (const auto& [kind, name] : FindingNames()) names[kind].emplace(name);
  std::set<std::string> all;
  for (const Kind kind : AllKinds()) {
    const Finding finding{.kind = kind, .text = "t", .number = 0.9987, .count = 3};
    const std::string sentence = FindingText(finding, Named("fee", {}), "price");
    EXPECT_FALSE(sentence.empty()) << static_cast<int>(kind);
    EXPECT_EQ(sentence.find("NAME"), std::string::npos) << sentence;
    EXPECT_TRUE(sentences.insert(sentence).second) << sentence;
    ASSERT_EQ(names[kind].size(), 1U) << sentence;
    EXPECT_TRUE(all.insert(*names[kind].begin()).second) << sentence;
    EXPECT_NE(*names[kind].begin(), "");
  }
}

TEST(ColumnWords, TellALeakWithoutRoundingItUpToAll) {
  const auto leak = [](double share) {
    return FindingText({.kind = Kind::kLeak, .number = share}, Named("fee", {}), "price");
  };
  EXPECT_EQ(leak(0.99999),
            "tells 99.99 % of \"price\" by itself; if it is only known afterwards, --ignore fee");
  EXPECT_EQ(leak(1.0),
            "tells 100 % of \"price\" by itself; if it is only known afterwards, --ignore fee");
}

TEST(ColumnWords, GroupColumnsByWhatTheyShare) {
  const std::vector<ColumnSummary> columns = {
      Named("a", {{.kind = Kind::kPercent}}),
      Named("b c", {{.kind = Kind::kMissingSpelling, .text = "-", .count = 2},
                    {.kind = Kind::kMissingSpelling, .text = "n/a", .count = 1}}),
      Named("d", {{.kind = Kind::kPercent}}),
      Named("e", {{.kind = Kind::kPercent}}),
      Named("f", {{.kind = Kind::kPercent}}),
      Named("g", {{.kind = Kind::kPercent}}),
      Named("h", {{.kind = Kind::kPercent}, {.kind = Kind::kIgnored}})};
  EXPECT_EQ(Surprises(columns, {{.kind = Kind::kUnitsRow, .text = "kg", .number = 2}}, "y"),
            (std::vector<std::string>{
                "line 2 holds units such as \"kg\"; passed over",
                "percentages, taken as the numbers before the sign: a, d, e, f and 1 more; "
                "--category NAME takes the cells as text",
                "words taken as missing cells: b c (2 \"-\"; 1 \"n/a\"); --category 'b c' takes "
                "the cells as text"}));
}

TEST(ColumnWords, AreSilentOverAPlainTable) {
  const std::vector<ColumnSummary> columns = {
      Named("a", {}), Named("id", {{.kind = Kind::kIgnored}}, ColumnSummary::Kind::kLeftOut),
      Named("b", {{.kind = Kind::kLoneLevels, .text = "x", .count = 1}},
            ColumnSummary::Kind::kCategory)};
  EXPECT_TRUE(Surprises(columns, {}, "y").empty());
  EXPECT_EQ(KindCounts(columns), "1 number, 1 category, 1 left out");
}

TEST(ColumnWords, ShowDaysAsDates) {
  ColumnSummary column = Named("day", {}, ColumnSummary::Kind::kDate);
  // Days since 1970-01-01, from Python's datetime.date.toordinal() - 719163.
  const std::pair<double, const char*> days[] = {
      {0, "1970-01-01"},       {-1, "1969-12-31"},           {19782, "2024-02-29"},
      {11016, "2000-02-29"},   {-25508, "1900-03-01"},       {-719162, "0001-01-01"},
      {2932896, "9999-12-31"}, {19723.5, "2024-01-01 12:00"}};
  for (const auto& [day, text] : days) {
    column.min = column.max = day;
    EXPECT_EQ(ExtentText(column), std::string(text) + " to " + text);
  }
}

TEST(ColumnText, KeepsEveryLineWithinTheWidthAndNamesEveryColumn) {
  TableSummary summary;
  summary.rows = 12;
  for (const Kind kind : AllKinds()) {
    const Finding finding{.kind = kind, .text = "value", .number = 3, .count = 2};
    summary.columns.push_back(Named("column_" + std::to_string(static_cast<int>(kind)), {finding}));
  }
  summary.findings = {{.kind = Kind::kTitleLines, .text = "Sales", .count = 1}};
  const std::string text = ColumnText(summary, "y", 70);
  for (const ColumnSummary& column : summary.columns)
    EXPECT_NE(text.find(column.name), std::string::npos);
  std::size_t start = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
    EXPECT_LE(DisplayWidth(text.substr(start, end - start)), 70);
    start = end + 1;
  }
}

}  // namespace
}  // namespace halflife
