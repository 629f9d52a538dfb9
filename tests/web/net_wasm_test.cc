// The same nets trained natively and in WebAssembly, bit for bit.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "halflife/error.h"
#include "kernels/product.h"
#include "kernels/rule.h"
#include "lab/net.h"
#include "support/errors.h"
#include "support/nets.h"
#include "support/program.h"

namespace halflife {
namespace {

using testing::ErrorOf;
using testing::MakeRows;

constexpr std::size_t kNumbers = 9;  // of a record, with the norms of three layers

struct Job {
  std::string options;
  std::size_t outputs = 3;
  std::size_t training = 150;
  std::size_t validation = 67;
  std::size_t width = 6;
  int epochs = 4;
  double lr = 0.01;
  std::vector<float> inputs, targets;

  explicit Job(std::string options_given, std::size_t outputs_given = 3)
      : options(std::move(options_given)), outputs(outputs_given) {
    const ArraySamples rows = MakeRows(training + validation, width, outputs, 1);
    inputs = rows.inputs;
    targets = rows.numbers;
    if (outputs > 1) targets.assign(rows.classes.begin(), rows.classes.end());
  }
  std::vector<RunKey> Keys() const { return {{0.0, lr, 1}, {0.1, lr, 1}, {0.1, lr, 2}}; }
};

// What the page does, on this side.
std::string TrainHere(const Job& job) {
  const LabRows rows{job.inputs.data(), job.targets.data(), job.training,
                     job.validation,    job.width,          job.outputs};
  LabNet* const net = LabNetMake(&rows, job.options.c_str());
  std::vector<std::size_t> runs;
  for (const RunKey& key : job.Keys())
    runs.push_back(LabNetStart(net, key.decay, key.lr, static_cast<std::uint32_t>(key.seed)));
  LabNetTrain(net, job.epochs);
  std::string bytes;
  const auto append = [&](const void* at, std::size_t count) {
    bytes.append(static_cast<const char*>(at), count);
  };
  std::vector<float> predicted(job.training * job.outputs);
  for (const std::size_t run : runs) {
    for (std::size_t t = 0; t < LabNetTensors(net); ++t)
      append(LabNetWeights(net, run, t), LabNetTensorSize(net, t) * sizeof(float));
    LabNetPredict(net, run, job.inputs.data(), job.training, predicted.data());
    append(predicted.data(), predicted.size() * sizeof(float));
  }
  for (const std::size_t run : runs) {
    for (std::size_t e = 0; e < LabNetEpochs(net, run); ++e) {
      for (std::size_t what = 0; what < kNumbers; ++what) {
        const double number = LabNetRecord(net, run, e, what);
        append(&number, sizeof(number));
      }
    }
  }
  LabNetFree(net);
  return bytes;
}

// The program of the fixture is node. Natively with the vectors that WebAssembly has: four floats
// and no fused multiply-add. Wider vectors add a batch's rows in another order, and a fused
// multiply-add rounds once instead of twice.
class NetInWebAssembly : public testing::ProgramTest {
 protected:
  void SetUp() override {
    const std::vector<std::string_view> targets = KernelTargets();
    if (std::ranges::find(targets, "SSE4") == targets.end())
      GTEST_SKIP() << "no native target has four floats and no fused multiply-add";
    SetKernelTarget("SSE4");
    SetProduct(&MultiplyByOwn);
  }
  void TearDown() override {
    SetKernelTarget("");
    SetProduct(nullptr);
  }

  // Trains in node; on failure `*error` gets what it says.
  std::string TrainThere(const Job& job, std::string* error) const {
    nlohmann::json json = {{"options", job.options},   {"outputs", job.outputs},
                           {"training", job.training}, {"validation", job.validation},
                           {"width", job.width},       {"epochs", job.epochs},
                           {"inputs", job.inputs},     {"targets", job.targets},
                           {"numbers", kNumbers},      {"runs", nlohmann::json::array()}};
    for (const RunKey& key : job.Keys())
      json["runs"].push_back({{"decay", key.decay}, {"lr", key.lr}, {"seed", key.seed}});
    Write("job.json", json.dump());
    const testing::Ran ran =
        Run("'" HALFLIFE_SOURCE_DIR "/tests/web/train.mjs' '" HALFLIFE_WASM "' job.json out");
    *error = ran.err;
    return ran.code == 0 ? testing::ReadFile(Path("out")) : "";
  }

