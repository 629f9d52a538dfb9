// The options of a question, and the C functions that a page asks with.
#include "lab/question.h"

#include <gtest/gtest.h>

#include "lab/ask.h"
#include "support/errors.h"

namespace halflife {
namespace {

using testing::ErrorOf;

TEST(Question, ReadsNumbersWordsAndDefaults) {
  const Question question("decay=1e-3  points=20 law=coupled option.beta1=0.8 seed=7");
  EXPECT_EQ(question.Real("decay", 0, 1, 0), 1e-3);
  EXPECT_EQ(question.Real("noise", 0, 1, 0.25), 0.25);
  EXPECT_EQ(question.Whole("points", 5, 100, 9), 20);
  EXPECT_EQ(question.Word("law", ""), "coupled");
  EXPECT_EQ(question.Choice("model", {"auto", "net"}), 0U);
  EXPECT_EQ(question.Seed(), 7U);
  EXPECT_EQ(question.RealsOf("option."), (std::map<std::string, double>{{"beta1", 0.8}}));
  question.CheckAllRead();
}

TEST(Question, SaysWhatIsWrong) {
  EXPECT_EQ(ErrorOf([] { Question("decay"); }), R"("decay": write NAME=VALUE, such as decay=0.01)");
  EXPECT_EQ(ErrorOf([] { Question("a=1 a=2"); }), "a is given twice");
  const Question question("decay=-1 points=2.5 model=nett seed=0.5 poins=3");
  EXPECT_EQ(ErrorOf([&] { question.Real("decay", 0, 10, 0); }),
            R"(decay "-1": a number from 0 to 10)");
  EXPECT_EQ(ErrorOf([&] { question.Whole("points", 1, 9, 1); }),
            "points 2.5: a whole number is needed");
  EXPECT_EQ(ErrorOf([&] {
              question.Choice("model", {"auto", "net"});
            }),
            R"(model "nett": one of auto, net; did you mean "net"?)");
  EXPECT_EQ(ErrorOf([&] { question.Seed(); }), "seed 0.5: a whole number is needed");
  EXPECT_EQ(ErrorOf([&] { question.CheckAllRead(); }),
            R"(there is no option "poins"; did you mean "points"?)");
}

TEST(Ask, AnswersByNameAndSaysWhatIsNotThere) {
  LabAsk("half_life", "lr=0.1 decay=0.5", "", 0);
  EXPECT_EQ(LabCount("left"), 1U);
  // (1 - 0.05)^n = 1/2.
  EXPECT_NEAR(LabNumbers("half_life_steps")[0], 13.513407333964874, 1e-12);
  EXPECT_EQ(std::string(LabText("figure.wide")).rfind("<svg", 0), 0U);
  EXPECT_NE(std::string(LabNames()).find("number averaging_steps\n"), std::string::npos);
  EXPECT_NE(std::string(LabNames()).find("text figure.narrow\n"), std::string::npos);
  EXPECT_EQ(ErrorOf([] { LabNumbers("lef"); }), R"(the answer has no "lef")");
  EXPECT_EQ(ErrorOf([] { LabAsk("half_lives", "", "", 0); }),
            R"(there is no question "half_lives")");
  EXPECT_EQ(ErrorOf([] { LabAsk("half_life", "lrr=1", "", 0); }),
            R"(there is no option "lrr"; did you mean "lr"?)");
}

}  // namespace
}  // namespace halflife
