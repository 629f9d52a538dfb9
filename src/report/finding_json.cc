#include "report/finding_json.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace halflife {
namespace {

// What a kind is called, and its numbers; "" where it has none of that field.
struct KindKeys {
  TuneFinding::Kind kind;
  std::string_view name;
  std::string_view count = {};
  std::string_view of = {};
  std::string_view number = {};
  std::string_view other = {};
};

using Kind = TuneFinding::Kind;
constexpr std::array kKinds = {
    KindKeys{Kind::kSeparable, "separable"},
    KindKeys{Kind::kZeroUnfit, "decay 0 unfit"},
    KindKeys{Kind::kUnfit, "unfit"},
    KindKeys{Kind::kLargestIsBest, "largest is best"},
    KindKeys{Kind::kSmallestIsBest, "smallest is best"},
    KindKeys{Kind::kStopped, "stopped", "seeds"},
    KindKeys{Kind::kStoppedInside, "stopped inside", "epoch", "epochs"},
    KindKeys{Kind::kStillFalling, "still falling"},
    KindKeys{Kind::kDiverged, "diverged"},
    KindKeys{Kind::kAlwaysAdapts, "always adapts"},
    KindKeys{Kind::kFoldsCompared, "folds compared", "folds", "rounds"},
    KindKeys{Kind::kTestCompared, "test compared", "rows", "seeds"},
    KindKeys{Kind::kValidationCompared, "validation compared", "rows", "seeds"},
    KindKeys{Kind::kSplitsCompared, "splits compared", "rows", "splits"},
    KindKeys{Kind::kNothingCompared, "nothing compared"},
    KindKeys{Kind::kChosenOnCompared, "chosen on compared"},
    KindKeys{Kind::kOneSeed, "one seed"},
    KindKeys{Kind::kBaselineIsBest, "baseline is best"},
    KindKeys{Kind::kBaselineIsAsGood, "baseline is as good"},
    KindKeys{Kind::kUnderfits, "underfits"},
    KindKeys{Kind::kUnderfitsFrom, "underfits from"},
    KindKeys{Kind::kNegligible, "negligible", {}, {}, "loss_share"},
    KindKeys{Kind::kFlat, "flat", {}, {}, "loss_share"},
    KindKeys{Kind::kSmallEffect, "small effect", {}, {}, "loss_share"},
    KindKeys{Kind::kSmallEffectOnScores, "small effect", {}, {}, "loss_share", "accuracy_change"},
    KindKeys{Kind::kNotActive, "not active", "run_steps", {}, "averaging_steps"},
    KindKeys{Kind::kZeroWeights, "zero weights", "zero", "weights"},
};

static_assert(std::all_of(kKinds.begin(), kKinds.end(), [at = 0](const KindKeys& keys) mutable {
  return static_cast<int>(keys.kind) == at++;
}));

Json FindingJson(const TuneFinding& finding) {
  const KindKeys& keys = kKinds.at(static_cast<std::size_t>(finding.kind));
  Json json = {{"kind", keys.name}};
  if (!finding.decays.empty()) json["decays"] = finding.decays;
  if (!finding.lrs.empty()) json["lrs"] = finding.lrs;
  if (!keys.count.empty()) json[std::string(keys.count)] = finding.count;
  if (!keys.of.empty()) json[std::string(keys.of)] = finding.of;
  if (!keys.number.empty()) json[std::string(keys.number)] = Finite(finding.number);
  if (!keys.other.empty()) json[std::string(keys.other)] = Finite(finding.other);
  return json;
}

}  // namespace

Json FindingsJson(const std::vector<TuneFinding>& findings) {
  Json json = Json::array();
  for (const TuneFinding& finding : findings) json.push_back(FindingJson(finding));
  return json;
}

}  // namespace halflife
