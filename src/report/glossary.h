// The terms that the page uses, each explained in two lines: at hand where it stands, and all of
// them at the end.
#pragma once

#include <string>
#include <string_view>

#include "report/say.h"

namespace halflife {

// `text`, escaped, in which every "[words](term)" of the glossary is a button that shows what the
// term means, also without a script.
std::string WithTerms(std::string_view text);
Said WithTerms(const Said& text);

// The list of the terms that occur in `body`, HTML of the page: as such buttons, or in its English
// text but for code and drawings. `of_net`: whether it is a net's page.
std::string GlossaryList(const std::string& body, bool of_net);

// What the buttons in `body` show.
std::string GlossaryNotes(const std::string& body, bool of_net);

}  // namespace halflife
