// What the program ends with.
#pragma once

namespace halflife {

inline constexpr int kFine = 0;
inline constexpr int kDataFailed = 1;     // the data or the run is at fault
inline constexpr int kWrongUsage = 2;     // the command line is
inline constexpr int kInterrupted = 130;  // what is done is written

}  // namespace halflife
