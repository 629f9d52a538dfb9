#include "tune/diagnostics/diagnose.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "model/coded_rows.h"
#include "tune/diagnostics/error_parts.h"
#include "tune/diagnostics/fold_refits.h"
#include "tune/diagnostics/histograms.h"
#include "tune/diagnostics/loss_plane.h"

namespace halflife {
namespace {

constexpr double kMostWork = 3e10;  // of a fit that only figures ask for
constexpr std::size_t kEnoughRows = 1000;
constexpr std::size_t kFoldsOfCurve = 5;

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

void AddRefits(const Tuned& tuned, double best, Diagnostics* known) {
  const Dataset& dataset = *tuned.context.dataset;
  const RefitMaker maker{tuned.context, tuned.make};
  const FoldQuestion question{maker, tuned.sweep, BaselineOf(tuned.sweep).decay, best,
                              tuned.options.data.seed};
  const auto most = static_cast<std::size_t>(dataset.folds.front().count);
  HeldOutRows held = PredictFolds(question, FoldsHolding(dataset, tuned.sweep, kEnoughRows, most));
  known->numbers = std::move(held.numbers);
  known->classes = std::move(held.classes);
  const std::vector<int> folds =
      FoldsHolding(dataset, tuned.sweep, kEnoughRows, std::min(most, kFoldsOfCurve));
  if (!folds.empty()) known->learning = LearningCurveOf(question, folds);
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

Diagnostics Diagnose(const Tuned& tuned) {
  const Dataset& dataset = *tuned.context.dataset;
  const Standardizer& standardizer = tuned.model->standardizer();
  const auto at_best = static_cast<std::size_t>(tuned.sweep.best);
  const Fit& fit = tuned.fits[at_best];
  const double best = tuned.sweep.trials[at_best].decay;
  Diagnostics known;
  known.weights = HistogramsOf(DecayedWeights(dataset, standardizer, FitOfBaseline(tuned).weights),
                               DecayedWeights(dataset, standardizer, fit.weights));
  if (tuned.options.l1_ratio == 0.0) {
    const Vector curvature = tuned.model->Curvature();
    if (curvature.size() > 0) known.curvature = CurvatureOf(curvature);
  }
  if (dataset.target.task == Task::kRegression)
    known.error_parts = PartsOfError(dataset, tuned.fits, tuned.options.noise_sd);
  if (!FitsAreCheap(tuned)) return known;
  if (const auto pair = ChoosePlane(dataset, standardizer, fit, tuned.options.plane))
    known.plane = PlaneOf(tuned.context, standardizer, *pair, best);
  AddRefits(tuned, best, &known);
  return known;
}

}  // namespace halflife
