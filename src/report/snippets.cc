#include <fmt/format.h>

#include <cctype>

#include "base/text.h"
#include "halflife/report.h"
#include "report/cpp_code.h"
#include "report/net_words.h"
#include "report/penalty_words.h"
#include "report/torch_code.h"
#include "report/words.h"

namespace halflife {
namespace {

std::string Value(double value) { return Number(value, 6); }

bool IsWeighted(const TuneResult& result) { return HasRole(result, ColumnSummary::Role::kWeight); }

// " w holds the rows' weights.", where rows have them.
std::string WeightNote(const TuneResult& result) {
  return IsWeighted(result) ? " w holds the rows' weights." : "";
}

std::string ScikitLearnNote(const TuneResult& result) {
  const char* rows = IsWeighted(result) ? "total weight" : "rows";
  if (!IsRegression(result)) {
    return fmt::format(
        "C divides, and counts rows: it is 1 / ({} × decay).{}", rows,
        IsSparse(result) ? " Saga stops at tol=1e-4; a smaller one comes nearer." : "");
  }
  if (IsSparse(result)) {
    return "alpha is decay: these take half the mean squared error, as is done here. They stop at "
           "tol=1e-4; a smaller one comes nearer.";
  }
  return fmt::format(
      "alpha multiplies a sum over rows, so it is {} × decay: it grows with the data.", rows);
}

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

Snippet ScikitLearn(const TuneResult& result) {
  const std::string model = ScikitLearnText(result);
  const std::string name = model.substr(0, model.find('('));
  return {"scikit-learn", ScikitLearnNote(result) + WeightNote(result),
          fmt::format("{}from sklearn.linear_model import {}\n"
                      "from sklearn.pipeline import make_pipeline\n"
                      "from sklearn.preprocessing import StandardScaler\n\n"
                      "model = make_pipeline(StandardScaler(), {})\n"
                      "model.fit(X, {}{})\n",
                      result.data.log_target ? "import numpy as np\n" : "", name, model,
                      result.data.log_target ? "np.log(y)" : "y",
                      IsWeighted(result) ? fmt::format(", standardscaler__sample_weight=w,\n"
                                                       "          {}__sample_weight=w",
                                                       Lower(name))
                                         : "")};
}

// What glmnet makes of lambda.
std::string GlmnetNote(const TuneResult& result) {
  std::string note;
  if (!IsRegression(result)) {
    note = "glmnet standardises the columns itself.";
  } else if (!IsSparse(result)) {
    note =
        "glmnet divides the penalty by the standard deviation of y, so its lambda is decay × "
        "sd(y).";
  } else if (result.l1_ratio == 1.0) {
    note = "glmnet standardises the columns itself; lambda is decay.";
  } else {
    note =
        "glmnet divides the L2 part of the penalty by the standard deviation of y, so both "
        "numbers are others than here.";
  }
  if (!result.no_decay.empty())
    note +=
        " decayed is 1 for each column of X that is decayed, else 0; glmnet scales these to a "
        "mean of 1, hence the smaller lambda.";
  return note;
}

Snippet Glmnet(const TuneResult& result) {
  const bool regression = IsRegression(result);
  const char* family = result.data.classes.size() > 2 ? "multinomial" : "binomial";
  return {
      "glmnet", GlmnetNote(result) + WeightNote(result),
      fmt::format("library(glmnet)\n\n"
                  "fit <- glmnet(X, {}, family = \"{}\", alpha = {},\n"
                  "              lambda = {}, thresh = 1e-12{}{})\n",
                  result.data.log_target ? "log(y)" : "y", regression ? "gaussian" : family,
                  Value(result.equivalents.glmnet_alpha), Value(result.equivalents.glmnet_lambda),
                  result.no_decay.empty() ? "" : ", penalty.factor = decayed",
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

// How many steps it may take where little but the decay draws the weights to their fit.
std::string StepsNote(const TuneResult& result) {
  const double weight_decay = result.equivalents.pytorch_weight_decay;
  constexpr double kMany = 1e5;
  const double steps = 1.0 / (SafeRate(weight_decay) * weight_decay);
  if (steps < kMany) return "";
  return weight_decay > 0.0
             ? fmt::format(
                   " The fit here is solved to its end; at this rate SGD may take some {} steps to "
                   "come near it.",
                   RoundSignificant(steps, 1))
             : " The fit here is solved to its end; SGD comes near it only slowly.";
}

Snippet PyTorch(const TuneResult& result) {
  return {"PyTorch",
          std::string(IsRegression(result)
                          ? "Weights only, not biases. MSELoss has no 1/2, hence twice the decay."
                          : "Weights only, not biases.") +
              (IsWeighted(result) ? " Weigh the rows of the loss: sum(w × loss) / sum(w)." : "") +
              StepsNote(result),
          fmt::format("import torch\n\n"
                      "{}"
                      "weights = [p for p in model.parameters() if p.ndim > 1]\n"
                      "others = [p for p in model.parameters() if p.ndim <= 1]  # biases, norms\n"
                      "optimizer = torch.optim.SGD([\n"
                      "    {{\"params\": weights, \"weight_decay\": {}}},\n"
                      "    {{\"params\": others, \"weight_decay\": 0.0}},\n"
                      "], lr={})\n"
                      "loss_function = torch.nn.{}()  # a mean over rows\n",
                      result.data.log_target ? "y = torch.log(y)\n" : "",
                      Value(result.equivalents.pytorch_weight_decay),
                      Value(SafeRate(result.equivalents.pytorch_weight_decay)), TorchLoss(result))};
}

// Of the weights w, without the part that the penalty does not have.
std::string TorchPenalty(const TuneResult& result) {
  std::string l1 = fmt::format("{} * w.abs().sum()", Value(result.equivalents.pytorch_l1));
  std::string l2 =
      fmt::format("{} / 2 * w.square().sum()", Value(result.equivalents.pytorch_weight_decay));
  if (!IsSparse(result)) return l2;
  return result.l1_ratio == 1.0 ? l1 : l1 + " + " + l2;
}

// The penalty as a term of the loss: where it has an L1 part, or leaves columns out.
Snippet PyTorchByTerm(const TuneResult& result) {
  const bool every = result.no_decay.empty();
  std::string note = IsRegression(result) ? "MSELoss has no 1/2, hence twice the penalty."
                                          : "The bias is not penalised.";
  if (!every) note += " decayed holds the places of the columns that are decayed.";
  if (IsSparse(result))
    note += " SGD takes weights near 0 but not to it: set those that stay small to 0 at the end.";
  if (IsWeighted(result)) note += " Weigh the rows of the loss: sum(w × loss) / sum(w).";
  return {"PyTorch", note,
          fmt::format("import torch\n\n"
                      "{}"
                      "model = torch.nn.Linear(X.shape[1], {})\n"
                      "optimizer = torch.optim.SGD(model.parameters(), lr=0.01)\n"
                      "loss_function = torch.nn.{}()  # a mean over rows\n\n"
                      "def loss(output, y):\n"
                      "    w = model.weight{}\n"
                      "    penalty = {}\n"
                      "    return loss_function(output, y) + penalty\n",
                      result.data.log_target ? "y = torch.log(y)\n" : "",
                      result.data.classes.size() > 2 ? result.data.classes.size() : 1U,
                      TorchLoss(result), every ? "" : "[:, decayed]", TorchPenalty(result))};
}

Snippet Keras(const TuneResult& result) {
  const bool regression = IsRegression(result);
  const bool softmax = result.data.classes.size() > 2;
  const char* classes = softmax ? "SparseCategoricalCrossentropy(from_logits=True)"
                                : "BinaryCrossentropy(from_logits=True)";
  return {
      "Keras",
      std::string(IsSparse(result)
                      ? "SGD takes weights near 0 but not to it: set those that stay small to 0 "
                        "at the end. "
                      : "") +
          std::string("The penalty has no 1/2. kernel_regularizer leaves the bias alone.") +
          (IsWeighted(result)
               ? " Give fit sample_weight=w / mean(w), for Keras divides by the rows."
               : "") +
          StepsNote(result),
      fmt::format("{}import keras\n\n"
                  "{}"
                  "layer = keras.layers.Dense(\n"
                  "    {}, kernel_regularizer=keras.regularizers.{})\n"
                  "model = keras.Sequential([layer])\n"
                  "model.compile(\n"
                  "    optimizer=keras.optimizers.SGD({}),\n"
                  "    loss=keras.losses.{})\n",
                  result.data.log_target ? "import numpy\n" : "",
                  result.data.log_target ? "y = numpy.log(y)\n" : "",
                  softmax ? result.data.classes.size() : 1U, KerasRegulariser(result),
                  Value(SafeRate(2.0 * result.equivalents.keras_l2)),
                  regression ? "MeanSquaredError()" : classes)};
}

// What decays, and what the code leaves to its reader.
std::string NoteOfNet(const TuneResult& result) {
  const TrainingSummary& training = *result.training;
  std::string note = fmt::format("Decayed: {}.", DecayedText(result));
  if (training.early_stopping) {
    note += training.kept.all_rows ? fmt::format(" The weights kept are those of epoch {} of {}.",
                                                 training.kept.epochs, training.epochs)
                                   : " The weights kept are those of the best epoch.";
  }
  if (training.net && IsRegression(result))
    note += " The loss is half the squared error of the standardised target: mse_loss(...) / 2.";
  return note;
}

Snippet TorchForNet(const TuneResult& result) {
  const std::string lacks = TorchLacks(*result.training);
  if (!lacks.empty()) return {"PyTorch", fmt::format("PyTorch 1.13 has no {}.", lacks), ""};
  return {"PyTorch", NoteOfNet(result), TorchCode(*result.training)};
}

Snippet HalflifeForNet(const TuneResult& result) {
  return {"halflife, C++", NoteOfNet(result), CppCode(*result.training)};
}

}  // namespace

std::vector<Snippet> Snippets(const TuneResult& result) {
  if (NoSignal(result)) return {};
  if (IsTrained(result)) {
    return {TorchForNet(result), HalflifeForNet(result)};
  }
  const bool every = result.no_decay.empty();
  std::vector<Snippet> snippets;
  if (every) snippets.push_back(ScikitLearn(result));
  snippets.push_back(Glmnet(result));
  snippets.push_back(every && !IsSparse(result) ? PyTorch(result) : PyTorchByTerm(result));
  if (every) snippets.push_back(Keras(result));
  return snippets;
}

}  // namespace halflife
