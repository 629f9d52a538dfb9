// Means over folds, their errors, and the test of a difference.
#pragma once

#include <span>
#include <vector>

#include "halflife/tune.h"

namespace halflife {

// The plain mean and the standard deviation (count - 1) over sqrt(count); the error of one value is
// 0.
Estimate MeanAndError(std::span<const double> values);

// The same for `repeats` rounds of folds, one after another in `values`: the mean of all, and the
// mean of the rounds' errors, for the rounds share their rows and more of them tell no more about
// new rows.
Estimate MeanAndErrorOfRounds(std::span<const double> values, int repeats);

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

// A mean over rows and seeds with the error of both, and that error's degrees of freedom.
struct TwoWayEstimate {
  double mean = 0.0;
  double se = 0.0;
  double df = 0.0;  // infinite where the error is 0
};

// Of values[seed][row], every seed with the same rows: the squared error is the variance of the
// seeds' means over S plus that of the rows' means over n, S - 1 and n - 1 degrees of freedom,
// those of the sum by Satterthwaite (1946, Biometrics Bulletin 2:110). What is left of a value
// beyond its seed and its row counts in both, so the error is rather too large than too small. One
// seed tells nothing of chance in training: then only rows count; and of one row only seeds.
TwoWayEstimate TwoWay(std::span<const std::vector<double>> values);

// The test of a mean of 0 of paired differences, differences[seed][row].
PairedTest TwoWayPairedTest(std::span<const std::vector<double>> differences);

}  // namespace halflife
