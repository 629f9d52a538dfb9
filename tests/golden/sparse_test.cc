// L1 and elastic-net paths against glmnet's at a tight tolerance, and glmnet's settings as printed;
// see README.md in this folder.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "halflife/tune.h"
#include "support/tables.h"

namespace halflife {
namespace {

using Json = nlohmann::json;

TuneResult TunedLike(const Json& entry) {
  TuneOptions options;
  options.data.target = entry["target"];
  options.data.fold_column = "fold";
  if (entry["dataset"] != "diabetes" && entry["dataset"] != "meats")
    options.data.task = Task::kClassification;
  options.l1_ratio = entry["l1_ratio"];
  options.decays = entry["decays"].get<std::vector<double>>();
  return Tune(testing::WithGoldenFolds(entry["dataset"]), options).result;
}

TEST(SparseGolden, LossesAndTheWeightsInUseAreGlmnets) {
  const Json golden = Json::parse(std::ifstream(testing::GoldenPath("sparse")));
  ASSERT_EQ(golden["entries"].size(), 8U);
  for (const Json& entry : golden["entries"]) {
    const TuneResult result = TunedLike(entry);
    const std::vector<double> decays = entry["decays"];
    ASSERT_EQ(result.grid.size(), decays.size());
    for (std::size_t i = 0; i < decays.size(); ++i) {
      const auto point = std::find_if(result.grid.begin(), result.grid.end(),
                                      [&](const GridPoint& p) { return p.decay == decays[i]; });
      SCOPED_TRACE(entry["dataset"].get<std::string>() + " at " + std::to_string(decays[i]));
      ASSERT_NE(point, result.grid.end());
      // glmnet ends where a pass moves no weight by more than the square root of its threshold,
      // 1e-7 (multinomial 1e-6) of the target's unit: with columns as collinear as these a loss is
      // then right to about 1e-5 of itself.
      const double loss = entry["validation"][i];
      EXPECT_NEAR(point->validation.mean, loss, 1e-5 * loss);
      EXPECT_EQ(point->nonzero.value(), entry["nonzero"][i].get<std::size_t>());
    }
  }
}

TEST(SparseGolden, GlmnetsSettingsAreAsPrinted) {
  const Json golden = Json::parse(std::ifstream(testing::GoldenPath("sparse")));
  for (const Json& entry : golden["entries"]) {
    const TuneResult result = TunedLike(entry);
    const double best = result.grid[static_cast<std::size_t>(result.best)].decay;
    // Computed in double from the same numbers: a few roundings apart.
    EXPECT_NEAR(result.equivalents.glmnet_alpha, entry["glmnet_alpha"].get<double>(), 1e-12);
    EXPECT_NEAR(result.equivalents.glmnet_lambda, best * entry["lambda_of_decay"].get<double>(),
                1e-12 * (1.0 + best) * 100.0);
  }
}

}  // namespace
}  // namespace halflife
