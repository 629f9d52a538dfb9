#include "base/error_template.h"

#include <utility>

namespace halflife {
namespace {

using Kind = TemplatePart::Kind;
using Parts = std::vector<TemplatePart>;

constexpr std::string_view kMarks = "{}[]";

class TemplateReader {
 public:
  explicit TemplateReader(std::string_view text) : text_(text) {}

  // The parts up to the end, or, of a section, up to its closing brace.
  bool Read(bool section, Parts* parts) {
    while (!text_.empty()) {
      const char c = text_.front();
      const bool mark = kMarks.find(c) != std::string_view::npos;
      if (!mark || (text_.size() > 1 && text_[1] == c && !(section && c == '}'))) {
        AddText(c, parts);
        text_.remove_prefix(mark ? 2 : 1);
        continue;
      }
      text_.remove_prefix(1);
      if (c == '}') return section;
      if (c == '{' ? !ReadBraces(parts) : c != '[' || !ReadOption(parts)) return false;
    }
    return !section;
  }

 private:
  static void AddText(char c, Parts* parts) {
    if (parts->empty() || parts->back().kind != Kind::kText) parts->emplace_back();
    parts->back().text += c;
  }

  // What stands before the next `end`, which is passed over.
  std::optional<std::string> Until(char end) {
    const std::size_t at = text_.find(end);
    if (at == std::string_view::npos) return std::nullopt;
    std::string before(text_.substr(0, at));
    text_.remove_prefix(at + 1);
    return before;
  }

  bool ReadOption(Parts* parts) {
    std::optional<std::string> inside = Until(']');
    if (!inside) return false;
    TemplatePart part{.kind = Kind::kOption};
    const std::size_t equals = inside->find('=');
    part.text = inside->substr(0, equals);
    if (equals != std::string::npos) part.other = inside->substr(equals + 1);
    parts->push_back(std::move(part));
    return true;
  }

  bool ReadBraces(Parts* parts) {
    if (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') return ReadArgument(parts);
    static constexpr std::pair<std::string_view, Kind> kNames[] = {{"file", Kind::kFile},
                                                                   {"line", Kind::kLine},
                                                                   {"column", Kind::kColumn},
                                                                   {"cause", Kind::kCause},
                                                                   {"option", Kind::kBare}};
    const std::optional<std::string> name = Until('}');
    for (const auto& [known, kind] : kNames) {
      if (name != known) continue;
      parts->push_back({.kind = kind});
      return true;
    }
    return false;
  }

  bool ReadArgument(Parts* parts) {
    TemplatePart part{.kind = Kind::kArgument,
                      .argument = static_cast<std::size_t>(text_.front() - '0')};
    text_.remove_prefix(1);
    if (text_.empty()) return false;
    const char next = text_.front();
    text_.remove_prefix(1);
    if (next == ':') {
      part.kind = Kind::kQuoted;
      if (Until('}') != "q") return false;
    } else if (next == '|') {
      part.kind = Kind::kPlural;
      std::optional<std::string> one = Until('|');
      std::optional<std::string> many = one ? Until('}') : std::nullopt;
      if (!many) return false;
      part.text = std::move(*one);
      part.other = std::move(*many);
    } else if (next == '?') {
      part.kind = Kind::kSection;
      if (!Read(true, &part.inner)) return false;
    } else if (next != '}') {
      return false;
    }
    parts->push_back(std::move(part));
    return true;
  }

  std::string_view text_;
};

}  // namespace

std::optional<std::vector<TemplatePart>> ReadTemplate(std::string_view text) {
  Parts parts;
  if (!TemplateReader(text).Read(false, &parts)) return std::nullopt;
  return parts;
}

}  // namespace halflife
