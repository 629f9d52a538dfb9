#include "report/html_walk.h"

#include <regex>

namespace halflife {
namespace {

HtmlElement ElementOf(const std::string& tag) {
  static const std::regex kAttribute("([A-Za-z][-A-Za-z0-9:]*)=\"([^\"]*)\"");
  HtmlElement element{tag.substr(1, tag.find_first_of(" />", 1) - 1), {}};
  if (element.name.starts_with("poly")) return element;  // attributes too long for the library
  for (std::sregex_iterator i(tag.begin(), tag.end(), kAttribute), end; i != end; ++i)
    element.attributes[(*i)[1]] = (*i)[2];
  return element;
}

}  // namespace

void WalkHtml(std::string_view html, const HtmlVisitor& visitor) {
  HtmlPath path;
  std::size_t at = 0;
  while (at < html.size()) {
    const bool raw = html.substr(at).starts_with("<![CDATA[");
    const std::size_t end = raw ? html.find("]]>", at) + 3 : html.find_first_of("<>", at + 1);
    if (raw) {
      at = end;
    } else if (html[at] != '<') {
      const std::size_t stop = std::min(html.find('<', at), html.size());
      visitor.text(path, std::string(html.substr(at, stop - at)));
      at = stop;
    } else {
      const std::string tag(html.substr(at, end - at));
      at = end + 1;
      if (tag.starts_with("<!")) continue;
      if (tag.starts_with("</")) {
        path.pop_back();
        continue;
      }
      path.push_back(ElementOf(tag));
      visitor.element(path);
      if (tag.ends_with("/")) path.pop_back();
    }
  }
}

}  // namespace halflife
