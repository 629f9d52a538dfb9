#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/program.h"
#include "support/tables.h"

namespace halflife {
namespace {

using Json = nlohmann::json;
using TuneProgram = testing::ProgramTest;
using testing::DataPath;
using testing::Ran;
using testing::ReadFile;

// result.json without what may differ between runs: times, and the number of threads asked for.
Json Comparable(const std::string& path) {
  Json json = Json::parse(ReadFile(path));
  json.erase("timing_s");
  json.erase("threads");
  return json;
}

TEST_F(TuneProgram, WritesTheThreeFilesAndSaysWhere) {
  const Ran ran = Run("tune " + DataPath("diabetes") + " --target progression");
  ASSERT_EQ(ran.code, 0) << ran.err;
  const Json result = Json::parse(ReadFile(Path("halflife-out/result.json")));
  EXPECT_EQ(result["schema"], "halflife.result/1");
  EXPECT_EQ(result["data"]["rows"], 442);
  EXPECT_EQ(result["data"]["task"], "regression");
  EXPECT_EQ(result["folds"], 10);
  EXPECT_EQ(result["grid"].size(), 61U);
  EXPECT_EQ(result["grid"][0]["decay"], 0);
  EXPECT_EQ(result["verdict"]["label"], "no detectable effect");
  for (const char* key : {"read", "fit", "verdict", "report"})
    EXPECT_GE(result["timing_s"][key].get<double>(), 0.0);
  for (const char* name :
       {"halflife-out/result.json", "halflife-out/report.html", "halflife-out/model.json"}) {
    EXPECT_NE(ran.out.find(name), std::string::npos);
    EXPECT_GT(ReadFile(Path(name)).size(), 1000U);
  }
}

TEST_F(TuneProgram, ThreadsAndRunsGiveTheSameBytes) {
  for (const std::string& data : {DataPath("credit") + " --target Status",
                                  DataPath("ames") + " --target Sale_Price --log-target"}) {
    for (const char* run : {"a --threads 1", "b --threads 2", "c --threads 2"}) {
      ASSERT_EQ(Run("tune " + data + " --quiet --out " + run).code, 0);
    }
    for (const char* other : {"b", "c"}) {
      EXPECT_EQ(Comparable(Path("a/result.json")),
                Comparable(Path(std::string(other) + "/result.json")));
      EXPECT_EQ(ReadFile(Path("a/model.json")), ReadFile(Path(std::string(other) + "/model.json")));
    }
  }
}

TEST_F(TuneProgram, StreamsAFileWhereAskedTo) {
  const std::string table = DataPath("ames") + " --target Sale_Price --quiet";
  ASSERT_EQ(Run("tune " + table + " --out a").code, 0);
  const Ran ran = Run("tune " + table + " --ignore 'Street,Alley' --stream --out b");
  ASSERT_EQ(ran.code, 0) << ran.err;
  const Json memory = Comparable(Path("a/result.json"));
  const Json streamed = Comparable(Path("b/result.json"));
  EXPECT_EQ(memory["data"]["streamed"], false);
  EXPECT_EQ(streamed["data"]["streamed"], true);
  EXPECT_EQ(streamed["data"]["rows"], memory["data"]["rows"]);
  EXPECT_EQ(streamed["data"]["columns"], memory["data"]["columns"]);
  EXPECT_LT(streamed["data"]["features"], memory["data"]["features"]);
}

TEST_F(TuneProgram, StreamsAFileWithColumnsThatAreNotDecayed) {
  const std::string table =
      DataPath("diabetes") + " --target progression --no-decay bmi,s5 --decay 0,0.01,1 --quiet";
  ASSERT_EQ(Run("tune " + table + " --out a").code, 0);
  const Ran ran = Run("tune " + table + " --stream --out b");
  ASSERT_EQ(ran.code, 0) << ran.err;
  const Json memory = Comparable(Path("a/result.json"));
  const Json streamed = Comparable(Path("b/result.json"));
  EXPECT_EQ(streamed["data"]["streamed"], true);
  EXPECT_EQ(streamed["model"]["no_decay"], (std::vector<std::string>{"bmi", "s5"}));
  EXPECT_EQ(streamed["model"], memory["model"]);
}

TEST_F(TuneProgram, SaysWhatCannotBeStreamed) {
  const auto error = [&](const std::string& arguments, int code) {
    const Ran ran = Run("tune " + arguments + " --stream --quiet");
    EXPECT_EQ(ran.code, code) << ran.err;
    return ran.err;
  };
  EXPECT_EQ(error(DataPath("credit") + " --target Status", 2),
            "halflife: --stream is for regression, and the target holds classes; leave out "
            "--stream, or use --task regression for numbers\n");
  EXPECT_NE(error(DataPath("credit") + " --target Status --model mlp", 2)
                .find("nets train on rows; leave out --stream or --model mlp"),
            std::string::npos);
  EXPECT_EQ(error(DataPath("ames") + " --target Sale_Price --penalty l1", 2),
            "halflife: --stream is for the l2 penalty, whose fits follow from sums; leave out "
            "--stream for l1 and elastic-net\n");
  EXPECT_NE(error("no_such.csv --target y", 1).find("cannot be opened"), std::string::npos);
}

TEST_F(TuneProgram, QuietPrintsNothing) {
  const Ran ran = Run("tune " + DataPath("diabetes") + " --target progression --quiet");
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out + ran.err, "");
}

TEST_F(TuneProgram, AnExplicitListIsUsedExactly) {
  ASSERT_EQ(
      Run("tune " + DataPath("diabetes") + " --target progression --decay 1e-3,0.25,7 --quiet")
          .code,
      0);
  const Json grid = Json::parse(ReadFile(Path("halflife-out/result.json")))["grid"];
  ASSERT_EQ(grid.size(), 3U);
  EXPECT_EQ(grid[0]["decay"], 1e-3);
  EXPECT_EQ(grid[1]["decay"], 0.25);
  EXPECT_EQ(grid[2]["decay"], 7);
}

TEST_F(TuneProgram, ComparesWithTheDecayInUse) {
  const std::string tune = "tune " + DataPath("diabetes") + " --target progression";
  const Ran ran = Run(tune + " --current-decay 5 --rounds 2");
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.out.find("Over 5, the decay in use, the gain of tuning is"), std::string::npos);
  const Json result = Json::parse(ReadFile(Path("halflife-out/result.json")));
  EXPECT_EQ(result["rounds"], 2);
  EXPECT_EQ(result["verdict"]["chose_zero"]["of"], 20);
  EXPECT_EQ(result["verdict"]["over_current"]["decay"], 5);
  EXPECT_GT(result["verdict"]["over_current"]["ci95"][0], 0.0);
  for (const Json& point : result["grid"]) EXPECT_NE(point["decay"], 5);
  EXPECT_EQ(Run(tune + " --current-decay -1").err,
            "halflife: --current-decay: \"-1\" is not a number from 0 to 1e+100; see halflife "
            "tune --help\n");
}

