// What captions and axes say of the very result that is drawn, and what is left out of a drawing.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "halflife/report.h"
#include "report/figure_words.h"
#include "report/figures.h"
#include "report/sample_result.h"
#include "report/svg_reader.h"
#include "support/text.h"

namespace halflife {
namespace {

using testing::Has;

std::vector<std::string> TextsOf(const std::string& svg, const std::string& css_class) {
  std::vector<std::string> texts;
  const SvgDrawing drawing(svg);
  for (const SvgElement& element : drawing.elements()) {
    if (element.tag == "text" && element.css_class() == css_class) texts.push_back(element.text);
  }
  return texts;
}

bool HasLabel(const std::string& svg, const std::string& text) {
  for (const char* css_class : {"label", "name"}) {
    for (const std::string& each : TextsOf(svg, css_class)) {
      if (each == text) return true;
    }
  }
  return false;
}

TuneResult AtBaseline(TuneResult result) {
  result.best = 0;
  result.verdict.baseline = result.grid[0].decay;
  return result;
}

TEST(FigureCaptions, SharesThatRoundingMovedPastOneStayInTheFigure) {
  TuneResult result = ClassificationSample();
  auto& bins = result.diagnostics.classes->reliability;
  bins = {{0.1, -1e-17, 10}, {0.9, 1.0 + 1.6e-15, 20}, {0.5, 1.2, 30}};
  const SvgDrawing drawing(ReliabilityFigure(result).wide);
  const auto dots = drawing.All("circle", "dot bin");
  ASSERT_EQ(dots.size(), 2U);
  EXPECT_NEAR(PlacesOf(dots[1])[0].y, drawing.scales()[0].y.Place(1.0), 0.006);
}

TEST(FigureCaptions, OfThePlaneNameEachPanelsDecayAndWhichOneWasTuned) {
  TuneResult result = RegressionSample();
  LossPlane& plane = *result.diagnostics.plane;
  plane.at_l2.decay = 0.3231;
  plane.at_l1.decay = 0.04771432;
  std::string svg = PlaneFigure(result).wide;
  EXPECT_TRUE(HasLabel(svg, "L2 decay 0.323"));
  EXPECT_TRUE(HasLabel(svg, "L1 decay 0.0477, the same loss"));
  EXPECT_TRUE(Has(PlaneWords(result).caption.english, "The circle is the L2 penalty at the best"));
  result.l1_ratio = 0.5;
  plane.at_l1.decay = result.grid[static_cast<std::size_t>(result.best)].decay;
  svg = PlaneFigure(result).narrow;
  EXPECT_TRUE(HasLabel(svg, "L2 decay 0.323, the same loss"));
  const std::string caption = PlaneWords(result).caption.english;
  EXPECT_TRUE(Has(caption, "The diamond is the L1 penalty at the best"));
  EXPECT_TRUE(Has(caption, "elastic net"));
}

TEST(FigureCaptions, OfErrorPartsSayWhereTheNoiseIsFromAndWhenItIsTooLarge) {
  using Source = ErrorParts::NoiseSource;
  TuneResult result = RegressionSample();
  ErrorParts& parts = *result.diagnostics.error_parts;
  const auto caption = [&] { return ErrorPartsWords(result).caption.english; };
  EXPECT_TRUE(Has(caption(), "212 rows with twins"));
  EXPECT_FALSE(Has(caption(), "below 0"));
  parts.source = Source::kBestFit;
  EXPECT_TRUE(Has(caption(), "by construction, not by measurement"));
  parts.source = Source::kUnknown;
  parts.samples = 16;
  EXPECT_TRUE(Has(caption(), "of the decays, fits to 16 sets of as many rows"));
  EXPECT_TRUE(Has(caption(), "Noise is not told apart from bias"));
  parts.samples = 0;
  parts.source = Source::kGiven;
  parts.noise_sd = 0.5;
  EXPECT_TRUE(Has(caption(), "standard deviation that was given, 0.5."));
  EXPECT_FALSE(Has(caption(), "too large"));
  parts.noise = 1.0;
  EXPECT_TRUE(Has(caption(), "it looks too large"));
  parts.bias[2] = -0.00001;
  EXPECT_FALSE(Has(caption(), "below 0"));
  parts.bias[2] = -0.001;
  EXPECT_TRUE(Has(caption(), "below 0"));
}

TEST(FigureCaptions, OfErrorPartsNeedThreePoints) {
  TuneResult result = RegressionSample();
  for (std::vector<double>* values :
       {&result.diagnostics.error_parts->bias, &result.diagnostics.error_parts->variance}) {
    for (std::size_t i = 3; i < values->size(); ++i) (*values)[i] = std::nan("");
  }
  EXPECT_TRUE(HasErrorParts(result));
  result.diagnostics.error_parts->bias[2] = std::nan("");
  EXPECT_FALSE(HasErrorParts(result));
}

TEST(FigureCaptions, WhereTheBestIsTheBaselineOneLineServesForBoth) {
  const TuneResult result = AtBaseline(RegressionSample());
  const SvgDrawing weights(WeightsFigure(result).wide);
  EXPECT_EQ(weights.All("polygon", "steps tuned").size(), 1U);
  EXPECT_TRUE(weights.All("polygon", "steps baseline").empty());
  const SvgDrawing learning(LearningCurveFigure(result).wide);
  EXPECT_TRUE(learning.All("polyline", "curve baseline").empty());
  for (const Said& caption : {WeightsWords(result).caption, LearningCurveWords(result).caption}) {
    EXPECT_TRUE(Has(caption.english, "one line serves for both")) << caption.english;
    EXPECT_TRUE(Has(caption.chinese, "同一条线"));
  }
  EXPECT_FALSE(Has(WeightsWords(RegressionSample()).caption.english, "one line"));
}

TEST(FigureCaptions, OfWeightsSayWhenTheOutermostBinsHoldMore) {
  TuneResult result = RegressionSample();
  for (Histogram* each : {&result.diagnostics.weights->baseline, &result.diagnostics.weights->best})
    each->counts.front() = each->counts.back() = 0;
  EXPECT_FALSE(Has(WeightsWords(result).caption.english, "outermost"));
  result.diagnostics.weights->baseline.counts.back() = 1;
  EXPECT_TRUE(Has(WeightsWords(result).caption.english, "Values of the decayed weights"));
  EXPECT_TRUE(Has(WeightsWords(result).caption.english, "outermost bins also hold all larger"));
  EXPECT_TRUE(HasLabel(WeightsFigure(NetSample()).wide, "weight"));
}

TEST(FigureCaptions, OfShrinkageClaimLittleOfClassesAndNothingOfSeparableOnes) {
  TuneResult result = ClassificationSample();
  EXPECT_FALSE(HasShrinkage(result));
  result.findings.clear();
  EXPECT_TRUE(HasShrinkage(result));
  EXPECT_TRUE(Has(ShrinkageWords(result).caption.english, "A rough guide"));
  EXPECT_FALSE(Has(ShrinkageWords(RegressionSample()).caption.english, "A rough guide"));
}

TEST(FigureCaptions, AxesOfCountsHaveWholeNumbersAlone) {
  TuneResult result = RegressionSample();
  result.diagnostics.curvature->index = {0, 1, 2};
  result.diagnostics.curvature->values = {3.0, 2.0, 1.0};
  const SvgDrawing drawing(ShrinkageFigure(result).wide);
  std::vector<std::string> directions;
  for (const SvgElement& element : drawing.elements()) {
    if (element.css_class() == "number" && element.Attribute("text-anchor") == "middle")
      directions.push_back(element.text);
  }
  EXPECT_EQ(directions, (std::vector<std::string>{"1", "2", "3"}));
}

TEST(FigureCaptions, OfPredictionsSayWhichRowsAndInWhichUnit) {
  TuneResult result = RegressionSample();
  const auto caption = [&] { return PredictionsWords(result).caption.english; };
  EXPECT_TRUE(Has(caption(), "500 of all 2930 held-out rows"));
  result.diagnostics.numbers->rows = 1172;
  EXPECT_TRUE(Has(caption(), "500 of the 1172 rows that some folds of the first round hold out"));
  result.diagnostics.numbers->rows = 500;
  result.data.rows = 500;
  EXPECT_TRUE(Has(caption(), "All 500 held-out rows, each"));
  const std::string svg = PredictionsFigure(result).wide;
  EXPECT_TRUE(HasLabel(svg, "truth, ln(Sale_Price)"));
  EXPECT_TRUE(HasLabel(svg, "predicted, ln(Sale_Price)"));
  result.data.log_target = false;
  EXPECT_TRUE(HasLabel(PredictionsFigure(result).wide, "truth"));
  EXPECT_TRUE(Has(LearningCurveWords(result).caption.english, "differ from the table's"));
}

TEST(FigureCaptions, OfLossesSayThatDotsLeaveThePicture) {
  TuneResult result = NetSample();
  ASSERT_FALSE(result.grid[1].trained->finished);
  result.grid[1].trained->seeds = 0;
  result.grid[1].validation.mean = 1e3;
  EXPECT_TRUE(LossIsCut(result));
  EXPECT_TRUE(Has(LossWords(result).caption.english, "The axis is cut"));
}

TEST(FigureCaptions, ABaselineOutsideOfThePictureIsNotInItsLegend) {
  TuneResult result = RegressionSample();
  const auto lines = [&] {
    return SvgDrawing(LossFigure(result).wide).All("line", "curve baseline thin").size();
  };
  EXPECT_EQ(lines(), 2U);  // its own and the legend's
  result.grid[0].validation.mean = 1e3;
  EXPECT_EQ(lines(), 0U);
}

TEST(FigureCaptions, DottedLinesFromZeroEndAtTheNextDecayAlone) {
  TuneResult result = NetSample();
  const auto dotted = [&] {
    return SvgDrawing(LossFigure(result).wide).All("polyline", "curve across validation").size();
  };
  result.grid[1].trained->seeds = 2;
  EXPECT_EQ(dotted(), 1U);
  result.grid[1].trained->seeds = 0;
  EXPECT_EQ(dotted(), 0U);
}

TEST(FigureCaptions, OfLossesSayWhereTheLossesOfHollowDotsAreFrom) {
  TuneResult result = SplitSample();
  const auto caption = [&] { return LossWords(result).caption.english; };
  EXPECT_TRUE(Has(caption(),
                  "those of an earlier epoch, or estimated: the loss of the best decay, times the "
                  "ratio of the two on the splits that both finished."))
      << caption();
  for (GridPoint& point : result.grid) point.trained->moved = false;
  EXPECT_TRUE(Has(caption(), "those of an earlier epoch, or of some of the runs."));
  EXPECT_TRUE(Has(EpochsWords(result).caption.english, "Thin lines"));
  for (GridPoint& point : result.grid) point.trained->finished = true;
  EXPECT_FALSE(Has(caption(), "Hollow dots"));
  EXPECT_FALSE(Has(EpochsWords(result).caption.english, "Thin lines"));
}

TEST(FigureCaptions, OfLossesExplainTheMarkOfTheLowest) {
  TuneResult result = NetSample();
  EXPECT_FALSE(Has(LossWords(result).caption.english, "lowest”"));
  result.best = result.one_se = 0;
  result.grid[2].validation.mean = 0.5 * result.grid[0].validation.mean;
  EXPECT_TRUE(Has(LossWords(result).caption.english, "The mark “lowest” is the lowest loss of"));
  EXPECT_TRUE(Has(LossFigure(result).wide, "lowest 0.1"));
}

TEST(FigureCaptions, OfLossesSetAsideAreInOneLanguage) {
  const auto readout = nlohmann::json::parse(LossFigure(NetSample()).readout);
  const auto& title = readout["readings"][1];
  EXPECT_TRUE(Has(title.dump(), "decay 0.01, set aside at epoch 3")) << title;
  EXPECT_TRUE(Has(title.dump(), "衰减 0.01，第 3 轮被搁置")) << title;
}

TEST(FigureCaptions, OfPathsNameWhatWeightsAddToAndWhichTheyAre) {
  TuneResult result = ClassificationSample();
  const auto caption = [&] { return PathWords(result).caption; };
  EXPECT_TRUE(Has(caption().english, "adds to the log odds of malignant."));
  EXPECT_TRUE(Has(caption().english, "The 7 weights that are largest at the best decay"));
  result.weights = 7;
  EXPECT_TRUE(Has(caption().english, "All 7 weights at the best decay"));
  EXPECT_TRUE(Has(caption().chinese, "全部 7 个权重"));
  result.data.classes.push_back("unknown");
  EXPECT_TRUE(Has(caption().english, "adds to the class's score."));
}

TEST(FigureCaptions, OfLearningCurvesSendToTheVerdictWhereThereAreTwoLines) {
  const char* pairs = "whether the two differ is told by the verdict, in pairs.";
  EXPECT_TRUE(Has(LearningCurveWords(RegressionSample()).caption.english, pairs));
  EXPECT_FALSE(Has(LearningCurveWords(AtBaseline(RegressionSample())).caption.english, pairs));
}

TEST(FigureCaptions, OfPathsSayThatWeightsLeaveThePicture) {
  TuneResult result = RegressionSample();
  for (WeightPath& path : result.paths) {
    for (double& weight : path.weights)
      weight = path.weights[static_cast<std::size_t>(result.best)];
  }
  EXPECT_FALSE(PathsAreCut(result));
  result.paths[0].weights[0] = 1e6;
  EXPECT_TRUE(PathsAreCut(result));
  EXPECT_TRUE(Has(PathWords(result).caption.english, "The axis is cut"));
}

TEST(FigureCaptions, OfNormsNameTheDecayThatIsDashed) {
  TuneResult result = NetSample();
  EXPECT_TRUE(Has(NormsWords(result).caption.english, "solid at decay 0.1, dashed at decay 0."));
  result.best = 0;
  for (GridPoint& point : result.grid) point.trained->finished = point.decay < 0.2;
  EXPECT_TRUE(Has(NormsWords(result).caption.english, "solid at decay 0, dashed at decay 0.1."));
}

TEST(FigureCaptions, WithoutASignalNothingIsCalledTheBest) {
  for (TuneResult result : {RegressionSample(), ClassificationSample(), NetSample()}) {
    result.verdict.signal.none = true;
    if (result.training) result.best = 0;  // the baseline
    for (const FigureWords& words :
         {LossWords(result), PathWords(result), WeightsWords(result), PlaneWords(result),
          PredictionsWords(result), ResidualsWords(result), ReliabilityWords(result),
          ConfusionWords(result), LearningCurveWords(result)}) {
      EXPECT_FALSE(Has(words.caption.english, "best decay")) << words.caption.english;
      EXPECT_FALSE(Has(words.caption.chinese, "最优衰减")) << words.caption.chinese;
    }
  }
}

TEST(FigureCaptions, ReadoutsHaveTheDecimalsOfTheTable) {
  TuneResult result = RegressionSample();
  GridPoint& best = result.grid[static_cast<std::size_t>(result.best)];
  best.validation = {1591.4, 118.2};
  const auto readout = nlohmann::json::parse(LossFigure(result).readout);
  EXPECT_EQ(readout["readings"][static_cast<std::size_t>(result.best)]["values"][0], "1591 ± 118");
}

TEST(FigureCaptions, KeysReadPointsWhereNoDecayIsAlong) {
  const std::string page = ReportHtml(ClassificationSample());
  const std::size_t at = page.find("id=\"reliability-keys\"");
  ASSERT_NE(at, std::string::npos);
  EXPECT_TRUE(Has(page.substr(at, 200), "at each point"));
}

}  // namespace
}  // namespace halflife
