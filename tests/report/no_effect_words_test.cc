// What is said where nothing is detected.
#include "report/no_effect_words.h"

#include <gtest/gtest.h>

#include <cmath>

#include "halflife/report.h"
#include "report/gain_words.h"
#include "report/sample_result.h"
#include "report/words.h"
#include "support/text.h"

namespace halflife {
namespace {

using testing::Has;

TuneResult Undetected() {
  TuneResult result = RegressionSample();
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  result.verdict.gain_percent = Percent{-0.59, {-2.4, 0.64}};
  return result;
}

TEST(NoEffect, TheHeadingTellsNothingFromNotKnown) {
  TuneResult result = Undetected();
  EXPECT_EQ(NoEffectHeading(result), "Weight decay has no detectable effect here");
  result.verdict.chance_negligible = 0.99;
  EXPECT_EQ(NoEffectHeading(result), "Tuning the weight decay changes practically nothing here");
  result.verdict.chose_baseline = ChoiceCount{50, 50};
  EXPECT_EQ(NoEffectHeading(result), "In every fold the choice was no decay");
}

TEST(NoEffect, WithoutAFitWithoutDecaySomeIsNeeded) {
  TuneResult result = ClassificationSample();
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  EXPECT_EQ(NoEffectHeading(result), "Some weight decay is needed here; how much hardly shows");
  result.decays_given = true;
  EXPECT_EQ(NoEffectHeading(result), "Weight decay has no detectable effect here");
  result.best = 0;
  result.verdict.chose_baseline = ChoiceCount{10, 10};
  EXPECT_EQ(NoEffectHeading(result), "Of the decays asked for the smallest, 1e-06, is best");
  EXPECT_TRUE(Has(AnswerText(result), "1e-06 is the smallest asked for; decay 0 was not compared"));
}

TEST(NoEffect, TheIntervalBoundsWhatIsPossible) {
  TuneResult result = Undetected();
  EXPECT_EQ(
      BoundsClause(result),
      ": a gain above 0.64\u00A0% is unlikely, a rise of the loss by up to 2.4\u00A0% is possible");
  result.verdict.gain_percent->ci95[0] = -INFINITY;
  EXPECT_TRUE(Has(BoundsClause(result), "any rise of the loss is possible"));
  result.verdict.gain_percent.reset();
  EXPECT_EQ(BoundsClause(result), "");
}

TEST(NoEffect, ItIsSaidWhatToUse) {
  TuneResult result = Undetected();
  EXPECT_EQ(WhatToUseSentence(result),
            " Leave it out, or use 0.177: these rows do not show which is better.");
  result.best = 0;
  EXPECT_EQ(WhatToUseSentence(result), " Leave it out.");
  EXPECT_EQ(WhatToUseSentence(result, Language::kChinese), "可以不用它。");
}

TEST(NoEffect, WhatMostSplitsChoseMayBeUsedToo) {
  TuneResult result = SplitSample();
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  result.best = result.one_se = 0;
  result.verdict.compared = 0.1;
  EXPECT_EQ(WhatToUseSentence(result),
            " Leave it out, or use 0.1: these rows do not show which is better.");
  result.verdict.textbook = {{0.01, {0.02, {0.01, 0.03}, 0.001, Percent{4.0, {2.0, 6.0}}}}};
  EXPECT_EQ(WhatToUseSentence(result),
            " Of fixed values 0.01 is shown to gain 4\u00A0% (2\u00A0% to 6\u00A0%) over no decay: "
            "it is a "
            "safe choice. 0.1 may do better, which these rows do not show.");
  result.verdict.textbook.clear();
  result.verdict.improvement = -0.17;
  EXPECT_EQ(WhatToUseSentence(result), " Leave it out.");
  result.verdict.improvement = 0.17;
  result.verdict.chose_baseline->count = 3;
  EXPECT_EQ(WhatToUseSentence(result), " Leave it out.");
}

TEST(NoEffect, AFixedValueThatIsShownToHelpIsNamed) {
  TuneResult result = Undetected();
  result.verdict.textbook = {{0.0001, {0.0001, {0.00005, 0.0002}, 0.001, Percent{0.8, {0.4, 1.7}}}},
                             {0.001, {0.0002, {0.0001, 0.0003}, 0.001, Percent{1.7, {0.8, 2.5}}}},
                             {0.01, {0.0004, {-0.0001, 0.0008}, 0.2, Percent{3.4, {-0.8, 6.8}}}}};
  const std::string value =
      " Of fixed values 0.001 is shown to gain 1.7\u00A0% (0.8\u00A0% to 2.5\u00A0%) over no decay "
      "in "
      "one of 5 further comparisons: it is a safe choice.";
  EXPECT_TRUE(
      Has(AnswerText(result), value + " 0.177 may do better, which these rows do not show."))
      << AnswerText(result);
  EXPECT_TRUE(Has(AnswerText(result), "cannot tell a tuned weight decay from none. "));
  EXPECT_FALSE(Has(AnswerText(result), "proves"));
  EXPECT_FALSE(Has(AnswerText(result), "Leave it out"));
  result.verdict.chose_baseline = ChoiceCount{50, 50};
  EXPECT_TRUE(Has(AnswerText(result), "In every fold no decay was the choice." + value));
  result.verdict.over_current->decay = 0.001;
  EXPECT_TRUE(Has(AnswerText(result), "Of fixed values 0.001, the decay in use, is shown"));
  result.verdict.negligible_band = 0.0005;
  EXPECT_EQ(FixedValueSentence(result), "");
  result.verdict.over_current->gain = {-0.002, {-0.003, -0.001}, 0.01, {}};
  EXPECT_TRUE(Has(AnswerText(result),
                  " The decay in use, 0.001, is shown to do better than tuning in one of 5 further "
                  "comparisons: keep it."));
}

TEST(NoEffect, NothingIsRecommendedBeforeAllSplitsAreDone) {
  TuneResult result = SplitSample();
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  result.interrupted = result.training->stopped = true;
  result.training->rounds = 2;
  const std::string yet = " Nothing can be recommended yet: let it run to its end (5 splits).";
  for (const int best : {0, 2}) {
    result.best = result.one_se = best;
    EXPECT_TRUE(Has(AnswerText(result), yet)) << AnswerText(result);
    EXPECT_FALSE(Has(AnswerText(result), "Leave it out"));
  }
  result.training->rounds = 5;  // after the sweep: its splits are whole
  result.training->stopped = false;
  EXPECT_FALSE(Has(AnswerText(result), "run to its end")) << AnswerText(result);
  EXPECT_TRUE(Has(AnswerText(result), "more --rounds tell more"));
}

TEST(NoEffect, ItsMeaningIsSaidWhereTheRowsCannotTell) {
  TuneResult result = Undetected();
  const char* meaning = "When it says no detectable effect, the difference is smaller than";
  EXPECT_TRUE(Has(ReportHtml(result), meaning));
  result.verdict.chance_negligible = 0.96;
  EXPECT_FALSE(Has(ReportHtml(result), meaning));
  result.verdict.chance_negligible = 0.5;
  result.verdict.chose_baseline = ChoiceCount{50, 50};
  EXPECT_FALSE(Has(ReportHtml(result), meaning));
}

TEST(NoEffect, ASmallChanceOfNothingIsNoProofOfAnEffect) {
  TuneResult result = Undetected();
  const auto says = [&](const std::string& part) {
    for (const std::string& sentence : GainSentences(result)) {
      if (Has(sentence, part)) return true;
    }
    return false;
  };
  EXPECT_TRUE(says("too wide to tell a gain from a harm"));
  result.verdict.chance_negligible = 0.5;
  EXPECT_FALSE(says("too wide"));
  result.verdict.chose_baseline = ChoiceCount{50, 50};
  EXPECT_FALSE(says("practically nothing"));
  EXPECT_FALSE(says("changes by"));
}

TEST(NoEffect, AnEdgeBeyondWhichTheTextbookIsWorseIsNotSuspected) {
  TuneResult result = FlatSample({0.001, 0.01}, 0.1);
  result.findings = {{.kind = TuneFinding::Kind::kSmallestIsBest}};
  EXPECT_TRUE(Has(Notes(result)[0], "a smaller one may do better"));
  result.verdict.baseline_loss = 0.1;
  result.verdict.textbook = {{0.0001, {.improvement = -0.01, .percent = {}}}};
  EXPECT_TRUE(Has(Notes(result)[0], "of smaller ones the textbook's, 0.0001, did no better"));
  result.verdict.textbook[0].gain.improvement = 0.01;
  EXPECT_TRUE(Has(Notes(result)[0], "a smaller one may do better"));
}

TEST(OneSe, OfNetsMayHaveTheLowerLoss) {
  TuneResult result = NetSample();
  result.one_se = 3;
  GridPoint& larger = result.grid[3];
  larger.validation.mean = 2.0 * BestPoint(result).validation.mean;
  EXPECT_TRUE(Has(OneSeSentence(result), "It may well be worse"));
  EXPECT_TRUE(Has(OneSeSentence(result, Language::kChinese), "。它可能更差"));
  larger.validation.mean = 0.1;
  EXPECT_TRUE(Has(OneSeSentence(result),
                  "smaller weights, and a loss that is even lower, 0.1000 instead of 0.3400, which "
                  "chance may have done."))
      << OneSeSentence(result);
  EXPECT_FALSE(Has(OneSeSentence(result), "worse"));
}

TEST(OneSe, IsAmongThoseTrainedToTheirEnd) {
  TuneResult result = NetSample();
  EXPECT_EQ(OneSeSentence(result),
            "No larger decay tried is within one standard error of the best.");
  result.grid[3].validation.mean = BestPoint(result).validation.mean;
  EXPECT_EQ(OneSeSentence(result),
            "No larger decay that was trained to its end is within one standard error of the "
            "best.");
}

TEST(OneSe, IsNotAdvisedWhereItUnderfits) {
  TuneResult result = RegressionSample();
  EXPECT_FALSE(Has(OneSeSentence(result), "Not advised"));
  result.verdict.findings.push_back(
      {.kind = TuneFinding::Kind::kUnderfitsFrom, .decays = {OneSePoint(result).decay}});
  EXPECT_TRUE(Has(OneSeSentence(result), "Not advised here: it underfits."));
}

}  // namespace
}  // namespace halflife
