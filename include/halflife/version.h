// Which halflife this is. The build reads the version from here (CMakeLists.txt).
#pragma once

#include <string_view>

namespace halflife {

inline constexpr std::string_view kVersion = "0.1.0";
inline constexpr int kVersionMajor = 0;
inline constexpr int kVersionMinor = 1;
inline constexpr int kVersionPatch = 0;

}  // namespace halflife
