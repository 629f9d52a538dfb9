// Lines and dots can be told from the paper in light and in dark.
#include "report/figure_style.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <regex>
#include <set>

#include "report/all_figures.h"
#include "report/page_assets.h"
#include "report/sample_result.h"
#include "report/svg_reader.h"

namespace halflife {
namespace {

// Relative luminance and contrast as WCAG 2.2 has them.
double Luminance(const std::string& colour) {
  const double weights[] = {0.2126, 0.7152, 0.0722};
  double luminance = 0.0;
  for (std::size_t k = 0; k < 3; ++k) {
    const double part =
        static_cast<double>(std::strtol(colour.substr(1 + 2 * k, 2).c_str(), nullptr, 16)) / 255.0;
    luminance +=
        weights[k] * (part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
  }
  return luminance;
}

double Contrast(const std::string& a, const std::string& b) {
  const double one = Luminance(a) + 0.05;
  const double other = Luminance(b) + 0.05;
  return std::max(one, other) / std::min(one, other);
}

// The colours by name, first in light, then in dark.
std::map<std::string, std::vector<std::string>> Colours() {
  std::map<std::string, std::vector<std::string>> colours;
  const std::string style(PageStyle());
  static const std::regex kColour("--([a-z0-9]+): (#[0-9a-f]{6});");
  for (std::sregex_iterator i(style.begin(), style.end(), kColour), end; i != end; ++i)
    colours[(*i)[1]].push_back((*i)[2]);
  return colours;
}

TEST(FigureStyle, ColoursStandOutFromThePaperByThreeToOne) {
  const auto colours = Colours();
  const std::set<std::string> quiet = {"paper", "rule", "tint"};
  EXPECT_GE(colours.size(), 15U);
  for (const auto& [name, values] : colours) {
    if (quiet.count(name) > 0) continue;
    ASSERT_EQ(values.size(), 2U) << name;
    for (std::size_t theme = 0; theme < 2; ++theme)
      EXPECT_GE(Contrast(values[theme], colours.at("paper")[theme]), 3.0) << name;
  }
}

TEST(FigureStyle, IsPartOfThePageAndOfXml) {
  EXPECT_NE(std::string(PageStyle()).find(FigureStyle()), std::string::npos);
  EXPECT_EQ(FigureStyle().find_first_of("<&"), std::string_view::npos);
}

// An element without a rule is filled with black.
TEST(FigureStyle, HasARuleForEveryClassThatIsDrawn) {
  const std::string style(PageStyle());
  const std::set<std::string> shapes = {"rect", "circle", "line", "polyline", "polygon", "text"};
  const std::set<std::string> defaults = {"label", "key", "crosshair", "tick", "size", "axis"};
  std::set<std::string> classes;
  for (const TuneResult& result : {RegressionSample(), ClassificationSample(), NetSample()}) {
    for (const NamedFigure& figure : FiguresOf(result)) {
      const SvgDrawing drawing(figure.figure.wide);
      for (const SvgElement& element : drawing.elements()) {
        if (shapes.count(element.tag) == 0) continue;
        std::istringstream names(element.css_class());
        for (std::string name; names >> name;) classes.insert(name);
      }
    }
  }
  EXPECT_GE(classes.size(), 30U);
  for (const std::string& name : classes) {
    if (defaults.count(name) > 0) continue;
    const std::regex rule("\\." + name + "\\b");
    EXPECT_TRUE(std::regex_search(style, rule)) << name;
  }
}

}  // namespace
}  // namespace halflife
