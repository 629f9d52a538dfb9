// The small pieces that the page's sections are made of.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "report/say.h"

namespace halflife {

// <tag>text</tag>, escaped; `tag` may have attributes.
std::string Element(std::string_view tag, std::string_view text);
// In both languages, of which the page shows one: a span each, where they differ.
std::string Element(std::string_view tag, const Said& text);
// The same of what is HTML already.
std::string Tagged(std::string_view tag, std::string_view html);
std::string Tagged(std::string_view tag, const Said& html);

// HTML in both languages: a span each, where they differ.
std::string InLanguages(const Said& html);
Said Escaped(const Said& text);

// A name from the user's file for HTML: set apart, so that its direction of writing is its own;
// what is beyond `columns` is cut.
std::string NameHtml(std::string_view name, int columns = 120);

// Code in <pre>: escaped line by line, so that its line ends stay. `labelled_by` is the id of what
// names it.
std::string Code(std::string_view code, std::string_view labelled_by);

// A term and its text, for a <dl>. Terms may hold "[words](term)" of the glossary.
std::string Entry(const Said& term, const Said& text);
// Of what is HTML already.
std::string EntryHtml(const Said& term, const std::string& html);

// A list; "" where there are none.
std::string NoteList(const std::vector<Said>& notes);

// What `make` lists in each language.
template <class Make>
std::vector<Said> ListInBoth(Make make) {
  const std::vector<std::string> english = make(Language::kEnglish);
  const std::vector<std::string> chinese = make(Language::kChinese);
  std::vector<Said> both(std::max(english.size(), chinese.size()));
  for (std::size_t i = 0; i < english.size(); ++i) both[i].english = english[i];
  for (std::size_t i = 0; i < chinese.size(); ++i) both[i].chinese = chinese[i];
  return both;
}

// A wide table in a region that scrolls sideways and takes the keyboard's focus, named by `name`.
std::string ScrollRegion(std::string_view id, const Said& name, const std::string& html);

}  // namespace halflife
