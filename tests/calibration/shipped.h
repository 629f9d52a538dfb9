// The verdicts on the data sets of the project, over seeds.
#pragma once

#include "calibration/tally.h"

namespace halflife::testing {

// A row a data set with its label at each of five seeds; it holds where at most two labels in all
// are not the one that is known.
Tally TallyShipped();

}  // namespace halflife::testing
