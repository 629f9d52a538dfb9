#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "halflife/rule.h"
#include "support/program.h"

namespace halflife {
namespace {

using DescribeProgram = testing::ProgramTest;
using testing::Ran;
using testing::ReadFile;

TEST_F(DescribeProgram, ListsEveryOptimizerAndDecayLaw) {
  const Ran ran = Run("describe");
  ASSERT_EQ(ran.code, 0) << ran.err;
  for (const RuleSpec* rule : Rules())
    EXPECT_NE(ran.out.find("  " + std::string(rule->name) + " "), std::string::npos) << rule->name;
  for (const DecayLawSpec& law : DecayLaws())
    EXPECT_NE(ran.out.find("  " + std::string(law.name) + " "), std::string::npos) << law.name;
}

TEST_F(DescribeProgram, ShowsOneOptimizerWithPaperFormulaAndRanges) {
  const Ran ran = Run("describe adamw");
  ASSERT_EQ(ran.code, 0) << ran.err;
  for (const char* part : {"arXiv:1711.05101", "v <- beta2 v + (1 - beta2) g^2", "beta1",
                           "0 <= x < 1", "law decoupled"})
    EXPECT_NE(ran.out.find(part), std::string::npos) << part;
}

TEST_F(DescribeProgram, WritesTheDocumentationAsItIsCommitted) {
  const Ran ran = Run("describe --markdown");
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, ReadFile(HALFLIFE_SOURCE_DIR "/docs/optimizers.md"))
      << "write it again: halflife describe --markdown > docs/optimizers.md";
}

TEST_F(DescribeProgram, JsonOfOneOptimizerReadsBack) {
  const Ran ran = Run("describe lion --json");
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(nlohmann::json::parse(ran.out)["law"], "decoupled");
}

TEST_F(DescribeProgram, AWrongNameOrTwoFormatsAreOneLineAndCode2) {
  const Ran unknown = Run("describe adanw");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_EQ(unknown.err,
            "halflife: nothing is called \"adanw\"; did you mean \"adamw\"?; `halflife describe` "
            "lists all\n");
  const Ran both = Run("describe --markdown --json");
  EXPECT_EQ(both.code, 2);
  EXPECT_EQ(std::count(both.err.begin(), both.err.end(), '\n'), 1);
}

TEST_F(DescribeProgram, FindsNamesUnderAnySpelling) {
  for (const char* name : {"AdamW", "ADAMW", "'Adam W'", "adam-w", "adam_w"})
    EXPECT_EQ(Run("describe " + std::string(name)).out, Run("describe adamw").out) << name;
  EXPECT_EQ(Run("describe Schedule-Free_AdamW").out, Run("describe schedule_free_adamw").out);
}

TEST_F(DescribeProgram, ShowsASchedulesFormulaOptionsAndSource) {
  const Ran ran = Run("describe cosine");
  ASSERT_EQ(ran.code, 0) << ran.err;
  for (const char* part : {"to + (from - to) (1 + cos(pi k / steps)) / 2", "arXiv:1608.03983",
                           "whole, 1 or more", "the first multiplier"})
    EXPECT_NE(ran.out.find(part), std::string::npos) << part;
}

TEST_F(DescribeProgram, SuggestsSchedulesAndPenaltiesToo) {
  EXPECT_NE(Run("describe cosin").err.find("did you mean \"cosine\"?"), std::string::npos);
  EXPECT_NE(Run("describe grup-lasso").err.find("did you mean \"group-lasso\"?"),
            std::string::npos);
}

}  // namespace
}  // namespace halflife
