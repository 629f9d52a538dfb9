// What the outputs say of nets whose rows were split several times.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "halflife/report.h"
#include "report/answer.h"
#include "report/net_words.h"
#include "report/sample_result.h"
#include "report/splits_words.h"
#include "report/xml_check.h"
#include "support/text.h"

namespace halflife {
namespace {

using testing::Has;

using Json = nlohmann::ordered_json;

// As it stands on the terminal, but on one line.
std::string Terminal(const TuneResult& result) {
  std::string line;
  for (const char c : TerminalReport(result, {}, {.width = 96})) {
    const bool blank = c == '\n' || c == ' ';
    if (!blank || !line.ends_with(' ')) line += blank ? ' ' : c;
  }
  return line;
}

TEST(SplitsReport, TheHeadlineSaysWhoDoesWhatAndHowOftenARowIsJudged) {
  TuneResult result = SplitSample();
  EXPECT_EQ(SplitText(result),
            "100 rows in 5 splits, every row judged once; in each 60 to train on, 20 to choose by, "
            "20 to judge by");
  result.training->splits_differ = true;
  EXPECT_TRUE(Has(SplitText(result), "in each about 60 to train on"));
  std::vector<SplitRecord>& splits = result.training->splits;
  const std::vector<SplitRecord> once = splits;
  splits.insert(splits.end(), once.begin(), once.end());
  result.training->rounds = result.training->rounds_planned = 10;
  EXPECT_TRUE(Has(SplitText(result), "100 rows in 10 splits, every row judged 2 times"));
  result = SplitSample();
  result.training->splits.resize(3);
  result.training->rounds = 3;
  result.training->rows_judged = 60;
  EXPECT_TRUE(Has(SplitText(result), "100 rows in 3 of 5 splits, 60 rows judged; in each"));
}

// As with one decay alone.
TEST(SplitsReport, WhereNothingWasComparedNoRowWasJudged) {
  TuneResult result = SplitSample();
  result.training->best_test.reset();
  result.training->baseline_test.reset();
  result.training->test_rows = result.training->rows_judged = 0;
  result.training->splits.clear();
  result.verdict.improvement = NAN;
  EXPECT_EQ(SplitText(result), "100 rows in 5 splits; in each 60 to train on, 20 to choose by");
  EXPECT_TRUE(Has(Terminal(result), "Nothing was compared"));
  EXPECT_EQ(XmlProblem(ReportHtml(result)), "");
}

TEST(SplitsReport, TheTableSaysHowManyRunsEndedOrWhereADecayWasSetAside) {
  TuneResult result = SplitSample();
  const std::string text = Terminal(result);
  EXPECT_TRUE(Has(text, "2 of 5 splits"));
  EXPECT_TRUE(Has(text, "set aside at epoch 3"));
  EXPECT_FALSE(Has(text, "seed only"));
  EXPECT_TRUE(
      Has(text,
          "where only some splits were trained to the end, they are the best decay's, changed in "
          "the proportion in which the two differ over those splits"));
  // Another split set it aside later.
  result.grid[1].trained->curves.push_back(result.grid[0].trained->curves.front());
  EXPECT_TRUE(Has(Terminal(result), "set aside from epoch 3 on"));
  result.training->stopped = true;  // nobody set it aside
  EXPECT_TRUE(Has(Terminal(result), "to epoch 3"));
  EXPECT_TRUE(Has(TrainingText(result),
                  "20 epochs of about 100 steps, batches of 60 rows; 1 seed a split"));
}

TEST(SplitsReport, TheAnswerIsWhatTuningGains) {
  TuneResult result = SplitSample();
  EXPECT_TRUE(AnswerText(result).starts_with(
      "Use a weight decay of 0.1. In each of 5 splits a decay was chosen on its validation rows "
      "(0.1, 0.1, 0.1, 0.1, 0) and judged on its test rows: against no decay the test loss goes "
      "from 0.4800 to 0.3100, a gain of 0.17 (95\u00A0% interval 0.11 to 0.23). 1 of the 5 splits "
      "chose no decay, which gains nothing there."))
      << AnswerText(result);
  EXPECT_TRUE(Has(AnswerText(result), "Accuracy on the test rows goes from 86.2"));
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  EXPECT_TRUE(
      Has(AnswerText(result),
          "the lowest validation loss was at 0.1. What the splits chose by themselves (0.1, "
          "0.1, 0.1, 0.1, 0) gains 0.17 (95\u00A0% interval 0.11 to 0.23) over no decay"));
  result.verdict.improvement = -0.17;
  EXPECT_TRUE(Has(AnswerText(result), "gains -0.17 (95"));
  result.verdict.label = VerdictLabel::kHurts;
  EXPECT_TRUE(Has(AnswerText(result),
                  "Leave weight decay out: what the splits chose did worse, and raises the test "
                  "loss from 0.4800 to 0.3100"));
  result.decays_given = true;
  EXPECT_TRUE(Has(AnswerText(result), "Of the decays asked for, those that the splits chose"));
}

TEST(SplitsReport, WhereNoDecayIsChosenOverAllTheScoreIsItsOwn) {
  TuneResult result = SplitSample();
  result.best = result.one_se = 0;
  EXPECT_TRUE(AnswerText(result).starts_with(
      "Over all splits nothing did better on the validation rows than no decay by more than "
      "chance; "
      "yet what the splits chose by themselves lowered the test loss from 0.4800 to 0.3100, by "
      "35\u00A0%."))
      << AnswerText(result);
  EXPECT_TRUE(Has(AnswerText(result), "Accuracy on the test rows is 86.2\u00A0% without decay"));
  EXPECT_FALSE(Has(AnswerText(result), "Use a weight decay"));
  EXPECT_TRUE(Has(ReportHtml(result), "Decay 0 was chosen over all splits, though"));
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  EXPECT_TRUE(
      Has(AnswerText(result), "of the other decays trained to their end (0.1) none did better"));
}

TEST(SplitsReport, WhereNoSplitChoseADecayNothingWasMeasured) {
  TuneResult result = SplitSample();
  result.best = result.one_se = 0;
  for (SplitRecord& split : result.training->splits) split.chosen = 0.0;
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  result.verdict.improvement = result.verdict.ci95[0] = result.verdict.ci95[1] = 0.0;
  result.verdict.p_value = 1.0;
  result.verdict.minimum_detectable = NAN;
  result.verdict.chose_baseline->count = 5;
  const std::string text = Terminal(result);
  EXPECT_TRUE(Has(text, "In each of 5 splits the choice was no decay"));
  EXPECT_TRUE(Has(text, "no detectable effect: the choice of every split was no decay"));
  EXPECT_FALSE(Has(text, "80 % power"));
  EXPECT_FALSE(Has(text, "cannot tell"));
  EXPECT_TRUE(
      Has(text,
          "of the other decays trained to their end (0.1) none did better on the validation "
          "rows by more than chance in training; 2 of the 5 decays were set aside early"));
  EXPECT_FALSE(Has(text, "practically nothing"));
  EXPECT_FALSE(Has(ReportHtml(result), ">p value<"));
  EXPECT_EQ(XmlProblem(ReportHtml(result)), "");
  EXPECT_FALSE(Has(ReportHtml(result), "or more</span>"));
  const Json json = Json::parse(ResultJson(result));
  EXPECT_TRUE(json["verdict"]["minimum_detectable"].is_null());
  EXPECT_EQ(json["verdict"]["chose_zero"]["count"], 5);
  result.best = result.one_se = 2;
  EXPECT_TRUE(Has(AnswerText(result), "Over all of them together 0.1 did better"));
}

TEST(SplitsReport, WithoutASignalTheRowsOfAllSplitsCouldNotShowIt) {
  TuneResult result = SplitSample();
  result.verdict.signal = {.none = true, .improvement = 0.01, .ci95 = {-0.1, 0.12}, .p_value = {}};
  result.data.null_loss = 0.32;
  const std::string answer = AnswerText(result);
  EXPECT_TRUE(Has(answer,
                  "nothing about labels that these 100 rows in 5 splits can show: the test "
                  "loss is 0.3100, and always predicting the classes' shares gives 0.3200, a "
                  "difference that these 100 rows in 5 splits cannot tell from chance."))
      << answer;
  EXPECT_TRUE(Has(Terminal(result),
                  "at decay 0.1, trained on all 100 rows for 20 epochs; it is "
                  "not shown"));
}

TEST(SplitsReport, TheNetKeptIsSaidToBeOfTheRowsThatItWasTrainedOn) {
  TuneResult result = SplitSample();
  EXPECT_TRUE(Has(Terminal(result),
                  "model.json holds the net at decay 0.1, trained on all 100 rows for 20 epochs"));
  EXPECT_TRUE(Has(ReportHtml(result), "trained on all 100 rows for 20 epochs"));
  result.training->kept.rows = 80;
  EXPECT_EQ(KeptText(result), "trained on all 80 rows but the 20 test rows for 20 epochs");
  result.training->early_stopping = true;
  result.training->kept.epochs = 7;
  EXPECT_TRUE(Has(KeptText(result), "for 7 epochs, the mean of those that its runs kept"));
  EXPECT_TRUE(Has(Snippets(result)[0].note, "The net kept was trained for 7 of 20 epochs"));
  result.training->kept.all_rows = false;
  result.training->kept.rows = 60;
  EXPECT_EQ(KeptText(result),
            "the first run of that decay, trained on 60 rows of the first split for 7 epochs");
  result.training->kept.rows = 0;  // a net of one's own: no file
  EXPECT_FALSE(Has(Terminal(result), "model.json"));
}

TEST(SplitsReport, JsonHoldsTheSplits) {
  const Json json = Json::parse(ResultJson(SplitSample()));
  EXPECT_EQ(json["rounds"], 5);
  EXPECT_EQ(json["rows_judged"], 100);
  ASSERT_EQ(json["splits"].size(), 5U);
  EXPECT_EQ(json["splits"][0]["chosen"], 0.1);
  EXPECT_NEAR(json["splits"][0]["gain"].get<double>(), 0.25, 1e-15);  // a sum of twenty
  EXPECT_EQ(json["splits"][4]["gain"], 0.0);
  EXPECT_EQ(json["verdict"]["chose_zero"]["of"], 5);
  EXPECT_EQ(json["model"]["kept"]["rows"], 100);
  EXPECT_EQ(json["grid"][3]["trained"]["runs"], 5);
  EXPECT_EQ(json["grid"][3]["trained"]["moved"], true);
  EXPECT_EQ(json["verdict"]["findings"][0]["kind"], "splits compared");
  EXPECT_EQ(Json::parse(ResultJson(NetSample()))["rounds"], 1);
}

// Curves of further splits are their losses alone: all of it would be several MB.
TEST(SplitsReport, CurvesOfFurtherSplitsAreLosses) {
  TuneResult result = SplitSample();
  result.grid[2].trained->curves[1].split = 1;
  const Json curves = Json::parse(ResultJson(result))["grid"][2]["trained"]["curves"];
  EXPECT_TRUE(curves[0].contains("penalty"));
  EXPECT_FALSE(curves[1].contains("penalty"));
  EXPECT_EQ(curves[1]["split"], 1);
  EXPECT_EQ(curves[1]["validation_loss"].size(), 20U);
}

TEST(SplitsReport, ThePageIsWellFormed) {
  const std::string html = ReportHtml(SplitSample());
  EXPECT_EQ(XmlProblem(html), "");
  EXPECT_TRUE(Has(html, "Mean loss over 5 splits"));
  EXPECT_TRUE(Has(html, "row by row: in every split what it chose"));
}

}  // namespace
}  // namespace halflife
