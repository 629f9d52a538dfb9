#include "report/net_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "halflife/report.h"
#include "optim/groups.h"
#include "report/say.h"
#include "report/splits_words.h"
#include "report/torch_code.h"

namespace halflife {
namespace {

std::string LawName(DecayLaw law, Language language) {
  static constexpr std::array<std::string_view, 7> kChinese = {"无",   "耦合", "解耦", "独立",
                                                               "修正", "谨慎", "近端"};
  return std::string(language == Language::kEnglish ? Name(law)
                                                    : kChinese.at(static_cast<std::size_t>(law)));
}

std::string ShapeName(ScheduleShape shape, Language language) {
  static constexpr std::array<std::string_view, 3> kChinese = {"恒定", "线性", "余弦"};
  return std::string(language == Language::kEnglish ? Name(shape)
                                                    : kChinese.at(static_cast<std::size_t>(shape)));
}

// "2 weight tensors, 2 bias tensors".
std::string CountKinds(const TuneResult& result, bool decayed, Language language) {
  static constexpr std::array<std::string_view, 6> kChinese = {"权重", "偏置", "归一化",
                                                               "嵌入", "标量", "其他"};
  std::array<std::size_t, 6> counts{};
  for (const DecayedParameter& parameter : result.training->parameters) {
    if (parameter.decayed == decayed) ++counts[static_cast<std::size_t>(parameter.kind)];
  }
  std::vector<std::string> parts;
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    if (counts[kind] == 0) continue;
    const std::string_view name = Name(static_cast<ParameterKind>(kind));
    parts.push_back(Say(language, "{0}", "{1} 个{2}张量",
                        Counted(counts[kind], fmt::format("{} tensor", name)), counts[kind],
                        kChinese.at(kind)));
  }
  return Join(parts, Say(language, ", ", "、"));
}

DecayLaw LawOf(const OptimizerOptions& optimizer) {
  return optimizer.law.value_or(RuleOf(optimizer).spec->law);
}

// "0, 0.01", the first of them.
std::string DecaysText(const std::vector<double>& decays, Language language) {
  constexpr std::size_t kMost = 6;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(kMost, decays.size()); ++i)
    names.push_back(DecayText(decays[i]));
  return Join(names, Say(language, ", ", "、")) +
         (decays.size() > kMost ? Say(language, ", ...", "……") : "");
}

// ", batches of 80 rows"; "" for a net of one's own.
std::string BatchClause(const TrainingSummary& training, Language language) {
  if (!training.net) return "";
  const auto batch = static_cast<std::size_t>(std::max(training.net->training.batch, 0));
  const std::size_t rows = std::min(batch, training.training_rows);
  return Say(language, ", batches of {0}", "，每批 {1} 行", Counted(rows, "row"), rows);
}

// Keras decays every variable but those that are excluded by name: "; optimizer.exclude...", where
// some decay is used, but not for biases or norms.
std::string KerasExclusion(const TuneResult& result) {
  if (BestPoint(result).decay == 0.0) return "";
  const TrainingSummary& training = *result.training;
  bool biases = false;
  bool norms = false;
  for (const DecayedParameter& parameter : training.parameters) {
    biases |= !parameter.decayed && parameter.kind == ParameterKind::kBias;
    norms |= !parameter.decayed && parameter.kind == ParameterKind::kNorm;
  }
  std::vector<std::string> names;
  if (biases) names.emplace_back("\"bias\"");
  if (norms) names.insert(names.end(), {"\"gamma\"", "\"beta\""});
  if (names.empty()) return "";
  return fmt::format("; optimizer.exclude_from_weight_decay(var_names=[{}])", Join(names, ", "));
}

// A count of steps or epochs, three digits of it.
std::string Rounded(double value) {
  return value >= 1000.0 ? fmt::format("{:.0f}", RoundSignificant(value, 3)) : Number(value, 3);
}

}  // namespace

