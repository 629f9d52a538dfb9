// report.html in Chromium, as the program writes it: of a regression, of classes and of a net.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "support/files.h"
#include "support/program.h"

namespace halflife {
namespace {

struct Tuned {
  const char* name;
  const char* arguments;  // of tune
};

void PrintTo(const Tuned& tuned, std::ostream* out) { *out << tuned.name; }

const Tuned kTuned[] = {
    {"Regression", "ames.csv' --target Sale_Price --log-target"},
    {"Classes", "wa_churn.csv' --target churn --rounds 1"},
    {"Net", "digits.csv' --target digit --model mlp --hidden 8 --epochs 3 --rounds 1"}};

// The program of the fixture is node.
class ReportPage : public testing::ProgramTest, public ::testing::WithParamInterface<Tuned> {
 protected:
  void SetUp() override {
    const std::string tune = "'" HALFLIFE_CLI "' tune '" HALFLIFE_SOURCE_DIR "/data/" +
                             std::string(GetParam().arguments) + " --quiet --out '" + Path("out") +
                             "' >/dev/null";
    ASSERT_EQ(std::system(tune.c_str()), 0);
  }

  void Drive(const std::string& script) const {
    const testing::Ran ran =
        Run("'" HALFLIFE_SOURCE_DIR "/tests/web/" + script + "' out/report.html");
    EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  }
};

TEST_P(ReportPage, EveryControlDoesWhatItSays) { Drive("report.mjs"); }

TEST_P(ReportPage, IsReadableInEveryLookWithoutScriptsAndOnPaper) { Drive("report_looks.mjs"); }

TEST_P(ReportPage, IsOneFileOfLessThanTwoMegabytes) {
  EXPECT_LT(testing::ReadFile(Path("out/report.html")).size(), 2'000'000U);
}

INSTANTIATE_TEST_SUITE_P(All, ReportPage, ::testing::ValuesIn(kTuned),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace halflife
