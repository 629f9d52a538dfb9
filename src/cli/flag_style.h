// Options as the command line has them, in errors.
#pragma once

#include <string>
#include <string_view>

namespace halflife {

// "--fold-column", "--missing indicator"; see base/error_text.h.
std::string FlagStyle(std::string_view name, std::string_view value);

// The bare name of the option that a flag sets: "fold_column".
std::string BareName(std::string_view flag);

}  // namespace halflife
