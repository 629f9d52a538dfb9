// Every loss of a whole path against numbers that scikit-learn and NumPy computed from the same
// files; see README.md in this folder.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "halflife/tune.h"
#include "support/tables.h"

namespace halflife {
namespace {

using Json = nlohmann::json;

Json ReadJson(const std::string& path) { return Json::parse(std::ifstream(path)); }

TuneOptions OptionsOf(const Json& golden) {
  TuneOptions options;
  options.data.target = golden["target"];
  options.data.log_target = golden["log_target"];
  options.data.ignore = golden["ignore"].get<std::vector<std::string>>();
  options.data.fold_column = "fold";
  for (const Json& point : golden["grid"]) options.decays.push_back(point["decay"]);
  return options;
}

struct Case {
  const char* dataset;
  double tolerance;  // relative, as the convention's independent computations must agree
};

// What rounding allows: linear systems of condition number up to 1e6 (1e13 for meats, whose spectra
// are collinear) at 16 digits; for logistic the remaining gradient of 1e-8 over the smallest decay,
// 1e-4, times the last step's promise of 1e-7 in the logits.
const Case kCases[] = {{"ames", 1e-8},          {"diabetes", 1e-8}, {"meats", 1e-5},
                       {"breast_cancer", 1e-6}, {"credit", 1e-6},   {"pd_speech", 1e-6},
                       {"digits", 1e-6},        {"wa_churn", 1e-6}};
constexpr double kToleranceAtZero = 1e-4;  // minimum norm: the rank is a judgement about rounding

class GoldenPath : public ::testing::TestWithParam<Case> {};

TEST_P(GoldenPath, EqualsTheIndependentComputation) {
  const Json golden = ReadJson(testing::GoldenPath(std::string("paths_") + GetParam().dataset));
  const TuneOutcome outcome = Tune(testing::WithGoldenFolds(GetParam().dataset), OptionsOf(golden));
  ASSERT_EQ(outcome.result.grid.size(), golden["grid"].size());
  EXPECT_EQ(outcome.result.data.features, golden["encoded_columns"].get<std::size_t>());
  const bool regression = outcome.result.data.task == Task::kRegression;
  for (std::size_t i = 0; i < outcome.result.grid.size(); ++i) {
    const GridPoint& point = outcome.result.grid[i];
    const Json& wanted = golden["grid"][i];
    const double tolerance = point.decay == 0.0 ? kToleranceAtZero : GetParam().tolerance;
    const auto near = [&](double value, const Json& number, const char* what) {
      EXPECT_NEAR(value, number.get<double>(), tolerance * std::abs(number.get<double>()))
          << what << " at decay " << point.decay;
    };
    near(point.train.mean, wanted["train"]["loss"], "train loss");
    near(point.validation.mean, wanted["validation"]["loss"], "validation loss");
    near(point.score, wanted["validation"][regression ? "r2" : "accuracy"], "score");
    near(point.weight_norm, wanted["weight_norm"], "norm");
    // A standard error is a difference of losses: it has as many digits fewer as it is smaller.
    const double digits_lost =
        wanted["validation"]["loss"].get<double>() / wanted["validation"]["se"].get<double>();
    EXPECT_NEAR(point.validation.se, wanted["validation"]["se"].get<double>(),
                tolerance * digits_lost * wanted["validation"]["se"].get<double>());
    if (!wanted["effective_dof"].is_null())
      near(point.effective_dof.value(), wanted["effective_dof"], "effective dof");
  }
}

INSTANTIATE_TEST_SUITE_P(ShippedData, GoldenPath, ::testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.dataset); });

}  // namespace
}  // namespace halflife
