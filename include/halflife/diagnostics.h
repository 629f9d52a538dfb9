// What is known of a tuned model beside the sweep: its weights, its loss, its errors. The figures
// of a report are drawn from it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "halflife/estimate.h"

namespace halflife {

// How many values lie in each of several bins of one width between `low` and `high`.
struct Histogram {
  double low = 0.0;
  double high = 0.0;
  std::vector<std::size_t> counts;
};

// All weights that are decayed, in standardised units, at the verdict's baseline and at the best
// decay: the same bins.
struct WeightHistograms {
  Histogram baseline;
  Histogram best;
};

// The expected loss on a new row, in its parts: the noise that no model foresees, the bias of the
// fits' mean and their variance over tables like this one.
struct ErrorParts {
  // Where the noise is known from.
  enum class NoiseSource {
    kGiven,         // its standard deviation was named
    kRepeatedRows,  // rows whose inputs are the same
    kResiduals,     // what the fit without decay leaves, over the rows that no weight uses up
    kBestFit,       // what leave-one-out leaves at its best decay, less the variance there: bias is
                    // 0 there by that
    kUnknown,       // it is not: `noise` is 0 and part of `bias`
  };
  NoiseSource source = NoiseSource::kBestFit;
  double noise_sd = 0.0;          // of the target
  std::size_t repeated_rows = 0;  // kRepeatedRows: how many have a twin
  double noise = 0.0;             // its part of the loss, the same at every decay
  // How many sets of rows, drawn with replacement, were fitted for the variance; 0: it is that of
  // leave-one-out predictions, by a formula.
  int samples = 0;
  // A value a grid point; NaN where not known. The bias is what the other two leave of the loss of
  // leave-one-out, or of the rows that a set lacks, which is an estimate: it can come out a little
  // below 0.
  std::vector<double> bias;
  std::vector<double> variance;  // the same
};

// Eigenvalues of the data loss's curvature in the weights, w = 0: how stiff the loss is in each
// direction. Decay leaves value / (value + decay) of a direction's weight.
struct Curvature {
  std::size_t rank = 0;            // how many are not 0 to rounding
  std::vector<std::size_t> index;  // those that are kept, ascending from 0, the largest value
  std::vector<double> values;
};

// Where a penalty holds the weights of a plane.
struct PlanePoint {
  double decay = 0.0;
  double weights[2] = {0.0, 0.0};
};

// The data loss of a model of two columns alone (and the intercept), over their two weights, in
// standardised units.
struct LossPlane {
  std::array<std::string, 2> names;
  std::size_t rows = 0;        // that the loss is a mean over: all, or a sample spread over them
  double low[2] = {0.0, 0.0};  // the grid's ends
  double high[2] = {0.0, 0.0};
  std::size_t side = 0;        // points of the grid along each
  std::vector<double> loss;    // loss[j * side + i]: first weight i, second weight j
  std::vector<PlanePoint> l2;  // ascending decay, from the minimum to nearly 0
  std::vector<PlanePoint> l1;
  // That of the tuned penalty at the best decay (of an elastic net its L1 part), and where the
  // other has the same loss.
  PlanePoint at_l2;
  PlanePoint at_l1;
};

// Predictions of numbers on held-out rows, at the best decay.
struct HeldOutNumbers {
  std::size_t rows = 0;       // in all
  std::vector<double> truth;  // of at most 500 of them
  std::vector<double> predicted;
  Histogram residuals;  // truth less prediction, of all
};

// Some held-out rows with about the same predicted probability of a class.
struct ReliabilityBin {
  double predicted = 0.0;  // their mean probability
  double observed = 0.0;   // the share of them that the class has
  std::size_t rows = 0;
};

// Predictions of classes on held-out rows, at the best decay.
struct HeldOutClasses {
  std::size_t rows = 0;
  std::vector<std::vector<std::size_t>> confusion;  // [true class][predicted class]; empty of more
                                                    // than 50
  std::vector<ReliabilityBin> reliability;  // of the second of two classes, else of the class
                                            // predicted
  // Two classes, from (0, 0) to (1, 1): shares of the first and of the second class that are told
  // as the second, as the threshold falls.
  std::vector<double> false_positive;
  std::vector<double> true_positive;
};

// Held-out loss where fewer rows train: a mean over so many folds of the first round, where there
// are as many.
inline constexpr int kFoldsOfLearningCurve = 3;
struct LearningPoint {
  double share = 1.0;    // of the rows that train
  std::size_t rows = 0;  // how many those are, a mean over folds
  Estimate baseline;
  Estimate best;  // at the decay that is best with all rows
};

// A net of another size.
struct SizePoint {
  std::vector<int> hidden;  // units of its layers
  std::size_t parameters = 0;
  double best_decay = 0.0;     // chosen for this size; of several splits their lower median
  double baseline_loss = 0.0;  // on rows that no choice has seen
  double best_loss = 0.0;
  Estimate gain;  // the first less the second
};

struct Diagnostics {
  std::optional<WeightHistograms> weights;
  std::optional<ErrorParts> error_parts;
  std::optional<Curvature> curvature;
  std::optional<LossPlane> plane;
  std::optional<HeldOutNumbers> numbers;
  std::optional<HeldOutClasses> classes;
  std::vector<LearningPoint> learning;  // ascending rows
  std::vector<SizePoint> sizes;         // ascending parameters
};

}  // namespace halflife
