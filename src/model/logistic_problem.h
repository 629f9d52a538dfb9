// The log loss problems of logistic and softmax regression: a fold's training rows, or all rows, in
// their own axes, and the rows that check them.
#pragma once

#include <cstdint>
#include <vector>

#include "data/dataset.h"
#include "model/softmax.h"
#include "model/spectrum.h"
#include "model/standardizer.h"

namespace halflife {

// In the axes of its training rows p > n costs no more than p = n, and a direction that no training
// row has stays at weight 0.
struct LogisticProblem {
  Matrix basis;  // kept features x r
  Vector curvature;
  SoftmaxRows training;          // its classes are numbered as in `present`
  std::vector<int32_t> present;  // the classes that training rows have, ascending
  Matrix held_inputs;            // (r + 1) x held rows
  std::vector<int32_t> held_classes;
  Vector held_weights;
  Vector shares;  // of all classes in the training rows; see ClassShares

  // Only in folds that --time or --group make can a class have no training row: its optimum would
  // be a probability of 0. It gets its share of `shares` instead, whatever the features, and the
  // other classes, fitted among themselves, what is left. One class alone needs no fit.
  bool one_class() const { return present.size() == 1; }
};

// Problem of `training` rows, checked by `held` (may be empty).
LogisticProblem MakeLogisticProblem(const Dataset& data, const Standardizer& learnt,
                                    const std::vector<uint32_t>& training,
                                    const std::vector<uint32_t>& held);

// The logits of all classes for the held-out rows, as HeldOutOfLogits takes them.
Matrix HeldLogits(const LogisticProblem& problem, const Matrix& parameters);

}  // namespace halflife
