// The loss on a ball, as its figures show it.
#pragma once

#include <vector>

#include "lab/ball.h"
#include "lab/bowl_figure.h"

namespace halflife {

struct ContourScene {
  Bowl bowl;
  double level = 0;  // of the bold ellipse
  BallShape shape;
  double radius = 0;
  std::vector<Touch> touches;  // the best first
  Meeting meeting;
};

// Where the handles are, in weights: within the plot or, with the centre in its corner, a little
// outside.
struct ContourHandles {
  Point centre;
  Point turn;     // on the long axis: the bold ellipse's end, where that is in the plot
  Point stretch;  // on the short axis
  Point radius;   // on an axis of weights, on the side away from the centre
};
ContourHandles HandlesOf(const ContourScene& scene);

// The ellipses, the ball, where they meet, and the handles.
SquareDrawing DrawContours(const ContourScene& scene);

// The ball's radius against the decay that gives the same best point; the scene's own is marked.
Drawing DrawDecayOfRadius(const ContourScene& scene);

}  // namespace halflife
