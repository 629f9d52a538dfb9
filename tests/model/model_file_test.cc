#include <gtest/gtest.h>

#include "halflife/error.h"
#include "halflife/fitted_model.h"

namespace halflife {
namespace {

FittedModel ThreeClasses() {
  FittedModel model;
  model.family = ModelFamily::kLogistic;
  model.task = Task::kClassification;
  model.target = "kind \"of\" thing";
  model.classes = {"a", "b", "ü"};
  model.decay = 0.1 + 0.2;
  model.loss = 1.0 / 3.0;
  model.rows = 42;
  model.intercept = {1e-300, -2.5, 0.1};
  model.inputs = {{.column = "x",
                   .kind = ModelInput::Kind::kNumber,
                   .level = "",
                   .fill = 3.0,
                   .marks = {.thousands = '.', .decimal = ','},
                   .mean = 1.0 / 7.0,
                   .scale = 2.0,
                   .weights = {1, 2, 3}},
                  {.column = "c",
                   .kind = ModelInput::Kind::kLevel,
                   .level = "red",
                   .fill = 0.0,
                   .mean = 0.5,
                   .scale = 0.5,
                   .weights = {4, 5, 6}}};
  return model;
}

TEST(ModelFile, ReadsBackExactlyWhatWasWritten) {
  const FittedModel model = ThreeClasses();
  const std::string json = ModelToJson(model);
  const FittedModel back = ModelFromJson(json, "model.json");
  EXPECT_EQ(ModelToJson(back), json);
  EXPECT_EQ(back.decay, model.decay);
  EXPECT_EQ(back.loss, model.loss);
  EXPECT_EQ(back.intercept, model.intercept);
  EXPECT_EQ(back.classes, model.classes);
  EXPECT_EQ(back.inputs[0].mean, model.inputs[0].mean);
  EXPECT_EQ(back.inputs[0].marks.thousands, '.');
  EXPECT_EQ(back.inputs[0].marks.decimal, ',');
  EXPECT_EQ(back.inputs[1].level, "red");
  EXPECT_EQ(back.inputs[1].weights, model.inputs[1].weights);
}

// Each replaces one piece of a good file; the message names the place.
struct Broken {
  const char* what;
  const char* from;
  const char* to;
  const char* message;
};

class BrokenModelFile : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenModelFile, IsRefusedInOneLineThatNamesThePlace) {
  std::string json = ModelToJson(ThreeClasses());
  const std::size_t at = json.find(GetParam().from);
  ASSERT_NE(at, std::string::npos);
  json.replace(at, std::string(GetParam().from).size(), GetParam().to);
  try {
    ModelFromJson(json, "m.json");
    FAIL() << GetParam().what;
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()), std::string("m.json: ") + GetParam().message +
                                             "; use the model.json that `halflife tune` wrote");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, BrokenModelFile,
    ::testing::Values(
        Broken{
            "other format", "halflife.model/1", "halflife.model/9",
            "model: the format is \"halflife.model/9\", this program reads \"halflife.model/1\""},
        Broken{"missing key", "\"decay\"", "\"decoy\"", "model: \"decay\" is missing"},
        Broken{"text for a number", "42", "\"42\"", "model: \"rows\" must be a finite number"},
        Broken{"negative rows", "42", "-1", "model: \"rows\" is out of range"},
        Broken{"number out of range", "42", "1e999", "holds a number out of range"},
        Broken{"unknown family", "\"logistic\"", "\"forest\"",
               "model: \"family\" is \"forest\", not one of linear, logistic"},
        Broken{"family against task", "\"logistic\"", "\"linear\"",
               "model: \"family\" and \"task\" don't go together"},
        Broken{"two classes, three outputs", "\"ü\"", "\"ü\", \"d\"",
               "model: \"intercept\" holds 3 numbers where 4 are needed"},
        Broken{"zero scale", "\"scale\": 2.0", "\"scale\": 0.0",
               "inputs[0]: \"scale\" must be above 0"},
        Broken{"unknown kind", "\"level\",\n", "\"step\",\n",
               "inputs[1]: \"is\" is \"step\", not one of number, missing, level"},
        Broken{"unknown mark", "\"thousands_mark\": \".\"", "\"thousands_mark\": \"_\"",
               "inputs[0]: \"thousands_mark\" is \"_\", not one of ,, .,  , '"},
        Broken{"one mark twice", "\"thousands_mark\": \".\"", "\"thousands_mark\": \",\"",
               "inputs[0]: \"thousands_mark\" and \"decimal_mark\" must differ"},
        Broken{"a weight too few", "4.0,", "", "inputs[1]: 2 weights stand beside 3 intercepts"},
        Broken{"a bracket short", "]", "", "not JSON (byte 310)"}));

TEST(ModelFile, WhatIsNoModelAtAllIsRefused) {
  for (const std::string text : {"", "[]", "null", "{}", "{\"format\": 3}", "\xff\xfe"})
    EXPECT_THROW(ModelFromJson(text, "m.json"), Error) << text;
  EXPECT_THROW(ModelFromJson(std::string(100000, '['), "m.json"), Error);
}

}  // namespace
}  // namespace halflife
