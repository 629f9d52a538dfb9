// Running into a folder that holds an earlier answer.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "support/program.h"

namespace halflife {
namespace {

using testing::Ran;
using testing::ReadFile;
namespace fs = std::filesystem;

class OutFolder : public testing::ProgramTest {
 protected:
  OutFolder() {
    std::string csv = "a,b,y\n";
    for (int i = 0; i < 60; ++i)
      csv += std::to_string(i * 7 % 31) + "," + std::to_string(i * 5 % 17) + "," +
             std::to_string(i * 11 % 23) + ".5\n";
    Write("one.csv", csv);
    Write("two.csv", csv);
  }

  Ran Tune(const std::string& arguments) const {
    const Ran ran = Run("tune " + arguments + " --decay 0,0.1");
    EXPECT_EQ(ran.code, 0) << ran.err;
    return ran;
  }
  Ran TuneNet(const std::string& data) const {
    return Tune(data + " --target y --model mlp --hidden 2 --epochs 2 --seeds 1");
  }
  bool Says(const Ran& ran, const std::string& what) const {
    return ran.err.find(what) != std::string::npos;
  }
  bool Holds(const std::string& name) const { return fs::exists(Path("halflife-out/" + name)); }
};

TEST_F(OutFolder, SaysWhichOtherDataItHeld) {
  EXPECT_FALSE(Says(Tune("one.csv --target y"), "note:"));
  EXPECT_FALSE(Says(Tune("one.csv --target y"), "note:"));
  EXPECT_TRUE(Says(Tune("two.csv --target y"),
                   "note: halflife-out held the results of one.csv; they are replaced\n"));
  EXPECT_TRUE(
      Says(Tune("two.csv --target a"),
           "note: halflife-out held the results of two.csv for the target y; they are replaced\n"));
  EXPECT_EQ(Tune("one.csv --target y --quiet").err, "");
}

TEST_F(OutFolder, ALinearRunTakesTheWeightsOfAnEarlierNetAway) {
  TuneNet("one.csv");
  ASSERT_TRUE(Holds("model.safetensors"));
  Write("halflife-out/notes.txt", "mine");
  Tune("one.csv --target y");
  EXPECT_FALSE(Holds("model.safetensors"));
  EXPECT_TRUE(Holds("model.json"));
  EXPECT_TRUE(Holds("report.html"));
  EXPECT_TRUE(Holds("result.json"));
  EXPECT_EQ(ReadFile(Path("halflife-out/notes.txt")), "mine");
}

TEST_F(OutFolder, WeightsThatNoRunWroteStay) {
  fs::create_directory(Path("halflife-out"));
  Write("halflife-out/model.safetensors", "mine");
  Tune("one.csv --target y");
  Tune("two.csv --target y");
  EXPECT_EQ(ReadFile(Path("halflife-out/model.safetensors")), "mine");
  TuneNet("one.csv");
  Write("halflife-out/model.safetensors", "mine");  // in the place of the net's
  Tune("one.csv --target y");
  EXPECT_EQ(ReadFile(Path("halflife-out/model.safetensors")), "mine");
}

TEST_F(OutFolder, ARunThatFailsLeavesTheEarlierAnswerWhole) {
  TuneNet("one.csv");
  const std::string result = ReadFile(Path("halflife-out/result.json"));
  EXPECT_EQ(Run("tune two.csv --target nothing").code, 2);
  fs::remove(Path("halflife-out/report.html"));
  fs::create_directory(Path("halflife-out/report.html"));  // in the way
  EXPECT_EQ(Run("tune two.csv --target y --decay 0,0.1").code, 1);
  EXPECT_EQ(ReadFile(Path("halflife-out/result.json")), result);
  EXPECT_TRUE(Holds("model.safetensors"));
}

TEST_F(OutFolder, ABrokenOrForeignResultIsReplacedWithoutAWord) {
  fs::create_directory(Path("halflife-out"));
  for (const std::string& bytes :
       {std::string(), std::string("{"), std::string("\0\xff", 2), std::string("[1, 2]"),
        std::string("{\"schema\": 7}"), std::string("{\"schema\": \"halflife.result/1\"}"),
        std::string("{\"schema\": \"another/1\", \"data\": {\"path\": \"x\"}}"),
        std::string(200000, '['),
        std::string("{\"schema\": \"halflife.result/1\", \"data\": 3}")}) {
    Write("halflife-out/result.json", bytes);
    Write("halflife-out/model.json", bytes);
    EXPECT_FALSE(Says(Tune("one.csv --target y"), "note:")) << bytes.substr(0, 60);
    EXPECT_TRUE(nlohmann::json::accept(ReadFile(Path("halflife-out/result.json"))));
  }
}

TEST_F(OutFolder, NamesInAnEarlierResultCannotReachTheTerminal) {
  fs::create_directory(Path("halflife-out"));
  Write("halflife-out/result.json",
        R"({"schema": "halflife.result/1", "data": {"path": "a\u001b[2J\nb", "target": 5}})");
  const Ran ran = Tune("one.csv --target y");
  EXPECT_TRUE(
      Says(ran, "note: halflife-out held the results of a\uFFFD[2J\uFFFDb; they are replaced\n"))
      << ran.err;
}

TEST_F(OutFolder, APipeInThePlaceOfTheResultDoesNotBlock) {
  fs::create_directory(Path("halflife-out"));
  ASSERT_EQ(mkfifo(Path("halflife-out/result.json").c_str(), 0600), 0);
  Tune("one.csv --target y");
  EXPECT_TRUE(fs::is_regular_file(Path("halflife-out/result.json")));
}

}  // namespace
}  // namespace halflife
