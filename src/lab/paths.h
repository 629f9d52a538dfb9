// Two weights trained step by step on a bowl, by any rule and decay law of the library.
#pragma once

#include <string>
#include <vector>

#include "halflife/optimizer.h"
#include "lab/bowl_figure.h"

namespace halflife {

// Weights after 0, 1, 2, ... steps. It ends before the step that would leave the numbers that can
// be drawn (not finite, or beyond 1e6).
struct Walk {
  std::vector<Point> points;
  int diverged = -1;  // the number of that step, counted from 1; -1 where there is none
};

// The shape that the rule sees the two weights in: {2}, and {1, 2} for a rule of matrices alone.
std::vector<std::int64_t> ShapeFor(std::string_view rule);

// Steps the library's optimizer on float weights. The gradient is taken in double and rounded,
// plain arithmetic alone.
Walk WalkOn(const Bowl& bowl, Point start, const OptimizerOptions& options, int steps);

// The most that rounding can part SGD with a coupled and with a decoupled decay after each step, in
// the length of the difference; both walks are the same without rounding. See paths.cc.
std::vector<double> RoundingBound(const Bowl& bowl, const Walk& walk, double lr, double decay);

// What the figures show.
struct PathScene {
  Bowl bowl;
  int steps = 0;
  Walk a;
  Walk b;
  std::string name_a;  // of the law
  std::string name_b;
  std::vector<double> difference;  // in the coordinate that differs most, step by step
  std::vector<double> bound;       // empty where none is known
};
SquareDrawing DrawPaths(const PathScene& scene);
Drawing DrawDifference(const PathScene& scene);

}  // namespace halflife
