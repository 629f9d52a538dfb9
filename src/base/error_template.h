// The templates of error_catalogue.h, read into their parts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halflife {

struct TemplatePart {
  enum class Kind {
    kText,
    kArgument,  // {0}
    kQuoted,    // {0:q}
    kPlural,    // {0|text|other}
    kSection,   // {0?inner}
    kOption,    // [text] or [text=other]; an empty text: the option of the failure
    kBare,      // {option}
    kFile,
    kLine,
    kColumn,
    kCause,
  };
  Kind kind = Kind::kText;
  std::size_t argument = 0;
  std::string text = {};
  std::string other = {};
  std::vector<TemplatePart> inner = {};
};

// The parts of a template; none where it is not written as error_catalogue.h says.
std::optional<std::vector<TemplatePart>> ReadTemplate(std::string_view text);

}  // namespace halflife
