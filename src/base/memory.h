// How much memory there is.
#pragma once

namespace halflife {

// Bytes that this process may use: those of the machine, or of the container that it runs in.
double MemoryOfMachine();

}  // namespace halflife
