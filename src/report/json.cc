#include <nlohmann/json.hpp>

#include "halflife/report.h"
#include "report/answer.h"
#include "report/column_json.h"
#include "report/finding_json.h"
#include "report/json_values.h"
#include "report/net_json.h"
#include "report/net_words.h"
#include "report/penalty_words.h"
#include "report/torch_code.h"
#include "report/words.h"

namespace halflife {
namespace {

Json DataJson(const DataSummary& data) {
  Json json = {{"path", data.path},
               {"rows", data.rows},
               {"rows_dropped", data.rows_dropped},
               {"streamed", data.streamed},
               {"total_weight", Finite(data.total_weight)},
               {"columns", data.columns},
               {"features", data.features},
               {"target", data.target},
               {"task", data.task == Task::kClassification ? "classification" : "regression"},
               {"classes", data.classes},
               {"log_target", data.log_target},
               {"column_list", ColumnListJson(data.column_list, data.target)},
               {"findings", FindingsJson(data.findings)}};
  if (data.null_loss)
    json["null"] = {{"loss", Finite(*data.null_loss)}, {"accuracy", Optional(data.null_accuracy)}};
  return json;
}

Json GridJson(const TuneResult& result) {
  Json grid = Json::array();
  for (const GridPoint& point : result.grid) {
    Json validation = EstimateJson(point.validation);
    validation[IsRegression(result) ? "r2" : "accuracy"] = Finite(point.score);
    if (!IsRegression(result) && !point.trained) {
      validation["balanced_accuracy"] = Optional(point.balanced_accuracy);
      validation["auc"] = Optional(point.auc);
      validation["average_precision"] = Optional(point.average_precision);
    }
    Json entry = {{"decay", Finite(point.decay)},
                  {"train", EstimateJson(point.train)},
                  {"validation", validation},
                  {"weight_norm", Finite(point.weight_norm)},
                  {"effective_dof", Optional(point.effective_dof)},
                  {"loo", Optional(point.loo)},
                  {"gcv", Optional(point.gcv)},
                  {"log_evidence", Optional(point.log_evidence)},
                  {"half_life_epochs", Optional(point.half_life_epochs)}};
    if (point.effective_dof_estimated) entry["effective_dof_estimated"] = true;
    if (!point.trained) entry["nonzero"] = point.nonzero ? Json(*point.nonzero) : Json(nullptr);
    if (point.trained) entry["trained"] = TrainedPointJson(result, *point.trained);
    grid.push_back(std::move(entry));
  }
  return grid;
}

// The columns against the best constant.
Json SignalJson(const SignalTest& signal) {
  return {{"no_signal", signal.none},
          {"improvement", Finite(signal.improvement)},
          {"ci95", Json::array({Finite(signal.ci95[0]), Finite(signal.ci95[1])})},
          {"p_value", Optional(signal.p_value)}};
}

Json IntervalJson(double low, double high) { return Json::array({Finite(low), Finite(high)}); }

Json PercentJson(const std::optional<Percent>& percent) {
  if (!percent) return nullptr;
  return {{"mean", Finite(percent->mean)},
          {"ci95", IntervalJson(percent->ci95[0], percent->ci95[1])}};
}

Json ScoreChangesJson(const Verdict& verdict) {
  Json changes = Json::array();
  for (const ScoreChange& change : verdict.score_changes) {
    changes.push_back({{"score", Name(change.score)},
                       {"baseline", Finite(change.baseline)},
                       {"tuned", Finite(change.tuned)},
                       {"ci95", IntervalJson(change.ci95[0], change.ci95[1])}});
  }
  return changes;
}

Json ChoiceJson(const std::optional<ChoiceCount>& chosen) {
  if (!chosen) return nullptr;
  return {{"count", chosen->count}, {"of", chosen->of}};
}

Json DecayGainJson(const DecayGain& value) {
  return {{"decay", Finite(value.decay)},
          {"improvement", Finite(value.gain.improvement)},
          {"ci95", IntervalJson(value.gain.ci95[0], value.gain.ci95[1])},
          {"p_value", Finite(value.gain.p_value)},
          {"percent", PercentJson(value.gain.percent)}};
}

Json TextbookJson(const Verdict& verdict) {
  Json values = Json::array();
  for (const DecayGain& value : verdict.textbook) values.push_back(DecayGainJson(value));
  return values;
}

Json VerdictJson(const TuneResult& result) {
  const Verdict& verdict = result.verdict;
  return {{"label", Name(verdict.label)},
          {"baseline", Finite(verdict.baseline)},
          {"compared", Finite(verdict.compared)},
          {"improvement", Finite(verdict.improvement)},
          {"ci95", Json::array({Finite(verdict.ci95[0]), Finite(verdict.ci95[1])})},
          {"p_value", Finite(verdict.p_value)},
          {"minimum_detectable", Finite(verdict.minimum_detectable)},
          {"baseline_loss", Optional(verdict.baseline_loss)},
          {"gain_percent", PercentJson(verdict.gain_percent)},
          {"score_change", ScoreChangesJson(verdict)},
          {"negligible_band", Optional(verdict.negligible_band)},
          {"chance_negligible", Optional(verdict.chance_negligible)},
          {"chose_zero", ChoiceJson(verdict.chose_baseline)},
          {"over_current", verdict.over_current ? DecayGainJson(*verdict.over_current) : Json()},
          {"textbook", TextbookJson(verdict)},
          {"no_signal", SignalJson(verdict.signal)},
          {"findings", FindingsJson(verdict.findings)},
          {"notes", VerdictNotes(result)}};
}

Json EquivalentsJson(const TuneResult& result) {
  const Equivalents& units = result.equivalents;
  Json json;
  if (IsTrained(result)) {  // of the linear models' units a net has none
    for (const char* key : {IsRegression(result) ? "sklearn_alpha" : "sklearn_C", "glmnet_lambda"})
      json[key] = nullptr;
    json["pytorch_weight_decay"] =
        TakesTorchDecay(*result.training) ? Finite(units.pytorch_weight_decay) : Json(nullptr);
    json["keras_l2"] = IsCoupled(result) && TakesTorchDecay(*result.training)
                           ? Finite(units.keras_l2)
                           : Json(nullptr);
    return json;
  }
  if (IsRegression(result)) {
    json["sklearn_alpha"] = Optional(units.sklearn_alpha);
  } else {
    json["sklearn_C"] = Optional(units.sklearn_c);
  }
  json["glmnet_lambda"] = Finite(units.glmnet_lambda);
  json["glmnet_alpha"] = Finite(units.glmnet_alpha);
  json["pytorch_weight_decay"] = Finite(units.pytorch_weight_decay);
  json["keras_l2"] = Finite(units.keras_l2);
  if (IsSparse(result)) {
    json["pytorch_l1"] = Finite(units.pytorch_l1);
    json["keras_l1"] = Finite(units.keras_l1);
  }
  return json;
}

Json PathsJson(const TuneResult& result) {
  Json paths = Json::array();
  for (const WeightPath& path : result.paths) {
    Json weights = Json::array();
    for (const double weight : path.weights) weights.push_back(Finite(weight));
    paths.push_back({{"name", path.name}, {"weights", weights}});
  }
  return paths;
}

}  // namespace

std::string ResultJson(const TuneResult& result, std::string_view version) {
  Json json;
  json["schema"] = "halflife.result/1";
  json["version"] = version;
  json["convention"] = Convention(result);
  json["data"] = DataJson(result.data);
  json["model"] = {{"family", FamilyName(result)}};
  if (!IsTrained(result)) {
    json["model"]["penalty"] = PenaltyName(result);
    json["model"]["l1_ratio"] = result.l1_ratio;
    json["model"]["no_decay"] = result.no_decay;
    json["model"]["weights"] = result.weights;
  }
  if (result.training) AddTraining(result, &json);
  json["folds"] = result.folds;
  json["seeds"] = result.seeds;
  if (!IsTrained(result)) json["rounds"] = result.seeds;
  json["seed"] = result.seed;
  json["threads"] = result.threads;
  json["grid"] = GridJson(result);
  json["best"] = {{"decay", Finite(BestPoint(result).decay)},
                  {"index", result.best},
                  {"at_edge", result.best_at_edge}};
  json["one_se"] = {{"decay", Finite(OneSePoint(result).decay)}, {"index", result.one_se}};
  json["recommended"] = {{"decay", Optional(Recommended(result))}};
  json["interrupted"] = result.interrupted;
  json["decays_given"] = result.decays_given;
  json["unfit_decays"] = result.unfit_decays;
  json["verdict"] = VerdictJson(result);
  json["equivalents"] = EquivalentsJson(result);
  json["paths"] = PathsJson(result);
  json["findings"] = FindingsJson(result.findings);
  json["notes"] = Notes(result);
  json["timing_s"] = {{"read", Finite(result.timing.read)},
                      {"fit", Finite(result.timing.fit)},
                      {"verdict", Finite(result.timing.verdict)},
                      {"report", Finite(result.timing.report)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace halflife
