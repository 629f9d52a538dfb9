#include "tune/training/choice.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/error.h"
#include "tune/statistics.h"
#include "tune/training/halving.h"
#include "tune/training/stages.h"

namespace halflife {
namespace {

using Trials = std::vector<const TrainingTrial*>;

constexpr double kRivalChance = 2.5;  // standard deviations: the rival is the lowest of many

ErrorKind KindOf(const Divergence& divergence) {
  if (divergence.what == Divergence::What::kWeight) return ErrorKind::kWeightNotFinite;
  if (divergence.what == Divergence::What::kLoss)
    return divergence.is_nan ? ErrorKind::kLossNan : ErrorKind::kLossInfinite;
  return divergence.is_nan ? ErrorKind::kValidationNan : ErrorKind::kValidationInfinite;
}

class Chooser {
 public:
  Chooser(const TrainingSweep& sweep, const TrainingSweepOptions& options)
      : sweep_(sweep), options_(options) {}

  TrainingChoice Choose() {
    FindEligible();
    if (choice_.seeds > 0) {
      ChooseFinished();
    } else if (sweep_.stopped) {
      ChooseUnfinished();
    } else {  // what was trained on diverged with some seed, what is left was set aside
      FailNothing();
    }
    FindPoints();
    return std::move(choice_);
  }

 private:
  double Mean(const TrainingTrial& trial) const {
    return trial.MeanLoss(choice_.seeds, options_.early_stopping);
  }

  // As many seeds as two different decays have ended with, or else as any has.
  void FindEligible() {
    for (int seeds = options_.seeds; seeds > 0 && choice_.seeds == 0; --seeds) {
      Trials ended;
      for (const TrialFamily& family : sweep_.families) {
        for (const TrainingTrial& trial : family.trials) {
          if (trial.finished() >= seeds && !trial.diverged()) ended.push_back(&trial);
        }
      }
      const bool differ = std::any_of(ended.begin(), ended.end(), [&](const TrainingTrial* trial) {
        return trial->decay != ended.front()->decay;
      });
      const bool any_asked = std::any_of(ended.begin(), ended.end(),
                                         [](const TrainingTrial* trial) { return trial->asked; });
      if (!any_asked || (!differ && seeds > 1 && sweep_.stopped)) continue;
      eligible_ = ended;
      choice_.seeds = seeds;
    }
  }

  // The lowest mean of those that `fits` holds for; of equals the largest decay.
  template <typename Fits>
  const TrainingTrial* Lowest(Fits fits) const {
    const TrainingTrial* lowest = nullptr;
    for (const TrainingTrial* trial : eligible_) {
      if (!fits(*trial)) continue;
      if (lowest == nullptr ||
          std::tuple(Mean(*trial), -trial->decay) < std::tuple(Mean(*lowest), -lowest->decay))
        lowest = trial;
    }
    return lowest;
  }

  void ChooseFinished() {
    double smallest = eligible_.front()->decay;
    for (const TrainingTrial* trial : eligible_) smallest = std::min(smallest, trial->decay);
    choice_.baseline = Lowest([&](const TrainingTrial& t) { return t.decay == smallest; });
    choice_.rival = Lowest([&](const TrainingTrial& t) { return t.asked && t.decay != smallest; });
    const bool may_be_none = choice_.baseline->asked;
    best_ = choice_.rival != nullptr ? choice_.rival : choice_.baseline;
    if (choice_.rival == nullptr || !may_be_none) return;
    const double gain = Mean(*choice_.baseline) - Mean(*choice_.rival);
    if (gain > kRivalChance * NoiseOfMeans()) return;
    best_ = choice_.baseline;
    choice_.chance = gain > 0.0;
  }

  // Of the gap between the means of the two over seeds.
  double NoiseOfMeans() const {
    double squares = 0.0;
    for (int s = 0; s < choice_.seeds; ++s) {
      const auto seed = static_cast<std::size_t>(s);
      const std::vector<LossCurve> pair = {CurveOf(choice_.baseline->runs[seed], options_),
                                           CurveOf(choice_.rival->runs[seed], options_)};
      squares += std::pow(GapNoise(pair, options_.epochs), 2.0);
    }
    return std::max(std::sqrt(squares) / choice_.seeds, ErrorOverSeeds());
  }

