#include "report/html_figure.h"

#include <fmt/format.h>

#include "report/html_parts.h"

namespace halflife {
namespace {

// `svg` named by the figure's caption, which is in the language shown, and not by its own title,
// which is for the file that is saved of it.
std::string NamedByCaption(std::string svg, std::string_view id) {
  constexpr std::string_view kNamed = "aria-labelledby=\"";
  const std::size_t at = svg.find(kNamed);
  const std::size_t end = at == std::string::npos ? at : svg.find('"', at + kNamed.size());
  if (end == std::string::npos) return svg;
  return svg.replace(at, end - at,
                     fmt::format("aria-labelledby=\"{0}-caption\" aria-describedby=\"{0}-how", id));
}

Said KeysText(Along along) {
  switch (along) {
    case Along::kDecay:
      return {"The arrow keys read the values at each decay.", "用方向键读出每个衰减处的值。"};
    case Along::kEpoch:
      return {"The arrow keys read the values at each epoch.", "用方向键读出每一轮的值。"};
    case Along::kPoint:
      break;
  }
  return {"The arrow keys read the values at each point.", "用方向键读出每一点的值。"};
}

// Shown where the script runs.
std::string SaveButtons(std::string_view id) {
  std::string html = fmt::format(
      "<div class=\"save\" role=\"group\" aria-labelledby=\"{0}-save {0}-caption\" "
      "hidden=\"hidden\">\n<span id=\"{0}-save\" class=\"unseen\">{1}</span>\n",
      id, InLanguages({"Save", "保存"}));
  for (const char* kind : {"SVG", "PNG", "CSV"})
    html += fmt::format("<button type=\"button\" data-save=\"{0}\">{0}</button>\n", kind);
  return html + "</div>\n";
}

}  // namespace

std::string FigureHtml(const Figure& figure, const FigureFrame& frame) {
  const std::string_view id = frame.id;
  std::string html = fmt::format(
                         "<figure id=\"figure-{0}\" data-name=\"{0}\" "
                         "aria-labelledby=\"{0}-caption\">\n",
                         id) +
                     Element(fmt::format("figcaption id=\"{}-caption\"", id), frame.title) +
                     SaveButtons(id);
  html += fmt::format("<div class=\"plot\">\n{}{}</div>\n", NamedByCaption(figure.wide, id),
                      NamedByCaption(figure.narrow, id));
  html += fmt::format(
      "<div class=\"readout {}\" role=\"status\"></div>\n<span class=\"unseen keys\" "
      "id=\"{}-keys\" hidden=\"hidden\">{}</span>\n",
      frame.many ? "many" : "few", id, InLanguages(KeysText(frame.along)));
  html += Tagged(fmt::format("p class=\"how\" id=\"{}-how\"", id), frame.how);
  return html +
         fmt::format("<script type=\"application/json\">{}</script>\n</figure>\n", figure.readout);
}

}  // namespace halflife
