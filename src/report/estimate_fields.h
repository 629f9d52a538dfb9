// A mean loss and its standard error, as fields of result.json.
#pragma once

namespace halflife {

template <class At, class Of>
void EstimateFields(At& at, Of& estimate) {
  at.Number("loss", estimate.mean);
  at.Number("se", estimate.se);
}

}  // namespace halflife