std::string NetText(const TuneResult& result, Language language) {
  if (!result.training->net) return "";
  const BuiltNet& net = *result.training->net;
  std::string text = std::to_string(net.inputs);
  for (const int units : net.options.hidden) text += "-" + std::to_string(units);
  text += "-" + std::to_string(net.outputs);
  if (net.options.hidden.empty()) return text;
  text += Say(language, ", {}", "，{}", Name(net.options.activation));
  if (net.options.layer_norm) text += Say(language, ", layer norm", "，层归一化");
  if (net.options.dropout > 0)
    text += Say(language, ", dropout {}", "，dropout {}", Number(net.options.dropout));
  return text;
}

std::string OptimizerText(const TuneResult& result, Language language) {
  const OptimizerOptions& optimizer = result.training->optimizer;
  const ProximalPenalty penalty = optimizer.penalty.value_or(ProximalPenalty::kL2);
  const std::string_view rule = RuleOf(optimizer).spec->name;
  const std::string law = LawName(LawOf(optimizer), language);
  if (penalty == ProximalPenalty::kL2)
    return Say(language, "{}, {} decay", "{}，{}衰减", rule, law);
  return Say(language, "{}, {} {} decay", "{}，{}衰减（{}）", rule, law,
             penalty == ProximalPenalty::kElasticNet ? Say(language, "elastic net", "弹性网")
                                                     : Say(language, "{}", "{}", Name(penalty)));
}

std::string ScheduleText(const TuneResult& result, Language language) {
  if (!result.training->net) return "";
  const TrainingOptions& training = result.training->net->training;
  std::string text = ShapeName(training.lr_shape, language);
  if (training.warm_up > 0)
    text += Say(language, ", warm-up {}", "，预热 {}", Number(training.warm_up));
  if (training.decay_shape != ScheduleShape::kConstant)
    text +=
        Say(language, ", decay {}", "，衰减按{}变化", ShapeName(training.decay_shape, language));
  return text;
}

std::string SplitText(const TuneResult& result, Language language) {
  if (HasSplits(result) || (RanInSplits(result) && result.training->test_rows == 0))
    return RowsOfSplitsText(result, language);
  const TrainingSummary& training = *result.training;
  std::string text = Say(language, "{} rows to train on, {} to choose by", "{} 行训练，{} 行选择",
                         training.training_rows, training.validation_rows);
  if (training.test_rows == 0) return text;
  return text + Say(language, ", {} to judge by", "，{} 行评判", training.test_rows);
}

std::string TrainingText(const TuneResult& result, Language language) {
  const TrainingSummary& training = *result.training;
  std::vector<std::string> lrs;
  for (const double lr : training.lrs) lrs.push_back(ShortestNumber(lr));
  const bool several = RanInSplits(result);
  const auto epochs = static_cast<std::size_t>(training.epochs);
  const auto steps = static_cast<std::size_t>(training.steps_per_epoch);
  const auto seeds = static_cast<std::size_t>(result.seeds);
  const std::string what =
      Say(language, "{}; {}; lr {}, {}; ", "{}；{}；学习率 {}，{}；", NetText(result, language),
          OptimizerText(result, language), Join(lrs, Say(language, " or ", " 或 ")),
          ScheduleText(result, language));
  return what + Say(language, "{0} of {1}{2}{8}; {3}{4}",
                    "{5} 轮，每轮{1} {6} 步{8}；{4}{7} 个种子", Counted(epochs, "epoch"),
                    several ? Say(language, "about ", "约") : "", Counted(steps, "step"),
                    Counted(seeds, "seed"), several ? Say(language, " a split", "每次划分 ") : "",
                    epochs, steps, seeds, BatchClause(training, language));
}

