#include "tune/diagnostics/refit.h"

#include <algorithm>

#include "data/row_set.h"
#include "model/held_out.h"
#include "model/softmax.h"

namespace halflife {

namespace {

// Whether there is anything to fit: some feature that varies, and more than one class.
bool CanLearn(const Dataset& dataset, const Standardizer& standardizer) {
  const std::vector<int32_t>& classes = dataset.target.classes;
  return !standardizer.kept.empty() &&
         (dataset.target.task == Task::kRegression ||
          std::any_of(classes.begin(), classes.end(),
                      [&](int32_t each) { return each != classes.front(); }));
}

// What a sweep scores where nothing can be learnt: the best constant.
Fit ConstantFit(const Dataset& dataset) {
  const Target& target = dataset.target;
  Fit fit;
  if (target.task == Task::kRegression) {
    fit.intercept =
        Vector::Constant(1, target.numbers.dot(dataset.weights) / dataset.weights.sum());
  } else {
    Vector of_class = Vector::Zero(static_cast<Eigen::Index>(target.class_names.size()));
    for (std::size_t row = 0; row < target.rows(); ++row)
      of_class(target.classes[row]) += dataset.weights(static_cast<Eigen::Index>(row));
    fit.intercept = LogitsOfShares(
        ClassShares(of_class, dataset.weights.sum() / static_cast<double>(target.rows())));
  }
  fit.weights = Matrix::Zero(0, fit.intercept.size());
  return fit;
}

// A class without a row: a fit knows nothing of it.
bool LacksAClass(const Target& target) {
  std::vector<bool> has(target.class_names.size(), false);
  for (const int32_t each : target.classes) has[static_cast<std::size_t>(each)] = true;
  return std::find(has.begin(), has.end(), false) != has.end();
}

}  // namespace

Refit RefitMaker::On(const std::vector<uint32_t>& rows, const std::vector<double>& decays) const {
  const Dataset some = RowsOf(*context.dataset, rows);
  Standardizer learnt =
      LearnStandardizer(some.design, RowsInOrder(some.target.rows()), some.weights);
  if (!CanLearn(some, learnt)) {
    learnt.kept.clear();
    return {std::move(learnt), std::vector<std::optional<Fit>>(decays.size(), ConstantFit(some))};
  }
  if (LacksAClass(some.target))
    return {std::move(learnt), std::vector<std::optional<Fit>>(decays.size())};
  ModelContext own = context;
  own.dataset = &some;
  own.count = {};
  own.stop = {};  // asked between fits, for one that was begun has to end
  const std::unique_ptr<Model> model = make(own);
  const std::vector<DecayScores> scores = model->ScoreFolds(decays);
  Refit refit{model->standardizer(), {}};
  for (std::size_t d = 0; d < decays.size(); ++d) {
    refit.fits.emplace_back();
    if (scores[d].status == FitStatus::kFitted)
      refit.fits.back() = model->FitAll(std::span(decays).subspan(d, 1)).front();
  }
  return refit;
}

Matrix OutputsOf(const Design& design, const Standardizer& standardizer, const Fit& fit,
                 std::span<const uint32_t> rows) {
  constexpr std::size_t kChunk = 2048;
  Matrix outputs(fit.weights.cols(), static_cast<Eigen::Index>(rows.size()));
  for (std::size_t start = 0; start < rows.size(); start += kChunk) {
    const std::span<const uint32_t> chunk =
        rows.subspan(start, std::min(kChunk, rows.size() - start));
    const Matrix inputs = Standardize(design, standardizer, chunk);
    outputs.middleCols(static_cast<Eigen::Index>(start), inputs.cols()).noalias() =
        fit.weights.transpose() * inputs;
  }
  outputs.colwise() += fit.intercept;
  return outputs;
}

double MeanLoss(const Dataset& dataset, const Matrix& outputs, std::span<const uint32_t> rows) {
  Vector weights(outputs.cols());
  for (std::size_t i = 0; i < rows.size(); ++i)
    weights(static_cast<Eigen::Index>(i)) = dataset.weights(rows[i]);
  const Target& target = dataset.target;
  if (target.task == Task::kClassification) {
    std::vector<int32_t> classes;
    for (const uint32_t row : rows) classes.push_back(target.classes[row]);
    return LossOfLogits(outputs, classes, weights);
  }
  double sum = 0.0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(i);
    const double error = outputs(0, at) - target.numbers(rows[i]);
    sum += 0.5 * weights(at) * error * error;
  }
  return sum / weights.sum();
}

}  // namespace halflife
