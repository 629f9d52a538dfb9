// Data loss and penalty: what the question `penalty` computes, before it is drawn.
#pragma once

#include <cstdint>
#include <vector>

#include "lab/answer.h"

namespace halflife {

struct PenaltyOptions {
  std::uint32_t seed = 1;
  double noise = 0.3;
  int points = 20;
  int degree = 12;
  double decay = 0.0;
  double w = 2.0;  // the one weight that the reader drags
};

// One weight: data loss 1/2 (w - 2)^2 + 0.2.
inline constexpr double kOneDataBest = 2.0;
inline constexpr double kOneLargest = 3.0;  // the reader drags it from -3 to 3
double OneDataLoss(double w);
double OnePenalty(double w, double decay);
// Where their sum is least: 2 / (1 + decay).
double OneBest(double decay);

// The two parts of the polynomial's loss along decays.
struct LossParts {
  std::vector<double> decays;
  std::vector<double> data_loss;
  std::vector<double> penalty;  // decay/2 ||w||^2
};

// The figures, penalty_question_figure.cc.
Drawing DrawOneWeight(const PenaltyOptions& options, Answer* places);
Drawing DrawStack(double decay, const LossParts& parts);

}  // namespace halflife
