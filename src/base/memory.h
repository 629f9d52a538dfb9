// How much memory there is, and how much of it a computation may take.
#pragma once

#include <algorithm>

namespace halflife {

// Bytes that this process may use: those of the machine, or of the container that it runs in.
double MemoryOfMachine();

// Bytes that one computation may take: 8e9, or half of MemoryOfMachine where that is less, for its
// table is there too.
inline double MostBytes() { return std::min(8e9, 0.5 * MemoryOfMachine()); }

}  // namespace halflife
