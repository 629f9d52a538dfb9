// The code in the READMEs is the code in examples/, which is compiled and run.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/files.h"

namespace {

std::string Read(const std::string& name) {
  return halflife::testing::ReadFile(std::string(HALFLIFE_SOURCE_DIR) + "/" + name);
}

TEST(Readme, ShowsTheExampleAsItIs) {
  const std::string example = "```cpp\n" + Read("examples/tune_table.cc") + "```\n";
  for (const char* readme : {"README.md", "README.zh-CN.md"}) {
    EXPECT_NE(Read(readme).find(example), std::string::npos)
        << readme << " differs from examples/tune_table.cc";
  }
}

TEST(Readme, ShowsTheRuleOfOnesOwnAsItIs) {
  for (const char* example : {"examples/signum_rule.cc", "examples/own_rule.cc"}) {
    EXPECT_NE(Read("docs/custom_rules.md").find("```cpp\n" + Read(example) + "```\n"),
              std::string::npos)
        << "docs/custom_rules.md differs from " << example;
  }
  const std::string rule = Read("examples/signum_rule.cc");
  EXPECT_LT(std::count(rule.begin(), rule.end(), '\n'), 60);
}

}  // namespace
