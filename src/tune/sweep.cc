#include "tune/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "tune/grid.h"
#include "tune/statistics.h"

namespace halflife {
namespace {

constexpr int kMostExtensions = 5;

// One sweep's work: what the model answers, put in order.
class Sweeper {
 public:
  Sweeper(Model* model, const Rounds& rounds) : model_(model), rounds_(rounds) {}

  // Tries the first decays, and those to be told of beside them; settles which folds count.
  void Start(const std::vector<double>& decays, const std::vector<double>& beside) {
    std::vector<double> all = decays;
    for (const double decay : beside) {
      if (std::find(all.begin(), all.end(), decay) == all.end()) all.push_back(decay);
    }
    std::vector<DecayScores> scores = model_->ScoreFolds(all);
    done_ = model_->DoneFolds();
    sweep.interrupted = static_cast<int>(done_.size()) < rounds_.repeats * rounds_.folds;
    ChooseFolds();
    Add(decays, scores);
    for (const double decay : beside) {
      const auto at = std::find(all.begin(), all.end(), decay) - all.begin();
      std::optional<Trial> trial = TrialOf(decay, scores[static_cast<std::size_t>(at)]);
      if (trial) sweep.beside.push_back(std::move(*trial));
    }
  }

  // Tries further ones. False where that was interrupted: what it began is dropped.
  bool Try(const std::vector<double>& decays) {
    std::vector<DecayScores> scores = model_->ScoreFolds(decays);
    if (model_->DoneFolds() != done_) {
      sweep.interrupted = true;
      return false;
    }
    Add(decays, scores);
    return true;
  }

  // The parts of `all`, one a fold that is done or a fold there is, that count.
  std::vector<FoldScore> OfTheseFolds(const std::vector<FoldScore>& all,
                                      const std::vector<int>& folds) const {
    std::vector<FoldScore> kept;
    for (std::size_t i = 0; i < folds.size(); ++i) {
      if (std::binary_search(sweep.folds.begin(), sweep.folds.end(), folds[i]))
        kept.push_back(all[i]);
    }
    return kept;
  }

  void ScoreNull() {
    const std::vector<FoldScore> all = model_->NullScores();
    std::vector<int> every(all.size());
    std::iota(every.begin(), every.end(), 0);
    sweep.null_scores = OfTheseFolds(all, every);
  }

  Sweep sweep;

 private:
  void ChooseFolds() {
    std::vector<std::vector<int>> done_of(static_cast<std::size_t>(rounds_.repeats));
    for (const int fold : done_)
      done_of[static_cast<std::size_t>(fold / rounds_.folds)].push_back(fold);
    const auto whole = [&](const std::vector<int>& folds) {
      return static_cast<int>(folds.size()) == rounds_.folds;
    };
    sweep.repeats = static_cast<int>(std::count_if(done_of.begin(), done_of.end(), whole));
    for (const std::vector<int>& folds : done_of) {
      if (sweep.repeats == 0 && folds.size() > sweep.folds.size()) sweep.folds = folds;
      if (sweep.repeats > 0 && whole(folds))
        sweep.folds.insert(sweep.folds.end(), folds.begin(), folds.end());
    }
    sweep.repeats = std::max(1, sweep.repeats);
    if (sweep.folds.size() < 2) Fail(ErrorKind::kStoppedBeforeFolds);
  }

  // None where a fold has no fit, or one whose losses are not finite.
  std::optional<Trial> TrialOf(double decay, const DecayScores& scores) const {
    if (scores.status != FitStatus::kFitted) return std::nullopt;
    Trial trial{decay, OfTheseFolds(scores.folds, done_)};
    const bool finite = std::all_of(trial.folds.begin(), trial.folds.end(), [](const auto& fold) {
      return std::isfinite(fold.train_loss) && std::isfinite(fold.validation_loss);
    });
    return finite ? std::make_optional(std::move(trial)) : std::nullopt;
  }

  void Add(const std::vector<double>& decays, const std::vector<DecayScores>& scores) {
    for (std::size_t d = 0; d < decays.size(); ++d) {
      std::optional<Trial> trial = TrialOf(decays[d], scores[d]);
      if (trial) sweep.trials.push_back(std::move(*trial));
      if (!trial && scores[d].status != FitStatus::kNoFiniteFit)
        sweep.unfit_decays.push_back(decays[d]);
    }
    std::sort(sweep.trials.begin(), sweep.trials.end(),
              [](const Trial& a, const Trial& b) { return a.decay < b.decay; });
    std::sort(sweep.unfit_decays.begin(), sweep.unfit_decays.end());
  }

  Model* model_;
  Rounds rounds_;
  std::vector<int> done_;
};

std::vector<double> DecaysOf(const std::vector<Trial>& trials) {
  std::vector<double> decays;
  decays.reserve(trials.size());
  for (const Trial& trial : trials) decays.push_back(trial.decay);
  return decays;
}

// The lowest mean validation loss; of equals the largest decay, the simpler model.
int BestOf(const std::vector<Trial>& trials) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < trials.size(); ++i) {
    if (trials[i].MeanValidation() <= trials[best].MeanValidation()) best = i;
  }
  return static_cast<int>(best);
}

bool AtUpperEdge(const Sweep& sweep) {
  return sweep.best + 1 == static_cast<int>(sweep.trials.size());
}

