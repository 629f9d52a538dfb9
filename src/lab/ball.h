// A bowl's loss on the ball ||w||_p <= radius of two weights, p from 0.5 to 4: where it is least,
// and how the ball's edge meets the ellipse of a given loss.
#pragma once

#include <vector>

#include "lab/bowl.h"

namespace halflife {

// A local minimum of the loss on the ball.
struct Touch {
  Point at;
  double loss = 0;
  double decay = 0;  // the multiplier: there the gradient of loss + decay/p ||w||_p^p is zero
};

// How the ball's edge and an ellipse meet.
struct Meeting {
  double first_radius = 0;       // of the smallest ball whose edge reaches the ellipse
  Point first;                   // where it does; one of several where there is a tie
  std::vector<Point> crossings;  // of the edge of the given ball, along the ellipse from `first` on
};

// A place on a quarter of the edge of radius 1: u^p + v^p = 1, tilt = ln(v / u).
struct EdgePlace {
  double tilt = 0;
  double u = 1;
  double v = 0;
  double u_weight = 1;  // u^(1 - p), v^(1 - p): only for p < 1
  double v_weight = 0;
};

// The balls of one p.
class BallShape {
 public:
  explicit BallShape(double p);

  double p() const { return p_; }
  // ||w||_p; no norm in the strict sense for p < 1.
  double Norm(Point w) const;

  // Every local minimum, the best first; one alone for p >= 1. A coordinate is exactly 0 where the
  // minimum is at a corner, and for p > 1 only where the bowl's symmetry has it there.
  std::vector<Touch> Touches(const Bowl& bowl, double radius) const;
  // The best alone; faster for p < 1.
  Touch Best(const Bowl& bowl, double radius) const;

  // Where the edge touches the ellipse without crossing it to within 1e-9 of the radius counts as
  // one meeting.
  Meeting Meet(const Bowl& bowl, double level, double radius) const;

  // The edge as a closed polygon, `quarter` corners from axis to axis.
  std::vector<Point> Edge(double radius, int quarter) const;

 private:
  EdgePlace PlaceAt(double tilt) const;
  Touch TouchAt(const Bowl& bowl, Point at) const;
  Touch OnConvexBall(const Bowl& bowl, double radius) const;
  Touch OnThinBall(const Bowl& bowl, double radius) const;
  std::vector<Touch> AtCorners(const Bowl& bowl, double radius) const;
  void AddArc(const Bowl& bowl, double radius, Point signs, std::vector<Touch>* touches) const;

  double p_;
  std::vector<EdgePlace> places_;  // of one quarter, for p < 1
};

}  // namespace halflife
