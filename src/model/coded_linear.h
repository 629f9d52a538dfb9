// Linear regression read by codes (see StaysCoded).
#pragma once

#include <memory>

#include "model/model.h"

namespace halflife {

std::unique_ptr<Model> MakeCodedLinear(const ModelContext& context);

}  // namespace halflife
