#include "tune/diagnostics/refit.h"

#include <algorithm>

#include "data/row_set.h"
#include "model/held_out.h"
#include "model/present_classes.h"
#include "model/softmax.h"

namespace halflife {
namespace {

// What a sweep scores where nothing can be learnt: the best constant.
Fit ConstantFit(const Dataset& dataset, const PresentClasses& classes) {
  Fit fit;
  fit.intercept = dataset.target.task == Task::kClassification
                      ? LogitsOfShares(classes.shares)
                      : Vector::Constant(
                            1, dataset.target.numbers.dot(dataset.weights) / dataset.weights.sum());
  fit.weights = Matrix::Zero(0, fit.intercept.size());
  return fit;
}

}  // namespace

Refit RefitMaker::On(const std::vector<uint32_t>& rows, const std::vector<double>& decays) const {
  const Dataset some = RowsOf(*context.dataset, rows);
  const std::vector<uint32_t> all = RowsInOrder(rows.size());
  Standardizer learnt = LearnStandardizer(some.design, all, some.weights);
  const bool of_classes = some.target.task == Task::kClassification;
  const PresentClasses classes = of_classes ? FindPresent(some, all) : PresentClasses();
  if (learnt.kept.empty() || classes.one()) {
    learnt.kept.clear();
    return {std::move(learnt),
            std::vector<std::optional<Fit>>(decays.size(), ConstantFit(some, classes))};
  }
  // A fit knows nothing of a class without a row.
  if (classes.present.size() < some.target.class_names.size())
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

RefitMaker RefitMaker::SideBySide(std::size_t fits) const {
  RefitMaker maker = *this;
  if (fits >= static_cast<std::size_t>(context.threads)) maker.context.threads = 1;
  return maker;
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

double MeanLoss(const Dataset& dataset, const Matrix& outputs, const std::vector<uint32_t>& rows) {
  const Vector weights = dataset.weights(rows);
  const Target& target = dataset.target;
  if (target.task == Task::kClassification)
    return LossOfLogits(outputs, PickClasses(target.classes, rows), weights);
  const Vector errors = outputs.row(0).transpose() - target.numbers(rows);
  return 0.5 * errors.cwiseAbs2().dot(weights) / weights.sum();
}

}  // namespace halflife
