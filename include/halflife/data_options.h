// How a table is to be read as a problem: what to predict, from what, and which rows check which.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace halflife {

enum class Task { kAuto, kRegression, kClassification };

// What becomes of missing cells: the training mean and a 0/1 column; the mean alone; the row is
// left out.
enum class MissingPolicy { kIndicator, kMean, kDrop };

// The defaults are those of the command line.
struct DataOptions {
  std::string target;  // the column to predict
  Task task = Task::kAuto;
  bool log_target = false;              // model the natural log of the target
  std::vector<std::string> ignore;      // columns left out
  std::vector<std::string> categories;  // columns of text, kept even if most rows have a level of
                                        // their own; ReadOptions has them too
  std::vector<std::string> numbers;     // columns that must hold numbers; ReadOptions has them too
  std::vector<std::string> no_decay;  // columns whose weights are not decayed: of text, all levels
  std::string weight;  // a column of numbers from 0 up: how many rows each row stands for
  MissingPolicy missing = MissingPolicy::kIndicator;
  int folds = 0;            // 0: 10, or 5 above 20,000 rows
  std::string fold_column;  // a column that names each row's fold; empty: drawn by `seed`
  std::string group;        // a column whose rows of one value stay in one fold
  std::string time;         // a column that orders the rows: each fold is judged by earlier rows
  int rounds = 0;           // how many times the folds are drawn anew; 0: 5, or 1 above 100,000
                            // rows and where the folds are fixed
  uint64_t seed = 1;
  int threads = 0;  // 0: all; the answer does not depend on it
};

}  // namespace halflife
