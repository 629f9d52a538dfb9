// An optimizer's options as fields of result.json, all that its code is printed from.
#pragma once

#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "halflife/optimizer.h"
#include "report/field_names.h"

namespace halflife {

const FieldNames<Schedule::Shape>& ScheduleShapeNames();
const FieldNames<DecayLaw>& DecayLawNames();
const FieldNames<ProximalPenalty>& ProximalPenaltyNames();
const FieldNames<DecayCenter>& DecayCenterNames();
const FieldNames<ParameterKind>& ParameterKindNames();
const FieldNames<DecayPolicy>& DecayPolicyNames();
const FieldNames<MissingGradient>& MissingGradientNames();
const FieldNames<NonFinite>& NonFiniteNames();

template <class At, class Of>
void PieceFields(At& at, Of& piece) {
  using Shape = Schedule::Shape;
  at.Choice("shape", piece.shape, ScheduleShapeNames());
  at.Count("start", piece.start);
  if (piece.shape != Shape::kConstant) at.Count("length", piece.length);
  if (piece.shape == Shape::kTable) {
    at.Numbers("table", piece.table);
    return;
  }
  at.Number("from", piece.from);
  at.Number("to", piece.to);
  at.Number("power", piece.power);
}

// The list of its pieces.
template <class At, class Of>
void ScheduleField(At& at, const char* key, Of& schedule) {
  const auto fields = [](At& inner, auto& piece) { PieceFields(inner, piece); };
  if constexpr (At::kReads) {
    std::vector<Schedule::Piece> pieces;
    at.List(key, pieces, fields);
    at.Try(key, [&] { schedule = Schedule::OfPieces(std::move(pieces)); });
  } else {
    at.List(key, schedule.pieces(), fields);
  }
}

// Those that are set.
template <class At, class Of>
void SettingsFields(At& at, Of& settings) {
  at.IfSet("rule", settings.rule, [&](auto& rule) { at.Text("rule", rule); });
  at.NumberMap("options", settings.options);
  at.IfSet("lr", settings.lr, [&](auto& lr) { at.Number("lr", lr); });
  at.IfSet("lr_schedule", settings.lr_schedule,
           [&](auto& schedule) { ScheduleField(at, "lr_schedule", schedule); });
  at.IfSet("law", settings.law, [&](auto& law) { at.Choice("law", law, DecayLawNames()); });
  at.IfSet("decay", settings.decay, [&](auto& decay) { at.Number("decay", decay); });
  at.IfSet("decay_schedule", settings.decay_schedule,
           [&](auto& schedule) { ScheduleField(at, "decay_schedule", schedule); });
  at.IfSet("penalty", settings.penalty,
           [&](auto& penalty) { at.Choice("penalty", penalty, ProximalPenaltyNames()); });
  at.IfSet("l1_ratio", settings.l1_ratio, [&](auto& ratio) { at.Number("l1_ratio", ratio); });
  at.IfSet("center", settings.center,
           [&](auto& center) { at.Choice("center", center, DecayCenterNames()); });
}

template <class At, class Of>
void GroupFields(At& at, Of& group) {
  at.Text("name", group.name);
  at.Choices("kinds", group.kinds, ParameterKindNames());
  at.Texts("patterns", group.patterns);
  if (at.Holds("min_dims", group.min_dims > 0)) at.Count("min_dims", group.min_dims);
  if (at.Holds("max_dims", group.max_dims < std::numeric_limits<int>::max()))
    at.Count("max_dims", group.max_dims);
  at.Number("lr_scale", group.lr_scale);
  SettingsFields(at, group);
}

template <class At, class Of>
void OptimizerFields(At& at, Of& optimizer) {
  SettingsFields(at, optimizer);
  at.List("groups", optimizer.groups, [](At& inner, auto& group) { GroupFields(inner, group); });
  at.Choice("policy", optimizer.policy, DecayPolicyNames());
  at.Choice("missing_gradient", optimizer.missing_gradient, MissingGradientNames());
  at.Choice("non_finite", optimizer.non_finite, NonFiniteNames());
  at.Number("gradient_scale", optimizer.gradient_scale);
  at.Number("clip_norm", optimizer.clip_norm);
  at.Number("clip_value", optimizer.clip_value);
}

}  // namespace halflife
