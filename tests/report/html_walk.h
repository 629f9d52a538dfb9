// Goes through the page, for the tests of what it holds. The page must be well-formed.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace halflife {

struct HtmlElement {
  std::string name;
  std::map<std::string, std::string> attributes;

  std::string Get(const std::string& attribute) const {
    const auto at = attributes.find(attribute);
    return at == attributes.end() ? "" : at->second;
  }
};

// The elements around a place, the outermost first.
using HtmlPath = std::vector<HtmlElement>;

struct HtmlVisitor {
  std::function<void(const HtmlPath&)> element = [](const HtmlPath&) {};  // the last is the new one
  std::function<void(const HtmlPath&, const std::string&)> text =
      [](const HtmlPath&, const std::string&) {};  // as it stands in the page
};

void WalkHtml(std::string_view html, const HtmlVisitor& visitor);

}  // namespace halflife
