// The live page as web/lab/assemble.cmake put it together, kept in the program.
#pragma once

#include <string_view>

namespace halflife {

// The page, with a place for the report's style; "" in a program that was built without it.
std::string_view LabPage();

}  // namespace halflife
