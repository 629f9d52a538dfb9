#include "model/path_ahead.h"

#include <gtest/gtest.h>

#include <cmath>

namespace halflife {
namespace {

Matrix OfLogs(double log_decay, double bend) {
  Matrix parameters(2, 1);
  parameters << 3.0 - 2.0 * log_decay + bend * log_decay * log_decay, 0.5 * log_decay;
  return parameters;
}

TEST(PathAhead, IsTheLastFitWhereThereIsOne) {
  PathAhead path;
  EXPECT_FALSE(path.started());
  path.Add(0.1, OfLogs(1.0, 0.0));
  EXPECT_TRUE(path.started());
  EXPECT_EQ(path.decay(), 0.1);
  EXPECT_EQ(path.Expected(0.01), OfLogs(1.0, 0.0));
}

TEST(PathAhead, FollowsALineThroughTwoAndAParabolaThroughThree) {
  for (const double bend : {0.0, 0.7}) {
    PathAhead path;
    // Steps in log decay that are not equal.
    if (bend != 0.0) path.Add(std::exp(1.0), OfLogs(1.0, bend));
    path.Add(std::exp(0.4), OfLogs(0.4, bend));
    path.Add(std::exp(-0.1), OfLogs(-0.1, bend));
    const Matrix wanted = OfLogs(-0.6, bend);
    EXPECT_LT((path.Expected(std::exp(-0.6)) - wanted).norm(), 1e-14) << bend;
  }
}

TEST(PathAhead, ForgetsAllButThree) {
  PathAhead path;
  path.Add(100.0, OfLogs(77.0, 5.0));
  for (const double log_decay : {1.0, 0.5, 0.0})
    path.Add(std::exp(log_decay), OfLogs(log_decay, 0.7));
  EXPECT_LT((path.Expected(std::exp(-0.5)) - OfLogs(-0.5, 0.7)).norm(), 1e-14);
}

TEST(PathAhead, GoesNoFurtherThanTwiceTheLastStep) {
  PathAhead path;
  path.Add(std::exp(0.5), OfLogs(0.5, 0.0));
  path.Add(1.0, OfLogs(0.0, 0.0));
  EXPECT_LT((path.Expected(std::exp(-9.0)) - OfLogs(-1.0, 0.0)).norm(), 1e-14);
  EXPECT_EQ(path.Expected(0.0), OfLogs(0.0, 0.0));  // which is endlessly far
}

}  // namespace
}  // namespace halflife
