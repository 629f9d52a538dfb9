// The expected error of a linear model in its parts: noise, bias, variance.
#pragma once

#include <optional>
#include <vector>

#include "data/dataset.h"
#include "halflife/diagnostics.h"
#include "model/model.h"

namespace halflife {

// Of rows with the same inputs: how many there are, and the variance of their targets around the
// means of their kind. None where fewer than 10 degrees of freedom are left, or more than a fifth
// of them are copies, equal in their targets too.
struct RepeatedRows {
  std::size_t rows = 0;
  double variance = 0.0;
};
std::optional<RepeatedRows> FindRepeatedRows(const Dataset& dataset);

// The parts with the noise alone: of numbers `noise_sd` where that is given, else that of repeated
// rows; else kUnknown.
ErrorParts NoiseOf(const Dataset& dataset, std::optional<double> noise_sd);

// With V the mean variance of leave-one-out predictions where the noise's is 1 (Fit::variance), the
// leave-one-out loss is expected to be
//   sd^2/2 + (mean squared bias)/2 + sd^2 V / 2
// (Geman, Bienenstock and Doursat 1992, Neural Computation 4:1, for the fits to n - 1 rows of these
// inputs). sd is `noise_sd` where that is given, else that of repeated rows, else that of the
// residuals of the fit without decay, RSS / (n - dof - 1), where rows are left for that; else such
// that nothing is left for the bias where the leave-one-out loss is lowest. `fits`: one a grid
// point, ascending decay. None where their leave-one-out losses are not known.
std::optional<ErrorParts> PartsOfError(const Dataset& dataset, const std::vector<Fit>& fits,
                                       std::optional<double> noise_sd);

}  // namespace halflife
