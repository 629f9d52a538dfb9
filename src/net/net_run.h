// One run of a net: its weights, its optimizer and what is recorded of it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/float_block.h"
#include "halflife/net.h"
#include "net/layout.h"
#include "net/training_run.h"
#include "optim/groups.h"

namespace halflife {

// The optimizer's options of the run `key`, of `steps` steps in all.
OptimizerOptions RunOptions(const TrainingOptions& training, std::int64_t steps, const RunKey& key);

class NetRun : public TrainingRun {
 public:
  // `steps`: of the whole run, for the schedules. `layout` has to outlive it. Throws Error when the
  // optimizer refuses its options.
  NetRun(std::size_t number, const NetLayout& layout, const TrainingOptions& training,
         std::int64_t steps, const RunKey& key);

  // The weights to predict with, a block of the layout: those of kept_epoch(). Where the rule keeps
  // an average (asgd, schedule_free_adamw), that.
  std::span<const float> weights() const { return kept_.span(); }
  const NetLayout& layout() const { return *layout_; }
  // Which group each tensor of the layout is in, and who decays.
  const Assignment& assignment() const { return assignment_; }
  const Optimizer& optimizer() const { return optimizer_; }

  // From the next step on; the curve's penalties are then of that decay. Throws Error for a decay
  // out of range.
  void SetDecay(double decay);

  bool ended() const { return diverged_.has_value() || stopped_; }

  // For the trainer. The weights as they are in training, and room for those of the epoch's end.
  std::span<float> trained() { return trained_.span(); }
  std::span<const float> TakeAverage();  // fills that room
  // One step; `sampled`: measures it.
  void Step(std::span<const float> gradients, bool sampled);
  // Counts a batch of `rows` rows with that mean loss; false when it is not finite: the run ends.
  bool CountLoss(double mean, std::size_t rows);
  // Ends the epoch with what validation gave for the average; `loss_unit` as in NetData, `patience`
  // as in TrainingOptions.
  void EndEpoch(double validation_loss, double validation_score, double loss_unit, int patience);

 private:
  const std::vector<char>& decayed() const { return assignment_.decayed; }
  double SquaredNorm(std::size_t tensor, std::span<const float> block) const;
  double DecayedNorm(std::span<const float> block) const;

  const NetLayout* layout_;
  FloatBlock trained_, average_, kept_;
  Optimizer optimizer_;
  Assignment assignment_;
  double best_loss_ = 0;
  // Sums of the epoch so far.
  double loss_ = 0, gradient_norm_ = 0, angle_ = 0;
  std::size_t rows_ = 0, samples_ = 0;
};

}  // namespace halflife
