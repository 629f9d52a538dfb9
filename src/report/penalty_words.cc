#include "report/penalty_words.h"

#include <fmt/format.h>

#include "base/text.h"
#include "report/plain_text.h"
#include "report/say.h"
#include "report/words.h"

namespace halflife {
namespace {

std::string ValueText(double value) { return Number(value, 6); }

}  // namespace

bool IsSparse(const TuneResult& result) { return !IsTrained(result) && result.l1_ratio > 0.0; }

std::string PenaltyName(const TuneResult& result) {
  if (result.l1_ratio == 0.0) return "l2";
  return result.l1_ratio == 1.0 ? "l1" : "elastic-net";
}

std::string PenaltyFormula(const TuneResult& result) {
  if (!IsSparse(result)) return "decay/2 * ||w||^2";
  if (result.l1_ratio == 1.0) return "decay * ||w||_1";
  return fmt::format("decay * ({} ||w||_1 + {}/2 ||w||^2)", ValueText(result.l1_ratio),
                     ValueText(1.0 - result.l1_ratio));
}

std::string NoDecaySentence(const TuneResult& result, Language language) {
  if (IsTrained(result) || result.no_decay.empty()) return "";
  constexpr std::size_t kMost = 5;
  std::vector<std::string> names;
  for (const std::string& name : result.no_decay) {
    if (names.size() < kMost) names.push_back(CutTo(name, 30));
  }
  return Say(language, " The weights of {}{} are not decayed.", "{} {}的权重不衰减。",
             Join(names, Say(language, ", ", "、")),
             result.no_decay.size() > kMost ? Say(language, " and {} more columns", "和另外 {} 列",
                                                  result.no_decay.size() - kMost)
                                            : "");
}

std::string SelectionSentence(const TuneResult& result, Language language) {
  const GridPoint& best = BestPoint(result);
  if (!IsSparse(result) || !best.nonzero) return "";
  const std::size_t zero = result.weights - *best.nonzero;
  if (zero == 0) {
    return Say(language, " None of the {} weights is exactly 0 there.",
               "在最优衰减下，{} 个权重中没有恰好为 0 的。", result.weights);
  }
  return Say(language, " {0} of the {1} weights {2} exactly 0 there: the fit uses {3} alone.",
             "在最优衰减下，{1} 个权重中有 {0} 个恰好为 0：拟合只用{3}。", zero, result.weights,
             zero == 1 ? "is" : "are",
             *best.nonzero == 0   ? Say(language, "the intercept", "截距")
             : *best.nonzero == 1 ? Say(language, "one", "一个权重")
                                  : Say(language, "the other {}", "其余 {} 个", *best.nonzero));
}

std::string PenaltyTitle(const TuneResult& result, Language language) {
  if (!IsSparse(result)) return "";
  return result.l1_ratio == 1.0 ? Say(language, "L1 penalty", "L1 惩罚")
                                : Say(language, "elastic net of {} L1", "弹性网（L1 占 {}）",
                                      ValueText(result.l1_ratio));
}

std::string PenaltyWithArticle(const TuneResult& result, Language language) {
  if (!IsSparse(result)) return Say(language, "a weight decay", "权重衰减");
  return result.l1_ratio == 1.0 ? Say(language, "an L1 penalty", "L1 惩罚")
                                : Say(language, "an elastic net", "弹性网");
}

std::string ScikitLearnText(const TuneResult& result) {
  const Equivalents& units = result.equivalents;
  const bool none = BestPoint(result).decay == 0.0;
  if (IsRegression(result)) {
    if (!IsSparse(result))
      return fmt::format("Ridge(alpha={})", ValueText(units.sklearn_alpha.value_or(0.0)));
    if (none) return "LinearRegression()";
    const std::string alpha = ValueText(units.sklearn_alpha.value_or(0.0));
    return result.l1_ratio == 1.0 ? fmt::format("Lasso(alpha={})", alpha)
                                  : fmt::format("ElasticNet(alpha={}, l1_ratio={})", alpha,
                                                ValueText(result.l1_ratio));
  }
  if (!units.sklearn_c) return "LogisticRegression(penalty=None)";
  const std::string c = ValueText(*units.sklearn_c);
  if (!IsSparse(result)) return fmt::format("LogisticRegression(C={})", c);
  if (result.l1_ratio == 1.0)
    return fmt::format("LogisticRegression(penalty=\"l1\", solver=\"saga\", C={})", c);
  return fmt::format(
      "LogisticRegression(penalty=\"elasticnet\", solver=\"saga\", l1_ratio={}, C={})",
      ValueText(result.l1_ratio), c);
}

std::string TorchPenaltyText(const TuneResult& result, Language language) {
  const Equivalents& units = result.equivalents;
  const std::string loss =
      IsRegression(result) ? "MSELoss" : Say(language, "cross-entropy", "交叉熵");
  std::string text;
  if (result.l1_ratio < 1.0)
    text = fmt::format("weight_decay={}", ValueText(units.pytorch_weight_decay));
  if (IsSparse(result)) {
    if (!text.empty()) text += Say(language, " and ", "，");
    text += Say(language, "{} * w.abs().sum() added to the loss", "损失加上 {} * w.abs().sum()",
                ValueText(units.pytorch_l1));
  }
  return Say(language, "{} with {}", "{}（损失函数：{}）", text, loss);
}

std::string KerasRegulariser(const TuneResult& result) {
  const Equivalents& units = result.equivalents;
  if (!IsSparse(result)) return fmt::format("L2({})", ValueText(units.keras_l2));
  if (result.l1_ratio == 1.0) return fmt::format("L1({})", ValueText(units.keras_l1));
  return fmt::format("L1L2(l1={}, l2={})", ValueText(units.keras_l1), ValueText(units.keras_l2));
}

}  // namespace halflife
