// Every sentence about a result has its Chinese twin.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "halflife/report.h"
#include "report/answer.h"
#include "report/criteria_words.h"
#include "report/gain_words.h"
#include "report/many_results.h"
#include "report/net_words.h"
#include "report/penalty_words.h"
#include "report/rows.h"
#include "report/sample_result.h"
#include "report/scored.h"
#include "report/splits_words.h"
#include "report/twin_check.h"
#include "report/words.h"

namespace halflife {
namespace {

constexpr Language kEnglish = Language::kEnglish;
constexpr Language kChinese = Language::kChinese;

struct Twin {
  std::string of;  // the function
  std::string english;
  std::string chinese;

  bool operator<(const Twin& other) const {
    return std::tie(of, english, chinese) < std::tie(other.of, other.english, other.chinese);
  }
};

using Twins = std::set<Twin>;

// What a function says of a result in both languages, a text or a list of them.
template <class Function>
void Add(const char* of, Function function, Twins* twins) {
  if constexpr (std::is_convertible_v<decltype(function(kEnglish)), std::string>) {
    twins->insert({of, function(kEnglish), function(kChinese)});
  } else {
    const std::vector<std::string> english = function(kEnglish);
    const std::vector<std::string> chinese = function(kChinese);
    ASSERT_EQ(english.size(), chinese.size()) << of;
    for (std::size_t i = 0; i < english.size(); ++i) twins->insert({of, english[i], chinese[i]});
  }
}

// `function` and its name.
#define HALFLIFE_ADD(function) \
  Add(                         \
      #function, [&](Language language) { return function(result, language); }, twins)

void AddOfNet(const TuneResult& result, Twins* twins) {
  HALFLIFE_ADD(NetText);
  HALFLIFE_ADD(OptimizerText);
  HALFLIFE_ADD(ScheduleText);
  HALFLIFE_ADD(SplitText);
  HALFLIFE_ADD(TrainingText);
  HALFLIFE_ADD(TimeScaleSentence);
  HALFLIFE_ADD(DecayedText);
  HALFLIFE_ADD(SweepText);
  HALFLIFE_ADD(SplitsText);
  HALFLIFE_ADD(RowsOfSplitsText);
  HALFLIFE_ADD(JudgedInSplitsText);
  HALFLIFE_ADD(SplitsHeading);
  HALFLIFE_ADD(KeptText);
  for (const GridPoint& point : result.grid) {
    Add(
        "EndText", [&](Language of) { return EndText(result, *point.trained, of); }, twins);
    Add(
        "EndMark", [&](Language of) { return EndMark(result, *point.trained, of); }, twins);
  }
}

void AddOfTable(const TuneResult& result, Twins* twins) {
  const std::vector<TableRow> english = TableRows(result, kEnglish);
  const std::vector<TableRow> chinese = TableRows(result, kChinese);
  ASSERT_EQ(english.size(), chinese.size());
  for (std::size_t i = 0; i < english.size(); ++i) {
    twins->insert({"TableRow::decay", english[i].decay, chinese[i].decay});
    Add(
        "TableRow::marks",
        [&](Language of) { return (of == kEnglish ? english : chinese)[i].marks; }, twins);
  }
  const std::vector<Unit> units = EquivalentUnits(result, kEnglish);
  const std::vector<Unit> units_chinese = EquivalentUnits(result, kChinese);
  ASSERT_EQ(units.size(), units_chinese.size());
  for (std::size_t i = 0; i < units.size(); ++i)
    twins->insert({"EquivalentUnits", units[i].expression, units_chinese[i].expression});
}

void AddOf(const TuneResult& result, Twins* twins) {
  HALFLIFE_ADD(AnswerText);
  HALFLIFE_ADD(Notes);
  HALFLIFE_ADD(VerdictNotes);
  HALFLIFE_ADD(NoSignalClause);
  HALFLIFE_ADD(NotRecommendedText);
  HALFLIFE_ADD(Evidence);
  HALFLIFE_ADD(Sensitivity);
  HALFLIFE_ADD(GainText);
  HALFLIFE_ADD(BaselineText);
  HALFLIFE_ADD(UseOfBaselineText);
  HALFLIFE_ADD(NoneText);
  HALFLIFE_ADD(GainSentences);
  HALFLIFE_ADD(OtherRulesSentence);
  HALFLIFE_ADD(NoDecaySentence);
  HALFLIFE_ADD(SelectionSentence);
  HALFLIFE_ADD(PenaltyTitle);
  HALFLIFE_ADD(Convention);
  HALFLIFE_ADD(FamilyName);
  HALFLIFE_ADD(ScoreName);
  HALFLIFE_ADD(LossName);
  HALFLIFE_ADD(BestName);
  HALFLIFE_ADD(MajorityText);
  HALFLIFE_ADD(OtherScores);
  HALFLIFE_ADD(InterruptedSentence);
  HALFLIFE_ADD(OneSeSentence);
  HALFLIFE_ADD(FoldsText);
  HALFLIFE_ADD(HalfLifeSentence);
  HALFLIFE_ADD(RowsScored);
  HALFLIFE_ADD(RowsChoiceText);
  AddOfTable(result, twins);
  if (result.training) AddOfNet(result, twins);
}

// Names in the samples, terms that Chinese writes in Latin, and what is typed.
const std::set<std::string>& Latin() {
  static const std::set<std::string> kLatin = {
      "Sale_Price", "diagnosis", "benign", "malignant", "labels", "patient", "age", "sex", "price",
      "Nadeau", "Bengio", "Hall", "AUC", "GCV", "NaN", "SGD", "nat", "PyTorch", "softmax",
      "dropout", "relu", "nan", "adamw", "sgd", "group", "lasso", "always_adapt", "weight_decay",
      // Code of other libraries.
      "Ridge", "LinearRegression", "LogisticRegression", "penalty", "None", "Lasso", "ElasticNet",
      "elasticnet", "l1_ratio", "solver", "saga", "alpha", "lambda", "factor", "abs", "sum", "L1L2",
      "MSELoss", "MeanSquaredError", "AdamW", "parameters", "weights", "learning_rate", "scikit",
      "learn", "optimizer", "exclude_from_weight_decay", "var_names", "bias"};
  return kLatin;
}

// Sentences that begin with what stands before them, which English sets off with a space.
std::string Trimmed(const Twin& twin) {
  return twin.of == "GainText" && twin.chinese.starts_with(' ') ? twin.chinese.substr(1)
                                                                : twin.chinese;
}

void ExpectTwins(const Twins& twins) {
  for (const Twin& twin : twins) {
    EXPECT_EQ(TwinProblem(twin.english, Trimmed(twin), Latin()), "")
        << twin.of << "\n  " << twin.english << "\n  " << twin.chinese;
  }
}

TEST(Chinese, EverySentenceOfAResultHasItsTwin) {
  Twins twins;
  for (const TuneResult& result : ManyResults()) AddOf(result, &twins);
  EXPECT_GT(twins.size(), 1500U);
  ExpectTwins(twins);
}

TEST(Chinese, EveryFindingHasItsTwin) {
  Twins twins;
  for (int kind = 0; kind <= static_cast<int>(TuneFinding::Kind::kZeroWeights); ++kind) {
    for (const std::int64_t of : {0, 1, 7}) {
      TuneFinding finding{.kind = static_cast<TuneFinding::Kind>(kind),
                          .decays = {0.5, 0.25},
                          .lrs = {0.125, of == 7 ? 0.125 : 0.0625},
                          .count = of == 0 ? 1 : 3,
                          .of = of,
                          .number = 0.03125,
                          .other = 0.015625};
      for (TuneResult result : {RegressionSample(), NetSample()}) {
        result.findings = result.verdict.findings = {finding};
        AddOf(result, &twins);
      }
    }
  }
  TuneResult result = FlatSample({0.0, 1.0}, 1.0);
  for (int kind = 0; kind <= static_cast<int>(Finding::Kind::kNumbersAsClasses); ++kind) {
    for (const std::size_t count : {1, 3}) {
      result.data.findings.push_back(
          {.kind = static_cast<Finding::Kind>(kind), .text = "price", .number = 9, .count = count});
    }
  }
  AddOf(result, &twins);
  ExpectTwins(twins);
}

TEST(Chinese, WhatIsSaidOfInputsAndOfRunsThatDivergedHasItsTwin) {
  Twins twins;
  std::vector<InputFinding> findings;
  for (int kind = 0; kind <= static_cast<int>(InputFinding::Kind::kUnusedColumns); ++kind) {
    for (const std::size_t count : {1, 3}) {
      findings.push_back(
          {static_cast<InputFinding::Kind>(kind), {"age", "sex"}, count, "malignant"});
    }
  }
  Add(
      "Notes", [&](Language language) { return Notes(findings, language); }, &twins);
  using What = Divergence::What;
  for (const What what : {What::kLoss, What::kValidationLoss, What::kWeight}) {
    for (const bool is_nan : {true, false}) {
      const Divergence divergence{what, is_nan, 3};
      Add(
          "DivergenceText", [&](Language of) { return DivergenceText(divergence, of); }, &twins);
    }
  }
  for (const double p : {0.012, 1e-5, 0.9996, static_cast<double>(NAN)})
    EXPECT_EQ(PValueText(p, 2, kChinese).ends_with("未知"), std::isnan(p));
  ExpectTwins(twins);
}

// The check itself finds what it is for.
TEST(Chinese, TheCheckOfTwinsFindsWhatIsWrong) {
  const auto problem = [](const char* english, const char* chinese) {
    return TwinProblem(english, chinese, Latin());
  };
  EXPECT_EQ(problem("5 rows of AUC", "AUC 的 5 行"), "");
  EXPECT_EQ(problem("", "行"), "one is empty");
  EXPECT_EQ(problem("rows", ""), "one is empty");
  EXPECT_EQ(problem("5 rows", "5 x"), "no Chinese");
  EXPECT_EQ(problem("5 AUC", "5 AUC"), "");
  EXPECT_EQ(problem("5 rows", "5 rows"), "English: rows");
  EXPECT_EQ(problem("5 rows", "5 行 row"), "English: row");
  EXPECT_EQ(problem("5 rows", "6 行"), "other digits");
  EXPECT_EQ(problem("5 rows", "5行"), "no space beside Latin");
  EXPECT_EQ(problem("5 rows", "有 5 行 。"), "a space at a mark");
  EXPECT_EQ(problem("5 rows", "有 行 5"), "a space between Chinese");
  EXPECT_EQ(problem("5 rows", "有 5 行,"), "a half-width mark");
}

TEST(Chinese, TheAnswerReadsAsItShould) {
  TuneResult result = RegressionSample();
  EXPECT_EQ(
      AnswerText(result, kChinese),
      "请用权重衰减 0.177：相对于不衰减，它使验证损失从 0.01200 降到 0.01108。每一折都重新选择"
      "衰减时，增益为损失的 7.7\u00A0%（95\u00A0% 置信区间 [1.6\u00A0%, 14\u00A0%]）。最优衰减"
      "处的 R² 为 0.867，基线处为 0.856。");
  EXPECT_EQ(Evidence(result, kChinese),
            "有帮助：增益 0.00092，95 % 置信区间 [0.00018, 0.00166]，p\u00A0=\u00A00.019");
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  EXPECT_TRUE(
      AnswerText(result, kChinese)
          .starts_with("凭这些折，无法把调节过的权重衰减与不衰减区分开：既不能证明它有帮助，"
                       "也不能证明它没有帮助。"));
}

TEST(Chinese, WithoutASignalTheAnswerReadsAsItShould) {
  TuneResult result = ClassificationSample();
  result.data.null_loss = 0.66;
  result.verdict.signal = {
      .none = true, .improvement = 0.001, .ci95 = {-0.01, 0.006}, .p_value = 0.2};
  EXPECT_EQ(
      AnswerText(result, kChinese),
      "凭这 569 行，看不出逻辑回归能从这些列中得到关于 diagnosis 的任何信息：验证损失最低为 "
      "0.0821，而始终预测各类别的比例时为 0.6600；凭这 569 行无法把这个差异与偶然区分开。无法推荐"
      "权重衰减的任何值。");
  EXPECT_EQ(Evidence(result, kChinese),
            "没有信号：相对于各类别比例，改进为 0.001，95 % 置信区间 [-0.01, 0.006]；得分检验（置换"
            "目标的顺序）：p\u00A0=\u00A00.2，不大于 0.01 才算有信号");
}

TEST(Chinese, ANetsAnswerAndTrainingReadAsTheyShould) {
  const TuneResult result = SplitSample();
  EXPECT_EQ(
      AnswerText(result, kChinese),
      "请用权重衰减 0.1。5 次划分，每次在自己的验证行上选出一个衰减（0.1、0.1、0.1、0.1、0），再用"
      "自己的测试行评判：相对于不衰减，测试损失从 0.4800 降到 0.3100，增益为 0.17（95\u00A0% "
      "置信区间 [0.11, 0.23]）。5 次划分中有 1 次选择了不衰减，在那里没有增益。测试行上"
      "的准确率从 86.2\u00A0% 变为 88.1\u00A0%。");
  EXPECT_EQ(TrainingText(result, kChinese),
            "784-64-3，relu；adamw，解耦衰减；学习率 0.001，恒定；20 轮，每轮约 100 步，每批 60 "
            "行；每次划分 1 个"
            "种子");
  EXPECT_EQ(EndText(result, *result.grid[4].trained, kChinese), "发散：第 3 轮损失变成 NaN");
}

}  // namespace
}  // namespace halflife
