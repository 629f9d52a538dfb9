// What was understood of a table, in words, as text, and as JSON.
#include "report/column_words.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/text.h"
#include "report/chinese.h"
#include "report/column_fields.h"
#include "report/column_text.h"
#include "report/columns_html.h"
#include "report/plain_text.h"
#include "report/sample_result.h"
#include "report/xml_check.h"

namespace halflife {
namespace {

using FindingKind = Finding::Kind;

constexpr FindingKind kLastKind = FindingKind::kStreamed;

std::vector<FindingKind> AllFindingKinds() {
  std::vector<FindingKind> kinds;
  for (int k = 0; k <= static_cast<int>(kLastKind); ++k)
    kinds.push_back(static_cast<FindingKind>(k));
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
  std::map<FindingKind, std::set<std::string>> names;
  for (const auto& [kind, name] : FindingNames()) names[kind].emplace(name);
  std::set<std::string> all;
  for (const FindingKind kind : AllFindingKinds()) {
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

TEST(ColumnWords, SayEveryKindInChinese) {
  std::set<std::string> sentences;
  for (const FindingKind kind : AllFindingKinds()) {
    const Finding finding{.kind = kind, .text = "t", .number = 0.9987, .count = 3};
    const std::string sentence =
        FindingText(finding, Named("fee", {}), "price", Language::kChinese);
    EXPECT_TRUE(HasHan(sentence)) << static_cast<int>(kind) << sentence;
    EXPECT_EQ(sentence.find("NAME"), std::string::npos) << sentence;
    EXPECT_EQ(sentence.find_first_of(",;("), std::string::npos) << sentence;
    EXPECT_TRUE(sentences.insert(sentence).second) << sentence;
  }
  for (const auto kind :
       {ColumnSummary::Kind::kNumber, ColumnSummary::Kind::kCategory, ColumnSummary::Kind::kBoolean,
        ColumnSummary::Kind::kDate, ColumnSummary::Kind::kLeftOut})
    EXPECT_TRUE(HasHan(KindName(kind, Language::kChinese)));
}

TEST(ColumnWords, GroupColumnsInChineseAsInEnglish) {
  std::vector<ColumnSummary> columns = {
      Named("a", {{.kind = FindingKind::kPercent}}),
      Named("b c", {{.kind = FindingKind::kMissingSpelling, .text = "-", .count = 2},
                    {.kind = FindingKind::kMissingSpelling, .text = "n/a", .count = 1}}),
      Named("-d", {{.kind = FindingKind::kLeak, .number = 0.9987}})};
  for (const char* name : {"e", "f", "g", "h"})
    columns.push_back(Named(name, {{.kind = FindingKind::kPercent}}));
  const std::vector<Finding> findings = {
      {.kind = FindingKind::kUnitsRow, .text = "kg", .number = 2},
      {.kind = FindingKind::kRowsWithoutTarget, .count = 2}};
  const std::vector<std::string> lines = Surprises(columns, findings, "y", Language::kChinese);
  EXPECT_EQ(lines,
            (std::vector<std::string>{
                "第 2 行是单位，如 \"kg\"，已跳过",
                "单凭一列就几乎能完全说明 \"y\"：-d（99.87 %）；若事后才知道它，请用 --ignore=-d",
                "百分数，取百分号前的数：a、e、f、g 等 5 列；--category NAME 把单元格当作文本",
                "这些词当作缺失：b c（2 个 \"-\"；1 个 \"n/a\"）；--category 'b c' "
                "把单元格当作文本"}));
  EXPECT_EQ(Surprises(columns, findings, "y").size(), lines.size());
  EXPECT_EQ(KindCounts(columns, Language::kChinese), "7 列数值");
}

TEST(ColumnWords, SayExtentsInChinese) {
  ColumnSummary column = Named("a", {});
  EXPECT_EQ(ExtentText(column, Language::kChinese), "-");
  column.min = 0.5;
  column.max = 17;
  EXPECT_EQ(ExtentText(column, Language::kChinese), "0.5 至 17");
  column.levels = 3;
  EXPECT_EQ(ExtentText(column, Language::kChinese), "3 个水平");
}

TEST(ColumnWords, TellALeakWithoutRoundingItUpToAll) {
  const auto leak = [](double share) {
    return FindingText({.kind = FindingKind::kLeak, .number = share}, Named("fee", {}), "price");
  };
  EXPECT_EQ(leak(0.99999),
            "tells 99.99 % of \"price\" by itself; if it is only known afterwards, --ignore fee");
  EXPECT_EQ(leak(1.0),
            "tells 100 % of \"price\" by itself; if it is only known afterwards, --ignore fee");
}

TEST(ColumnWords, GroupColumnsByWhatTheyShare) {
  const std::vector<ColumnSummary> columns = {
      Named("a", {{.kind = FindingKind::kPercent}}),
      Named("b c", {{.kind = FindingKind::kMissingSpelling, .text = "-", .count = 2},
                    {.kind = FindingKind::kMissingSpelling, .text = "n/a", .count = 1}}),
      Named("d", {{.kind = FindingKind::kPercent}}),
      Named("e", {{.kind = FindingKind::kPercent}}),
      Named("f", {{.kind = FindingKind::kPercent}}),
      Named("g", {{.kind = FindingKind::kPercent}}),
      Named("h", {{.kind = FindingKind::kPercent}, {.kind = FindingKind::kIgnored}})};
  EXPECT_EQ(Surprises(columns, {{.kind = FindingKind::kUnitsRow, .text = "kg", .number = 2}}, "y"),
            (std::vector<std::string>{
                "line 2 holds units such as \"kg\"; passed over",
                "percentages, taken as the numbers before the sign: a, d, e, f and 1 more; "
                "--category NAME takes the cells as text",
                "words taken as missing cells: b c (2 \"-\"; 1 \"n/a\"); --category 'b c' takes "
                "the cells as text"}));
}

TEST(ColumnWords, AreSilentOverAPlainTable) {
  const std::vector<ColumnSummary> columns = {
      Named("a", {}), Named("id", {{.kind = FindingKind::kIgnored}}, ColumnSummary::Kind::kLeftOut),
      Named("b", {{.kind = FindingKind::kLoneLevels, .text = "x", .count = 1}},
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

// A column for every kind of finding.
TableSummary SummaryOfAllKinds() {
  TableSummary summary;
  summary.rows = 12;
  for (const FindingKind kind : AllFindingKinds()) {
    const Finding finding{.kind = kind, .text = "value", .number = 3, .count = 2};
    summary.columns.push_back(Named("column_" + std::to_string(static_cast<int>(kind)), {finding}));
  }
  summary.findings = {{.kind = FindingKind::kTitleLines, .text = "Sales", .count = 1}};
  return summary;
}

TEST(ColumnText, KeepsEveryLineWithinTheWidthAndNamesEveryColumn) {
  const TableSummary summary = SummaryOfAllKinds();
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    const std::string text = ColumnText(summary, "y", 70, language);
    for (const ColumnSummary& column : summary.columns)
      EXPECT_NE(text.find(column.name), std::string::npos);
    for (const std::string& line : Split(text, '\n')) EXPECT_LE(DisplayWidth(line), 70) << line;
  }
}

TEST(ColumnText, AlignsChineseColumns) {
  TableSummary summary;
  summary.rows = 2;
  summary.columns = {Named("面积", {}), Named("price", {}), Named("kind", {})};
  summary.columns[0].role = ColumnSummary::Role::kTime;
  summary.columns[1].role = ColumnSummary::Role::kTarget;
  summary.columns[2].kind = ColumnSummary::Kind::kCategory;
  for (ColumnSummary& column : summary.columns) column.levels = 2;
  EXPECT_EQ(ColumnText(summary, "price", 0, Language::kChinese),
            "2 行，3 列：2 列数值，1 列类别\n\n"
            "列     类型        水平或范围  缺失\n"
            "面积   行的时间    2 个水平\n"
            "price  数值，目标  2 个水平\n"
            "kind   类别        2 个水平\n");
}

TEST(ColumnsSection, SaysBothLanguagesAndIsWellFormed) {
  TuneResult result = RegressionSample();
  result.data.target = "<y>";
  EXPECT_EQ(ColumnsSection(result), "");
  result.data.column_list = SummaryOfAllKinds().columns;
  for (int i = 0; i < 290; ++i)
    result.data.column_list.push_back(Named("more_" + std::to_string(i), {}));
  result.data.findings = {{.kind = FindingKind::kUnitsRow, .text = "<kg>", .number = 2}};
  const std::string html = ColumnsSection(result);
  EXPECT_EQ(XmlProblem("<main>" + html + "</main>"), "");
  for (const char* part :
       {"<span lang=\"zh\">第 2 行是单位，如 &quot;&lt;kg&gt;&quot;，已跳过</span>",
        "<span lang=\"en\">percentages, ", "<span lang=\"zh\">百分数，",
        "<td><span lang=\"en\">number</span><span lang=\"zh\">数值</span></td>", "<td>-</td>",
        "more, in result.json.</span><span lang=\"zh\">另有 "})
    EXPECT_NE(html.find(part), std::string::npos) << part;
  EXPECT_EQ(html.find("<kg>"), std::string::npos);
}

}  // namespace
}  // namespace halflife
