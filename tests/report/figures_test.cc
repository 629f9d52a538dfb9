#include "report/figures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <regex>

#include "report/labels.h"
#include "report/sample_result.h"
#include "report/svg_reader.h"
#include "report/words.h"
#include "report/xml_check.h"

namespace halflife {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::size_t Count(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

// Whether an attribute holds nan or inf.
bool HasBadNumber(const std::string& svg) {
  static const std::regex kBad("=\"[^\"]*\\b(nan|inf)\\b", std::regex::icase);
  return std::regex_search(svg, kBad);
}

void ExpectSound(const TuneResult& result) {
  std::vector<Figure> figures = {LossFigure(result)};
  if (!result.paths.empty()) figures.push_back(PathFigure(result));
  for (const Figure& figure : figures) {
    for (const std::string& svg : {figure.wide, figure.narrow}) {
      EXPECT_EQ(XmlProblem(svg), "");
      EXPECT_FALSE(HasBadNumber(svg)) << svg;
    }
    const auto readout = nlohmann::json::parse(figure.readout);
    EXPECT_EQ(readout["readings"].size(), result.grid.size());
    for (const auto& reading : readout["readings"])
      EXPECT_EQ(reading["values"].size(), readout["labels"].size());
    for (const char* variant : {"wide", "narrow"}) {
      EXPECT_EQ(readout[variant].size(), result.grid.size());
      for (const auto& x : readout[variant]) EXPECT_TRUE(x.is_number());
    }
  }
}

// The attribute `name` of every element of this class.
std::vector<double> Attributes(const std::string& svg, const std::string& css_class,
                               const std::string& name) {
  const std::regex element("class=\"" + css_class + "\"[^>]*\\b" + name + "=\"([-0-9.]+)\"");
  std::vector<double> values;
  for (std::sregex_iterator i(svg.begin(), svg.end(), element), end; i != end; ++i)
    values.push_back(std::stod((*i)[1]));
  return values;
}

TEST(LossFigure, HasAnErrorBarForEveryPointOfBothCurves) {
  const TuneResult result = RegressionSample();
  const Figure figure = LossFigure(result);
  for (const std::string& svg : {figure.wide, figure.narrow}) {
    EXPECT_EQ(Count(svg, "class=\"bar validation\""), result.grid.size());
    EXPECT_EQ(Count(svg, "class=\"bar training\""), result.grid.size());
  }
}

// Each curve is one line over the decays above 0, and one across the break from 0 to the first.
TEST(LossFigure, JoinsZeroToTheOtherDecaysAcrossTheBreak) {
  const std::string with_zero = LossFigure(RegressionSample()).wide;
  const std::string without = LossFigure(ClassificationSample()).wide;
  for (const char* curve : {"validation", "training"}) {
    EXPECT_EQ(Count(with_zero, "class=\"curve across " + std::string(curve) + "\""), 1U);
    // The line, and its sample beside the name.
    EXPECT_EQ(Count(with_zero, "class=\"curve " + std::string(curve) + "\""), 2U);
    EXPECT_EQ(Count(without, "class=\"curve across " + std::string(curve) + "\""), 0U);
    EXPECT_EQ(Count(without, "class=\"curve " + std::string(curve) + "\""), 2U);
  }
}

TEST(LossFigure, ShowsZeroAtATickOfItsOwn) {
  const std::string zero = "text-anchor=\"middle\">0</text>";
  EXPECT_EQ(Count(LossFigure(RegressionSample()).wide, zero), 1U);
  EXPECT_EQ(Count(LossFigure(ClassificationSample()).wide, zero), 0U);
}

TEST(LossFigure, MarksTheBestAndTheOneSeDecay) {
  const std::string svg = LossFigure(RegressionSample()).wide;
  EXPECT_EQ(Count(svg, "class=\"choice best\""), 1U);
  EXPECT_EQ(Count(svg, "class=\"choice one-se\""), 1U);
  TuneResult same = RegressionSample();
  same.one_se = same.best;
  EXPECT_EQ(Count(LossFigure(same).narrow, "best and one-SE"), 1U);
}

TEST(LossFigure, WithoutASignalMarksTheLowestAlone) {
  TuneResult result = RegressionSample();
  result.verdict.signal.none = true;
  const std::string svg = LossFigure(result).wide;
  EXPECT_EQ(Count(svg, "lowest " + DecayText(BestPoint(result).decay)), 1U);
  EXPECT_EQ(Count(svg, "class=\"choice one-se\""), 0U);
  EXPECT_EQ(Count(svg, "one-SE"), 0U);
}

// A leak: 1e-25 of what a constant gives, up to that at large decays.
TEST(LossFigure, WhereTheBestIsNextToNothingShowsWhatAConstantGives) {
  TuneResult result = FlatSample({0.0, 0.1, 1.0, 10.0}, 1e-25);
  result.best = 0;
  for (GridPoint& point : result.grid) point.train.mean = 0.0;
  result.grid[3].validation.mean = 1.0;
  result.data.null_loss.reset();
  EXPECT_TRUE(LossIsCut(result));
  result.data.null_loss = 1.1;
  EXPECT_FALSE(LossIsCut(result));
}

// In one row the best's name must end left of where the other's begins.
void ExpectNamesApart(const TuneResult& result, const std::string& svg) {
  if (Attributes(svg, "label best", "y").at(0) != Attributes(svg, "label one-se", "y").at(0))
    return;
  const bool ends_there = svg.find("text-anchor=\"end\">best") != std::string::npos;
  const double width = TextWidth("best " + DecayText(BestPoint(result).decay), 13.0);
  const double best_end = Attributes(svg, "label best", "x").at(0) + (ends_there ? 0.0 : width);
  EXPECT_LE(best_end, Attributes(svg, "label one-se", "x").at(0))
      << result.best << " " << result.one_se;
}

TEST(LossFigure, NamesOfTheChoicesNeverOverlapWhereverTheyAre) {
  TuneResult result = RegressionSample();
  const auto last = static_cast<int>(result.grid.size()) - 1;
  for (result.best = 0; result.best < last; ++result.best) {
    for (const int one_se : {result.best + 1, std::min(result.best + 6, last), last}) {
      result.one_se = one_se;
      const Figure figure = LossFigure(result);
      ExpectNamesApart(result, figure.wide);
      ExpectNamesApart(result, figure.narrow);
    }
  }
}

TEST(LossFigure, CutsLossesThatExplodeSoThatTheBestCanBeSeen) {
  const TuneResult result = ClassificationSample();
  EXPECT_TRUE(LossIsCut(result));
  const std::string svg = LossFigure(result).wide;
  const double best = PlacesOf(SvgDrawing(svg).All("polygon", "best-mark").at(0))[0].y;
  const double floor = Attributes(svg, "axis", "y1").at(0);
  // The plot is 284 units high: the best keeps well clear of the floor.
  EXPECT_GT(floor - best, 0.2 * 284.0);
  EXPECT_FALSE(LossIsCut(FlatSample({0.0, 0.1, 1.0}, 0.5)));
}

TEST(PathFigure, GivesEveryLineANameThatCoversNoOther) {
  const TuneResult result = RegressionSample();
  const Figure figure = PathFigure(result);
  for (const std::string& svg : {figure.wide, figure.narrow}) {
    std::vector<double> rows = Attributes(svg, "label", "y");
    ASSERT_EQ(rows.size(), result.paths.size());
    std::sort(rows.begin(), rows.end());
    for (std::size_t i = 1; i < rows.size(); ++i)
      EXPECT_GE(rows[i] - rows[i - 1], 13.0);  // the font's size
  }
}

TEST(Figures, AreSoundForUsualResults) {
  ExpectSound(RegressionSample());
  ExpectSound(ClassificationSample());
}

TEST(Figures, AreSoundForOddGridsAndLosses) {
  const std::vector<std::vector<double>> grids = {
      {0.0}, {0.5}, {0.0, 0.5}, {0.1, 0.1000001}, {0.0, 1e-300, 1e300}, {5e-324, 1.7e308}};
  for (const double loss :
       {0.0, 1.0, -3.0, 1e-320, 1e-200, 1e250, 1.7e308, kInfinity, std::nan("")}) {
    SCOPED_TRACE(loss);
    for (const std::vector<double>& decays : grids) ExpectSound(FlatSample(decays, loss));
  }
}

TEST(Figures, AreSoundForLossesOfAllSizesAtOnce) {
  TuneResult result = FlatSample({0.0, 0.01, 0.1, 1.0, 10.0}, 1.0);
  const double losses[] = {kInfinity, 1e299, 1.0, 1e-300, -1e299};
  for (std::size_t i = 0; i < 5; ++i) {
    result.grid[i].validation = {losses[i], losses[4 - i]};
    result.paths[0].weights[i] = losses[i];
  }
  for (result.best = 0; result.best < 5; ++result.best) ExpectSound(result);
}

TEST(Figures, AreSoundWithPathsThatAreShortOrMissing) {
  TuneResult result = RegressionSample();
  result.paths[0].weights.clear();
  result.paths[1].weights.resize(3);
  ExpectSound(result);
  result.paths.clear();
  ExpectSound(result);
}

}  // namespace
}  // namespace halflife
