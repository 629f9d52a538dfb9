#include "report/svg.h"

#include <gtest/gtest.h>

#include <cmath>

#include "report/xml_check.h"

namespace halflife {
namespace {

TEST(EscapeXml, EscapesWhatXmlReadsAsMarkup) {
  EXPECT_EQ(EscapeXml("<a b=\"x\">'&'"), "&lt;a b=&quot;x&quot;&gt;&#39;&amp;&#39;");
  EXPECT_EQ(EscapeXml(std::string_view("\0", 1)), "�");
}

TEST(SvgNumber, IsShortAndFinite) {
  EXPECT_EQ(SvgNumber(1.0), "1");
  EXPECT_EQ(SvgNumber(-0.001), "0");
  EXPECT_EQ(SvgNumber(12.346), "12.35");
  EXPECT_EQ(SvgNumber(-12.3), "-12.3");
  EXPECT_EQ(SvgNumber(-0.05), "-0.05");
  EXPECT_EQ(SvgNumber(205.994), "205.99");
  EXPECT_EQ(SvgNumber(99.996), "100");
  EXPECT_EQ(SvgNumber(-4e20), "-400000000000000000000");
  EXPECT_EQ(SvgNumber(std::nan("")), "0");
  EXPECT_EQ(SvgNumber(INFINITY), "0");
}

TEST(Svg, IsWellFormedAndAccessible) {
  Svg svg({.width = 10,
           .height = 5,
           .id = "a",
           .css_class = "b",
           .title = "x < y",
           .description = "\"quoted\" & more"});
  svg.BeginClip({0, 0}, {5, 5});
  svg.Line({0, 0}, {1, 1}, "grid");
  const Point points[] = {{0, 0}, {1, 2}};
  svg.Polyline(points, "curve");
  svg.Circle({1, 1}, 2, "dot");
  svg.BeginHandle("a<b", "handle");
  svg.Rectangle({3, 4}, {1, 1}, "bar");
  const Point corners[] = {{0, 0}, {1, 2}, {0.5, 0}};
  svg.Polygon(corners, "area");
  svg.EndGroup();
  svg.EndClip();
  svg.Text({1, 1}, "</svg>");
  const std::string text = svg.Finish();
  EXPECT_EQ(XmlProblem(text), "");
  EXPECT_NE(text.find(R"(<g class="handle" data-handle="a&lt;b">)"), std::string::npos);
  EXPECT_NE(text.find(R"(<rect class="bar" x="1" y="1" width="2" height="3"/>)"),
            std::string::npos);
  EXPECT_NE(text.find(R"(<polygon class="area" points="0,0 1,2 0.5,0"/>)"), std::string::npos);
  EXPECT_NE(text.find("role=\"img\" aria-labelledby=\"a-title a-desc\""), std::string::npos);
  EXPECT_NE(text.find("viewBox=\"0 0 10 5\""), std::string::npos);
}

TEST(XmlCheck, FindsWhatIsWrong) {
  for (const char* bad :
       {"<a>", "<a></b>", "</a>", "<a b=c></a>", "<a>&</a>", "<a b=\"1\" b=\"2\"/>",
        "<a><b id=\"x\"/><b id=\"x\"/></a>", "<a>\x01</a>"}) {
    EXPECT_NE(XmlProblem(bad), "") << bad;
  }
  EXPECT_EQ(XmlProblem("<a b=\"&lt;\"><c/>&#39;<![CDATA[a < b && c]]></a>"), "");
}

}  // namespace
}  // namespace halflife
