// model.json, read and written; see docs/formats.md.

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/text.h"
#include "halflife/fitted_model.h"
#include "model/inputs_json.h"
#include "model/json_reader.h"

namespace halflife {
namespace {

constexpr const char* kFormat = "halflife.model/1";
constexpr std::size_t kMostOutputs = 100000;

void CheckOutputs(const JsonReader& reader, const FittedModel& model) {
  const std::size_t classes = model.classes.size();
  if (model.task == Task::kClassification && classes < 2)
    reader.Reject(ErrorKind::kModelClassesTooFew);
  const std::size_t wanted = model.task == Task::kRegression || classes == 2 ? 1 : classes;
  if (model.outputs() != wanted)
    reader.Reject(ErrorKind::kModelIntercepts, {model.outputs(), wanted});
  if (wanted > kMostOutputs) reader.Reject(ErrorKind::kModelClassesTooMany, {kMostOutputs});
}

}  // namespace

std::string ModelToJson(const FittedModel& model) {
  Json json = {
      {"format", kFormat},
      {"convention", std::string(model.l1_ratio > 0.0
                                     ? "loss = mean data loss + decay * (l1_ratio * ||w||_1 + (1 - "
                                       "l1_ratio)/2 * ||w||^2)"
                                     : "loss = mean data loss + decay/2 * ||w||^2") +
                         "; inputs standardised as (x - mean) / scale; intercept not decayed"},
      {"family", model.family == ModelFamily::kLinear ? "linear" : "logistic"},
      {"task", model.task == Task::kRegression ? "regression" : "classification"},
      {"target", model.target},
      {"log_target", model.log_target},
      {"classes", model.classes},
      {"decay", model.decay},
      {"l1_ratio", model.l1_ratio},
      {"loss", model.loss},
      {"rows", model.rows},
      {"intercept", model.intercept},
      {"inputs", InputsToJson(model.inputs)}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

FittedModel ModelFromJson(std::string_view bytes, const std::string& source) {
  const Json json = ParseModelFile(bytes, source);
  const JsonReader reader(json, source, "");
  const std::string format = reader.Text("format");
  if (format != kFormat) reader.Reject(ErrorKind::kModelFormat, {format, kFormat});
  FittedModel model;
  model.family = reader.OneOf("family", {"linear", "logistic"}) == 0 ? ModelFamily::kLinear
                                                                     : ModelFamily::kLogistic;
  model.task = reader.OneOf("task", {"regression", "classification"}) == 0 ? Task::kRegression
                                                                           : Task::kClassification;
  if ((model.family == ModelFamily::kLinear) != (model.task == Task::kRegression))
    reader.Reject(ErrorKind::kModelFamily);
  model.target = reader.Text("target");
  model.log_target = reader.Flag("log_target");
  model.classes = reader.Texts("classes");
  model.decay = reader.Number("decay");
  if (reader.Has("l1_ratio")) model.l1_ratio = reader.Number("l1_ratio");
  model.loss = reader.Number("loss");
  const double rows = reader.Number("rows");
  if (rows < 0.0 || rows > 1e15) reader.Reject(ErrorKind::kJsonRange, {"rows"});
  model.rows = static_cast<std::size_t>(rows);
  model.intercept = reader.Numbers("intercept");
  CheckOutputs(reader, model);
  model.inputs = InputsFromJson(reader, "inputs", model.outputs());
  return model;
}

}  // namespace halflife
