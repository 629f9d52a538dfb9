#include "model/fitted.h"

#include <algorithm>
#include <numeric>

#include "model/inputs.h"
#include "model/softmax.h"

namespace halflife {
namespace {

double DataLoss(const Target& target, const Matrix& outputs, const Vector& weights) {
  if (target.task == Task::kRegression) {
    const Vector squared = (outputs.row(0).transpose() - target.numbers).cwiseAbs2();
    return 0.5 * squared.dot(weights) / weights.sum();
  }
  return LossOfLogits(outputs, target.classes, weights);
}

}  // namespace

Matrix LinearOutputs(const Dataset& dataset, const Standardizer& standardizer, const Fit& fit) {
  constexpr Eigen::Index kChunk = 4096;  // rows standardised at a time
  const Eigen::Index rows = dataset.design.rows();
  Matrix outputs(fit.intercept.size(), rows);
  for (Eigen::Index start = 0; start < rows; start += kChunk) {
    std::vector<uint32_t> chunk(static_cast<std::size_t>(std::min(kChunk, rows - start)));
    std::iota(chunk.begin(), chunk.end(), static_cast<uint32_t>(start));
    const Matrix standardised = Standardize(dataset.design, standardizer, chunk);
    outputs.middleCols(start, standardised.cols()) =
        (fit.weights.transpose() * standardised).colwise() + fit.intercept;
  }
  return outputs;
}

FittedModel MakeFittedModel(const Dataset& dataset, const Standardizer& standardizer,
                            const Fit& fit, double decay) {
  FittedModel model;
  model.task = dataset.target.task;
  model.family = model.task == Task::kRegression ? ModelFamily::kLinear : ModelFamily::kLogistic;
  model.classes = dataset.target.class_names;
  model.decay = decay;
  model.rows = dataset.target.rows();
  model.intercept.assign(fit.intercept.data(), fit.intercept.data() + fit.intercept.size());
  model.inputs = MakeInputs(dataset.design, standardizer);
  for (std::size_t k = 0; k < model.inputs.size(); ++k) {
    const Eigen::RowVectorXd weights = fit.weights.row(static_cast<Eigen::Index>(k));
    model.inputs[k].weights.assign(weights.data(), weights.data() + weights.size());
  }
  model.loss = DataLoss(dataset.target, LinearOutputs(dataset, standardizer, fit), dataset.weights);
  return model;
}

}  // namespace halflife
