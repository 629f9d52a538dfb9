// The curvature of log loss in one output's weights, over the few that may differ from 0: kept from
// step to step and decay to decay while it still serves.
#pragma once

#include <vector>

#include "linalg/linalg.h"

namespace halflife {

// Rows as sparse logistic fits take them.
struct LogLossRows {
  Matrix columns;                // n x p: the decayed columns, standardised
  Matrix free;                   // n x (1 + f): ones, and the columns that are not decayed
  std::vector<int32_t> classes;  // n
  Vector shares;                 // n: the rows' weights, adding up to 1
  int outputs = 1;
};

// Second derivatives in the weights of `members` with those of the free columns profiled out.
class OutputCurvature {
 public:
  const std::vector<Eigen::Index>& members() const { return members_; }
  const Matrix& gram() const { return gram_; }

  // Takes the curvature at `errors` (of the output, n) for `members`.
  void Renew(const LogLossRows& rows, const Vector& errors,
             const std::vector<Eigen::Index>& members);

  // Adds members at the curvature there is. False where there is none yet.
  bool Include(const LogLossRows& rows, const std::vector<Eigen::Index>& members);

  // What is left of a slope in the members' weights when the free ones follow, `free` being theirs.
  Vector Profile(const Vector& slope, const Vector& free) const;

  // The step of the free weights that goes with `step` of the members'.
  Vector FreeStep(const Vector& step, const Vector& free) const;

  double Along(const Vector& move) const;  // the mean over rows of curvature times move^2

 private:
  void Append(const LogLossRows& rows, const std::vector<Eigen::Index>& members);

  std::vector<Eigen::Index> members_;
  Vector of_row_;  // n: share times p (1 - p)
  Matrix whole_;   // members x members, before profiling
  Matrix mixed_;   // free x members
  Matrix factor_;  // Cholesky, of free x free
  Matrix gram_;
};

}  // namespace halflife
