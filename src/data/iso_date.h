// Dates as ISO 8601 writes them, as days.
#pragma once

#include <optional>
#include <string_view>

namespace halflife {

// The days from 1970-01-01 to `text`, 0 for that day: YYYY-MM-DD, alone or with a time of day after
// T or a blank (hh:mm, hh:mm:ss, hh:mm:ss.f) and with Z or an offset (+hh:mm, +hhmm, +hh), which is
// turned into UTC. Proleptic Gregorian calendar, years 1 to 9999; nothing for days that are not in
// it.
std::optional<double> ParseIsoDate(std::string_view text);

}  // namespace halflife
