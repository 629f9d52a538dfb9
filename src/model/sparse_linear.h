// Linear regression on designs that stay sparse (see StaysSparse).
#pragma once

#include <memory>

#include "model/model.h"

namespace halflife {

std::unique_ptr<Model> MakeSparseLinear(const ModelContext& context);

}  // namespace halflife
