// How the edge of a ball meets an ellipse of the loss.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "lab/ball.h"
#include "lab/scenes.h"

namespace halflife {
namespace {

using testing::Distance;
using testing::RandomScene;
using testing::Scene;

TEST(Meeting, CrossingsLieOnBothCurves) {
  Random random(7, 7);
  std::size_t crossings = 0;
  for (const double p : {0.5, 0.9, 1.0, 1.01, 1.5, 2.0, 3.0, 4.0}) {
    const BallShape shape(p);
    for (int i = 0; i < 100; ++i) {
      const Scene scene = RandomScene(&random);
      const Meeting meeting = shape.Meet(scene.bowl, scene.level, scene.radius);
      crossings += meeting.crossings.size();
      EXPECT_EQ(meeting.crossings.size() % 2, 0U);  // none of these scenes just touches
      for (const Point& at : meeting.crossings) {
        // The angle's rounding, 1e-15, times slopes of the loss of up to 2 * 20 * 20.
        EXPECT_NEAR(scene.bowl.Loss(at), scene.level, 1e-12 * std::max(1.0, scene.level));
        EXPECT_NEAR(shape.Norm(at), scene.radius, 1e-9 * scene.radius);
      }
    }
  }
  EXPECT_GT(crossings, 400U);
}

// A dense walk around the ellipse sees as many changes of side, where they are far enough apart.
TEST(Meeting, FindsAsManyCrossingsAsAWalkAroundTheEllipse) {
  Random random(7, 8);
  std::size_t many = 0;
  for (const double p : {0.5, 0.7, 1.0, 1.2, 2.0, 4.0}) {
    const BallShape shape(p);
    for (int i = 0; i < 100; ++i) {
      const Scene scene = RandomScene(&random);
      const Meeting meeting = shape.Meet(scene.bowl, scene.level, scene.radius);
      constexpr int kPlaces = 8000;
      std::size_t seen = 0;
      for (int k = 0; k < kPlaces; ++k) {
        const auto outside = [&](int place) {
          return shape.Norm(scene.bowl.OnLevel(
                     scene.level, 2 * std::numbers::pi * place / kPlaces)) > scene.radius;
        };
        seen += outside(k) != outside(k + 1) ? 1 : 0;
      }
      EXPECT_EQ(meeting.crossings.size(), seen) << p << " " << i;
      many += seen > 2 ? 1 : 0;
    }
  }
  EXPECT_GT(many, 10U);
}

TEST(Meeting, TheFirstBallJustTouchesTheEllipse) {
  Random random(7, 9);
  for (const double p : {0.5, 0.8, 1.0, 1.05, 1.5, 2.0, 3.0, 4.0}) {
    const BallShape shape(p);
    for (int i = 0; i < 60; ++i) {
      const Scene scene = RandomScene(&random);
      const Meeting meeting = shape.Meet(scene.bowl, scene.level, scene.radius);
      const double first = meeting.first_radius;
      EXPECT_NEAR(scene.bowl.Loss(meeting.first), scene.level, 1e-12 * std::max(1.0, scene.level));
      EXPECT_NEAR(shape.Norm(meeting.first), first, 1e-15 * first);
      EXPECT_TRUE(shape.Meet(scene.bowl, scene.level, first * (1 - 1e-6)).crossings.empty());
      EXPECT_GE(shape.Meet(scene.bowl, scene.level, first * (1 + 1e-6)).crossings.size(), 2U);
      const std::vector<Point> at_first = shape.Meet(scene.bowl, scene.level, first).crossings;
      ASSERT_EQ(at_first.size(), 1U) << p;
      EXPECT_LT(Distance(at_first[0], meeting.first), 1e-12);
      // From outside the ellipse, the ball that reaches it has just that loss as its least.
      if (scene.bowl.Loss({0, 0}) > scene.level) {
        EXPECT_NEAR(shape.Best(scene.bowl, first).loss, scene.level,
                    1e-10 * std::max(1.0, scene.level));
      }
    }
  }
}

TEST(Meeting, CirclesAroundTheSameCentreMeetOnlyWhenEqual) {
  const BallShape shape(2);
  const Bowl bowl = MakeBowl({0, 0}, 1, 0);
  EXPECT_TRUE(shape.Meet(bowl, 0.5, 0.9).crossings.empty());
  EXPECT_NEAR(shape.Meet(bowl, 0.5, 0.9).first_radius, 1, 1e-15);
  EXPECT_FALSE(shape.Meet(bowl, 0.5, 1).crossings.empty());
}

// An ellipse that only touches an axis from one side: there the ball of p < 1 has its corner, and
// the ellipse's turn must not be lost to rounding.
TEST(Meeting, AnEllipseThatTouchesAnAxisTurnsThere) {
  const Bowl bowl = MakeBowl({1.6, 1}, 1, 0);  // a circle of radius 1 at a loss of 1/2
  const Meeting meeting = BallShape(0.5).Meet(bowl, 0.5, 1.6);
  EXPECT_NEAR(meeting.first_radius, 1.6, 1e-15 * 1.6);
  EXPECT_EQ(meeting.crossings.size(), 1U);
  const Bowl tall = MakeBowl({2, -0.5}, 4, -90);
  // Its long axis is vertical: half axes 0.25 and 0.5, so it touches the x axis at (2, 0).
  double least = 1e9;
  for (int i = 0; i < 100000; ++i) {
    const Point w = tall.OnLevel(0.125, 2 * std::numbers::pi * i / 100000);
    least = std::min(least, BallShape(4).Norm(w));
  }
  // The search's places are 6e-5 apart, and around a minimum the norm grows with the square of
  // that.
  EXPECT_NEAR(BallShape(4).Meet(tall, 0.125, 1).first_radius, least, 1e-8);
}

// For 2 < p < 3 the norm can turn right beside an axis.
TEST(Meeting, ATurnBesideAnAxisIsSeen) {
  const BallShape shape(2.5);
  const Bowl bowl = MakeBowl({-1.6, 0}, 1, 0);  // a circle of radius 2 around it
  double least = 1e9;
  for (int i = 0; i < 200000; ++i)
    least = std::min(least, shape.Norm(bowl.OnLevel(2, 2 * std::numbers::pi * i / 200000)));
  EXPECT_LT(least, 0.4 - 1e-6);
  EXPECT_NEAR(shape.Meet(bowl, 2, 1).first_radius, least, 1e-8);
}

}  // namespace
}  // namespace halflife
