#include "report/columns_html.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/column_words.h"
#include "report/html_parts.h"

namespace halflife {

std::string ColumnsSection(const TuneResult& result) {
  const std::vector<ColumnSummary>& columns = result.data.column_list;
  if (columns.empty()) return "";
  constexpr std::size_t kMostRows = 300;
  std::string html = Element("h2", "What was read") + Element("p", KindCounts(columns) + ".");
  html += NoteList(Surprises(columns, result.data.findings, result.data.target));
  html += "<details>\n" + Element("summary", "Every column") +
          "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of "
          "columns\">\n<table>\n<thead><tr><th scope=\"col\">column</th><th "
          "scope=\"col\">kind</th><th scope=\"col\">levels or range</th><th "
          "scope=\"col\">missing</th></tr></thead>\n<tbody>\n";
  for (std::size_t c = 0; c < std::min(columns.size(), kMostRows); ++c) {
    html += "<tr>" + Element("th scope=\"row\"", columns[c].name) +
            Element("td", KindName(columns[c].kind)) + Element("td", ExtentText(columns[c])) +
            Element("td", std::to_string(columns[c].missing)) + "</tr>\n";
  }
  html += "</tbody>\n</table>\n</div>\n";
  if (columns.size() > kMostRows) {
    html += Element("p", fmt::format("and {} more, in result.json.", columns.size() - kMostRows));
  }
  return html + "</details>\n";
}

}  // namespace halflife
