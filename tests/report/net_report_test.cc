// What the outputs say of nets.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "halflife/report.h"
#include "report/figures.h"
#include "report/net_words.h"
#include "report/plain_text.h"
#include "report/sample_result.h"
#include "report/xml_check.h"
#include "support/text.h"

namespace halflife {
namespace {

using testing::Has;

using Json = nlohmann::ordered_json;

// The line of the terminal's table that begins with this decay.
std::string RowOf(const std::string& text, const std::string& decay) {
  for (const std::string& line : Split(text, '\n')) {
    if (Trim(line).starts_with(decay + " ")) return line;
  }
  return "";
}

TEST(NetReport, TheTerminalTellsTheTestRowsTheTimeScaleAndHowRunsEnded) {
  const std::string text = TerminalReport(NetSample(), {"out/report.html"}, {.width = 96});
  EXPECT_TRUE(Has(text, "labels: 8000 rows to train on, 2000 to choose by, 2000 to judge by"));
  EXPECT_TRUE(Has(text, "lowers the test loss from 0.480"));
  EXPECT_TRUE(Has(text, "Accuracy on the test rows goes from 86.2"));
  EXPECT_TRUE(RowOf(text, "0.01").ends_with("set aside at epoch 3"));
  EXPECT_TRUE(RowOf(text, "0.1").ends_with("best, one-SE"));
  EXPECT_TRUE(RowOf(text, "1").ends_with("1 of 2 runs"));
  for (const char* decay : {"0.01", "0.1", "1"}) {
    EXPECT_FALSE(Has(RowOf(text, decay), " - ")) << text;  // what is known is told
  }
  EXPECT_TRUE(RowOf(text, "10").ends_with("diverged"));
  EXPECT_TRUE(Has(text, "diverged       decay 10: the loss became NaN in epoch 3"));
  EXPECT_TRUE(Has(text, "decayed        2 weight tensors; not 2 bias tensors"));
  EXPECT_TRUE(Has(text, "125 epochs trained, 64 % of all"));
  EXPECT_TRUE(Has(text, "AdamW(weights, lr=0.001, weight_decay=0.1)"));
  EXPECT_TRUE(
      Has(TrainingText(NetSample()), "20 epochs of 100 steps, batches of 80 rows; 2 seeds"));
  for (const char* part : {"dof", "glmnet", "scikit-learn", "folds"}) EXPECT_FALSE(Has(text, part));
}

// Keras decays all that is not excluded.
TEST(NetReport, KerasLeavesOutWhatIsNotDecayed) {
  TuneResult result = NetSample();
  const auto keras = [&] { return EquivalentUnits(result)[1].expression; };
  EXPECT_EQ(keras(),
            "optimizer = AdamW(learning_rate=0.001, weight_decay=0.1); "
            "optimizer.exclude_from_weight_decay(var_names=[\"bias\"])");
  result.training->parameters.push_back({"norm", ParameterKind::kNorm, false, {64}});
  EXPECT_TRUE(Has(keras(), "(var_names=[\"bias\", \"gamma\", \"beta\"])"));
  for (DecayedParameter& parameter : result.training->parameters) parameter.decayed = true;
  EXPECT_EQ(keras(), "AdamW(learning_rate=0.001, weight_decay=0.1)");
  result = NetSample();
  result.best = 0;
  EXPECT_FALSE(Has(keras(), "exclude"));
}

// What is true of tables alone is not said of nets.
TEST(NetReport, TheGlossaryIsOfNets) {
  const std::string net = ReportHtml(NetSample());
  const std::string table = ReportHtml(RegressionSample());
  const char* chosen = "the best decay is the lowest whose runs all ended, or no decay where none";
  const char* epochs = "which the table of decays gives in epochs";
  for (const char* part : {chosen, epochs}) {
    EXPECT_TRUE(Has(net, part)) << part;
    EXPECT_FALSE(Has(table, part)) << part;
  }
  EXPECT_TRUE(Has(table, "the best decay is where it is lowest"));
}

// ln 2 / -ln(1 - 1e-4) = 6931.1 steps of 100 an epoch; 1 / 1e-4 steps are 100 epochs.
TEST(NetReport, TheTimeScaleIsInEpochsAndSteps) {
  EXPECT_EQ(TimeScaleSentence(NetSample()),
            "At the best decay a weight that gets no gradient halves every 69.3 epochs (6930 "
            "steps); its averaging time, 1/(lr*decay), is 100 epochs, and the run has 20.");
  TuneResult slow = NetSample();
  slow.grid[2].trained->averaging_time_epochs = 1234.5;
  EXPECT_TRUE(Has(TimeScaleSentence(slow), "is 1230 epochs")) << TimeScaleSentence(slow);
  TuneResult none = NetSample();
  none.best = 0;
  EXPECT_TRUE(Has(TimeScaleSentence(none), "stays as it is"));
  TuneResult loose = NetSample();
  loose.grid[2].trained->half_life_steps.reset();
  EXPECT_TRUE(Has(TimeScaleSentence(loose), "no fixed half-life"));
}

TEST(NetReport, TheTableKeepsToItsWidth) {
  for (const int width : {60, 72, 80, 96}) {
    TuneResult result = NetSample();
    result.training->lrs = {0.001, 0.01};
    result.training->net->options.hidden = std::vector<int>(40, 9999);
    for (const std::string& line : Split(TerminalReport(result, {}, {.width = width}), '\n'))
      EXPECT_LE(DisplayWidth(line), width) << line;
  }
}

TEST(NetReport, LearningRatesAreShownWhereThereAreSeveral) {
  TuneResult result = NetSample();
  EXPECT_FALSE(Has(TerminalReport(result, {}, {.width = 96}), "     lr"));
  result.training->lrs = {0.001, 0.01};
  EXPECT_TRUE(Has(TerminalReport(result, {}, {.width = 96}), "     lr"));
  EXPECT_TRUE(Has(ReportHtml(result), ">decay</button>, <button"));
}

TEST(NetReport, TheLossByEpochIsThatOfTheBestAndOfNoDecay) {
  const std::string figure = LearningFigure(NetSample()).wide;
  for (const char* name : {"best ", "no decay, val.", "no decay, train"})
    EXPECT_TRUE(Has(figure, name)) << name;
}

TEST(NetReport, JsonHoldsTheCurvesAndTheSplit) {
  const Json json = Json::parse(ResultJson(NetSample()));
  EXPECT_EQ(json["model"]["family"], "mlp");
  EXPECT_EQ(json["model"]["optimizer"], "adamw, decoupled decay");
  EXPECT_EQ(json["split"]["training"], 8000);
  EXPECT_EQ(json["test"]["best"]["accuracy"], 0.881);
  EXPECT_EQ(json["sweep"]["epochs_saved"], 70);
  EXPECT_EQ(json["parameters"][1]["decayed"], false);
  EXPECT_TRUE(json["equivalents"]["sklearn_C"].is_null());
  EXPECT_TRUE(json["grid"][0]["effective_dof"].is_null());
  const Json& point = json["grid"][2]["trained"];
  ASSERT_EQ(point["curves"].size(), 2U);
  EXPECT_EQ(point["curves"][1]["seed"], 2);
  for (const char* key : {"train_loss", "penalty", "validation_loss", "validation_accuracy",
                          "gradient_norm", "update_angle", "layer_norms"})
    EXPECT_EQ(point["curves"][0][key].size(), 20U) << key;
  EXPECT_EQ(point["curves"][0]["layer_norms"][0].size(), 2U);
  EXPECT_EQ(json["grid"][4]["trained"]["diverged"], "the loss became NaN in epoch 3");
  EXPECT_TRUE(json["grid"][0]["trained"]["half_life_steps"].is_null());
}

TEST(NetReport, ThePageHasTheFiguresOfTheTraining) {
  const std::string html = ReportHtml(NetSample());
  EXPECT_EQ(XmlProblem(html), "");
  for (const char* id : {"loss", "epochs", "norms", "angle"}) {
    for (const char* variant : {"-wide", "-narrow"})
      EXPECT_TRUE(Has(html, "id=\"" + std::string(id) + variant + "\"")) << id << variant;
  }
  EXPECT_FALSE(Has(html, "id=\"paths"));
  EXPECT_TRUE(Has(html, "The arrow keys read the values at each epoch."));
  EXPECT_TRUE(Has(html, "\"epoch 20\""));
}

TEST(NetReport, ThePageIsWellFormedForOddResults) {
  TuneResult empty = NetSample();  // stopped before any epoch of all but the first
  for (std::size_t i = 1; i < empty.grid.size(); ++i) {
    empty.grid[i].trained->curves.clear();
    empty.grid[i].trained->seeds = 0;
    empty.grid[i].trained->finished = false;
  }
  empty.best = empty.one_se = 0;
  EXPECT_EQ(XmlProblem(ReportHtml(empty)), "");
  EXPECT_TRUE(RowOf(TerminalReport(empty, {}), "0.1").ends_with("not started"));
  TuneResult broken = NetSample();
  broken.grid[0].trained->curves[0].epochs[2].validation_loss = INFINITY;
  broken.verdict.baseline = 0.1;  // the best itself
  EXPECT_EQ(XmlProblem(ReportHtml(broken)), "");
}

TEST(NetReport, ABaselineThatWasChosenIsNotSaidToHelpAgainstItself) {
  TuneResult result = NetSample();
  result.best = result.one_se = 0;
  result.verdict.compared = 0.1;
  const std::string text = TerminalReport(result, {}, {.width = 96});
  EXPECT_TRUE(Has(text, "No decay was lowest on the validation rows; on the test rows 0.1 did"));
  EXPECT_FALSE(Has(text, "Use a weight decay"));
  EXPECT_TRUE(Has(ReportHtml(result), "Decay 0 was chosen, though 0.1 tests better"));
}

TEST(NetReport, WhereNothingWasComparedNothingIsClaimed) {
  TuneResult result = NetSample();
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  result.verdict.improvement = result.verdict.p_value = result.verdict.minimum_detectable = NAN;
  result.verdict.ci95[0] = result.verdict.ci95[1] = NAN;
  const std::string text = TerminalReport(result, {}, {.width = 96});
  EXPECT_TRUE(Has(text, "Nothing was compared"));
  EXPECT_FALSE(Has(text, "power"));
  EXPECT_TRUE(Json::parse(ResultJson(result))["verdict"]["p_value"].is_null());
  EXPECT_EQ(XmlProblem(ReportHtml(result)), "");
}

TEST(NetReport, OnlyWhatOtherLibrariesHaveIsSaidInTheirUnits) {
  const auto with = [](const std::string& rule, DecayLaw law) {
    TuneResult result = NetSample();
    result.training->optimizer.rule = rule;
    result.training->optimizer.law = law;
    return result;
  };
  for (const TuneResult& result :
       {with("adamw", DecayLaw::kIndependent), with("adamw", DecayLaw::kProximal),
        with("adamw", DecayLaw::kCautious), with("lion", DecayLaw::kDecoupled)}) {
    EXPECT_FALSE(Has(TerminalReport(result, {}, {.width = 96}), "AdamW("));
    EXPECT_TRUE(Json::parse(ResultJson(result))["equivalents"]["pytorch_weight_decay"].is_null());
  }
  TuneResult result = NetSample();
  EXPECT_TRUE(Json::parse(ResultJson(result))["equivalents"]["keras_l2"].is_null());
  for (DecayedParameter& parameter : result.training->parameters) parameter.decayed = true;
  result.training->optimizer.policy = DecayPolicy::kAll;
  EXPECT_TRUE(Has(Snippets(result)[0].code, "AdamW(model.parameters()"));
  EXPECT_TRUE(Has(Snippets(result)[1].code, "DecayPolicy::kAll"));
}

TEST(NetReport, SnippetsAreOfTheOptimizerThatWasUsed) {
  TuneResult result = NetSample();
  OptimizerOptions& optimizer = result.training->optimizer;
  ASSERT_EQ(Snippets(result).size(), 2U);
  EXPECT_TRUE(Has(Snippets(result)[0].code, "torch.optim.AdamW(["));
  EXPECT_TRUE(Has(Snippets(result)[0].code, "\"weight_decay\": 0.1}"));
  EXPECT_FALSE(Has(Snippets(result)[0].code, "update"));
  EXPECT_TRUE(Has(Snippets(result)[1].code, "DecayLaw::kDecoupled"));
  optimizer.rule = "sgd";
  optimizer.law = DecayLaw::kCoupled;
  optimizer.options = {{"momentum", 0.9}};
  EXPECT_TRUE(Has(Snippets(result)[0].code, "torch.optim.SGD(["));
  EXPECT_TRUE(Has(Snippets(result)[0].code, "momentum=0.9"));
  EXPECT_TRUE(Has(Snippets(result)[1].code, "options.options[\"momentum\"] = 0.9;"));
  optimizer.rule = "lion";
  optimizer.law = DecayLaw::kCautious;
  optimizer.options.clear();
  EXPECT_EQ(Snippets(result)[0].code, "");
  EXPECT_EQ(Snippets(result)[0].note, "PyTorch 1.13 has no lion.");
  optimizer.rule = "adafactor";
  EXPECT_EQ(Snippets(result)[0].note,
            "PyTorch 1.13 has no adafactor; 2.5 and later have torch.optim.Adafactor.");
  EXPECT_TRUE(Has(Snippets(result)[1].code, "DecayLaw::kCautious"));
}

}  // namespace
}  // namespace halflife
