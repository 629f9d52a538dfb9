// The texts of figures: none covers another or leaves its drawing, whatever names a file has; and
// every figure is sound whatever a result.json holds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "report/all_figures.h"
#include "report/labels.h"
#include "report/sample_result.h"
#include "report/svg_reader.h"
#include "report/xml_check.h"

namespace halflife {
namespace {

struct Box {
  std::string text;
  double left;
  double right;
  double top;
  double bottom;
};

// Where a text stands: TextWidth is about the width in a wide face; capitals are 0.75 high.
Box BoxOf(const SvgElement& element) {
  const double font = element.css_class().find("small") != std::string::npos ? 11.0 : 13.0;
  const double width = TextWidth(element.text, font);
  const std::string anchor = element.Attribute("text-anchor");
  const double x = element.Number("x");
  const double left = anchor == "end" ? x - width : anchor == "middle" ? x - 0.5 * width : x;
  const double y = element.Number("y");
  return {element.text, left, left + width, y - 0.75 * font, y + 0.2 * font};
}

std::vector<Box> BoxesOf(const SvgDrawing& drawing, const std::string& other_language) {
  std::vector<Box> boxes;
  for (const SvgElement& element : drawing.elements()) {
    if (element.tag == "text" && element.Attribute("lang") != other_language)
      boxes.push_back(BoxOf(element));
  }
  return boxes;
}

void ExpectTextsApart(const std::string& svg) {
  const SvgDrawing drawing(svg);
  for (const char* other_language : {"en", "zh"}) {
    const std::vector<Box> boxes = BoxesOf(drawing, other_language);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      const Box& a = boxes[i];
      // A text that is cut at the edge cannot be read; the estimate is a sixth above most faces.
      EXPECT_GE(a.left + 0.15 * (a.right - a.left), -1.0) << a.text;
      EXPECT_LE(a.right - 0.15 * (a.right - a.left), drawing.width() + 1.0) << a.text;
      EXPECT_GE(a.top, -1.0) << a.text;
      EXPECT_LE(a.bottom, drawing.height() + 1.0) << a.text;
      for (std::size_t j = i + 1; j < boxes.size(); ++j) {
        const Box& b = boxes[j];
        const bool apart =
            a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
        EXPECT_TRUE(apart) << "\"" << a.text << "\" and \"" << b.text << "\"";
      }
    }
  }
}

// Whether "nan" or "inf" stands in it as a word.
bool NamesNoNumber(const std::string& text) {
  const auto is_letter = [&](std::size_t at) {
    return at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0;
  };
  for (const char* word : {"nan", "inf"}) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      if (!(at > 0 && is_letter(at - 1)) && !is_letter(at + 3)) return true;
    }
  }
  return false;
}

// In a drawing no attribute holds a number that is none; the readout is JSON; the places of its
// readings are numbers.
void ExpectSound(const NamedFigure& named) {
  SCOPED_TRACE(named.name);
  for (const std::string& svg : {named.figure.wide, named.figure.narrow}) {
    EXPECT_EQ(XmlProblem(svg), "");
    const SvgDrawing drawing(svg);
    for (const SvgElement& element : drawing.elements()) {
      EXPECT_FALSE(NamesNoNumber(element.text)) << element.text;
      for (const auto& [name, value] : element.attributes)
        EXPECT_FALSE(name != "aria-labelledby" && NamesNoNumber(value)) << value;
    }
  }
  const auto readout = nlohmann::json::parse(named.figure.readout);
  for (const char* variant : {"wide", "narrow"}) {
    EXPECT_EQ(readout[variant].size(), readout["readings"].size());
    for (const auto& x : readout[variant]) EXPECT_TRUE(x.is_number());
  }
  for (const auto& reading : readout["readings"])
    EXPECT_EQ(reading["values"].size(), readout["labels"].size());
  EXPECT_TRUE(readout["table"]["rows"].is_array());
}

void ExpectSoundAndApart(const TuneResult& result) {
  for (const NamedFigure& named : FiguresOf(result)) {
    ExpectSound(named);
    SCOPED_TRACE(named.name);
    {
      SCOPED_TRACE("wide");
      ExpectTextsApart(named.figure.wide);
    }
    SCOPED_TRACE("narrow");
    ExpectTextsApart(named.figure.narrow);
  }
}

