// A small SVG writer: escapes text, keeps numbers short and finite, and nests elements properly.
// Looks come from the page's style sheet through class names.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/say.h"

namespace halflife {

struct Point {
  double x = 0.0;
  double y = 0.0;
};

// `text` as XML character data or as the value of a quoted attribute; cleaned first.
std::string EscapeXml(std::string_view text);

// A coordinate: two decimals at most. Not finite: 0, as a number is required.
std::string SvgNumber(double value);
// The same at the end of `to`.
void AppendSvgNumber(double value, std::string* to);

// What identifies a drawing and says it to those who cannot see it.
struct SvgHead {
  double width = 0.0;
  double height = 0.0;
  std::string id;  // unique in the page
  std::string css_class;
  std::string title;
  std::string description;
  // Where these differ: in Chinese, under ids that end in -zh.
  std::string chinese_title = {};
  std::string chinese_description = {};
};

struct TextStyle {
  std::string_view css_class = "label";
  std::string_view anchor = "start";  // or "middle", "end"
};

class Svg {
 public:
  explicit Svg(const SvgHead& head);

  void Line(Point from, Point to, std::string_view css_class);
  void Polyline(std::span<const Point> points, std::string_view css_class);
  void Polygon(std::span<const Point> corners, std::string_view css_class);
  void Circle(Point centre, double radius, std::string_view css_class);
  // `low` and `high`: opposite corners, in any order.
  void Rectangle(Point low, Point high, std::string_view css_class);
  void Text(Point at, std::string_view text, const TextStyle& style = {});
  // In both languages, of which the page shows one.
  void Text(Point at, const Said& text, const TextStyle& style = {});
  // For programs: what is drawn from here on lies on the scales of these attributes.
  void Scales(std::string_view attributes);
  // What is drawn until EndClip shows only between these corners.
  void BeginClip(Point low, Point high);
  void EndClip();
  // What is drawn until EndGroup is one element that a page finds by its `data-handle`.
  void BeginHandle(std::string_view name, std::string_view css_class);
  void EndGroup();
  // The whole drawing; call once, last.
  std::string Finish();

 private:
  void TextIn(std::string_view lang, Point at, std::string_view text, const TextStyle& style);
  void Path(std::string_view element, std::span<const Point> points, std::string_view css_class);

  std::string id_;
  std::string body_;
  int clips_ = 0;
};

}  // namespace halflife
