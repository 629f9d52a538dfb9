// The tuning of a net on given splits of rows: the sweep, the judgement, and the net that is kept.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "halflife/tune_net.h"
#include "net/net_trainer.h"
#include "net/rows.h"
#include "tune/training/net_facts.h"
#include "tune/training/result.h"

namespace halflife {

// One split: its rows and who trains on them, which both stay where they are.
struct SplitNet {
  explicit SplitNet(NetRows its) : rows(std::move(its)) {}
  NetRows rows;
  std::optional<NetTrainer> trainer;
  std::optional<NetTrainer> all_decayed;  // biases and norms too; none: not asked about
};

// The net with hidden layers of `size` times the width, of one unit at least. Throws Error where
// that is no width.
NetOptions ScaledNet(NetOptions net, double size);

class NetTuner {
 public:
  // The splits and the options outlive it; `beside` is what TrainingFacts have. Throws Error where
  // they do not fit together.
  NetTuner(const RowSplits& splits, std::string path, const NetTuneOptions& options,
           BesideTeller beside = {});

  // The tuning alone, judged; none where it was stopped or there was nothing to compare.
  std::optional<SizePoint> Judge();

  // The tuning and the net that is kept; the splits' rows are gone after it.
  NetTuneOutcome Tune();

 private:
  void MakeTrainers(SplitNet* net) const;
  TrainingOutcome Sweep();
  // What was gained with this net; where the choice was the baseline, nothing.
  SizePoint PointOf(const TrainingOutcome& tuned) const;
  const NetRows& First() const;
  std::vector<const NetRows*> Judged(int rounds) const;
  std::vector<TrainingSplit> Splits() const;
  TrainingSweepOptions SweepOptions();
  // The net that is kept is trained after the sweep.
  void Tell(const TrainingProgress& sweep, int epochs_of_kept);
  TrainingFacts Facts() const;
  void TellRows(TrainingSummary* training) const;
  void AddDiagnostics(const TrainingOutcome& tuned, TuneResult* result) const;
  // Puts the net into the outcome, and what is known of it.
  void Keep(const TrainingOutcome& tuned, NetTuneOutcome* outcome);
  void FitAll(const TrainingOutcome& tuned, const RunKey& key, std::int64_t* steps,
              NetTuneOutcome* outcome);

  const RowSplits& splits_;
  std::string path_;
  const NetTuneOptions& options_;
  BesideTeller beside_;
  TrainingOptions training_;
  bool adapts_ = false;
  std::vector<std::unique_ptr<SplitNet>> nets_;
  const RuleSpec* rule_ = nullptr;
  std::vector<double> lrs_;
  std::optional<NetProbe> probe_;
  TrainingProgress told_;
  bool keeps_ = true;  // whether a net is trained after the sweep
};

}  // namespace halflife
