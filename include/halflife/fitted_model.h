// A fitted model: what it expects of a row, its weights under the user's own names, how it
// predicts, and its file.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "halflife/data_options.h"
#include "halflife/table.h"

namespace halflife {

enum class ModelFamily { kAuto, kLinear, kLogistic, kMlp };

// One input of the model: a number from a column's cell, and what it adds to each output.
struct ModelInput {
  enum class Kind {
    kNumber,
    kMissing,
    kLevel
  };  // the cell's number; 1 if missing; 1 if it holds `level`

  std::string column;
  Kind kind = Kind::kNumber;
  std::string level;  // kLevel only
  double fill = 0.0;  // kNumber: stands in for a missing cell
  NumberMarks marks;  // kNumber: how the file that it was fitted on writes it
  double mean = 0.0;  // standardised as (x - mean) / scale
  double scale = 1.0;
  std::vector<double> weights;  // one an output
};

// A linear or logistic model. Outputs: one for regression and for two classes (the logit of the
// second), else one a class. Thread safety: a value; Predict may be called with it from any number
// of threads.
struct FittedModel {
  ModelFamily family = ModelFamily::kLinear;
  Task task = Task::kRegression;
  std::string target;
  bool log_target = false;           // the output is the natural log of the target
  std::vector<std::string> classes;  // classification only
  double decay = 0.0;                // the one it was fitted at
  double l1_ratio = 0.0;             // the L1 part's share of its penalty, see TuneOptions
  double loss = 0.0;                 // mean data loss on the rows it was fitted on
  std::size_t rows = 0;              // how many those were
  std::vector<double> intercept;     // one an output
  std::vector<ModelInput> inputs;

  std::size_t outputs() const { return intercept.size(); }
};

// What was odd about rows to predict for.
struct InputFinding {
  enum class Kind {
    kMissingCells,   // of a column of numbers, count: the training mean stands in
    kMissingLevels,  // of a category, count: taken as none of the known levels
    kUnknownLevels,  // count, and the first of them: taken as none of the known
    kUnusedColumns,  // count: the model has no use for them; columns: the first five
  };
  Kind kind = Kind::kMissingCells;
  std::vector<std::string> columns;  // one, but for kUnusedColumns
  std::size_t count = 0;
  std::string level = {};

  bool operator==(const InputFinding&) const = default;
};

// Predictions for the rows of a table, and what was odd about them.
struct Predictions {
  std::vector<std::vector<double>> outputs;  // [row][output]: the linear outputs
  std::vector<InputFinding> findings;
};

// Applies `model` to `table`. Throws Error if a column it needs is missing or holds text for
// numbers.
Predictions Predict(const FittedModel& model, const Table& table);

// Class probabilities from the logits of one row.
std::vector<double> Softmax(const std::vector<double>& logits);

// Class probabilities from the outputs of one row, in the order of model.classes.
std::vector<double> Probabilities(const FittedModel& model, const std::vector<double>& outputs);

// model.json, readable by people: format "halflife.model/1".
std::string ModelToJson(const FittedModel& model);

// Reads what ModelToJson wrote; `source` names it in messages. Throws Error for anything else.
FittedModel ModelFromJson(std::string_view bytes, const std::string& source);

}  // namespace halflife
