#include "report/columns_html.h"

#include <algorithm>

#include "report/column_words.h"
#include "report/html_parts.h"
#include "report/say.h"

namespace halflife {

namespace {

constexpr std::size_t kMostRows = 300;

// What was not read plainly, a line a kind of finding.
std::vector<Said> SurprisesOf(const DataSummary& data) {
  const auto in = [&](Language language) {
    return Surprises(data.column_list, data.findings, data.target, language);
  };
  const std::vector<std::string> english = in(Language::kEnglish);
  const std::vector<std::string> chinese = in(Language::kChinese);
  std::vector<Said> lines;
  for (std::size_t i = 0; i < english.size(); ++i) lines.push_back({english[i], chinese[i]});
  return lines;
}

// The line of a table.
std::string RowOf(const ColumnSummary& column) {
  const auto kind = [&](Language language) {
    const std::string_view role = RoleName(column.role, language);
    return Say(language, "{}{}{}", "{}{}{}", KindName(column.kind, language),
               role.empty() ? "" : Say(language, ", ", "，"), role);
  };
  const auto extent = [&](Language language) { return ExtentText(column, language); };
  return "<tr>" + Element("th scope=\"row\"", column.name) + Element("td", InBoth(kind)) +
         Element("td", InBoth(extent)) + Element("td", std::to_string(column.missing)) + "</tr>\n";
}

}  // namespace

std::string ColumnsSection(const TuneResult& result) {
  const std::vector<ColumnSummary>& columns = result.data.column_list;
  if (columns.empty()) return "";
  const auto counts = [&](Language language) {
    return Say(language, "{}.", "{}。", KindCounts(columns, language));
  };
  std::string html = Element("p", InBoth(counts)) + NoteList(SurprisesOf(result.data));
  html += "<details>\n" + Element("summary id=\"columns-title\"", Said{"Every column", "每一列"}) +
          "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
          "aria-labelledby=\"columns-title\">\n<table>\n<thead><tr>";
  for (const Said& name : ColumnTableHead()) html += Element("th scope=\"col\"", name);
  html += "</tr></thead>\n<tbody>\n";
  for (std::size_t c = 0; c < std::min(columns.size(), kMostRows); ++c) html += RowOf(columns[c]);
  html += "</tbody>\n</table>\n</div>\n";
  if (columns.size() > kMostRows) {
    html += Element("p", InBoth([&](Language language) {
                      return Say(language, "and {} more, in result.json.",
                                 "另有 {} 列，见 result.json。", columns.size() - kMostRows);
                    }));
  }
  return html + "</details>\n";
}

}  // namespace halflife
