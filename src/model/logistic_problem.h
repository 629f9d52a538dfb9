// The log loss problems of logistic and softmax regression: a fold's training rows, or all rows, in
// their own axes, and the rows that check them.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "data/dataset.h"
#include "model/coded_rows.h"
#include "model/present_classes.h"
#include "model/softmax.h"
#include "model/spectrum.h"
#include "model/standardizer.h"

namespace halflife {

// In the axes of its training rows p > n costs no more than p = n, and a direction that no training
// row has stays at weight 0.
struct LogisticProblem {
  Matrix basis;  // kept features x r
  Vector curvature;
  PresentClasses classes;  // one alone needs no fit
  SoftmaxRows training;    // its classes are numbered as in `classes`
  Matrix held_inputs;      // (r + 1) x held rows
  // Of a design read by its codes, instead of basis, curvature and inputs: parameters are then
  // those of the features.
  std::shared_ptr<const CodedRows> coded_training;
  std::shared_ptr<const CodedRows> coded_held;
  bool separable = false;       // known beforehand: without decay there is no finite fit
  bool free_separable = false;  // nor with any: what is not decayed has none
  std::vector<int32_t> held_classes;
  Vector held_weights;
};

// All that does not depend on the inputs: classes and weights.
LogisticProblem WithoutInputs(const Dataset& data, const std::vector<uint32_t>& training,
                              const std::vector<uint32_t>& held);

// Problem of `training` rows, checked by `held` (may be empty).
LogisticProblem MakeLogisticProblem(const Dataset& data, const Standardizer& learnt,
                                    const std::vector<uint32_t>& training,
                                    const std::vector<uint32_t>& held);

// The same for a design read by its codes.
LogisticProblem MakeCodedProblem(const Dataset& data, const Standardizer& learnt,
                                 const std::vector<uint32_t>& training,
                                 const std::vector<uint32_t>& held);

// The weights of the features: kept features x m.
Matrix FeatureWeights(const LogisticProblem& problem, const Matrix& parameters);

// Takes away from parameters at a decay near 0 what moves no training row's logit: in a coded
// problem rounding leaves that in.
void RemoveUnseen(const LogisticProblem& problem, double decay, Matrix* parameters);

// The logits of all classes for the held-out rows, as HeldOutOfLogits takes them.
Matrix HeldLogits(const LogisticProblem& problem, const Matrix& parameters);

}  // namespace halflife
