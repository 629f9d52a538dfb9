#include "report/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/plain_text.h"

namespace halflife {

std::string EscapeXml(std::string_view text) {
  std::string escaped;
  for (const char c : CleanText(text)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

// Coordinates are most of a drawing, and a live page draws at every frame: hundredths as a whole
// number, digits by hand.
void AppendSvgNumber(double value, std::string* to) {
  constexpr double kLargest = 1e15;  // a hundred times that is still a long long
  if (!std::isfinite(value)) value = 0.0;
  if (std::abs(value) >= kLargest) {
    *to += fmt::format("{:.0f}", value);
    return;
  }
  const long long hundredths = std::llround(100.0 * value);
  const auto size = static_cast<unsigned long long>(std::abs(hundredths));
  if (hundredths < 0) *to += '-';
  const fmt::format_int whole(size / 100);
  to->append(whole.data(), whole.size());
  const auto rest = static_cast<char>(size % 100);
  if (rest == 0) return;
  *to += '.';
  *to += static_cast<char>('0' + rest / 10);
  if (rest % 10 != 0) *to += static_cast<char>('0' + rest % 10);
}

std::string SvgNumber(double value) {
  std::string text;
  AppendSvgNumber(value, &text);
  return text;
}

Svg::Svg(const SvgHead& head) : id_(head.id) {
  body_ = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{0}\" class=\"{1}\" viewBox=\"0 0 {2} {3}\" "
      "role=\"img\" aria-labelledby=\"{0}-title {0}-desc\">\n"
      "<title id=\"{0}-title\">{4}</title>\n<desc id=\"{0}-desc\">{5}</desc>\n",
      EscapeXml(head.id), EscapeXml(head.css_class), SvgNumber(head.width), SvgNumber(head.height),
      EscapeXml(head.title), EscapeXml(head.description));
  if (head.chinese_title.empty()) return;
  body_ += fmt::format(
      "<title id=\"{0}-title-zh\" lang=\"zh\">{1}</title>\n"
      "<desc id=\"{0}-desc-zh\" lang=\"zh\">{2}</desc>\n",
      EscapeXml(head.id), EscapeXml(head.chinese_title), EscapeXml(head.chinese_description));
}

void Svg::Scales(std::string_view attributes) {
  body_ += fmt::format("<g class=\"scales\"{}></g>\n", attributes);
}

void Svg::Line(Point from, Point to, std::string_view css_class) {
  body_ += fmt::format("<line class=\"{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n",
                       EscapeXml(css_class), SvgNumber(from.x), SvgNumber(from.y), SvgNumber(to.x),
                       SvgNumber(to.y));
}

void Svg::Path(std::string_view element, std::span<const Point> points,
               std::string_view css_class) {
  body_ += fmt::format("<{} class=\"{}\" points=\"", element, EscapeXml(css_class));
  for (const Point& point : points) {
    AppendSvgNumber(point.x, &body_);
    body_ += ',';
    AppendSvgNumber(point.y, &body_);
    body_ += ' ';
  }
  body_.back() = '"';
  body_ += "/>\n";
}

void Svg::Polyline(std::span<const Point> points, std::string_view css_class) {
  if (points.size() >= 2) Path("polyline", points, css_class);
}

void Svg::Polygon(std::span<const Point> corners, std::string_view css_class) {
  if (corners.size() >= 3) Path("polygon", corners, css_class);
}

void Svg::Circle(Point centre, double radius, std::string_view css_class) {
  body_ +=
      fmt::format("<circle class=\"{}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>\n", EscapeXml(css_class),
                  SvgNumber(centre.x), SvgNumber(centre.y), SvgNumber(radius));
}

void Svg::Rectangle(Point low, Point high, std::string_view css_class) {
  body_ += fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n",
                       EscapeXml(css_class), SvgNumber(std::min(low.x, high.x)),
                       SvgNumber(std::min(low.y, high.y)), SvgNumber(std::abs(high.x - low.x)),
                       SvgNumber(std::abs(high.y - low.y)));
}

// `lang`: an attribute with a blank before it, or nothing.
void Svg::TextIn(std::string_view lang, Point at, std::string_view text, const TextStyle& style) {
  body_ += fmt::format("<text{} class=\"{}\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>\n",
                       lang, EscapeXml(style.css_class), SvgNumber(at.x), SvgNumber(at.y),
                       EscapeXml(style.anchor), EscapeXml(text));
}

void Svg::Text(Point at, std::string_view text, const TextStyle& style) {
  TextIn("", at, text, style);
}

void Svg::Text(Point at, const Said& text, const TextStyle& style) {
  if (text.english == text.chinese) return TextIn("", at, text.english, style);
  TextIn(" lang=\"en\"", at, text.english, style);
  TextIn(" lang=\"zh\"", at, text.chinese, style);
}

void Svg::BeginClip(Point low, Point high) {
  const std::string id = id_ + "-clip" + (++clips_ == 1 ? "" : std::to_string(clips_));
  body_ += fmt::format(
      "<clipPath id=\"{0}\"><rect x=\"{1}\" y=\"{2}\" width=\"{3}\" "
      "height=\"{4}\"/></clipPath>\n"
      "<g clip-path=\"url(#{0})\">\n",
      EscapeXml(id), SvgNumber(low.x), SvgNumber(low.y), SvgNumber(high.x - low.x),
      SvgNumber(high.y - low.y));
}

void Svg::EndClip() { body_ += "</g>\n"; }

void Svg::BeginHandle(std::string_view name, std::string_view css_class) {
  body_ +=
      fmt::format("<g class=\"{}\" data-handle=\"{}\">\n", EscapeXml(css_class), EscapeXml(name));
}

void Svg::EndGroup() { body_ += "</g>\n"; }

std::string Svg::Finish() { return body_ + "</svg>\n"; }

}  // namespace halflife
