#include <gtest/gtest.h>

#include <cmath>

#include "halflife/error.h"
#include "halflife/fitted_model.h"
#include "halflife/report.h"
#include "model/new_rows.h"
#include "support/tables.h"

namespace halflife {
namespace {

using testing::MakeTable;
using testing::Numbers;
using testing::Text;

// y = 10 + 2 (x - 1) / 4 + 3 [colour = red] + 5 [x missing], x missing read as 1.
FittedModel SmallModel() {
  FittedModel model;
  model.target = "y";
  model.intercept = {10.0};
  model.inputs = {{.column = "x",
                   .kind = ModelInput::Kind::kNumber,
                   .level = "",
                   .fill = 1.0,
                   .mean = 1.0,
                   .scale = 4.0,
                   .weights = {2.0}},
                  {.column = "x",
                   .kind = ModelInput::Kind::kMissing,
                   .level = "",
                   .fill = 0.0,
                   .mean = 0.0,
                   .scale = 1.0,
                   .weights = {5.0}},
                  {.column = "colour",
                   .kind = ModelInput::Kind::kLevel,
                   .level = "red",
                   .fill = 0.0,
                   .mean = 0.0,
                   .scale = 1.0,
                   .weights = {3.0}}};
  return model;
}

TEST(Predict, RefusesATableMadeByHandThatIsNone) {
  Table table = MakeTable({Numbers("x", {1, 5}), Text("colour", {0, 1}, {"blue", "red"})});
  EXPECT_EQ(Predict(SmallModel(), table).outputs.size(), 2U);
  table.columns[0].numbers.pop_back();
  EXPECT_THROW(Predict(SmallModel(), table), Error);
}

std::vector<double> Outputs(const Predictions& predictions) {
  std::vector<double> all;
  for (const auto& row : predictions.outputs) all.push_back(row[0]);
  return all;
}

TEST(Predict, AddsWhatEachCellSays) {
  const Table table =
      MakeTable({Text("colour", {1, 0, 1}, {"blue", "red"}), Numbers("x", {5.0, 9.0, NAN})});
  const Predictions predictions = Predict(SmallModel(), table);
  EXPECT_EQ(Outputs(predictions), (std::vector<double>{15.0, 14.0, 18.0}));
}

TEST(Predict, TakesAnUnknownOrMissingLevelAsNoneAndSaysSo) {
  const Table table = MakeTable({Text("colour", {0, -1}, {"green"}), Numbers("x", {1.0, 1.0})});
  const Predictions predictions = Predict(SmallModel(), table);
  EXPECT_EQ(Outputs(predictions), (std::vector<double>{10.0, 10.0}));
  EXPECT_EQ(Notes(predictions.findings),
            (std::vector<std::string>{"column \"colour\": 1 missing cell; "
                                      "taken as none of the known levels",
                                      "column \"colour\": 1 unknown level such as \"green\", taken "
                                      "as none of the known ones"}));
}

TEST(Predict, IgnoresOtherColumnsAndSaysSo) {
  const Table table = MakeTable({Text("colour", {0, 0}, {"red"}), Numbers("x", {1, 1}),
                                 Numbers("more", {1, 2}), Numbers("y", {1, 2})});
  EXPECT_EQ(Notes(Predict(SmallModel(), table).findings),
            (std::vector<std::string>{"1 column not used by the model: \"more\""}));
}

TEST(Predict, RefusesAMissingColumnWithTheNearestName) {
  const Table table = MakeTable({Text("color", {0, 0}, {"red"}), Numbers("x", {1, 1})});
  try {
    Predict(SmallModel(), table);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(
        error.what(),
        "made.csv: column \"colour\" is missing and the model needs it; did you mean \"color\"?");
  }
}

TEST(Predict, RefusesTextWhereNumbersWere) {
  const Table table = MakeTable({Text("colour", {0, 0}, {"red"}), Text("x", {-1, 0}, {"five"})});
  try {
    Predict(SmallModel(), table);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "made.csv: column \"x\" held numbers when the model was fitted, but here row 2 "
                 "holds \"five\"; "
                 "correct the cell or leave it empty");
  }
}

// A model of one boolean that learnt True and False.
FittedModel ModelOfFlag() {
  FittedModel model;
  model.inputs = {
      {.column = "flag", .kind = ModelInput::Kind::kLevel, .level = "False", .weights = {-1}},
      {.column = "flag", .kind = ModelInput::Kind::kLevel, .level = "True", .weights = {2}}};
  model.intercept = {0};
  return model;
}

TEST(Predict, BooleansAreTheSameInAnyCase) {
  const FittedModel model = ModelOfFlag();
  for (const char* file : {"flag\nTrue\nFalse\n", "flag\nTRUE\nFALSE\n", "flag\ntrue\nfalse\n"}) {
    const Predictions predictions = Predict(model, ParseNewRows(file, "t.csv", model.inputs));
    EXPECT_EQ(predictions.outputs[0], std::vector<double>{2}) << file;
    EXPECT_EQ(predictions.outputs[1], std::vector<double>{-1}) << file;
    EXPECT_TRUE(predictions.findings.empty()) << file;
  }
  const Table odd = ParseNewRows("flag\nTRUE\nTrue\nmaybe\n", "t.csv", model.inputs);
  const Predictions predictions = Predict(model, odd);
  EXPECT_EQ(predictions.outputs[0], predictions.outputs[1]);
  EXPECT_EQ(predictions.outputs[2], std::vector<double>{0});
  EXPECT_EQ(predictions.findings.size(), 1U);  // maybe
}

TEST(Predict, LevelsOfNoPairKeepTheirCase) {
  FittedModel model = ModelOfFlag();
  model.inputs[0].level = "maybe";
  const Predictions predictions =
      Predict(model, ParseNewRows("flag\nTrue\nTRUE\nmaybe\n", "t.csv", model.inputs));
  EXPECT_EQ(predictions.outputs[0], std::vector<double>{2});
  EXPECT_EQ(predictions.outputs[1], std::vector<double>{0});
  EXPECT_EQ(predictions.outputs[2], std::vector<double>{-1});
}

TEST(Predict, NewRowsAreReadAsTheModelTakesThem) {
  FittedModel model = ModelOfFlag();
  model.inputs.push_back({.column = "x", .fill = 5.0, .weights = {10}});
  for (const char* cell : {"7", "007", "$7", "7%", "\"7,0\""}) {
    const std::string file = std::string("flag,x\nTrue,") + cell + "\n";
    EXPECT_EQ(Predict(model, ParseNewRows(file, "t.csv", model.inputs)).outputs[0],
              std::vector<double>{72})
        << cell;
  }
  for (const char* cell : {"", "N/A", "-", "NA"}) {
    const std::string file = std::string("flag,x\nTrue,") + cell + "\n";
    EXPECT_EQ(Predict(model, ParseNewRows(file, "t.csv", model.inputs)).outputs[0],
              std::vector<double>{52})
        << cell;
  }
}

TEST(Predict, ATextAmongNewNumbersIsNamedWithItsRow) {
  const FittedModel model{.inputs = {{.column = "x", .weights = {1}}}};
  for (const char* rows : {"1\nbig\n", "1\nbig\nbigger\n", "$1\nbig\n3\n"}) {
    try {
      ParseNewRows(std::string("x\n") + rows, "t.csv", model.inputs);
      FAIL() << rows;
    } catch (const Error& error) {
      EXPECT_STREQ(
          error.what(),
          "t.csv: column \"x\" held numbers when the model was fitted, but here row 2 holds "
          "\"big\"; correct the cell or leave it empty");
    }
  }
}

TEST(Predict, ProbabilitiesSumToOneAndFollowTheLogits) {
  FittedModel model;
  model.classes = {"a", "b"};
  const std::vector<double> two = Probabilities(model, {std::log(3.0)});
  EXPECT_DOUBLE_EQ(two[0], 0.25);
  EXPECT_DOUBLE_EQ(two[1], 0.75);
  model.classes = {"a", "b", "c"};
  const std::vector<double> three = Probabilities(model, {1000.0, 1000.0, -1000.0});
  EXPECT_DOUBLE_EQ(three[0], 0.5);
  EXPECT_EQ(three[2], 0.0);
}

}  // namespace
}  // namespace halflife
