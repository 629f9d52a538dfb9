// Reads drawings back: their elements, and the values that lie on their scales.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace halflife {

struct SvgElement {
  std::string tag;
  std::map<std::string, std::string> attributes;
  std::string text;  // references resolved
  int scales = -1;   // which of the drawing's scales it lies on

  std::string css_class() const { return Attribute("class"); }
  std::string Attribute(const std::string& name) const;
  double Number(const std::string& name) const;
};

// One way of a plot, as its data-attributes have it.
struct ReadScale {
  bool log = false;
  double values[2] = {0.0, 0.0};
  double places[2] = {0.0, 0.0};
  double unit = 1.0;  // of its labels
  std::optional<double> zero;

  // The inverse of Place.
  double Value(double place) const;
  double Place(double value) const;
};

struct ReadScales {
  ReadScale x;
  ReadScale y;
};

struct ReadPoint {
  double x = 0.0;
  double y = 0.0;
};

class SvgDrawing {
 public:
  explicit SvgDrawing(const std::string& svg);

  const std::vector<SvgElement>& elements() const { return elements_; }
  const std::vector<ReadScales>& scales() const { return scales_; }
  double width() const;
  double height() const;

  // Of the elements of this tag and class, those on the scales `of` alone.
  std::vector<SvgElement> All(const std::string& tag, const std::string& css_class,
                              int of = 0) const;

 private:
  std::vector<SvgElement> elements_;
  std::vector<ReadScales> scales_;
};

// The points of a polyline or polygon, the centre of a circle, the ends of a line: as drawn.
std::vector<ReadPoint> PlacesOf(const SvgElement& element);

// What a tick's label stands for: "−0.5", "10⁻⁷", "0.001".
double LabelValue(const std::string& label);

}  // namespace halflife
