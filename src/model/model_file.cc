// model.json, read and written; see docs/formats.md.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/text.h"
#include "halflife/fitted_model.h"

namespace halflife {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFormat = "halflife.model/1";
constexpr std::size_t kMostOutputs = 100000;

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

Json InputToJson(const ModelInput& input) {
  Json json = {{"column", input.column}, {"is", KindName(input.kind)}};
  if (input.kind == ModelInput::Kind::kLevel) json["level"] = input.level;
  if (input.kind == ModelInput::Kind::kNumber) json["fill"] = input.fill;
  json["mean"] = input.mean;
  json["scale"] = input.scale;
  json["weights"] = input.weights;
  return json;
}

// Reads keys of one JSON object; every failure names the file and the path inside it.
class Reader {
 public:
  Reader(const Json& json, std::string source, std::string where)
      : json_(json), source_(std::move(source)), where_(std::move(where)) {
    if (!json_.is_object()) Fail("an object is expected");
  }

  [[noreturn]] void Fail(const std::string& what) const {
    FailData(fmt::format("{}: {}: {}; use the model.json that `halflife tune` wrote", source_,
                         where_.empty() ? "model" : where_, what));
  }

  const Json& Get(const char* key) const {
    const auto at = json_.find(key);
    if (at == json_.end()) Fail(fmt::format("\"{}\" is missing", key));
    return *at;
  }

  std::string Text(const char* key) const {
    if (!Get(key).is_string()) Fail(fmt::format("\"{}\" must be text", key));
    return Get(key).get<std::string>();
  }

  bool Flag(const char* key) const {
    if (!Get(key).is_boolean()) Fail(fmt::format("\"{}\" must be true or false", key));
    return Get(key).get<bool>();
  }

  double Number(const char* key) const { return ToNumber(Get(key), key); }

  std::vector<double> Numbers(const char* key) const {
    if (!Get(key).is_array()) Fail(fmt::format("\"{}\" must be a list of numbers", key));
    std::vector<double> numbers;
    for (const Json& item : Get(key)) numbers.push_back(ToNumber(item, key));
    return numbers;
  }

  std::vector<std::string> Texts(const char* key) const {
    if (!Get(key).is_array()) Fail(fmt::format("\"{}\" must be a list of texts", key));
    std::vector<std::string> texts;
    for (const Json& item : Get(key)) {
      if (!item.is_string()) Fail(fmt::format("\"{}\" must be a list of texts", key));
      texts.push_back(item.get<std::string>());
    }
    return texts;
  }

  // The index in `names` of the text under `key`.
  std::size_t OneOf(const char* key, const std::vector<std::string>& names) const {
    const std::string text = Text(key);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == text) return i;
    }
    Fail(fmt::format("\"{}\" is {}, not one of {}", key, Quoted(text), Join(names, ", ")));
  }

 private:
  double ToNumber(const Json& json, const char* key) const {
    if (!json.is_number() || !std::isfinite(json.get<double>()))
      Fail(fmt::format("\"{}\" must be a finite number", key));
    return json.get<double>();
  }

  const Json& json_;
  std::string source_;
  std::string where_;
};

ModelInput InputFromJson(const Reader& reader, std::size_t outputs) {
  ModelInput input;
  input.column = reader.Text("column");
  input.kind = static_cast<ModelInput::Kind>(reader.OneOf("is", {"number", "missing", "level"}));
  if (input.kind == ModelInput::Kind::kLevel) input.level = reader.Text("level");
  if (input.kind == ModelInput::Kind::kNumber) input.fill = reader.Number("fill");
  input.mean = reader.Number("mean");
  input.scale = reader.Number("scale");
  if (input.scale <= 0.0) reader.Fail("\"scale\" must be above 0");
  input.weights = reader.Numbers("weights");
  if (input.weights.size() != outputs) {
    reader.Fail(
        fmt::format("{} weights stand beside {} intercepts", input.weights.size(), outputs));
  }
  return input;
}

