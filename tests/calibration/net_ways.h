// Ways to an interval of what tuning a net gains, from the gains of its splits.
#pragma once

#include <string>
#include <vector>

#include "calibration/tally.h"

namespace halflife::testing {

// A table in Markdown, a row a way: how often it claims a gain where tuning cannot help, covers the
// true one and finds it, and how wide it is; and below how exactly the truths are known.
std::string TallyNetWays(const std::vector<Judged>& problems);

}  // namespace halflife::testing
