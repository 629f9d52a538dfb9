// How much memory a computation may take.
#pragma once

namespace halflife {

// Bytes: 8e9, or what the machine has, or what its control group allows, whichever is least.
double MostBytes();

}  // namespace halflife
