#include "net/inputs.h"

#include <cmath>
#include <limits>

#include "base/error.h"
#include "model/inputs.h"

namespace halflife {

std::vector<float> NetInputs(const std::vector<ModelInput>& inputs, const Table& table) {
  std::vector<float> values(table.rows * inputs.size());
  const std::vector<InputColumn> columns = InputColumns(inputs, table);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    for (std::size_t row = 0; row < table.rows; ++row) {
      const double value = StandardisedValue(inputs[i], columns[i], row);
      if (std::fabs(value) > std::numeric_limits<float>::max()) {
        FailIn(table.source, ErrorKind::kNetInputTooFar, {inputs[i].column, row + 1});
      }
      values[row * inputs.size() + i] = static_cast<float>(value);
    }
  }
  return values;
}

}  // namespace halflife
