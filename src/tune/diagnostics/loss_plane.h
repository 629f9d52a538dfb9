// The loss over two weights.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "halflife/diagnostics.h"
#include "model/model.h"

namespace halflife {

// The two features of the design that are called so, as Feature::name says. Throws Error for a name
// of none.
std::pair<int, int> NamedPlane(const Design& design, const std::vector<std::string>& names);

// Which two features the plane is of: those called `names`, or without names those of the largest
// weights at the best decay of which neither follows from the other (a correlation below .99). None
// where there are no two, or more than two classes.
std::optional<std::pair<int, int>> ChoosePlane(const Dataset& dataset,
                                               const Standardizer& standardizer, const Fit& best,
                                               const std::vector<std::string>& names);

// Of the features `pair` of the design; `decay` is the best one of the whole model. None where one
// of them does not vary.
std::optional<LossPlane> PlaneOf(const ModelContext& context, const Standardizer& standardizer,
                                 const std::pair<int, int>& pair, double decay);

}  // namespace halflife
