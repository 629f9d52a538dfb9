// What the terms of the page mean.
#pragma once

#include <span>

#include "report/say.h"

namespace halflife {

struct GlossaryText {
  const char* english;
  const char* chinese;
  operator Said() const { return {english, chinese}; }
};

struct GlossaryTerm {
  const char* key;    // of its id in the page
  const char* forms;  // how its English words begin in a text, in lower case, "|" between them; ""
                      // where they may mean something else
  GlossaryText name;
  GlossaryText meaning;
  GlossaryText of_nets = {nullptr, nullptr};  // what it means on a net's page, where that differs
};

// In the order in which they are explained.
std::span<const GlossaryTerm> GlossaryTerms();

}  // namespace halflife
