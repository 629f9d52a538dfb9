// What the registry says of itself, rules of one's own included: for `halflife describe` and
// docs/optimizers.md. May be called from any number of threads.
#pragma once

#include <string>
#include <string_view>

namespace halflife {

// Everything (`name` empty), or one optimizer, decay law, schedule or penalty by its name, whose
// case, dashes, underscores and blanks don't matter. Throws Error (usage), suggesting the nearest,
// when nothing has that name.
std::string DescribeText(std::string_view name);
std::string DescribeJson(std::string_view name);
std::string DescribeMarkdown(std::string_view name);

}  // namespace halflife
