// Tables as people have them, through the program: what is understood, what is said, what is asked
// for by flag.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/random.h"
#include "support/messy.h"
#include "support/program.h"
#include "support/tables.h"

namespace halflife {
namespace {

using Json = nlohmann::json;
using testing::DataPath;
using testing::MessyHouses;
using testing::Ran;
using testing::ReadFile;

class TableProgram : public testing::ProgramTest {
 protected:
  Json Result() const { return Json::parse(ReadFile(Path("halflife-out/result.json"))); }

  static double BestR2(const Json& result) {
    return result["grid"][result["best"]["index"].get<std::size_t>()]["validation"]["r2"];
  }
  static Json Column(const Json& result, const std::string& name) {
    for (const Json& column : result["data"]["column_list"]) {
      if (column["name"] == name) return column;
    }
    return nullptr;
  }
  static bool Has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }
  // `text` with every run of blanks and line ends as one blank.
  static std::string OneLine(const std::string& text) {
    std::string line;
    for (const char c : text) {
      const bool blank = c == ' ' || c == '\n';
      if (!blank || (!line.empty() && line.back() != ' ')) line += blank ? ' ' : c;
    }
    return line;
  }
};

TEST_F(TableProgram, MessyTablesAreReadAsAPersonWould) {
  Write("houses.csv", MessyHouses(3000, 5));
  ASSERT_EQ(Run("tune houses.csv --target price --log-target --ignore id").code, 0);
  EXPECT_GT(BestR2(Result()), 0.85);
  const Ran ran = Run("tune houses.csv --target price --log-target --ignore id,commission");
  ASSERT_EQ(ran.code, 0) << ran.err;
  const Json result = Result();
  EXPECT_GT(BestR2(result), 0.70);
  const std::pair<const char*, const char*> kinds[] = {
      {"id", "left out"},       {"listed", "date"},         {"street", "left out"},
      {"postcode", "category"}, {"area", "number"},         {"rooms", "number"},
      {"tax", "number"},        {"fee", "number"},          {"pool", "boolean"},
      {"state", "category"},    {"commission", "left out"}, {"price", "number"}};
  for (const auto& [name, kind] : kinds) EXPECT_EQ(Column(result, name)["kind"], kind) << name;
  EXPECT_EQ(Column(result, "pool")["levels"], 2);
  for (const char* said : {"street (3000 levels with one row)", "dates, taken as days: listed",
                           "postcode (01", "tax", "fee ($)"})
    EXPECT_TRUE(Has(OneLine(ran.out), said)) << said << "\n" << ran.out;
}

TEST_F(TableProgram, ColumnsNamesEverySurpriseTheLeakAmongThem) {
  Write("houses.csv", MessyHouses(800, 6));
  const Ran ran = Run("columns houses.csv --target price --ignore id");
  ASSERT_EQ(ran.code, 0) << ran.err;
  for (const char* said :
       {"of \"price\" by itself; if it is only known afterwards, --ignore commission",
        "--category street keeps it", "--number postcode takes them as numbers",
        "dates, taken as days", "percentages", "amounts of money, taken as numbers ($)",
        "words taken as missing cells", "spellings that mean one level", "left out, as asked",
        "number, the target"})
    EXPECT_TRUE(Has(ran.out, said)) << said << "\n" << ran.out;
  const Ran without = Run("columns houses.csv");
  EXPECT_EQ(without.code, 0);
  EXPECT_FALSE(Has(without.out, "by itself"));
  EXPECT_EQ(Run("columns houses.csv --target cost").code, 2);
}

TEST_F(TableProgram, FlagsChangeWhatAColumnIs) {
  Write("houses.csv", MessyHouses(300, 7));
  ASSERT_EQ(Run("tune houses.csv --target price --number postcode --category rooms,pool "
                "--ignore id,commission,street")
                .code,
            0);
  const Json result = Result();
  EXPECT_EQ(Column(result, "postcode")["kind"], "number");
  EXPECT_EQ(Column(result, "rooms")["kind"], "category");
  EXPECT_EQ(Run("tune houses.csv --target price --number state").code, 1);
  EXPECT_TRUE(Has(Run("tune houses.csv --target price --category romos").err, "\"rooms\""));
}

TEST_F(TableProgram, NoSignalIsTheFirstSentenceAndNothingIsRecommended) {
  Random random(11);
  std::string csv = "a,b,c,y\n";
  for (int i = 0; i < 300; ++i)
    csv += fmt::format("{:.3f},{:.3f},{:.3f},{:.3f}\n", random.Normal(), random.Normal(),
                       random.Normal(), random.Normal());
  Write("noise.csv", csv);
  const Ran ran = Run("tune noise.csv --target y");
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(Has(OneLine(ran.out), "\n\n") ||
              Has(ran.out, "\nThese columns tell a linear model nothing about y"))
      << ran.out;
  for (const char* unsaid : {"weight_decay", "Ridge(alpha", "one-SE", "halve"})
    EXPECT_FALSE(Has(ran.out, unsaid)) << unsaid;
  const Json result = Result();
  EXPECT_EQ(result["verdict"]["label"], "no signal");
  EXPECT_TRUE(result["recommended"]["decay"].is_null());
  EXPECT_TRUE(result["verdict"]["no_signal"]["no_signal"]);
  const std::string page = ReadFile(Path("halflife-out/report.html"));
  EXPECT_FALSE(Has(page, "optim.SGD"));
  EXPECT_TRUE(Has(page, "These columns tell a linear model nothing about y"));
}

TEST_F(TableProgram, WholeWeightsAreRepeatedRows) {
  Random random(12);
  std::string weighted = "x,z,k,fold,w,y\n";
  std::string repeated = "x,z,k,fold,y\n";
  for (int i = 0; i < 200; ++i) {
    const double x = random.Normal();
    const auto w = random.Below(4);
    const std::string row =
        fmt::format("{:.4f},{:.4f},{},{}", x, random.Normal(), "abc"[random.Below(3)], i % 5);
    const std::string y = fmt::format("{:.4f}", x + random.Normal());
    weighted += fmt::format("{},{},{}\n", row, w, y);
    for (uint64_t r = 0; r < w; ++r) repeated += row + "," + y + "\n";
  }
  Write("weighted.csv", weighted);
  Write("repeated.csv", repeated);
  const std::string flags = " --target y --fold-column fold --decay 1e-5,0.01,1 --quiet";
  ASSERT_EQ(Run("tune weighted.csv --weight w --out a" + flags).code, 0);
  ASSERT_EQ(Run("tune repeated.csv --out b" + flags).code, 0);
  const Json a = Json::parse(ReadFile(Path("a/result.json")));
  const Json b = Json::parse(ReadFile(Path("b/result.json")));
  // Sums of a few hundred terms in another order: 1e-12 of their size.
  for (std::size_t d = 0; d < 3; ++d) {
    for (const char* part : {"train", "validation"}) {
      const double loss = b["grid"][d][part]["loss"];
      EXPECT_NEAR(a["grid"][d][part]["loss"], loss, 1e-12 * loss);
    }
    EXPECT_NEAR(a["grid"][d]["validation"]["r2"], b["grid"][d]["validation"]["r2"], 1e-12);
  }
  EXPECT_NEAR(a["equivalents"]["sklearn_alpha"], b["equivalents"]["sklearn_alpha"], 1e-9);
  EXPECT_NEAR(a["verdict"]["p_value"], b["verdict"]["p_value"], 1e-9);
  EXPECT_EQ(a["data"]["total_weight"], b["data"]["rows"]);
}

TEST_F(TableProgram, GroupsAndTimeMakeTheFolds) {
  Random random(13);
  std::string csv = "x,who,day,y\n";
  for (int i = 0; i < 120; ++i)
    csv += fmt::format("{:.3f},p{},2024-{:02}-{:02},{:.3f}\n", random.Normal(), i / 4,
                       1 + i / 28 % 12, 1 + i % 28, random.Normal());
  Write("t.csv", csv);
  ASSERT_EQ(Run("tune t.csv --target y --group who --ignore day --quiet").code, 0);
  EXPECT_EQ(Column(Result(), "who")["role"], "group");
  EXPECT_EQ(Result()["data"]["features"], 1);
  ASSERT_EQ(Run("tune t.csv --target y --time day --ignore who --quiet").code, 0);
  EXPECT_EQ(Column(Result(), "day")["role"], "time");
  EXPECT_EQ(Result()["data"]["features"], 1);
  const Ran both = Run("tune t.csv --target y --time day --group who");
  EXPECT_EQ(both.code, 2);
  EXPECT_TRUE(Has(both.err, "--time fixes; leave out one of the two")) << both.err;
  EXPECT_EQ(Run("tune t.csv --target y --time day --seeds 2").code, 2);
  EXPECT_EQ(Run("tune t.csv --target y --group who --folds 31").code, 2);
}

TEST_F(TableProgram, PredictReadsStandardInput) {
  ASSERT_EQ(Run("tune " + DataPath("diabetes") + " --target progression --quiet").code, 0);
  const Ran file = Run("predict halflife-out/model.json " + DataPath("diabetes"));
  const Ran piped = Run("predict halflife-out/model.json - < " + DataPath("diabetes"));
  ASSERT_EQ(piped.code, 0) << piped.err;
  EXPECT_EQ(piped.out, file.out);
  const Ran broken = Run("predict halflife-out/model.json - < /dev/null");
  EXPECT_EQ(broken.code, 1);
  EXPECT_TRUE(broken.err.starts_with("halflife: standard input:1:1: ")) << broken.err;
}

TEST_F(TableProgram, DoesNotWriteOverItsInput) {
  Write("model.json", "x,y\n1,2\n2,3\n3,5\n4,4\n5,7\n");
  const Ran ran = Run("tune model.json --target y --out .");
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.err, "halflife: --out .: model.json there is read from; name another folder\n");
}

