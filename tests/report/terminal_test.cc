#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "halflife/report.h"
#include "report/plain_text.h"
#include "report/rows.h"
#include "report/sample_result.h"
#include "support/text.h"

namespace halflife {
namespace {

using testing::Has;

void ExpectNoLineWiderThan(int width, const std::string& text) {
  for (const std::string& line : Split(text, '\n')) EXPECT_LE(DisplayWidth(line), width) << line;
}

TuneResult WithLongNames(TuneResult result) {
  result.data.target = std::string(300, 'x') + " 面积 " + std::string(100, 'y');
  result.data.findings.push_back(
      {.kind = Finding::Kind::kNumbersAsClasses, .text = std::string(200, 'z')});
  for (GridPoint& point : result.grid) {
    point.weight_norm *= 1e9;
    point.train.mean *= -1e12;
    point.validation.mean *= 1e12;
    point.validation.se *= 1e12;
    point.score = -123456.789;
  }
  return result;
}

TEST(TerminalReport, KeepsToItsWidthWhateverTheNamesAndNumbers) {
  for (const int width : {40, 60, 72, 80, 96, 120}) {
    for (const TuneResult& result :
         {RegressionSample(), ClassificationSample(), FlatSample({0.0}, 1e300)}) {
      ExpectNoLineWiderThan(width,
                            TerminalReport(result, {std::string(200, 'p')}, {.width = width}));
      ExpectNoLineWiderThan(
          width, TerminalReport(WithLongNames(result), {"out/report.html"}, {.width = width}));
    }
  }
}

TEST(TerminalReport, BringsAbsurdWidthsIntoItsRange) {
  ExpectNoLineWiderThan(40, TerminalReport(RegressionSample(), {}, {.width = 1}));
  ExpectNoLineWiderThan(96, TerminalReport(RegressionSample(), {}, {.width = 100000}));
}

TEST(TerminalReport, ShowsAllColumnsAtEightyForUsualResults) {
  const std::string text = TerminalReport(RegressionSample(), {});
  for (const char* column :
       {"decay", "train loss", "validation loss +- se", "R2", "||w||", "dof"}) {
    EXPECT_TRUE(Has(text, column)) << column;
  }
  EXPECT_TRUE(Has(TerminalReport(ClassificationSample(), {}), "accuracy"));
}

TEST(TerminalReport, SaysBaselineBestOneSeVerdictUnitsAndFiles) {
  const std::string text =
      TerminalReport(RegressionSample(), {"out/result.json", "out/report.html"});
  for (const char* part :
       {"baseline", "best", "one-SE", "helps", "p\u00A0=\u00A00.019", "mean data loss + decay/2",
        "Ridge(alpha=586)", "lambda=0.0815", "weight_decay=0.4 with MSELoss", "l2(0.2)",
        "out/result.json", "out/report.html"}) {
    EXPECT_TRUE(Has(text, part)) << part;
  }
}

TEST(TerminalReport, AlignsTheColumns) {
  const std::vector<std::string> lines = Split(TerminalReport(RegressionSample(), {}), '\n');
  ASSERT_TRUE(Has(lines[2], "decay"));
  const std::size_t sign = lines[3].find("+-");
  ASSERT_NE(sign, std::string::npos);
  for (std::size_t i = 3; lines[i].starts_with("  "); ++i)
    EXPECT_EQ(lines[i].find("+-"), sign) << lines[i];
}

TEST(TerminalReport, LetsNoControlCharacterThrough) {
  TuneResult result = RegressionSample();
  result.data.target = "a\x1b[2Jb\rc";
  result.data.findings = {
      {.kind = Finding::Kind::kNumbersAsClasses, .text = "\x1b]0;title\x07\xC2\x9B"}};
  const std::string text = TerminalReport(result, {"out\x1b[31m"});
  for (const char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  EXPECT_FALSE(Has(text, "\xC2\x9B"));
}

TEST(TerminalReport, SaysWhichColumnsANarrowTerminalLeavesOut) {
  const TuneResult result = RegressionSample();
  EXPECT_TRUE(Has(TerminalReport(result, {}, {.width = 60}),
                  "left out at this width: train loss, ||w||, dof; a wider\nterminal or a pipe"));
  EXPECT_FALSE(Has(TerminalReport(result, {}, {.width = 80}), "left out"));
  const std::string narrowest = TerminalReport(result, {}, {.width = 40});
  EXPECT_TRUE(Has(narrowest, "train loss, se,"));
  EXPECT_FALSE(Has(narrowest, "+-"));
  EXPECT_TRUE(Has(narrowest, "  best"));
}

TEST(TerminalReport, SaysWhereDegreesOfFreedomAreAnEstimate) {
  TuneResult result = RegressionSample();
  EXPECT_FALSE(Has(TerminalReport(result, {}), "about dof"));
  for (GridPoint& point : result.grid) point.effective_dof_estimated = true;
  EXPECT_TRUE(Has(TerminalReport(result, {}), "about dof"));
}

TEST(TerminalReport, LeavesNothingOutOfAPipe) {
  const std::string text =
      TerminalReport(WithLongNames(RegressionSample()), {}, {.width = 40, .all_columns = true});
  for (const char* column : {"train loss", "validation loss +- se", "R2", "||w||", "dof", "one-SE"})
    EXPECT_TRUE(Has(text, column)) << column;
  EXPECT_FALSE(Has(text, "left out"));
}

TEST(TerminalReport, UsesTheWholeWidthOfAWideTerminalForTheTable) {
  TuneResult result = WithLongNames(RegressionSample());
  result.grid[0].decay = 1.23456e-10;
  result.one_se = result.best;
  for (GridPoint& point : result.grid) point.effective_dof = 1e12;
  const std::string narrow = TerminalReport(result, {}, {.width = 96});
  EXPECT_TRUE(Has(narrow, "left out at this width"));
  EXPECT_FALSE(Has(TerminalReport(result, {}, {.width = 200}), "left out at this width"));
}

TEST(TerminalReport, SaysHowManyDecaysTheTableShowsAndWhereAllAre) {
  TuneResult result = RegressionSample();
  const auto shown = RowsShown(result).size();
  ASSERT_LT(shown, result.grid.size());
  const std::string said =
      fmt::format("{} of the {} decays tried, dense around the best", shown, result.grid.size());
  EXPECT_TRUE(Has(TerminalReport(result, {}), said + "\n"));
  EXPECT_TRUE(Has(TerminalReport(result, {"o/report.html", "o/result.json"}, {.width = 200}),
                  said + "; o/result.json has"));
  EXPECT_FALSE(Has(TerminalReport(FlatSample({0.0, 0.1}, 1.0), {"result.json"}), "decays tried"));
}

TEST(TerminalReportInChinese, KeepsToItsWidthWhateverTheNamesAndNumbers) {
  for (const int width : {40, 60, 72, 80, 96, 120}) {
    const TerminalOptions options = {.width = width, .language = Language::kChinese};
    for (const TuneResult& result :
         {RegressionSample(), ClassificationSample(), NetSample(), FlatSample({0.0}, 1e300)}) {
      ExpectNoLineWiderThan(width, TerminalReport(result, {std::string(200, 'p')}, options));
      if (!result.training)
        ExpectNoLineWiderThan(width, TerminalReport(WithLongNames(result), {"out"}, options));
    }
  }
}

// The display column at which `part` ends in the line.
int EndOf(const std::string& part, const std::string& line) {
  const std::size_t at = line.find(part);
  EXPECT_NE(at, std::string::npos) << part << " in " << line;
  return at == std::string::npos ? -1 : DisplayWidth(line.substr(0, at + part.size()));
}

TEST(TerminalReportInChinese, AlignsTheColumns) {
  const std::vector<std::string> lines =
      Split(TerminalReport(RegressionSample(), {}, {.language = Language::kChinese}), '\n');
  std::size_t head = 0;
  while (head < lines.size() && !Has(lines[head], "训练损失")) ++head;
  ASSERT_LT(head + 3, lines.size());
  for (std::size_t i = head + 1; lines[i].starts_with("  "); ++i) {
    std::vector<std::string> cells = Split(lines[i], ' ');
    std::erase(cells, "");
    ASSERT_GE(cells.size(), 8U) << lines[i];
    EXPECT_EQ(EndOf(" " + cells[0], lines[i]), EndOf("衰减", lines[head]));
    EXPECT_EQ(EndOf(" " + cells[1], lines[i]), EndOf("训练损失", lines[head]));
    EXPECT_EQ(EndOf("+- " + cells[4], lines[i]), EndOf("验证损失 +- 标准误", lines[head]));
    EXPECT_EQ(EndOf(" " + cells[6], lines[i]), EndOf("||w||", lines[head]));
    EXPECT_EQ(EndOf(" " + cells[7], lines[i]), EndOf("自由度", lines[head]));
  }
}

TEST(TerminalReportInChinese, LabelsItsPartsInOneColumn) {
  TuneResult table = RegressionSample();
  table.data.column_list = {{.name = "a"}};
  table.data.column_list[0].findings = {{.kind = Finding::Kind::kPercent}};
  const TerminalOptions options = {.width = 60, .language = Language::kChinese};
  const std::string text = TerminalReport(table, {"out/result.json"}, options);
  for (const char* label :
       {"\n列             1 列数值\n               百分数，", "\n结论           ",
        "\n最优           ", "\n一倍标准误     ", "\n损失           ", "\n约定           ",
        "\n说明           ", "\n已写入         out/", "这个宽度下略去：||w||、自由度；"})
    EXPECT_TRUE(Has(text, label)) << label << text;
  const std::string net = TerminalReport(NetSample(), {}, options);
  for (const char* label : {"\n网络           ", "\n衰减的参数     ", "\n扫描           ",
                            "\n发散           衰减 10：", "半衰期"})
    EXPECT_TRUE(Has(net, label)) << label << net;
}

TEST(TerminalReportInChinese, SaysWhichFitIsKeptWithoutASignal) {
  TuneResult result = RegressionSample();
  result.verdict.signal.none = true;
  const std::string text =
      TerminalReport(result, {}, {.all_columns = true, .language = Language::kChinese});
  EXPECT_TRUE(Has(text, "model.json 里是验证损失最低的拟合，衰减为 ")) << text;
}

}  // namespace
}  // namespace halflife
