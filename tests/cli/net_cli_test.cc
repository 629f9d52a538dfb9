// Nets through the program: tune, predict, stop, and what is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "halflife/table.h"
#include "support/array_bytes.h"
#include "support/program.h"
#include "support/tables.h"

namespace halflife {
namespace {

using Json = nlohmann::json;
using testing::DataPath;
using testing::Ran;
using testing::ReadFile;

class NetProgram : public testing::ProgramTest {
 protected:
  Json Result(const std::string& out = "halflife-out") const {
    return Json::parse(ReadFile(Path(out + "/result.json")));
  }

  // 120 images of 3 x 3 bytes: the brighter ones are of class 1.
  void WriteImages() const {
    std::string images;
    std::string labels;
    Random random(5);
    for (int i = 0; i < 120; ++i) {
      for (int j = 0; j < 9; ++j)
        images += static_cast<char>(random.Below(128) + (i % 2 == 0 ? 0 : 100));
      labels += static_cast<char>(i % 2);
    }
    Write("images.gz", testing::Gzip(testing::Idx(8, {120, 3, 3}, images)));
    Write("labels.gz", testing::Gzip(testing::Idx(8, {120}, labels)));
    Write("both.npz",
          testing::Zip({{.name = "x.npy", .bytes = testing::Npy("|u1", "(120, 3, 3)", images)},
                        {.name = "y.npy", .bytes = testing::Npy("|u1", "(120,)", labels)}}));
  }
};

TEST_F(NetProgram, TunesATableAndPredictsWithItsNet) {
  const std::string data = DataPath("digits");
  const Ran ran =
      Run("tune " + data + " --target digit --model mlp --hidden 32 --epochs 20 --seeds 2");
  ASSERT_EQ(ran.code, 0) << ran.err;
  const Json result = Result();
  EXPECT_EQ(result["schema"], "halflife.result/1");
  EXPECT_EQ(result["model"]["family"], "mlp");
  EXPECT_EQ(result["grid"][0]["decay"], 0.0);
  EXPECT_GE(result["grid"].size(), 9U);  // 0 and eight, and what the best lies beside
  for (const char* name : {"report.html", "model.json", "model.safetensors"})
    EXPECT_TRUE(std::filesystem::exists(Path("halflife-out") + "/" + name)) << name;
  ASSERT_EQ(Run("predict halflife-out/model.json " + data + " --out p.csv").code, 0);
  const Table predicted = ReadCsv(Path("p.csv"));
  const Table table = ReadCsv(data);
  std::size_t right = 0;
  for (std::size_t i = 0; i < table.rows; ++i)
    right += predicted.columns[0].numbers[i] == table.columns.back().numbers[i] ? 1 : 0;
  // Chance would be a tenth; twenty epochs of a net of 32 units learn nine in ten and more.
  EXPECT_GT(right, table.rows * 9 / 10);
}

TEST_F(NetProgram, FewRowsAreSplitFiveTimesAndTheNetIsOfAllOfThem) {
  const std::string command = "tune " + DataPath("diabetes") +
                              " --target progression --model mlp --hidden 4 --epochs 4 --quiet";
  ASSERT_EQ(Run(command).code, 0);
  const Json five = Result();
  EXPECT_EQ(five["rounds"], 5);
  EXPECT_EQ(five["seeds"], 1);
  EXPECT_EQ(five["rows_judged"], 442);
  ASSERT_EQ(five["splits"].size(), 5U);
  EXPECT_EQ(five["verdict"]["chose_zero"]["of"], 5);
  int zero = 0;
  for (const Json& split : five["splits"]) zero += split["chosen"] == 0.0 ? 1 : 0;
  EXPECT_EQ(five["verdict"]["chose_zero"]["count"], zero);
  EXPECT_EQ(five["model"]["kept"]["all_rows"], true);
  EXPECT_EQ(five["model"]["kept"]["rows"], 442);
  const Json model = Json::parse(ReadFile(Path("halflife-out/model.json")));
  EXPECT_EQ(model["rows"], 442);
  EXPECT_EQ(model["validation_loss"],
            five["grid"][five["best"]["index"].get<std::size_t>()]["validation"]["loss"]);
  ASSERT_EQ(Run(command + " --rounds 1 --out one").code, 0);
  EXPECT_EQ(Result("one")["rounds"], 1);
  EXPECT_EQ(Result("one")["seeds"], 3);
  EXPECT_EQ(Result("one")["verdict"]["chose_zero"]["of"], 1);
  ASSERT_EQ(Run(command + " --rounds 2 --seeds 2 --out two").code, 0);
  EXPECT_EQ(Result("two")["rounds"], 2);
  EXPECT_EQ(Result("two")["seeds"], 2);
  EXPECT_EQ(Result("two")["grid"][0]["trained"]["runs"], 4);
}

TEST_F(NetProgram, RunsAndThreadsGiveTheSameFiles) {
  const std::string command = "tune " + DataPath("diabetes") +
                              " --target progression --model mlp --hidden 8 --epochs 5 --quiet";
  ASSERT_EQ(Run(command + " --threads 1 --out one").code, 0);
  ASSERT_EQ(Run(command + " --threads 2 --out two").code, 0);
  for (const char* name : {"model.json", "model.safetensors"})
    EXPECT_EQ(ReadFile(Path("one") + "/" + name), ReadFile(Path("two") + "/" + name)) << name;
  Json one = Result("one");
  Json two = Result("two");
  for (Json* json : {&one, &two}) {
    json->erase("timing_s");
    json->erase("threads");
  }
  EXPECT_EQ(one, two);
}

TEST_F(NetProgram, TunesImagesWithTestRowsOfTheirOwn) {
  WriteImages();
  const std::string flags = " --model mlp --hidden 4 --epochs 5 --seeds 1 --decay 0,0.1 --quiet";
  ASSERT_EQ(
      Run("tune images.gz --target labels.gz --test images.gz --test-target labels.gz" + flags)
          .code,
      0);
  EXPECT_EQ(Result()["data"]["rows"], 240);
  const Ran predicted = Run("predict halflife-out/model.json images.gz");
  ASSERT_EQ(predicted.code, 0) << predicted.err;
  EXPECT_EQ(std::count(predicted.out.begin(), predicted.out.end(), '\n'), 121);
  EXPECT_EQ(predicted.out.substr(0, predicted.out.find('\n')), "class,probability=0,probability=1");
  ASSERT_EQ(Run("tune both.npz --target y --out npz" + flags).code, 0);
  EXPECT_EQ(Result("npz")["data"]["rows"], 120);
}

TEST_F(NetProgram, ArraysAreTablesToTheOtherModels) {
  WriteImages();
  const Ran ran = Run("tune both.npz --target y --quiet");
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(Result()["model"]["family"], "logistic");
}

// The program is interrupted once it has said that a quarter is done.
TEST_F(NetProgram, CtrlCKeepsAndReportsWhatIsDone) {
  const std::string command =
      "cd '" + folder_.string() + "' && ('" HALFLIFE_PROGRAM "' tune " + DataPath("digits") +
      " --target digit --model mlp --hidden 16 --epochs 400 --full --rounds 1 >stdout 2>stderr & "
      "pid=$!; "
      "until grep -q '25 %' stderr || ! kill -0 $pid; do :; done; kill -INT $pid; wait $pid)";
  ASSERT_EQ(WEXITSTATUS(std::system(command.c_str())), 130) << ReadFile(Path("stderr"));
  EXPECT_EQ(Result()["interrupted"], true);
  EXPECT_EQ(Result()["sweep"]["stopped"], true);
  EXPECT_TRUE(std::filesystem::exists(Path("halflife-out/model.safetensors")));
  EXPECT_FALSE(ReadFile(Path("stdout")).empty());
}

TEST_F(NetProgram, CtrlCAmongSplitsKeepsThoseThatCameToAChoice) {
  const std::string command =
      "cd '" + folder_.string() + "' && ('" HALFLIFE_PROGRAM "' tune " + DataPath("digits") +
      " --target digit --model mlp --hidden 4 --epochs 100 --full --decay 0,0.1 >stdout 2>stderr & "
      "pid=$!; until grep -q '50 %' stderr || ! kill -0 $pid; do :; done; kill -INT $pid; wait "
      "$pid)";
  ASSERT_EQ(WEXITSTATUS(std::system(command.c_str())), 130) << ReadFile(Path("stderr"));
  const Json result = Result();
  EXPECT_EQ(result["interrupted"], true);
  EXPECT_GE(result["rounds"], 2);
  EXPECT_EQ(result["splits"].size(), result["rounds"]);
  ASSERT_EQ(Run("predict halflife-out/model.json " + DataPath("digits")).code, 0);
}

struct Refused {
  const char* name;
  const char* arguments;  // after `tune digits`
  int code;
  const char* line;  // of stderr, after "halflife: "
};

class RefusedNet : public NetProgram, public ::testing::WithParamInterface<Refused> {};

TEST_P(RefusedNet, InOneHelpfulLine) {
  const Refused& refused = GetParam();
  const Ran ran = Run("tune " + DataPath("digits") + " --target digit " + refused.arguments);
  EXPECT_EQ(ran.code, refused.code);
  EXPECT_EQ(ran.err, std::string("halflife: ") + refused.line + "\n");
  EXPECT_FALSE(std::filesystem::exists(Path("halflife-out/result.json")));
}

INSTANTIATE_TEST_SUITE_P(
    Flags, RefusedNet,
    ::testing::Values(
        Refused{"WithoutMlp", "--hidden 4", 2, "--hidden is for nets; add --model mlp"},
        Refused{
            "NoUnits", "--model mlp --hidden 0", 2,
            "--hidden \"0\": a layer has 1 to 65536 units; give sizes such as 128 or 256,128, or "
            "none"},
        Refused{
            "NoNumber", "--model mlp --hidden 12x", 2,
            "--hidden \"12x\": a layer has 1 to 65536 units; give sizes such as 128 or 256,128, "
            "or none"},
        Refused{"Activation", "--model mlp --activation gelo", 2,
                "no activation is called \"gelo\"; did you mean \"gelu\"?; there are relu, gelu, "
                "tanh"},
        Refused{"Optimizer", "--model mlp --optimizer adanw", 2,
                "no optimizer is called \"adanw\"; did you mean \"adamw\"?; `halflife describe` "
                "lists them"},
        Refused{"Option", "--model mlp --option beta1", 2,
                "--option beta1: write NAME=VALUE, such as beta2=0.99"},
        Refused{"Law", "--model mlp --law couple", 2,
                "--law couple: no law has that name; did you mean \"coupled\"?; there are coupled, "
                "decoupled, independent, corrected, cautious, proximal"},
        Refused{"Lr", "--model mlp --lr 0.1,-1", 2, "--lr -1: a learning rate is a number above 0"},
        Refused{"Dropout", "--model mlp --dropout 1", 2,
                "net: --dropout must be in 0 <= x < 1, not 1"},
        Refused{"EarlyStopping", "--model mlp --early-stopping -1", 2,
                "training: --early-stopping must be in 0 <= x <= 1000000, whole, not -1"},
        Refused{"Folds", "--model mlp --folds 3", 2,
                "--model mlp splits rows into training, validation and test rows by --seed; leave "
                "out --folds and --fold-column"},
        Refused{"RoundsAndTest",
                "--model mlp --rounds 2 --test " HALFLIFE_SOURCE_DIR "/data/digits.csv", 2,
                "--rounds draws rows to judge by several times, and --test says which they are; "
                "leave out one of the two"},
        Refused{"RoundsAndTime", "--model mlp --rounds 5 --time pixel_0_2", 2,
                "--rounds draws rows to judge by several times, and --time says which they are; "
                "leave out one of the two"},
        Refused{"TestTarget", "--model mlp --test-target y", 2,
                "--test-target says what --test holds; give --test too"},
        Refused{"TestTargetOfTable", "--model mlp --test-target y --test tests.csv", 2,
                "--test-target is for arrays; the test rows of a table have the target's column"},
        Refused{"TestFile", "--model mlp --test no.csv", 1,
                "no.csv: cannot be opened (No such file or directory); check the name and its "
                "permissions"},
        Refused{"Decay", "--model mlp --decay 5000", 2,
                "group \"all\": lr 0.001 and decay 5000 would take 5 of every weight in one step; "
                "that must stay below 1"}),
    [](const ::testing::TestParamInfo<Refused>& info) { return std::string(info.param.name); });

// LARS and LAMB scale a step by the weights' norm where they decay: decay 0 must not be the one
// that is trained in another way.
TEST_F(NetProgram, DecayZeroIsTrainedAsTheOthersAre) {
  for (const char* rule : {"lars", "lamb"}) {
    ASSERT_EQ(Run("tune " + DataPath("digits") +
                  " --target digit --model mlp --hidden 8 --epochs 3 --seeds 1 --quiet --decay "
                  "0,1e-12 --optimizer " +
                  rule)
                  .code,
              0);
    const Json grid = Result()["grid"];
    // A decay of 1e-12 takes less off a weight in all these steps than a float's rounding.
    EXPECT_EQ(grid[0]["validation"]["loss"], grid[1]["validation"]["loss"]) << rule;
  }
}

TEST_F(NetProgram, PredictWritesOverNothingThatItReads) {
  const std::string data = DataPath("diabetes");
  ASSERT_EQ(Run("tune " + data + " --target progression --model mlp --epochs 2 --quiet").code, 0);
  for (const char* file : {"model.json", "model.safetensors"}) {
    const std::string out = std::string("halflife-out/") + file;
    const Ran ran = Run("predict halflife-out/model.json " + data + " --out " + out);
    EXPECT_EQ(ran.code, 2) << file;
    EXPECT_EQ(ran.err,
              "halflife: --out " + out + ": that is a file it reads from; name another one\n");
  }
}

TEST_F(NetProgram, AColumnWithALoneTextIsSaidToBeText) {
  std::string csv = "x,y\n";
  for (int i = 1; i <= 60; ++i)
    csv += (i == 31 ? std::string("oops") : std::to_string(i % 17)) + "," +
           std::to_string(i * 37 % 101) + ".5\n";
  Write("t.csv", csv);
  ASSERT_EQ(Run("tune t.csv --target y --quiet").code, 0);
  EXPECT_EQ(Result()["data"]["column_list"][0]["notes"][0],
            "taken as text though nearly all cells are numbers (row 31 holds \"oops\"); --number x "
            "takes the others as missing");
  const Ran ran = Run("tune t.csv --target x --quiet");
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.err,
            "halflife: t.csv: target \"x\": 59 of 60 cells are numbers, but row 31 holds \"oops\"; "
            "correct it or leave it empty, or use --number or --task classification\n");
}

TEST_F(NetProgram, PredictRefusesWeightsOfAnotherRun) {
  const std::string command = "tune " + DataPath("diabetes") +
                              " --target progression --model mlp --hidden 4 --epochs 2 --quiet";
  ASSERT_EQ(Run(command).code, 0);
  ASSERT_EQ(Run(command + " --seed 2 --out other").code, 0);
  std::filesystem::copy_file(Path("other/model.safetensors"),
                             Path("halflife-out/model.safetensors"),
                             std::filesystem::copy_options::overwrite_existing);
  const Ran ran = Run("predict halflife-out/model.json " + DataPath("diabetes"));
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(
      ran.err,
      "halflife: halflife-out/model.safetensors: not the weights that halflife-out/model.json "
      "was written with; keep the two files of one run together\n");
  std::filesystem::remove(Path("halflife-out/model.safetensors"));
  EXPECT_EQ(Run("predict halflife-out/model.json " + DataPath("diabetes")).code, 1);
}

TEST_F(NetProgram, PredictTakesTheMemberThatIsNamed) {
  WriteImages();
  ASSERT_EQ(
      Run("tune both.npz --target y --model mlp --hidden 4 --epochs 2 --seeds 1 --quiet").code, 0);
  EXPECT_EQ(Run("predict halflife-out/model.json both.npz").code, 2);
  const Ran ran = Run("predict halflife-out/model.json both.npz --member x");
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 121);
}

TEST_F(NetProgram, RowsThatDoNotGoTogetherAreRefused) {
  WriteImages();
  Write("t.csv", "x,y\n1,2\n2,3\n3,5\n");
  const Ran kinds = Run("tune both.npz --target y --model mlp --test t.csv --test-target y");
  EXPECT_EQ(kinds.code, 2);
  EXPECT_EQ(kinds.err,
            "halflife: --test t.csv: the test rows must be of the same kind as DATA, a table or an "
            "array\n");
  const Ran few = Run("tune t.csv --target y --model mlp");
  EXPECT_EQ(few.code, 1);
  EXPECT_EQ(few.err,
            "halflife: t.csv: 3 rows are too few to train, validate and test a net; at least 5 are "
            "needed\n");
}

}  // namespace
}  // namespace halflife
