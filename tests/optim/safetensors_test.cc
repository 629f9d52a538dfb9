// The safetensors reader and writer, and the state files that stand on them.
#include "optim/safetensors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <filesystem>

#include "base/mapped_file.h"
#include "base/parallel.h"
#include "halflife/error.h"
#include "support/training.h"

namespace halflife {
namespace {

// A file with that header and data.
std::string FileOf(const std::string& header, const std::string& data = "") {
  std::string file;
  for (int i = 0; i < 8; ++i) file += static_cast<char>(header.size() >> (8 * i) & 0xFFU);
  return file + header + data;
}

std::string RefusalOf(const std::string& file) {
  try {
    ReadSafeTensors(file, "file");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(SafeTensors, WhatIsWrittenIsRead) {
  SafeTensors content;
  const std::string a(24, 'a'), b(8, 'b');
  content.metadata = {{"key", "va\"lue\n"}};
  content.tensors = {
      {"x/\"y\"", "F32", {2, 3}, a}, {"scalar", "F64", {}, b}, {"none", "F32", {0, 7}, ""}};
  const std::string file = WriteSafeTensors(content);
  const SafeTensors read = ReadSafeTensors(file, "file");
  EXPECT_EQ(read.metadata, content.metadata);
  ASSERT_EQ(read.tensors.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(read.tensors[i].bytes, content.tensors[i].bytes);
    EXPECT_EQ(read.tensors[i].shape, content.tensors[i].shape);
  }
  EXPECT_EQ(read.tensors[0].name, "x/\"y\"");
  EXPECT_EQ(WriteSafeTensors(read), file);
  EXPECT_TRUE(ReadSafeTensors(FileOf("{}"), "file").tensors.empty());
}

TEST(SafeTensors, UnsoundFilesAreRefusedWithAReason) {
  const std::string tensor = R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  EXPECT_EQ(RefusalOf(FileOf(tensor, "abcd")), "");
  const auto refuses = [](const std::string& file, const std::string& why) {
    EXPECT_NE(RefusalOf(file).find(why), std::string::npos) << RefusalOf(file);
  };
  refuses("", "shorter than a header's length");
  refuses("abcdefg", "shorter than a header's length");
  refuses(std::string(8, '\xff'), "above 100 MB");
  refuses(FileOf(tensor).substr(0, 20), "ends inside its header");
  refuses(FileOf(""), "does not begin with {");
  refuses(FileOf("[1]"), "does not begin with {");
  refuses(FileOf("{\"x\""), "not JSON at byte");
  refuses(FileOf(std::string(100000, '{')), "not JSON");
  refuses(FileOf(R"({"x":{"a":{"b":1}}})"), "nested too deep");
  refuses(FileOf(R"({"x":{"shape":[[1]]}})"), "a list stands where none can");
  refuses(FileOf(R"({"x":{"shape":[-1]}})"), "negative");
  refuses(FileOf(R"({"x":{"shape":[1.5]}})"), "not whole");
  refuses(FileOf(R"({"x":{"dtype":null}})"), "null");
  refuses(FileOf(R"({"x":1})"), "outside shape");
  // At the first tensor that lacks a part, not after all: the second is worse.
  refuses(FileOf(R"({"a":{},"b":null})"), "tensor \"a\" lacks dtype, shape or two data_offsets");
  refuses(
      FileOf(R"({"x":{"dtype":"F32","data_offsets":[],"data_offsets":[0,4],"shape":[1]}})", "abcd"),
      "a list other than its shape");
  refuses(FileOf(R"({"x":{"dtype":"F32","shape":[1]}})"), "lacks dtype");
  refuses(FileOf(R"({"__metadata__":{"a":"1","a":"2"}})"), "a key twice");
  refuses(FileOf(R"({"__metadata__":{"a":1}})"), "outside shape");
  const std::string one = R"("x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]})";
  refuses(FileOf("{" + one + "," + one + "}", "abcd"), "is there twice");
  refuses(FileOf(tensor, "abc"), "outside the file");
  refuses(FileOf(tensor, "abcde"), "1 bytes at the end belong to no tensor");
  refuses(FileOf(R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", "abcdefgh"),
          "overlap others, leave a gap");
  refuses(FileOf(R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", "abcd"),
          "has 4 bytes, its shape asks for 8");
  refuses(FileOf(R"({"x":{"dtype":"F3","shape":[2],"data_offsets":[0,4]}})", "abcd"),
          "unknown dtype");
  refuses(FileOf(R"({"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})"),
          "too large");
  refuses(FileOf(R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", "abcd"),
          "overlap others, leave a gap");
}

struct Saved {
  testing::Tensors tensors;
  std::string bytes;
};

Saved SaveOf(const OptimizerOptions& options) {
  Saved saved;
  saved.tensors.Add("a", {3, 4}, 1);
  saved.tensors.Add("b", {5}, 2);
  Optimizer optimizer(saved.tensors.Parameters(), options);
  testing::StepWith(&optimizer, testing::RandomGradients(saved.tensors, 1, 1));
  saved.bytes = optimizer.StateBytes();
  return saved;
}

std::string LoadRefusal(testing::Tensors tensors, const OptimizerOptions& options,
                        const std::string& bytes) {
  Optimizer optimizer(tensors.Parameters(), options);
  const std::string before = optimizer.StateBytes();
  try {
    optimizer.LoadBytes(bytes, "run.state");
  } catch (const Error& error) {
    EXPECT_EQ(optimizer.StateBytes(), before) << "a refused file must change nothing";
    return error.what();
  }
  return "";
}

TEST(State, AnotherRuleNameOrShapeIsRefused) {
  OptimizerOptions adamw;
  const Saved saved = SaveOf(adamw);
  OptimizerOptions lion;
  lion.rule = "lion";
  EXPECT_EQ(LoadRefusal(saved.tensors, lion, saved.bytes),
            "run.state: it has \"a/adamw.beta1_power\" but not \"a/lion.t\"; was it saved by "
            "another rule, or with other options of it?");
  OptimizerOptions amsgrad;
  amsgrad.options["amsgrad"] = 1;
  EXPECT_NE(LoadRefusal(saved.tensors, amsgrad, saved.bytes).find("a/adamw.v_max"),
            std::string::npos);
  testing::Tensors renamed = saved.tensors;
  renamed.names[1] = "c";
  EXPECT_NE(LoadRefusal(renamed, adamw, saved.bytes).find("nothing there for parameter \"c\""),
            std::string::npos);
  testing::Tensors reshaped = saved.tensors;
  reshaped.shapes[0] = {4, 3};
  EXPECT_EQ(LoadRefusal(reshaped, adamw, saved.bytes),
            "run.state: \"a/adamw.m\" is F32 [3, 4], the optimizer's is F32 [4, 3]; was the "
            "model's shape changed?");
  testing::Tensors fewer;
  fewer.Add("a", {3, 4}, 1);
  EXPECT_NE(LoadRefusal(fewer, adamw, saved.bytes).find("for which the optimizer has no parameter"),
            std::string::npos);
  EXPECT_NE(
      LoadRefusal(saved.tensors, adamw, FileOf("{}")).find("not the state of a halflife optimizer"),
      std::string::npos);
  EXPECT_NE(LoadRefusal(saved.tensors, adamw, saved.bytes.substr(0, saved.bytes.size() - 1))
                .find("run.state: not a sound"),
            std::string::npos);
}

TEST(State, ChangedOptionsAreReportedAndTheProgramsHold) {
  OptimizerOptions options;
  options.decay = 0.1;
  Saved saved = SaveOf(options);
  options.decay = 0.2;
  Optimizer optimizer(saved.tensors.Parameters(), options);
  const LoadReport report = optimizer.LoadBytes(saved.bytes, "run.state");
  ASSERT_EQ(report.differences.size(), 1U);
  const StateDifference& decay = report.differences[0];
  EXPECT_EQ(decay.kind, StateDifference::Kind::kChanged);
  EXPECT_EQ(decay.group, "all");
  EXPECT_EQ(decay.setting, "decay");
  EXPECT_EQ(decay.was, "0.1");
  EXPECT_EQ(decay.is, "0.2");
  EXPECT_EQ(DifferenceText(decay), "group \"all\" decay: \"0.1\" -> \"0.2\"");
  EXPECT_EQ(optimizer.Plan()[0].decay, 0.2);
}

// One difference for each setting that a group has, and no other.
TEST(State, EveryChangedSettingIsReportedByItsName) {
  const auto differences = [](const auto& change) {
    OptimizerOptions options = testing::OptionsFor("adamw", DecayLaw::kDecoupled, 0.125);
    options.lr = 0.5;
    Saved saved = SaveOf(options);
    change(&options);
    Optimizer optimizer(saved.tensors.Parameters(), options);
    std::vector<std::string> texts;
    for (const StateDifference& found : optimizer.LoadBytes(saved.bytes, "run.state").differences)
      texts.push_back(DifferenceText(found));
    return texts;
  };
  using Texts = std::vector<std::string>;
  EXPECT_EQ(differences([](OptimizerOptions*) {}), Texts());
  EXPECT_EQ(differences([](OptimizerOptions* o) { o->lr = 0.25; }),
            Texts{"group \"all\" lr: \"0.5\" -> \"0.25\""});
  EXPECT_EQ(differences([](OptimizerOptions* o) { o->lr_schedule = Schedule::Cosine(9); }),
            Texts{"group \"all\" lr_schedule: \"constant 1\" -> \"cosine over 9: 1 to 0\""});
  EXPECT_EQ(differences([](OptimizerOptions* o) { o->law = DecayLaw::kCautious; }),
            Texts{"group \"all\" law: \"decoupled\" -> \"cautious\""});
  EXPECT_EQ(differences([](OptimizerOptions* o) { o->l1_ratio = 0.75; }),
            Texts{"group \"all\" l1_ratio: \"0.5\" -> \"0.75\""});
  EXPECT_EQ(differences([](OptimizerOptions* o) { o->decay_schedule = Schedule::Constant(0.5); }),
            Texts{"group \"all\" decay_schedule: \"constant 1\" -> \"constant 0.5\""});
  EXPECT_EQ(differences([](OptimizerOptions* o) { o->options["beta2"] = 0.5; }),
            Texts{"group \"all\" beta2: \"0.999\" -> \"0.5\""});
}

TEST(State, StepsTakenAndSkippedAreResumed) {
  testing::Tensors tensors;
  tensors.Add("w", {3}, 1);
  OptimizerOptions options;
  options.non_finite = NonFinite::kSkipStep;
  Optimizer optimizer(tensors.Parameters(), options);
  testing::StepWith(&optimizer, {{1, 2, 3}});
  for (int i = 0; i < 3; ++i) testing::StepWith(&optimizer, {{1, INFINITY, 3}});
  Optimizer resumed(tensors.Parameters(), options);
  EXPECT_EQ(resumed.LoadBytes(optimizer.StateBytes(), "run.state").step, 1);
  EXPECT_EQ(resumed.step(), 1);
  EXPECT_EQ(resumed.skipped_steps(), 3);
}

TEST(State, SavesAndLoadsFilesWhole) {
  const std::string path =
      (std::filesystem::temp_directory_path() / "halflife_state_test.safetensors").string();
  Saved saved = SaveOf({});
  Optimizer optimizer(saved.tensors.Parameters(), {});
  optimizer.LoadBytes(saved.bytes, "bytes");
  optimizer.Save(path);
  Optimizer other(saved.tensors.Parameters(), {});
  EXPECT_EQ(other.Load(path).step, 1);
  EXPECT_EQ(other.StateBytes(), saved.bytes);
  std::filesystem::remove(path);
  EXPECT_THROW(other.Load(path), Error);
}

TEST(State, ACountThatWouldOverflowIsRefused) {
  testing::Tensors tensors;
  tensors.Add("w", {2}, 1);
  Optimizer optimizer(tensors.Parameters(), {});
  const std::string bytes = optimizer.StateBytes();
  const SafeTensors file = ReadSafeTensors(bytes, "state");
  for (const char* key : {"step", "skipped_steps"}) {
    SafeTensors changed = file;
    changed.metadata[key] = "9223372036854775807";
    EXPECT_THROW(optimizer.LoadBytes(WriteSafeTensors(changed), "state"), Error) << key;
  }
  EXPECT_EQ(optimizer.step(), 0);
}

TEST(State, ChangesOfPenaltyTableAndCentreAreReported) {
  testing::Tensors tensors;
  tensors.Add("w", {2, 3}, 1);
  OptimizerOptions options;
  options.law = DecayLaw::kProximal;
  options.penalty = ProximalPenalty::kElasticNet;
  options.center = DecayCenter::kGiven;
  options.lr_schedule = Schedule::Table({1, 0.5, 0.2});
  std::vector<Parameter> parameters = tensors.Parameters();
  parameters[0].center.assign(6, 1.0F);
  const std::string bytes = Optimizer(parameters, options).StateBytes();
  EXPECT_TRUE(Optimizer(parameters, options).LoadBytes(bytes, "state").differences.empty());
  options.penalty = ProximalPenalty::kGroupLasso;
  options.l1_ratio = 0.9;
  options.lr_schedule = Schedule::Table({1, 0.9, 0.2});
  parameters[0].center.assign(6, 2.0F);
  const LoadReport report = Optimizer(parameters, options).LoadBytes(bytes, "state");
  ASSERT_EQ(report.differences.size(), 4U);
  EXPECT_EQ(DifferenceText(report.differences[0]), "parameter \"w\" center: changed");
  EXPECT_EQ(DifferenceText(report.differences[2]),
            "group \"all\" penalty: \"elastic net\" -> \"group lasso\"");
}

// The name of a group may hold what separates it from its settings.
TEST(State, WhatOnlyTheFileOrOnlyTheProgramHasIsReported) {
  testing::Tensors tensors;
  tensors.Add("w", {2, 3}, 1);
  const auto grouped = [](const std::string& name) {
    return OptimizerOptions{{}, {.groups = {{{}, {.name = name}}}}};
  };
  const std::string bytes = Optimizer(tensors.Parameters(), grouped("a: b")).StateBytes();
  Optimizer other(tensors.Parameters(), grouped("c"));
  const std::vector<StateDifference> found = other.LoadBytes(bytes, "state").differences;
  ASSERT_EQ(found.size(), 26U);  // nine settings of any group and four options of adamw, each twice
  EXPECT_EQ(found[0].kind, StateDifference::Kind::kAdded);
  EXPECT_EQ(DifferenceText(found[0]), "group \"c\" rule: none -> \"adamw\"");
  EXPECT_EQ(found[13].kind, StateDifference::Kind::kRemoved);
  EXPECT_EQ(DifferenceText(found[13]), "group \"a: b\" amsgrad: \"0\" -> none");
}

// Keys that no program wrote are no settings, however they look.
TEST(State, OddKeysOfAFileAreNoTrouble) {
  testing::Tensors tensors;
  tensors.Add("w", {2}, 1);
  Optimizer optimizer(tensors.Parameters(), {});
  const std::string bytes = optimizer.StateBytes();
  SafeTensors file = ReadSafeTensors(bytes, "state");
  for (const char* key : {"group ", "group: ", "group : ", "group x", ": ", "other"})
    file.metadata[key] = "1";
  const auto found = optimizer.LoadBytes(WriteSafeTensors(file), "state").differences;
  ASSERT_EQ(found.size(), 1U);  // "group : ", of a group without a name
  EXPECT_EQ(DifferenceText(found[0]), "group \"\" : \"1\" -> none");
}

// Programs and threads that save side by side do not stand in each other's way.
TEST(State, FilesInOneFolderAreSavedSideBySide) {
  char name[] = "/tmp/halflife-state-XXXXXX";
  const std::filesystem::path folder = mkdtemp(name);
  testing::Tensors tensors;
  tensors.Add("w", {64, 64}, 1);
  const Optimizer optimizer(tensors.Parameters(), {});
  ParallelFor(64, 4, [&](std::size_t i) {
    optimizer.Save((folder / ("state" + std::to_string(i % 4))).string());
  });
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const MappedFile file(entry.path().string());
    EXPECT_EQ(file.bytes(), optimizer.StateBytes());
    ++files;
  }
  EXPECT_EQ(files, 4U);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace halflife
