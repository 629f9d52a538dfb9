#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "halflife/report.h"
#include "report/sample_result.h"
#include "report/xml_check.h"
#include "support/text.h"

namespace halflife {
namespace {

using testing::Has;

TuneResult UnclearSample() {
  TuneResult result = RegressionSample();
  result.verdict = {.label = VerdictLabel::kNoDetectableEffect,
                    .baseline = 0.0,
                    .improvement = 0.00003,
                    .ci95 = {-0.001, 0.0011},
                    .p_value = 0.41,
                    .minimum_detectable = 0.0017,
                    .findings = {}};
  return result;
}

TEST(ReportHtml, IsWellFormedForBothTasks) {
  EXPECT_EQ(XmlProblem(ReportHtml(RegressionSample())), "");
  EXPECT_EQ(XmlProblem(ReportHtml(ClassificationSample())), "");
}

TEST(ReportHtml, IsWellFormedForOddResults) {
  for (const TuneResult& result :
       {FlatSample({0.0}, 0.5), FlatSample({0.3}, INFINITY), UnclearSample()}) {
    EXPECT_EQ(XmlProblem(ReportHtml(result)), "");
  }
}

TEST(ReportHtml, GivesTheAnswerBeforeAnythingElse) {
  const std::string html = ReportHtml(RegressionSample());
  std::size_t before = 0;
  before = html.find("<main>");
  for (const char* part :
       {"Use a weight decay of 0.177", "id=\"loss-wide\"", "<table>", "Does it matter?",
        "id=\"paths-wide\"", ">Use it<", "Ridge(alpha=586)", ">What was done<", ">Glossary<"}) {
    const std::size_t at = html.find(part, before);
    ASSERT_NE(at, std::string::npos) << part;
    before = at;
  }
}

TEST(ReportHtml, HasBothVariantsOfBothFiguresLightAndDark) {
  const std::string html = ReportHtml(ClassificationSample());
  for (const char* part :
       {"id=\"loss-wide\"", "id=\"loss-narrow\"", "id=\"paths-wide\"", "id=\"paths-narrow\"",
        "lang=\"en\"", "prefers-color-scheme: dark", "(max-width: 35rem)"}) {
    EXPECT_TRUE(Has(html, part)) << part;
  }
}

TEST(ReportHtml, EscapesEverythingFromTheUsersFile) {
  constexpr const char* kEvil = "</script><script>alert('&\"')</script>\x1b\x01\xff";
  TuneResult result = ClassificationSample();
  result.data.path = kEvil;
  result.data.target = kEvil;
  result.data.classes = {kEvil, "ok"};
  result.data.findings = {{.kind = Finding::Kind::kNumbersAsClasses, .text = kEvil, .count = 3}};
  for (WeightPath& path : result.paths) path.name = kEvil;
  const std::string html = ReportHtml(result);
  EXPECT_EQ(XmlProblem(html), "");
  EXPECT_FALSE(Has(html, "<script>alert"));
  EXPECT_TRUE(Has(html, "&lt;/script&gt;&lt;script&gt;alert(&#39;&amp;&quot;&#39;)"));
  EXPECT_TRUE(Has(
      html, "\\u003c/script\\u003e\\u003cscript\\u003ealert('\\u0026"));  // in the crosshair's data
}

TEST(ReportHtml, CodeKeepsItsLines) {
  EXPECT_TRUE(Has(ReportHtml(RegressionSample()), "import Ridge\nfrom sklearn.pipeline"));
}

// Not a check: HALFLIFE_REPORT_SAMPLES=FOLDER writes pages to look at.
TEST(ReportHtml, SamplesAreWrittenWhereAskedFor) {
  const char* folder = std::getenv("HALFLIFE_REPORT_SAMPLES");
  if (folder == nullptr) GTEST_SKIP() << "HALFLIFE_REPORT_SAMPLES names no folder";
  const std::pair<const char*, TuneResult> samples[] = {{"regression", RegressionSample()},
                                                        {"classification", ClassificationSample()},
                                                        {"unclear", UnclearSample()},
                                                        {"flat", FlatSample({0.0}, 0.5)},
                                                        {"net", NetSample()}};
  for (const auto& [name, result] : samples) {
    const std::filesystem::path base = std::filesystem::path(folder) / name;
    std::ofstream(base.string() + ".html") << ReportHtml(result);
    std::ofstream(base.string() + ".json") << ResultJson(result);
    std::ofstream(base.string() + ".txt") << TerminalReport(result, {"halflife-out/report.html"});
  }
}

// Cut at its end by the browser, a name would lose what tells it from the others.
TEST(HtmlReport, LeavesTheCuttingOfNamesToTheFigures) {
  EXPECT_EQ(ReportHtml(RegressionSample()).find("text-overflow"), std::string::npos);
}

}  // namespace
}  // namespace halflife
