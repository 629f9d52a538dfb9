// Means over folds, their errors, and the test of a difference.
#pragma once

#include <cstdint>
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

// A mean, its standard error and that error's degrees of freedom.
struct MeanWithError {
  double mean = 0.0;
  double se = 0.0;
  double df = 0.0;  // infinite where the error is 0
};

// a - b, one by one; as many of each.
std::vector<double> Differences(std::span<const double> a, std::span<const double> b);

// A value a row, a list a run.
using RunValues = std::vector<std::vector<double>>;
RunValues Differences(const RunValues& a, const RunValues& b);

// What paired differences of losses say about their mean.
struct PairedTest {
  double mean = 0.0;
  double low = 0.0;  // 95 % interval
  double high = 0.0;
  double p_value = 1.0;             // two-sided, for a mean of 0
  double minimum_detectable = 0.0;  // the mean found with 80 % power at the 5 % level
  double error = 0.0;               // as MeanWithError has them
  double df = 1.0;
};

// How cross-validated differences hang together: of `folds` a round, `held_to_training` the ratio
// of held-out to training rows.
struct FoldDependence {
  int folds = 0;
  double held_to_training = 0.0;
  // Of all rounds together, how many folds hold out rows that no other does: where groups are few,
  // drawing again brings the same folds, which say nothing new. 0: all of them.
  std::size_t distinct = 0;
};

// The corrected resampled t test: folds share training rows, so the variance of the mean is (1/J +
// ratio) s^2 rather than s^2/J, J differences (Nadeau and Bengio 2003, Machine Learning 52:239,
// section 4); with folds - 1 degrees of freedom, for further rounds share all their rows.
PairedTest CorrectedPairedTest(std::span<const double> differences,
                               const FoldDependence& dependence);

// The same with Hall's correction for skewness: with a the skewness of the differences over the
// root of their effective number 1/(1/J + ratio), the statistic t + a (2 t^2 + 1)/6 + a^2 t^3/27
// has Student's distribution (Hall 1992, JRSS B 54:221). Gains of decay are skewed to the right by
// the few folds in which the fit without it explodes; then the lower end of the interval lies
// nearer to the mean, and the upper one farther off.
PairedTest SkewedPairedTest(std::span<const double> differences, const FoldDependence& dependence);

// An estimate of a ratio with its 95 % interval.
struct RatioInterval {
  double mean = 0.0;
  double low = 0.0;
  double high = 0.0;
};

// The share of the mean loss `baseline` that `tuned` saves, 1 - mean(tuned)/mean(baseline); the
// mean of `baseline`, of the same folds in pairs, is above 0. The interval holds the shares that
// SkewedPairedTest does not tell from it (Fieller 1954, JRSS B 16:175): it ends at 1, all of the
// loss, at the latest, and where the baseline's mean could be 0, at no lower end.
RatioInterval SavedShare(std::span<const double> baseline, std::span<const double> tuned,
                         const FoldDependence& dependence);

// How sure it is that the mean lies within `band` of 0: the share of Student's distribution around
// the mean, the posterior of a flat prior (Corani and Benavoli 2015, Machine Learning 100:285).
double ChanceWithin(const PairedTest& test, double band);

// The mean over rows and seeds of values[seed][row], every seed with the same rows: the squared
// error is the variance of the seeds' means over S plus that of the rows' means over n, S - 1 and n
// - 1 degrees of freedom, those of the sum by Satterthwaite (1946, Biometrics Bulletin 2:110). What
// is left of a value beyond its seed and its row counts in both, so the error is rather too large
// than too small. One seed tells nothing of chance in training: then only rows count; and of one
// row only seeds.
MeanWithError TwoWay(std::span<const std::vector<double>> values);

// What one of several splits of the rows tells of those that it judges.
struct SplitValues {
  std::vector<std::uint32_t> rows;          // which they are; different splits may share some
  std::vector<std::vector<double>> values;  // values[seed][i] is that of rows[i]
};

// Of the rows' means over the splits and seeds that judge them: their mean, each row counted once.
// The squared error is the variance of the rows' means over their number plus that of the splits'
// means over theirs, with degrees of freedom as in TwoWay: the first is chance in the rows judged,
// the second chance in the rows that train and choose, and in training. Splits share training rows,
// of which the second term knows nothing; the rows' part of a split's mean counts in both, which is
// about as much (docs/verdict.md). Of one split it is TwoWay.
MeanWithError OverSplits(std::span<const SplitValues> splits);

// The test of a mean of 0 of paired differences: the verdict over training runs. Of several splits
// it has Hall's correction as in SkewedPairedTest, where a is the skewness of the rows' means over
// the root of their number: gains of decay are large for few rows.
PairedTest SplitsPairedTest(std::span<const SplitValues> differences);

}  // namespace halflife
