#include "tune/training/callback_trainer.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>

#include "base/check.h"
#include "base/error.h"
#include "base/parallel.h"
#include "halflife/rule.h"
#include "optim/groups.h"

namespace halflife {
namespace {

// Small enough for every law and rate; only whether it reaches a parameter is asked.
constexpr double kProbeDecay = 1e-9;

using Weights = std::vector<std::vector<float>>;

OptimizerOptions RunOptionsOf(const OptimizerOptions& all, const RunKey& key) {
  OptimizerOptions at = all;
  at.decay = key.decay;
  at.lr = key.lr;
  at.threads = 1;  // runs are spread over the threads, not their steps
  return at;
}

}  // namespace

// Puts other weights in the place of the net's as long as it lives.
class Swapped {
 public:
  Swapped(const std::vector<Parameter>& parameters, const Weights& weights)
      : parameters_(parameters) {
    for (std::size_t p = 0; p < weights.size(); ++p) {
      const std::span<float> values = parameters[p].values;
      training_.emplace_back(values.begin(), values.end());
      std::copy(weights[p].begin(), weights[p].end(), values.begin());
    }
  }
  ~Swapped() {
    for (std::size_t p = 0; p < training_.size(); ++p)
      std::copy(training_[p].begin(), training_[p].end(), parameters_[p].values.begin());
  }
  Swapped(const Swapped&) = delete;
  Swapped& operator=(const Swapped&) = delete;

 private:
  const std::vector<Parameter>& parameters_;
  Weights training_;
};

class CallbackRun : public TrainingRun {
 public:
  CallbackRun(std::size_t number, const RunKey& key, OwnNet net, const TrainingTuneOptions& options,
              const std::vector<DecayedParameter>& parameters)
      : TrainingRun(number, key),
        net_(std::move(net)),
        options_(options),
        parameters_(parameters),
        optimizer_(net_.parameters, RunOptionsOf(options.optimizer, key)) {
    for (const Parameter& parameter : net_.parameters) {
      gradients_.emplace_back(parameter.values.size());
      before_.emplace_back(parameter.values.begin(), parameter.values.end());
    }
    for (std::vector<float>& gradient : gradients_) spans_.emplace_back(gradient);
  }

  bool Ended(int epochs) const {
    return diverged_.has_value() || static_cast<int>(curve_.size()) >= epochs;
  }

  void Epoch() {
    EpochRecord record;
    const std::int64_t steps = options_.steps_per_epoch;
    for (std::int64_t i = 0; i < steps; ++i) {
      Step(&record);
      if (diverged_) return;
    }
    for (double* mean : {&record.train_loss, &record.gradient_norm, &record.update_angle})
      *mean /= static_cast<double>(steps);
    AddNorms(&record);
    const RowLosses held = Evaluate(net_.validate, nullptr);
    for (const double loss : held.losses)
      record.validation_loss += loss / static_cast<double>(held.losses.size());
    record.validation_score = held.score;
    if (Diverges(Divergence::What::kValidationLoss, record.validation_loss)) return;
    const bool better = record.validation_loss < lowest_;
    if (better) lowest_ = record.validation_loss;
    if (better && options_.early_stopping) best_ = Average();
    curve_.push_back(std::move(record));
    if (better || !options_.early_stopping) kept_epoch_ = static_cast<int>(curve_.size());
  }

  // With the weights that the run stands for.
  RowLosses Held(const std::function<RowLosses()>& rows) const {
    return Evaluate(rows, best_.empty() ? nullptr : &best_);
  }

  const OwnNet& net() const { return net_; }

 private:
  void Step(EpochRecord* record) {
    const double loss = net_.gradients(step_++, spans_);
    record->train_loss += loss;
    if (Diverges(Divergence::What::kLoss, loss)) return;
    double squares = 0.0;
    for (const std::vector<float>& gradient : gradients_) {
      for (const float g : gradient) squares += double{g} * g;
    }
    record->gradient_norm += std::sqrt(squares);
    for (std::size_t p = 0; p < before_.size(); ++p)
      std::copy(Values(p).begin(), Values(p).end(), before_[p].begin());
    optimizer_.Step(std::vector<std::span<const float>>(spans_.begin(), spans_.end()));
    record->update_angle += Angle();
  }

  std::span<float> Values(std::size_t p) const { return net_.parameters[p].values; }

  // Between the decayed weights now and before the step, in degrees.
  double Angle() const {
    double now = 0.0;
    double then = 0.0;
    double between = 0.0;
    for (std::size_t p = 0; p < before_.size(); ++p) {
      if (!parameters_[p].decayed) continue;
      for (std::size_t i = 0; i < before_[p].size(); ++i) {
        const double a = before_[p][i];
        const double b = Values(p)[i];
        now += b * b;
        then += a * a;
        between += (b - a) * (b - a);
      }
    }
    return AngleInDegrees(std::sqrt(then), std::sqrt(now), between);
  }

