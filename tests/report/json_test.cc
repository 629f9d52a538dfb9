#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "halflife/report.h"
#include "report/sample_result.h"

namespace halflife {
namespace {

using Json = nlohmann::ordered_json;
using Keys = std::vector<std::string>;

Keys KeysOf(const Json& json) {
  Keys keys;
  for (const auto& item : json.items()) keys.push_back(item.key());
  return keys;
}

TEST(ResultJson, HasTheKeysOfTheSchemaInOrder) {
  const Json json = Json::parse(ResultJson([] {
    TuneResult result = RegressionSample();
    result.version = "1.2.3";
    return result;
  }()));
  EXPECT_EQ(json["schema"], "halflife.result/1");
  EXPECT_EQ(json["version"], "1.2.3");
  EXPECT_EQ(KeysOf(json),
            (Keys{"schema",       "version",      "convention", "data",        "model",
                  "folds",        "seeds",        "rounds",     "seed",        "threads",
                  "grid",         "best",         "one_se",     "recommended", "interrupted",
                  "decays_given", "unfit_decays", "verdict",    "equivalents", "paths",
                  "diagnostics",  "findings",     "notes",      "timing_s"}));
  EXPECT_EQ(KeysOf(json["data"]),
            (Keys{"path", "rows", "rows_dropped", "streamed", "total_weight", "columns", "features",
                  "target", "task", "classes", "log_target", "column_list", "findings"}));
  EXPECT_EQ(KeysOf(json["grid"][0]),
            (Keys{"decay", "train", "validation", "weight_norm", "effective_dof", "loo", "gcv",
                  "log_evidence", "half_life_epochs", "nonzero"}));
  EXPECT_EQ(KeysOf(json["best"]), (Keys{"decay", "index", "at_edge"}));
  EXPECT_EQ(KeysOf(json["one_se"]), (Keys{"decay", "index"}));
  EXPECT_EQ(KeysOf(json["verdict"]),
            (Keys{"label", "baseline", "compared", "improvement", "ci95", "p_value",
                  "minimum_detectable", "baseline_loss", "gain_percent", "score_change",
                  "negligible_band", "chance_negligible", "chose_zero", "over_current", "textbook",
                  "biases_decayed", "no_signal", "findings", "notes"}));
  EXPECT_EQ(KeysOf(json["verdict"]["over_current"]),
            (Keys{"decay", "improvement", "ci95", "p_value", "percent"}));
  EXPECT_EQ(KeysOf(json["verdict"]["score_change"][0]),
            (Keys{"score", "baseline", "tuned", "ci95"}));
  EXPECT_EQ(json["verdict"]["chose_zero"], (Json{{"count", 1}, {"of", 50}}));
  EXPECT_EQ(KeysOf(json["timing_s"]), (Keys{"read", "fit", "verdict", "diagnostics", "report"}));
}

TEST(ResultJson, NamesTheScoreAndTheUnitsOfTheTask) {
  const Json regression = Json::parse(ResultJson(RegressionSample()));
  EXPECT_EQ(KeysOf(regression["grid"][0]["validation"]), (Keys{"loss", "se", "r2"}));
  EXPECT_EQ(
      KeysOf(regression["equivalents"]),
      (Keys{"sklearn_alpha", "glmnet_lambda", "glmnet_alpha", "pytorch_weight_decay", "keras_l2"}));
  EXPECT_EQ(regression["model"]["family"], "linear");
  EXPECT_EQ(regression["data"]["task"], "regression");

  TuneResult result = ClassificationSample();
  const Json classification = Json::parse(ResultJson(result));
  EXPECT_EQ(KeysOf(classification["grid"][0]["validation"]),
            (Keys{"loss", "se", "accuracy", "balanced_accuracy", "auc", "average_precision"}));
  EXPECT_EQ(
      KeysOf(classification["equivalents"]),
      (Keys{"sklearn_C", "glmnet_lambda", "glmnet_alpha", "pytorch_weight_decay", "keras_l2"}));
  EXPECT_EQ(classification["model"]["family"], "logistic");
  EXPECT_EQ(classification["data"]["classes"].get<Keys>(), (Keys{"benign", "malignant"}));
  result.data.classes.emplace_back("unsure");
  EXPECT_EQ(Json::parse(ResultJson(result))["model"]["family"], "softmax");
}

TEST(ResultJson, HasThePenaltyAndTheWeightsInUse) {
  TuneResult result = RegressionSample();
  EXPECT_EQ(Json::parse(ResultJson(result))["model"]["penalty"], "l2");
  EXPECT_TRUE(Json::parse(ResultJson(result))["grid"][0]["nonzero"].is_null());
  result.l1_ratio = 0.25;
  result.no_decay = {"age"};
  result.grid[0].nonzero = 7;
  const Json json = Json::parse(ResultJson(result));
  EXPECT_EQ(json["model"]["penalty"], "elastic-net");
  EXPECT_EQ(json["model"]["l1_ratio"], 0.25);
  EXPECT_EQ(json["model"]["no_decay"].get<Keys>(), Keys{"age"});
  EXPECT_EQ(json["grid"][0]["nonzero"], 7);
  EXPECT_TRUE(json["equivalents"].contains("keras_l1"));
}

TEST(ResultJson, NumbersReadBackExactly) {
  TuneResult result = RegressionSample();
  result.grid[3].validation.mean = 1.0 / 3.0;
  result.verdict.p_value = 5e-324;
  result.seed = std::numeric_limits<uint64_t>::max();
  const Json json = Json::parse(ResultJson(result));
  ASSERT_EQ(json["grid"].size(), result.grid.size());
  for (std::size_t i = 0; i < result.grid.size(); ++i) {
    EXPECT_EQ(json["grid"][i]["decay"].get<double>(), result.grid[i].decay);
    EXPECT_EQ(json["grid"][i]["validation"]["loss"].get<double>(), result.grid[i].validation.mean);
  }
  EXPECT_EQ(json["verdict"]["p_value"].get<double>(), 5e-324);
  EXPECT_EQ(json["seed"].get<uint64_t>(), result.seed);
  EXPECT_EQ(json["best"]["decay"], json["grid"][json["best"]["index"].get<std::size_t>()]["decay"]);
}

TEST(ResultJson, WhatIsNotFiniteOrNotKnownIsNull) {
  TuneResult result = ClassificationSample();
  result.verdict.ci95[0] = -std::numeric_limits<double>::infinity();
  result.verdict.minimum_detectable = std::nan("");
  result.grid[0].effective_dof.reset();
  result.grid[0].loo.reset();
  result.equivalents.sklearn_c.reset();
  const Json json = Json::parse(ResultJson(result));
  EXPECT_TRUE(json["verdict"]["ci95"][0].is_null());
  EXPECT_TRUE(json["verdict"]["ci95"][1].is_number());
  EXPECT_TRUE(json["verdict"]["minimum_detectable"].is_null());
  EXPECT_TRUE(json["grid"][0]["effective_dof"].is_null());
  for (const char* key : {"loo", "gcv", "log_evidence"})
    EXPECT_TRUE(json["grid"][0][key].is_null()) << key;
  EXPECT_TRUE(json["grid"][0]["half_life_epochs"].is_null());
  EXPECT_TRUE(json["equivalents"]["sklearn_C"].is_null());
}

TEST(ResultJson, SaysWhereDegreesOfFreedomAreAnEstimate) {
  TuneResult result = RegressionSample();
  result.grid[1].effective_dof_estimated = true;
  const Json json = Json::parse(ResultJson(result));
  EXPECT_FALSE(json["grid"][0].contains("effective_dof_estimated"));
  EXPECT_EQ(json["grid"][1]["effective_dof_estimated"], true);
}

TEST(ResultJson, KeepsOddNamesAndSurvivesBadBytes) {
  TuneResult result = RegressionSample();
  result.data.target = "a \"b\"\n\x01 </script>";
  result.data.path = "bad \xff path";
  const Json json = Json::parse(ResultJson(result));
  EXPECT_EQ(json["data"]["target"], result.data.target);
  EXPECT_EQ(json["data"]["path"], "bad � path");
}

}  // namespace
}  // namespace halflife
