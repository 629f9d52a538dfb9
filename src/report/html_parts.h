// The small pieces that the page's sections are made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace halflife {

// <tag>text</tag>, escaped; `tag` may have attributes.
std::string Element(std::string_view tag, std::string_view text);

// Code in <pre>: escaped line by line, so that its line ends stay.
std::string Code(std::string_view code);

// A term and its text, for a <dl>.
std::string Entry(std::string_view term, std::string_view text);

// A list; "" where there are none.
std::string NoteList(const std::vector<std::string>& notes);

}  // namespace halflife
