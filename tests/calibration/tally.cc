#include "calibration/tally.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "base/special.h"
#include "tune/statistics.h"

namespace halflife::testing {
namespace {

constexpr double kMostHelps = 0.05;
constexpr double kMostHelpsBound = 0.065;
constexpr double kMostHelpsOfKind = 0.08;
constexpr double kLeastCover = 0.93;
constexpr double kLeastCoverOfKind = 0.90;
constexpr int kFewest = 30;  // of a kind, to speak of a share

struct Counts {
  int cannot = 0;  // problems in which tuning cannot help
  int claimed = 0;
  int all = 0;
  int covered = 0;
  int covered_strictly = 0;
  int can = 0;
  int found = 0;
  int no_signal = 0;

  void Add(const Judged& problem) {
    const Interval interval = problem.interval();
    ++all;
    covered += problem.Covers(interval, true) ? 1 : 0;
    covered_strictly += problem.Covers(interval, false) ? 1 : 0;
    no_signal += problem.answer.verdict.signal.none ? 1 : 0;
    (problem.CanHelp() ? can : cannot) += 1;
    (problem.CanHelp() ? found : claimed) += problem.SaidToHelp() ? 1 : 0;
  }
};

double Share(int count, int of) { return of > 0 ? static_cast<double>(count) / of : 0.0; }

std::string Row(const std::string& name, const Counts& c) {
  return fmt::format("| {} | {} | {} | {:.1f} % | {:.1f} % | {} | {:.3f} | {:.3f} | {} | {} |\n",
                     name, c.cannot, c.claimed, 100.0 * Share(c.claimed, c.cannot),
                     100.0 * UpperBound(c.claimed, c.cannot), c.all, Share(c.covered, c.all),
                     Share(c.covered_strictly, c.all), c.can, c.found);
}

struct Procedure {
  const char* name;
  std::function<std::optional<Interval>(const Judged&)> interval;
};

std::vector<Procedure> Procedures() {
  const auto rival = [](Interval Rivals::*part) {
    return [part](const Judged& p) -> std::optional<Interval> {
      return p.answer.rivals ? std::optional((*p.answer.rivals).*part) : std::nullopt;
    };
  };
  return {{"halflife", [](const Judged& p) { return std::optional(p.interval()); }},
          {"the same without Hall", [](const Judged& p) { return p.answer.symmetric; }},
          {"one round, corrected t", rival(&Rivals::one_round)},
          {"nested", rival(&Rivals::nested)},
          {"row-wise", rival(&Rivals::row_wise)}};
}

// The cells' problems that have the other procedures beside, by the size of the gain.
std::map<int, std::vector<const Judged*>> ByEffect(const std::vector<Judged>& problems) {
  std::map<std::pair<std::string, int>, std::vector<const Judged*>> cells;
  for (const Judged& problem : problems) {
    if (problem.answer.symmetric) cells[{problem.kind, problem.cell}].push_back(&problem);
  }
  std::map<int, std::vector<const Judged*>> sizes;
  for (const auto& [key, cell] : cells) {
    if (cell.size() < 5) continue;
    std::vector<double> estimates;
    for (const Judged* problem : cell) estimates.push_back(problem->answer.verdict.improvement);
    const double deviation =
        MeanAndError(estimates).se * std::sqrt(static_cast<double>(estimates.size()));
    const double effect = cell.front()->truth.gain / deviation;
    const int size = std::clamp(static_cast<int>(std::floor(2.0 * effect)), -1, 10);
    sizes[size].insert(sizes[size].end(), cell.begin(), cell.end());
  }
  return sizes;
}

}  // namespace

bool Judged::CanHelp() const { return truth.gain > 0.01 * truth.loss; }

bool Judged::SaidToHelp() const {
  const Verdict& verdict = answer.verdict;
  return verdict.label == VerdictLabel::kHelps && verdict.improvement > *verdict.negligible_band;
}

bool Judged::Covers(const Interval& interval, bool with_band) const {
  const double band = with_band ? 0.01 * truth.loss : 0.0;
  return interval.low - band <= truth.gain && truth.gain <= interval.high + band;
}

double UpperBound(int count, int of) {
  if (count >= of) return 1.0;
  double low = Share(count, of);
  double high = 1.0;
  for (int step = 0; step < 60; ++step) {
    const double p = (low + high) / 2.0;
    // P(no more than count) = I_{1-p}(of - count, count + 1).
    (IncompleteBeta(of - count, count + 1.0, 1.0 - p) > 0.025 ? low : high) = p;
  }
  return high;
}

Tally TallyByKind(const std::vector<Judged>& problems) {
  std::map<std::string, Counts> kinds;
  Counts all;
  for (const Judged& problem : problems) {
    kinds[problem.kind].Add(problem);
    all.Add(problem);
  }
  Tally tally;
  tally.text =
      "| kind | cannot help | said to | share | 95 % bound | all | covered | strictly | can help | "
      "found |\n|---|---|---|---|---|---|---|---|---|---|\n";
  for (const auto& [name, counts] : kinds) {
    tally.text += Row(name, counts);
    if (counts.cannot >= kFewest && Share(counts.claimed, counts.cannot) > kMostHelpsOfKind)
      tally.holds = false;
    if (counts.all >= kFewest && Share(counts.covered, counts.all) < kLeastCoverOfKind)
      tally.holds = false;
  }
  tally.text += Row("**all**", all);
  if (Share(all.claimed, all.cannot) > kMostHelps ||
      UpperBound(all.claimed, all.cannot) > kMostHelpsBound ||
      Share(all.covered, all.all) < kLeastCover)
    tally.holds = false;
  return tally;
}

std::string TallyByEffect(const std::vector<Judged>& problems) {
  const std::vector<Procedure> procedures = Procedures();
  std::string text = "| gain in standard errors | tables |";
  std::string line = "|---|---|";
  for (const Procedure& procedure : procedures) {
    text += fmt::format(" {} |", procedure.name);
    line += "---|";
  }
  text += "\n" + line + "\n";
  for (const auto& [size, cell] : ByEffect(problems)) {
    text += size == 10 ? fmt::format("| 5 and more | {} |", cell.size())
                       : fmt::format("| {:.1f} to {:.1f} | {} |", 0.5 * size, 0.5 * (size + 1),
                                     cell.size());
    for (const Procedure& procedure : procedures) {
      int known = 0;
      int found = 0;
      int covered = 0;
      for (const Judged* problem : cell) {
        const std::optional<Interval> interval = procedure.interval(*problem);
        if (!interval) continue;
        ++known;
        found += interval->low > 0.0 ? 1 : 0;
        covered += problem->Covers(*interval, true) ? 1 : 0;
      }
      text += known == 0
                  ? " - |"
                  : fmt::format(" {:.2f} ({:.2f}) |", Share(found, known), Share(covered, known));
    }
    text += "\n";
  }
  return text;
}

}  // namespace halflife::testing
