// --lang zh: what is said is Chinese, what is written and computed stays as it is.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/program.h"
#include "support/tables.h"
#include "support/text.h"

namespace halflife {
namespace {

using Json = nlohmann::json;
using testing::DataPath;
using testing::Has;
using testing::Ran;
using testing::ReadFile;

class LangProgram : public testing::ProgramTest {
 protected:
  Json ResultWithoutTimes(const std::string& folder) const {
    Json json = Json::parse(ReadFile(Path(folder + "/result.json")));
    json.erase("timing_s");
    return json;
  }
};

TEST_F(LangProgram, TuneSpeaksChineseAndWritesTheSameResult) {
  const std::string tune =
      "tune " + DataPath("diabetes") + " --target progression --rounds 2 --out ";
  const Ran english = Run(tune + "en --lang en");
  const Ran chinese = Run(tune + "zh --lang zh");
  ASSERT_EQ(english.code, 0) << english.err;
  ASSERT_EQ(chinese.code, 0) << chinese.err;
  EXPECT_TRUE(Has(english.out, "\nverdict        "));
  EXPECT_TRUE(Has(english.err, "fitting: 100 %"));
  for (const char* part :
       {"progression：442 行", "训练损失  验证损失 +- 标准误", "\n结论           ",
        "\n列             ", "\n已写入         zh/report.html\n"})
    EXPECT_TRUE(Has(chinese.out, part)) << part << chinese.out;
  EXPECT_TRUE(Has(chinese.err, "拟合：100 %（")) << chinese.err;
  EXPECT_EQ(ResultWithoutTimes("en"), ResultWithoutTimes("zh"));
  EXPECT_EQ(ReadFile(Path("en/model.json")), ReadFile(Path("zh/model.json")));
}

TEST_F(LangProgram, TuneOfANetSpeaksChineseWhileItTrains) {
  const Ran ran = Run("tune " + DataPath("diabetes") +
                      " --target progression --model mlp --hidden 4 --epochs 4 --rounds 1 "
                      "--decay 0,0.1 --lang zh");
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(Has(ran.err, "轮）；目前领先：衰减 ")) << ran.err;
  EXPECT_TRUE(Has(ran.err, "训练：100 %（")) << ran.err;
  EXPECT_TRUE(Has(ran.out, "\n网络           ")) << ran.out;
}

TEST_F(LangProgram, TuneSaysInChineseWhatItReplaces) {
  Write("t.csv", "x,y\n1,2\n2,3\n3,5\n4,4\n5,7\n6,6\n7,9\n8,8\n");
  const std::string tune = "tune t.csv --decay 0,1 --folds 2 --lang zh";
  ASSERT_EQ(Run(tune + " --target y").code, 0);
  const Ran ran = Run(tune + " --target x");
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(Has(ran.err, "说明：halflife-out 里原有 t.csv、目标 y 的结果，现已替换\n"))
      << ran.err;
}

TEST_F(LangProgram, ColumnsSpeaksChinese) {
  Write("t.csv", "share,面积,kind\n1%,1,a\n2%,2,b\n5%,4,a\n7%,9,b\n");
  const Ran ran = Run("columns t.csv --lang zh --ignore kind");
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out,
            "4 行，3 列：2 列数值，1 列去掉\n\n"
            "列     类型  水平或范围  缺失\n"
            "share  数值  1 至 7\n"
            "    百分数，取百分号前的数；--category share 把单元格当作文本\n"
            "面积   数值  1 至 9\n"
            "kind   去掉  2 个水平\n"
            "    按要求去掉\n");
}

TEST_F(LangProgram, ReportSpeaksChinese) {
  ASSERT_EQ(Run("tune " + DataPath("diabetes") + " --target progression --decay 0,1 --quiet").code,
            0);
  const Ran ran = Run("report halflife-out --lang zh");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, "已写入 halflife-out/report.html\n");
}

TEST_F(LangProgram, PredictWritesTheSameAndNotesInChinese) {
  Write("t.csv", "x,y\n1,2\n2,3\n3,5\n4,4\n5,7\n6,6\n7,9\n8,8\n");
  Write("new.csv", "x\n3\nNA\n");
  ASSERT_EQ(Run("tune t.csv --target y --decay 0,1 --folds 2 --quiet").code, 0);
  const std::string predict = "predict halflife-out/model.json new.csv";
  const Ran english = Run(predict);
  const Ran chinese = Run(predict + " --lang zh");
  EXPECT_EQ(chinese.code, 0);
  EXPECT_TRUE(english.out.starts_with("prediction\n"));
  EXPECT_EQ(chinese.out, english.out);
  EXPECT_TRUE(english.err.starts_with("note: column \"x\": ")) << english.err;
  EXPECT_TRUE(chinese.err.starts_with("说明：")) << chinese.err;
}

TEST_F(LangProgram, FailuresAreSaidInChinese) {
  Ran ran = Run("tune no_such.csv --target y --lang zh");
  EXPECT_EQ(ran.code, 1);
  EXPECT_TRUE(ran.err.starts_with("halflife: no_such.csv：无法打开")) << ran.err;
  ran = Run("tune no_such.csv --target y --lang zh --decay 1:2");
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.err, "halflife: --decay：范围写作 LO:HI:COUNT，如 1e-5:1:20\n");
  ran = Run("report nowhere/report.html --lang=zh");
  EXPECT_EQ(ran.code, 2);
  EXPECT_TRUE(Has(ran.err, "不是 `halflife tune` 所写的文件夹")) << ran.err;
  ran = Run("predict no_such.json t.csv --lang zh");
  EXPECT_EQ(ran.code, 1);
  EXPECT_TRUE(Has(ran.err, "no_such.json：无法打开")) << ran.err;
  ran = Run("columns no_such.npy --lang zh");
  EXPECT_NE(ran.code, 0);
  EXPECT_TRUE(Has(ran.err, "：")) << ran.err;
  EXPECT_TRUE(Has(Run("columns no_such.csv --lang en").err, "cannot be opened"));
}

TEST_F(LangProgram, AnotherLanguageIsAWrongUsage) {
  const std::pair<const char*, const char*> commands[] = {{"tune", "t.csv --target y"},
                                                          {"columns", "t.csv"},
                                                          {"predict", "m.json t.csv"},
                                                          {"report", "out"}};
  for (const auto& [command, arguments] : commands) {
    const Ran ran = Run(std::string(command) + " " + arguments + " --lang xx");
    EXPECT_EQ(ran.code, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err, std::string("halflife: --lang: \"xx\" is none of en, zh; see halflife ") +
                           command + " --help\n");
  }
  EXPECT_EQ(Run("tune t.csv --target y --language zh").err,
            "halflife: \"--language\" is no flag of tune; did you mean --lang?\n");
}

}  // namespace
}  // namespace halflife
