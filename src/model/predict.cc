// A fitted model applied to the rows of a table.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "halflife/fitted_model.h"
#include "model/inputs.h"

namespace halflife {

Predictions Predict(const FittedModel& model, const Table& table) {
  Predictions predictions;
  predictions.outputs.assign(table.rows, model.intercept);
  const std::vector<InputColumn> columns = InputColumns(model.inputs, table);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ModelInput& input = model.inputs[i];
    for (std::size_t row = 0; row < table.rows; ++row) {
      const double value = StandardisedValue(input, columns[i], row);
      for (std::size_t k = 0; k < input.weights.size(); ++k)
        predictions.outputs[row][k] += value * input.weights[k];
    }
  }
  for (std::size_t row = 0; row < table.rows; ++row) {
    for (const double output : predictions.outputs[row]) {
      if (std::isfinite(output)) continue;
      FailIn(table.source, ErrorKind::kPredictionNotFinite, {row + 1});
    }
  }
  predictions.findings = OddInputs(model.inputs, model.target, table);
  return predictions;
}

std::vector<double> Softmax(const std::vector<double>& logits) {
  const double largest = *std::max_element(logits.begin(), logits.end());
  std::vector<double> shares;
  shares.reserve(logits.size());
  for (const double logit : logits) shares.push_back(std::exp(logit - largest));
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
  return shares;
}

std::vector<double> Probabilities(const FittedModel& model, const std::vector<double>& outputs) {
  std::vector<double> logits = outputs;
  if (model.classes.size() == 2) logits.insert(logits.begin(), 0.0);
  return Softmax(logits);
}

}  // namespace halflife
