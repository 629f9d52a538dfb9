#include <fmt/format.h>

#include <cctype>

#include "base/text.h"
#include "halflife/report.h"
#include "report/cpp_code.h"
#include "report/net_words.h"
#include "report/penalty_words.h"
#include "report/say.h"
#include "report/torch_code.h"
#include "report/words.h"

namespace halflife {
namespace {

std::string Value(double value) { return Number(value, 6); }

bool IsWeighted(const TuneResult& result) { return HasRole(result, ColumnSummary::Role::kWeight); }

// One after the other; those that are "" are left out.
std::string Sentences(Language language, std::vector<std::string> sentences) {
  std::erase(sentences, "");
  return Join(sentences, language == Language::kEnglish ? " " : "");
}

// "" where rows have no weights.
std::string WeightNote(const TuneResult& result, Language language) {
  return IsWeighted(result) ? Say(language, "w holds the rows' weights.", "w 是各行的权重。") : "";
}

// How the rows of a loss are weighed, where they have weights.
std::string WeighedLossNote(const TuneResult& result, Language language) {
  if (!IsWeighted(result)) return "";
  return Say(language, "Weigh the rows of the loss: sum(w × loss) / sum(w).",
             "损失要按行加权：sum(w × loss) / sum(w)。");
}

std::string ScikitLearnNote(const TuneResult& result, Language language) {
  const std::string rows =
      IsWeighted(result) ? Say(language, "total weight", "总权重") : Say(language, "rows", "行数");
  if (!IsRegression(result)) {
    return Sentences(
        language,
        {Say(language, "C divides, and counts rows: it is 1 / ({} × decay).",
             "C 作除数，并按行累计：它是 1 /（{} × 衰减）。", rows),
         IsSparse(result) ? Say(language, "Saga stops at tol=1e-4; a smaller one comes nearer.",
                                "saga 到 tol=1e-4 就停止；取更小的值会更接近。")
                          : ""});
  }
  if (IsSparse(result)) {
    return Say(language,
               "alpha is decay: these take half the mean squared error, as is done here. They stop "
               "at tol=1e-4; a smaller one comes nearer.",
               "alpha 就是衰减：它们同样取均方误差的一半。它们到 tol=1e-4 "
               "就停止；取更小的值会更接近。");
  }
  return Say(language,
             "alpha multiplies a sum over rows, so it is {} × decay: it grows with the data.",
             "alpha 对应各行损失之和，因此是{} × 衰减：它随数据增多而变大。", rows);
}

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

Snippet ScikitLearn(const TuneResult& result, Language language) {
  const std::string model = ScikitLearnText(result);
  const std::string name = model.substr(0, model.find('('));
  return {"scikit-learn",
          Sentences(language, {ScikitLearnNote(result, language), WeightNote(result, language)}),
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
std::string GlmnetNote(const TuneResult& result, Language language) {
  if (!IsRegression(result)) {
    return Say(language, "glmnet standardises the columns itself.", "glmnet 自己会把各列标准化。");
  }
  if (!IsSparse(result)) {
    return Say(language,
               "glmnet divides the penalty by the standard deviation of y, so its lambda is decay "
               "× sd(y).",
               "glmnet 把惩罚除以 y 的标准差，因此它的 lambda 是衰减 × sd(y)。");
  }
  if (result.l1_ratio == 1.0) {
    return Say(language, "glmnet standardises the columns itself; lambda is decay.",
               "glmnet 自己会把各列标准化；lambda 就是衰减。");
  }
  return Say(language,
             "glmnet divides the L2 part of the penalty by the standard deviation of y, so both "
             "numbers are others than here.",
             "glmnet 把惩罚的 L2 部分除以 y 的标准差，因此两个数都与这里不同。");
}

// What penalty.factor is.
std::string FactorNote(const TuneResult& result, Language language) {
  if (result.no_decay.empty()) return "";
  return Say(language,
             "decayed is 1 for each column of X that is decayed, else 0; glmnet scales these to a "
             "mean of 1, hence the smaller lambda.",
             "X 中要衰减的列，decayed 为 1，其余为 0；glmnet 会把它们的均值缩放为 1，所以 lambda "
             "较小。");
}

Snippet Glmnet(const TuneResult& result, Language language) {
  const bool regression = IsRegression(result);
  const char* family = result.data.classes.size() > 2 ? "multinomial" : "binomial";
  return {
      "glmnet",
      Sentences(language, {GlmnetNote(result, language), FactorNote(result, language),
                           WeightNote(result, language)}),
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
std::string StepsNote(const TuneResult& result, Language language) {
  const double weight_decay = result.equivalents.pytorch_weight_decay;
  constexpr double kMany = 1e5;
  const double steps = 1.0 / (SafeRate(weight_decay) * weight_decay);
  if (steps < kMany) return "";
  if (!(weight_decay > 0.0)) {
    return Say(language, "The fit here is solved to its end; SGD comes near it only slowly.",
               "这里的拟合一直解到底；SGD 只能慢慢接近它。");
  }
  return Say(language,
             "The fit here is solved to its end; at this rate SGD may take some {} steps to come "
             "near it.",
             "这里的拟合一直解到底；以这个学习率，SGD 可能要约 {} 步才能接近它。",
             RoundSignificant(steps, 1));
}

std::string PyTorchNote(const TuneResult& result, Language language) {
  return Sentences(
      language, {Say(language, "Weights only, not biases.", "只衰减权重，不衰减偏置。"),
                 IsRegression(result) ? Say(language, "MSELoss has no 1/2, hence twice the decay.",
                                            "MSELoss 没有 1/2，所以衰减取两倍。")
                                      : "",
                 WeighedLossNote(result, language), StepsNote(result, language)});
}

Snippet PyTorch(const TuneResult& result, Language language) {
  return {"PyTorch", PyTorchNote(result, language),
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

// That SGD does not take weights to 0 itself, where they end there.
std::string SmallWeightsNote(const TuneResult& result, Language language) {
  if (!IsSparse(result)) return "";
  return Say(language,
             "SGD takes weights near 0 but not to it: set those that stay small to 0 at the end.",
             "SGD 只会让权重接近 0 而不到 0：最后把一直很小的设为 0。");
}

// The penalty as a term of the loss: where it has an L1 part, or leaves columns out.
Snippet PyTorchByTerm(const TuneResult& result, Language language) {
  const bool every = result.no_decay.empty();
  const std::string note = Sentences(
      language,
      {IsRegression(result) ? Say(language, "MSELoss has no 1/2, hence twice the penalty.",
                                  "MSELoss 没有 1/2，所以惩罚取两倍。")
                            : Say(language, "The bias is not penalised.", "偏置不受惩罚。"),
       every ? ""
             : Say(language, "decayed holds the places of the columns that are decayed.",
                   "decayed 是要衰减的列的位置。"),
       SmallWeightsNote(result, language), WeighedLossNote(result, language)});
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

std::string KerasNote(const TuneResult& result, Language language) {
  return Sentences(
      language,
      {SmallWeightsNote(result, language),
       Say(language, "The penalty has no 1/2. kernel_regularizer leaves the bias alone.",
           "惩罚没有 1/2。kernel_regularizer 不涉及偏置。"),
       IsWeighted(result)
           ? Say(language, "Give fit sample_weight=w / mean(w), for Keras divides by the rows.",
                 "请给 fit 传入 sample_weight=w / mean(w)，因为 Keras 除以行数。")
           : "",
       StepsNote(result, language)});
}

Snippet Keras(const TuneResult& result, Language language) {
  const bool regression = IsRegression(result);
  const bool softmax = result.data.classes.size() > 2;
  const char* classes = softmax ? "SparseCategoricalCrossentropy(from_logits=True)"
                                : "BinaryCrossentropy(from_logits=True)";
  return {"Keras", KerasNote(result, language),
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

// Which epoch's weights are kept, where the last one's need not be.
std::string KeptEpochNote(const TrainingSummary& training, Language language) {
  if (!training.early_stopping) return "";
  if (!training.kept.all_rows) {
    return Say(language, "The weights kept are those of the best epoch.",
               "保留的是最优一轮的权重。");
  }
  return Say(
      language,
      "The net kept was trained for {0} of {1} epochs, the mean of those that its runs kept.",
      "留下的网络训练了 {1} 轮中的 {0} 轮，即各次训练所保留轮数的平均。", training.kept.epochs,
      training.epochs);
}

// What decays, and what the code leaves to its reader.
std::string NoteOfNet(const TuneResult& result, Language language) {
  const TrainingSummary& training = *result.training;
  return Sentences(
      language,
      {Say(language, "Decayed: {}.", "衰减的参数：{}。", DecayedText(result, language)),
       KeptEpochNote(training, language),
       training.net && IsRegression(result)
           ? Say(language,
                 "The loss is half the squared error of the standardised target: mse_loss(...) / "
                 "2.",
                 "损失是标准化后目标的平方误差的一半：mse_loss(...) / 2。")
           : ""});
}

Snippet TorchForNet(const TuneResult& result, Language language) {
  const std::string lacks = TorchLacks(*result.training, language);
  if (!lacks.empty()) {
    return {"PyTorch", Say(language, "PyTorch 1.13 has no {}.", "PyTorch 1.13 没有{}。", lacks),
            ""};
  }
  return {"PyTorch", NoteOfNet(result, language), TorchCode(*result.training)};
}

Snippet HalflifeForNet(const TuneResult& result, Language language) {
  return {"halflife, C++", NoteOfNet(result, language), CppCode(*result.training)};
}

}  // namespace

std::vector<Snippet> Snippets(const TuneResult& result, Language language) {
  if (NoSignal(result)) return {};
  if (IsTrained(result)) {
    return {TorchForNet(result, language), HalflifeForNet(result, language)};
  }
  const bool every = result.no_decay.empty();
  std::vector<Snippet> snippets;
  if (every) snippets.push_back(ScikitLearn(result, language));
  snippets.push_back(Glmnet(result, language));
  snippets.push_back(every && !IsSparse(result) ? PyTorch(result, language)
                                                : PyTorchByTerm(result, language));
  if (every) snippets.push_back(Keras(result, language));
  return snippets;
}

}  // namespace halflife
