#include "report/finding_fields.h"

#include <algorithm>
#include <array>

namespace halflife {
namespace {

using Kind = TuneFinding::Kind;
constexpr std::array kKinds = {
    KindKeys{Kind::kSeparable, "separable"},
    KindKeys{Kind::kZeroUnfit, "decay 0 unfit"},
    KindKeys{Kind::kUnfit, "unfit"},
    KindKeys{Kind::kLargestIsBest, "largest is best"},
    KindKeys{Kind::kSmallestIsBest, "smallest is best"},
    KindKeys{Kind::kStopped, "stopped", "seeds", "runs"},
    KindKeys{Kind::kStoppedInside, "stopped inside", "epoch", "epochs"},
    KindKeys{Kind::kStillFalling, "still falling"},
    KindKeys{Kind::kDiverged, "diverged"},
    KindKeys{Kind::kAlwaysAdapts, "always adapts"},
    KindKeys{Kind::kNoPlane, "no plane"},
    KindKeys{Kind::kNoCurrent, "no current"},
    KindKeys{Kind::kNoSize, "no size", nullptr, nullptr, "multiple"},
    KindKeys{Kind::kFoldsCompared, "folds compared", "folds", "rounds"},
    KindKeys{Kind::kTestCompared, "test compared", "rows", "seeds"},
    KindKeys{Kind::kValidationCompared, "validation compared", "rows", "seeds"},
    KindKeys{Kind::kSplitsCompared, "splits compared", "rows", "splits"},
    KindKeys{Kind::kNothingCompared, "nothing compared"},
    KindKeys{Kind::kChosenOnCompared, "chosen on compared"},
    KindKeys{Kind::kOneSeed, "one seed"},
    KindKeys{Kind::kBaselineIsBest, "baseline is best", nullptr, "splits"},
    KindKeys{Kind::kBaselineIsAsGood, "baseline is as good", nullptr, "splits"},
    KindKeys{Kind::kUnderfits, "underfits"},
    KindKeys{Kind::kUnderfitsFrom, "underfits from"},
    KindKeys{Kind::kNegligible, "negligible", nullptr, nullptr, "loss_share"},
    KindKeys{Kind::kFlat, "flat", nullptr, nullptr, "loss_share"},
    KindKeys{Kind::kSmallEffect, "small effect", {}, {}, "loss_share"},
    KindKeys{Kind::kSmallEffectOnScores, "small effect", {}, {}, "loss_share", "accuracy_change"},
    KindKeys{Kind::kNotActive, "not active", "run_steps", {}, "averaging_steps"},
    KindKeys{Kind::kStoppingWouldDo, "stopping would do", "epoch", "epochs", "loss",
             "decayed_loss"},
    KindKeys{Kind::kStoppingDoes, "stopping does", "epoch", "epochs"},
    KindKeys{Kind::kZeroWeights, "zero weights", "zero", "weights"},
};

static_assert(std::all_of(kKinds.begin(), kKinds.end(), [at = 0](const KindKeys& keys) mutable {
  return static_cast<int>(keys.kind) == at++;
}));

}  // namespace

const KindKeys& KeysOf(TuneFinding::Kind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }

const FieldNames<TuneFinding::Kind>& TuneFindingNames() {
  static const auto kNames = NamesUpTo(kKinds.back().kind, [](Kind k) { return KeysOf(k).name; });
  return kNames;
}

bool HasItsDecays(const TuneFinding& finding) {
  const std::size_t decays = finding.decays.size();
  const std::size_t lrs = finding.lrs.size();
  switch (finding.kind) {
    case Kind::kFoldsCompared:
    case Kind::kBaselineIsBest:
    case Kind::kBaselineIsAsGood:
    case Kind::kFlat:
    case Kind::kStoppingWouldDo:
      return decays >= 2;
    case Kind::kTestCompared:
    case Kind::kValidationCompared:
      return decays >= 2 && lrs >= 2;
    case Kind::kNotActive:
    case Kind::kStoppingDoes:
    case Kind::kUnderfitsFrom:
    case Kind::kSplitsCompared:
    case Kind::kZeroWeights:
      return decays >= 1;
    case Kind::kDiverged:
      return decays == lrs;
    default:
      return true;
  }
}

}  // namespace halflife
