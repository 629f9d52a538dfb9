// The page in two languages: whatever it says, it says in both.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "halflife/report.h"
#include "report/html_walk.h"
#include "report/sample_result.h"
#include "report/xml_check.h"
#include "support/text.h"

namespace halflife {
namespace {

using testing::Has;

// Elements whose text is nobody's language: code, names from the user's file, and what no reader
// sees.
const std::set<std::string> kNoLanguage = {"head", "style", "script", "pre", "code", "bdi"};

bool IsWithout(const HtmlPath& path) {
  return std::any_of(path.begin(), path.end(), [](const HtmlElement& element) {
    return kNoLanguage.count(element.name) > 0;
  });
}

// "en", "zh", or "" outside of both.
std::string LanguageOf(const HtmlPath& path) {
  std::string language;
  for (const HtmlElement& element : path) {
    if (element.name != "html" && !element.Get("lang").empty()) language = element.Get("lang");
  }
  return language;
}

bool InSvg(const HtmlPath& path) {
  return std::any_of(path.begin(), path.end(),
                     [](const HtmlElement& element) { return element.name == "svg"; });
}

// Names of libraries, of kinds of files and of scores, which are the same in both.
bool IsName(const std::string& text) {
  static const std::regex kNames(
      "(halflife( [0-9.]+)?|halflife, C\\+\\+|scikit-learn|glmnet|PyTorch|Keras|SVG|PNG|CSV|R²|"
      "AUC|GCV|dof|linear|logistic|softmax|mlp|se|lr| ± | ± se|, )");
  return std::regex_match(text, kNames);
}

// Whether words of English stand in `text`: two letters or more together.
bool HasWords(const std::string& text) {
  static const std::regex kWord("[A-Za-z]{2,}");
  static const std::regex kEntity("&[a-z]+;|&#[0-9]+;");
  static const std::regex kNumber("[0-9.]+e-?[0-9]+");
  return std::regex_search(std::regex_replace(std::regex_replace(text, kEntity, " "), kNumber, " "),
                           kWord);
}

bool HasChinese(const std::string& text) {
  // U+4E00 to U+9FFF begin with these bytes.
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE4 && byte <= 0xE9;
  });
}

// Whether the sentences about a result are in both languages.
bool SentencesAreInBoth() {
  const TuneResult result = RegressionSample();
  return AnswerText(result, Language::kChinese) != AnswerText(result, Language::kEnglish) &&
         Snippets(result, Language::kChinese)[0].note !=
             Snippets(result, Language::kEnglish)[0].note;
}

// What is said in one language alone.
std::vector<std::string> SaidInOne(const std::string& html) {
  std::vector<std::string> texts;
  HtmlVisitor visitor;
  visitor.text = [&](const HtmlPath& path, const std::string& text) {
    if (path.empty() || IsWithout(path) || InSvg(path) || !LanguageOf(path).empty()) return;
    if ((HasWords(text) || HasChinese(text)) && !IsName(text)) texts.push_back(text);
  };
  WalkHtml(html, visitor);
  return texts;
}

// How many spans there are of each language; they come in pairs.
std::pair<int, int> SpansOf(const std::string& html) {
  std::pair<int, int> count{0, 0};
  HtmlVisitor visitor;
  visitor.element = [&](const HtmlPath& path) {
    if (path.back().name != "span") return;
    count.first += path.back().Get("lang") == "en" ? 1 : 0;
    count.second += path.back().Get("lang") == "zh" ? 1 : 0;
  };
  WalkHtml(html, visitor);
  return count;
}

TEST(HtmlLanguages, SpansComeInPairs) {
  for (const TuneResult& result : {RegressionSample(), ClassificationSample(), NetSample()}) {
    const auto [english, chinese] = SpansOf(ReportHtml(result));
    EXPECT_GT(english, 50);
    EXPECT_EQ(english, chinese);
  }
}

TEST(HtmlLanguages, WhatIsSaidInOneIsSaidInTheOther) {
  if (!SentencesAreInBoth()) GTEST_SKIP() << "the sentences are in one language";
  for (const TuneResult& result : {RegressionSample(), ClassificationSample(), NetSample()}) {
    for (const std::string& text : SaidInOne(ReportHtml(result))) ADD_FAILURE() << text;
  }
}

TEST(HtmlLanguages, ChineseIsInChinese) {
  if (!SentencesAreInBoth()) GTEST_SKIP() << "the sentences are in one language";
  for (const TuneResult& result : {RegressionSample(), ClassificationSample(), NetSample()}) {
    HtmlVisitor visitor;
    visitor.text = [&](const HtmlPath& path, const std::string& text) {
      if (IsWithout(path)) return;
      const std::string language = LanguageOf(path);
      if (language == "en") {
        EXPECT_FALSE(HasChinese(text)) << text;
      } else if (language == "zh") {
        EXPECT_TRUE(HasChinese(text) || !HasWords(text) || IsName(text)) << text;
      }
    };
    WalkHtml(ReportHtml(result), visitor);
  }
}

TEST(HtmlLanguages, TheFirstIsShownAtFirst) {
  const std::string english = ReportHtml(RegressionSample());
  EXPECT_TRUE(Has(english, "<html lang=\"en\""));
  EXPECT_TRUE(Has(english, "value=\"en\" checked=\"checked\"/>"));
  EXPECT_FALSE(Has(english, "value=\"zh\" checked=\"checked\"/>"));
  EXPECT_TRUE(Has(english, ">Weight decay for Sale_Price</title>"));
  const std::string chinese = ReportHtml(RegressionSample(), Language::kChinese);
  EXPECT_EQ(XmlProblem(chinese), "");
  EXPECT_TRUE(Has(chinese, "<html lang=\"zh\""));
  EXPECT_TRUE(Has(chinese, "value=\"zh\" checked=\"checked\"/>"));
  EXPECT_FALSE(Has(chinese, "value=\"en\" checked=\"checked\"/>"));
  EXPECT_TRUE(Has(chinese, ">Sale_Price 的权重衰减</title>"));
}

// The pages differ in what is on at first, in nothing else.
TEST(HtmlLanguages, BothPagesHoldTheSame) {
  const std::string english = ReportHtml(NetSample());
  const std::string chinese = ReportHtml(NetSample(), Language::kChinese);
  EXPECT_EQ(english.substr(english.find("</fieldset>")),
            chinese.substr(chinese.find("</fieldset>")));
}

}  // namespace
}  // namespace halflife