TEST_F(TuneProgram, OfNetsTellsWhatOtherDecaysAndSizesWouldGain) {
  const std::string tune =
      "tune " + DataPath("diabetes") +
      " --target progression --model mlp --hidden 4 --epochs 40 --lr 0.01 --decay 0.1,1";
  const Ran ran = Run(tune + " --current-decay 0.5 --sizes 0.5,2");
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.out.find("Over 0.5, the decay in use"), std::string::npos);
  EXPECT_NE(ran.out.find("Textbook values against no decay"), std::string::npos);
  EXPECT_NE(ran.out.find("Decaying biases too, at"), std::string::npos);
  Json result = Json::parse(ReadFile(Path("halflife-out/result.json")));
  EXPECT_EQ(result["verdict"]["textbook"].size(), 3U);
  EXPECT_EQ(result["verdict"]["score_change"][0]["score"], "r2");
  const Json& sizes = result["diagnostics"]["sizes"];
  ASSERT_EQ(sizes.size(), 3U);
  EXPECT_EQ(sizes[0]["hidden"], Json::parse("[2]"));
  EXPECT_EQ(sizes[2]["hidden"], Json::parse("[8]"));
  const Ran bare = Run(tune + " --no-textbook");
  ASSERT_EQ(bare.code, 0) << bare.err;
  result = Json::parse(ReadFile(Path("halflife-out/result.json")));
  EXPECT_TRUE(result["verdict"]["textbook"].empty());
  EXPECT_TRUE(result["verdict"]["biases_decayed"].is_null());
  EXPECT_EQ(Run(tune + " --sizes 0.5,x").code, 2);
  EXPECT_EQ(Run(tune + " --sizes 0").err,
            "halflife: --sizes 0: a multiple of the hidden layers' widths above 0, which gives no "
            "layer more than 65536 units\n");
  EXPECT_EQ(Run(tune + " --hidden none --sizes 2").code, 2);
}

