// A small check that a text is well-formed XML, for what the report writes.
#pragma once

#include <string>
#include <string_view>

namespace halflife {

// What is wrong with `xml`: tags that do not balance, attributes without quotes or given twice,
// bare & or
// <, control characters, an id used twice. Empty if nothing is.
std::string XmlProblem(std::string_view xml);

}  // namespace halflife
