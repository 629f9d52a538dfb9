#include "calibration/shipped.h"

#include <fmt/format.h>

#include <cmath>

#include "base/random.h"
#include "halflife/tune.h"

namespace halflife::testing {
namespace {

constexpr int kSeeds = 5;
constexpr int kMostOthers = 2;

struct Shipped {
  const char* name;
  DataOptions data;
  bool helps = false;     // else: no detectable effect, or a negligible gain
  bool permuted = false;  // then: no signal
};

DataOptions Options(const char* target, bool log_target = false,
                    std::vector<std::string> ignore = {}) {
  DataOptions options;
  options.target = target;
  options.log_target = log_target;
  options.ignore = std::move(ignore);
  return options;
}

void Permute(Column* column, std::uint64_t seed) {
  Random random(seed, 77);
  const Column kept = *column;
  const std::vector<std::uint32_t> order =
      random.Permutation(static_cast<std::uint32_t>(kept.rows()));
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (!kept.numbers.empty()) column->numbers[i] = kept.numbers[order[i]];
    if (!kept.codes.empty()) column->codes[i] = kept.codes[order[i]];
  }
}

bool AsKnown(const Shipped& shipped, const Verdict& verdict) {
  if (shipped.permuted) return verdict.label == VerdictLabel::kNoSignal;
  if (shipped.helps) return verdict.label == VerdictLabel::kHelps;
  const bool negligible = std::fabs(verdict.improvement) <= *verdict.negligible_band;
  return verdict.label == VerdictLabel::kNoDetectableEffect ||
         (verdict.label != VerdictLabel::kNoSignal && negligible);
}

}  // namespace

Tally TallyShipped() {
  const std::vector<Shipped> all = {
      {"meats", Options("protein", false, {"water", "fat"}), true},
      {"pd_speech", Options("class"), true},
      {"breast_cancer", Options("diagnosis"), true},
      {"ames", Options("Sale_Price", true), true},
      {"diabetes", Options("progression")},
      {"wa_churn", Options("churn")},
      {"diabetes", Options("progression"), false, true},
      {"meats", Options("protein", false, {"water", "fat"}), false, true},
      {"wa_churn", Options("churn"), false, true},
  };
  Tally tally;
  tally.text =
      "| data | known | labels over five seeds | gain in percent, first seed "
      "|\n|---|---|---|---|\n";
  int others = 0;
  for (const Shipped& shipped : all) {
    Table table = ReadCsv(fmt::format("{}/data/{}.csv", HALFLIFE_SOURCE_DIR, shipped.name));
    std::string labels;
    std::string gain;
    for (int seed = 1; seed <= kSeeds; ++seed) {
      TuneOptions options;
      options.data = shipped.data;
      options.data.seed = static_cast<std::uint64_t>(seed);
      Table drawn = table;
      if (shipped.permuted)
        Permute(&drawn.columns[static_cast<std::size_t>(drawn.Find(options.data.target))],
                options.data.seed);
      const Verdict verdict = Tune(drawn, options).result.verdict;
      labels += fmt::format("{}{}", labels.empty() ? "" : ", ", Name(verdict.label));
      others += AsKnown(shipped, verdict) ? 0 : 1;
      if (seed == 1 && verdict.gain_percent) {
        gain = fmt::format("{:.2f} ({:.2f} to {:.2f})", verdict.gain_percent->mean,
                           verdict.gain_percent->ci95[0], verdict.gain_percent->ci95[1]);
      }
    }
    tally.text += fmt::format("| {}{} | {} | {} | {} |\n", shipped.name,
                              shipped.permuted ? ", target permuted" : "",
                              shipped.permuted ? "no signal"
                              : shipped.helps  ? "helps"
                                               : "nothing, or negligible",
                              labels, gain);
  }
  tally.text += fmt::format("\n{} labels are others than known.\n", others);
  tally.holds = others <= kMostOthers;
  return tally;
}

}  // namespace halflife::testing
