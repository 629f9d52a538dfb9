#include <gtest/gtest.h>

#include <cmath>

#include "halflife/error.h"
#include "halflife/fitted_model.h"
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
  EXPECT_EQ(predictions.notes,
            (std::vector<std::string>{"column \"colour\": 1 missing cell, as no training row had; "
                                      "taken as none of the known levels",
                                      "column \"colour\": 1 unknown level such as \"green\", taken "
                                      "as none of the known ones"}));
}

TEST(Predict, IgnoresOtherColumnsAndSaysSo) {
  const Table table = MakeTable({Text("colour", {0, 0}, {"red"}), Numbers("x", {1, 1}),
                                 Numbers("more", {1, 2}), Numbers("y", {1, 2})});
  EXPECT_EQ(Predict(SmallModel(), table).notes,
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
