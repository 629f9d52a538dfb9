// Datasets put together by hand, for tests of the fits.
#pragma once

#include <string>
#include <vector>

#include "data/dataset.h"
#include "support/tables.h"

namespace halflife::testing {

inline Target NumberTarget(const Vector& y) {
  Target target;
  target.task = Task::kRegression;
  target.numbers = y;
  return target;
}

inline Target ClassTarget(std::vector<int32_t> classes, int count) {
  Target target;
  target.task = Task::kClassification;
  target.classes = std::move(classes);
  for (int c = 0; c < count; ++c)
    target.class_names.push_back(std::string("c").append(std::to_string(c)));
  return target;
}

// Fold of a row: its number modulo `count`.
inline Folds RoundRobin(std::size_t rows, int count) {
  Folds folds;
  folds.count = count;
  for (std::size_t i = 0; i < rows; ++i)
    folds.of_row.push_back(static_cast<int>(i % static_cast<std::size_t>(count)));
  for (int f = 0; f < count; ++f) folds.names.push_back(std::to_string(f));
  return folds;
}

// Blocks of rows in their order, the first of which is never held out.
inline Folds InOrder(std::size_t rows, int count) {
  Folds folds = RoundRobin(rows, count);
  folds.ordered = true;
  const std::size_t blocks = static_cast<std::size_t>(count) + 1;
  for (std::size_t i = 0; i < rows; ++i) folds.of_row[i] = static_cast<int>(i * blocks / rows) - 1;
  return folds;
}

inline Dataset MakeDataset(std::vector<Column> columns, Target target, Folds folds) {
  Dataset data;
  data.design = Encode(MakeTable(std::move(columns)), {}, MissingPolicy::kIndicator);
  data.weights = Vector::Ones(data.design.rows());
  data.target = std::move(target);
  data.folds.push_back(std::move(folds));
  return data;
}

}  // namespace halflife::testing
