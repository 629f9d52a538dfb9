#include "tune/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "tune/grid.h"
#include "tune/statistics.h"

namespace halflife {
namespace {

constexpr int kMostExtensions = 5;

Estimate ValidationOf(const Trial& trial) {
  std::vector<double> losses;
  for (const FoldScore& fold : trial.folds) losses.push_back(fold.validation_loss);
  return MeanAndError(losses);
}

void Score(Model* model, const std::vector<double>& decays, std::vector<Trial>* trials) {
  std::vector<std::vector<FoldScore>> scores = model->ScoreFolds(decays);
  for (std::size_t d = 0; d < decays.size(); ++d) {
    if (!scores[d].empty()) trials->push_back({decays[d], std::move(scores[d])});
  }
  std::sort(trials->begin(), trials->end(),
            [](const Trial& a, const Trial& b) { return a.decay < b.decay; });
}

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

// Decay 0 is an end of the axis, not of the grid.
bool AtLowerEdge(const Sweep& sweep) { return sweep.best == 0 && sweep.trials.front().decay > 0.0; }

// Whether more decay still changes the loss: at the far end only the intercept is left.
bool StillFalls(const std::vector<Trial>& trials) {
  const double last = trials.back().MeanValidation();
  const double before = trials[trials.size() - 2].MeanValidation();
  return before - last > 1e-6 * std::fabs(last);
}

void Extend(Model* model, Sweep* sweep) {
  for (int round = 0; round < kMostExtensions && sweep->trials.size() >= 2; ++round) {
    const std::vector<double> decays = DecaysOf(sweep->trials);
    if (AtLowerEdge(*sweep)) {
      Score(model, ExtendBelow(decays), &sweep->trials);
    } else if (AtUpperEdge(*sweep) && StillFalls(sweep->trials)) {
      Score(model, ExtendAbove(decays), &sweep->trials);
    } else {
      return;
    }
    sweep->best = BestOf(sweep->trials);
  }
}

}  // namespace

double Trial::MeanValidation() const { return ValidationOf(*this).mean; }

Sweep RunSweep(Model* model, std::vector<double> decays) {
  Sweep sweep;
  const bool automatic = decays.empty();
  if (automatic) decays = AutomaticGrid(model->Curvature(), true);
  std::sort(decays.begin(), decays.end());
  decays.erase(std::unique(decays.begin(), decays.end()), decays.end());
  const bool asked_zero = decays.front() == 0.0;
  std::vector<double> tried = decays;
  if (!asked_zero) tried.insert(tried.begin(), 0.0);
  Score(model, tried, &sweep.trials);
  const bool has_zero = !sweep.trials.empty() && sweep.trials.front().decay == 0.0;
  if (!has_zero) sweep.notes.push_back("separable: no finite fit without decay");
  if (sweep.trials.empty())
    FailData(
        "separable: no finite fit without decay, and --decay asks for 0 alone; add a decay above "
        "0");
  if (has_zero && !asked_zero) {
    sweep.baseline = std::move(sweep.trials.front());
    sweep.trials.erase(sweep.trials.begin());
  }
  sweep.best = BestOf(sweep.trials);
  if (automatic) Extend(model, &sweep);
  sweep.best_at_edge = sweep.trials.size() > 1 && (AtLowerEdge(sweep) || AtUpperEdge(sweep));
  const Estimate best = ValidationOf(sweep.trials[static_cast<std::size_t>(sweep.best)]);
  sweep.one_se = sweep.best;
  for (std::size_t i = static_cast<std::size_t>(sweep.best); i < sweep.trials.size(); ++i) {
    if (sweep.trials[i].MeanValidation() <= best.mean + best.se) sweep.one_se = static_cast<int>(i);
  }
  return sweep;
}

}  // namespace halflife
