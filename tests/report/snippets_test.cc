// The notes beside the code for other libraries, in both languages.
#include <gtest/gtest.h>

#include "halflife/report.h"
#include "report/chinese.h"
#include "report/sample_result.h"

namespace halflife {
namespace {

// Results whose notes say, together, every sentence.
std::vector<TuneResult> Results() {
  std::vector<TuneResult> results = {RegressionSample(), ClassificationSample()};
  for (const double l1_ratio : {1.0, 0.5}) {
    for (TuneResult result : {RegressionSample(), ClassificationSample()}) {
      result.l1_ratio = l1_ratio;
      results.push_back(result);
    }
  }
  for (TuneResult result : std::vector<TuneResult>(results)) {
    result.data.column_list = {{.name = "n", .role = ColumnSummary::Role::kWeight}};
    results.push_back(result);
    result.no_decay = {"age"};
    results.push_back(result);
  }
  results.push_back(RegressionSample());
  results.back().equivalents.pytorch_weight_decay = 2e-6;
  results.push_back(RegressionSample());
  results.back().equivalents.pytorch_weight_decay = 0;
  results.push_back(NetSample());
  results.back().training->early_stopping = 3;
  results.back().data.task = Task::kRegression;
  results.push_back(results.back());
  results.back().training->kept.all_rows = true;
  results.back().training->kept.epochs = 7;
  return results;
}

TEST(SnippetNotes, AreSaidInBothLanguagesBesideTheSameCode) {
  for (const TuneResult& result : Results()) {
    const std::vector<Snippet> english = Snippets(result);
    const std::vector<Snippet> chinese = Snippets(result, Language::kChinese);
    ASSERT_EQ(english.size(), chinese.size());
    for (std::size_t i = 0; i < english.size(); ++i) {
      EXPECT_EQ(chinese[i].library, english[i].library);
      EXPECT_EQ(chinese[i].code, english[i].code);
      EXPECT_TRUE(HasHan(chinese[i].note)) << english[i].note;
      EXPECT_FALSE(HasHan(english[i].note)) << english[i].note;
      EXPECT_FALSE(HasHan(english[i].code)) << english[i].code;
      EXPECT_TRUE(chinese[i].note.ends_with("。")) << chinese[i].note;
      EXPECT_EQ(chinese[i].note.find(". "), std::string::npos) << chinese[i].note;
      EXPECT_EQ(english[i].note.find("  "), std::string::npos) << english[i].note;
    }
  }
}

TEST(SnippetNotes, SayWhatTheWeightsAndThePenaltyAsk) {
  TuneResult result = RegressionSample();
  result.data.column_list = {{.name = "n", .role = ColumnSummary::Role::kWeight}};
  EXPECT_EQ(Snippets(result)[0].note,
            "alpha multiplies a sum over rows, so it is total weight × decay: it grows with the "
            "data. w holds the rows' weights.");
  EXPECT_EQ(Snippets(result, Language::kChinese)[0].note,
            "alpha 对应各行损失之和，因此是总权重 × 衰减：它随数据增多而变大。w "
            "是各行的权重。");
  result = ClassificationSample();
  result.l1_ratio = 1.0;
  EXPECT_EQ(Snippets(result)[0].note,
            "C divides, and counts rows: it is 1 / (rows × decay). Saga stops at tol=1e-4; a "
            "smaller one comes nearer.");
}

TEST(SnippetNotes, SayWhatPyTorchLacksInChinese) {
  TuneResult result = NetSample();
  result.training->optimizer.rule = "lion";
  const auto note = [&] { return Snippets(result, Language::kChinese)[0].note; };
  EXPECT_EQ(note(), "PyTorch 1.13 没有 lion。");
  result.training->optimizer.rule = "adafactor";
  EXPECT_EQ(note(), "PyTorch 1.13 没有 adafactor；2.5 及以后有 torch.optim.Adafactor。");
  result.training->optimizer.rule = "asgd";
  result.training->optimizer.law = DecayLaw::kCautious;
  EXPECT_EQ(note(), "PyTorch 1.13 没有衰减方式为 cautious 的 asgd（它的平均会含有这种衰减）。");
  result.training->optimizer.law = DecayLaw::kCoupled;
  result.training->optimizer.lr_schedule = Schedule::Cosine(100);
  EXPECT_EQ(note(), "PyTorch 1.13 没有学习率逐步变化的 asgd。");
}

}  // namespace
}  // namespace halflife
