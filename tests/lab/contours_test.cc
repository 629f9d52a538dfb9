// The answers of the question `contours`.
#include "lab/contours.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/text.h"
#include "lab/questions.h"
#include "report/xml_check.h"
#include "support/errors.h"

namespace halflife {
namespace {

using testing::ErrorOf;

std::string RandomOptions(Random* random) {
  const auto option = [&](const char* name, double low, double high) {
    return std::string(name) + "=" + Number(low + (high - low) * random->Uniform(), 6) + " ";
  };
  return option("cx", -3, 3) + option("cy", -3, 3) + option("stretch", 1, 20) +
         option("angle", -90, 90) + option("level", 0.01, 20) + option("p", 0.5, 4) +
         option("radius", 0.01, 4);
}

TEST(Contours, AnswersWithTheBestFirst) {
  const Answer answer = AskContours(Question("p=0.5 radius=2.4 angle=-45 stretch=6 cx=1.5 cy=1.4"));
  const std::vector<double>& touches = answer.numbers.at("touches");
  ASSERT_GE(touches.size(), 4U);
  EXPECT_EQ(answer.numbers.at("best"), std::vector<double>(touches.begin(), touches.begin() + 2));
  EXPECT_EQ(answer.numbers.at("touch_losses").front(), answer.numbers.at("loss").front());
  EXPECT_EQ(answer.numbers.at("touch_decays").front(), answer.numbers.at("decay").front());
  EXPECT_LE(answer.numbers.at("touch_losses")[0], answer.numbers.at("touch_losses")[1]);
  EXPECT_EQ(answer.numbers.at("inside").front(), 0);
}

TEST(Contours, CountsExactZeros) {
  EXPECT_EQ(AskContours(Question("p=1 cx=2 cy=0.1 angle=0")).numbers.at("zeros").front(), 1);
  EXPECT_EQ(AskContours(Question("p=1.1 cx=2 cy=0.1 angle=0")).numbers.at("zeros").front(), 0);
}

TEST(Contours, ABallThatHoldsTheCentreNeedsNoDecay) {
  const Answer answer = AskContours(Question("cx=0.5 cy=-0.5 radius=2"));
  EXPECT_EQ(answer.numbers.at("inside").front(), 1);
  EXPECT_EQ(answer.numbers.at("decay").front(), 0);
  EXPECT_EQ(answer.numbers.at("best"), (std::vector<double>{0.5, -0.5}));
}

TEST(Contours, FiguresAreWellFormedWithEveryHandleInReach) {
  Random random(9, 1);
  for (int i = 0; i < 200; ++i) {
    const std::string options = RandomOptions(&random);
    SCOPED_TRACE(options);
    const Answer answer = AskContours(Question(options));
    for (const char* name : {"figure.wide", "figure.narrow", "link.wide", "link.narrow"})
      EXPECT_EQ(XmlProblem(answer.texts.at(name)), "") << name;
    for (const char* handle : {"centre", "turn", "stretch", "radius"}) {
      EXPECT_NE(answer.texts.at("figure.wide").find("data-handle=\"" + std::string(handle) + "\""),
                std::string::npos);
    }
    for (const char* name : {"handle_turn", "handle_stretch", "handle_radius"}) {
      const std::vector<double>& at = answer.numbers.at(name);
      // In the plot, or by 0.3 outside where the centre is at its edge.
      EXPECT_LE(std::max(std::abs(at[0]), std::abs(at[1])), 3.3) << name;
    }
    for (const auto& [name, values] : answer.numbers) {
      for (const double value : values) EXPECT_TRUE(std::isfinite(value)) << name;
    }
  }
}

// A page turns the bowl by the angle of the handle, and stretches it by the square of its distance.
TEST(Contours, HandlesLieOnTheAxesOfTheEllipse) {
  const double angle = 0.5235987755982988;  // the default, 30 degrees
  const Answer answer = AskContours(Question("cx=0 cy=0 level=1 stretch=4"));
  const std::vector<double>& turn = answer.numbers.at("handle_turn");
  EXPECT_NEAR(std::atan2(turn[1], turn[0]), angle, 1e-12);
  EXPECT_NEAR(std::hypot(turn[0], turn[1]), std::sqrt(2.0), 1e-12);
  const std::vector<double>& stretch = answer.numbers.at("handle_stretch");
  EXPECT_NEAR(2 * 1 / std::pow(std::hypot(stretch[0], stretch[1]), 2), 4, 1e-12);
}

TEST(Contours, SaysWhereThePlotIs) {
  const Answer answer = AskContours(Question(""));
  EXPECT_EQ(answer.numbers.at("plot_wide"), (std::vector<double>{112, 46, 632, 566, -3, 3}));
  EXPECT_EQ(answer.numbers.at("plot_narrow"), (std::vector<double>{48, 62, 352, 366, -3, 3}));
  EXPECT_NE(answer.texts.at("figure.wide").find("cx=\"510.67\" cy=\"219.33\""), std::string::npos);
}

TEST(Contours, NamesWhatIsOutOfRange) {
  EXPECT_NE(ErrorOf([] { AskContours(Question("p=0.4")); }).find("p \"0.4\""), std::string::npos);
}

}  // namespace
}  // namespace halflife