std::string TimeScaleSentence(const TuneResult& result, Language language) {
  const GridPoint& best = BestPoint(result);
  if (!(best.decay > 0.0)) return StaysText(language);
  const TrainedPoint& trained = *best.trained;
  if (!trained.half_life_steps || !trained.averaging_time_epochs) {
    return Say(language,
               "This law has no fixed half-life: how it shrinks a weight depends on the gradients.",
               "这种衰减方式没有固定的半衰期：权重如何缩小取决于梯度。");
  }
  const int epochs = result.training->epochs;
  return Say(
      language,
      "At the best decay a weight that gets no gradient halves every {} epochs ({} steps); its "
      "averaging time, 1/(lr*decay), is {} epochs, and the run has {}.",
      "在最优衰减下，没有梯度的权重每 {} 轮（{} 步）减半；它的平均时间 1/(lr*decay) 是 {} 轮，而"
      "整个训练有 {} 轮。",
      Rounded(*best.half_life_epochs), Rounded(*trained.half_life_steps),
      Rounded(*trained.averaging_time_epochs), epochs);
}

std::string StaysText(Language language) {
  return Say(language, "Without decay a weight that gets no gradient stays as it is.",
             "不衰减时，没有梯度的权重保持不变。");
}

std::string DecayedText(const TuneResult& result, Language language) {
  std::string decayed = CountKinds(result, true, language);
  const std::string others = CountKinds(result, false, language);
  if (others.empty()) return decayed;
  return Say(language, "{}; not {}", "{}；不包括 {}", decayed, others);
}

std::string SweepText(const TuneResult& result, Language language) {
  const TrainingSummary& training = *result.training;
  const auto trained = static_cast<double>(training.epochs_trained);
  const auto saved = static_cast<double>(training.epochs_saved);
  if (training.epochs_saved == 0)
    return Say(language, "{} epochs trained", "共训练 {} 轮", training.epochs_trained);
  const bool moved = std::any_of(result.grid.begin(), result.grid.end(),
                                 [](const GridPoint& point) { return point.trained->moved; });
  return Say(
      language,
      "{} epochs trained, {:.0f} % of all: decays behind the leading ones at an early epoch were "
      "set aside (their figures are of that epoch{}); no decay is always trained to its end, and "
      "--full trains all to theirs",
      "共训练 {} 轮，占全部的 {:.0f} %：在较早的轮次落后于领先者的衰减被搁置（它们的数字取自搁置时"
      "的那一轮{}）；不衰减总是训练到底，--full 会把所有衰减训练到底",
      training.epochs_trained, 100.0 * trained / (trained + saved),
      moved
          ? Say(language,
                "; where only some {0} were trained to the end, they are the best decay's, changed "
                "in the proportion in which the two differ over those {0}",
                "；只有部分{1}训练到底的，取最优衰减的数字，再按两者在这些{1}上的比例调整",
                RanInSplits(result) ? "splits" : "runs", RanInSplits(result) ? "划分" : "训练")
          : "");
}

std::string EndText(const TuneResult& result, const TrainedPoint& point, Language language) {
  std::string mark = EndMark(result, point, language);
  if (!point.diverged) return mark;
  return Say(language, "{}: {}", "{}：{}", mark, DivergenceText(*point.diverged, language));
}

std::string EndMark(const TuneResult& result, const TrainedPoint& point, Language language) {
  if (point.diverged) return Say(language, "diverged", "发散");
  if (point.finished) return "";
  if (point.curves.empty()) return Say(language, "not started", "未开始");
  if (point.seeds > 0 && RanInSplits(result) && result.seeds == 1) {
    return Say(language, "{0} of {1} splits", "{1} 次划分中的 {0} 次", point.seeds,
               result.training->rounds_planned);
  }
  if (point.seeds > 0)
    return Say(language, "{0} of {1} runs", "{1} 次训练中的 {0} 次", point.seeds, point.runs);
  if (result.training->stopped) return Say(language, "to epoch {}", "到第 {} 轮", point.epochs);
  const bool later =
      std::any_of(point.curves.begin(), point.curves.end(), [&](const TrainingCurve& curve) {
        return static_cast<int>(curve.epochs.size()) > point.epochs;
      });
  return later ? Say(language, "set aside from epoch {} on", "从第 {} 轮起被搁置", point.epochs)
               : Say(language, "set aside at epoch {}", "第 {} 轮被搁置", point.epochs);
}

