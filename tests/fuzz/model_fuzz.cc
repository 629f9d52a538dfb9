// Any bytes as a model.json: a sound model that writes back what it read and predicts, or a
// one-line error.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "halflife/error.h"
#include "halflife/fitted_model.h"

namespace halflife {
namespace {

constexpr std::size_t kRows = 3;

// A column for every input of the model, as it needs them.
Table TableFor(const FittedModel& model) {
  Table table;
  table.source = "fuzz.csv";
  table.rows = kRows;
  for (const ModelInput& input : model.inputs) {
    if (table.Find(input.column) >= 0) continue;
    Column column;
    column.name = input.column;
    column.numbers = {0.5, -1e9, 3.0};
    table.columns.push_back(column);
  }
  return table;
}

void CheckModel(const FittedModel& model) {
  const std::string json = ModelToJson(model);
  HALFLIFE_CHECK(ModelToJson(ModelFromJson(json, "again.json")) == json);
  const Predictions predictions = Predict(model, TableFor(model));
  HALFLIFE_CHECK(predictions.outputs.size() == kRows);
  for (const auto& outputs : predictions.outputs) {
    HALFLIFE_CHECK(outputs.size() == model.outputs());
    if (model.task == Task::kClassification)
      HALFLIFE_CHECK(Probabilities(model, outputs).size() == model.classes.size());
  }
}

}  // namespace
}  // namespace halflife

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    halflife::CheckModel(halflife::ModelFromJson(bytes, "fuzz.json"));
  } catch (const halflife::Error& error) {
    const std::string message = error.what();
    HALFLIFE_CHECK(message.starts_with("fuzz.json: ") || message.starts_with("fuzz.csv: "));
    HALFLIFE_CHECK(message.find_first_of("\r\n") == std::string::npos);
  }
  return 0;
}
