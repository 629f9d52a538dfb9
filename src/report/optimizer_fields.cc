#include "report/optimizer_fields.h"

namespace halflife {

const FieldNames<Schedule::Shape>& ScheduleShapeNames() {
  static const auto kNames =
      NamesUpTo(Schedule::Shape::kTable, [](Schedule::Shape shape) { return Name(shape); });
  return kNames;
}

const FieldNames<DecayLaw>& DecayLawNames() {
  static const auto kNames = NamesUpTo(DecayLaw::kProximal, [](DecayLaw law) { return Name(law); });
  return kNames;
}

const FieldNames<ProximalPenalty>& ProximalPenaltyNames() {
  static const auto kNames = NamesUpTo(ProximalPenalty::kGroupLasso,
                                       [](ProximalPenalty penalty) { return Name(penalty); });
  return kNames;
}

const FieldNames<DecayCenter>& DecayCenterNames() {
  static const auto kNames =
      NamesUpTo(DecayCenter::kGiven, [](DecayCenter center) { return Name(center); });
  return kNames;
}

const FieldNames<ParameterKind>& ParameterKindNames() {
  static const auto kNames =
      NamesUpTo(ParameterKind::kOther, [](ParameterKind kind) { return Name(kind); });
  return kNames;
}

const FieldNames<DecayPolicy>& DecayPolicyNames() {
  static const FieldNames<DecayPolicy> kNames = {{DecayPolicy::kWeightsOnly, "weights only"},
                                                 {DecayPolicy::kAll, "all"}};
  return kNames;
}

const FieldNames<MissingGradient>& MissingGradientNames() {
  static const FieldNames<MissingGradient> kNames = {{MissingGradient::kSkip, "skip"},
                                                     {MissingGradient::kDecay, "decay"}};
  return kNames;
}

const FieldNames<NonFinite>& NonFiniteNames() {
  static const FieldNames<NonFinite> kNames = {{NonFinite::kPropagate, "propagate"},
                                               {NonFinite::kError, "error"},
                                               {NonFinite::kSkipStep, "skip step"}};
  return kNames;
}

}  // namespace halflife
