// The verdict as fields of result.json.
#pragma once

#include "halflife/report.h"
#include "halflife/tune.h"
#include "report/field_names.h"
#include "report/finding_fields.h"

namespace halflife {

const FieldNames<VerdictLabel>& VerdictLabelNames();

// The columns against the best constant.
template <class At, class Of>
void SignalFields(At& at, Of& signal) {
  at.Flag("no_signal", signal.none);
  at.Number("improvement", signal.improvement);
  at.Interval("ci95", signal.ci95);
  at.Optional("p_value", signal.p_value);
}

const FieldNames<ScoreChange::Score>& ScoreFieldNames();

template <class At, class Of>
void PercentField(At& at, Of& percent, const char* key) {
  at.OptionalObject(key, percent, [](At& inner, auto& of) {
    inner.Number("mean", of.mean);
    inner.Interval("ci95", of.ci95);
  });
}

// A decay and what is gained at it, or over it.
template <class At, class Of>
void DecayGainFields(At& at, Of& value) {
  at.Number("decay", value.decay);
  at.Number("improvement", value.gain.improvement);
  at.Interval("ci95", value.gain.ci95);
  at.Number("p_value", value.gain.p_value);
  PercentField(at, value.gain.percent, "percent");
}

// What tuning gains, beside its loss.
template <class At, class Of>
void GainFields(At& at, Of& verdict) {
  at.Optional("baseline_loss", verdict.baseline_loss);
  PercentField(at, verdict.gain_percent, "gain_percent");
  at.List("score_change", verdict.score_changes, [](At& inner, auto& change) {
    inner.Choice("score", change.score, ScoreFieldNames());
    inner.Number("baseline", change.baseline);
    inner.Number("tuned", change.tuned);
    inner.Interval("ci95", change.ci95);
  });
  at.Optional("negligible_band", verdict.negligible_band);
  at.Optional("chance_negligible", verdict.chance_negligible);
  at.OptionalObject("chose_zero", verdict.chose_baseline, [](At& inner, auto& chosen) {
    inner.Count("count", chosen.count);
    inner.Count("of", chosen.of);
  });
  at.OptionalObject("over_current", verdict.over_current,
                    [](At& inner, auto& value) { DecayGainFields(inner, value); });
  at.List("textbook", verdict.textbook,
          [](At& inner, auto& value) { DecayGainFields(inner, value); });
  at.OptionalObject("biases_decayed", verdict.biases_decayed,
                    [](At& inner, auto& value) { DecayGainFields(inner, value); });
}

template <class At, class Of>
void VerdictFields(At& at, Of& verdict, const TuneResult& result) {
  at.Choice("label", verdict.label, VerdictLabelNames());
  at.Number("baseline", verdict.baseline);
  at.Number("compared", verdict.compared);
  at.Number("improvement", verdict.improvement);
  at.Interval("ci95", verdict.ci95);
  at.Number("p_value", verdict.p_value);
  at.Number("minimum_detectable", verdict.minimum_detectable);
  GainFields(at, verdict);
  at.Object("no_signal", [&](At& inner) { SignalFields(inner, verdict.signal); });
  at.List("findings", verdict.findings, [](At& inner, auto& of) { TuneFindingFields(inner, of); });
  at.Derived("notes", [&] { return VerdictNotes(result); });
}

}  // namespace halflife
