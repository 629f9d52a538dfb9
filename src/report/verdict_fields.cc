#include "report/verdict_fields.h"

namespace halflife {

const FieldNames<VerdictLabel>& VerdictLabelNames() {
  static const auto kNames =
      NamesUpTo(VerdictLabel::kNoSignal, [](VerdictLabel label) { return Name(label); });
  return kNames;
}

const FieldNames<ScoreChange::Score>& ScoreFieldNames() {
  static const auto kNames =
      NamesUpTo(ScoreChange::Score::kAuc, [](ScoreChange::Score score) { return Name(score); });
  return kNames;
}

}  // namespace halflife