// --seeds is the other name of --rounds where nothing is trained.
TEST_F(TuneProgram, DrawsTheFoldsFiveTimesUnlessTold) {
  const std::string tune = "tune " + DataPath("diabetes") + " --target progression --quiet";
  const auto rounds = [&](const std::string& flags) {
    EXPECT_EQ(Run(tune + flags).code, 0);
    return Json::parse(ReadFile(Path("halflife-out/result.json")))["rounds"].get<int>();
  };
  EXPECT_EQ(rounds(""), 5);
  EXPECT_EQ(rounds(" --seeds 3"), 3);
  EXPECT_EQ(rounds(" --rounds 1"), 1);
}

// A limit on file sizes stands for a full disk: the old answer stays whole.
TEST_F(TuneProgram, AFullDiskLeavesTheOldFiles) {
  const std::string tune = "tune " + DataPath("diabetes") + " --target progression --quiet";
  ASSERT_EQ(Run(tune).code, 0);
  const std::string before =
      ReadFile(Path("halflife-out/result.json")) + ReadFile(Path("halflife-out/model.json"));
  const std::string full = "cd '" + folder_.string() +
                           "' && (ulimit -f 8; trap '' XFSZ; '" HALFLIFE_PROGRAM "' " + tune +
                           " --seed 2) 2>stderr";
  const int status = std::system(full.c_str());
  EXPECT_EQ(WEXITSTATUS(status), 1);
  EXPECT_NE(ReadFile(Path("stderr"))
                .find("cannot be written (File too large); check the name, the permissions and "
                      "the space left"),
            std::string::npos);
  EXPECT_EQ(ReadFile(Path("halflife-out/result.json")) + ReadFile(Path("halflife-out/model.json")),
            before);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(Path("halflife-out")),
                          std::filesystem::directory_iterator()),
            3);
}

TEST_F(TuneProgram, HelpAndVersionExitWithZero) {
  EXPECT_EQ(Run("--version").code, 0);
  const Ran help = Run("tune --help");
  EXPECT_EQ(help.code, 0);
  for (const char* flag : {"--target", "--task", "--model", "--decay", "--folds", "--fold-column",
                           "--rounds", "--current-decay", "--seeds", "--seed", "--threads",
                           "--missing", "--ignore", "--log-target", "--out", "--quiet"}) {
    EXPECT_NE(help.out.find(flag), std::string::npos) << flag;
  }
  EXPECT_EQ(Run("").code, 2);
}

// The column names and levels of a hostile table reach the page only escaped.
TEST_F(TuneProgram, HostileNamesStayText) {
  std::string csv = "\"<script>alert(1)</script>\",y\n";
  for (int i = 0; i < 30; ++i) csv += std::to_string(i * i % 17) + "," + std::to_string(i) + ".5\n";
  Write("t.csv", csv);
  ASSERT_EQ(Run("tune t.csv --target y --quiet").code, 0);
  EXPECT_EQ(ReadFile(Path("halflife-out/report.html")).find("<script>alert(1)"), std::string::npos);
}

struct ShippedTable {
  const char* name;
  const char* arguments;
};

class EveryShippedTable : public testing::ProgramTest,
                          public ::testing::WithParamInterface<ShippedTable> {};

TEST_P(EveryShippedTable, RunsWithItsTargetAlone) {
  const Ran ran =
      Run("tune " + DataPath(GetParam().name) + " --quiet --target " + GetParam().arguments);
  ASSERT_EQ(ran.code, 0) << ran.err;
  const Json result = Json::parse(ReadFile(Path("halflife-out/result.json")));
  EXPECT_GT(result["grid"].size(), 50U);
  EXPECT_FALSE(result["best"]["at_edge"].get<bool>());
}

INSTANTIATE_TEST_SUITE_P(
    ShippedData, EveryShippedTable,
    ::testing::Values(ShippedTable{"ames", "Sale_Price"}, ShippedTable{"diabetes", "progression"},
                      ShippedTable{"breast_cancer", "diagnosis"}, ShippedTable{"digits", "digit"},
                      ShippedTable{"pd_speech", "class"},
                      ShippedTable{"meats", "protein --ignore water,fat"},
                      ShippedTable{"credit", "Status"}, ShippedTable{"wa_churn", "churn"}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace halflife
