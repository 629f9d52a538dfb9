#include "report/net_json.h"

#include "halflife/report.h"
#include "report/json_values.h"
#include "report/net_words.h"
#include "report/words.h"

namespace halflife {
namespace {

const char* ScoreKey(const TuneResult& result) { return IsRegression(result) ? "r2" : "accuracy"; }

// A list of one number an epoch.
template <typename Number>
Json Along(const TrainingCurve& curve, Number EpochRecord::*part) {
  Json list = Json::array();
  for (const EpochRecord& epoch : curve.epochs) list.push_back(Finite(epoch.*part));
  return list;
}

Json CurveJson(const TuneResult& result, const TrainingCurve& curve) {
  Json json = {{"seed", curve.seed},
               {"split", curve.split},
               {"train_loss", Along(curve, &EpochRecord::train_loss)},
               {"validation_loss", Along(curve, &EpochRecord::validation_loss)}};
  if (curve.split > 0) return json;  // all of it would be several MB
  json["penalty"] = Along(curve, &EpochRecord::penalty);
  json[std::string("validation_") + ScoreKey(result)] =
      Along(curve, &EpochRecord::validation_score);
  json["gradient_norm"] = Along(curve, &EpochRecord::gradient_norm);
  json["update_angle"] = Along(curve, &EpochRecord::update_angle);
  json["layer_norms"] = Json::array();
  for (const EpochRecord& epoch : curve.epochs) json["layer_norms"].push_back(epoch.layer_norms);
  return json;
}

Json TestJson(const TuneResult& result, const std::optional<TestScore>& test) {
  if (!test) return nullptr;
  Json json = EstimateJson(test->loss);
  json[ScoreKey(result)] = Finite(test->score);
  return json;
}

// What each of several splits chose, and the mean gain on its test rows.
Json SplitsJson(const TuneResult& result) {
  Json splits = Json::array();
  for (const SplitRecord& split : result.training->splits) {
    double gain = 0.0;
    for (const double one : split.gains) gain += one / static_cast<double>(split.gains.size());
    splits.push_back({{"chosen", split.chosen},
                      {"lr", split.lr},
                      {"test", split.rows.size()},
                      {"gain", Finite(gain)}});
  }
  return splits;
}

}  // namespace

Json TrainedPointJson(const TuneResult& result, const TrainedPoint& point) {
  Json json = {{"lr", Finite(point.lr)},
               {"epochs", point.epochs},
               {"seeds", point.seeds},
               {"runs", point.runs},
               {"finished", point.finished},
               {"moved", point.moved},
               {"diverged", point.diverged ? Json(DivergenceText(*point.diverged)) : Json(nullptr)},
               {"half_life_steps", Optional(point.half_life_steps)},
               {"averaging_time_epochs", Optional(point.averaging_time_epochs)},
               {"active", point.active},
               {"curves", Json::array()}};
  for (const TrainingCurve& curve : point.curves)
    json["curves"].push_back(CurveJson(result, curve));
  return json;
}

void AddTraining(const TuneResult& result, Json* json) {
  const TrainingSummary& training = *result.training;
  Json& model = (*json)["model"];
  model["net"] = NetText(result);
  model["optimizer"] = OptimizerText(result);
  model["schedule"] = ScheduleText(result);
  model["batch"] = training.net ? training.net->training.batch : 0;
  model["epochs"] = training.epochs;
  model["steps_per_epoch"] = training.steps_per_epoch;
  model["early_stopping"] = training.early_stopping;
  model["lrs"] = training.lrs;
  model["lr"] = Finite(training.lr);
  model["baseline_lr"] = Finite(training.baseline_lr);
  model["kept"] = {{"all_rows", training.kept.all_rows},
                   {"rows", training.kept.rows},
                   {"epochs", training.kept.epochs},
                   {"seed", training.kept.seed}};
  (*json)["split"] = {{"training", training.training_rows},
                      {"validation", training.validation_rows},
                      {"test", training.test_rows}};
  (*json)["rounds"] = training.rounds;
  (*json)["splits"] = SplitsJson(result);
  (*json)["rows_judged"] = training.rows_judged;
  (*json)["test"] = {{"best", TestJson(result, training.best_test)},
                     {"baseline", TestJson(result, training.baseline_test)}};
  (*json)["sweep"] = {{"epochs_trained", training.epochs_trained},
                      {"epochs_saved", training.epochs_saved},
                      {"stopped", training.stopped}};
  Json& parameters = (*json)["parameters"] = Json::array();
  for (const DecayedParameter& parameter : training.parameters) {
    parameters.push_back({{"name", parameter.name},
                          {"kind", std::string(Name(parameter.kind))},
                          {"decayed", parameter.decayed}});
  }
}

}  // namespace halflife