void NameAll(const std::vector<std::string>& names, TuneResult* result) {
  std::size_t next = 0;
  const auto name = [&] { return names[next++ % names.size()]; };
  for (WeightPath& path : result->paths) path.name = name();
  for (std::string& each : result->data.classes) each = name();
  result->data.target = name();
  if (!result->diagnostics.plane) return;
  for (std::string& each : result->diagnostics.plane->names) each = name();
}

TEST(FigureTexts, StandApartInEveryFigureOfEverySample) {
  for (const TuneResult& result : {RegressionSample(), ClassificationSample(), NetSample()})
    ExpectSoundAndApart(result);
}

TEST(FigureTexts, StandApartWhateverTheNames) {
  const std::vector<std::string> names = {std::string(10240, 'x'),
                                          std::string(10240, 'x') + "y",
                                          "‮evil‬ עברית בעברית ארוכה מאוד",
                                          "عمود طويل جدا من البيانات",
                                          "一个非常长的中文列名，用来检验标签是否会重叠或者被截断",
                                          "</svg><script>alert(1)</script>",
                                          "",
                                          "\n\t\x01",
                                          "é̂̃̄̅́̀",
                                          "&amp;"};
  for (TuneResult result : {RegressionSample(), ClassificationSample(), NetSample()}) {
    for (std::size_t turn = 0; turn < names.size(); turn += 3) {
      std::vector<std::string> turned = names;
      std::rotate(turned.begin(), turned.begin() + static_cast<std::ptrdiff_t>(turn), turned.end());
      NameAll(turned, &result);
      ExpectSoundAndApart(result);
    }
  }
}

TEST(FigureTexts, StandApartWhereverTheMarksAre) {
  TuneResult result = RegressionSample();
  const auto last = static_cast<int>(result.grid.size()) - 1;
  for (result.best = 0; result.best <= last; result.best += 5) {
    for (const int one_se : {result.best, result.best + 2, last}) {
      for (const double current : {0.0, 1e-9, 0.01, 0.3, 30.0, 1e4}) {
        result.one_se = std::min(one_se, last);
        result.verdict.over_current->decay = current;
        const Figure figure = LossFigure(result);
        SCOPED_TRACE(::testing::Message() << result.best << " " << result.one_se << " " << current);
        ExpectTextsApart(figure.wide);
        ExpectTextsApart(figure.narrow);
      }
    }
  }
}

TEST(FigureTexts, AreAsManyInChineseAsInEnglish) {
  for (const TuneResult& result : {RegressionSample(), ClassificationSample(), NetSample()}) {
    for (const NamedFigure& named : FiguresOf(result)) {
      const SvgDrawing drawing(named.figure.wide);
      EXPECT_EQ(BoxesOf(drawing, "en").size(), BoxesOf(drawing, "zh").size()) << named.name;
      EXPECT_NE(named.figure.wide.find("<title id="), std::string::npos);
      EXPECT_NE(named.figure.wide.find("-title-zh\" lang=\"zh\""), std::string::npos);
    }
    for (const std::string& text : WordsOfFigures(result)) EXPECT_GT(text.size(), 5U);
  }
}

TEST(FigureTexts, HaveIdsThatAreUniqueOnThePage) {
  for (const TuneResult& result : {RegressionSample(), ClassificationSample(), NetSample()}) {
    std::string page = "<body>";
    for (const NamedFigure& named : FiguresOf(result))
      page += named.figure.wide + named.figure.narrow;
    EXPECT_EQ(XmlProblem(page + "</body>"), "");
  }
}

TEST(FigureTexts, OfClassesWithTwentyNamesAreApartToo) {
  TuneResult result = ClassificationSample();
  auto& classes = *result.diagnostics.classes;
  for (const std::size_t count : {3U, 7U, 15U, 20U, 60U}) {
    result.data.classes.clear();
    classes.confusion.assign(count, std::vector<std::size_t>(count, 12345));
    for (std::size_t i = 0; i < count; ++i)
      result.data.classes.push_back("class number " + std::to_string(i));
    SCOPED_TRACE(count);
    ExpectSoundAndApart(result);
  }
}

