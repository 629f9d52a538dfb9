// Any bytes as the model.json of a model or of a net: a sound one that writes back what it read and
// predicts, or a one-line error.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "halflife/error.h"
#include "halflife/fitted_model.h"
#include "halflife/fitted_net.h"

namespace halflife {
namespace {

constexpr std::size_t kRows = 3;

// A column for every input, as it needs them.
Table TableFor(const std::vector<ModelInput>& inputs) {
  Table table;
  table.source = "fuzz.csv";
  table.rows = kRows;
  for (const ModelInput& input : inputs) {
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
  const Predictions predictions = Predict(model, TableFor(model.inputs));
  HALFLIFE_CHECK(predictions.outputs.size() == kRows);
  for (const auto& outputs : predictions.outputs) {
    HALFLIFE_CHECK(outputs.size() == model.outputs());
    if (model.task == Task::kClassification)
      HALFLIFE_CHECK(Probabilities(model, outputs).size() == model.classes.size());
  }
}

// Weights of a net of one input and one output; the corpus names their CRC-32.
const std::string& SomeWeights() {
  static const std::string kWeights = [] {
    FittedNet net;
    net.weights = {{"layers.0.weight", {1, 1}, {0.5F}}, {"layers.0.bias", {1}, {0.25F}}};
    return NetToFiles(net).safetensors;
  }();
  return kWeights;
}

void CheckNet(const FittedNet& net) {
  const NetFiles files = NetToFiles(net);
  const FittedNet again =
      NetFromFiles(files.json, "again.json", files.safetensors, "again.safetensors");
  HALFLIFE_CHECK(NetToFiles(again).json == files.json);
  if (net.of_table()) {
    HALFLIFE_CHECK(Predict(net, TableFor(net.columns)).outputs.size() == kRows);
  } else if (net.cells.width <= kRows) {
    Array row{"fuzz.csv", "row", {1, net.cells.width}, ElementKind::kU1, {}};
    row.bytes.assign(net.cells.width, 7);
    HALFLIFE_CHECK(Predict(net, row).outputs.size() == 1);
  }
}

void CheckAny(std::string_view bytes) {
  if (IsNetJson(bytes)) {
    CheckNet(NetFromFiles(bytes, "fuzz.json", SomeWeights(), "fuzz.safetensors"));
  } else {
    CheckModel(ModelFromJson(bytes, "fuzz.json"));
  }
}

}  // namespace
}  // namespace halflife

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    halflife::CheckAny(bytes);
  } catch (const halflife::Error& error) {
    const std::string message = error.what();
    HALFLIFE_CHECK(message.starts_with("fuzz.json: ") || message.starts_with("fuzz.csv: ") ||
                   message.starts_with("fuzz.safetensors: "));
    HALFLIFE_CHECK(message.find_first_of("\r\n") == std::string::npos);
  }
  return 0;
}
