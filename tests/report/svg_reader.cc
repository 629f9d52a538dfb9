#include "report/svg_reader.h"

#include <cmath>
#include <cstdlib>
#include <regex>
#include <sstream>

namespace halflife {
namespace {

std::string Resolved(std::string text) {
  const std::pair<const char*, const char*> references[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
  for (const auto& [reference, sign] : references) {
    const std::string from = reference;
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1))
      text.replace(at, from.size(), sign);
  }
  return text;
}

std::map<std::string, std::string> AttributesOf(const std::string& tag) {
  std::map<std::string, std::string> attributes;
  std::size_t at = tag.find(' ');
  while (at != std::string::npos) {
    const std::size_t equals = tag.find("=\"", at);
    if (equals == std::string::npos) break;
    const std::size_t end = tag.find('"', equals + 2);
    attributes[tag.substr(at + 1, equals - at - 1)] =
        Resolved(tag.substr(equals + 2, end - equals - 2));
    at = tag.find(' ', end);
  }
  return attributes;
}

ReadScale ScaleOf(const SvgElement& group, const std::string& way) {
  ReadScale scale;
  scale.log = group.Attribute("data-" + way) == "log";
  std::istringstream(group.Attribute("data-" + way + "-values")) >> scale.values[0] >>
      scale.values[1];
  std::istringstream(group.Attribute("data-" + way + "-places")) >> scale.places[0] >>
      scale.places[1];
  const std::string exponent = group.Attribute("data-" + way + "-exponent");
  if (!exponent.empty()) scale.unit = std::pow(10.0, std::stoi(exponent));
  const std::string zero = group.Attribute("data-" + way + "-zero");
  if (!zero.empty()) scale.zero = std::stod(zero);
  return scale;
}

}  // namespace

std::string SvgElement::Attribute(const std::string& name) const {
  const auto found = attributes.find(name);
  return found == attributes.end() ? "" : found->second;
}

double SvgElement::Number(const std::string& name) const {
  return std::strtod(Attribute(name).c_str(), nullptr);
}

double ReadScale::Value(double place) const {
  const double share = (place - places[0]) / (places[1] - places[0]);
  if (!log) return values[0] + share * (values[1] - values[0]);
  if (zero && place == *zero) return 0.0;
  return std::pow(10.0, std::log10(values[0]) + share * std::log10(values[1] / values[0]));
}

double ReadScale::Place(double value) const {
  if (log && value == 0.0) return zero.value_or(std::nan(""));
  const double low = log ? std::log10(values[0]) : values[0];
  const double high = log ? std::log10(values[1]) : values[1];
  const double share = ((log ? std::log10(value) : value) - low) / (high - low);
  return places[0] + share * (places[1] - places[0]);
}

SvgDrawing::SvgDrawing(const std::string& svg) {
  for (std::size_t at = svg.find('<'); at != std::string::npos; at = svg.find('<', at + 1)) {
    if (svg[at + 1] == '/') continue;
    const std::size_t end = svg.find('>', at);
    std::string tag = svg.substr(at + 1, end - at - 1);
    if (tag.ends_with("/")) tag.pop_back();
    SvgElement element{tag.substr(0, tag.find(' ')), AttributesOf(tag), "", -1};
    const std::size_t next = svg.find('<', end);
    element.text = Resolved(svg.substr(end + 1, next - end - 1));
    if (element.css_class() == "scales")
      scales_.push_back({ScaleOf(element, "x"), ScaleOf(element, "y")});
    element.scales = static_cast<int>(scales_.size()) - 1;
    elements_.push_back(std::move(element));
  }
}

double SvgDrawing::width() const {
  double x = 0;
  double y = 0;
  double width = 0;
  std::istringstream(elements_.at(0).Attribute("viewBox")) >> x >> y >> width;
  return width;
}

double SvgDrawing::height() const {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  std::istringstream(elements_.at(0).Attribute("viewBox")) >> x >> y >> width >> height;
  return height;
}

std::vector<SvgElement> SvgDrawing::All(const std::string& tag, const std::string& css_class,
                                        int of) const {
  std::vector<SvgElement> found;
  for (const SvgElement& element : elements_) {
    if (element.tag == tag && element.css_class() == css_class && element.scales == of)
      found.push_back(element);
  }
  return found;
}

std::vector<ReadPoint> PlacesOf(const SvgElement& element) {
  if (element.tag == "circle") return {{element.Number("cx"), element.Number("cy")}};
  if (element.tag == "line")
    return {{element.Number("x1"), element.Number("y1")},
            {element.Number("x2"), element.Number("y2")}};
  std::vector<ReadPoint> places;
  std::istringstream points(element.Attribute("points"));
  char comma = ',';
  for (ReadPoint place; points >> place.x >> comma >> place.y;) places.push_back(place);
  return places;
}

double LabelValue(const std::string& label) {
  std::string text = std::regex_replace(label, std::regex("−"), "-");
  if (!text.starts_with("10") || text.size() < 4) return std::strtod(text.c_str(), nullptr);
  const std::string raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string exponent = std::regex_replace(text.substr(2), std::regex("⁻"), "-");
  for (int digit = 0; digit < 10; ++digit)
    exponent = std::regex_replace(exponent, std::regex(raised[digit]), std::to_string(digit));
  if (exponent == text.substr(2)) return std::strtod(text.c_str(), nullptr);  // 100000
  return std::pow(10.0, std::strtod(exponent.c_str(), nullptr));
}

}  // namespace halflife
