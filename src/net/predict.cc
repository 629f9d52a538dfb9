// A trained net applied to the rows of a table or an array.

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/float_block.h"
#include "data/array_samples.h"
#include "data/row_set.h"
#include "halflife/fitted_net.h"
#include "model/inputs.h"
#include "net/evaluate.h"
#include "net/inputs.h"

namespace halflife {
namespace {

// The weights as one block of the layout.
FloatBlock BlockOf(const FittedNet& net, const NetLayout& layout) {
  FloatBlock block(layout.size());
  for (std::size_t i = 0; i < layout.tensors().size(); ++i)
    std::copy(net.weights[i].values.begin(), net.weights[i].values.end(),
              layout.Of(i, block.span()).begin());
  return block;
}

Predictions PredictRows(const FittedNet& net, const std::vector<float>& inputs, std::size_t rows,
                        const std::string& source) {
  const NetLayout layout(net.inputs(), net.outputs(), net.options);
  const FloatBlock block = BlockOf(net, layout);
  const Samples samples{.inputs = inputs, .rows = rows, .width = net.inputs()};
  const std::vector<float> outputs = PredictNet(layout, block.span(), samples);
  Predictions predictions;
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<double> of_row;
    for (std::size_t k = 0; k < net.outputs(); ++k) {
      const double output =
          net.target_mean +
          net.target_scale * static_cast<double>(outputs[row * net.outputs() + k]);
      if (!std::isfinite(output)) {
        FailIn(source, ErrorKind::kPredictionNotFinite, {row + 1});
      }
      of_row.push_back(output);
    }
    predictions.outputs.push_back(std::move(of_row));
  }
  return predictions;
}

}  // namespace

Predictions Predict(const FittedNet& net, const Table& table) {
  if (!net.of_table()) FailIn(table.source, ErrorKind::kNetWantsArray, {net.cells.width});
  const std::vector<float> inputs = NetInputs(net.columns, table);
  Predictions predictions = PredictRows(net, inputs, table.rows, table.source);
  predictions.findings = OddInputs(net.columns, net.target, table);
  return predictions;
}

Predictions Predict(const FittedNet& net, const Array& inputs) {
  if (net.of_table()) FailIn(inputs.source, ErrorKind::kNetWantsTable);
  const std::vector<std::uint32_t> rows = RowsInOrder(inputs.rows());
  return PredictRows(net, ScaleRows(inputs, net.cells, rows), rows.size(), inputs.source);
}

}  // namespace halflife
