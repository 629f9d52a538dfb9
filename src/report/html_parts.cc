#include "report/html_parts.h"

#include <fmt/format.h>

#include "base/text.h"
#include "report/svg.h"

namespace halflife {

std::string Element(std::string_view tag, std::string_view text) {
  const std::string_view name = tag.substr(0, tag.find(' '));
  return fmt::format("<{}>{}</{}>\n", tag, EscapeXml(text), name);
}

std::string Element(std::string_view tag, const Said& text) {
  if (text.english == text.chinese) return Element(tag, text.english);
  const std::string_view name = tag.substr(0, tag.find(' '));
  return fmt::format("<{}><span lang=\"en\">{}</span><span lang=\"zh\">{}</span></{}>\n", tag,
                     EscapeXml(text.english), EscapeXml(text.chinese), name);
}

std::string Code(std::string_view code) {
  std::string html = "<pre tabindex=\"0\"><code>";
  for (const std::string& line : Split(code, '\n')) html += EscapeXml(line) + "\n";
  while (html.ends_with("\n")) html.pop_back();
  return html + "</code></pre>\n";
}

std::string Entry(std::string_view term, std::string_view text) {
  return Element("dt", term) + Element("dd", text);
}

std::string Entry(const Said& term, const Said& text) {
  return Element("dt", term) + Element("dd", text);
}

std::string NoteList(const std::vector<std::string>& notes) {
  if (notes.empty()) return "";
  std::string list = "<ul class=\"quiet\">\n";
  for (const std::string& note : notes) list += Element("li", note);
  return list + "</ul>\n";
}

std::string NoteList(const std::vector<Said>& notes) {
  if (notes.empty()) return "";
  std::string list = "<ul class=\"quiet\">\n";
  for (const Said& note : notes) list += Element("li", note);
  return list + "</ul>\n";
}

}  // namespace halflife
