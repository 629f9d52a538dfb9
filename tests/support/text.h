// What tests ask of texts.
#pragma once

#include <string_view>

namespace halflife::testing {

inline bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace halflife::testing
