// Gradients and losses of nets against central differences of a loss in double.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "net/evaluate.h"
#include "net/pass.h"
#include "reference/reference_net.h"
#include "support/nets.h"

namespace halflife {
namespace {

struct GradientCase {
  std::vector<int> hidden;
  Activation activation;
  bool layer_norm;
  double dropout;
  std::size_t width;
  std::size_t outputs;
};

std::vector<GradientCase> Cases() {
  std::vector<GradientCase> cases;
  for (const Activation activation : {Activation::kRelu, Activation::kGelu, Activation::kTanh}) {
    for (const bool layer_norm : {false, true}) {
      for (const double dropout : {0.0, 0.3}) {
        for (const std::size_t outputs : {std::size_t{1}, std::size_t{3}})
          cases.push_back({{7, 4}, activation, layer_norm, dropout, 5, outputs});
      }
    }
  }
  cases.push_back({{}, Activation::kRelu, false, 0, 5, 3});
  cases.push_back({{35}, Activation::kTanh, true, 0.5, 33, 34});  // beyond one panel everywhere
  return cases;
}

std::string NameOf(const ::testing::TestParamInfo<GradientCase>& info) {
  const GradientCase& c = info.param;
  return fmt::format("{}Hidden{}{}{}{}Outputs{}", c.hidden.size(), Name(c.activation),
                     c.layer_norm ? "Norm" : "", c.dropout > 0 ? "Dropout" : "", c.outputs,
                     info.index);
}

class NetGradient : public ::testing::TestWithParam<GradientCase> {
 protected:
  NetGradient()
      : layout_(GetParam().width, GetParam().outputs, Options()),
        rows_(MakeRows(37, GetParam().width, GetParam().outputs, 5)),
        weights_(layout_.size()) {
    layout_.Initialise(3, weights_.span());
    // Biases, gains and shifts of some size, so that their gradients matter.
    for (std::size_t i = 0; i < layout_.tensors().size(); ++i) {
      if (layout_.tensors()[i].kind == ParameterKind::kWeight) continue;
      Random random(9, i);
      for (float& w : layout_.Of(i, weights_.span()))
        w += static_cast<float>(0.3 * random.Normal());
    }
  }
  static NetOptions Options() {
    NetOptions options;
    options.hidden = GetParam().hidden;
    options.activation = GetParam().activation;
    options.layer_norm = GetParam().layer_norm;
    options.dropout = GetParam().dropout;
    return options;
  }
  NetBlock Block() const { return {weights_.span().begin(), weights_.span().end()}; }

  // Roundings from the inputs through all layers and back, and over the rows: each of a layer's
  // sums has as many as its terms, both ways, and each element of bias, norm and activation less
  // than 16 more (Highway's tanh is within 4 units in the last place, Gelu's Phi within 2).
  double Roundings() const {
    double count = static_cast<double>(rows_.view().rows);
    for (const NetLayer& layer : layout_.layers())
      count += 2 * static_cast<double>(layer.inputs + layer.units + 16);
    return count;
  }

  NetLayout layout_;
  ArraySamples rows_;
  FloatBlock weights_;

 private:
  static ArraySamples MakeRows(std::size_t rows, std::size_t width, std::size_t outputs,
                               std::uint64_t seed) {
    return testing::MakeRows(rows, width, outputs, seed);
  }
};

TEST_P(NetGradient, IsThatOfTheLoss) {
  const Samples samples = rows_.view();
  std::vector<std::uint32_t> all(samples.rows);
  std::iota(all.begin(), all.end(), 0U);
  NetBatch batch(samples.rows, samples.width);
  batch.Gather(samples, all);
  NetMasks masks(layout_, samples.rows);
  masks.Fill(11, 4, samples.rows);
  NetPass pass(layout_, samples.rows);
  FloatBlock gradients(layout_.size());
  const double loss = pass.Learn(weights_.span(), batch, masks, gradients.span());

  const ReferenceNet reference(layout_);
  constexpr double kUnit = 0x1p-24;
  const double bound = Roundings() * kUnit;
  // Logits and losses here are below 16: their errors are at most that many roundings of 16.
  EXPECT_NEAR(loss, reference.Loss(Block(), samples, &masks), 16 * bound);

  const ReferenceNet::Derivatives expected = reference.Differences(Block(), samples, &masks);
  for (std::size_t t = 0; t < layout_.tensors().size(); ++t) {
    const NetTensor& tensor = layout_.tensors()[t];
    // A row's gradient is a product of sums that may cancel, but not below the size of the largest
    // of the tensor in all rows: that many roundings of it. The differences themselves are off by
    // step^2 / 6 times a third derivative (below 100) and by 2^-53 times a loss over the step.
    const double largest = *std::max_element(
        expected.size.begin() + static_cast<std::ptrdiff_t>(tensor.offset),
        expected.size.begin() + static_cast<std::ptrdiff_t>(tensor.offset + tensor.count));
    for (std::size_t i = tensor.offset; i < tensor.offset + tensor.count; ++i) {
      ASSERT_NEAR(gradients.data()[i], expected.mean[i], bound * largest + 1e-8)
          << tensor.name << " " << i - tensor.offset;
    }
  }
}

TEST_P(NetGradient, EvaluationHasNoDropoutAndTheSameLosses) {
  const Samples samples = rows_.view();
  const std::span<const float> weights = weights_.span();
  const Evaluation found = EvaluateNets(layout_, {&weights, 1}, samples).front();
  const std::vector<float> outputs = PredictNet(layout_, weights, samples);
  const ReferenceNet reference(layout_);
  const double bound = 16 * Roundings() * 0x1p-24;  // as above
  double right = 0;
  double squares = 0;
  double distances = 0;
  for (std::size_t r = 0; r < samples.rows; ++r) {
    EXPECT_NEAR(found.losses[r], reference.RowLoss(Block(), samples, r), bound);
    const std::vector<double> f = reference.Outputs(Block(), samples.row(r));
    for (std::size_t u = 0; u < f.size(); ++u) EXPECT_NEAR(outputs[r * f.size() + u], f[u], bound);
    if (samples.classes.empty()) {
      squares += std::pow(samples.numbers[r] - f[0], 2);
      distances += std::pow(samples.numbers[r], 2);
    } else {
      right += std::max_element(f.begin(), f.end()) - f.begin() == samples.classes[r] ? 1 : 0;
    }
  }
  EXPECT_NEAR(found.loss, reference.Loss(Block(), samples), bound);
  EXPECT_NEAR(found.score, samples.classes.empty() ? 1 - squares / distances : right / 37,
              2 * 37 * bound / (samples.classes.empty() ? distances : 1));
}

INSTANTIATE_TEST_SUITE_P(Nets, NetGradient, ::testing::ValuesIn(Cases()), NameOf);

}  // namespace
}  // namespace halflife
