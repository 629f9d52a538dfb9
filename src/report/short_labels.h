// Long names cut so that each still tells which it is.
#pragma once

#include <string>
#include <vector>

namespace halflife {

// `names` as clean text of at most `width` columns (8 at least). A name that is too long is cut
// where the names allow it: in its middle, else around what tells it from the others; "…" stands
// for what is left out, and no other name reads like a label with something in that place. Where
// no such cut exists the label is numbered. So labels of names that differ always differ.
std::vector<std::string> ShortLabels(const std::vector<std::string>& names, int width);

}  // namespace halflife
