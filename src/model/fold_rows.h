// Which rows a fold of linear regression trains on and which it holds out.
#pragma once

#include <cstdint>
#include <vector>

#include "data/dataset.h"

namespace halflife {

// Rows ascending; `centred` is the target of all rows less some constant.
struct FoldRows {
  const Dataset* data = nullptr;
  const Vector* centred = nullptr;
  std::vector<uint32_t> training;
  std::vector<uint32_t> held;  // none of the fit on all rows
};

}  // namespace halflife
