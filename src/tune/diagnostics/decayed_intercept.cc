#include "tune/diagnostics/decayed_intercept.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "model/held_out.h"
#include "model/logistic_problem.h"
#include "model/newton.h"
#include "tune/statistics.h"
#include "tune/verdict.h"

namespace halflife {
namespace {

struct Losses {
  double free = 0.0;  // mean data loss of the held-out rows, the intercept not decayed
  double decayed = 0.0;
};

// Where a mean ends that is decayed as weights are, by decay (r |b| + (1 - r)/2 b^2).
double Decayed(double mean, double decay, double l1_ratio) {
  const double left = std::max(0.0, std::fabs(mean) - decay * l1_ratio);
  return std::copysign(left, mean) / (1.0 + decay * (1.0 - l1_ratio));
}

std::optional<Losses> OfNumbers(const RefitMaker& maker, double decay,
                                const std::vector<uint32_t>& training,
                                const std::vector<uint32_t>& held) {
  const Dataset& dataset = *maker.context.dataset;
  const Refit refit = maker.On(training, {decay});
  const std::optional<Fit>& fit = refit.fits.front();
  if (!fit) return std::nullopt;
  Matrix outputs = OutputsOf(dataset.design, refit.standardizer, *fit, held);
  const double free = MeanLoss(dataset, outputs, held);
  const double mean = fit->intercept(0);
  outputs.array() += Decayed(mean, decay, maker.context.l1_ratio) - mean;
  return Losses{free, MeanLoss(dataset, outputs, held)};
}

// The row of ones that the intercept multiplies becomes a feature; what stays free does nothing.
Matrix WithDecayedOnes(const Matrix& inputs) {
  Matrix with(inputs.rows() + 1, inputs.cols());
  with.topRows(inputs.rows()) = inputs;
  with.bottomRows(1).setZero();
  return with;
}

std::optional<double> LossOf(const LogisticProblem& problem, double decay) {
  NewtonSolver solver(&problem.training);
  Matrix parameters = solver.Start();
  SoftmaxState state;
  NewtonEnd end = solver.Solve(decay, &parameters, &state);
  if (end == NewtonEnd::kStuck)
    end = SolveFromScratch(problem.training, decay, &parameters, &state);
  if (end != NewtonEnd::kConverged) return std::nullopt;
  return LossOfLogits(HeldLogits(problem, parameters), problem.held_classes, problem.held_weights);
}

std::optional<Losses> OfClasses(const RefitMaker& maker, double decay,
                                const std::vector<uint32_t>& training,
                                const std::vector<uint32_t>& held) {
  const Dataset& dataset = *maker.context.dataset;
  const Standardizer learnt = LearnStandardizer(dataset.design, training, dataset.weights);
  LogisticProblem problem = MakeLogisticProblem(dataset, learnt, training, held);
  if (problem.classes.one()) return std::nullopt;
  const std::optional<double> free = LossOf(problem, decay);
  problem.training.inputs = WithDecayedOnes(problem.training.inputs);
  problem.held_inputs = WithDecayedOnes(problem.held_inputs);
  const std::optional<double> decayed = LossOf(problem, decay);
  if (!free || !decayed) return std::nullopt;
  return Losses{*free, *decayed};
}

}  // namespace

std::optional<DecayGain> GainOfDecayedIntercept(const FoldQuestion& question,
                                                const std::vector<int>& folds) {
  const RefitMaker maker = question.maker.SideBySide(folds.size());
  const ModelContext& context = question.maker.context;
  const Dataset& dataset = *context.dataset;
  const bool classes = dataset.target.task == Task::kClassification;
  if (question.best == 0.0 || folds.size() < 2) return std::nullopt;
  if (classes && (HasUndecayed(dataset) || context.l1_ratio > 0.0)) return std::nullopt;
  std::vector<std::optional<Losses>> losses(folds.size());
  ParallelFor(folds.size(), context.threads, [&](std::size_t i) {
    if (maker.stopping->Asked()) return;
    const std::vector<uint32_t> training = dataset.folds.front().Training(folds[i]);
    const std::vector<uint32_t> held = dataset.folds.front().Held(folds[i]);
    losses[i] = (classes ? OfClasses : OfNumbers)(maker, question.best, training, held);
  });
  std::vector<double> free;
  std::vector<double> decayed;
  for (const std::optional<Losses>& fold : losses) {
    if (!fold || !std::isfinite(fold->free) || !std::isfinite(fold->decayed)) return std::nullopt;
    free.push_back(fold->free);
    decayed.push_back(fold->decayed);
  }
  const FoldDependence dependence{static_cast<int>(folds.size()), HeldToTraining(dataset)};
  return DecayGain{question.best, GainBetween(free, decayed, dependence)};
}

}  // namespace halflife
