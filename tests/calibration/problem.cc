#include "calibration/problem.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "calibration/rivals.h"
#include "calibration/tuned_rows.h"
#include "halflife/error.h"
#include "model/fitted.h"
#include "tune/fold_choice.h"
#include "tune/signal.h"
#include "tune/statistics.h"
#include "tune/verdict.h"

namespace halflife::testing {
namespace {

constexpr std::uint64_t kTestRowsStream = 1000;
constexpr std::uint64_t kTruthStream = 2000;
constexpr std::size_t kTestRows = 10000;

// The linear outputs of the model for rows of numbers.
Vector Outputs(const Drawn& rows, const FittedModel& model) {
  Vector outputs = Vector::Constant(rows.x.rows(), model.intercept.front());
  for (const ModelInput& input : model.inputs) {
    const auto column = static_cast<Eigen::Index>(std::atoi(input.column.c_str() + 1) - 1);
    const double weight = input.weights.front() / input.scale;
    if (input.kind == ModelInput::Kind::kNumber) {
      outputs.array() += (rows.x.col(column).array() - input.mean) * weight;
    } else {
      const double level = std::atoi(input.level.c_str() + 1);
      outputs.array() +=
          ((rows.x.col(column).array() == level).cast<double>() - input.mean) * weight;
    }
  }
  return outputs;
}

// The expected loss of new rows like these.
double Risk(const Population& population, const Drawn& rows, const FittedModel& model) {
  const Vector outputs = Outputs(rows, model);
  if (!population.classes) {
    return 0.5 *
           (population.noise * population.noise + (outputs - rows.signal).array().square().mean());
  }
  double loss = 0.0;
  for (Eigen::Index r = 0; r < outputs.size(); ++r) {
    const double p = 1.0 / (1.0 + std::exp(-rows.signal(r)));
    const double z = outputs(r);
    loss += std::max(z, 0.0) + std::log1p(std::exp(-std::fabs(z))) - p * z;
  }
  return loss / static_cast<double>(outputs.size());
}

SignalTest SignalOf(const TunedRows& tuned) {
  return TestSignal(
      {.dataset = &tuned.dataset,
       .standardizer = &tuned.model->standardizer(),
       .null_scores = tuned.sweep.null_scores,
       .best_scores = tuned.sweep.trials[static_cast<std::size_t>(tuned.sweep.best)].folds,
       .dependence = DependenceOf(tuned.sweep, tuned.dataset)});
}

}  // namespace

Truth TruthOf(const std::vector<double>& gains, const std::vector<double>& losses) {
  Truth truth{.tables = static_cast<int>(gains.size())};
  if (truth.tables < 2) return truth;
  const Estimate mean = MeanAndError(gains);
  truth.gain = mean.mean;
  truth.error = mean.se;
  truth.loss = MeanAndError(losses).mean;
  return truth;
}

Truth FindTruth(const Population& population, int tables) {
  Random test_random(population.seed, kTestRowsStream);
  const Drawn test = Draw(population, kTestRows, &test_random);
  const std::size_t rows = population.rows * 9 / 10;
  std::vector<double> gains;
  std::vector<double> losses;
  for (int t = 0; t < tables; ++t) {
    const auto number = static_cast<std::uint64_t>(t);
    Random random(population.seed, kTruthStream + number);
    try {
      const auto tuned = TuneRows(population, Draw(population, rows, &random), 1, number);
      const double decays[] = {
          BaselineOf(tuned->sweep).decay,
          tuned->sweep.trials[static_cast<std::size_t>(tuned->sweep.best)].decay};
      double risk[2];
      const std::vector<Fit> fits = tuned->model->FitAll(decays);
      for (const std::size_t i : {0, 1}) {
        risk[i] =
            Risk(population, test,
                 MakeFittedModel(tuned->dataset, tuned->model->standardizer(), fits[i], decays[i]));
      }
      gains.push_back(risk[0] - risk[1]);
      losses.push_back(risk[0]);
    } catch (const Error&) {  // one class alone, or nothing that varies: no table to tune
    }
  }
  return TruthOf(gains, losses);
}

Answer AnswerFor(const Population& population, std::uint64_t number, bool beside) {
  const auto tuned = TuneTable(population, number);
  Answer answer;
  answer.verdict = Judge(tuned->sweep, tuned->dataset, std::nullopt);
  answer.verdict.signal = SignalOf(*tuned);
  if (answer.verdict.signal.none) answer.verdict.label = VerdictLabel::kNoSignal;
  if (!beside) return answer;
  const FoldDependence dependence = DependenceOf(tuned->sweep, tuned->dataset);
  std::vector<double> gains;
  const std::vector<std::size_t> chosen = ChooseInFolds(tuned->sweep);
  for (std::size_t f = 0; f < chosen.size(); ++f) {
    gains.push_back(BaselineOf(tuned->sweep).folds[f].validation_loss -
                    tuned->sweep.trials[chosen[f]].folds[f].validation_loss);
  }
  const PairedTest plain = CorrectedPairedTest(gains, dependence);
  answer.symmetric = {plain.low, plain.high};
  if (!population.classes)
    answer.rivals = AskRivals(tuned->dataset, tuned->model.get(), tuned->sweep);
  return answer;
}

}  // namespace halflife::testing
