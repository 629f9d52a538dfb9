#include "kernels/rule_check.h"

#include <gtest/gtest.h>

#include <string>

#include "halflife/error.h"
#include "kernels/rule.h"

namespace halflife {
namespace {

bool Takes(std::string_view name) {
  const Rule& sgd = FindRuleEntry("sgd");
  RuleSpec spec = *sgd.spec;
  spec.name = name;
  try {
    CheckRule(spec, *sgd.elementwise);
  } catch (const Error&) {
    return false;
  }
  return true;
}

TEST(RuleCheck, NamesBeginWithASmallLetter) {
  for (std::string name = "?"; name[0] < 127; ++name[0])
    EXPECT_EQ(Takes(name), name[0] >= 'a' && name[0] <= 'z') << name;
}

TEST(RuleCheck, NamesGoOnWithSmallLettersDigitsAndLines) {
  for (std::string name = "a "; name[1] < 127; ++name[1]) {
    const char c = name[1];
    const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    EXPECT_EQ(Takes(name), fits) << name;
  }
  EXPECT_FALSE(Takes(""));
}

}  // namespace
}  // namespace halflife
