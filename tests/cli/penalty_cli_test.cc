// --penalty and --no-decay of tables.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/penalty_flag.h"
#include "support/program.h"
#include "support/tables.h"

namespace halflife {
namespace {

using Json = nlohmann::json;
using PenaltyProgram = testing::ProgramTest;
using testing::DataPath;
using testing::Ran;
using testing::ReadFile;

TEST(PenaltyFlag, TakesNamesAndARatio) {
  EXPECT_EQ(TablePenaltyRatio("l2"), 0.0);
  EXPECT_EQ(TablePenaltyRatio("l1"), 1.0);
  EXPECT_EQ(TablePenaltyRatio("elastic-net"), 0.5);
  EXPECT_EQ(TablePenaltyRatio("elastic-net:0.25"), 0.25);
  EXPECT_EQ(ParsePenalty("group-lasso").penalty, ProximalPenalty::kGroupLasso);
}

TEST_F(PenaltyProgram, LassoSelectsAndSaysSo) {
  const Ran ran = Run("tune " + DataPath("diabetes") + " --target progression --penalty l1");
  ASSERT_EQ(ran.code, 0) << ran.err;
  const Json result = Json::parse(ReadFile(Path("halflife-out/result.json")));
  EXPECT_EQ(result["model"]["penalty"], "l1");
  EXPECT_EQ(result["model"]["l1_ratio"], 1.0);
  EXPECT_EQ(result["grid"].size(), 61U);
  EXPECT_EQ(result["grid"].back()["nonzero"], 0);
  EXPECT_EQ(result["grid"].front()["nonzero"], 10);
  const Json model = Json::parse(ReadFile(Path("halflife-out/model.json")));
  const auto best = result["grid"][result["best"]["index"].get<std::size_t>()];
  std::size_t nonzero = 0;
  for (const Json& input : model["inputs"]) nonzero += input["weights"][0] != 0.0 ? 1 : 0;
  EXPECT_EQ(best["nonzero"], nonzero);
  EXPECT_NE(ran.out.find("not 0"), std::string::npos);
  EXPECT_NE(ran.out.find("Lasso(alpha="), std::string::npos);
  EXPECT_EQ(Run("predict halflife-out/model.json " + DataPath("diabetes")).code, 0);
}

TEST_F(PenaltyProgram, ThreadsGiveTheSameBytes) {
  for (const std::string& data :
       {DataPath("diabetes") + " --target progression --penalty elastic-net:0.7 --no-decay bmi",
        DataPath("breast_cancer") + " --target diagnosis --penalty l1"}) {
    for (const char* run : {"a --threads 1", "b --threads 2"})
      ASSERT_EQ(Run("tune " + data + " --quiet --out " + run).code, 0);
    EXPECT_EQ(ReadFile(Path("a/model.json")), ReadFile(Path("b/model.json")));
    EXPECT_EQ(Json::parse(ReadFile(Path("a/result.json")))["grid"],
              Json::parse(ReadFile(Path("b/result.json")))["grid"]);
  }
}

TEST_F(PenaltyProgram, ColumnsWithoutDecayKeepTheirWeights) {
  for (const char* penalty : {"l2", "l1"}) {
    const Ran ran = Run("tune " + DataPath("diabetes") +
                        " --target progression --decay 1e4 --no-decay bmi,bp --penalty " + penalty);
    ASSERT_EQ(ran.code, 0) << ran.err;
    const Json model = Json::parse(ReadFile(Path("halflife-out/model.json")));
    for (const Json& input : model["inputs"]) {
      const bool free = input["column"] == "bmi" || input["column"] == "bp";
      EXPECT_EQ(std::abs(input["weights"][0].get<double>()) > 1.0, free) << input;
    }
    const Json result = Json::parse(ReadFile(Path("halflife-out/result.json")));
    EXPECT_EQ(result["model"]["no_decay"].get<std::vector<std::string>>(),
              (std::vector<std::string>{"bmi", "bp"}));
  }
}

TEST_F(PenaltyProgram, WrongPenaltiesAreSaidWithWhatThereIs) {
  const std::string tune = "tune " + DataPath("diabetes") + " --target progression ";
  const auto error = [&](const std::string& flags) {
    const Ran ran = Run(tune + flags);
    EXPECT_EQ(ran.code, 2);
    return ran.err;
  };
  EXPECT_NE(error("--penalty elasticnet").find("did you mean \"elastic-net\""), std::string::npos);
  EXPECT_NE(error("--penalty elastic-net:2").find("from 0 to 1"), std::string::npos);
  EXPECT_NE(error("--penalty l1:0.5").find("is no penalty"), std::string::npos);
  EXPECT_NE(error("--penalty group-lasso").find("is for nets; add --model mlp"), std::string::npos);
  EXPECT_NE(error("--no-decay weight").find("no such column"), std::string::npos);
  EXPECT_NE(error("--no-decay progression").find("target"), std::string::npos);
  EXPECT_NE(error("--no-decay age,sex,bmi,bp,s1,s2,s3,s4,s5,s6").find("no weight is left to decay"),
            std::string::npos);
  EXPECT_NE(error("--no-decay age --model mlp").find("--no-decay is for linear"),
            std::string::npos);
}

}  // namespace
}  // namespace halflife
