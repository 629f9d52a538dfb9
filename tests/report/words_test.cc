#include "report/words.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "halflife/report.h"
#include "report/answer.h"
#include "report/gain_words.h"
#include "report/numbers.h"
#include "report/sample_result.h"
#include "support/text.h"

namespace halflife {
namespace {

using testing::Has;

GridPoint& Best(TuneResult* result) { return result->grid[static_cast<std::size_t>(result->best)]; }

TEST(Words, NeverSayNanOrInf) {
  TuneResult result = RegressionSample();
  result.verdict.improvement = std::nan("");
  result.verdict.ci95[0] = -INFINITY;
  result.verdict.p_value = std::nan("");
  result.verdict.minimum_detectable = INFINITY;
  for (const std::string& text : {AnswerText(result), Evidence(result), Sensitivity(result)}) {
    EXPECT_FALSE(Has(text, "nan") || Has(text, "inf")) << text;
  }
}

std::string GainsIn(const TuneResult& result, Language language) {
  std::string all;
  for (const std::string& sentence : GainSentences(result, language)) all += sentence + "\n";
  return all;
}

TEST(GainWords, SayWhatDecayingBiasesTooCosts) {
  TuneResult result = RegressionSample();
  result.verdict.biases_decayed =
      DecayGain{0.2, {-3.0, {-5.0, -1.0}, 0.002, Percent{-25.0, {-42.0, -8.3}}}};
  EXPECT_TRUE(Has(GainsIn(result, Language::kEnglish),
                  "Decaying the intercept too, at 0.2, in the folds of the first round: the loss "
                  "rises by 25\u00A0% (95\u00A0% interval 8.3\u00A0% to 42\u00A0%), hurts."));
  result.verdict.negligible_band = 4.0;
  EXPECT_TRUE(
      Has(GainsIn(result, Language::kEnglish), "42\u00A0%), real, but practically nothing."));
  result.verdict.negligible_band = 0.1;
  result.seeds = 1;
  result.verdict.biases_decayed->gain.percent->ci95[0] = -INFINITY;
  EXPECT_TRUE(Has(GainsIn(result, Language::kEnglish),
                  "the loss rises by 25\u00A0% (95\u00A0% interval 8.3\u00A0% or more), hurts."));
  EXPECT_TRUE(Has(GainsIn(result, Language::kChinese), "在 0.2 处把截距也衰减：损失升高 25"));
  result.verdict.biases_decayed.reset();
  EXPECT_FALSE(Has(GainsIn(result, Language::kEnglish), "intercept too"));
}

TEST(GainWords, OfNetsNameBiasesNormsAndHowManyRunsTell) {
  TuneResult net = NetSample();
  net.verdict.biases_decayed = DecayGain{0.2, {0.1, {-0.1, 0.3}, 0.3, {}}};
  net.verdict.textbook = {{0.01, {0.1, {-0.1, 0.3}, 0.3, {}}}};
  net.diagnostics.sizes = {{.hidden = {4}, .parameters = 9, .gain = {0.01, 0.02}},
                           {.hidden = {16, 8}, .parameters = 99, .gain = {0.03, 0.02}}};
  EXPECT_TRUE(Has(GainsIn(net, Language::kEnglish),
                  "Gain by units of the hidden layers: 4: 0.01 ± 0.02; 16-8: 0.03 ± 0.02. These "
                  "rows do not show that it depends on the net's size."));
  net.diagnostics.sizes[1].gain.mean = 0.3;
  EXPECT_TRUE(Has(GainsIn(net, Language::kEnglish), "The largest net gains more"));
  net.diagnostics.sizes[1].gain.mean = -0.3;
  EXPECT_TRUE(Has(GainsIn(net, Language::kEnglish), "The largest net gains less"));
  net.seeds = 3;
  net.training->splits.clear();
  EXPECT_TRUE(Has(GainsIn(net, Language::kEnglish), "Decaying biases too, at 0.2, with one seed:"));
  EXPECT_TRUE(Has(GainsIn(net, Language::kEnglish), "against no decay, with one seed: 0.01: gain"));
  net.training->parameters.push_back({"norm", ParameterKind::kNorm, false});
  net.seeds = 1;
  EXPECT_TRUE(Has(GainsIn(net, Language::kEnglish), "Decaying biases and norms too, at 0.2: gain"));
  EXPECT_TRUE(Has(GainsIn(net, Language::kChinese), "在 0.2 处把偏置和归一化参数也衰减："));
}

TEST(InterruptedWords, KnowWhetherTheSweepHadEnded) {
  TuneResult net = NetSample();
  net.interrupted = true;
  net.training->stopped = true;
  EXPECT_TRUE(
      Has(InterruptedSentence(net, Language::kEnglish), "epochs that were trained by then"));
  net.training->stopped = false;
  EXPECT_TRUE(Has(InterruptedSentence(net, Language::kEnglish), "Interrupted after the sweep"));
}

TEST(EquivalentUnits, NameTheLossThatTheFactorBelongsTo) {
  const std::vector<Unit> units = EquivalentUnits(RegressionSample());
  ASSERT_EQ(units.size(), 4U);
  EXPECT_EQ(units[0].expression, "Ridge(alpha=586)");
  EXPECT_EQ(units[2].expression, "weight_decay=0.4 with MSELoss");
  TuneResult result = ClassificationSample();
  EXPECT_EQ(EquivalentUnits(result)[0].expression, "LogisticRegression(C=0.41)");
  EXPECT_EQ(EquivalentUnits(result)[3].expression, "l2(0.00215) with cross-entropy");
  result.equivalents.sklearn_c.reset();  // decay 0
  EXPECT_EQ(EquivalentUnits(result)[0].expression, "LogisticRegression(penalty=None)");
}

// The sample with an L1 part and 3 of 12 weights in use at the best decay.
TuneResult SparseSample(TuneResult result, double ratio) {
  result.l1_ratio = ratio;
  result.weights = 12;
  for (GridPoint& point : result.grid) point.nonzero = 12;
  Best(&result).nonzero = 3;
  result.equivalents.glmnet_alpha = 0.25;
  result.equivalents.pytorch_l1 = result.equivalents.keras_l1 = 0.6;
  return result;
}

TEST(SparseWords, SayWhatSelectionLeaves) {
  TuneResult result = SparseSample(RegressionSample(), 1.0);
  EXPECT_TRUE(Has(AnswerText(result),
                  "9 of the 12 weights are exactly 0 there: the fit uses the other 3 alone."));
  Best(&result).nonzero = 11;
  EXPECT_TRUE(Has(AnswerText(result), "1 of the 12 weights is exactly 0 there"));
  Best(&result).nonzero = 12;
  EXPECT_TRUE(Has(AnswerText(result), "None of the 12 weights is exactly 0 there."));
  Best(&result).nonzero = 0;
  EXPECT_TRUE(Has(AnswerText(result), "the fit uses the intercept alone."));
  EXPECT_FALSE(Has(AnswerText(RegressionSample()), "exactly 0"));
}

TEST(SparseWords, NameThePenaltyAndItsUnits) {
  const TuneResult lasso = SparseSample(RegressionSample(), 1.0);
  EXPECT_TRUE(Has(std::string(Convention(lasso)), "mean data loss + decay * ||w||_1."));
  EXPECT_EQ(EquivalentUnits(lasso)[0].expression, "Lasso(alpha=586)");
  EXPECT_EQ(EquivalentUnits(lasso)[3].expression, "L1(0.6) with MeanSquaredError");
  const TuneResult net = SparseSample(RegressionSample(), 0.3);
  EXPECT_TRUE(Has(std::string(Convention(net)), "decay * (0.3 ||w||_1 + 0.7/2 ||w||^2)"));
  EXPECT_EQ(EquivalentUnits(net)[0].expression, "ElasticNet(alpha=586, l1_ratio=0.3)");
  EXPECT_TRUE(Has(EquivalentUnits(net)[1].expression, "alpha=0.25, lambda="));
  EXPECT_EQ(EquivalentUnits(net)[2].expression,
            "weight_decay=0.4 and 0.6 * w.abs().sum() added to the loss with MSELoss");
  EXPECT_EQ(EquivalentUnits(SparseSample(ClassificationSample(), 1.0))[0].expression,
            "LogisticRegression(penalty=\"l1\", solver=\"saga\", C=0.41)");
  EXPECT_TRUE(Has(HalfLifeSentence(net), "no half-life"));
}

TEST(SparseWords, LeaveOutWhatCannotLeaveColumnsUndecayed) {
  TuneResult result = RegressionSample();
  result.no_decay = {"age", "sex"};
  EXPECT_TRUE(Has(std::string(Convention(result)), "The weights of age, sex are not decayed."));
  const std::vector<Unit> units = EquivalentUnits(result);
  ASSERT_EQ(units.size(), 2U);
  EXPECT_EQ(units[0].library, "glmnet");
  EXPECT_TRUE(Has(units[0].expression, "penalty.factor 0"));
  EXPECT_EQ(units[1].library, "PyTorch");
  ASSERT_EQ(Snippets(result).size(), 2U);
  EXPECT_TRUE(Has(Snippets(result)[0].code, "penalty.factor = decayed"));
  EXPECT_TRUE(Has(Snippets(result)[1].code, "model.weight[:, decayed]"));
}

TEST(NullLoss, KeepsItsDigitsBesideHugeLosses) {
  TuneResult result = ClassificationSample();
  result.grid[static_cast<std::size_t>(result.best)].validation = {902.3, 210.0};
  result.data.null_loss = 0.6923;
  EXPECT_EQ(NullLossText(result), "0.6923");
}

TEST(ScoreText, NeverRoundsUpToPerfect) {
  const TuneResult regression = RegressionSample();
  const TuneResult classes = ClassificationSample();
  EXPECT_EQ(ScoreText(regression, 1.0), "1.000");
  EXPECT_EQ(ScoreText(regression, 0.9994), "0.999");
  EXPECT_EQ(ScoreText(regression, 0.99961), "0.9996");
  EXPECT_EQ(ScoreText(regression, 0.99999961), "0.9999996");
  EXPECT_EQ(ScoreText(classes, 2999.0 / 3000.0), "99.97\u00A0%");
  EXPECT_EQ(ScoreText(classes, 0.5), "50.0\u00A0%");
  EXPECT_EQ(ScoreText(classes, 1.0), "100.0\u00A0%");
  EXPECT_EQ(PValueText(0.9996), "p\u00A0>\u00A00.99");
  EXPECT_EQ(PValueText(1.0), "p\u00A0=\u00A01");
}

TEST(Snippets, SayHowManyStepsAFitSolvedToItsEndMayBeAway) {
  TuneResult result = RegressionSample();
  result.equivalents.pytorch_weight_decay = 2e-6;  // at a rate of .01: 1 / 2e-8 steps
  result.equivalents.keras_l2 = 1e-6;
  const auto says = [&](std::size_t of, const std::string& text) {
    return Has(Snippets(result)[of].note, text);
  };
  for (const std::size_t of : {2, 3}) {
    EXPECT_TRUE(says(of, "SGD may take some 50000000 steps to come near it.")) << of;
  }
  result.equivalents.pytorch_weight_decay = 0;
  EXPECT_TRUE(says(2, "SGD comes near it only slowly."));
  result.equivalents.pytorch_weight_decay = 0.1;
  EXPECT_FALSE(says(2, "SGD"));
}

TEST(Snippets, TakeTheLogarithmThatWasFitted) {
  TuneResult result = RegressionSample();
  result.data.log_target = false;
  for (const Snippet& snippet : Snippets(result)) EXPECT_FALSE(Has(snippet.code, "log("));
  result.data.log_target = true;
  for (const Snippet& snippet : Snippets(result)) {
    EXPECT_TRUE(Has(snippet.code, "log(y)")) << snippet.code;
  }
}

TEST(Snippets, TakeTheRowsWeightsAlong) {
  for (TuneResult result : {RegressionSample(), ClassificationSample()}) {
    for (const Snippet& snippet : Snippets(result)) EXPECT_FALSE(Has(snippet.code, "=w"));
    result.data.column_list = {{.name = "n", .role = ColumnSummary::Role::kWeight}};
    const std::vector<Snippet> snippets = Snippets(result);
    EXPECT_TRUE(Has(snippets[0].code, "standardscaler__sample_weight=w"));
    EXPECT_TRUE(Has(snippets[0].code, IsRegression(result)
                                          ? "ridge__sample_weight=w"
                                          : "logisticregression__sample_weight=w"));
    EXPECT_TRUE(Has(snippets[1].code, "weights = w"));
  }
}

TEST(Snippets, StepNoFurtherThanDecayAllows) {
  TuneResult result = RegressionSample();
  for (const double decay : {0.1, 4.0, 9.9, 10.1, 300.0, 22800.0, 1e9}) {
    result.equivalents.pytorch_weight_decay = decay;
    result.equivalents.keras_l2 = decay / 2.0;
    for (const Snippet& snippet : Snippets(result)) {
      const std::size_t at = snippet.code.find(snippet.library == "Keras" ? "SGD(" : "lr=");
      if (at == std::string::npos) continue;
      const double lr = std::stod(snippet.code.substr(snippet.code.find_first_of("=(", at) + 1));
      EXPECT_GT(lr, 0.0);
      EXPECT_LE(lr * decay, 0.15) << snippet.code;  // 0.1, and its rounding to one digit
    }
  }
}

TEST(HalfLifeSentence, SpeaksInEpochsWhereThereAreSome) {
  TuneResult result = RegressionSample();
  Best(&result).decay = 0.2;
  EXPECT_TRUE(Has(HalfLifeSentence(result), "every 346 steps"));  // ln 2 / -ln(1 - 0.01 * 0.2)
  Best(&result).decay = 11400.0;  // a step at 0.01 would overshoot 0 a hundredfold
  EXPECT_TRUE(Has(HalfLifeSentence(result), "a learning rate below 8.77e-05"));
  EXPECT_FALSE(Has(HalfLifeSentence(result), "halve"));
  Best(&result).half_life_epochs = 12.5;
  EXPECT_TRUE(Has(HalfLifeSentence(result), "every 12.5 epochs"));
  Best(&result).half_life_epochs.reset();
  Best(&result).decay = 0.0;
  EXPECT_TRUE(Has(HalfLifeSentence(result), "stays as it is"));
}

TEST(Snippets, HoldTheValuesOfTheResultAndFitItsTask) {
  TuneResult result = RegressionSample();
  const std::vector<Snippet> snippets = Snippets(result);
  ASSERT_EQ(snippets.size(), 4U);
  EXPECT_TRUE(Has(snippets[0].code, "Ridge(alpha=586)") && Has(snippets[0].code, "np.log(y)"));
  EXPECT_TRUE(snippets[0].code.starts_with("import numpy as np\n"));
  EXPECT_TRUE(Has(snippets[1].code, "family = \"gaussian\", alpha = 0") &&
              Has(snippets[1].code, "lambda = 0.0815"));
  EXPECT_TRUE(Has(snippets[2].code, "\"weight_decay\": 0.4") &&
              Has(snippets[2].code, "\"weight_decay\": 0.0"));
  EXPECT_TRUE(Has(snippets[3].code, "L2(0.2)") && Has(snippets[3].code, "MeanSquaredError()"));

  result = ClassificationSample();
  EXPECT_TRUE(Has(Snippets(result)[1].code, "family = \"binomial\""));
  EXPECT_TRUE(Has(Snippets(result)[2].code, "BCEWithLogitsLoss"));
  result.data.classes.emplace_back("unsure");
  EXPECT_TRUE(Has(Snippets(result)[1].code, "family = \"multinomial\""));
  EXPECT_TRUE(Has(Snippets(result)[3].code, "3, kernel_regularizer"));
}

}  // namespace
}  // namespace halflife