// What a result.json edited by hand may hold.
void Poison(double value, TuneResult* result) {
  Diagnostics& all = result->diagnostics;
  for (auto* histogram : {all.weights ? &all.weights->best : nullptr,
                          all.numbers ? &all.numbers->residuals : nullptr}) {
    if (histogram != nullptr) histogram->high = value;
  }
  if (all.error_parts) {
    all.error_parts->bias[3] = all.error_parts->variance[5] = value;
    all.error_parts->noise_sd = value;
  }
  if (all.curvature) all.curvature->values[0] = all.curvature->values[2] = value;
  if (all.plane) {
    all.plane->loss[7] = all.plane->l2[0].weights[0] = all.plane->l1[2].weights[1] = value;
    all.plane->at_l2.weights[0] = all.plane->at_l1.weights[1] = value;
  }
  if (all.numbers) all.numbers->truth[1] = all.numbers->predicted[2] = value;
  if (all.classes) {
    all.classes->reliability[0].predicted = all.classes->reliability[1].observed = value;
    if (!all.classes->true_positive.empty()) all.classes->true_positive[1] = value;
  }
  for (LearningPoint& point : all.learning) point.best = {value, value};
  for (SizePoint& point : all.sizes) point.gain.se = value;
  if (!all.sizes.empty()) all.sizes[0].gain.mean = value;
}

void PoisonGrid(double value, TuneResult* result) {
  for (std::size_t i = 0; i < result->grid.size(); i += 2) {
    GridPoint& point = result->grid[i];
    point.validation = {value, value};
    point.train.mean = point.score = point.weight_norm = value;
    if (point.loo) point.loo = value;
    if (point.effective_dof) point.effective_dof = value;
    if (!point.trained) continue;
    for (TrainingCurve& curve : point.trained->curves)
      curve.epochs[0].validation_loss = curve.epochs.back().train_loss =
          curve.epochs[0].update_angle = curve.epochs[1].layer_norms[0] = value;
    if (point.trained->half_life_steps) point.trained->half_life_steps = value;
    if (point.half_life_epochs) point.half_life_epochs = value;
  }
  for (WeightPath& path : result->paths) path.weights[0] = value;
  result->best = 2;
  for (TuneFinding& finding : result->verdict.findings) finding.decays = {value, value};
  if (result->verdict.over_current) result->verdict.over_current->decay = value;
}

TEST(FigureTexts, AndNumbersAreSoundWhateverAResultHolds) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const double value :
       {std::nan(""), kInfinity, -kInfinity, 1e300, -1e299, 0.0, 1e-320, -1.0, 1e18}) {
    SCOPED_TRACE(value);
    for (TuneResult result : {RegressionSample(), ClassificationSample(), NetSample()}) {
      Poison(value, &result);
      for (const NamedFigure& named : FiguresOf(result)) ExpectSound(named);
      PoisonGrid(value, &result);
      for (const NamedFigure& named : FiguresOf(result)) ExpectSound(named);
      if (result.diagnostics.error_parts) result.diagnostics.error_parts->noise = value;
      if (result.diagnostics.plane) result.diagnostics.plane->high[0] = value;
      for (GridPoint& point : result.grid) point.decay *= value == 0.0 ? 0.0 : 1.0;
      for (const NamedFigure& named : FiguresOf(result)) ExpectSound(named);
      WordsOfFigures(result);
    }
  }
}

TEST(FigureTexts, AndNumbersAreSoundWhereListsAreEmptyOrShort) {
  for (TuneResult result : {RegressionSample(), ClassificationSample(), NetSample()}) {
    Diagnostics& all = result.diagnostics;
    if (all.weights) all.weights->best.counts.clear();
    if (all.error_parts) all.error_parts->bias.resize(1);
    if (all.curvature) all.curvature->values.resize(1);
    if (all.plane) all.plane->l1.clear();
    if (all.numbers) all.numbers->predicted.clear();
    if (all.classes) all.classes->confusion[0].resize(1);
    if (all.classes) all.classes->false_positive.clear();
    all.learning.resize(1);
    for (const NamedFigure& named : FiguresOf(result)) ExpectSound(named);
    WordsOfFigures(result);
    result.diagnostics = {};
    EXPECT_LE(FiguresOf(result).size(), 6U);
    WordsOfFigures(result);
  }
}

}  // namespace
}  // namespace halflife
