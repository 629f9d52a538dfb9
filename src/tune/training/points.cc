#include "tune/training/points.h"

#include <algorithm>
#include <cmath>

#include "tune/statistics.h"

namespace halflife {
namespace {

// Means over some runs of a trial.
struct Figures {
  Estimate train;
  Estimate validation;
  double score = 0.0;
  double weight_norm = 0.0;
};

std::vector<PlannedRun> At(const TrainingTrial& trial, const std::vector<std::size_t>& places) {
  std::vector<PlannedRun> runs;
  runs.reserve(places.size());
  for (const std::size_t place : places) runs.push_back(trial.runs[place]);
  return runs;
}

// Those that were begun and have not diverged: the runs of a trial that was set aside. Of one split
// other seeds tell nothing before the first has ended.
std::vector<PlannedRun> Begun(const TrainingTrial& trial, bool several) {
  std::vector<PlannedRun> runs;
  for (const PlannedRun& run : trial.runs) {
    const bool has = run.run != nullptr && !run.run->curve().empty();
    if (has && (runs.empty() || (several && !run.diverged()))) runs.push_back(run);
  }
  if (runs.size() > 1 && runs.front().diverged()) runs.erase(runs.begin());
  return runs;
}

std::size_t LeastEpochs(const std::vector<PlannedRun>& runs) {
  std::size_t least = runs.front().run->curve().size();
  for (const PlannedRun& run : runs) least = std::min(least, run.run->curve().size());
  return least;
}

class PointMaker {
 public:
  PointMaker(const TrainingChoice& choice, const PointFacts& facts, HeldRows* held)
      : choice_(choice), facts_(facts), held_(*held) {}

  GridPoint Make(const TrainingTrial& trial) {
    GridPoint point;
    point.decay = trial.decay;
    point.trained = MakeTrained(trial);
    point.half_life_epochs = point.trained->half_life_steps;
    if (point.half_life_epochs)
      *point.half_life_epochs /= static_cast<double>(facts_.steps_per_epoch);
    const std::vector<PlannedRun> ended = RunsToTell(trial, choice_);
    if (!ended.empty()) {
      Tell(Compared(trial, ended, &*point.trained), &point);
    } else if (const std::vector<PlannedRun> begun = Begun(trial, held_.several());
               !begun.empty()) {
      const std::size_t epoch = LeastEpochs(begun);
      point.trained->epochs = static_cast<int>(epoch);
      Tell(FiguresOf(begun, epoch), &point);
    }
    return point;
  }

 private:
  const TrainingTrial& Best() const { return *choice_.points[choice_.best]; }

  static void Tell(const Figures& figures, GridPoint* point) {
    point->train = figures.train;
    point->validation = figures.validation;
    point->score = figures.score;
    point->weight_norm = figures.weight_norm;
  }

  // The record that a run stands for after `epoch` epochs.
  const EpochRecord& RecordAt(const TrainingRun& run, std::size_t epoch) const {
    if (epoch >= run.curve().size()) return KeptRecord(run);
    const auto first = run.curve().begin();
    const auto last = first + static_cast<std::ptrdiff_t>(epoch);
    if (!facts_.early_stopping) return *(last - 1);
    return *std::min_element(first, last, [](const EpochRecord& a, const EpochRecord& b) {
      return a.validation_loss < b.validation_loss;
    });
  }

  // Of runs that have so many epochs, or all that they were to have.
  Figures FiguresOf(const std::vector<PlannedRun>& runs, std::size_t epoch) {
    Figures figures;
    std::vector<double> train;
    std::vector<double> validation;
    std::vector<HeldRows::Told> told;
    for (const PlannedRun& run : runs) {
      const EpochRecord& record = RecordAt(*run.run, epoch);
      train.push_back(record.train_loss);
      validation.push_back(record.validation_loss);
      told.push_back({run.split, record.validation_loss, record.validation_score});
      double squares = 0.0;
      for (const double norm : record.layer_norms) squares += norm * norm;
      figures.weight_norm += std::sqrt(squares) / static_cast<double>(runs.size());
    }
    figures.train = MeanAndError(train);
    const bool at_end = std::all_of(runs.begin(), runs.end(), [&](const PlannedRun& run) {
      return run.finished || run.run->curve().size() <= epoch;
    });
    if (!at_end) {  // the weights of that epoch are gone
      figures.validation = MeanAndError(validation);
      figures.score = held_.Score(told, false);
      return figures;
    }
    const std::vector<RowLosses> rows = held_.Of(runs, false);
    for (std::size_t i = 0; i < runs.size(); ++i) told[i].score = rows[i].score;
    const MeanWithError loss = held_.Loss(runs, rows, false);
    // Splits may differ in size by a row: as in the choice each run counts alike.
    figures.validation = {held_.several() ? MeanAndError(validation).mean : loss.mean, loss.se};
    figures.score = held_.Score(told, false);
    return figures;
  }

