// The style sheet and the script of the report page.
#pragma once

#include <string>
#include <string_view>

namespace halflife {

// Without the characters < and &, so that the page is well-formed XML too.
std::string_view PageStyle();

// The crosshair: pointer, touch and arrow keys read the values at the nearest decay.
std::string PageScript();

}  // namespace halflife
