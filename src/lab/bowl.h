// The data loss of two weights that the lesson draws: a bowl, least at its centre, whose level
// lines are ellipses.
#pragma once

#include "lab/question.h"
#include "report/svg.h"

namespace halflife {

// 1/2 (w - centre)' A (w - centre); A has curvature 1 along `along` and `stretch` across it.
struct Bowl {
  Point centre;
  double stretch = 1;
  Point along{1, 0};  // of length 1
  double xx = 1;      // A
  double xy = 0;
  double yy = 1;

  double Loss(Point w) const;
  Point Gradient(Point w) const;
  // The ellipse of that loss, once around for `turn` from 0 to 2 pi, 0 at the end of its long axis.
  Point OnLevel(double level, double turn) const;
};

// `degrees` from -90 to 90: how far `along` is turned from the first axis. Plain arithmetic alone,
// so that every machine makes the same bowl.
Bowl MakeBowl(Point centre, double stretch, double degrees);

// The bowl of the options cx, cy, stretch and angle.
Bowl BowlOf(const Question& question);

}  // namespace halflife