  // Runs differ by more than decays do: where some of the choice's are missing, the figures are the
  // best's, changed as the two differ on the runs that both have.
  Figures Compared(const TrainingTrial& trial, const std::vector<PlannedRun>& ended,
                   TrainedPoint* trained) {
    const auto epochs = static_cast<std::size_t>(facts_.epochs);
    Figures figures = FiguresOf(ended, epochs);
    const std::vector<std::size_t> shared = SharedRuns(trial, Best(), choice_);
    if (&trial == &Best() || shared.empty() || ended.size() >= RunsToTell(Best(), choice_).size())
      return figures;
    if (!best_) best_ = FiguresOf(RunsToTell(Best(), choice_), epochs);
    const Figures& all = *best_;
    const Figures some = FiguresOf(At(Best(), shared), epochs);
    figures.train.mean = AsItStands(figures.train.mean, some.train.mean, all.train.mean);
    figures.validation.mean =
        AsItStands(figures.validation.mean, some.validation.mean, all.validation.mean);
    // What is left to 1 of an R2 is a loss; accuracies stay between 0 and 1.
    figures.score = held_.classification()
                        ? std::clamp(figures.score + all.score - some.score, 0.0, 1.0)
                        : 1.0 - AsItStands(1.0 - figures.score, 1.0 - some.score, 1.0 - all.score);
    trained->moved = true;
    return figures;
  }

  // `all` changed as `own` differs from `some`: in proportion, for few rows have losses of any
  // size, and no loss is below 0.
  static double AsItStands(double own, double some, double all) {
    return some > 0.0 && std::isfinite(own / some) ? all * (own / some) : all + own - some;
  }

  TrainedPoint MakeTrained(const TrainingTrial& trial) const {
    TrainedPoint trained;
    trained.lr = trial.lr;
    trained.seeds = static_cast<int>(trial.ended().size());
    trained.runs = static_cast<int>(trial.runs.size());
    trained.finished = trained.seeds == trained.runs;
    for (const PlannedRun& planned : trial.runs) {
      if (planned.run == nullptr) continue;
      trained.curves.push_back(
          {planned.key.seed, planned.run->curve(), static_cast<int>(planned.split)});
      if (!trained.diverged) trained.diverged = planned.run->diverged();
    }
    if (!trained.curves.empty())
      trained.epochs = static_cast<int>(trained.curves.front().epochs.size());
    const double share = facts_.largest_share(trial.runs.front().key);
    if (share > 0.0) {
      trained.half_life_steps = share < 1.0 ? std::log(2.0) / -std::log1p(-share) : 0.0;
      trained.averaging_time_epochs = 1.0 / share / static_cast<double>(facts_.steps_per_epoch);
      trained.active = *trained.averaging_time_epochs <= facts_.epochs;
    } else if (trial.decay == 0.0) {
      trained.active = false;
    }
    return trained;
  }

  const TrainingChoice& choice_;
  const PointFacts& facts_;
  HeldRows& held_;
  std::optional<Figures> best_;  // of all the choice's runs
};

}  // namespace

const EpochRecord& KeptRecord(const TrainingRun& run) {
  return run.curve()[static_cast<std::size_t>(std::max(1, run.kept_epoch())) - 1];
}

std::vector<std::size_t> SharedRuns(const TrainingTrial& a, const TrainingTrial& b,
                                    const TrainingChoice& choice) {
  std::vector<std::size_t> shared;
  for (const std::size_t place : a.ended()) {
    if (b.runs[place].finished && static_cast<int>(place) < choice.seeds) shared.push_back(place);
  }
  return shared;
}

std::vector<PlannedRun> RunsToTell(const TrainingTrial& trial, const TrainingChoice& choice) {
  const TrainingTrial& best = *choice.points[choice.best];
  const std::vector<std::size_t> shared = SharedRuns(trial, best, choice);
  return At(trial, shared.empty() ? trial.ended() : shared);
}

std::vector<GridPoint> MakePoints(const TrainingChoice& choice, const PointFacts& facts,
                                  HeldRows* held) {
  PointMaker maker(choice, facts, held);
  std::vector<GridPoint> points;
  points.reserve(choice.points.size());
  for (const TrainingTrial* trial : choice.points) points.push_back(maker.Make(*trial));
  return points;
}

}  // namespace halflife
