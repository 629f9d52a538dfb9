// Time where there is no clock, in WebAssembly: the page measures for itself.
#include "base/stopwatch.h"

namespace halflife {

double Stopwatch::Lap() { return start_; }

}  // namespace halflife
