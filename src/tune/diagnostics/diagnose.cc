#include "tune/diagnostics/diagnose.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "model/coded_rows.h"
#include "model/stopping.h"
#include "tune/diagnostics/bootstrap_parts.h"
#include "tune/diagnostics/decayed_intercept.h"
#include "tune/diagnostics/error_parts.h"
#include "tune/diagnostics/fold_refits.h"
#include "tune/diagnostics/histograms.h"
#include "tune/diagnostics/loss_plane.h"

namespace halflife {
namespace {

constexpr double kMostWork = 3e10;  // of a fit that only figures ask for
constexpr std::size_t kEnoughRows = 1000;

// All weights that are decayed, of all outputs.
std::vector<double> DecayedWeights(const Dataset& dataset, const Standardizer& standardizer,
                                   const Matrix& weights) {
  std::vector<double> decayed;
  for (Eigen::Index k = 0; k < weights.rows(); ++k) {
    const auto feature = static_cast<std::size_t>(standardizer.kept[static_cast<std::size_t>(k)]);
    if (feature < dataset.undecayed.size() && dataset.undecayed[feature]) continue;
    for (Eigen::Index c = 0; c < weights.cols(); ++c) decayed.push_back(weights(k, c));
  }
  return decayed;
}

// The fit at the baseline: one of the grid's, else made.
Fit FitOfBaseline(const Tuned& tuned) {
  if (!tuned.sweep.baseline) return tuned.fits.front();
  return tuned.model->FitAll(std::vector<double>{tuned.sweep.baseline->decay}).front();
}

// About a hundred of them, at equal steps of the logarithm of their number.
Curvature CurvatureOf(const Vector& values) {
  constexpr double kKept = 100.0;
  Curvature curvature{.rank = static_cast<std::size_t>(values.size())};
  const auto rank = static_cast<double>(values.size());
  const double factor = std::max(1.0, std::pow(rank, 1.0 / kKept));
  double next = 0.0;
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    if (static_cast<double>(i) < next && i + 1 < values.size()) continue;
    curvature.index.push_back(static_cast<std::size_t>(i));
    curvature.values.push_back(values(i));
    if (rank > kKept) next = std::max(next, 1.0) * factor;
  }
  return curvature;
}

bool FitsAreCheap(const Tuned& tuned) {
  const Dataset& dataset = *tuned.context.dataset;
  return !dataset.stream && !StaysCoded(dataset.design) && WorkOfFit(dataset) <= kMostWork &&
         !tuned.sweep.interrupted;
}

// Whether rows left out one by one speak of new rows: not where rows hang together.
bool RowsAreExchangeable(const Dataset& dataset) {
  return dataset.groups.empty() && !dataset.folds.front().ordered;
}

// Of so many fits, many of which start near their end.
bool BootstrapIsCheap(const Tuned& tuned) {
  constexpr double kMostWorkOfAll = 3e11;
  return kBootstrapSamples * static_cast<double>(kBootstrapDecays) *
             WorkOfFit(*tuned.context.dataset) <=
         kMostWorkOfAll;
}

void AddRefits(const Tuned& tuned, double best, Stopping* stopping, Diagnostics* known,
               Verdict* verdict) {
  const Dataset& dataset = *tuned.context.dataset;
  const RefitMaker maker{tuned.context, tuned.make, stopping};
  const FoldQuestion question{maker, tuned.sweep, BaselineOf(tuned.sweep).decay, best,
                              tuned.options.data.seed};
  HeldOutRows held = PredictFolds(question, FoldsHolding(dataset, tuned.sweep, kEnoughRows, 1));
  known->numbers = std::move(held.numbers);
  known->classes = std::move(held.classes);
  const std::vector<int> folds = FoldsHolding(dataset, tuned.sweep, 0, kFoldsOfLearningCurve);
  if (folds.size() >= 2) known->learning = LearningCurveOf(question, folds);
  if (!known->error_parts && RowsAreExchangeable(dataset) && BootstrapIsCheap(tuned)) {
    std::vector<double> decays;
    for (const Trial& trial : tuned.sweep.trials) decays.push_back(trial.decay);
    known->error_parts = PartsOfBootstrap(maker, decays, static_cast<std::size_t>(tuned.sweep.best),
                                          tuned.options.data.seed, tuned.options.noise_sd);
  }
  if (!stopping->Asked()) {
    verdict->biases_decayed = GainOfDecayedIntercept(
        question, FoldsHolding(dataset, tuned.sweep, dataset.target.rows(), 2));
  }
}

}  // namespace

void CheckPlane(const Dataset& dataset, const TuneOptions& options) {
  if (options.plane.empty()) return;
  if (options.plane.size() != 2 || options.plane[0] == options.plane[1])
    FailOption("plane", ErrorKind::kPlaneTwo);
  const std::size_t classes = dataset.target.class_names.size();
  if (classes > 2) FailOption("plane", ErrorKind::kPlaneClasses, {classes});
  NamedPlane(dataset.design, options.plane);
}

Diagnostics Diagnose(const Tuned& tuned, Verdict* verdict, std::vector<TuneFinding>* findings) {
  const Dataset& dataset = *tuned.context.dataset;
  const Standardizer& standardizer = tuned.model->standardizer();
  const auto at_best = static_cast<std::size_t>(tuned.sweep.best);
  const Fit& fit = tuned.fits[at_best];
  const double best = tuned.sweep.trials[at_best].decay;
  const bool l2 = tuned.options.l1_ratio == 0.0;
  Diagnostics known;
  known.weights = HistogramsOf(DecayedWeights(dataset, standardizer, FitOfBaseline(tuned).weights),
                               DecayedWeights(dataset, standardizer, fit.weights));
  const Vector curvature = l2 ? tuned.model->Curvature() : Vector();
  if (curvature.size() > 0) known.curvature = CurvatureOf(curvature);
  if (l2 && dataset.target.task == Task::kRegression && RowsAreExchangeable(dataset))
    known.error_parts = PartsOfError(dataset, tuned.fits, tuned.options.noise_sd);
  Stopping stopping(tuned.context.stop);
  const bool cheap = FitsAreCheap(tuned);
  if (!dataset.stream && (cheap || !tuned.options.plane.empty()) && !stopping.Asked()) {
    if (const auto pair = ChoosePlane(dataset, standardizer, fit, tuned.options.plane))
      known.plane = PlaneOf(tuned.context, standardizer, *pair, best);
  }
  if (!tuned.options.plane.empty() && !known.plane)
    findings->push_back({.kind = TuneFinding::Kind::kNoPlane});
  if (cheap && !stopping.Asked()) AddRefits(tuned, best, &stopping, &known, verdict);
  return known;
}

}  // namespace halflife
