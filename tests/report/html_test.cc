#include "report/html.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "report/json.h"
#include "report/sample_result.h"
#include "report/terminal.h"
#include "report/xml_check.h"

namespace halflife {
namespace {

TuneResult UnclearSample() {
  TuneResult result = RegressionSample();
  result.verdict = {.label = "no detectable effect",
                    .baseline = 0.0,
                    .improvement = 0.00003,
                    .ci95 = {-0.001, 0.0011},
                    .p_value = 0.41,
                    .minimum_detectable = 0.0017,
                    .notes = {}};
  return result;
}

TEST(ReportHtml, IsWellFormedForBothTasks) {
  EXPECT_EQ(XmlProblem(ReportHtml(RegressionSample())), "");
  EXPECT_EQ(XmlProblem(ReportHtml(ClassificationSample())), "");
}

// Not a check: HALFLIFE_REPORT_SAMPLES=FOLDER writes pages to look at.
TEST(ReportHtml, SamplesAreWrittenWhereAskedFor) {
  const char* folder = std::getenv("HALFLIFE_REPORT_SAMPLES");
  if (folder == nullptr) GTEST_SKIP() << "HALFLIFE_REPORT_SAMPLES names no folder";
  const std::pair<const char*, TuneResult> samples[] = {{"regression", RegressionSample()},
                                                        {"classification", ClassificationSample()},
                                                        {"unclear", UnclearSample()},
                                                        {"flat", FlatSample({0.0}, 0.5)}};
  for (const auto& [name, result] : samples) {
    const std::filesystem::path base = std::filesystem::path(folder) / name;
    std::ofstream(base.string() + ".html") << ReportHtml(result);
    std::ofstream(base.string() + ".json") << ResultJson(result, "0.1.0");
    std::ofstream(base.string() + ".txt") << TerminalReport(result, {"halflife-out/report.html"});
  }
}

}  // namespace
}  // namespace halflife