  void ExpectTheSame(const Job& job) const {
    std::string error;
    const std::string there = TrainThere(job, &error);
    ASSERT_EQ(error, "") << job.options;
    const std::string here = TrainHere(job);
    ASSERT_EQ(here.size(), there.size()) << job.options;
    const std::size_t records =
        job.Keys().size() * static_cast<std::size_t>(job.epochs) * kNumbers * sizeof(double);
    ASSERT_GT(here.size(), records);
    const std::size_t floats = here.size() - records;
    std::size_t differ = 0;
    for (std::size_t i = 0; i < floats; i += sizeof(float))
      differ += std::memcmp(here.data() + i, there.data() + i, sizeof(float)) != 0 ? 1 : 0;
    EXPECT_EQ(differ, 0U) << "of " << floats / sizeof(float) << " floats: " << job.options;
    ExpectTheSameRecords(here.substr(floats), there.substr(floats));
  }

  // Losses take a logarithm a row and angles an arc sine from the C library, which here and there
  // may differ by one unit in the last place, 2^-52 of terms below 10. Their sums run in one order,
  // so means differ by less than 10 * 2^-52 and angles, at most 180, by less than 180 * 2^-52.
  static constexpr double kLibraries = 180 * 0x1p-52;
  static void ExpectTheSameRecords(const std::string& here, const std::string& there) {
    for (std::size_t i = 0; i < here.size(); i += sizeof(double)) {
      double a = 0;
      double b = 0;
      std::memcpy(&a, here.data() + i, sizeof(a));
      std::memcpy(&b, there.data() + i, sizeof(b));
      EXPECT_NEAR(a, b, kLibraries * std::max(1.0, std::abs(a)))
          << "number " << i / sizeof(double) % kNumbers;
    }
  }
};

TEST_F(NetInWebAssembly, AdamwTrainsTheSameNet) {
  ExpectTheSame(Job("hidden=9,5 batch=40 rule=adamw"));
}

TEST_F(NetInWebAssembly, SgdTrainsTheSameNetOfNumbersWithTanh) {
  Job job("hidden=9,5 batch=40 rule=sgd momentum=0.9 activation=tanh", 1);
  ExpectTheSame(job);
}

TEST_F(NetInWebAssembly, MuonTrainsTheSameLayerNormedNetWithGeluAndDropout) {
  ExpectTheSame(Job("hidden=40,5 batch=40 rule=muon layer_norm=1 activation=gelu dropout=0.2"));
}

TEST_F(NetInWebAssembly, SchedulesAreTheSame) {
  ExpectTheSame(
      Job("hidden=9,5 batch=7 rule=adamw lr_shape=cosine warm_up=0.1 decay_shape=linear "
          "epochs=4"));
}

TEST_F(NetInWebAssembly, EveryRuleTrainsTheSameNet) {
  for (const Rule& rule : RuleList())
    ExpectTheSame(Job("hidden=9,5 batch=40 rule=" + std::string(rule.spec->name)));
}

TEST_F(NetInWebAssembly, EveryElementwiseRuleKeepsTheSameWeightsForAThousandSteps) {
  for (const Rule& rule : RuleList()) {
    if (rule.tensor != nullptr) continue;
    Job job("hidden=9,5 batch=40 rule=" + std::string(rule.spec->name));
    job.epochs = 250;  // of four steps
    ExpectTheSame(job);
  }
}

TEST_F(NetInWebAssembly, AFailureTrapsWithTheMessageOfTheNativeError) {
  for (const char* options : {"hidden=9 rule=adamv", "hidden=0", "hidden=9 batch=x",
                              "hidden=65536,65536 batch=1", "hidden=9 beta1=2"}) {
    const Job job(options);
    std::string error;
    EXPECT_EQ(TrainThere(job, &error), "");
    EXPECT_EQ(error, ErrorOf([&] { TrainHere(job); }) + "\n");
  }
}

}  // namespace
}  // namespace halflife
