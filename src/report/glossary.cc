#include "report/glossary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

#include "base/text.h"
#include "report/glossary_terms.h"
#include "report/html_parts.h"
#include "report/svg.h"

namespace halflife {
namespace {

std::string TargetOf(const GlossaryTerm& term) {
  return fmt::format("popovertarget=\"about-{}\"", term.key);
}

Said MeaningOf(const GlossaryTerm& term, bool of_net) {
  return of_net && term.of_nets.english != nullptr ? term.of_nets : term.meaning;
}

bool IsTerm(std::string_view key) {
  const auto terms = GlossaryTerms();
  return std::any_of(terms.begin(), terms.end(),
                     [&](const GlossaryTerm& term) { return term.key == key; });
}

std::string Button(std::string_view words, std::string_view key) {
  return fmt::format(
      "<button type=\"button\" class=\"term\" popovertarget=\"about-{}\">{}</button>", key,
      EscapeXml(words));
}

// `html` without what stands from `begin` to `end`, wherever that is.
std::string Without(const std::string& html, std::string_view begin, std::string_view end) {
  std::string rest;
  std::size_t at = 0;
  while (true) {
    const std::size_t from = std::min(html.find(begin, at), html.size());
    rest += html.substr(at, from - at) + " ";
    const std::size_t to = html.find(end, from);
    if (from == html.size() || to == std::string::npos) return rest;
    at = to + end.size();
  }
}

// The words of a page in lower case, with a blank before each.
std::string WordsOf(std::string html) {
  for (const auto& [begin, end] : {std::pair{"<svg", "</svg>"},
                                   {"<pre", "</pre>"},
                                   {"<script", "</script>"},
                                   {"<bdi", "</bdi>"},
                                   {"<span lang=\"zh\">", "</span>"},
                                   {"<", ">"}}) {
    html = Without(html, begin, end);
  }
  std::string words = " ";
  for (const char c : html) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || byte >= 0x80) {
      words += static_cast<char>(std::tolower(byte));
    } else if (words.back() != ' ') {
      words += ' ';
    }
  }
  return words;
}

bool IsLinked(const GlossaryTerm& term, const std::string& body) {
  return body.find(TargetOf(term) + ">") != std::string::npos;
}

bool IsSaid(const GlossaryTerm& term, const std::string& words) {
  const std::vector<std::string> forms = Split(term.forms, '|');
  return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
    return words.find(" " + form) != std::string::npos;
  });
}

}  // namespace

std::string WithTerms(std::string_view text) {
  std::string html;
  std::size_t at = 0;  // from where on "](" is looked for
  while (true) {
    const std::size_t middle = text.find("](", at);
    if (middle == std::string_view::npos) return html + EscapeXml(text);
    const std::size_t open = text.rfind('[', middle);
    const std::size_t close = std::min(text.find(')', middle), text.size());
    const std::string_view key = text.substr(middle + 2, close - middle - 2);
    at = middle + 2;
    if (open == std::string_view::npos || !IsTerm(key)) continue;  // of a name
    html += EscapeXml(text.substr(0, open)) + Button(text.substr(open + 1, middle - open - 1), key);
    text.remove_prefix(close + 1);
    at = 0;
  }
}

Said WithTerms(const Said& text) { return {WithTerms(text.english), WithTerms(text.chinese)}; }

std::string GlossaryList(const std::string& body, bool of_net) {
  const std::string words = WordsOf(body);
  std::string html = "<dl class=\"glossary\">\n";
  for (const GlossaryTerm& term : GlossaryTerms()) {
    if (!IsLinked(term, body) && !IsSaid(term, words)) continue;
    html += fmt::format("<div id=\"term-{}\">\n", term.key) + Element("dt", term.name) +
            Element("dd", MeaningOf(term, of_net)) + "</div>\n";
  }
  return html + "</dl>\n";
}

std::string GlossaryNotes(const std::string& body, bool of_net) {
  std::string html;
  for (const GlossaryTerm& term : GlossaryTerms()) {
    if (!IsLinked(term, body)) continue;
    html += fmt::format(
        "<div popover=\"auto\" class=\"about\" id=\"about-{0}\" role=\"note\" "
        "aria-labelledby=\"about-{0}-name\">\n",
        term.key);
    html += Element(fmt::format("b id=\"about-{}-name\"", term.key), term.name) +
            Element("p", MeaningOf(term, of_net)) + "</div>\n";
  }
  return html;
}

}  // namespace halflife
