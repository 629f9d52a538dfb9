// Sentences in both languages: the two templates of each stand side by side.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>

#include "halflife/language.h"

namespace halflife {

// A text in both languages; where they are equal it is shown once.
struct Said {
  std::string english;
  std::string chinese;

  const std::string& In(Language language) const {
    return language == Language::kEnglish ? english : chinese;
  }
};

// `english` or `chinese` with the arguments put in. Both templates get all arguments; one that puts
// them in another order, or leaves some out, numbers them: {0}, {2}.
template <class... Args>
std::string Say(Language language, fmt::format_string<Args...> english,
                fmt::format_string<Args...> chinese, Args&&... args) {
  return fmt::format(language == Language::kEnglish ? english : chinese,
                     std::forward<Args>(args)...);
}

// What `make` says in each language.
template <class Make>
Said InBoth(Make make) {
  return {make(Language::kEnglish), make(Language::kChinese)};
}

// A text that is the same in both: a number, a name.
inline Said InEither(const std::string& text) { return {text, text}; }

}  // namespace halflife
