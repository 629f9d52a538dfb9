// Where the loss is least on a ball, against other methods: the secular equation for p = 2, the
// active set for p = 1, and otherwise a dense search of the edge, parametrised in another way.
#include "lab/ball.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "lab/scenes.h"

namespace halflife {
namespace {

using testing::Distance;
using testing::RandomScene;
using testing::Scene;

constexpr double kHalfPi = std::numbers::pi / 2;
constexpr std::array kPowers = {0.5, 1.0, 1.5, 2.0, 3.0, 4.0};

// The superellipse's usual parameter: not that of ball.cc.
Point OnEdge(double p, double radius, double angle) {
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  return {std::copysign(radius * std::pow(std::abs(c), 2 / p), c),
          std::copysign(radius * std::pow(std::abs(s), 2 / p), s)};
}

double Golden(const std::function<double(double)>& f, double low, double high) {
  constexpr double kShare = 0.6180339887498949;
  for (int i = 0; i < 100; ++i) {
    const double a = high - kShare * (high - low);
    const double b = low + kShare * (high - low);
    (f(a) < f(b) ? high : low) = f(a) < f(b) ? b : a;
  }
  return 0.5 * (low + high);
}

// The least loss on the edge: the best of many places, then golden sections around it.
Point SearchedBest(const Bowl& bowl, double p, double radius) {
  constexpr int kPlaces = 8000;
  const auto loss = [&](double angle) { return bowl.Loss(OnEdge(p, radius, angle)); };
  int best = 0;
  for (int i = 1; i < kPlaces; ++i) {
    if (loss(4 * kHalfPi * i / kPlaces) < loss(4 * kHalfPi * best / kPlaces)) best = i;
  }
  const double step = 4 * kHalfPi / kPlaces;
  const double refined = Golden(loss, step * (best - 1), step * (best + 1));
  const double angle = loss(refined) < loss(step * best) ? refined : step * best;
  return OnEdge(p, radius, angle);
}

// p = 2: w(d) = (A + d I)^-1 A c, and d such that its length is the radius.
Point SecularBest(const Bowl& bowl, double radius) {
  const double lengthwise = bowl.along.x * bowl.centre.x + bowl.along.y * bowl.centre.y;
  const double across = bowl.along.x * bowl.centre.y - bowl.along.y * bowl.centre.x;
  const auto shrunk = [&](double d) {
    const double a = lengthwise / (1 + d);
    const double b = across * bowl.stretch / (bowl.stretch + d);
    return Point{a * bowl.along.x - b * bowl.along.y, a * bowl.along.y + b * bowl.along.x};
  };
  double low = 0;
  double high = 1e6;
  for (int i = 0; i < 200; ++i) {
    const double d = 0.5 * (low + high);
    (Distance(shrunk(d), {0, 0}) > radius ? low : high) = d;
  }
  return shrunk(high);
}

// p = 1: each of the four edges is a segment, on which the loss is a parabola.
Point ActiveSetBest(const Bowl& bowl, double radius) {
  Point best{radius, 0};
  for (const double x : {1.0, -1.0}) {
    for (const double y : {1.0, -1.0}) {
      const Point start{x * radius, 0};
      const Point way{-x * radius, y * radius};
      const Point slope = bowl.Gradient(start);
      const double bend =
          bowl.xx * way.x * way.x + 2 * bowl.xy * way.x * way.y + bowl.yy * way.y * way.y;
      const double t = std::clamp(-(slope.x * way.x + slope.y * way.y) / bend, 0.0, 1.0);
      const Point at{start.x + t * way.x, start.y + t * way.y};
      if (bowl.Loss(at) < bowl.Loss(best)) best = at;
    }
  }
  return best;
}

Point OtherBest(const Bowl& bowl, double p, double radius) {
  if (p == 2) return SecularBest(bowl, radius);
  if (p == 1) return ActiveSetBest(bowl, radius);
  return SearchedBest(bowl, p, radius);
}

// The largest part of the gradient of loss + decay/p ||w||_p^p, over coordinates that are not 0.
double Imbalance(const Bowl& bowl, double p, const Touch& touch) {
  const Point slope = bowl.Gradient(touch.at);
  const auto part = [&](double w, double g) {
    return w == 0 ? 0.0
                  : std::abs(g + touch.decay * std::copysign(std::pow(std::abs(w), p - 1), w));
  };
  return std::max(part(touch.at.x, slope.x), part(touch.at.y, slope.y));
}

// A centre as far out along an axis as the ball reaches: the loss is level at the corner.
TEST(Touches, OfSpikyBallsKnowCornersWhereTheLossIsLevel) {
  int level = 0;
  for (const double p : {0.5, 0.55, 0.75, 0.95}) {
    const BallShape shape(p);
    for (const double cx : {-1.2, -0.6, 0.3, 0.9}) {
      for (const double cy : {-1.1, -0.2, 0.0, 0.2, 0.55}) {
        for (const double stretch : {1.0, 4.0, 20.0}) {
          const Bowl bowl = MakeBowl({cx, cy}, stretch, 0);
          const double radius = std::abs(cx);
          EXPECT_EQ(bowl.Gradient({cx, 0}).x, 0);
          const std::vector<Touch> touches = shape.Touches(bowl, radius);
          ASSERT_FALSE(touches.empty());
          double lowest = std::numeric_limits<double>::infinity();
          for (const Point w : shape.Edge(radius, 20000)) lowest = std::min(lowest, bowl.Loss(w));
          // The search is on the ball, so it finds nothing below the best but by rounding.
          EXPECT_LE(touches.front().loss, lowest * (1 + 1e-12)) << p << cx << cy << stretch;
          // Both are halved to neighbouring doubles, at a minimum, where the loss is flat.
          EXPECT_DOUBLE_EQ(touches.front().loss, shape.Best(bowl, radius).loss);
          for (std::size_t i = 0; i < touches.size(); ++i) {
            for (std::size_t k = 0; k < i; ++k)
              EXPECT_GT(Distance(touches[i].at, touches[k].at), 1e-6 * radius) << p << cx << cy;
          }
          for (const Touch& touch : touches) level += touch.at.x == cx && touch.at.y == 0 ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(level, 20);
}

// Golden sections cannot place a minimum closer than the square root of the rounding of the loss:
// losses up to 500, rounded by 1e-13, at curvatures along the edge of at least about 1, place it to
// 5e-7.
TEST(Ball, TouchesWhereAnotherMethodFindsTheLeastLoss) {
  for (const double p : kPowers) {
    Random random(7, 1);
    const BallShape shape(p);
    int outside = 0;
    while (outside < 50) {
      const Scene scene = RandomScene(&random);
      if (shape.Norm(scene.bowl.centre) <= scene.radius) continue;
      ++outside;
      const std::vector<Touch> all = shape.Touches(scene.bowl, scene.radius);
      const Touch& best = all.front();
      const Point other = OtherBest(scene.bowl, p, scene.radius);
      EXPECT_LE(best.loss, scene.bowl.Loss(other) * (1 + 1e-12)) << p;
      // Where two places are equally good, either is right.
      if (scene.bowl.Loss(other) - best.loss > 1e-9) {
        ADD_FAILURE() << "p " << p << ": " << best.loss << " against " << scene.bowl.Loss(other);
      }
      const auto near = [&](const Touch& touch) { return Distance(touch.at, other) < 1e-6; };
      EXPECT_TRUE(std::any_of(all.begin(), all.end(), near))
          << "p " << p << ": (" << best.at.x << ", " << best.at.y << ") against (" << other.x
          << ", " << other.y << ")";
    }
  }
}

TEST(Ball, TouchesLieOnTheEdge) {
  Random random(7, 2);
  for (const double p : {0.5, 0.8, 1.0, 1.01, 1.5, 2.0, 4.0}) {
    const BallShape shape(p);
    for (int i = 0; i < 50; ++i) {
      const Scene scene = RandomScene(&random);
      for (const Touch& touch : shape.Touches(scene.bowl, scene.radius)) {
        if (touch.decay == 0) continue;
        // Two powers, a sum and a root, each rounded.
        EXPECT_NEAR(shape.Norm(touch.at) / scene.radius, 1, 1e-14 / std::min(p, 1.0));
      }
    }
  }
}

TEST(Ball, TheDecayBalancesTheGradient) {
  Random random(7, 3);
  for (const double p : {0.5, 0.8, 1.0, 1.1, 1.5, 2.0, 3.0, 4.0}) {
    const BallShape shape(p);
    for (int i = 0; i < 100; ++i) {
      const Scene scene = RandomScene(&random);
      for (const Touch& touch : shape.Touches(scene.bowl, scene.radius)) {
        EXPECT_GE(touch.decay, 0);
        // Gradients of up to 20 * 10, whose rounding the flat side of |w|^(p - 1) passes on.
        EXPECT_LE(Imbalance(scene.bowl, p, touch), 1e-10) << p;
      }
    }
  }
}

// Every place of a ring around a local minimum that lies in the ball has a higher loss. Not for p
// near 1: a corner's minimum then reaches no further than about ratio^(p / (1 - p)) of its slopes.
TEST(Ball, EveryTouchIsALocalMinimum) {
  Random random(7, 4);
  for (const double p : {0.5, 0.7, 1.0, 1.3, 2.0, 4.0}) {
    const BallShape shape(p);
    for (int i = 0; i < 60; ++i) {
      const Scene scene = RandomScene(&random);
      for (const Touch& touch : shape.Touches(scene.bowl, scene.radius)) {
        for (int k = 0; k < 720; ++k) {
          const double angle = kHalfPi * k / 180;
          const Point near{touch.at.x + 1e-5 * std::cos(angle),
                           touch.at.y + 1e-5 * std::sin(angle)};
          if (shape.Norm(near) > scene.radius) continue;
          // Losses of up to 500 round by 1e-13.
          EXPECT_GE(scene.bowl.Loss(near), touch.loss - 1e-13) << p;
        }
      }
    }
  }
}

// Along the edge of p < 1, every place lower than its neighbours and than a place further in has a
// touch nearby.
TEST(Ball, BelowOneNoLocalMinimumIsMissed) {
  Random random(7, 5);
  std::size_t several = 0;
  for (const double p : {0.5, 0.6, 0.75, 0.9}) {
    const BallShape shape(p);
    for (int i = 0; i < 60; ++i) {
      const Scene scene = RandomScene(&random);
      const std::vector<Touch> all = shape.Touches(scene.bowl, scene.radius);
      several += all.size() > 1 ? 1 : 0;
      constexpr int kPlaces = 4000;
      const auto at = [&](double place) {
        return OnEdge(p, scene.radius, 4 * kHalfPi * place / kPlaces);
      };
      const auto loss = [&](double place) { return scene.bowl.Loss(at(place)); };
      for (int k = 0; k < kPlaces; ++k) {
        if (loss(k) >= loss(k - 1) || loss(k) >= loss(k + 1)) continue;
        const Point inside{at(k).x * 0.9999, at(k).y * 0.9999};
        if (scene.bowl.Loss(inside) <= loss(k)) continue;
        const double room = std::max(Distance(at(k), at(k - 1)), Distance(at(k), at(k + 1)));
        const auto near = [&](const Touch& touch) { return Distance(touch.at, at(k)) <= room; };
        EXPECT_TRUE(std::any_of(all.begin(), all.end(), near))
            << p << " " << at(k).x << " " << at(k).y;
      }
    }
  }
  EXPECT_GT(several, 100U);  // the case there is to test
}

TEST(Ball, TheBestIsTheFirstOfTheTouches) {
  Random random(7, 10);
  for (const double p : {0.5, 0.7, 0.95, 0.999, 1.0, 2.5}) {
    const BallShape shape(p);
    for (int i = 0; i < 200; ++i) {
      const Scene scene = RandomScene(&random);
      const Touch best = shape.Best(scene.bowl, scene.radius);
      const Touch first = shape.Touches(scene.bowl, scene.radius).front();
      // Found by the same halving from other ends: losses of up to 500 round by 1e-13.
      EXPECT_NEAR(best.loss, first.loss, 1e-12 * std::max(1.0, first.loss)) << p;
    }
  }
}

TEST(Ball, CornersGiveExactZerosForOneAndBelow) {
  const Bowl bowl = MakeBowl({2.5, 0.3}, 4, 20);
  for (const double p : {0.5, 0.99, 1.0}) {
    const Touch best = BallShape(p).Best(bowl, 0.5);
    EXPECT_EQ(best.at.y, 0.0) << p;
    EXPECT_EQ(best.at.x, 0.5) << p;
  }
}

TEST(Ball, AboveOneNothingIsExactlyZeroButBySymmetry) {
  const Bowl bowl = MakeBowl({2.5, 0.3}, 4, 20);
  for (const double p : {1.0001, 1.01, 1.2, 2.0, 4.0}) {
    EXPECT_NE(BallShape(p).Best(bowl, 0.5).at.y, 0.0) << p;
    for (const double angle : {0.0, 90.0, -90.0}) {
      const Touch best = BallShape(p).Best(MakeBowl({0, -2}, 5, angle), 0.5);
      EXPECT_EQ(best.at.x, 0.0) << p;
      EXPECT_EQ(best.at.y, -0.5) << p;
    }
  }
}

// p = 1: the corner (r, 0) is the minimum where |g2| <= -g1; just beyond, it is not.
TEST(Ball, TheCornerOfOneEndsWhereTheSlopesAreEqual) {
  const BallShape shape(1);
  const Point corner{1, 0};
  for (const double ratio : {0.999999, 1.000001}) {
    // A = 1: the gradient at the corner is corner - centre.
    const Bowl bowl = MakeBowl({2, ratio}, 1, 0);
    const Touch best = shape.Best(bowl, 1);
    EXPECT_EQ(best.at.y == 0, ratio < 1);
    // Beyond, by the parabola along the edge, at y = (ratio - 1) / 2.
    EXPECT_NEAR(Distance(best.at, corner), ratio < 1 ? 0 : std::sqrt(2.0) * 0.5e-6, 1e-12);
  }
}

TEST(Ball, PowersNearOneComeNearToTheCorner) {
  // A = 1, centre (2, 0.5): near the corner (1, 0) the slopes are -1 and -0.5, so
  // y^(p - 1) = 0.5 (1 + small): y = 2^(-1 / (p - 1)).
  const Bowl bowl = MakeBowl({2, 0.5}, 1, 0);
  for (const double p : {1.05, 1.02, 1.01, 1.005}) {
    const Touch best = BallShape(p).Best(bowl, 1);
    const double expected = std::pow(0.5, 1 / (p - 1));
    // The slopes change by about y (and 1 - x by less), and the power 1 / (p - 1) passes that on;
    // the rounding of a tilt of up to 140 gives 140 * 2^-52.
    EXPECT_NEAR(best.at.y / expected, 1, 8 * expected / (p - 1) + 1e-11) << p;
  }
}

TEST(Ball, HoldsTheCentreWhenItIsLargeEnough) {
  for (const double p : kPowers) {
    const BallShape shape(p);
    const Bowl bowl = MakeBowl({0.6, -0.4}, 3, 25);
    const double needed = shape.Norm(bowl.centre);
    const Touch inside = shape.Best(bowl, needed * 1.0001);
    EXPECT_EQ(inside.at.x, 0.6);
    EXPECT_EQ(inside.loss, 0.0);
    EXPECT_EQ(inside.decay, 0.0);
    EXPECT_GT(shape.Best(bowl, needed * 0.9999).decay, 0.0);
  }
}

// A ball of p < 1 can hold the centre and still have other minima, at its thin corners.
TEST(Ball, AMinimumAtAThinCornerStaysBesideTheCentre) {
  const Bowl bowl = MakeBowl({1, 0.01}, 20, -77);
  const std::vector<Touch> touches = BallShape(0.5).Touches(bowl, 1.25);
  ASSERT_GT(touches.size(), 1U);
  EXPECT_EQ(touches.front().loss, 0.0);
  EXPECT_LT(bowl.Gradient({0, 1.25}).y, 0.0);
  EXPECT_EQ(touches.back().at.x, 0.0);
  EXPECT_EQ(touches.back().at.y, 1.25);
}

TEST(Ball, AGreaterBallHasALowerLossAndASmallerDecay) {
  Random random(7, 6);
  for (const double p : {1.0, 1.5, 2.0, 4.0}) {
    const BallShape shape(p);
    for (int i = 0; i < 20; ++i) {
      const Scene scene = RandomScene(&random);
      Touch last = shape.Best(scene.bowl, 0.01);
      for (int k = 2; k < 400; ++k) {
        const Touch next = shape.Best(scene.bowl, 0.01 * k);
        EXPECT_LE(next.loss, last.loss);
        EXPECT_LE(next.decay, last.decay * (1 + 1e-12) + 1e-12);
        last = next;
      }
    }
  }
}

TEST(Edge, GoesOnceAroundTheBall) {
  for (const double p : {0.5, 1.0, 2.0, 4.0}) {
    const BallShape shape(p);
    const std::vector<Point> edge = shape.Edge(1.5, 30);
    EXPECT_EQ(edge.size(), 120U);
    EXPECT_EQ(edge[30].x, 0.0);
    for (std::size_t i = 0; i < edge.size(); ++i) {
      const Point at = edge[i];
      const Point next = edge[(i + 1) % edge.size()];
      EXPECT_NEAR(shape.Norm(at), 1.5, 1e-13);
      EXPECT_GT(at.x * next.y - at.y * next.x, 0) << i;  // counterclockwise
    }
  }
}

// The series against the C library's functions: their argument, ours and the series' sum each round
// by up to 3e-16.
TEST(Bowl, IsTurnedByTheAngle) {
  for (int i = -240; i <= 240; ++i) {
    const double degrees = 0.375 * i;
    const Bowl bowl = MakeBowl({0, 0}, 3, degrees);
    EXPECT_NEAR(bowl.along.x, std::cos(degrees * kHalfPi / 90), 9e-16);
    EXPECT_NEAR(bowl.along.y, std::sin(degrees * kHalfPi / 90), 9e-16);
  }
  EXPECT_EQ(MakeBowl({0, 0}, 3, 90).along.x, 0.0);
  EXPECT_EQ(MakeBowl({0, 0}, 3, -90).along.y, -1.0);
}

}  // namespace
}  // namespace halflife
