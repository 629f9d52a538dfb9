// Where the next fit of a path is expected.
#pragma once

#include <vector>

#include "linalg/linalg.h"

namespace halflife {

// The fits of the last three decays, each smaller than the one before.
class PathAhead {
 public:
  bool started() const { return !fits_.empty(); }
  // Of the last fit; `started` must hold.
  double decay() const { return fits_.front().decay; }

  // The parameters expected at `decay`, below those of the last fits: on the parabola through them
  // in log decay, or the line, or as the last where there are fewer. No further ahead than twice
  // the way between the last two, for a curve soon leaves the path. `started` must hold.
  Matrix Expected(double decay) const;

  void Add(double decay, const Matrix& parameters);

 private:
  struct Passed {
    double decay;
    Matrix parameters;
  };
  std::vector<Passed> fits_;  // the last one first
};

}  // namespace halflife
