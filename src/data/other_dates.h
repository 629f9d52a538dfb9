// Dates that are not ISO 8601's: seen, so that their owner hears of them, but not read, because
// 3/4/2021 is two days.
#pragma once

#include <string_view>

namespace halflife {

// Whether `text` looks like a date of another kind: day, month and year in any order with / . or -
// between (31.12.2021, 3/14/21, 2021/3/14), or a month's English name with a year and perhaps a day
// (Mar 14, 2021; 14-Mar-21; Mar 2021); either may stand between a day of the week and a time of
// day.
bool LooksLikeOtherDate(std::string_view text);

}  // namespace halflife
