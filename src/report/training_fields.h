// How nets were trained, as fields of result.json.
#pragma once

#include "halflife/tune.h"
#include "report/estimate_fields.h"
#include "report/field_names.h"
#include "report/json_values.h"
#include "report/net_words.h"
#include "report/optimizer_fields.h"
#include "report/words.h"

namespace halflife {

const FieldNames<Divergence::What>& DivergenceNames();
const FieldNames<Activation>& ActivationFieldNames();
const FieldNames<ScheduleShape>& ScheduleShapeFieldNames();

Json DivergedJson(const TrainedPoint& point);  // in words, or null

inline const char* ScoreKey(const TuneResult& result) {
  return IsRegression(result) ? "r2" : "accuracy";
}

// All but the seed: a list each, of a number an epoch.
template <class At, class Of>
void CurveFields(At& at, Of& curve, const TuneResult& result) {
  const char* const score = IsRegression(result) ? "validation_r2" : "validation_accuracy";
  at.Count("seed", curve.seed);
  at.Count("split", curve.split);
  const bool whole = curve.split == 0;  // all of the others would be several MB
  if (whole) {
    at.Length({"train_loss", "penalty", "validation_loss", score, "gradient_norm", "update_angle",
               "layer_norms"},
              curve.epochs);
  } else {
    at.Length({"train_loss", "validation_loss"}, curve.epochs);
  }
  at.Column("train_loss", curve.epochs, &EpochRecord::train_loss);
  at.Column("validation_loss", curve.epochs, &EpochRecord::validation_loss);
  if (!whole) return;
  at.Column("penalty", curve.epochs, &EpochRecord::penalty);
  at.Column(score, curve.epochs, &EpochRecord::validation_score);
  at.Column("gradient_norm", curve.epochs, &EpochRecord::gradient_norm);
  at.Column("update_angle", curve.epochs, &EpochRecord::update_angle);
  at.Column("layer_norms", curve.epochs, &EpochRecord::layer_norms);
}

template <class At, class Of>
void TrainedPointFields(At& at, Of& point, const TuneResult& result) {
  at.Number("lr", point.lr);
  at.Count("epochs", point.epochs);
  at.Count("seeds", point.seeds);
  at.Count("runs", point.runs);
  at.Flag("finished", point.finished);
  at.Flag("moved", point.moved);
  at.Derived("diverged", [&] { return DivergedJson(point); });
  at.OptionalObject("divergence", point.diverged, [](At& inner, auto& divergence) {
    inner.Choice("what", divergence.what, DivergenceNames());
    inner.Flag("nan", divergence.is_nan);
    inner.Count("epoch", divergence.epoch);
  });
  at.Optional("half_life_steps", point.half_life_steps);
  at.Optional("averaging_time_epochs", point.averaging_time_epochs);
  at.Flag("active", point.active);
  at.List("curves", point.curves,
          [&](At& inner, auto& curve) { CurveFields(inner, curve, result); });
}

template <class At, class Of>
void BuiltNetFields(At& at, Of& net) {
  at.Object("net_options", [&](At& inner) {
    inner.Count("inputs", net.inputs);
    inner.Count("outputs", net.outputs);
    inner.Counts("hidden", net.options.hidden);
    inner.Choice("activation", net.options.activation, ActivationFieldNames());
    inner.Flag("layer_norm", net.options.layer_norm);
    inner.Number("dropout", net.options.dropout);
  });
  at.Object("training_options", [&](At& inner) {
    inner.Count("epochs", net.training.epochs);
    inner.Count("batch", net.training.batch);
    inner.Choice("lr_shape", net.training.lr_shape, ScheduleShapeFieldNames());
    inner.Number("lr_end", net.training.lr_end);
    inner.Number("warm_up", net.training.warm_up);
    inner.Choice("decay_shape", net.training.decay_shape, ScheduleShapeFieldNames());
    inner.Count("patience", net.training.patience);
  });
}

// In `model`.
template <class At, class Of>
void TrainedModelFields(At& at, Of& training, const TuneResult& result) {
  at.Derived("net", [&] { return NetText(result); });
  at.Derived("optimizer", [&] { return OptimizerText(result); });
  at.Derived("schedule", [&] { return ScheduleText(result); });
  at.Derived("batch", [&] { return training.net ? training.net->training.batch : 0; });
  at.Count("epochs", training.epochs);
  at.Count("steps_per_epoch", training.steps_per_epoch);
  at.Flag("early_stopping", training.early_stopping);
  at.Numbers("lrs", training.lrs);
  at.Number("lr", training.lr);
  at.Number("baseline_lr", training.baseline_lr);
  at.Object("kept", [&](At& inner) {
    inner.Flag("all_rows", training.kept.all_rows);
    inner.Count("rows", training.kept.rows);
    inner.Count("epochs", training.kept.epochs);
    inner.Count("seed", training.kept.seed);
  });
  at.Object("optimizer_options", [&](At& inner) { OptimizerFields(inner, training.optimizer); });
  at.IfSet("net_options", training.net, [&](auto& net) { BuiltNetFields(at, net); });
}

template <class At, class Of>
void TestScoreField(At& at, const char* key, Of& test, const TuneResult& result) {
  at.OptionalObject(key, test, [&](At& inner, auto& score) {
    EstimateFields(inner, score.loss);
    inner.Number(ScoreKey(result), score.score);
  });
}

// Beside `model`.
template <class At, class Of>
void TrainingFields(At& at, Of& training, const TuneResult& result) {
  at.Object("split", [&](At& inner) {
    inner.Count("training", training.training_rows);
    inner.Count("validation", training.validation_rows);
    inner.Count("test", training.test_rows);
  });
  at.Count("rounds", training.rounds);
  at.Count("rounds_planned", training.rounds_planned);
  at.Flag("splits_differ", training.splits_differ);
  at.List("splits", training.splits, [](At& inner, auto& split) {
    inner.Number("chosen", split.chosen);
    inner.Number("lr", split.lr);
    inner.Count("test", split.test_rows);
    inner.Number("gain", split.gain);
  });
  at.Count("rows_judged", training.rows_judged);
  at.Object("test", [&](At& inner) {
    TestScoreField(inner, "best", training.best_test, result);
    TestScoreField(inner, "baseline", training.baseline_test, result);
  });
  at.Object("sweep", [&](At& inner) {
    inner.Count("epochs_trained", training.epochs_trained);
    inner.Count("epochs_saved", training.epochs_saved);
    inner.Flag("stopped", training.stopped);
  });
  at.List("parameters", training.parameters, [](At& inner, auto& parameter) {
    inner.Text("name", parameter.name);
    inner.Choice("kind", parameter.kind, ParameterKindNames());
    inner.Flag("decayed", parameter.decayed);
    inner.Counts("shape", parameter.shape);
    inner.Count("group", parameter.group);
  });
}

}  // namespace halflife
