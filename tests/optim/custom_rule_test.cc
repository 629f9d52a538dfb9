// Rules of one's own: who is let in, and what stays as it is. What they then do as well as any
// other rule is checked over the registry, in which examples/signum_rule.cc takes part.
#include <gtest/gtest.h>

#include <thread>

#include "halflife/describe.h"
#include "halflife/error.h"
#include "kernels/rule.h"
#include "optim/bad_rules.h"
#include "support/training.h"

namespace halflife {
namespace {

using own::AddBadRule;
using own::AddSignum;
using own::BadRule;

std::string MessageOf(BadRule bad) {
  const std::size_t before = RuleList().size();
  try {
    AddBadRule(bad);
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Error::Fault::kUsage);
    EXPECT_EQ(RuleList().size(), before);
    return error.what();
  }
  return "added";
}

TEST(CustomRule, IsRefusedWithTheReasonAndNothingAdded) {
  EXPECT_EQ(MessageOf(BadRule::kTaken),
            "rule \"adam\": there is one of that name already; give yours another");
  EXPECT_EQ(MessageOf(BadRule::kNamedAsALaw),
            "rule \"cautious\": a decay law has that name; give it another");
  EXPECT_EQ(
      MessageOf(BadRule::kNotAName),
      "rule \"My Rule\": \"My Rule\" is no name; names are small letters, digits and _, a letter "
      "first");
  EXPECT_EQ(MessageOf(BadRule::kOptionTwice),
            "rule \"fine\": \"share\" is there twice; rename one");
  EXPECT_EQ(MessageOf(BadRule::kDefaultBeyondItsRange),
            "rule \"fine\": option share is 1 by default, outside of its own range 0 <= x < 1");
  EXPECT_EQ(MessageOf(BadRule::kRefusesItsOwnLaw),
            "rule \"fine\": it refuses the law that is its default");
  EXPECT_EQ(MessageOf(BadRule::kNegativeLr),
            "rule \"fine\": its default lr and decay must be finite and not negative");
  EXPECT_EQ(MessageOf(BadRule::kWithoutFormula), "rule \"fine\": give it a title and its formula");
  EXPECT_EQ(MessageOf(BadRule::kSlotTwice), "rule \"fine\": \"m\" is there twice; rename one");
  if (own::Lanes() == 1) GTEST_SKIP() << "no vectors here that could give other bits";
  EXPECT_EQ(MessageOf(BadRule::kOtherBits).rfind("rule \"fine\": vectors and plain floats", 0), 0U);
}

TEST(CustomRule, IsAddedOnceHoweverManyThreadsAddItWhileOthersTrain) {
  AddSignum();
  testing::Tensors tensors;
  tensors.Add("w", {7, 11}, 1);
  OptimizerOptions options;
  options.rule = "signum";
  Optimizer optimizer(tensors.Parameters(), options);  // points to its rule
  const std::size_t before = RuleList().size();
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([] {
      AddSignum();
      AddBadRule(BadRule::kNone);
      EXPECT_EQ(FindRule("signum").title, "Signum");
      EXPECT_EQ(FindRule("fine").title, "Fine");
    });
  }
  testing::StepWith(&optimizer, testing::RandomGradients(tensors, 5, 0));
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(RuleList().size(), before + 1);
  testing::StepWith(&optimizer, testing::RandomGradients(tensors, 5, 1));
  EXPECT_EQ(optimizer.step(), 2);
  EXPECT_NE(DescribeText("signum").find("momentum m + (1 - momentum) g"), std::string::npos);
}

}  // namespace
}  // namespace halflife
