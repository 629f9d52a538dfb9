#include "model/fitted.h"

#include "model/inputs.h"

namespace halflife {

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
  model.loss = fit.loss;
  return model;
}

}  // namespace halflife
