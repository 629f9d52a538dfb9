// The fields of result.json, schema halflife.result/1: what is written and read is named here and
// in the headers of its parts, once for both. See docs/formats.md.
#pragma once

#include "halflife/report.h"
#include "halflife/tune.h"
#include "report/answer.h"
#include "report/column_fields.h"
#include "report/diagnostics_fields.h"
#include "report/json_values.h"
#include "report/penalty_words.h"
#include "report/torch_code.h"
#include "report/training_fields.h"
#include "report/verdict_fields.h"
#include "report/words.h"

namespace halflife {

inline constexpr const char* kResultSchema = "halflife.result/1";

const FieldNames<ModelFamily>& FamilyNames();

// Null where there is none; of the linear models' units a net has none.
template <class At, class Of>
void EquivalentFields(At& at, Of& units, const TuneResult& result) {
  const bool linear = !IsTrained(result);
  if (IsRegression(result)) {
    at.Optional("sklearn_alpha", units.sklearn_alpha);
  } else {
    at.Optional("sklearn_C", units.sklearn_c);
  }
  const auto in_torch = [&] { return linear || TakesTorchDecay(*result.training); };
  at.NumberIf("glmnet_lambda", units.glmnet_lambda, [&] { return linear; });
  if (linear) at.Number("glmnet_alpha", units.glmnet_alpha);
  at.NumberIf("pytorch_weight_decay", units.pytorch_weight_decay, in_torch);
  at.NumberIf("keras_l2", units.keras_l2,
              [&] { return linear || (in_torch() && IsCoupled(result)); });
  if (!IsSparse(result)) return;
  at.Number("pytorch_l1", units.pytorch_l1);
  at.Number("keras_l1", units.keras_l1);
}

template <class At, class Of>
void GridFields(At& at, Of& point, const TuneResult& result) {
  const bool trained = IsTrained(result);
  const bool classes = !trained && !IsRegression(result);
  at.Number("decay", point.decay);
  at.Object("train", [&](At& inner) { EstimateFields(inner, point.train); });
  at.Object("validation", [&](At& inner) {
    EstimateFields(inner, point.validation);
    inner.Number(ScoreKey(result), point.score);
    const auto also = [&](const char* key, auto& value) {
      if (inner.Holds(key, classes || value)) inner.Optional(key, value);
    };
    also("balanced_accuracy", point.balanced_accuracy);
    also("auc", point.auc);
    also("average_precision", point.average_precision);
  });
  at.Number("weight_norm", point.weight_norm);
  at.Optional("effective_dof", point.effective_dof);
  at.Optional("loo", point.loo);
  at.Optional("gcv", point.gcv);
  at.Optional("log_evidence", point.log_evidence);
  at.Optional("half_life_epochs", point.half_life_epochs);
  if (at.Holds("effective_dof_estimated", point.effective_dof_estimated))
    at.Flag("effective_dof_estimated", point.effective_dof_estimated);
  if (at.Holds("nonzero", !trained || point.nonzero)) at.OptionalCount("nonzero", point.nonzero);
  if constexpr (At::kReads) {
    if (trained) point.trained.emplace();
  }
  if (!point.trained) return;
  at.Object("trained", [&](At& inner) { TrainedPointFields(inner, *point.trained, result); });
}

// Of a net the key `family` says that there is a training.
template <class At, class Of>
void ModelFields(At& at, Of& result) {
  at.Derived("family", [&] { return FamilyName(result); });
  if constexpr (At::kReads) {
    at.Choice("family", result.family, FamilyNames());
    if (result.family == ModelFamily::kMlp) result.training.emplace();
  }
  if (result.training) {
    TrainedModelFields(at, *result.training, result);
    return;
  }
  at.Derived("penalty", [&] { return PenaltyName(result); });
  at.Number("l1_ratio", result.l1_ratio);
  at.Texts("no_decay", result.no_decay);
  at.Count("weights", result.weights);
  if (at.Holds("undecayed_weights", true)) at.Count("undecayed_weights", result.undecayed_weights);
}

template <class At, class Of>
void ChoiceFields(At& at, Of& result) {
  at.Object("best", [&](At& inner) {
    inner.Derived("decay", [&] { return Finite(BestPoint(result).decay); });
    inner.Count("index", result.best);
    inner.Flag("at_edge", result.best_at_edge);
  });
  at.Object("one_se", [&](At& inner) {
    inner.Derived("decay", [&] { return Finite(OneSePoint(result).decay); });
    inner.Count("index", result.one_se);
  });
  at.Derived("recommended", [&] {
    const std::optional<double> decay = Recommended(result);
    return Json{{"decay", decay ? Finite(*decay) : Json(nullptr)}};
  });
}

template <class At, class Of>
void ResultFields(At& at, Of& result) {
  at.Text("version", result.version);
  at.Derived("convention", [&] { return Convention(result); });
  at.Object("data", [&](At& inner) { DataFields(inner, result.data); });
  at.Object("model", [&](At& inner) { ModelFields(inner, result); });
  if (result.training) TrainingFields(at, *result.training, result);
  at.Count("folds", result.folds);
  at.Count("seeds", result.seeds);
  if (!result.training) at.Derived("rounds", [&] { return result.seeds; });
  at.Count("seed", result.seed);
  at.Count("threads", result.threads);
  at.List("grid", result.grid, [&](At& inner, auto& point) { GridFields(inner, point, result); });
  ChoiceFields(at, result);
  at.Flag("interrupted", result.interrupted);
  at.Flag("decays_given", result.decays_given);
  at.Numbers("unfit_decays", result.unfit_decays);
  at.Object("verdict", [&](At& inner) { VerdictFields(inner, result.verdict, result); });
  at.Object("equivalents", [&](At& inner) { EquivalentFields(inner, result.equivalents, result); });
  at.List("paths", result.paths, [](At& inner, auto& path) {
    inner.Text("name", path.name);
    inner.Numbers("weights", path.weights);
  });
  at.Object("diagnostics", [&](At& inner) { DiagnosticsFields(inner, result.diagnostics); });
  at.List("findings", result.findings, [](At& inner, auto& of) { TuneFindingFields(inner, of); });
  at.Derived("notes", [&] { return Notes(result); });
  at.Object("timing_s", [&](At& inner) {
    inner.Number("read", result.timing.read);
    inner.Number("fit", result.timing.fit);
    inner.Number("verdict", result.timing.verdict);
    inner.Number("diagnostics", result.timing.diagnostics);
    inner.Number("report", result.timing.report);
  });
}

}  // namespace halflife
