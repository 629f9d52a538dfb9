#include "report/html_parts.h"

#include <fmt/format.h>

#include "base/text.h"
#include "report/glossary.h"
#include "report/plain_text.h"
#include "report/svg.h"

namespace halflife {

std::string Tagged(std::string_view tag, std::string_view html) {
  return fmt::format("<{}>{}</{}>\n", tag, html, tag.substr(0, tag.find(' ')));
}

std::string Tagged(std::string_view tag, const Said& html) {
  return Tagged(tag, InLanguages(html));
}

std::string InLanguages(const Said& html) {
  if (html.english == html.chinese) return html.english;
  return fmt::format("<span lang=\"en\">{}</span><span lang=\"zh\">{}</span>", html.english,
                     html.chinese);
}

Said Escaped(const Said& text) { return {EscapeXml(text.english), EscapeXml(text.chinese)}; }

std::string Element(std::string_view tag, std::string_view text) {
  return Tagged(tag, EscapeXml(text));
}

std::string Element(std::string_view tag, const Said& text) { return Tagged(tag, Escaped(text)); }

std::string NameHtml(std::string_view name, int columns) {
  return fmt::format("<bdi>{}</bdi>", EscapeXml(CutTo(CleanText(name), columns)));
}

std::string Code(std::string_view code, std::string_view labelled_by) {
  std::string html =
      fmt::format("<pre tabindex=\"0\" role=\"group\" aria-labelledby=\"{}\"><code>", labelled_by);
  for (const std::string& line : Split(code, '\n')) html += EscapeXml(line) + "\n";
  while (html.ends_with("\n")) html.pop_back();
  return html + "</code></pre>\n";
}

std::string Entry(const Said& term, const Said& text) {
  return Tagged("dt", WithTerms(term)) + Element("dd", text);
}

std::string EntryHtml(const Said& term, const std::string& html) {
  return Tagged("dt", WithTerms(term)) + Tagged("dd", html);
}

std::string NoteList(const std::vector<Said>& notes) {
  if (notes.empty()) return "";
  std::string list = "<ul class=\"quiet\">\n";
  for (const Said& note : notes) list += Element("li", note);
  return list + "</ul>\n";
}

std::string ScrollRegion(std::string_view id, const Said& name, const std::string& html) {
  return fmt::format(
             "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{0}\">\n"
             "<span class=\"unseen\" id=\"{0}\">{1}</span>\n",
             id, InLanguages(Escaped(name))) +
         html + "</div>\n";
}

}  // namespace halflife
