// The looks of the report's figures: a part of the page's style sheet.
#pragma once

#include <string_view>

namespace halflife {

// Without the characters < and &.
std::string_view FigureStyle();

}  // namespace halflife
