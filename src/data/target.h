// The column to predict: which task it poses, and its values as numbers or classes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "halflife/column_list.h"
#include "halflife/data_options.h"
#include "halflife/table.h"
#include "linalg/linalg.h"

namespace halflife {

// What to predict, a value a row.
struct Target {
  Task task = Task::kRegression;
  Vector numbers;                        // regression: the values, after the natural log if asked
  std::vector<int32_t> classes;          // classification: an index into class_names a row
  std::vector<std::string> class_names;  // numbers ascending, or text ascending by bytes
  std::optional<Finding> finding;        // why this task, where it was not plain

  std::size_t rows() const {
    return task == Task::kRegression ? static_cast<std::size_t>(numbers.size()) : classes.size();
  }
};

// That the numbers of `column`, of `distinct` values, are taken as classes though no task was asked
// for.
Finding TakenAsClasses(const Column& column, std::size_t distinct);

// Reads `column`, which has no missing cell. `task` kAuto chooses: text, two distinct values, or at
// most 20 distinct whole numbers with at least 10 rows each on average, and no value that one row
// alone has, are classes; else numbers.
// Throws Error if the column is constant, a class has one row, or the values don't suit the task.
Target ReadTarget(const Column& column, Task task, bool log_target);

// Reads the target of more rows, which `known` stands for: its task and its classes. Throws Error
// for a missing cell, a class that `known` lacks, text for numbers, or no logarithm; `where` names
// the rows.
Target ReadMoreTargets(const Column& column, const Target& known, bool log_target,
                       const std::string& where);

}  // namespace halflife
