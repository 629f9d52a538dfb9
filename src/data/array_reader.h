// Array files from memory: which of the formats, and which arrays are in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace halflife {

// The names of the arrays in the NPZ file `bytes`, in the file's order; none for other files.
std::vector<std::string> ArrayNamesIn(std::string_view bytes, const std::string& source);

// `names` for a message: quoted, with commas, the first twelve.
std::string ListedNames(const std::vector<std::string>& names);

// Whether `bytes` begin as an array file does.
bool LooksLikeArrayBytes(std::string_view bytes);

}  // namespace halflife