  // The standard error of that gap by how seeds differ: curves that run smoothly to their end (a
  // learning rate that falls to 0, running minima) say nothing of chance by themselves.
  double ErrorOverSeeds() const {
    if (choice_.seeds < 2) return 0.0;
    std::vector<double> gaps;
    for (int s = 0; s < choice_.seeds; ++s) {
      const auto seed = static_cast<std::size_t>(s);
      gaps.push_back(choice_.baseline->runs[seed].Loss(options_.early_stopping) -
                     choice_.rival->runs[seed].Loss(options_.early_stopping));
    }
    return MeanAndError(gaps).se;
  }

  // Stopped before any run ended: the lowest loss of the first seed at the last epoch that two
  // decays have, or any has.
  void ChooseUnfinished() {
    std::vector<int> epochs;
    Trials started;
    for (const TrialFamily& family : sweep_.families) {
      for (const TrainingTrial& trial : family.trials) {
        const PlannedRun& first = trial.runs[0];
        if (!trial.asked || first.run == nullptr || trial.diverged() || first.run->curve().empty())
          continue;
        started.push_back(&trial);
        epochs.push_back(static_cast<int>(first.run->curve().size()));
      }
    }
    if (started.empty()) FailNothing();
    std::sort(epochs.rbegin(), epochs.rend());
    choice_.epoch = epochs[epochs.size() > 1 ? 1 : 0];
    const auto loss = [&](const TrainingTrial& trial) {
      const LossCurve curve = CurveOf(trial.runs[0], options_);
      return curve.losses[static_cast<std::size_t>(choice_.epoch) - 1];
    };
    for (const TrainingTrial* trial : started) {
      if (static_cast<int>(trial->runs[0].run->curve().size()) < choice_.epoch) continue;
      if (best_ == nullptr || loss(*trial) < loss(*best_)) best_ = trial;
    }
  }

  [[noreturn]] void FailNothing() const {
    if (sweep_.stopped) Fail(ErrorKind::kStoppedBeforeEpoch);
    const PlannedRun& first = sweep_.families.front().trials.front().runs.front();
    const double least = *std::min_element(options_.lrs.begin(), options_.lrs.end());
    if (!first.diverged()) Fail(ErrorKind::kAllDiverged, {least});
    const Divergence& why = *first.run->diverged();
    Fail(ErrorKind::kAllDivergedBy, {least}, Cause(KindOf(why), {why.epoch}));
  }

  // How much is known of a trial: runs ended, epochs of all, and of equals the lower loss of the
  // first run.
  std::tuple<std::size_t, std::size_t, double> Known(const TrainingTrial& trial) const {
    std::size_t epochs = 0;
    const PlannedRun* first = nullptr;
    for (const PlannedRun& run : trial.runs) {
      if (run.run == nullptr || run.run->curve().empty()) continue;
      epochs += run.run->curve().size();
      if (first == nullptr) first = &run;
    }
    if (first == nullptr || trial.diverged()) return {0, 0, 0.0};
    return {trial.ended().size(), epochs, -first->Loss(options_.early_stopping)};
  }

  void FindPoints() {
    std::map<double, const TrainingTrial*> points;
    for (const TrialFamily& family : sweep_.families) {
      for (const TrainingTrial& trial : family.trials) {
        if (!trial.asked) continue;
        const TrainingTrial*& point = points[trial.decay];
        if (point == nullptr || Known(trial) > Known(*point)) point = &trial;
      }
    }
    points[best_->decay] = best_;
    const TrainingTrial* baseline = choice_.baseline;
    if (baseline != nullptr && baseline->asked && baseline->decay != best_->decay)
      points[baseline->decay] = baseline;
    for (const auto& [decay, trial] : points) {
      if (trial == best_) choice_.best = choice_.points.size();
      choice_.points.push_back(trial);
    }
    const bool outermost = choice_.best == 0 || choice_.best + 1 == choice_.points.size();
    choice_.at_edge = choice_.points.size() > 1 && best_->decay > 0.0 && outermost;
  }

  const TrainingSweep& sweep_;
  const TrainingSweepOptions& options_;
  Trials eligible_;
  const TrainingTrial* best_ = nullptr;
  TrainingChoice choice_;
};

}  // namespace

TrainingChoice Choose(const TrainingSweep& sweep, const TrainingSweepOptions& options) {
  return Chooser(sweep, options).Choose();
}

}  // namespace halflife
