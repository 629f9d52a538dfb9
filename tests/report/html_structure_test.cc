// How the page is put together: its sections, what refers to what, what it would load.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "halflife/report.h"
#include "report/html_walk.h"
#include "report/sample_result.h"
#include "report/xml_check.h"

namespace halflife {
namespace {

std::vector<TuneResult> PagesShown() {
  TuneResult unclear = RegressionSample();
  unclear.verdict.label = VerdictLabel::kNoDetectableEffect;
  TuneResult no_signal = ClassificationSample();
  no_signal.verdict.signal.none = true;
  return {RegressionSample(), ClassificationSample(), NetSample(), unclear,
          no_signal,          FlatSample({0.0}, 0.5)};
}

// Every element of the page, with those around it.
std::vector<HtmlPath> ElementsOf(const std::string& html) {
  std::vector<HtmlPath> elements;
  HtmlVisitor visitor;
  visitor.element = [&](const HtmlPath& path) { elements.push_back(path); };
  WalkHtml(html, visitor);
  return elements;
}

std::vector<std::string> SectionsOf(const TuneResult& result) {
  std::vector<std::string> ids;
  for (const HtmlPath& path : ElementsOf(ReportHtml(result))) {
    if (path.back().name == "section") ids.push_back(path.back().Get("id"));
  }
  return ids;
}

using Ids = std::vector<std::string>;

TEST(HtmlStructure, TheSectionsStandInTheirOrder) {
  EXPECT_EQ(SectionsOf(RegressionSample()),
            (Ids{"answer", "decays", "verdict", "parts", "weights", "contours", "shrinkage",
                 "predictions", "rows", "use", "run", "glossary"}));
  EXPECT_EQ(SectionsOf(NetSample()),
            (Ids{"answer", "decays", "verdict", "training", "weights", "predictions", "rows",
                 "sizes", "use", "run", "glossary"}));
}

TEST(HtmlStructure, WithoutASignalNothingIsSaidOfUse) {
  TuneResult result = ClassificationSample();
  result.verdict.signal.none = true;
  const Ids ids = SectionsOf(result);
  EXPECT_EQ(std::count(ids.begin(), ids.end(), "use"), 0);
}

TEST(HtmlStructure, TheContentsListEverySectionInItsOrder) {
  for (const TuneResult& result : PagesShown()) {
    Ids links;
    for (const HtmlPath& path : ElementsOf(ReportHtml(result))) {
      if (path.back().name == "a") links.push_back(path.back().Get("href"));
    }
    Ids expected = SectionsOf(result);
    for (std::string& id : expected) id = "#" + id;
    EXPECT_EQ(links, expected);
  }
}

TEST(HtmlStructure, EveryReferenceIsToAnIdThatIsThereOnce) {
  for (const TuneResult& result : PagesShown()) {
    const std::string html = ReportHtml(result);
    ASSERT_EQ(XmlProblem(html), "");  // no id twice
    std::set<std::string> ids;
    Ids wanted;
    for (const HtmlPath& path : ElementsOf(html)) {
      ids.insert(path.back().Get("id"));
      for (const char* name :
           {"aria-labelledby", "aria-describedby", "popovertarget", "for", "aria-controls"}) {
        std::istringstream words(path.back().Get(name));
        for (std::string id; words >> id;) wanted.push_back(id);
      }
    }
    EXPECT_GT(wanted.size(), 20U);
    for (const std::string& id : wanted) EXPECT_EQ(ids.count(id), 1U) << id;
  }
}

// Whatever takes the keyboard's focus or is a part of its own says what it is.
TEST(HtmlStructure, WhatTakesTheFocusIsNamed) {
  for (const TuneResult& result : PagesShown()) {
    for (const HtmlPath& path : ElementsOf(ReportHtml(result))) {
      const HtmlElement& element = path.back();
      if (element.Get("tabindex").empty() && element.Get("role") != "region" &&
          element.name != "figure" && element.name != "nav")
        continue;
      EXPECT_NE(element.Get("aria-labelledby"), "") << element.name << " " << element.Get("class");
    }
  }
}

TEST(HtmlStructure, NothingIsLoadedFromAnywhere) {
  for (const TuneResult& result : PagesShown()) {
    const std::string html = ReportHtml(result);
    for (const HtmlPath& path : ElementsOf(html)) {
      const HtmlElement& element = path.back();
      for (const char* name : {"src", "srcset", "action", "data", "poster", "xlink:href"})
        EXPECT_EQ(element.Get(name), "") << element.name;
      const std::string link = element.Get("href");
      EXPECT_TRUE(link.empty() || link.starts_with("#")) << link;
      EXPECT_NE(element.name, "link");
      EXPECT_NE(element.name, "iframe");
    }
    for (const char* part : {"@import", "url(http", "fetch(", "XMLHttpRequest", "import("})
      EXPECT_EQ(html.find(part), std::string::npos) << part;
    EXPECT_NE(html.find("content=\"default-src 'none'; "), std::string::npos);
  }
}

// The terms with a button in the page, and those of its glossary.
TEST(HtmlStructure, EveryTermWithAButtonIsInTheGlossary) {
  for (const TuneResult& result : PagesShown()) {
    std::set<std::string> explained;
    std::set<std::string> with_button;
    for (const HtmlPath& path : ElementsOf(ReportHtml(result))) {
      const std::string id = path.back().Get("id");
      if (id.starts_with("term-")) explained.insert(id.substr(5));
      const std::string target = path.back().Get("popovertarget");
      if (!target.empty()) with_button.insert(target.substr(6));
    }
    for (const std::string& term : with_button) EXPECT_EQ(explained.count(term), 1U) << term;
    EXPECT_EQ(with_button.count("weight-decay"), 1U);
  }
}

TEST(HtmlStructure, TheGlossaryHasTheTermsOfItsPageAlone) {
  const std::string table = ReportHtml(RegressionSample());
  const std::string net = ReportHtml(NetSample());
  for (const char* id : {"\"term-epoch\"", "\"term-accuracy\"", "\"term-test-loss\""}) {
    EXPECT_EQ(table.find(id), std::string::npos) << id;
    EXPECT_NE(net.find(id), std::string::npos) << id;
  }
  for (const char* id : {"\"term-dof\"", "\"term-gcv\"", "\"term-fold\"", "\"term-r2\""}) {
    EXPECT_NE(table.find(id), std::string::npos) << id;
    EXPECT_EQ(net.find(id), std::string::npos) << id;
  }
}

TEST(HtmlStructure, EveryFigureCanBeSavedAndSaysHowItIsRead) {
  for (const TuneResult& result : PagesShown()) {
    std::size_t figures = 0;
    std::size_t buttons = 0;
    std::size_t captions = 0;
    for (const HtmlPath& path : ElementsOf(ReportHtml(result))) {
      figures += path.back().name == "figure" ? 1 : 0;
      captions += path.back().name == "figcaption" ? 1 : 0;
      buttons += path.back().Get("data-save").empty() ? 0 : 1;
    }
    EXPECT_GE(figures, 1U);
    EXPECT_EQ(captions, figures);
    EXPECT_EQ(buttons, 3 * figures);
  }
}

// Between brackets, as the page's own words mark their terms.
TEST(HtmlStructure, ANameIsNoTerm) {
  TuneResult result = RegressionSample();
  result.data.target = "[x](weight\"decay) [y](none) [z";
  const std::string html = ReportHtml(result);
  EXPECT_EQ(XmlProblem(html), "");
  EXPECT_NE(html.find("ln([x](weight&quot;decay) [y](none) [z)"), std::string::npos);
  EXPECT_EQ(html.find("about-none"), std::string::npos);
}

// Not even where it is written as one of the page's terms is.
TEST(HtmlStructure, ANameThatIsWrittenAsATermIsNone) {
  TuneResult regression = RegressionSample();
  regression.data.target = "[mine](weight-decay)";
  TuneResult classes = ClassificationSample();
  classes.data.classes = {"[mine](fold)", "[mine](bias)"};
  for (const TuneResult& result : {regression, classes}) {
    const std::string html = ReportHtml(result);
    EXPECT_EQ(XmlProblem(html), "");
    EXPECT_EQ(html.find(">mine</button>"), std::string::npos);
    EXPECT_NE(html.find("[mine]("), std::string::npos);
  }
}

TEST(HtmlStructure, LongAndForeignNamesAreSetApartAndCut) {
  TuneResult result = RegressionSample();
  result.data.target = std::string(10000, 'w');
  result.data.path = "\u05D0\u05D1\u05D2 (1)";
  const std::string html = ReportHtml(result);
  EXPECT_EQ(XmlProblem(html), "");
  EXPECT_NE(html.find("<bdi>\u05D0\u05D1\u05D2 (1)</bdi>"), std::string::npos);
  EXPECT_NE(html.find("Predicting <bdi>" + std::string(117, 'w') + "...</bdi>"), std::string::npos);
}

TEST(HtmlStructure, ThePageSaysWhichVersionTuned) {
  TuneResult result = RegressionSample();
  result.version = "7.8.9";
  EXPECT_NE(ReportHtml(result).find("<dd>halflife 7.8.9</dd>"), std::string::npos);
}

}  // namespace
}  // namespace halflife
