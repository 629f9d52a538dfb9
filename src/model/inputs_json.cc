#include "model/inputs_json.h"

namespace halflife {
namespace {

const char* KindName(ModelInput::Kind kind) {
  switch (kind) {
    case ModelInput::Kind::kNumber:
      return "number";
    case ModelInput::Kind::kMissing:
      return "missing";
    case ModelInput::Kind::kLevel:
      return "level";
  }
  return "";
}

// Only those that some cell showed.
void MarksToJson(const NumberMarks& marks, Json* json) {
  if (marks.thousands != '\0') (*json)["thousands_mark"] = std::string(1, marks.thousands);
  if (marks.decimal != '\0') (*json)["decimal_mark"] = std::string(1, marks.decimal);
}

Json InputToJson(const ModelInput& input) {
  Json json = {{"column", input.column}, {"is", KindName(input.kind)}};
  if (input.kind == ModelInput::Kind::kLevel) json["level"] = input.level;
  if (input.kind == ModelInput::Kind::kNumber) {
    json["fill"] = input.fill;
    MarksToJson(input.marks, &json);
  }
  json["mean"] = input.mean;
  json["scale"] = input.scale;
  if (!input.weights.empty()) json["weights"] = input.weights;
  return json;
}

NumberMarks MarksFromJson(const JsonReader& reader) {
  NumberMarks marks;
  if (reader.Has("thousands_mark"))
    marks.thousands = ",. '"[reader.OneOf("thousands_mark", {",", ".", " ", "'"})];
  if (reader.Has("decimal_mark")) marks.decimal = ".,"[reader.OneOf("decimal_mark", {".", ","})];
  if (marks.thousands != '\0' && marks.thousands == marks.decimal)
    reader.Reject(ErrorKind::kModelMarks);
  return marks;
}

ModelInput InputFromJson(const JsonReader& reader, std::size_t outputs) {
  ModelInput input;
  input.column = reader.Text("column");
  input.kind = static_cast<ModelInput::Kind>(reader.OneOf("is", {"number", "missing", "level"}));
  if (input.kind == ModelInput::Kind::kLevel) input.level = reader.Text("level");
  if (input.kind == ModelInput::Kind::kNumber) {
    input.fill = reader.Number("fill");
    input.marks = MarksFromJson(reader);
  }
  input.mean = reader.Number("mean");
  input.scale = reader.Number("scale");
  if (input.scale <= 0.0) reader.Reject(ErrorKind::kJsonNotPositive, {"scale"});
  if (outputs == 0) return input;
  input.weights = reader.Numbers("weights");
  if (input.weights.size() != outputs) {
    reader.Reject(ErrorKind::kModelInputWeights, {input.weights.size(), outputs});
  }
  return input;
}

}  // namespace

Json InputsToJson(const std::vector<ModelInput>& inputs) {
  Json list = Json::array();
  for (const ModelInput& input : inputs) list.push_back(InputToJson(input));
  return list;
}

std::vector<ModelInput> InputsFromJson(const JsonReader& reader, const char* key,
                                       std::size_t outputs) {
  std::vector<ModelInput> inputs;
  for (const JsonReader& input : reader.Objects(key))
    inputs.push_back(InputFromJson(input, outputs));
  return inputs;
}

}  // namespace halflife
