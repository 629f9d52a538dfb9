#include "net/net_run.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "kernels/rule.h"
#include "kernels/sums.h"
#include "kernels/tensor_rule.h"

namespace halflife {
namespace {

// A rule for matrices alone leaves biases, gains and shifts to AdamW, at the run's learning rate.
void AddGroupForVectors(OptimizerOptions* options) {
  const Rule& rule = RuleOf(*options);
  constexpr std::int64_t kVector[] = {1};
  if (!options->groups.empty() || rule.tensor == nullptr || rule.tensor->Refuse(kVector).empty())
    return;
  options->groups.resize(2);
  options->groups[0].name = "matrices";
  options->groups[0].min_dims = 2;
  options->groups[1].name = "vectors";
  options->groups[1].rule = "adamw";
}

}  // namespace

OptimizerOptions RunOptions(const TrainingOptions& training, std::int64_t steps,
                            const RunKey& key) {
  OptimizerOptions options = training.optimizer;
  options.lr = key.lr;
  options.decay = key.decay;
  options.lr_schedule = LrSchedule(training, steps);
  options.decay_schedule = DecaySchedule(training, steps);
  AddGroupForVectors(&options);
  options.threads = 1;  // runs are spread over the threads, not their steps
  return options;
}

NetRun::NetRun(std::size_t number, const NetLayout& layout, const TrainingOptions& training,
               std::int64_t steps, const RunKey& key)
    : TrainingRun(number, key),
      layout_(&layout),
      trained_(layout.size()),
      average_(layout.size()),
      kept_(layout.size()),
      optimizer_({}, {}) {
  layout.Initialise(key.seed, trained_.span());
  std::copy_n(trained_.data(), layout.size(), kept_.data());
  const OptimizerOptions options = RunOptions(training, steps, key);
  assignment_ = AssignGroups(layout.Parameters(trained_.span()), options);
  optimizer_ = Optimizer(layout.Parameters(trained_.span()), options);
}

void NetRun::SetDecay(double decay) {
  std::set<std::string> groups;
  for (const PlanRow& row : optimizer_.Plan()) groups.insert(row.group);
  for (const std::string& group : groups) optimizer_.SetDecay(group, decay);
  key_.decay = decay;
}

double NetRun::SquaredNorm(std::size_t tensor, std::span<const float> block) const {
  const std::span<const float> values = layout_->Of(tensor, block);
  return SumOfSquares(values.data(), values.size());
}

double NetRun::DecayedNorm(std::span<const float> block) const {
  double squares = 0;
  for (std::size_t i = 0; i < decayed().size(); ++i) {
    if (decayed()[i] != 0) squares += SquaredNorm(i, block);
  }
  return std::sqrt(squares);
}

void NetRun::Step(std::span<const float> gradients, bool sampled) {
  std::vector<std::span<const float>> spans;
  spans.reserve(decayed().size());
  for (std::size_t i = 0; i < decayed().size(); ++i) spans.push_back(layout_->Of(i, gradients));
  if (!sampled) {
    optimizer_.Step(spans);
    return;
  }
  std::copy_n(trained_.data(), trained_.size(), average_.data());
  gradient_norm_ += std::sqrt(SumOfSquares(gradients.data(), gradients.size()));
  optimizer_.Step(spans);
  ++samples_;
  double distance = 0;
  for (std::size_t i = 0; i < decayed().size(); ++i) {
    if (decayed()[i] == 0) continue;
    const std::span<const float> was = layout_->Of(i, std::span<const float>(average_.span()));
    distance +=
        SumOfSquaredDistances(layout_->Of(i, trained_.span()).data(), was.data(), was.size());
  }
  angle_ += AngleInDegrees(DecayedNorm(average_.span()), DecayedNorm(trained_.span()), distance);
}

bool NetRun::CountLoss(double mean, std::size_t rows) {
  if (Diverges(Divergence::What::kLoss, mean)) return false;
  loss_ += mean * static_cast<double>(rows);
  rows_ += rows;
  return true;
}

std::span<const float> NetRun::TakeAverage() {
  for (std::size_t i = 0; i < decayed().size(); ++i)
    optimizer_.AverageWeights(i, layout_->Of(i, average_.span()));
  return average_.span();
}

void NetRun::EndEpoch(double validation_loss, double validation_score, double loss_unit,
                      int patience) {
  const int epoch = static_cast<int>(curve_.size()) + 1;
  if (!std::isfinite(SumOfSquares(trained_.data(), trained_.size())) ||
      !std::isfinite(SumOfSquares(average_.data(), average_.size()))) {
    diverged_ = {Divergence::What::kWeight, false, epoch};
    return;
  }
  if (Diverges(Divergence::What::kValidationLoss, validation_loss)) return;
  EpochRecord record;
  record.train_loss = loss_unit * loss_ / static_cast<double>(rows_);
  const double norm = DecayedNorm(average_.span());
  record.penalty = loss_unit * key_.decay / 2 * norm * norm;
  record.validation_loss = loss_unit * validation_loss;
  record.validation_score = validation_score;
  record.gradient_norm = gradient_norm_ / static_cast<double>(samples_);
  record.update_angle = angle_ / static_cast<double>(samples_);
  for (const NetLayer& layer : layout_->layers())
    record.layer_norms.push_back(std::sqrt(SquaredNorm(layer.weight, average_.span())));
  curve_.push_back(std::move(record));
  loss_ = gradient_norm_ = angle_ = 0;
  rows_ = samples_ = 0;
  if (patience == 0 || epoch == 1 || validation_loss < best_loss_) {
    std::swap(kept_, average_);
    kept_epoch_ = epoch;
    best_loss_ = validation_loss;
  } else {
    stopped_ = epoch - kept_epoch_ >= patience;
  }
}

}  // namespace halflife
