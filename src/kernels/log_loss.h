// Log losses and their derivatives for many fits at once, a row of data at a time.
#pragma once

#include <cstddef>

namespace halflife {

// Fits are counted in multiples of this; what is left over is padding.
inline constexpr std::size_t kLogLossPad = 8;

// The logits of one row under several fits, which stand side by side, an output after the other:
// values[output * fits + fit]. One output is the logit of class 1 of two; with more, each class has
// its own.
struct LogitRow {
  double* values;
  std::size_t fits;  // a multiple of kLogLossPad
  std::size_t outputs;
  std::size_t own;  // the row's class
};

// Replaces the logits by weight * (probability - [class is the row's]), right to a few eps of
// itself however near to 0.
void LogErrors(const LogitRow& row, double weight);

// losses[fit] += weight * log loss, in nats. `values` are overwritten.
void AddLogLosses(const LogitRow& row, double weight, double* losses);

}  // namespace halflife
