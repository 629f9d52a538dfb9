// How much memory there is, and how much of it a computation may take.
#pragma once

namespace halflife {

// Bytes that this process may use: those of the machine, or of the container that it runs in.
double MemoryOfMachine();

// Bytes that one computation may take: 8e9, or half of MemoryOfMachine where that is less, for its
// table is there too.
double MostBytes();

}  // namespace halflife
