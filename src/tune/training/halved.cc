#include "tune/training/halved.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "tune/training/halving.h"

namespace halflife {
namespace {

constexpr double kEarly = 0.2;        // of a run: where other seeds are looked at
constexpr double kOutOfReach = 0.15;  // of the loss: learning rates that far behind are set aside
constexpr double kCloseLr = 0.02;     // of the loss: those worth as close a look as the best
constexpr int kUsuallyOn = 5;         // for the progress: decays that go on from rung to rung

class HalvedSweep {
 public:
  HalvedSweep(const TrainingSweepOptions& options, const TrainingStages& stages,
              TrialFamilies* families)
      : options_(options), stages_(stages), families_(*families) {}

  void Run() {
    ClimbRungs();
    FinishFirstSeed();
    TrainOtherSeeds();
  }

 private:
  using Trials = TrialFamilies::Trials;

  // What is left to do, roughly, once the first seed's decays have `epoch` epochs.
  double Later(int epoch) const {
    const double families = static_cast<double>(families_.all().size());
    return kUsuallyOn * families * (options_.epochs - epoch) +
           (options_.seeds - 1) * (2.0 + 2.0 * kEarly) * options_.epochs;
  }

  void ClimbRungs() {
    const std::vector<int> rungs = Rungs(options_.epochs);
    families_.Train(rungs[0], families_.AllTrials(), 0, 1, Later(rungs[0]));
    for (std::size_t r = 0; r + 1 < rungs.size() && !stages_.stopped(); ++r) {
      const bool drop_lrs = r + 2 >= rungs.size();
      families_.Train(rungs[r + 1], GoOn(rungs[r], drop_lrs), 0, 1, Later(rungs[r + 1]));
    }
  }

  // The lowest first-seed loss at an epoch, of no decay alone or of all.
  double LowestAt(const TrialFamily& family, int epoch, bool none_alone) const {
    double lowest = std::numeric_limits<double>::infinity();
    for (const LossCurve& curve : families_.Curves(family, 0)) {
      if (!curve.diverged && curve.losses.size() >= static_cast<std::size_t>(epoch))
        lowest = std::min(lowest, curve.losses[static_cast<std::size_t>(epoch) - 1]);
      if (none_alone) break;
    }
    return lowest;
  }

  // Whether the family keeps up with the others, in its best decay or with no decay.
  bool WithinReach(const TrialFamily& family, int epoch, bool none_alone, double part) const {
    double lowest = std::numeric_limits<double>::infinity();
    for (const TrialFamily& other : families_.all())
      lowest = std::min(lowest, LowestAt(other, epoch, none_alone));
    return LowestAt(family, epoch, none_alone) <= lowest + part * std::fabs(lowest);
  }

  Trials GoOn(int epoch, bool drop_lrs) {
    Trials on;
    for (TrialFamily& family : families_.all()) {
      if (drop_lrs && !WithinReach(family, epoch, false, kOutOfReach)) {
        if (WithinReach(family, epoch, true, kOutOfReach)) on.push_back(&family.trials[0]);
        continue;
      }
      const Promotion promotion =
          Promote(families_.Curves(family, 0), epoch, options_.epochs, options_.width);
      const bool extended = promotion.at_top && families_.Extend(&family, true);
      for (const std::size_t k : promotion.decays) on.push_back(&family.trials[k]);
      if (extended) on.push_back(&family.trials.back());
    }
    return on;
  }

  // Who else is to be trained to the end: by the rule, or where all that were diverged on their
  // way, the largest decay alive.
  std::vector<std::size_t> StillOpen(const TrialFamily& family) const {
    std::size_t largest = 0;
    for (std::size_t k = 1; k < family.trials.size(); ++k) {
      if (family.trials[k].finished() > 0) {
        std::vector<LossCurve> curves = families_.Curves(family, 0);
        if (options_.width.drops_neighbours) DropOutOfReach(curves, options_.epochs);
        return ToFinish(curves, options_.epochs);
      }
      if (!family.trials[k].diverged()) largest = k;
    }
    if (largest == 0) return {};
    return {largest};
  }

  // How far a decay is trained on its way to the end: all of it, or to the next rung, where it may
  // turn out to be out of reach.
  int NextStop(const TrainingTrial& trial) const {
    const PlannedRun& first = trial.runs[0];
    const int has = first.run == nullptr ? 0 : static_cast<int>(first.run->curve().size());
    if (!options_.width.drops_neighbours) return options_.epochs;
    for (const int rung : Rungs(options_.epochs)) {
      if (rung > has) return rung;
    }
    return options_.epochs;
  }

