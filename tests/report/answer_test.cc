#include "report/answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "halflife/report.h"
#include "report/numbers.h"
#include "report/sample_result.h"
#include "report/words.h"
#include "support/text.h"

namespace halflife {
namespace {

using testing::Has;

TEST(Answer, SaysTheDecayAndWhatItDoesWhenItHelps) {
  const std::string answer = AnswerText(RegressionSample());
  EXPECT_TRUE(Has(answer,
                  "Use a weight decay of 0.177: against no decay it lowers the validation loss "
                  "from 0.01200 to 0.01108"));
  EXPECT_TRUE(Has(answer, "At the best decay R² is 0.867, at the baseline 0.856.")) << answer;
  EXPECT_FALSE(Has(answer, "tiny"));
}

TEST(Answer, NamesThePenaltyThatHelps) {
  TuneResult result = RegressionSample();
  result.l1_ratio = 1.0;
  EXPECT_TRUE(Has(AnswerText(result), "Use an L1 penalty of 0.177 (scikit-learn: Lasso): against"))
      << AnswerText(result);
  EXPECT_TRUE(
      Has(AnswerText(result, Language::kChinese), "请用 L1 惩罚 0.177（scikit-learn：Lasso）："));
  EXPECT_TRUE(Has(ReportHtml(result), "An L1 penalty helps: use 0.177"));
  result.l1_ratio = 0.5;
  EXPECT_TRUE(Has(AnswerText(result), "Use an elastic net of 0.177 (scikit-learn: ElasticNet): "));
  EXPECT_TRUE(Has(ReportHtml(result), "An elastic net helps: use 0.177"));
  result.no_decay = {"age"};
  EXPECT_FALSE(Has(AnswerText(result), "scikit-learn"));
}

TEST(Answer, SaysWhatTheGainIsOverWhereNoDecayHasNoFit) {
  EXPECT_TRUE(Has(AnswerText(ClassificationSample()),
                  " (Without any decay not every fold has a finite fit; 1e-06 is the smallest "
                  "compared, and how large the gain is depends on that.)"))
      << AnswerText(ClassificationSample());
}

TEST(Answer, SaysThatAScoreIsWithoutDecay) {
  TuneResult result = RegressionSample();
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  result.best = 0;
  EXPECT_TRUE(Has(AnswerText(result), " R² is 0.856 without decay.")) << AnswerText(result);
}

TEST(Answer, SaysSoWhenTheGainIsNegligible) {
  TuneResult result = RegressionSample();
  EXPECT_FALSE(Has(AnswerText(result), "practically nothing"));
  result.verdict.improvement = 1e-5;
  EXPECT_TRUE(Has(AnswerText(result), "real but practically nothing"));
}

TEST(Answer, SaysThatNoneIsAsGoodWhenNothingWasDetected) {
  TuneResult result = RegressionSample();
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  EXPECT_TRUE(Has(AnswerText(result), "cannot tell a tuned weight decay from none"));
  result.verdict.chance_negligible = 0.96;
  EXPECT_TRUE(Has(AnswerText(result), "hardly matters here"));
  result.best = 0;
  EXPECT_TRUE(Has(AnswerText(result), "The lowest validation loss was that of no decay."));
}

TEST(Answer, DoesNotOfferNoDecayWhereThatHasNoFit) {
  TuneResult result = ClassificationSample();
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  EXPECT_FALSE(Has(AnswerText(result), "or none"));
  EXPECT_TRUE(Has(AnswerText(result), "not every fold has a finite fit"));
}

TEST(Answer, AdvisesAgainstDecayWhereItHurts) {
  TuneResult result = RegressionSample();
  result.best = 0;
  result.verdict.label = VerdictLabel::kHurts;
  result.verdict.improvement = -0.002;
  result.verdict.gain_percent = Percent{-16.7, {-25.0, -8.3}};
  EXPECT_TRUE(Has(AnswerText(result), "Leave weight decay out")) << AnswerText(result);
  EXPECT_TRUE(Has(
      AnswerText(result),
      "the gain of decay is -17\u00A0% of the loss (95\u00A0% interval -25\u00A0% to -8.3\u00A0%)"))
      << AnswerText(result);
}

TEST(Answer, HoldsWithoutTheBaselineInTheGrid) {
  TuneResult result = RegressionSample();
  result.grid.erase(result.grid.begin());
  --result.best;
  --result.one_se;
  EXPECT_EQ(BaselinePoint(result), nullptr);
  EXPECT_TRUE(Has(AnswerText(result),
                  "against no decay it lowers the validation loss from 0.01200 to 0.01108"))
      << AnswerText(result);
}

TEST(Answer, SaysFirstThatTheColumnsTellNothing) {
  for (TuneResult result : {RegressionSample(), ClassificationSample()}) {
    result.verdict.label = VerdictLabel::kNoSignal;
    result.verdict.signal = {.none = true, .improvement = -0.002, .ci95 = {-0.01, 0.006}};
    const std::string answer = AnswerText(result);
    const std::string model = IsRegression(result) ? "a linear model" : "logistic regression";
    EXPECT_TRUE(
        answer.starts_with(fmt::format("These columns tell {} nothing about {} that these {} "
                                       "rows can show: the validation loss is at best ",
                                       model, result.data.target, result.data.rows)))
        << answer;
    EXPECT_TRUE(Has(answer, "No value of the weight decay can be recommended."));
    EXPECT_FALSE(Has(answer, "cannot tell from chance"));  // the constant did better
    EXPECT_EQ(Recommended(result), std::nullopt);
    EXPECT_TRUE(Snippets(result).empty());
    EXPECT_TRUE(Evidence(result).starts_with("no signal: "));
    EXPECT_EQ(Sensitivity(result), "");
    result.verdict.signal.improvement = 0.001;
    EXPECT_TRUE(Has(AnswerText(result), "rows cannot tell from chance"));
  }
}

TEST(Answer, SetsTheLargestClassBesideTheAccuracy) {
  TuneResult result = ClassificationSample();
  result.data.null_accuracy = 0.627;
  EXPECT_TRUE(Has(AnswerText(result), "(always the largest class: 62.7\u00A0%)"))
      << AnswerText(result);
}

// What is not drawn tells of few folds; a net, of how it was trained; a list, of its decays.
TEST(Answer, WithoutASignalSaysWhoCouldNotShowIt) {
  TuneResult result = RegressionSample();
  result.verdict.signal.none = true;
  result.data.column_list.push_back({.name = "day", .role = ColumnSummary::Role::kTime});
  EXPECT_TRUE(Has(AnswerText(result), fmt::format("that these {} folds can show", result.folds)));
  result.decays_given = true;
  EXPECT_TRUE(
      AnswerText(result).starts_with("At the decays asked for, a linear model tells nothing"));
  TuneResult net = NetSample();
  net.verdict.signal.none = true;
  EXPECT_TRUE(AnswerText(net).starts_with("Trained as it was, this net tells nothing about"));
  EXPECT_TRUE(Has(AnswerText(net), fmt::format("these {} test rows", net.training->test_rows)));
}

// Further rounds of folds say nothing more about new rows.
TEST(Answer, OffersSeedsOfNetsAlone) {
  TuneResult result = RegressionSample();
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  EXPECT_FALSE(Has(AnswerText(result), "--seeds")) << AnswerText(result);
  TuneResult net = NetSample();
  net.verdict.label = VerdictLabel::kNoDetectableEffect;
  net.verdict.signal.none = false;
  net.best = 1;
  EXPECT_TRUE(Has(AnswerText(net), "More --seeds tell more")) << AnswerText(net);
}

TEST(Answer, OfOneDecayComparesNothing) {
  TuneResult result = RegressionSample();
  result.grid = {result.grid[3]};
  result.best = result.one_se = 0;
  result.verdict.improvement = NAN;
  const std::string answer = AnswerText(result);
  EXPECT_TRUE(answer.starts_with("Nothing was compared: ")) << answer;
  EXPECT_TRUE(Has(answer, "is the only decay that was fitted. ")) << answer;
  EXPECT_EQ(Recommended(result), std::nullopt);
}

// The best of those asked for is not the one to use where none at all does better.
TEST(Answer, TellsTheBestFromTheRecommended) {
  TuneResult result = RegressionSample();
  EXPECT_EQ(NotRecommendedText(result), "");
  result.grid.erase(result.grid.begin());  // 0 was not asked for
  result.best -= 1;
  result.verdict.label = VerdictLabel::kHurts;
  result.verdict.improvement = -0.1;
  EXPECT_EQ(Recommended(result), 0.0);
  EXPECT_EQ(NotRecommendedText(result), "the best of those asked for; 0 does better");
  EXPECT_TRUE(Has(AnswerText(result), " At 0.177 R² is 0.867")) << AnswerText(result);
}

// None of a few large decays being good says nothing of smaller ones.
TEST(Answer, OfAListThatHurtsSpeaksOfTheListAlone) {
  TuneResult result = RegressionSample();
  result.best = 0;
  result.verdict.label = VerdictLabel::kHurts;
  result.verdict.improvement = -0.002;
  result.decays_given = true;
  EXPECT_TRUE(
      AnswerText(result).starts_with("Of the decays asked for no other does as well as no decay"))
      << AnswerText(result);
  result.grid.erase(result.grid.begin());
  EXPECT_TRUE(
      AnswerText(result).starts_with("Of the decays asked for none does as well as no decay"))
      << AnswerText(result);
  EXPECT_FALSE(Has(AnswerText(result), "Leave weight decay out"));
}

TEST(Evidence, GivesThreeDigitsOfAGainAndItsInterval) {
  TuneResult result = RegressionSample();
  result.verdict.label = VerdictLabel::kHelps;
  result.verdict.improvement = 0.0123456;
  result.verdict.ci95[0] = 0.00123456;
  result.verdict.ci95[1] = 0.0234567;
  const std::string text = Evidence(result);
  EXPECT_TRUE(Has(text, "gain 0.0123, 95 % interval 0.00123 to 0.0235, p")) << text;
}

TEST(Evidence, TellsAPJustAboveTheLevelFromTheLevel) {
  TuneResult result = RegressionSample();
  result.verdict.signal = {.none = true, .improvement = 0.001, .ci95 = {-0.01, 0.02}};
  result.verdict.signal.p_value = 10.0 / 995.0;
  EXPECT_TRUE(Has(Evidence(result), "p\u00A0=\u00A00.01005,")) << Evidence(result);
}

}  // namespace
}  // namespace halflife
