// Ways to choose the decay in a fold, held against the truth.
#pragma once

#include <string>

namespace halflife::testing {

// A Markdown table: the bias of the mean gain under each way, over `cells` populations of every
// kind of regression from seed `first` on.
std::string TallyChoices(int cells, int first);

}  // namespace halflife::testing
