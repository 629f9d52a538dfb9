// What layer norm and dropout are for: the properties they are known by.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "net/evaluate.h"
#include "net/pass.h"
#include "support/nets.h"

namespace halflife {
namespace {

TEST(LayerNorm, MakesOutputsBlindToTheScaleOfTheWeightsBeforeIt) {
  NetOptions options = testing::SmallNet();
  options.layer_norm = true;
  const NetLayout layout(6, 3, options);
  const ArraySamples rows = testing::MakeRows(50, 6, 3, 1);
  FloatBlock weights(layout.size());
  layout.Initialise(1, weights.span());
  const auto scaled = [&](float factor) {
    FloatBlock copy(layout.size());
    std::ranges::copy(weights.span(), copy.data());
    for (float& w : layout.Of(layout.layers()[0].weight, copy.span())) w *= factor;
    return PredictNet(layout, copy.span(), rows.view());
  };
  const std::vector<float> once = scaled(1024);
  const std::vector<float> twice = scaled(2048);
  const std::vector<float> plain = scaled(1);
  double apart = 0;
  for (std::size_t i = 0; i < once.size(); ++i) {
    // Powers of two round alike; eps = 1e-5 against variances above 2^20 / 100 is 2^-30 of them,
    // which changes 1 / sd by one rounding, carried through 2 layers of 9 and 5 terms, outputs
    // < 16.
    EXPECT_NEAR(once[i], twice[i], 16 * 4 * (9 + 5) * 0x1p-24);
    apart = std::max(apart, std::abs(static_cast<double>(plain[i]) - once[i]));
  }
  EXPECT_LT(apart, 1e-2);  // eps against variances above 1e-2: 1e-3 of 1 / sd at most
  NetOptions without = testing::SmallNet();
  const NetLayout bare(6, 3, without);
  FloatBlock other(bare.size());
  bare.Initialise(1, other.span());
  const std::vector<float> before = PredictNet(bare, other.span(), rows.view());
  for (float& w : bare.Of(bare.layers()[0].weight, other.span())) w *= 2;
  EXPECT_NE(before, PredictNet(bare, other.span(), rows.view()));
}

TEST(Dropout, KeepsTheMean) {
  NetOptions options;
  options.hidden = {300};
  options.dropout = 0.3;
  const NetLayout layout(4, 2, options);
  NetMasks masks(layout, 500);
  masks.Fill(1, 0, 500);
  double sum = 0;
  for (std::size_t r = 0; r < 500; ++r) {
    for (std::size_t u = 0; u < 300; ++u) {
      const float mask = masks.layer(0)[(r / 32 * Rounded(300) + u) * 32 + r % 32];
      EXPECT_TRUE(mask == 0 || mask == static_cast<float>(1 / 0.7));
      sum += mask;
    }
  }
  // Each is 1 in the mean with variance 0.3 / 0.7; six standard errors of n of them.
  const double n = 500 * 300;
  EXPECT_NEAR(sum / n, 1, 6 * std::sqrt(0.3 / 0.7 / n));
}

TEST(Dropout, DrawsAnewForEverySeedStepAndLayer) {
  NetOptions options;
  options.hidden = {64, 64};
  options.dropout = 0.5;
  const NetLayout layout(4, 2, options);
  const auto draw = [&](std::uint64_t seed, std::uint64_t step, std::size_t l) {
    NetMasks masks(layout, 64);
    masks.Fill(seed, step, 64);
    return std::vector<float>(masks.layer(l), masks.layer(l) + 64 * 64);
  };
  const std::vector<float> first = draw(1, 0, 0);
  EXPECT_EQ(first, draw(1, 0, 0));
  for (const std::vector<float>& other :
       {draw(2, 0, 0), draw(1, 1, 0), draw(1, 0, 1), draw(1, std::uint64_t{1} << 32, 0)}) {
    int same = 0;
    for (std::size_t i = 0; i < first.size(); ++i) same += first[i] == other[i] ? 1 : 0;
    // Fair coins agree in half of 4096 places; six standard deviations of 32.
    EXPECT_NEAR(same, 2048, 6 * 32);
  }
}

TEST(Dropout, IsOffInEvaluation) {
  NetOptions options = testing::SmallNet();
  const NetLayout plain(6, 3, options);
  options.dropout = 0.5;
  const NetLayout dropped(6, 3, options);
  const ArraySamples rows = testing::MakeRows(50, 6, 3, 1);
  FloatBlock weights(plain.size());
  plain.Initialise(1, weights.span());
  EXPECT_EQ(PredictNet(plain, weights.span(), rows.view()),
            PredictNet(dropped, weights.span(), rows.view()));
}

TEST(Layers, NaNsAndInfinitiesAreNeverHidden) {
  for (const Activation activation : {Activation::kRelu, Activation::kGelu, Activation::kTanh}) {
    for (const bool layer_norm : {false, true}) {
      NetOptions options = testing::SmallNet();
      options.activation = activation;
      options.layer_norm = layer_norm;
      const NetLayout layout(6, 3, options);
      const ArraySamples rows = testing::MakeRows(5, 6, 3, 1);
      FloatBlock weights(layout.size());
      layout.Initialise(1, weights.span());
      layout.Of(0, weights.span())[7] = NAN;
      const std::span<const float> view = weights.span();
      EXPECT_TRUE(std::isnan(EvaluateNets(layout, {&view, 1}, rows.view()).front().loss))
          << Name(activation) << layer_norm;
    }
  }
}

TEST(Initialisation, FollowsFromTheSeedAndStaysInItsBounds) {
  NetOptions options;
  options.hidden = {200};
  const NetLayout layout(100, 10, options);
  FloatBlock a(layout.size()), b(layout.size()), c(layout.size());
  layout.Initialise(1, a.span());
  layout.Initialise(1, b.span());
  layout.Initialise(2, c.span());
  EXPECT_TRUE(std::ranges::equal(a.span(), b.span()));
  EXPECT_FALSE(std::ranges::equal(a.span(), c.span()));
  const double bounds[] = {std::sqrt(6.0 / 100), std::sqrt(6.0 / 210)};  // He; Glorot and Bengio
  for (std::size_t l = 0; l < 2; ++l) {
    double squares = 0;
    const std::span<const float> w = layout.Of(layout.layers()[l].weight, a.span());
    for (const float x : w) {
      ASSERT_LE(std::abs(x), bounds[l]);
      squares += static_cast<double>(x) * x;
    }
    // A uniform number in [-b, b] has E x^2 = b^2 / 3 and sd(x^2) = b^2 sqrt(4 / 45).
    const auto n = static_cast<double>(w.size());
    const double bound = bounds[l] * bounds[l];
    EXPECT_NEAR(squares / n, bound / 3, 6 * bound * std::sqrt(4.0 / 45 / n));
    for (const float x : layout.Of(layout.layers()[l].bias, a.span())) EXPECT_EQ(x, 0);
  }
}

}  // namespace
}  // namespace halflife
