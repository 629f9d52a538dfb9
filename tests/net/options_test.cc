// Options of nets: what is refused, in which words, and what the schedules become.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "support/errors.h"
#include "support/nets.h"

namespace halflife {
namespace {

using testing::ErrorOf;

std::string NetError(const std::function<void(NetOptions*)>& change) {
  NetOptions net;
  change(&net);
  return ErrorOf([&] { CheckOptions(net); });
}

std::string TrainingError(const std::function<void(TrainingOptions*)>& change) {
  TrainingOptions training;
  change(&training);
  return ErrorOf([&] { CheckOptions(training); });
}

TEST(NetOptions, SayWhatIsOutOfRange) {
  EXPECT_EQ(NetError([](NetOptions*) {}), "no error");
  EXPECT_EQ(NetError([](NetOptions* net) {
              net->hidden = {8, 0};
            }),
            "net: hidden must be in 1 <= x <= 65536, whole, not 0");
  EXPECT_EQ(NetError([](NetOptions* net) { net->hidden.assign(65, 1); }),
            "net: 65 hidden layers are more than the 64 that this program trains");
  EXPECT_EQ(NetError([](NetOptions* net) { net->dropout = 1; }),
            "net: dropout must be in 0 <= x < 1, not 1");
  EXPECT_EQ(TrainingError([](TrainingOptions*) {}), "no error");
  EXPECT_EQ(TrainingError([](TrainingOptions* t) { t->epochs = 0; }),
            "training: epochs must be in 1 <= x <= 1000000, whole, not 0");
  EXPECT_EQ(TrainingError([](TrainingOptions* t) { t->batch = -3; }),
            "training: batch must be in 1 <= x <= 65536, whole, not -3");
  EXPECT_EQ(TrainingError([](TrainingOptions* t) { t->lr_end = 2; }),
            "training: lr_end must be in 0 <= x <= 1, not 2");
  EXPECT_EQ(TrainingError([](TrainingOptions* t) { t->warm_up = 1; }),
            "training: warm_up must be in 0 <= x < 1, not 1");
  EXPECT_EQ(TrainingError([](TrainingOptions* t) { t->patience = -1; }),
            "training: patience must be in 0 <= x <= 1000000, whole, not -1");
  EXPECT_EQ(TrainingError([](TrainingOptions* t) { t->optimizer.decay = 0.1; }),
            "training: lr and decay belong to each run; leave those of the optimizer unset");
  EXPECT_EQ(TrainingError([](TrainingOptions* t) { t->optimizer.lr_schedule = Schedule(); }),
            "training: the schedules follow from lr_shape, warm_up and decay_shape; leave those of "
            "the optimizer unset");
}

TEST(NetOptions, NamesAreFoundAndMisspellingsCorrected) {
  for (const char* name : {"relu", "gelu", "tanh"}) EXPECT_EQ(Name(FindActivation(name)), name);
  for (const char* name : {"constant", "linear", "cosine"})
    EXPECT_EQ(Name(FindScheduleShape(name)), name);
  EXPECT_EQ(
      ErrorOf([] { FindActivation("rellu"); }),
      "no activation is called \"rellu\"; did you mean \"relu\"?; there are relu, gelu, tanh");
}

TEST(NetOptions, RowsThatDoNotFitAreRefused) {
  const testing::NetProblem problem(6, 3);
  const auto error = [&](const std::function<void(NetData*)>& change) {
    NetData data = problem.data();
    change(&data);
    return ErrorOf([&] { NetTrainer(data, {}, {}); });
  };
  EXPECT_EQ(error([](NetData*) {}), "no error");
  EXPECT_EQ(error([](NetData* data) { data->outputs = 2; }),
            "net: class 2 in the training rows is not one of the 2");
  EXPECT_EQ(error([](NetData* data) { data->validation.width = 5; }),
            "net: the validation rows do not fit: 67 rows of 5 numbers, 67 classes and 0 targets, "
            "for 6 inputs and 3 outputs");
  EXPECT_EQ(error([](NetData* data) {
              data->validation = {};
              data->validation.width = 6;
            }),
            "net: there must be rows to train on and rows to validate with");
  EXPECT_EQ(error([](NetData* data) { data->outputs = 0; }),
            "net: 6 inputs and 0 outputs; each must be between 1 and 1048576");
}

TEST(NetOptions, TheOptimizersOwnErrorsComeWithTheFirstRun) {
  const testing::NetProblem problem(6, 3);
  TrainingOptions training;
  training.optimizer.rule = "adamww";
  NetTrainer trainer(problem.data(), {}, training);
  EXPECT_NE(ErrorOf([&] {
              trainer.Start({0.0, 1e-3, 1});
            }).find("did you mean \"adamw\""),
            std::string::npos);
}

TEST(NetSchedules, WarmUpThenShapeToTheEnd) {
  TrainingOptions training;
  training.warm_up = 0.1;
  training.lr_shape = ScheduleShape::kLinear;
  training.lr_end = 0.5;
  const Schedule lr = LrSchedule(training, 100);
  EXPECT_DOUBLE_EQ(lr.At(0), 0.1);
  EXPECT_DOUBLE_EQ(lr.At(9), 1);
  EXPECT_DOUBLE_EQ(lr.At(10), 1);
  EXPECT_DOUBLE_EQ(lr.At(55), 0.75);
  EXPECT_DOUBLE_EQ(lr.At(100), 0.5);
  EXPECT_DOUBLE_EQ(LrSchedule({}, 100).At(77), 1);
  training.decay_shape = ScheduleShape::kCosine;
  EXPECT_DOUBLE_EQ(DecaySchedule(training, 100).At(0), 1);
  EXPECT_DOUBLE_EQ(DecaySchedule(training, 100).At(50), 0.5);
}

}  // namespace
}  // namespace halflife
