#include "report/snippets.h"

#include <fmt/format.h>

#include "base/text.h"
#include "report/net_words.h"
#include "report/words.h"

namespace halflife {
namespace {

std::string Value(double value) { return Number(value, 6); }

bool IsWeighted(const TuneResult& result) { return HasRole(result, ColumnSummary::Role::kWeight); }

// " w holds the rows' weights.", where rows have them.
std::string WeightNote(const TuneResult& result) {
  return IsWeighted(result) ? " w holds the rows' weights." : "";
}

Snippet ScikitLearn(const TuneResult& result) {
  const bool regression = IsRegression(result);
  const std::string model = EquivalentUnits(result).front().expression;
  const std::string name = model.substr(0, model.find('('));
  const bool weighted = IsWeighted(result);
  const std::string rows = weighted ? "total weight" : "rows";
  return {"scikit-learn",
          (regression ? fmt::format("alpha multiplies a sum over rows, so it is {} × decay: it "
                                    "grows with the data.",
                                    rows)
                      : fmt::format("C divides, and counts rows: it is 1 / ({} × decay).", rows)) +
              WeightNote(result),
          fmt::format("{}from sklearn.linear_model import {}\n"
                      "from sklearn.pipeline import make_pipeline\n"
                      "from sklearn.preprocessing import StandardScaler\n\n"
                      "model = make_pipeline(StandardScaler(), {})\n"
                      "model.fit(X, {}{})\n",
                      result.data.log_target ? "import numpy as np\n" : "", name, model,
                      result.data.log_target ? "np.log(y)" : "y",
                      weighted ? fmt::format(", standardscaler__sample_weight=w,\n          "
                                             "{}__sample_weight=w",
                                             regression ? "ridge" : "logisticregression")
                               : "")};
}

Snippet Glmnet(const TuneResult& result) {
  const bool regression = IsRegression(result);
  const char* family = result.data.classes.size() > 2 ? "multinomial" : "binomial";
  return {"glmnet",
          (regression ? "glmnet divides the penalty by the standard deviation of y, so its lambda "
                        "is decay × sd(y)."
                      : "glmnet standardises the columns itself.") +
              WeightNote(result),
          fmt::format("library(glmnet)\n\n"
                      "fit <- glmnet(X, {}, family = \"{}\", alpha = 0,\n"
                      "              lambda = {}, thresh = 1e-12{})\n",
                      result.data.log_target ? "log(y)" : "y", regression ? "gaussian" : family,
                      Value(result.equivalents.glmnet_lambda),
                      IsWeighted(result) ? ", weights = w" : "")};
}

const char* TorchLoss(const TuneResult& result) {
  if (IsRegression(result)) return "MSELoss";
  return result.data.classes.size() > 2 ? "CrossEntropyLoss" : "BCEWithLogitsLoss";
}

// A learning rate at which decay alone takes at most a tenth of a weight a step.
double SafeRate(double weight_decay) {
  return weight_decay > 10.0 ? RoundSignificant(0.1 / weight_decay, 1) : 0.01;
}

Snippet PyTorch(const TuneResult& result) {
  return {"PyTorch",
          std::string(IsRegression(result)
                          ? "Weights only, not biases. MSELoss has no 1/2, hence twice the decay."
                          : "Weights only, not biases.") +
              (IsWeighted(result) ? " Weigh the rows of the loss: sum(w × loss) / sum(w)." : ""),
          fmt::format("weights = [p for p in model.parameters() if p.ndim > 1]\n"
                      "others = [p for p in model.parameters() if p.ndim <= 1]  # biases, norms\n"
                      "optimizer = torch.optim.SGD([\n"
                      "    {{\"params\": weights, \"weight_decay\": {}}},\n"
                      "    {{\"params\": others, \"weight_decay\": 0.0}},\n"
                      "], lr={})\n"
                      "loss_function = torch.nn.{}()  # a mean over rows\n",
                      Value(result.equivalents.pytorch_weight_decay),
                      Value(SafeRate(result.equivalents.pytorch_weight_decay)), TorchLoss(result))};
}

Snippet Keras(const TuneResult& result) {
  const bool regression = IsRegression(result);
  const bool softmax = result.data.classes.size() > 2;
  const char* classes = softmax ? "SparseCategoricalCrossentropy(from_logits=True)"
                                : "BinaryCrossentropy(from_logits=True)";
  return {"Keras",
          std::string("The penalty has no 1/2. kernel_regularizer leaves the bias alone.") +
              (IsWeighted(result)
                   ? " Give fit sample_weight=w / mean(w), for Keras divides by the rows."
                   : ""),
          fmt::format("layer = keras.layers.Dense(\n"
                      "    {}, kernel_regularizer=keras.regularizers.L2({}))\n"
                      "model = keras.Sequential([layer])\n"
                      "model.compile(\n"
                      "    optimizer=keras.optimizers.SGD({}),\n"
                      "    loss=keras.losses.{})\n",
                      softmax ? result.data.classes.size() : 1U, Value(result.equivalents.keras_l2),
                      Value(SafeRate(2.0 * result.equivalents.keras_l2)),
                      regression ? "MeanSquaredError()" : classes)};
}

// A net's optimizer where PyTorch has the same.
Snippet TorchForNet(const TuneResult& result) {
  const std::string& optimizer = result.training->optimizer;
  const std::string name =
      !IsCoupled(result) ? "AdamW" : (optimizer.starts_with("sgd") ? "SGD" : "Adam");
  const std::string decay = Value(result.equivalents.pytorch_weight_decay);
  const std::string lr = Value(BestPoint(result).trained->lr);
  if (AllDecayed(result)) {
    return {"PyTorch", "All parameters, as here.",
            fmt::format("optimizer = torch.optim.{}(model.parameters(), lr={}, weight_decay={})\n",
                        name, lr, decay)};
  }
  return {"PyTorch", "Weights only, not biases and norms.",
          fmt::format("weights = [p for p in model.parameters() if p.ndim > 1]\n"
                      "others = [p for p in model.parameters() if p.ndim <= 1]  # biases, norms\n"
                      "optimizer = torch.optim.{}([\n"
                      "    {{\"params\": weights, \"weight_decay\": {}}},\n"
                      "    {{\"params\": others, \"weight_decay\": 0.0}},\n"
                      "], lr={})\n",
                      name, decay, lr)};
}

Snippet HalflifeForNet(const TuneResult& result) {
  const std::string& optimizer = result.training->optimizer;  // "adamw, decoupled decay"
  const std::size_t comma = optimizer.find(", ");
  std::string law = optimizer.substr(comma + 2, optimizer.find(' ', comma + 2) - comma - 2);
  if (!law.empty() && law[0] >= 'a') law[0] = static_cast<char>(law[0] - 'a' + 'A');
  const bool all = AllDecayed(result);
  return {"halflife, C++",
          all ? "All parameters decay, as here." : "Weights decay, biases and norms do not.",
          fmt::format("halflife::OptimizerOptions options;\n"
                      "options.rule = \"{}\";\n"
                      "options.law = halflife::DecayLaw::k{};\n"
                      "options.lr = {};\n"
                      "options.decay = {};\n{}"
                      "halflife::Optimizer optimizer(parameters, options);\n",
                      optimizer.substr(0, comma), law, Value(BestPoint(result).trained->lr),
                      Value(BestPoint(result).decay),
                      all ? "options.policy = halflife::DecayPolicy::kAll;\n" : "")};
}

}  // namespace

std::vector<Snippet> Snippets(const TuneResult& result) {
  if (NoSignal(result)) return {};
  if (IsTrained(result)) {
    std::vector<Snippet> snippets;
    if (HasTorchTwin(result)) snippets.push_back(TorchForNet(result));
    snippets.push_back(HalflifeForNet(result));
    return snippets;
  }
  return {ScikitLearn(result), Glmnet(result), PyTorch(result), Keras(result)};
}

}  // namespace halflife
