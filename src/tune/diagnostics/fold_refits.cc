#include "tune/diagnostics/fold_refits.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.h"
#include "base/random.h"
#include "model/softmax.h"
#include "tune/diagnostics/held_out_rows.h"
#include "tune/statistics.h"

namespace halflife {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t kRowsStream = 7;  // of the seed's streams, the one of the rows drawn

const Folds& FirstRound(const FoldQuestion& question) {
  return question.maker.context.dataset->folds.front();
}

// The rows that train a fold in an order whose first part is a smaller table of the same kind:
// drawn; in order of time the latest; of groups, whole ones drawn.
std::vector<uint32_t> TrainingInOrder(const FoldQuestion& question, int fold) {
  const Dataset& dataset = *question.maker.context.dataset;
  const Folds& round = FirstRound(question);
  const std::vector<uint32_t> rows = round.Training(fold);
  Random random(question.seed, (static_cast<std::uint64_t>(fold) << 8) | kRowsStream);
  std::vector<uint32_t> drawn;
  for (const uint32_t at : random.Permutation(static_cast<uint32_t>(rows.size())))
    drawn.push_back(rows[at]);
  if (round.ordered) {
    std::stable_sort(drawn.begin(), drawn.end(),
                     [&](uint32_t a, uint32_t b) { return round.of_row[a] > round.of_row[b]; });
  }
  if (dataset.groups.empty()) return drawn;
  std::vector<std::size_t> place(dataset.target.rows(), drawn.size());  // a group: of its first row
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    std::size_t& first = place[static_cast<std::size_t>(dataset.groups[drawn[i]])];
    first = std::min(first, i);
  }
  std::stable_sort(drawn.begin(), drawn.end(), [&](uint32_t a, uint32_t b) {
    return place[static_cast<std::size_t>(dataset.groups[a])] <
           place[static_cast<std::size_t>(dataset.groups[b])];
  });
  return drawn;
}

// Losses of the baseline and of the best on a fold.
struct PairOfLosses {
  double baseline = kUnknown;
  double best = kUnknown;
};

PairOfLosses LossesWith(const FoldQuestion& question, const RefitMaker& maker,
                        std::vector<uint32_t> training, int fold) {
  std::sort(training.begin(), training.end());
  const Dataset& dataset = *maker.context.dataset;
  const Refit refit = maker.On(training, {question.baseline, question.best});
  const std::vector<uint32_t> held = FirstRound(question).Held(fold);
  const auto loss = [&](const std::optional<Fit>& fit) {
    if (!fit) return kUnknown;
    const double mean =
        MeanLoss(dataset, OutputsOf(dataset.design, refit.standardizer, *fit, held), held);
    return std::isfinite(mean) ? mean : kUnknown;
  };
  return {loss(refit.fits[0]), loss(refit.fits[1])};
}

Estimate EstimateOf(const std::vector<PairOfLosses>& losses, double PairOfLosses::*part) {
  std::vector<double> values;
  values.reserve(losses.size());
  for (const PairOfLosses& each : losses) values.push_back(each.*part);
  return MeanAndError(values);
}

// The sweep's own loss on each of the folds of its first round.
std::vector<PairOfLosses> LossesOfSweep(const FoldQuestion& question,
                                        const std::vector<int>& folds) {
  const Sweep& sweep = question.sweep;
  const Trial& best = sweep.trials[static_cast<std::size_t>(sweep.best)];
  std::vector<PairOfLosses> losses;
  for (const int fold : folds) {
    const auto at = static_cast<std::size_t>(
        std::find(sweep.folds.begin(), sweep.folds.end(), fold) - sweep.folds.begin());
    losses.push_back({BaselineOf(sweep).folds[at].validation_loss, best.folds[at].validation_loss});
  }
  return losses;
}

}  // namespace

double WorkOfFit(const Dataset& dataset) {
  const auto rows = static_cast<double>(dataset.target.rows());
  const auto features = static_cast<double>(dataset.design.size());
  const bool classes = dataset.target.task == Task::kClassification;
  const double passes = classes ? 10.0 * static_cast<double>(dataset.target.class_names.size()) : 1;
  return passes * rows * features * std::min(rows, features);
}

