// halflife report: the page of tune again, byte for byte, from result.json alone.
#include <gtest/gtest.h>

#include <filesystem>

#include "support/program.h"
#include "support/tables.h"

namespace halflife {
namespace {

using testing::DataPath;
using testing::Ran;
using testing::ReadFile;

class ReportProgram : public testing::ProgramTest {
 protected:
  // Tunes, and expects the same page once it and the model are gone.
  void ExpectTheSamePage(const std::string& arguments) const {
    SCOPED_TRACE(arguments);
    const Ran tuned = Run("tune " + arguments + " --quiet");
    ASSERT_EQ(tuned.code, 0) << tuned.err;
    const std::string page = ReadFile(Path("halflife-out/report.html"));
    ASSERT_GT(page.size(), 10000U);
    for (const auto& entry : std::filesystem::directory_iterator(Path("halflife-out"))) {
      if (entry.path().filename() != "result.json") std::filesystem::remove(entry.path());
    }
    const Ran ran = Run("report halflife-out");
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, "wrote halflife-out/report.html\n");
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ(ReadFile(Path("halflife-out/report.html")), page);
  }
};

TEST_F(ReportProgram, WritesThePageOfATableAgain) {
  ExpectTheSamePage(DataPath("diabetes") + " --target progression");
  ExpectTheSamePage(DataPath("breast_cancer") + " --target diagnosis --seeds 2");
  ExpectTheSamePage(DataPath("diabetes") + " --target progression --penalty elastic-net:0.3" +
                    " --no-decay bmi --decay 0.01,0.1,1");
  ExpectTheSamePage(DataPath("diabetes") + " --target progression --stream --log-target");
}

TEST_F(ReportProgram, WritesThePageOfTablesThatSayMuchAgain) {
  std::string rows = "who;when;price;paid;share;same;note;target\n";
  for (int i = 0; i < 60; ++i) {
    rows += "p" + std::to_string(i % 12) + ";2024-01-" + (i % 28 < 9 ? "0" : "") +
            std::to_string(i % 28 + 1) + ";$1," + std::to_string(100 + i) + ";" +
            (i % 2 == 0 ? "TRUE" : "true") + ";" + std::to_string(i % 7) + "%;1;<b>" +
            std::to_string(i % 3) + "</b>;" + std::to_string(i * i % 17) + "\n";
  }
  Write("odd.csv", rows);
  ExpectTheSamePage("odd.csv --target target --task regression --group who");
  ExpectTheSamePage("odd.csv --target target --task regression --time when --weight share");
  ExpectTheSamePage("odd.csv --target note");
}

TEST_F(ReportProgram, WritesThePageOfANetAgain) {
  const std::string net = " --model mlp --hidden 8 --epochs 6 --seeds 2 ";
  ExpectTheSamePage(
      DataPath("diabetes") + " --target progression" + net +
      "--optimizer sgd --option momentum=0.9 --lr 0.01,0.1 --lr-schedule cosine --clip-norm 1");
  ExpectTheSamePage(DataPath("breast_cancer") + " --target diagnosis" + net +
                    "--law proximal --penalty l1 --layer-norm --full");
  ExpectTheSamePage(DataPath("breast_cancer") + " --target diagnosis" + net +
                    "--optimizer sgd --decay 0,1e-4 --lr 0.05,1000");  // which diverges
}

TEST_F(ReportProgram, TakesTheFileItselfAndAnyWorkingFolder) {
  ASSERT_EQ(Run("tune " + DataPath("diabetes") + " --target progression --quiet").code, 0);
  const std::string page = ReadFile(Path("halflife-out/report.html"));
  std::filesystem::rename(Path("halflife-out/result.json"), Path("kept.json"));
  const Ran ran = Run("report kept.json");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, "wrote report.html\n");
  EXPECT_EQ(ReadFile(Path("report.html")), page);
}

TEST_F(ReportProgram, SaysWhatIsWrongAndLeavesThePageAsItWas) {
  std::filesystem::create_directory(Path("out"));
  Write("out/report.html", "old");
  Ran ran = Run("report out");
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.err.find("out/result.json"), std::string::npos) << ran.err;
  Write("out/result.json", "{\"schema\": \"halflife.result/1\"}");
  ran = Run("report out");
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(
      ran.err,
      "halflife: out/result.json: \"version\" is missing, as where an earlier version wrote the "
      "file; tune again, which writes it\n");
  EXPECT_EQ(ReadFile(Path("out/report.html")), "old");
  ran = Run("report out/report.html");
  EXPECT_EQ(ran.code, 2);
  EXPECT_NE(ran.err.find("name one of the two"), std::string::npos) << ran.err;
  EXPECT_EQ(Run("report /dev/null").code, 2);
  EXPECT_EQ(Run("report nowhere").code, 1);
  EXPECT_EQ(Run("report").code, 2);
}

}  // namespace
}  // namespace halflife
