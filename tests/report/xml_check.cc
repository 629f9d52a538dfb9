#include "report/xml_check.h"

#include <regex>
#include <set>
#include <vector>

#include "base/text.h"

namespace halflife {
namespace {

class Checker {
 public:
  explicit Checker(std::string_view xml) : xml_(xml) {}

  std::string Run() {
    if (FirstInvalidUtf8(xml_) != std::string_view::npos) return "not UTF-8";
    for (const char c : xml_) {
      if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t')
        return "control character";
    }
    while (problem_.empty() && at_ < xml_.size()) {
      if (xml_[at_] == '<') {
        Markup();
      } else {
        CheckText(Until("<"));
      }
    }
    if (problem_.empty() && !open_.empty()) return "not closed: " + open_.back();
    return problem_;
  }

 private:
  // The text before `end`, which is left.
  std::string Until(std::string_view end) {
    const std::size_t stop = std::min(xml_.find(end, at_), xml_.size());
    const std::string text(xml_.substr(at_, stop - at_));
    at_ = stop;
    return text;
  }

  void CheckText(const std::string& text) {
    static const std::regex kReference("&(amp|lt|gt|quot|apos|#[0-9]+);");
    const std::string rest = std::regex_replace(text, kReference, "");
    if (rest.find('&') != std::string::npos) problem_ = "bare & in: " + text.substr(0, 80);
    if (rest.find('<') != std::string::npos) problem_ = "bare < in: " + text.substr(0, 80);
  }

  void Markup() {
    if (xml_.substr(at_).starts_with("<![CDATA[")) {
      Until("]]>");
      at_ += 3;
      return;
    }
    const std::string tag = Until(">");
    ++at_;
    if (tag.starts_with("<!DOCTYPE")) return;
    if (tag.starts_with("</")) {
      if (open_.empty() || open_.back() != tag.substr(2)) {
        problem_ = "closes what is not open: " + tag;
      } else {
        open_.pop_back();
      }
      return;
    }
    OpenTag(tag);
  }

  void OpenTag(const std::string& tag) {
    static const std::regex kTag(
        "<([A-Za-z][A-Za-z0-9]*)((\\s+[A-Za-z][-A-Za-z0-9:]*=\"[^\"<]*\")*)\\s*(/?)");
    static const std::regex kAttribute("([A-Za-z][-A-Za-z0-9:]*)=\"([^\"]*)\"");
    std::smatch match;
    if (!std::regex_match(tag, match, kTag)) {
      if (tag.size() < 2000) problem_ = "bad tag: " + tag;
      if (tag.size() >= 2000 && tag.back() != '/') problem_ = "bad tag: " + tag.substr(0, 80);
      return;
    }
    std::set<std::string> names;
    const std::string attributes = match[2];
    for (std::sregex_iterator i(attributes.begin(), attributes.end(), kAttribute), end; i != end;
         ++i) {
      if (!names.insert((*i)[1]).second) problem_ = "attribute twice: " + tag;
      if ((*i)[1] == "id" && !ids_.insert((*i)[2]).second) problem_ = "id twice: " + tag;
      CheckText((*i)[2]);
    }
    if (match[4].length() == 0) open_.push_back(match[1]);
  }

  std::string_view xml_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  std::set<std::string> ids_;
  std::string problem_;
};

}  // namespace

std::string XmlProblem(std::string_view xml) { return Checker(xml).Run(); }

}  // namespace halflife