TEST_F(TableProgram, ABaselineThatWasNotAskedForCanBeTheBetterOne) {
  std::string csv = "x,y\n";
  for (int i = 1; i <= 40; ++i) csv += fmt::format("{},{}\n", i, 3 * i + i % 3);
  Write("line.csv", csv);
  ASSERT_EQ(Run("tune line.csv --target y --decay 1e4,1e6 --quiet").code, 0);
  EXPECT_EQ(Result()["recommended"]["decay"], 0);
  EXPECT_FALSE(Result()["verdict"]["no_signal"]["no_signal"]);
}

// A pipe that nothing is written to before the interrupt: no clock is involved.
TEST_F(TableProgram, AnInterruptBeforeTheFitsExitsWith130) {
  Write("run.sh",
        "mkfifo pipe\n\"$1\" tune pipe --target y >out 2>err &\npid=$!\nexec 3>pipe\n"
        "kill -INT $pid\nprintf 'x,y\\n1,2\\n2,3\\n3,5\\n4,4\\n' >&3\nexec 3>&-\nwait $pid\n"
        "echo $? >code\n");
  const std::string command =
      "cd '" + folder_.string() + "' && bash -m run.sh '" HALFLIFE_PROGRAM "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(ReadFile(Path("code")), "130\n") << ReadFile(Path("err"));
  EXPECT_TRUE(Has(ReadFile(Path("err")), "interrupted")) << ReadFile(Path("err"));
}

}  // namespace
}  // namespace halflife
