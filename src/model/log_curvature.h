// The curvature of log loss in the few weights that may differ from 0: kept from step to step and
// decay to decay while it still serves.
#pragma once

#include <cstdint>
#include <vector>

#include "linalg/linalg.h"

namespace halflife {

// Rows as sparse logistic fits take them.
struct LogLossRows {
  Matrix columns;                // n x p: the decayed columns, standardised
  Matrix free;                   // n x (1 + f): ones, and the columns that are not decayed
  std::vector<int32_t> classes;  // n
  Vector shares;                 // n: the rows' weights, adding up to 1
  int outputs = 1;               // 1 for two classes, else one a class
};

// A decayed column's weight in an output.
struct WeightPlace {
  Eigen::Index output = 0;
  Eigen::Index column = 0;

  auto operator<=>(const WeightPlace&) const = default;
};

// Second derivatives in the weights of `members` of some outputs, those of the outputs' free
// weights profiled out: these always take the step that suits the members' best. Free weights stand
// output by output in vectors.
class LogCurvature {
 public:
  bool empty() const { return shares_.size() == 0; }
  const std::vector<WeightPlace>& members() const { return members_; }
  const Matrix& gram() const { return gram_; }

  // Takes the curvature at `errors` (n x outputs of the rows) of `outputs` for `members`.
  void Renew(const LogLossRows& rows, const Matrix& errors,
             const std::vector<Eigen::Index>& outputs, const std::vector<WeightPlace>& members);

  // Adds those of `members` that are not there, at the curvature there is.
  void Include(const LogLossRows& rows, const std::vector<WeightPlace>& members);

  // What is left of a slope in the members' weights when the free ones follow, `free` being theirs.
  Vector Profile(const Vector& slope, const Vector& free) const;

  // The step of the free weights that goes with `step` of the members'.
  Vector FreeStep(const Vector& step, const Vector& free) const;

  // The mean over rows of a move of the outputs' logits (n x outputs) times curvature times it.
  double Along(const Matrix& move) const;

 private:
  void Append(const LogLossRows& rows, const std::vector<WeightPlace>& members);
  void AddRows(const LogLossRows& rows, Eigen::Index start, Eigen::Index count, Eigen::Index before,
               Matrix* across, Matrix* own) const;
  void Profile();

  std::vector<Eigen::Index> outputs_;
  std::vector<WeightPlace> places_;  // free weights, then members; a free column f stands as -1 - f
  std::vector<WeightPlace> members_;
  Vector shares_;         // n
  Matrix probabilities_;  // n x outputs_
  Matrix spread_;         // n x outputs_: p (1 - p)
  Matrix whole_;          // of all places
  Matrix factor_;         // Cholesky, of the free ones
  Matrix gram_;
};

}  // namespace halflife
