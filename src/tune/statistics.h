// Means over folds, their errors, and the test of a difference.
#pragma once

#include <span>

#include "halflife/tune.h"

namespace halflife {

// The plain mean and the standard deviation (count - 1) over sqrt(count); the error of one value is
// 0.
Estimate MeanAndError(std::span<const double> values);

// What paired differences of cross-validated losses say about their mean.
struct PairedTest {
  double mean = 0.0;
  double low = 0.0;  // 95 % interval
  double high = 0.0;
  double p_value = 1.0;             // two-sided, for a mean of 0
  double minimum_detectable = 0.0;  // the mean found with 80 % power at the 5 % level
};

// The corrected resampled t test: folds share training rows, so the variance of the mean is (1/J +
// ratio) s^2 rather than s^2/J, J differences, `held_to_training` the ratio of held-out to training
// rows (Nadeau and Bengio 2003, Machine Learning 52:239, section 4).
PairedTest CorrectedPairedTest(std::span<const double> differences, double held_to_training);

}  // namespace halflife