  void FinishFirstSeed() {
    for (bool more = true; more && !stages_.stopped();) {
      std::map<int, Trials> next;  // by the epoch that they are trained to
      for (TrialFamily& family : families_.all()) {
        if (!WithinReach(family, options_.epochs, false, kCloseLr)) continue;
        const std::vector<std::size_t> open = StillOpen(family);
        for (const std::size_t k : open)
          next[NextStop(family.trials[k])].push_back(&family.trials[k]);
        const int edge = open.empty() ? families_.Edge(family, 1) : 0;
        if (edge == 0 || !families_.Extend(&family, edge > 0)) continue;
        TrainingTrial* added = edge > 0 ? &family.trials.back() : &family.trials[1];
        next[edge > 0 ? NextStop(*added) : options_.epochs].push_back(added);
      }
      more = !next.empty();
      for (const auto& [epoch, trials] : next)
        families_.Train(epoch, trials, 0, 1, Later(options_.epochs));
    }
  }

  // The lowest at the end of the first seed, of those with or without decay.
  TrainingTrial* FirstSeedBest(const Trials& trials, bool with_decay) const {
    TrainingTrial* best = nullptr;
    for (TrainingTrial* trial : trials) {
      if (trial->diverged() || trial->finished() < 1 || (trial->decay > 0.0) != with_decay)
        continue;
      if (best == nullptr || Final(*trial) < Final(*best)) best = trial;
    }
    return best;
  }

  double Final(const TrainingTrial& trial) const {
    return trial.runs[0].Loss(options_.early_stopping);
  }

  // The best, no decay, and whatever may still be better than the best by its early losses.
  void TrainOtherSeeds() {
    if (options_.seeds == 1) return;
    const Trials all = families_.AllTrials();
    const int early = std::max(1, static_cast<int>(std::lround(kEarly * options_.epochs)));
    std::set<TrainingTrial*> tried;
    for (TrainingTrial* best = nullptr; !stages_.stopped();) {
      best = FirstSeedBest(all, true);
      if (best == nullptr || !tried.insert(best).second) break;  // a best that diverged is replaced
      Trials on = {best};
      if (TrainingTrial* none = FirstSeedBest(all, false)) on.push_back(none);
      const Trials near = Rivals(*best);
      Trials looked_at = on;
      looked_at.insert(looked_at.end(), near.begin(), near.end());
      families_.Train(early, looked_at, 1, options_.seeds,
                      2.0 * (options_.seeds - 1) * (options_.epochs - early));
      TrainingTrial* closest = nullptr;
      for (TrainingTrial* rival : near) {
        if (!MayWin(*rival, *best, early)) continue;
        if (closest == nullptr || Final(*rival) < Final(*closest)) closest = rival;
      }
      if (closest != nullptr) on.push_back(closest);
      families_.Train(options_.epochs, on, 1, options_.seeds, 0.0);
    }
    if (FirstSeedBest(all, true) == nullptr) {  // nothing but no decay is left
      if (TrainingTrial* none = FirstSeedBest(all, false))
        families_.Train(options_.epochs, {none}, 1, options_.seeds, 0.0);
    }
  }

  // The neighbours of the best, and the best of the other learning rates.
  Trials Rivals(const TrainingTrial& best) {
    Trials rivals;
    for (TrialFamily& family : families_.all()) {
      Trials own;
      for (TrainingTrial& trial : family.trials) own.push_back(&trial);
      if (family.lr != best.lr) {
        TrainingTrial* other = FirstSeedBest(own, true);
        if (other != nullptr) rivals.push_back(other);
        continue;
      }
      for (std::size_t k = 1; k < own.size(); ++k) {
        const bool beside =
            (k > 1 && own[k - 1] == &best) || (k + 1 < own.size() && own[k + 1] == &best);
        if (beside && own[k]->finished() > 0 && !own[k]->diverged()) rivals.push_back(own[k]);
      }
    }
    return rivals;
  }

  bool MayWin(const TrainingTrial& rival, const TrainingTrial& best, int early) const {
    std::vector<double> gaps;
    for (std::size_t s = 0; s < static_cast<std::size_t>(options_.seeds); ++s) {
      const LossCurve a = CurveOf(rival.runs[s], options_);
      const LossCurve b = CurveOf(best.runs[s], options_);
      const auto at = static_cast<std::size_t>(early);
      if (a.diverged || b.diverged || a.losses.size() < at || b.losses.size() < at) return false;
      gaps.push_back(a.losses[at - 1] - b.losses[at - 1]);
    }
    const std::vector<LossCurve> pair = {CurveOf(best.runs[0], options_),
                                         CurveOf(rival.runs[0], options_)};
    return MayStillWin(Final(rival) - Final(best), GapNoise(pair, options_.epochs), gaps);
  }

  const TrainingSweepOptions& options_;
  const TrainingStages& stages_;
  TrialFamilies& families_;
};

}  // namespace

void TrainHalved(const TrainingSweepOptions& options, const TrainingStages& stages,
                 TrialFamilies* families) {
  HalvedSweep(options, stages, families).Run();
}

}  // namespace halflife