// Decay 0 is the end of the axis, but what lies between it and the smallest other decay is still to
// be tried while the two differ.
bool AtLowerEdge(const Sweep& sweep) {
  if (sweep.best > 0) return false;
  if (sweep.trials.front().decay > 0.0) return true;
  const double zero = sweep.trials[0].MeanValidation();
  return std::fabs(sweep.trials[1].MeanValidation() - zero) > 1e-6 * std::fabs(zero);
}

// Whether more decay still changes the loss: at the far end only the intercept is left.
bool StillFalls(const std::vector<Trial>& trials) {
  const double last = trials.back().MeanValidation();
  const double before = trials[trials.size() - 2].MeanValidation();
  return before - last > 1e-6 * std::fabs(last);
}

void Extend(double smallest, Sweeper* sweeper) {
  Sweep& sweep = sweeper->sweep;
  for (int round = 0; round < kMostExtensions; ++round) {
    std::vector<double> more;
    const std::vector<double> decays = DecaysOf(sweep.trials);
    if (PositiveCount(decays) < 2) return;  // no spacing to go on at
    if (AtLowerEdge(sweep)) {
      more = ExtendBelow(decays, kFurtherDecays, smallest);
    } else if (AtUpperEdge(sweep) && StillFalls(sweep.trials)) {
      more = ExtendAbove(decays);
    }
    if (more.empty() || !sweeper->Try(more)) return;
    sweep.best = BestOf(sweep.trials);
  }
}

// The decays to begin with, and the smallest that may follow.
std::vector<double> GridOf(Model* model, double* smallest) {
  if (const std::optional<SparseRange> range = model->ZeroFrom()) {
    *smallest = SmallestSparseDecay(range->largest);
    return SparseGrid(range->largest, range->wide);
  }
  const Vector curvature = model->Curvature();
  *smallest = SmallestDecay(curvature);
  return AutomaticGrid(curvature, true);
}

// What became of decay 0, and of decays without a fit. Throws where none has one.
void TellWhatIsMissing(bool asked_zero, Sweep* sweep) {
  std::vector<double>& unfit = sweep->unfit_decays;
  const bool has_zero =
      sweep->baseline.has_value() || (!sweep->trials.empty() && sweep->trials.front().decay == 0.0);
  const bool zero_unfit = !unfit.empty() && unfit.front() == 0.0;
  if (!has_zero && !zero_unfit) sweep->findings.push_back({.kind = TuneFinding::Kind::kSeparable});
  if (sweep->trials.empty() && unfit.empty()) Fail(ErrorKind::kSeparableAtZero);
  if (sweep->trials.empty()) Fail(ErrorKind::kNoFitReached, {unfit.size()});
  if (zero_unfit) {
    sweep->findings.push_back({.kind = TuneFinding::Kind::kZeroUnfit});
    if (!asked_zero) unfit.erase(unfit.begin());
  }
  if (!unfit.empty())
    sweep->findings.push_back({.kind = TuneFinding::Kind::kUnfit, .decays = unfit});
}

// The largest decay within one standard error of the best.
int OneSe(const Sweep& sweep) {
  const auto best = static_cast<std::size_t>(sweep.best);
  const Estimate loss = sweep.trials[best].Of(&FoldScore::validation_loss, sweep.repeats);
  int one_se = sweep.best;
  for (std::size_t i = best; i < sweep.trials.size(); ++i) {
    if (sweep.trials[i].MeanValidation() <= loss.mean + loss.se) one_se = static_cast<int>(i);
  }
  return one_se;
}

}  // namespace

double Trial::MeanValidation() const { return Of(&FoldScore::validation_loss, 1).mean; }

Estimate Trial::Of(double FoldScore::*part, int repeats) const {
  std::vector<double> values;
  values.reserve(folds.size());
  for (const FoldScore& fold : folds) values.push_back(fold.*part);
  return MeanAndErrorOfRounds(values, repeats);
}

const Trial& BaselineOf(const Sweep& sweep) {
  return sweep.baseline ? *sweep.baseline : sweep.trials.front();
}

Sweep RunSweep(Model* model, std::vector<double> decays, const Rounds& rounds,
               const std::vector<double>& beside) {
  const bool automatic = decays.empty();
  double smallest = 0.0;  // that an automatic grid goes down to
  if (automatic) decays = GridOf(model, &smallest);
  std::sort(decays.begin(), decays.end());
  decays.erase(std::unique(decays.begin(), decays.end()), decays.end());
  const bool asked_zero = decays.front() == 0.0;
  if (!asked_zero) decays.insert(decays.begin(), 0.0);
  Sweeper sweeper(model, rounds);
  Sweep& sweep = sweeper.sweep;
  sweeper.Start(decays, beside);
  if (!asked_zero && sweep.trials.size() > 1 && sweep.trials.front().decay == 0.0) {
    sweep.baseline = std::move(sweep.trials.front());
    sweep.trials.erase(sweep.trials.begin());
  }
  if (!sweep.trials.empty()) sweep.best = BestOf(sweep.trials);
  if (automatic) Extend(smallest, &sweeper);
  TellWhatIsMissing(asked_zero, &sweep);
  const bool at_zero = sweep.trials[static_cast<std::size_t>(sweep.best)].decay == 0.0;
  sweep.best_at_edge =
      sweep.trials.size() > 1 && !at_zero && (AtLowerEdge(sweep) || AtUpperEdge(sweep));
  sweep.one_se = OneSe(sweep);
  sweeper.ScoreNull();
  return std::move(sweep);
}

}  // namespace halflife
