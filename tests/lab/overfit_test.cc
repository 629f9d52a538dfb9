// The lesson on overfitting: a pure function of its options, however it is walked.
#include "lab/overfit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "lab/questions.h"
#include "support/errors.h"

namespace halflife {
namespace {

using testing::ErrorOf;

Answer Ask(const std::string& options) { return AskOverfit(Question(options)); }

TEST(DecayHistory, IsReadAndWalked) {
  const DecayHistory history = DecayHistory::Parse("0:0,300:0.01,450:1e-3");
  EXPECT_EQ(history.At(0), 0);
  EXPECT_EQ(history.At(299), 0);
  EXPECT_EQ(history.At(300), 0.01);
  EXPECT_EQ(history.At(1000), 1e-3);
  EXPECT_EQ(history.NextChange(0), 300U);
  EXPECT_EQ(history.NextChange(300), 450U);
  EXPECT_EQ(history.NextChange(450), SIZE_MAX);
}

TEST(DecayHistory, RefusesWhatIsNone) {
  for (const char* text :
       {"", "5:1", "0", "0:1,0:2", "0:1,5:2,4:3", "0:-1", "0:x", "0.5:1", "0:1:2", "0:1,1e300:2"}) {
    EXPECT_NE(ErrorOf([&] { DecayHistory::Parse(text); }).find("decays"), std::string::npos)
        << text;
  }
}

TEST(Overfit, GoesOnWhereItStoodAndGivesWhatOneWalkGives) {
  const std::string base = "seed=3 rows=12 hidden=8 decays=0:0,20:0.5,35:0.01 ";
  const Answer at_once = Ask(base + "epochs=60");
  Ask("seed=4 epochs=5");  // another lesson between
  for (const char* epochs : {"epochs=0", "epochs=7", "epochs=20", "epochs=41"}) Ask(base + epochs);
  const Answer in_steps = Ask(base + "epochs=60");
  EXPECT_EQ(in_steps.numbers, at_once.numbers);
  EXPECT_EQ(in_steps.texts, at_once.texts);
  EXPECT_EQ(at_once.numbers.at("train").size(), 60U);
}

TEST(Overfit, AHistoryThatDiffersStartsAnew) {
  const std::string base = "seed=3 rows=12 hidden=8 epochs=30 ";
  const Answer other = Ask(base + "decays=0:0,10:0.5");
  const Answer plain = Ask(base + "decays=0:0");
  EXPECT_EQ(plain.numbers.at("train")[9], other.numbers.at("train")[9]);
  EXPECT_NE(plain.numbers.at("train")[20], other.numbers.at("train")[20]);
  const Answer back = Ask("seed=3 rows=12 hidden=8 epochs=12 decays=0:0");
  EXPECT_EQ(back.numbers.at("train").size(), 12U);
  EXPECT_EQ(back.numbers.at("train")[11], plain.numbers.at("train")[11]);
}

// Two ways that part in the fifth step: both have the same weights and gradients before it, so the
// step itself is the same, and what differs is decay alone.
TEST(Overfit, ChangesTheDecayOfTheVeryNextStep) {
  const OverfitLesson::Options options =
      OverfitLesson::OptionsOf(Question("seed=5 rows=10 hidden=6"));
  OverfitLesson before(options);
  OverfitLesson kept(options);
  OverfitLesson changed(options);
  before.TrainTo(4, DecayHistory::Parse("0:0.2"));
  kept.TrainTo(5, DecayHistory::Parse("0:0.2"));
  changed.TrainTo(5, DecayHistory::Parse("0:0.2,4:3"));
  const NetLayout& layout = before.trainer().layout();
  int decayed = 0;
  for (std::size_t t = 0; t < layout.tensors().size(); ++t) {
    const bool decays = before.run().assignment().decayed[t] != 0;
    const double share = decays ? 0.01 * (3 - 0.2) : 0.0;
    const std::span<const float> w = layout.Of(t, before.run().weights());
    for (std::size_t i = 0; i < w.size(); ++i) {
      const double difference = double{layout.Of(t, kept.run().weights())[i]} -
                                double{layout.Of(t, changed.run().weights())[i]};
      // Each way rounds twice a step, to 2^-24 of numbers below |w| + 0.05.
      EXPECT_NEAR(difference, share * w[i], 4 * 0x1p-24 * (std::abs(w[i]) + 0.05));
      decayed += decays ? 1 : 0;
    }
  }
  EXPECT_EQ(decayed, 6 + 36 + 6);
}

TEST(Overfit, ThePenaltyIsThatOfTheDecayInForce) {
  const Answer answer = Ask("seed=5 rows=10 hidden=6 epochs=8 decays=0:0.2,4:3");
  for (const std::size_t epoch : {3, 4}) {
    const double norm = answer.numbers.at("norm")[epoch];
    const double penalty = (epoch < 4 ? 0.2 : 3) / 2 * norm * norm;
    // Both sum the same squares, in another order.
    EXPECT_NEAR(answer.numbers.at("penalty")[epoch], penalty, 1e-12 * penalty);
  }
  EXPECT_EQ(answer.numbers.at("decay")[0], 3);
}

TEST(Overfit, WithoutDecayTheTrainingLossFallsBelowTheNoiseAndTheValidationLossRisesAgain) {
  const Answer free = Ask("epochs=2000");
  const double noise = 0.4 * 0.4 / 2;
  EXPECT_LT(free.numbers.at("train").back(), 0.05 * noise);
  EXPECT_GT(free.numbers.at("validation").back(), 1.1 * free.numbers.at("best_validation")[0]);
  const Answer held = Ask("epochs=2000 decays=0:1");
  EXPECT_LT(held.numbers.at("validation").back(), free.numbers.at("validation").back());
  const Answer flat = Ask("epochs=2000 decays=0:30");
  EXPECT_GT(flat.numbers.at("train").back(), free.numbers.at("train").back());
  EXPECT_GT(flat.numbers.at("validation").back(), free.numbers.at("validation").back());
}

TEST(Overfit, DivergenceIsSaidAndLeavesEverythingDrawable) {
  const Answer answer = Ask("rule=sgd law=coupled lr=1 decays=0:30 epochs=400");
  EXPECT_EQ(answer.numbers.at("diverged")[0], 1);
  EXPECT_NE(answer.texts.at("why"), "");
  EXPECT_EQ(answer.texts.at("curves.wide").find("nan"), std::string::npos);
  EXPECT_LT(answer.numbers.at("train").size(), 400U);
}

}  // namespace
}  // namespace halflife
