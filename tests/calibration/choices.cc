#include "calibration/choices.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <optional>
#include <vector>

#include "base/parallel.h"
#include "calibration/problem.h"
#include "calibration/tuned_rows.h"
#include "halflife/error.h"
#include "linalg/one_blas_thread.h"
#include "tune/fold_choice.h"
#include "tune/statistics.h"

namespace halflife::testing {
namespace {

constexpr int kTables = 2;                 // a population
constexpr int kTruthTablesOfChoices = 60;  // fresh ones

// What each decay of the grid is estimated to lose in fold `fold` of all rounds.
using Estimates = std::function<std::vector<double>(std::size_t fold)>;

// The sweep of a table, and what else the ways need of its model.
class Choosing {
 public:
  explicit Choosing(const TunedRows& tuned)
      : sweep_(tuned.sweep),
        folds_(sweep_.folds.size() / static_cast<std::size_t>(sweep_.repeats)) {
    std::vector<double> decays;
    for (const Trial& trial : sweep_.trials) decays.push_back(trial.decay);
    left_out_ = tuned.model->TrainingLeaveOneOut(decays);
    for (std::size_t r = 0; r < static_cast<std::size_t>(sweep_.repeats); ++r)
      pairs_.push_back(tuned.model->ScorePairs(decays, r));
  }

  // In the order of kWays.
  std::vector<double> MeanGains() const {
    std::vector<double> chosen_on_them;
    for (const Trial& trial : sweep_.trials) chosen_on_them.push_back(trial.MeanValidation());
    const std::vector<std::size_t> ours = ChooseInFolds(sweep_);
    double gain_of_ours = 0.0;
    for (std::size_t f = 0; f < ours.size(); ++f)
      gain_of_ours += Gain(ours[f], f) / static_cast<double>(ours.size());
    return {MeanGain([&](std::size_t) { return chosen_on_them; }),
            gain_of_ours,
            MeanGain([&](std::size_t f) { return LeftOut(f); }),
            MeanGain([&](std::size_t f) { return Pairs(f); }),
            MeanGain([&](std::size_t f) { return Others(f, false); }),
            MeanGain([&](std::size_t f) { return Others(f, true); })};
  }

 private:
  double Gain(std::size_t d, std::size_t fold) const {
    return BaselineOf(sweep_).folds[fold].validation_loss -
           sweep_.trials[d].folds[fold].validation_loss;
  }

  double MeanGain(const Estimates& estimates) const {
    double mean = 0.0;
    for (std::size_t f = 0; f < sweep_.folds.size(); ++f) {
      const std::vector<double> of_fold = estimates(f);
      std::size_t lowest = 0;
      for (std::size_t d = 1; d < of_fold.size(); ++d) {
        if (of_fold[d] <= of_fold[lowest]) lowest = d;
      }
      mean += Gain(lowest, f) / static_cast<double>(sweep_.folds.size());
    }
    return mean;
  }

  std::vector<double> LeftOut(std::size_t fold) const {
    std::vector<double> losses;
    for (const std::optional<double>& loss : left_out_[fold])
      losses.push_back(loss.value_or(std::numeric_limits<double>::infinity()));
    return losses;
  }

  // Of the other folds of the round, each fitted without this one too.
  std::vector<double> Pairs(std::size_t fold) const {
    const int own = static_cast<int>(fold % folds_);
    std::vector<double> losses(sweep_.trials.size(), 0.0);
    for (const PairScores& pair : pairs_[fold / folds_]) {
      if (pair.first != own && pair.second != own) continue;
      const double PairLosses::*held = pair.first == own ? &PairLosses::second : &PairLosses::first;
      for (std::size_t d = 0; d < losses.size(); ++d) losses[d] += (*pair.losses[d]).*held;
    }
    return losses;
  }

  // Held-out losses of the other folds of the round, or the fold's training loss and their
  // optimism.
  std::vector<double> Others(std::size_t fold, bool optimism) const {
    const std::size_t first = fold / folds_ * folds_;
    std::vector<double> losses;
    for (const Trial& trial : sweep_.trials) {
      double sum = 0.0;
      for (std::size_t g = first; g < first + folds_; ++g) {
        if (g == fold) continue;
        sum += trial.folds[g].validation_loss - (optimism ? trial.folds[g].train_loss : 0.0);
      }
      const auto others = static_cast<double>(folds_ - 1);
      losses.push_back(sum / others + (optimism ? trial.folds[fold].train_loss : 0.0));
    }
    return losses;
  }

  const Sweep& sweep_;
  std::size_t folds_;
  std::vector<std::vector<std::optional<double>>> left_out_;
  std::vector<std::vector<PairScores>> pairs_;
};

constexpr const char* kWays[] = {"the same decay for all folds, chosen on them",
                                 "training loss and mean optimism (ours)",
                                 "leave-one-out in each fold's training rows",
                                 "inner folds: pairs of folds left out",
                                 "the other folds' held-out losses",
                                 "training loss and the other folds' optimism"};

// The mean without a tenth of the values at either end.
double TrimmedMean(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto cut = static_cast<std::ptrdiff_t>(values.size() / 10);
  return MeanAndError(std::vector<double>(values.begin() + cut, values.end() - cut)).mean;
}

}  // namespace

std::string TallyChoices(int cells, int first) {
  const std::vector<std::string> kinds = RegressionKinds();
  const OneBlasThread one_blas_thread;
  std::vector<std::vector<std::vector<double>>> biases(kinds.size() *
                                                       static_cast<std::size_t>(cells));
  ParallelFor(biases.size(), AvailableThreads(), [&](std::size_t i) {
    const Population population = MakePopulation(
        kinds[i % kinds.size()], false, static_cast<std::uint64_t>(first) + i / kinds.size());
    const Truth truth = FindTruth(population, kTruthTablesOfChoices);
    for (std::uint64_t t = 0; t < kTables; ++t) {
      std::vector<double> gains = Choosing(*TuneTable(population, t)).MeanGains();
      for (double& gain : gains) gain = 100.0 * (gain - truth.gain) / truth.loss;
      biases[i].push_back(std::move(gains));
    }
  });
  std::string text = fmt::format("{} tables\n\n| way | bias |\n|---|---|\n",
                                 biases.size() * static_cast<std::size_t>(kTables));
  for (std::size_t way = 0; way < std::size(kWays); ++way) {
    std::vector<double> of_way;
    for (const auto& tables : biases) {
      for (const std::vector<double>& table : tables) of_way.push_back(table[way]);
    }
    text += fmt::format("| {} | {:+.2f} |\n", kWays[way], TrimmedMean(of_way));
  }
  return text;
}

}  // namespace halflife::testing
