// The small pieces that the page's sections are made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/say.h"

namespace halflife {

// <tag>text</tag>, escaped; `tag` may have attributes.
std::string Element(std::string_view tag, std::string_view text);
// In both languages, of which the page shows one: a span each, where they differ.
std::string Element(std::string_view tag, const Said& text);

// Code in <pre>: escaped line by line, so that its line ends stay.
std::string Code(std::string_view code);

// A term and its text, for a <dl>.
std::string Entry(std::string_view term, std::string_view text);
std::string Entry(const Said& term, const Said& text);

// A list; "" where there are none.
std::string NoteList(const std::vector<std::string>& notes);
std::string NoteList(const std::vector<Said>& notes);

}  // namespace halflife