void CheckOutputs(const Reader& reader, const FittedModel& model) {
  const std::size_t classes = model.classes.size();
  if (model.task == Task::kClassification && classes < 2)
    reader.Fail("\"classes\" must name at least 2");
  const std::size_t wanted = model.task == Task::kRegression || classes == 2 ? 1 : classes;
  if (model.outputs() != wanted)
    reader.Fail(
        fmt::format("\"intercept\" holds {} numbers where {} are needed", model.outputs(), wanted));
  if (wanted > kMostOutputs) reader.Fail(fmt::format("more than {} classes", kMostOutputs));
}

Json Parse(std::string_view bytes, const std::string& source) {
  // A deep nest of brackets would overflow the parser's own stack of values; our format has
  // depth 4.
  constexpr int kMostDepth = 16;
  const auto shallow = [&](int depth, Json::parse_event_t, const Json&) {
    if (depth > kMostDepth)
      FailData(source +
               ": nested too deep for a model file; use the model.json that `halflife tune` wrote");
    return true;
  };
  try {
    return Json::parse(bytes, shallow);
  } catch (const Json::parse_error& error) {
    FailData(fmt::format("{}: not JSON (byte {}); use the model.json that `halflife tune` wrote",
                         source, error.byte));
  } catch (const Json::exception&) {
    FailData(source +
             ": holds a number out of range; use the model.json that `halflife tune` wrote");
  }
}

}  // namespace

std::string ModelToJson(const FittedModel& model) {
  Json json = {{"format", kFormat},
               {"convention",
                "loss = mean data loss + decay/2 * ||w||^2; inputs standardised as (x - mean) / "
                "scale; intercept not decayed"},
               {"family", model.family == ModelFamily::kLinear ? "linear" : "logistic"},
               {"task", model.task == Task::kRegression ? "regression" : "classification"},
               {"target", model.target},
               {"log_target", model.log_target},
               {"classes", model.classes},
               {"decay", model.decay},
               {"loss", model.loss},
               {"rows", model.rows},
               {"intercept", model.intercept},
               {"inputs", Json::array()}};
  for (const ModelInput& input : model.inputs) json["inputs"].push_back(InputToJson(input));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

FittedModel ModelFromJson(std::string_view bytes, const std::string& source) {
  const Json json = Parse(bytes, source);
  const Reader reader(json, source, "");
  const std::string format = reader.Text("format");
  if (format != kFormat)
    reader.Fail(
        fmt::format("the format is {}, this program reads \"{}\"", Quoted(format), kFormat));
  FittedModel model;
  model.family = reader.OneOf("family", {"linear", "logistic"}) == 0 ? ModelFamily::kLinear
                                                                     : ModelFamily::kLogistic;
  model.task = reader.OneOf("task", {"regression", "classification"}) == 0 ? Task::kRegression
                                                                           : Task::kClassification;
  if ((model.family == ModelFamily::kLinear) != (model.task == Task::kRegression))
    reader.Fail("\"family\" and \"task\" don't go together");
  model.target = reader.Text("target");
  model.log_target = reader.Flag("log_target");
  model.classes = reader.Texts("classes");
  model.decay = reader.Number("decay");
  model.loss = reader.Number("loss");
  const double rows = reader.Number("rows");
  if (rows < 0.0 || rows > 1e15) reader.Fail("\"rows\" is out of range");
  model.rows = static_cast<std::size_t>(rows);
  model.intercept = reader.Numbers("intercept");
  CheckOutputs(reader, model);
  const Json& inputs = reader.Get("inputs");
  if (!inputs.is_array()) reader.Fail("\"inputs\" must be a list");
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    model.inputs.push_back(
        InputFromJson(Reader(inputs[i], source, fmt::format("inputs[{}]", i)), model.outputs()));
  }
  return model;
}

}  // namespace halflife
