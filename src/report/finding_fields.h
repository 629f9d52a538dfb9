// Findings of a tuning as fields of result.json: {"kind", numbers...}.
#pragma once

#include "halflife/error_kind.h"
#include "halflife/verdict.h"
#include "report/field_names.h"

namespace halflife {

// What a kind is called, and its numbers; null where it has none of that field.
struct KindKeys {
  TuneFinding::Kind kind;
  const char* name;
  const char* count = nullptr;
  const char* of = nullptr;
  const char* number = nullptr;
  const char* other = nullptr;
};

const KindKeys& KeysOf(TuneFinding::Kind kind);
const FieldNames<TuneFinding::Kind>& TuneFindingNames();

// Whether it has as many decays and learning rates as are told of its kind.
bool HasItsDecays(const TuneFinding& finding);

template <class At, class Of>
void TuneFindingFields(At& at, Of& finding) {
  at.Choice("kind", finding.kind, TuneFindingNames());
  if constexpr (At::kReads) {  // one name for two kinds
    if (finding.kind == TuneFinding::Kind::kSmallEffect && at.Holds("accuracy_change"))
      finding.kind = TuneFinding::Kind::kSmallEffectOnScores;
  }
  const KindKeys& keys = KeysOf(finding.kind);
  if (at.Holds("decays", !finding.decays.empty())) at.Numbers("decays", finding.decays);
  if (at.Holds("lrs", !finding.lrs.empty())) at.Numbers("lrs", finding.lrs);
  if (keys.count != nullptr) at.Count(keys.count, finding.count);
  if (keys.of != nullptr) at.Count(keys.of, finding.of);
  if (keys.number != nullptr) at.Number(keys.number, finding.number);
  if (keys.other != nullptr) at.Number(keys.other, finding.other);
  if constexpr (At::kReads) {
    if (!HasItsDecays(finding)) at.Reject("decays", ErrorKind::kResultDecays);
  }
}

}  // namespace halflife
