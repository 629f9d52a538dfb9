// A table of houses as people keep them: amounts with signs, thousands, percentages, codes with
// leading zeros, dates, yes and no in any case, gaps in any spelling, and a column made from the
// target.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "base/random.h"

namespace halflife::testing {

// "$1,234.50" from 1234.5.
inline std::string Dollars(double amount, int decimals) {
  std::string digits = fmt::format("{:.{}f}", amount, decimals);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t at = point; at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return "$" + digits;
}

// CSV with the header "id,listed,street,postcode,area,rooms,tax,fee,pool,state,commission,price":
// of ln(price), area, rooms, postcode, pool and fee tell most.
inline std::string MessyHouses(int rows, uint64_t seed) {
  Random random(seed);
  const char* yes[] = {"yes", "Yes", "YES"};
  const char* no[] = {"no", "No", "NO"};
  const char* gaps[] = {"-", "n/a", "N/A", ""};
  const char* states[] = {"Good", "Fair", "Poor"};
  double place[40];
  for (double& effect : place) effect = 0.25 * random.Normal();
  std::string csv = "id,listed,street,postcode,area,rooms,tax,fee,pool,state,commission,price\n";
  for (int i = 0; i < rows; ++i) {
    const double area = std::exp(7.0 + 0.35 * random.Normal());
    const auto rooms = 1 + random.Below(6);
    const auto code = random.Below(40);
    const bool pool = random.Below(2) == 1;
    const double fee = 25.0 * static_cast<double>(random.Below(60));
    const double log_price = 8.0 + 0.55 * std::log(area) + 0.05 * static_cast<double>(rooms) +
                             place[code] + (pool ? 0.15 : 0.0) - 1e-4 * fee +
                             0.15 * random.Normal();
    const double price = std::exp(log_price);
    const bool known = random.Below(4) > 0;
    csv += fmt::format(
        "{},20{:02}-{:02}-{:02},{} Elm St,0{:04},\"{}\",{},{:.1f}%,{},{},{},\"{}\",\"{}\"\n",
        500000 + i, 10 + random.Below(14), 1 + random.Below(12), 1 + random.Below(28), i,
        1000 + code, Dollars(area, 0).substr(1), rooms, 0.5 + 2.5 * random.Uniform(),
        known ? "\"" + Dollars(fee, 0) + "\"" : std::string(gaps[random.Below(4)]),
        pool ? yes[random.Below(3)] : no[random.Below(3)], states[random.Below(3)],
        Dollars(price * (0.06 + 0.0004 * random.Normal()), 2), Dollars(price, 0));
  }
  return csv;
}

}  // namespace halflife::testing
