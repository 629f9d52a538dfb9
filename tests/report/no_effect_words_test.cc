// What is said where nothing is detected.
#include "report/no_effect_words.h"

#include <gtest/gtest.h>

#include <cmath>

#include "halflife/report.h"
#include "report/gain_words.h"
#include "report/sample_result.h"
#include "report/words.h"

namespace halflife {
namespace {

TuneResult Undetected() {
  TuneResult result = RegressionSample();
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  result.verdict.gain_percent = Percent{-0.59, {-2.4, 0.64}};
  return result;
}

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
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
  EXPECT_EQ(BoundsClause(result),
            ": a gain above 0.64\u00A0% is unlikely, a loss of up to 2.4\u00A0% is possible");
  result.verdict.gain_percent->ci95[0] = -INFINITY;
  EXPECT_TRUE(Has(BoundsClause(result), "any loss is possible"));
  result.verdict.gain_percent.reset();
  EXPECT_EQ(BoundsClause(result), "");
}

TEST(NoEffect, ItIsSaidWhatToUse) {
  TuneResult result = Undetected();
  EXPECT_EQ(WhatToUseSentence(result),
            " Leave it out, or use 0.177: these rows do not show which is better.");
  result.best = 0;
  EXPECT_EQ(WhatToUseSentence(result), " Leave it out.");
}

TEST(NoEffect, ASmallChanceOfNothingIsNoProofOfAnEffect) {
  TuneResult result = Undetected();
  const auto says = [&](const std::string& part) {
    for (const std::string& sentence : GainSentences(result)) {
      if (Has(sentence, part)) return true;
    }
    return false;
  };
  EXPECT_TRUE(says("too wide to tell a gain from a loss"));
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

TEST(OneSe, IsNotAdvisedWhereItUnderfits) {
  TuneResult result = RegressionSample();
  EXPECT_FALSE(Has(OneSeSentence(result), "Not advised"));
  result.verdict.findings.push_back(
      {.kind = TuneFinding::Kind::kUnderfitsFrom, .decays = {OneSePoint(result).decay}});
  EXPECT_TRUE(Has(OneSeSentence(result), "Not advised here: it underfits."));
}

}  // namespace
}  // namespace halflife
