// A trained net: what it expects of a row, its weights, how it predicts, and its two files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "halflife/arrays.h"
#include "halflife/fitted_model.h"
#include "halflife/net.h"

namespace halflife {

// One tensor of a net: "layers.0.weight", units x inputs.
struct NetWeights {
  std::string name;
  std::vector<std::int64_t> shape;
  std::vector<float> values;
};

// A multilayer perceptron. Outputs: one number for regression, else a logit a class. Thread safety:
// a value; Predict may be called with it from any number of threads.
struct FittedNet {
  Task task = Task::kRegression;
  std::string target;
  bool log_target = false;           // the output is the natural log of the target
  std::vector<std::string> classes;  // classification only
  double decay = 0.0;                // the ones it was trained with
  double lr = 0.0;
  double validation_loss = 0.0;  // mean data loss of the rows that chose it
  std::size_t rows = 0;          // how many it was trained on
  NetOptions options;
  // Where rows come from: columns of a table, an input each, without weights; or cells of an array
  // (then `columns` is empty).
  std::vector<ModelInput> columns;
  ArrayScaling cells;
  double target_mean = 0.0;  // regression: the prediction is mean + scale * output
  double target_scale = 1.0;
  std::vector<NetWeights> weights;

  bool of_table() const { return !columns.empty(); }
  std::size_t inputs() const { return of_table() ? columns.size() : cells.kept.size(); }
  std::size_t outputs() const { return task == Task::kRegression ? 1 : classes.size(); }
};

// Applies `net`: logits, or the prediction (before exp where log_target). Throws Error where rows
// are not as it needs them, or a prediction is no finite number.
Predictions Predict(const FittedNet& net, const Table& table);
Predictions Predict(const FittedNet& net, const Array& inputs);

// What is written: model.json, readable by people, format "halflife.net/1", and model.safetensors,
// which it names. The two belong together: model.json holds the CRC-32 of the other.
struct NetFiles {
  std::string json;
  std::string safetensors;
};

inline constexpr const char* kNetWeightsFile = "model.safetensors";

NetFiles NetToFiles(const FittedNet& net);

// Whether these are the bytes of a net's model.json rather than of a FittedModel's.
bool IsNetJson(std::string_view json);

// Reads what NetToFiles wrote; the sources name the files in messages. Throws Error for anything
// else.
FittedNet NetFromFiles(std::string_view json, const std::string& json_source,
                       std::string_view safetensors, const std::string& safetensors_source);

}  // namespace halflife