std::vector<int> FoldsHolding(const Dataset& dataset, const Sweep& sweep, std::size_t rows,
                              std::size_t least) {
  const Folds& round = dataset.folds.front();
  std::vector<int> folds;
  std::size_t held = 0;
  for (int i = 0; i < round.count && (held < rows || folds.size() < least); ++i) {
    const int fold = round.ordered ? round.count - 1 - i : i;  // the last has most rows to train on
    if (std::find(sweep.folds.begin(), sweep.folds.end(), fold) == sweep.folds.end()) continue;
    folds.push_back(fold);
    held += round.Held(fold).size();
  }
  return folds;
}

HeldOutRows PredictFolds(const FoldQuestion& question, const std::vector<int>& folds) {
  const Dataset& dataset = *question.maker.context.dataset;
  const RefitMaker maker = question.maker.SideBySide(folds.size());
  std::vector<Matrix> outputs(folds.size());
  std::vector<std::vector<uint32_t>> held(folds.size());
  ParallelFor(folds.size(), question.maker.context.threads, [&](std::size_t i) {
    if (maker.stopping->Asked()) return;
    const Refit refit = maker.On(FirstRound(question).Training(folds[i]), {question.best});
    if (!refit.fits.front()) return;
    held[i] = FirstRound(question).Held(folds[i]);
    outputs[i] = OutputsOf(dataset.design, refit.standardizer, *refit.fits.front(), held[i]);
  });
  std::vector<uint32_t> rows;
  for (const std::vector<uint32_t>& each : held) rows.insert(rows.end(), each.begin(), each.end());
  if (rows.empty() || maker.stopping->Asked()) return {};
  const Matrix all = SideBySide(outputs);
  const Target& target = dataset.target;
  if (target.task == Task::kClassification)
    return {std::nullopt,
            HeldOutOfClasses(PickClasses(target.classes, rows), all, target.class_names.size())};
  const Vector truth = target.numbers(rows);
  return {HeldOutOfNumbers({truth.data(), rows.size()}, {all.data(), rows.size()}), std::nullopt};
}

std::vector<LearningPoint> LearningCurveOf(const FoldQuestion& question,
                                           const std::vector<int>& folds) {
  constexpr double kShares[] = {0.25, 0.5, 0.75, 1.0};
  constexpr std::size_t kPart = std::size(kShares) - 1;
  const RefitMaker maker = question.maker.SideBySide(kPart * folds.size());
  std::vector<std::vector<PairOfLosses>> losses(kPart, std::vector<PairOfLosses>(folds.size()));
  std::vector<std::vector<uint32_t>> shuffled;
  shuffled.reserve(folds.size());
  for (const int fold : folds) shuffled.push_back(TrainingInOrder(question, fold));
  const auto count = [&](std::size_t s, std::size_t f) {
    return static_cast<std::size_t>(
        std::llround(kShares[s] * static_cast<double>(shuffled[f].size())));
  };
  ParallelFor(kPart * folds.size(), question.maker.context.threads, [&](std::size_t i) {
    const std::size_t s = kPart - 1 - i / folds.size();  // the long ones first
    const std::size_t f = i % folds.size();
    const auto begin = shuffled[f].begin();
    if (count(s, f) < 2 || maker.stopping->Asked()) return;
    losses[s][f] = LossesWith(question, maker,
                              {begin, begin + static_cast<std::ptrdiff_t>(count(s, f))}, folds[f]);
  });
  if (maker.stopping->Asked()) return {};
  losses.push_back(LossesOfSweep(question, folds));
  std::vector<LearningPoint> curve;
  for (std::size_t s = 0; s < std::size(kShares); ++s) {
    double mean_rows = 0.0;
    for (std::size_t f = 0; f < folds.size(); ++f)
      mean_rows += static_cast<double>(count(s, f)) / static_cast<double>(folds.size());
    curve.push_back({kShares[s], static_cast<std::size_t>(std::llround(mean_rows)),
                     EstimateOf(losses[s], &PairOfLosses::baseline),
                     EstimateOf(losses[s], &PairOfLosses::best)});
  }
  return curve;
}

}  // namespace halflife
