#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/random.h"
#include "halflife/error.h"
#include "halflife/fitted_net.h"
#include "net/layout.h"
#include "optim/safetensors.h"
#include "support/tables.h"

namespace halflife {
namespace {

void FillWeights(FittedNet* net) {
  const NetLayout layout(net->inputs(), net->outputs(), net->options);
  Random random(3);
  for (const NetTensor& tensor : layout.tensors()) {
    NetWeights weights{tensor.name, tensor.shape, {}};
    for (std::size_t i = 0; i < tensor.count; ++i)
      weights.values.push_back(static_cast<float>(random.Normal()));
    net->weights.push_back(std::move(weights));
  }
}

// Two numbers and a level; one hidden layer.
FittedNet OfTable(Task task) {
  FittedNet net;
  net.task = task;
  net.target = "kind \"of\" thing";
  if (task == Task::kClassification) net.classes = {"a", "ü"};
  net.decay = 0.1 + 0.2;
  net.lr = 1.0 / 3.0;
  net.validation_loss = 1e-300;
  net.rows = 42;
  net.options.hidden = {3};
  net.options.layer_norm = true;
  net.columns = {{.column = "x", .fill = 3.0, .mean = 1.0 / 7.0, .scale = 2.0, .weights = {}},
                 {.column = "c",
                  .kind = ModelInput::Kind::kLevel,
                  .level = "red",
                  .mean = 0.5,
                  .scale = 0.5,
                  .weights = {}}};
  if (task == Task::kRegression) {
    net.target_mean = 11.5;
    net.target_scale = 0.25;
  }
  FillWeights(&net);
  return net;
}

FittedNet OfArray(bool shared) {
  FittedNet net = OfTable(Task::kClassification);
  net.columns.clear();
  net.weights.clear();
  net.options.hidden.clear();
  net.cells = shared ? ArrayScaling{3, {0, 1, 2}, {127.5}, {73.0}}
                     : ArrayScaling{5, {1, 4}, {0.1, -2.0}, {1.0 / 3.0, 4.0}};
  FillWeights(&net);
  return net;
}

FittedNet Back(const NetFiles& files) {
  return NetFromFiles(files.json, "model.json", files.safetensors, "model.safetensors");
}

std::string MessageOf(const NetFiles& files) {
  try {
    Back(files);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

Table Rows() {
  return testing::MakeTable(
      {testing::Numbers("x", {0.5, -1.0, NAN}), testing::Text("c", {0, 1, -1}, {"blue", "red"})});
}

TEST(NetFile, ReadsBackExactlyWhatWasWritten) {
  for (const FittedNet& net : {OfTable(Task::kClassification), OfTable(Task::kRegression),
                               OfArray(true), OfArray(false)}) {
    const NetFiles files = NetToFiles(net);
    EXPECT_TRUE(IsNetJson(files.json));
    const FittedNet back = Back(files);
    const NetFiles again = NetToFiles(back);
    EXPECT_EQ(again.json, files.json);
    EXPECT_EQ(again.safetensors, files.safetensors);
    EXPECT_EQ(back.decay, net.decay);
    EXPECT_EQ(back.options.layer_norm, net.options.layer_norm);
    EXPECT_EQ(back.cells.kept, net.cells.kept);
    EXPECT_EQ(back.weights.size(), net.weights.size());
  }
}

TEST(NetFile, TheNetReadBackPredictsTheSame) {
  for (const Task task : {Task::kClassification, Task::kRegression}) {
    const FittedNet net = OfTable(task);
    EXPECT_EQ(Predict(Back(NetToFiles(net)), Rows()).outputs, Predict(net, Rows()).outputs);
  }
}

// By hand, in double, from the weights. The net adds products of floats, of which none here has a
// size above 16, in an order of its own: at most 64 roundings of 2^-24 of that.
TEST(NetFile, PredictsWhatItsWeightsSay) {
  FittedNet net = OfTable(Task::kRegression);
  net.options.layer_norm = false;
  net.weights.clear();
  FillWeights(&net);
  const Predictions predictions = Predict(net, Rows());
  const auto& w0 = net.weights[0].values;
  const auto& b0 = net.weights[1].values;
  const auto& w1 = net.weights[2].values;
  const auto& b1 = net.weights[3].values;
  const double x[3] = {0.5, -1.0, 3.0};  // the missing one is filled
  const double c[3] = {0.0, 1.0, 0.0};
  for (std::size_t r = 0; r < 3; ++r) {
    const double in[2] = {(x[r] - 1.0 / 7.0) / 2.0, (c[r] - 0.5) / 0.5};
    double output = b1[0];
    for (std::size_t u = 0; u < 3; ++u)
      output += w1[u] * std::max(0.0, w0[2 * u] * in[0] + w0[2 * u + 1] * in[1] + b0[u]);
    EXPECT_NEAR(predictions.outputs[r][0], 11.5 + 0.25 * output, 64 * 16 * 0x1p-24);
  }
}

TEST(NetFile, ArraysArePredictedCellByCell) {
  const FittedNet net = OfArray(true);  // linear
  const Array rows{"a.npy", "a", {2, 3}, ElementKind::kU1, {0, 255, 10, 7, 8, 9}};
  const Predictions predictions = Predict(net, rows);
  ASSERT_EQ(predictions.outputs.size(), 2U);
  for (std::size_t r = 0; r < 2; ++r) {
    for (std::size_t k = 0; k < 2; ++k) {
      double output = net.weights[1].values[k];
      for (std::size_t i = 0; i < 3; ++i)
        output += net.weights[0].values[3 * k + i] * (rows.bytes[3 * r + i] - 127.5) / 73.0;
      EXPECT_NEAR(predictions.outputs[r][k], output, 64 * 16 * 0x1p-24);
    }
  }
}

TEST(NetFile, RowsOfTheOtherKindAreRefused) {
  const Array array{"a.npy", "a", {1, 3}, ElementKind::kU1, {1, 2, 3}};
  EXPECT_THROW(Predict(OfTable(Task::kRegression), array), Error);
  EXPECT_THROW(Predict(OfArray(true), Rows()), Error);
  const Array wide{"a.npy", "a", {1, 4}, ElementKind::kU1, {1, 2, 3, 4}};
  EXPECT_THROW(Predict(OfArray(true), wide), Error);
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(NetFile, ABrokenModelJsonIsRefusedByThePlace) {
  const NetFiles good = NetToFiles(OfTable(Task::kClassification));
  const auto with = [&](const std::string& from, const std::string& to) {
    return MessageOf({Replaced(good.json, from, to), good.safetensors});
  };
  const std::string end = "; use the model.json that `halflife tune` wrote";
  EXPECT_EQ(with("halflife.net/1", "halflife.net/2"),
            "model.json: model: the format is \"halflife.net/2\", this program reads "
            "\"halflife.net/1\"" +
                end);
  EXPECT_EQ(with("\"relu\"", "\"rely\""),
            "model.json: net: \"activation\" is \"rely\", not one of relu, gelu, tanh" + end);
  EXPECT_EQ(with("\"layer_norm\": true", "\"layer_norm\": 1"),
            "model.json: net: \"layer_norm\" must be true or false" + end);
  EXPECT_EQ(with("\"dropout\": 0.0", "\"dropout\": 2.0"),
            "model.json: model: net: dropout must be in 0 <= x < 1, not 2" + end);
  EXPECT_EQ(with("\"scale\": 2.0", "\"scale\": 0.0"),
            "model.json: inputs[0]: \"scale\" must be above 0" + end);
  EXPECT_EQ(with("\"rows\": 42", "\"rows\": 4.2"),
            "model.json: model: \"rows\" is out of range" + end);
  EXPECT_EQ(with("\"classes\": [", "\"classes\": [ 1,"),
            "model.json: model: \"classes\" must be a list of texts" + end);
  EXPECT_EQ(MessageOf({good.json.substr(0, 300), good.safetensors}).find("model.json: not JSON"),
            0U);
}

TEST(NetFile, WeightsOfAnotherRunAreRefused) {
  const NetFiles good = NetToFiles(OfTable(Task::kClassification));
  FittedNet other = OfTable(Task::kClassification);
  other.weights[0].values[0] += 1.0F;
  EXPECT_EQ(MessageOf({good.json, NetToFiles(other).safetensors}),
            "model.safetensors: not the weights that model.json was written with; keep the two "
            "files of one run together");
}

TEST(NetFile, WeightsThatDoNotFitTheNetAreRefused) {
  const auto with = [](const std::function<void(FittedNet*)>& change) {
    FittedNet net = OfTable(Task::kClassification);
    change(&net);
    return MessageOf(NetToFiles(net));
  };
  const std::string end = "; use the file that `halflife tune` wrote beside model.json";
  EXPECT_EQ(with([](FittedNet* n) { n->weights.pop_back(); }),
            "model.safetensors: 5 tensors where the net has 6" + end);
  EXPECT_EQ(with([](FittedNet* n) { n->weights[0].name = "layers.9.weight"; }),
            "model.safetensors: no tensor \"layers.0.weight\"" + end);
  EXPECT_EQ(with([](FittedNet* n) { std::swap(n->weights[0].shape[0], n->weights[0].shape[1]); }),
            "model.safetensors: tensor \"layers.0.weight\" has another type or shape than the "
            "net's" +
                end);
  EXPECT_EQ(with([](FittedNet* n) { n->weights[1].values[0] = INFINITY; }),
            "model.safetensors: tensor \"layers.0.bias\" holds a number that is not finite" + end);
}

TEST(NetFile, CellsThatDoNotFitTheirWidthAreRefused) {
  const NetFiles good = NetToFiles(OfArray(false));
  for (const auto& [from, to] : {std::pair{"\"width\": 5", "\"width\": 4"},
                                 {"\"width\": 5", "\"width\": 1e9"},
                                 {"\"kept\": [\n   1", "\"kept\": [\n   1.5"},
                                 {"\"kept\": [\n   1", "\"kept\": [\n   4"},
                                 {"\"means\": [", "\"means\": [ 1,"}}) {
    EXPECT_EQ(
        MessageOf({Replaced(good.json, from, to), good.safetensors}).find("model.json: cells: "),
        0U)
        << to;
  }
}

}  // namespace
}  // namespace halflife
