// A sweep asked by the page is the program's own: same result, same report.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "halflife/report.h"
#include "halflife/table.h"
#include "halflife/tune.h"
#include "halflife/tune_net.h"
#include "lab/questions.h"
#include "support/errors.h"
#include "support/files.h"

namespace halflife {
namespace {

using nlohmann::json;
using testing::ErrorOf;

std::string Data(const std::string& name) {
  return testing::ReadFile(std::string(HALFLIFE_SOURCE_DIR) + "/data/" + name);
}

// Without what depends on the clock, the version and the file's name.
json Comparable(const std::string& text) {
  json result = json::parse(text);
  result.erase("timing_s");
  result.erase("version");
  return result;
}

TEST(Columns, AreListedWithTheirKinds) {
  const std::string csv = "a,b,\"c <d>\"\n1,x,\n2,y,5\n3,x,6\n";
  const Answer answer = AskColumns(Question("", csv));
  EXPECT_EQ(answer.numbers.at("rows")[0], 3);
  const json columns = json::parse(answer.texts.at("columns"));
  ASSERT_EQ(columns.size(), 3U);
  EXPECT_EQ(columns[1], (json{{"name", "b"}, {"kind", "text"}, {"levels", 2}, {"missing", 0}}));
  EXPECT_EQ(columns[2],
            (json{{"name", "c <d>"}, {"kind", "numbers"}, {"levels", 0}, {"missing", 1}}));
}

TEST(Practice, GivesTheResultOfTheLibrary) {
  const std::string csv = Data("diabetes.csv");
  const Answer answer =
      AskPractice(Question("decays=0,1e-5,1e-3,0.1,1 name=diabetes.csv seed=3", csv));
  TuneOptions options;
  options.data.target = "progression";
  options.data.seed = 3;
  options.decays = {0, 1e-5, 1e-3, 0.1, 1};
  options.threads = 1;
  const TuneResult result = Tune(ParseCsv(csv, "diabetes.csv"), options).result;
  EXPECT_EQ(Comparable(answer.texts.at("result")), Comparable(ResultJson(result)));
  EXPECT_NE(answer.texts.at("report").find("no detectable effect"), std::string::npos);
  EXPECT_EQ(answer.texts.at("loss.wide").rfind("<svg", 0), 0U);
  EXPECT_NE(answer.texts.at("loss.readout").find("readings"), std::string::npos);
}

TEST(Practice, TrainsTheNetOfTheLibraryWithAndWithoutDecayOnBiases) {
  const std::string csv = Data("diabetes.csv");
  const std::string base = "model=net decays=0,0.01,1 seeds=2 epochs=5 hidden=4 lr=0.01 name=d.csv";
  const Answer answer = AskPractice(Question(base, csv));
  NetTuneOptions options;
  options.data.target = "progression";
  options.decays = {0, 0.01, 1};
  options.rounds = 1;  // as on the page
  options.textbook = false;
  options.seeds = 2;
  options.net.hidden = {4};
  options.training.epochs = 5;
  options.training.batch = 32;
  options.training.optimizer.rule = "adamw";
  options.training.optimizer.law = DecayLaw::kDecoupled;
  options.lrs = {0.01};
  options.threads = 1;
  const Table table = ParseCsv(csv, "d.csv");
  const TuneResult result = TuneNet(table, nullptr, options).result;
  EXPECT_EQ(Comparable(answer.texts.at("result")), Comparable(ResultJson(result)));
  EXPECT_NE(answer.texts.find("learning.wide"), answer.texts.end());
  const Answer biased = AskPractice(Question(base + " bias=1", csv));
  options.training.optimizer.policy = DecayPolicy::kAll;
  EXPECT_EQ(Comparable(biased.texts.at("result")),
            Comparable(ResultJson(TuneNet(table, nullptr, options).result)));
  EXPECT_NE(biased.texts.at("result"), answer.texts.at("result"));
}

TEST(Practice, ColumnsAreChosenByPlace) {
  const std::string csv = "id,y,x y\n1,2,3\n2,4,1\n3,6,7\n4,8,2\n5,9,9\n6,1,1\n";
  const Answer answer = AskPractice(Question("target=1 ignore=0 folds=3 decays=0,1", csv));
  const json result = json::parse(answer.texts.at("result"));
  EXPECT_EQ(result["data"]["target"], "y");
  EXPECT_EQ(result["data"]["features"], 1);
}

TEST(Practice, SaysWhatIsWrongWithAFile) {
  const auto error = [](const std::string& options, const std::string& csv) {
    return ErrorOf([&] { AskPractice(Question(options, csv)); });
  };
  EXPECT_EQ(error("", ""), "table.csv:1:1: the file is empty; it needs a header and rows below it");
  EXPECT_NE(error("", "a,b\n1,2\n3\n").find("table.csv:3"), std::string::npos);
  EXPECT_NE(error("target=7", "a,b\n1,2\n3,4\n").find("target"), std::string::npos);
  EXPECT_NE(error("ignore=7", "a,b\n1,2\n3,4\n").find("column"), std::string::npos);
  EXPECT_EQ(error("", std::string(50'000'001, 'a')),
            "the file has more than 50 MB, too much for a page; use the program: halflife tune");
  EXPECT_NE(error("ignore=0.5", "a,b\n1,2\n3,4\n").find("column"), std::string::npos);
  std::string names = "a,b\n";
  for (int i = 0; i < 1001; ++i) names += fmt::format("x{},{}\n", i, i);
  EXPECT_NE(error("", names).find("1001 rows and 1002 columns"), std::string::npos);
  EXPECT_NE(error("decays=-1", "a,b\n1,2\n3,4\n5,6\n").find("decay"), std::string::npos);
}

}  // namespace
}  // namespace halflife
