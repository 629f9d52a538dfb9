// What the registry says of itself: for `halflife describe` and docs/optimizers.md.
#pragma once

#include <string>
#include <string_view>

namespace halflife {

// Everything, or one optimizer or decay law by name. Throws Error, suggesting the nearest, when
// nothing has that name. `name` may be empty.
std::string DescribeText(std::string_view name);
std::string DescribeJson(std::string_view name);
std::string DescribeMarkdown(std::string_view name);

}  // namespace halflife
