// Losses and gradients of a fitted model on a made table, by the formulas of the convention:
//   mean over rows of the data loss, plus decay/2 ||w||^2 over standardised weights,
// the data loss being 1/2 (b + x'w - y)^2, or -log p of the row's class.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "tables/own_problem.h"

namespace halflife::testing {

// A model's weights in the units of `scaling`.
struct OwnFit {
  Eigen::MatrixXd weights;         // kept x outputs
  Eigen::VectorXd intercept;       // outputs
  std::vector<std::string> names;  // classification: the class of each output, or of 0 and 1
};

// `model` as what it adds to a row, feature by feature. What of it does not agree with `scaling`
// (an input too many, one that is absent, another mean or scale) is told in *faults.
OwnFit TakeFit(const OwnProblem& problem, const OwnScaling& scaling, const FittedModel& model,
               std::vector<std::string>* faults);

// The norm of the objective's gradient, over the data's scale. That is the largest that an entry of
// the gradient can be at w = 0: a standardised feature has root mean square 1, so by Cauchy and
// Schwarz an entry is at most the root mean square of the loss's slope in the outputs: sd(y) for a
// regression, 1 for probabilities.
//   Less what rounding alone leaves. The entries of the curvature are at most 1, so a weight that
//   is
// off by a share e moves each entry of the gradient by up to e times itself; a weight is rounded,
// its feature's mean and scale are, and so is the product of the three: e is four epsilon. That is
// next to nothing but where columns are so nearly collinear that weights without decay reach 1e7.
// Likewise four last places of the intercept: targets of its size are themselves rounded to one.
struct OwnGradient {
  double weights = 0.0;
  double intercept = 0.0;
};
OwnGradient GradientOf(const OwnProblem& problem, const OwnScaling& scaling, const OwnFit& fit,
                       const std::vector<uint32_t>& training, double decay);

// The mean data loss over `rows`.
double MeanLossOf(const OwnProblem& problem, const OwnScaling& scaling, const OwnFit& fit,
                  const std::vector<uint32_t>& rows);

}  // namespace halflife::testing