std::string OtherTrainedDecays(const TuneResult& result, Language language) {
  std::vector<double> decays;
  for (const GridPoint& point : result.grid) {
    if (point.trained->finished && point.decay != result.verdict.baseline)
      decays.push_back(point.decay);
  }
  return DecaysText(decays, language);
}

std::string SetAsideClause(const TuneResult& result, Language language) {
  const auto count = std::count_if(
      result.grid.begin(), result.grid.end(),
      [](const GridPoint& point) { return !point.trained->finished && !point.trained->diverged; });
  if (count == 0) return "";
  if (result.training->stopped) {
    return Say(language, "; {} of the {} decays were not trained to their end",
               "；{1} 个衰减中有 {0} 个没有训练到底", count, result.grid.size());
  }
  return Say(language, "; {0} of the {1} decays {2} set aside early",
             "；{1} 个衰减中有 {0} 个早早被搁置", count, result.grid.size(),
             count == 1 ? "was" : "were");
}

std::string FewTrainedSentence(const TuneResult& result, Language language) {
  if (!result.training->stopped) return "";
  std::vector<double> decays;
  for (const GridPoint& point : result.grid) {
    if (point.trained->seeds > 0) decays.push_back(point.decay);
  }
  if (decays.empty()) return "";
  const std::string names = DecaysText(decays, language);
  if (!RanInSplits(result)) {
    return Say(language, " The decays trained to their end so far: {}.", "目前训练到底的衰减：{}。",
               names);
  }
  return Say(language, " The decays trained to their end, in {1}: {0}.",
             "训练到底的衰减（{1}）：{0}。", names, SplitsText(result, language));
}

bool IsCoupled(const TuneResult& result) {
  return LawOf(result.training->optimizer) == DecayLaw::kCoupled;
}

bool AllDecayed(const TuneResult& result) {
  const std::vector<DecayedParameter>& all = result.training->parameters;
  return std::all_of(all.begin(), all.end(), [](const DecayedParameter& p) { return p.decayed; });
}

std::vector<Unit> TrainedUnits(const TuneResult& result, Language language) {
  if (!TakesTorchDecay(*result.training)) return {};
  const std::string decay = Number(result.equivalents.pytorch_weight_decay, 6);
  const bool regression = IsRegression(result);
  const std::string lr = ShortestNumber(BestPoint(result).trained->lr);
  if (IsCoupled(result)) {
    // Without the 1/2 of the loss SGD takes the same step at half the rate, but where it clips.
    const OptimizerOptions& optimizer = result.training->optimizer;
    const bool clips = optimizer.clip_norm > 0 || optimizer.clip_value > 0;
    const bool halves = regression && !clips && RuleOf(optimizer).spec->name == "sgd";
    const std::string rate = halves ? Say(language, " and lr {}", "，lr {}",
                                          ShortestNumber(BestPoint(result).trained->lr / 2))
                                    : "";
    const auto loss = [&](const char* squared) {
      return regression ? Say(language, "{} of the standardised target", "标准化目标的 {}", squared)
                        : Say(language, "cross-entropy", "交叉熵");
    };
    return {{"PyTorch", Say(language, "weight_decay={}{} with {}",
                            "weight_decay={}{}（损失函数：{}）", decay, rate, loss("MSELoss"))},
            {"Keras", Say(language, "l2({}){} with {}", "l2({}){}（损失函数：{}）",
                          Number(result.equivalents.keras_l2, 6), rate, loss("MeanSquaredError"))}};
  }
  if (!IsPlainTorch(*result.training))
    return {{"PyTorch", fmt::format("AdamW, weight_decay={}", decay)}};
  const std::string exclusion = KerasExclusion(result);
  return {{"PyTorch", fmt::format("AdamW({}, lr={}, weight_decay={})",
                                  AllDecayed(result) ? "parameters" : "weights", lr, decay)},
          {"Keras", fmt::format("{}AdamW(learning_rate={}, weight_decay={}){}",
                                exclusion.empty() ? "" : "optimizer = ", lr, decay, exclusion)}};
}

}  // namespace halflife
