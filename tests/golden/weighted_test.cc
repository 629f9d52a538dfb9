// Weighted fits against scikit-learn's with sample_weight.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "data/dataset.h"
#include "model/fitted.h"
#include "model/model.h"
#include "support/tables.h"

namespace halflife {
namespace {

using Json = nlohmann::json;

// Folds of row % 5; weights as make_golden.py has them.
Dataset WeightedDataset(const Json& entry) {
  DataOptions options;
  options.target = entry["target"];
  options.fold_column = "fold";
  Dataset data = PrepareDataset(testing::WithGoldenFolds(entry["dataset"]), options);
  for (Eigen::Index i = 0; i < data.weights.size(); ++i)
    data.weights(i) = static_cast<double>(1 + 7 * i * i % 11) / 4.0;
  return data;
}

std::vector<double> AsList(const Json& value) {
  return value.is_array() ? value.get<std::vector<double>>()
                          : std::vector<double>{value.get<double>()};
}

// Intercepts of a logit a class are free up to a common shift: the sum of those given is 0.
std::vector<double> Centred(std::vector<double> intercept) {
  if (intercept.size() == 1) return intercept;
  double mean = 0.0;
  for (const double each : intercept) mean += each / static_cast<double>(intercept.size());
  for (double& each : intercept) each -= mean;
  return intercept;
}

TEST(GoldenWeights, LossesAndWeightsEqualScikitLearns) {
  const Json golden = Json::parse(std::ifstream(testing::GoldenPath("weighted")));
  ASSERT_EQ(golden["entries"].size(), 5U);
  for (const Json& entry : golden["entries"]) {
    SCOPED_TRACE(entry["dataset"].get<std::string>() + " at " + entry["decay"].dump());
    const Dataset data = WeightedDataset(entry);
    const ModelContext context{&data, 1, {}, {}};
    const bool regression = data.target.task == Task::kRegression;
    const auto model = regression ? MakeLinear(context) : MakeLogistic(context);
    const double decay = entry["decay"];
    const FoldScore fold = model->ScoreFolds(std::vector<double>{decay})[0].folds[0];
    const Fit fit = model->FitAll(std::vector<double>{decay})[0];
    // Theirs ends at a gradient of 1e-12, ours after a step of 1e-7 in the logits and within its
    // square, over decays of .01: below 1e-9 of weights of order 1. Squared losses and weights are
    // as large as the target's variance and deviation, relative to which ridge is right to
    // rounding.
    constexpr double kTolerance = 1e-8;
    const auto near = [&](double value, double wanted) {
      EXPECT_NEAR(value, wanted, kTolerance * std::max(1.0, std::abs(wanted)));
    };
    near(fit.loss, entry["loss"]);
    near(fold.train_loss, entry["fold_0"]["train"]);
    near(fold.validation_loss, entry["fold_0"]["validation"]);
    const FittedModel fitted = MakeFittedModel(data, model->standardizer(), fit, decay);
    near(fitted.loss, entry["loss"]);
    const std::vector<double> intercept = Centred(fitted.intercept);
    const std::vector<double> other = AsList(entry["intercept"]);
    for (std::size_t k = 0; k < other.size(); ++k) near(intercept[k], other[k]);
    ASSERT_EQ(fitted.inputs.size(), entry["coefficients"].size());
    for (const ModelInput& input : fitted.inputs) {
      const std::vector<double> wanted = AsList(entry["coefficients"][input.column]);
      for (std::size_t k = 0; k < wanted.size(); ++k) near(input.weights[k], wanted[k]);
    }
  }
}

}  // namespace
}  // namespace halflife
