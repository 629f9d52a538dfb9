// Random bowls and balls within what a reader can set.
#pragma once

#include <cmath>

#include "base/random.h"
#include "lab/bowl.h"

namespace halflife::testing {

inline double Distance(Point one, Point other) {
  return std::hypot(one.x - other.x, one.y - other.y);
}

struct Scene {
  Bowl bowl;
  double level;
  double radius;
};

// What a reader can set, each at random; the ball seldom holds the centre.
inline Scene RandomScene(Random* random) {
  const auto between = [&](double low, double high) {
    return low + (high - low) * random->Uniform();
  };
  const Point centre{between(-3, 3), between(-3, 3)};
  const double stretch = std::exp(between(0, std::log(20)));
  Scene scene;
  scene.bowl = MakeBowl(centre, stretch, between(-90, 90));
  scene.level = std::exp(between(std::log(0.01), std::log(20)));
  scene.radius = std::exp(between(std::log(0.05), std::log(4)));
  return scene;
}

}  // namespace halflife::testing
