// The style sheet and the script of the report page.
#pragma once

#include <string>
#include <string_view>

namespace halflife {

// Colours, type, figures, tables: of the report and of the live page.
std::string SharedStyle();

// The report's. Without the characters < and &, so that the page is well-formed XML too.
std::string PageStyle();

// The crosshair (pointer, touch and arrow keys read the values at the nearest decay), files saved
// of figures, and the document's language. Without "]]>".
std::string PageScript();

}  // namespace halflife
