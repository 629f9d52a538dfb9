// Curvatures and gradients of log loss, summed over rows for many fits at once.
#pragma once

#include <span>
#include <vector>

#include "model/lockstep_passes.h"

namespace halflife {

// part_of[row], row of the dataset, is below `parts`; empty: all rows are of part 0.
struct RowParts {
  std::span<const int> part_of;
  std::size_t parts = 1;
  bool curvatures_apart = true;  // else one curvature of all of them
};

// Of one fit, sums over those of the rows that are of part 0, 1, ...
struct LockstepSums {
  // Of weight * curvature * cells cells': symmetric, of size outputs * size, output by output.
  std::vector<Matrix> curvatures;
  std::vector<Matrix> gradients;  // of weight * error * cells: size x outputs
};

// One a fit. `fits` are parameters in the shared scale, size x outputs.
std::vector<LockstepSums> SumSlopes(const LockstepRows& over, const RowParts& parts,
                                    std::span<const Matrix> fits);
// Of one fit, over all of the rows.
Matrix SumCurvature(const LockstepRows& over, const Matrix& parameters);

}  // namespace halflife
