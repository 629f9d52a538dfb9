// The printed equivalents are true: scikit-learn and glmnet, set as printed, give the same weights.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "halflife/tune.h"
#include "support/tables.h"

namespace halflife {
namespace {

using Json = nlohmann::json;

// "NAME", "NAME=LEVEL" or "NAME=missing", as the golden numbers name coefficients, less outer
// spaces.
std::string NameOf(const ModelInput& input) {
  if (input.kind == ModelInput::Kind::kMissing) return input.column + "=missing";
  return input.kind == ModelInput::Kind::kLevel
             ? std::string(Trim(input.column + "=" + input.level))
             : input.column;
}

std::map<std::string, std::vector<double>> Coefficients(const Json& entry) {
  std::map<std::string, std::vector<double>> all;
  for (const auto& [name, value] : entry["coefficients"].items()) {
    all[std::string(Trim(name))] = value.is_array() ? value.get<std::vector<double>>()
                                                    : std::vector<double>{value.get<double>()};
  }
  return all;
}

TEST(Equivalents, OtherLibrariesAtThePrintedValueGiveTheSameWeights) {
  const Json golden = Json::parse(std::ifstream(testing::GoldenPath("equivalents")));
  ASSERT_EQ(golden["entries"].size(), 7U);
  for (const Json& entry : golden["entries"]) {
    SCOPED_TRACE(entry["program"].get<std::string>() + " on " +
                 entry["dataset"].get<std::string>());
    TuneOptions options;
    options.data.target = entry["target"];
    options.data.log_target = entry["log_target"];
    options.decays = {entry["decay"].get<double>()};
    const TuneOutcome outcome = Tune(ReadCsv(testing::DataPath(entry["dataset"])), options);
    const Equivalents& printed = outcome.result.equivalents;
    const Json& setting = entry["setting"];
    // The settings were computed in double from the same numbers: a few roundings apart.
    if (setting.contains("lambda")) {
      EXPECT_NEAR(printed.glmnet_lambda, setting["lambda"].get<double>(), 1e-12);
    } else if (setting.contains("alpha")) {
      EXPECT_DOUBLE_EQ(printed.sklearn_alpha.value(), setting["alpha"].get<double>());
    } else {
      EXPECT_DOUBLE_EQ(printed.sklearn_c.value(), setting["C"].get<double>());
    }
    const auto wanted = Coefficients(entry);
    ASSERT_EQ(outcome.model.inputs.size(), wanted.size());
    for (const ModelInput& input : outcome.model.inputs) {
      const std::vector<double>& other = wanted.at(NameOf(input));
      ASSERT_EQ(input.weights.size(), other.size());
      for (std::size_t k = 0; k < other.size(); ++k)
        EXPECT_NEAR(input.weights[k], other[k], 1e-6) << NameOf(input);
    }
    const std::vector<double> intercept =
        entry["intercept"].is_array() ? entry["intercept"].get<std::vector<double>>()
                                      : std::vector<double>{entry["intercept"].get<double>()};
    ASSERT_EQ(outcome.model.intercept.size(), intercept.size());
    for (std::size_t k = 0; k < intercept.size(); ++k)
      EXPECT_NEAR(outcome.model.intercept[k], intercept[k], 1e-6);
  }
}

}  // namespace
}  // namespace halflife
