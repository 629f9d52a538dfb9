// What is known of the tuned model beside the sweep, as fields of result.json.
#pragma once

#include "halflife/diagnostics.h"
#include "halflife/error_kind.h"
#include "report/estimate_fields.h"
#include "report/field_names.h"

namespace halflife {

const FieldNames<ErrorParts::NoiseSource>& NoiseSourceNames();

// Of a reader: lists that stand for the same things are of one length.
template <class At, class First, class Second>
void NeedSameLength(const At& at, const char* key, const First& list, const char* other,
                    const Second& other_list) {
  if constexpr (At::kReads) {
    if (list.size() != other_list.size()) at.Reject(key, ErrorKind::kResultLengths, other);
  }
}

// Of a reader: no more than a result has.
template <class At, class List>
void NeedAtMost(const At& at, const char* key, const List& list, std::size_t most) {
  if constexpr (At::kReads) {
    if (list.size() > most) at.Reject(key, ErrorKind::kJsonRange);
  }
}

template <class At, class Of>
void HistogramFields(At& at, Of& histogram) {
  at.Number("low", histogram.low);
  at.Number("high", histogram.high);
  at.Counts("counts", histogram.counts);
  NeedAtMost(at, "counts", histogram.counts, 100);
}

template <class At, class Of>
void ErrorPartsFields(At& at, Of& parts) {
  at.Choice("noise_from", parts.source, NoiseSourceNames());
  at.Number("noise_sd", parts.noise_sd);
  at.Count("repeated_rows", parts.repeated_rows);
  at.Number("noise", parts.noise);
  at.Count("samples", parts.samples);
  at.Numbers("bias", parts.bias);
  at.Numbers("variance", parts.variance);
  NeedSameLength(at, "variance", parts.variance, "bias", parts.bias);
}

template <class At, class Of>
void CurvatureFields(At& at, Of& curvature) {
  at.Count("rank", curvature.rank);
  at.Counts("index", curvature.index);
  at.Numbers("values", curvature.values);
  NeedSameLength(at, "values", curvature.values, "index", curvature.index);
}

template <class At, class Of>
void PlanePointFields(At& at, Of& point) {
  at.Number("decay", point.decay);
  at.Interval("weights", point.weights);
}

template <class At, class Of>
void PlaneFields(At& at, Of& plane) {
  at.Text("first", plane.names[0]);
  at.Text("second", plane.names[1]);
  at.Count("rows", plane.rows);
  at.Interval("low", plane.low);
  at.Interval("high", plane.high);
  at.Count("side", plane.side);
  at.Numbers("loss", plane.loss);
  if constexpr (At::kReads) {
    if (plane.side < 2 || plane.side > 101) at.Reject("side", ErrorKind::kJsonRange);
    if (plane.loss.size() != plane.side * plane.side)
      at.Reject("loss", ErrorKind::kResultLengths, "side");
  }
  at.List("l2", plane.l2, [](At& inner, auto& point) { PlanePointFields(inner, point); });
  at.List("l1", plane.l1, [](At& inner, auto& point) { PlanePointFields(inner, point); });
  at.Object("at_l2", [&](At& inner) { PlanePointFields(inner, plane.at_l2); });
  at.Object("at_l1", [&](At& inner) { PlanePointFields(inner, plane.at_l1); });
}

template <class At, class Of>
void HeldOutNumbersFields(At& at, Of& held) {
  at.Count("rows", held.rows);
  at.Numbers("truth", held.truth);
  at.Numbers("predicted", held.predicted);
  NeedAtMost(at, "truth", held.truth, 500);
  NeedSameLength(at, "predicted", held.predicted, "truth", held.truth);
  at.Object("residuals", [&](At& inner) { HistogramFields(inner, held.residuals); });
}

template <class At, class Of>
void HeldOutClassesFields(At& at, Of& held) {
  at.Count("rows", held.rows);
  at.List("confusion", held.confusion,
          [](At& inner, auto& row) { inner.Counts("predicted", row); });
  NeedAtMost(at, "confusion", held.confusion, 50);
  if constexpr (At::kReads) {
    for (const auto& row : held.confusion)
      NeedSameLength(at, "confusion", row, "confusion", held.confusion);
  }
  at.List("reliability", held.reliability, [](At& inner, auto& bin) {
    inner.Number("predicted", bin.predicted);
    inner.Number("observed", bin.observed);
    inner.Count("rows", bin.rows);
  });
  at.Numbers("false_positive", held.false_positive);
  NeedAtMost(at, "reliability", held.reliability, 100);
  at.Numbers("true_positive", held.true_positive);
  NeedAtMost(at, "true_positive", held.true_positive, 200);
  NeedSameLength(at, "true_positive", held.true_positive, "false_positive", held.false_positive);
}

template <class At, class Of>
void DiagnosticsFields(At& at, Of& diagnostics) {
  at.OptionalObject("weights", diagnostics.weights, [](At& inner, auto& of) {
    inner.Object("baseline", [&](At& in) { HistogramFields(in, of.baseline); });
    inner.Object("best", [&](At& in) { HistogramFields(in, of.best); });
  });
  at.OptionalObject("error_parts", diagnostics.error_parts,
                    [](At& inner, auto& of) { ErrorPartsFields(inner, of); });
  at.OptionalObject("curvature", diagnostics.curvature,
                    [](At& inner, auto& of) { CurvatureFields(inner, of); });
  at.OptionalObject("plane", diagnostics.plane,
                    [](At& inner, auto& of) { PlaneFields(inner, of); });
  at.OptionalObject("held_out_numbers", diagnostics.numbers,
                    [](At& inner, auto& of) { HeldOutNumbersFields(inner, of); });
  at.OptionalObject("held_out_classes", diagnostics.classes,
                    [](At& inner, auto& of) { HeldOutClassesFields(inner, of); });
  at.List("learning_curve", diagnostics.learning, [](At& inner, auto& point) {
    inner.Number("share", point.share);
    inner.Count("rows", point.rows);
    inner.Object("baseline", [&](At& in) { EstimateFields(in, point.baseline); });
    inner.Object("best", [&](At& in) { EstimateFields(in, point.best); });
  });
  at.List("sizes", diagnostics.sizes, [](At& inner, auto& point) {
    inner.Counts("hidden", point.hidden);
    inner.Count("parameters", point.parameters);
    inner.Number("best_decay", point.best_decay);
    inner.Number("baseline_loss", point.baseline_loss);
    inner.Number("best_loss", point.best_loss);
    inner.Object("gain", [&](At& in) { EstimateFields(in, point.gain); });
  });
}

}  // namespace halflife
