// A net's options in one line of text.
#include "lab/net_text.h"

#include <gtest/gtest.h>

#include "support/errors.h"

namespace halflife {
namespace {

using testing::ErrorOf;

TEST(LabOptions, AreThoseOfTheLibraryWhereNothingIsSaid) {
  const LabOptions options = ParseLabOptions("");
  EXPECT_EQ(options.net.hidden, NetOptions().hidden);
  EXPECT_EQ(options.training.epochs, TrainingOptions().epochs);
  EXPECT_FALSE(options.training.optimizer.rule);
}

TEST(LabOptions, EveryNameIsRead) {
  const LabOptions options = ParseLabOptions(
      "hidden=16,8  activation=tanh layer_norm=1 dropout=0.25 epochs=7 batch=32 rule=sgd "
      "law=decoupled lr_shape=cosine lr_end=0.1 warm_up=0.2 decay_shape=linear patience=3 "
      "momentum=0.9");
  EXPECT_EQ(options.net.hidden, (std::vector<int>{16, 8}));
  EXPECT_EQ(options.net.activation, Activation::kTanh);
  EXPECT_TRUE(options.net.layer_norm);
  EXPECT_EQ(options.net.dropout, 0.25);
  EXPECT_EQ(options.training.epochs, 7);
  EXPECT_EQ(options.training.batch, 32);
  EXPECT_EQ(options.training.optimizer.rule, "sgd");
  EXPECT_EQ(options.training.optimizer.law, DecayLaw::kDecoupled);
  EXPECT_EQ(options.training.lr_shape, ScheduleShape::kCosine);
  EXPECT_EQ(options.training.lr_end, 0.1);
  EXPECT_EQ(options.training.warm_up, 0.2);
  EXPECT_EQ(options.training.decay_shape, ScheduleShape::kLinear);
  EXPECT_EQ(options.training.patience, 3);
  EXPECT_EQ(options.training.optimizer.options, (std::map<std::string, double>{{"momentum", 0.9}}));
  EXPECT_TRUE(ParseLabOptions("hidden=none").net.hidden.empty());
}

TEST(LabOptions, SayWhatIsWrong) {
  const auto error = [](const char* text) { return ErrorOf([&] { ParseLabOptions(text); }); };
  EXPECT_EQ(error("batch"), "\"batch\": write NAME=VALUE, such as batch=32");
  EXPECT_EQ(error("batch=1.5"), "batch: \"1.5\" is not a whole number");
  EXPECT_EQ(error("batch=1e300"), "batch: \"1e300\" is not a whole number");
  EXPECT_EQ(error("dropout=lots"), "dropout: \"lots\" is not a number");
  EXPECT_EQ(error("batch=1 batch=2"), "batch is given twice");
  EXPECT_EQ(error("beta1=0 beta1=1"), "beta1 is given twice");
  EXPECT_EQ(error("law=decoupld").substr(0, 56),
            "no decay law is called \"decoupld\"; did you mean \"decoupl");
  EXPECT_EQ(error("activation=relv").substr(0, 56),
            "no activation is called \"relv\"; did you mean \"relu\"?; th");
}

}  // namespace
}  // namespace halflife