  void AddNorms(EpochRecord* record) const {
    for (std::size_t p = 0; p < before_.size(); ++p) {
      double squares = 0.0;
      for (const float w : Values(p)) squares += double{w} * w;
      if (parameters_[p].decayed) record->penalty += 0.5 * key_.decay * squares;
      if (parameters_[p].decayed || parameters_[p].kind == ParameterKind::kWeight)
        record->layer_norms.push_back(std::sqrt(squares));
    }
  }

  // The weights to evaluate with: the rule's average where it keeps one.
  Weights Average() const {
    Weights average;
    for (std::size_t p = 0; p < net_.parameters.size(); ++p) {
      average.emplace_back(Values(p).size());
      optimizer_.AverageWeights(p, average.back());
    }
    return average;
  }

  // The rows' losses at `weights`, or the average; the weights in training come back after.
  RowLosses Evaluate(const std::function<RowLosses()>& rows, const Weights* weights) const {
    const Weights average = weights == nullptr ? Average() : Weights();
    const Weights& at = weights == nullptr ? average : *weights;
    const Swapped swapped(net_.parameters, at);
    RowLosses held = rows();
    if (held.losses.empty()) Fail(ErrorKind::kOwnNoLosses);
    return held;
  }

  OwnNet net_;
  const TrainingTuneOptions& options_;
  const std::vector<DecayedParameter>& parameters_;
  Optimizer optimizer_;
  Weights gradients_;
  std::vector<std::span<float>> spans_;
  Weights before_;
  Weights best_;  // early stopping
  double lowest_ = std::numeric_limits<double>::infinity();
  std::int64_t step_ = 0;
};

CallbackTrainer::CallbackTrainer(const NetFactory& make_net, const TrainingTuneOptions& options)
    : make_net_(make_net), options_(options) {
  if (!make_net) Fail(ErrorKind::kOwnNoFactory);
  OwnNet net = make_net(options.seed);
  if (!net.gradients || !net.validate) Fail(ErrorKind::kOwnNoFunctions);
  has_test_ = static_cast<bool>(net.test);
  OptimizerOptions probe = options.optimizer;
  probe.decay = kProbeDecay;
  default_lr_ = probe.lr ? *probe.lr : RuleOf(probe).spec->lr;
  const Optimizer optimizer(net.parameters, probe);
  const std::vector<PlanRow> plan = optimizer.Plan();
  const Assignment assignment = AssignGroups(net.parameters, probe);
  bool found = false;
  for (std::size_t p = 0; p < plan.size(); ++p) {
    const ResolvedGroup& group = assignment.groups[assignment.group_of[p]];
    const bool decayed = assignment.Decays(p);
    parameters_.push_back({plan[p].parameter, plan[p].kind, decayed, net.parameters[p].shape,
                           assignment.group_of[p]});
    if (found || !decayed || group.decay != kProbeDecay) continue;
    found = true;
    shrinkage_ = optimizer.ShrinkageOf(p);
    lr_scale_ = shrinkage_.lr / default_lr_;
  }
  if (!found) Fail(ErrorKind::kOwnNothingDecays);
}

OptimizerOptions CallbackTrainer::OptionsAt(const RunKey& key) const {
  return RunOptionsOf(options_.optimizer, key);
}

Shrinkage CallbackTrainer::ShrinkageOf(const RunKey& key) const {
  Shrinkage shrinkage = shrinkage_;
  shrinkage.lr = key.lr * lr_scale_;
  shrinkage.decay = key.decay;
  return shrinkage;
}

CallbackTrainer::~CallbackTrainer() = default;

CallbackRun& CallbackTrainer::Own(const TrainingRun& run) const {
  HALFLIFE_CHECK(run.number() < runs_.size() && runs_[run.number()].get() == &run);
  return *runs_[run.number()];
}

const TrainingRun* CallbackTrainer::Start(const RunKey& key) {
  runs_.push_back(
      std::make_unique<CallbackRun>(runs_.size(), key, make_net_(key.seed), options_, parameters_));
  return runs_.back().get();
}

void CallbackTrainer::TrainTo(int epochs, std::span<const TrainingRun* const> runs, int threads,
                              const EpochCallback& done) {
  std::mutex mutex;
  std::atomic<bool> go_on = true;
  ParallelFor(runs.size(), threads, [&](std::size_t i) {
    CallbackRun& run = Own(*runs[i]);
    while (go_on && !run.Ended(epochs)) {
      run.Epoch();
      const std::lock_guard<std::mutex> lock(mutex);
      if (done && !run.diverged() && !done(run)) go_on = false;
    }
  });
}

RowLosses CallbackTrainer::Validate(const TrainingRun& run) const {
  return Own(run).Held(Own(run).net().validate);
}

RowLosses CallbackTrainer::Test(const TrainingRun& run) const {
  return Own(run).Held(Own(run).net().test);
}

}  // namespace halflife
