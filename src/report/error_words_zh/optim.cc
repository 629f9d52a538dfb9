// What errors say in Chinese: kernels and optim.
#include "report/error_words_zh.h"

namespace halflife::chinese {
namespace {

constexpr ChineseWords kOptimWords[] = {
    // Rules (kernels/). What a rule says against a law, an option or a shape is in its own words.
    {ErrorKind::kRuleUnknown,
     "没有叫 {0:q} 的优化器{1?；是不是想写 {1:q}？}；用 `halflife describe` 列出全部"},
    {ErrorKind::kLawUnknown, "没有叫 {0:q} 的衰减方式{1?；是不是想写 {1:q}？}；可选 {2}"},
    {ErrorKind::kRuleRefusesLaw, "{0} 不接受衰减方式 {1}：{2}"},
    {ErrorKind::kRuleTaken, "规则 {0:q}：已有同名的规则；请给它另起名字"},
    {ErrorKind::kRuleWord,
     "规则 {0:q}：{1:q} 不能作名字；名字由小写字母、数字和 _ 组成，以字母开头"},
    {ErrorKind::kRuleWordTwice, "规则 {0:q}：{1:q} 出现了两次；请改其中一个"},
    {ErrorKind::kRuleOptionDefault, "规则 {0:q}：选项 {1} 的默认值 {2} 不在它自己的范围 {3} 内"},
    {ErrorKind::kRuleWithoutWords, "规则 {0:q}：请给出标题和公式"},
    {ErrorKind::kRuleDefaults, "规则 {0:q}：默认的学习率和衰减应是有限的非负数"},
    {ErrorKind::kRuleNamedAsLaw, "规则 {0:q}：这是一种衰减方式的名字；请另起名字"},
    {ErrorKind::kRuleRefusesItsLaw, "规则 {0:q}：它拒绝了自己默认的衰减方式"},
    {ErrorKind::kRuleBits,
     "规则 {0:q}：向量与普通浮点数算出的结果并非逐位相同；请用 -ffp-contract=off 编译（链接 "
     "halflife::custom_rule），且只用 + - * / 和 math-inl.h 里的函数"},
    {ErrorKind::kNothingDescribed,
     "没有叫 {0:q} 的内容{1?；是不是想写 {1:q}？}；用 `halflife describe` 列出全部"},
    // Groups and parameters (optim/groups, optim/memory).
    {ErrorKind::kRuleOptionUnknown,
     "参数组 {0:q}：{1} 没有选项 {2:q}{3?；是不是想写 {3:q}？}；它有 {4}"},
    {ErrorKind::kRuleOptionRange,
     "参数组 {0:q}：{4}：{option} 应满足 {1}{2?，且为整数}，而不是 {3}"},
    {ErrorKind::kDefaultRuleOptionUnknown,
     "优化器：{0} 没有选项 {1:q}{2?；是不是想写 {2:q}？}；它有 {3}"},
    {ErrorKind::kDefaultRuleOptionRange,
     "优化器：{4}：{option} 应满足 {1}{2?，且为整数}，而不是 {3}"},
    {ErrorKind::kGroupNumberRange, "参数组 {0:q}：[] 应满足 {1}{2?，且为整数}，而不是 {3}"},
    {ErrorKind::kOptimizerNumberRange, "优化器：[] 应满足 {1}{2?，且为整数}，而不是 {3}"},
    {ErrorKind::kLayerFactorRange, "逐层学习率：[] 应满足 {1}{2?，且为整数}，而不是 {3}"},
    {ErrorKind::kLawRefused, "参数组 {0:q}：{1} 不接受衰减方式 {2}：{3}"},
    {ErrorKind::kRuleOptionsClash, "参数组 {0:q}：{1} 的选项不相容：{2}"},
    {ErrorKind::kPenaltyNeedsProximal,
     "参数组 {0:q}：只有 proximal 衰减方式接受 L2 以外的惩罚项；现在是 {1}；请用 [law=proximal]"},
    {ErrorKind::kGroupEmpty,
     "参数组 {0:q}：前面的组或它自己的其他条件没有给它留下参数；请把它移到前面"},
    {ErrorKind::kPatternUnmatched,
     "参数组 {0:q}：模式 {1:q} 不匹配任何参数{2?；是不是想写 {2:q}？}"},
    {ErrorKind::kGroupNotUtf8, "参数组 {0:q}：名称不是 UTF-8"},
    {ErrorKind::kGroupTwice, "有两个参数组都叫 {0:q}"},
    {ErrorKind::kGroupUnknown, "没有叫 {0:q} 的参数组；有 {2}{1?；是不是想写 {1:q}？}"},
    {ErrorKind::kStepTakesAll,
     "参数组 {0:q}：lr {1} 与 decay {2} 一步会减去每个权重的 {3} 倍；这必须小于 1"},
    {ErrorKind::kRuleRefusesShape, "参数 {0:q} 的形状不合：{1}"},
    {ErrorKind::kParameterWithoutRows,
     "参数 {0:q}：group lasso 缩小的是行，而它没有行；请把它的组的衰减设为 0"},
    {ErrorKind::kParameterCenter,
     "参数 {0:q}：它的组向给定的中心衰减，但中心有 {1} 个值，应有 {2} 个"},
    {ErrorKind::kParameterUnnamed, "有一个参数没有名称"},
    {ErrorKind::kParameterNotUtf8, "参数 {0:q}：名称不是 UTF-8"},
    {ErrorKind::kParameterTwice, "有两个参数都叫 {0:q}"},
    {ErrorKind::kParameterSize, "参数 {0:q}：形状有 {1} 个元素，值却有 {2} 个"},
    {ErrorKind::kParameterShape, "参数 {0:q}：没有张量会是这种形状"},
    {ErrorKind::kParameterInNoGroup,
     "参数 {0:q}（{1}，{2} 维）不属于任何参数组；请在最后加一个没有条件的组"},
    {ErrorKind::kParameterIndex, "参数 {0}：共有 {1} 个，从 0 数起"},
    {ErrorKind::kParametersTied,
     "参数 {0:q} 与 {1:q} 是同一块内存：一步会更新并衰减它两次；请只传一次，梯度取两者之和"},
    {ErrorKind::kParametersOverlap,
     "参数 {0:q} 与 {1:q} 的内存有重叠：一步会更新并衰减它两次；请让每个值只属于其中一个"},
    // Steps (optim/gradients, optim/optimizer).
    {ErrorKind::kGradientCount, "更新：{1} 个参数却有 {0} 个梯度"},
    {ErrorKind::kGradientSize, "更新：参数 {0:q} 的梯度有 {1} 个元素，值却有 {2} 个"},
    {ErrorKind::kGradientBlock, "更新：连成一块的梯度有 {0} 个元素，参数却共有 {1} 个"},
    {ErrorKind::kGradientUnknown, "更新：没有名为 {0:q} 的参数{1?；是否指 {1:q}？}"},
    {ErrorKind::kGradientTwice, "更新：参数 {0:q} 有两个梯度"},
    {ErrorKind::kGradientInParameter,
     "更新：参数 {0:q} 的梯度在参数 {1:q} 的内存里；请给它自己的内存"},
    {ErrorKind::kGradientNotFinite, "第 {0} 步：参数 {1:q} 的梯度含有无穷大或 NaN；什么都没有改变"},
    {ErrorKind::kGradientOverflows,
     "第 {0} 步：参数 {1:q} 的梯度大到 {2}，会使权重或状态变为无穷大（请设置 "
     "[clip_norm]，或缩小损失）；什么都没有改变"},
    {ErrorKind::kCoupledNeedsGradient,
     "参数组 {0:q}：coupled "
     "衰减方式通过梯度起作用，没有梯度就不能衰减；请换一种衰减方式，或传入零梯度"},
    {ErrorKind::kRuleNeedsGradient,
     "参数组 {0:q}：{1} 的状态里也有衰减，没有梯度时权重不能衰减；请传入零梯度"},
    {ErrorKind::kAverageSize, "参数 {0:q} 的平均值：给了 {1} 个位置，应为 {2} 个"},
    // Schedules (optim/schedule).
    {ErrorKind::kScheduleMultiplier, "调度：乘数应为有限且不小于 0 的数，而不是 {0}"},
    {ErrorKind::kScheduleSteps, "调度：步数应不小于 1，而不是 {0}"},
    {ErrorKind::kScheduleGamma, "调度：[gamma] 应在 (0, 1]] 内，而不是 {0}"},
    {ErrorKind::kSchedulePower, "调度：指数应大于 0，而不是 {0}"},
    {ErrorKind::kScheduleRise, "调度：上升部分的比例应在 (0, 1) 内，而不是 {0}"},
    {ErrorKind::kScheduleDivs, "调度：[div] 和 [final_div] 应不小于 1"},
    {ErrorKind::kScheduleTableEmpty, "调度：表至少要有一个值"},
    {ErrorKind::kSchedulePieceStart, "调度：任何一段都不能早于第 0 步开始"},
    // The optimizer's state on disk (optim/state).
    {ErrorKind::kStateCount, "{file}：元数据中的 {0:q} 不合理"},
    {ErrorKind::kStateFormat, "{file}：不是 halflife 优化器的状态（元数据缺少格式 {0}）"},
    {ErrorKind::kStateShape,
     "{file}：{0:q} 是 {1} [[{2}]]，优化器中是 {3} [[{4}]]；模型的形状是否改过？"},
    {ErrorKind::kStateLeftOver, "{file}：其中的 {0:q} 在优化器里没有对应的参数，或用的是别的规则"},
    {ErrorKind::kStateOtherRule, "{file}：有 {0:q} 却没有 {1:q}；它是否由别的规则或别的选项保存？"},
    {ErrorKind::kStateNoParameter,
     "{file}：没有参数 {0:q} 的内容（缺少 {1:q}）{2?；是不是想写 {2:q}？}"},
    {ErrorKind::kStateCounter, "{file}：{0:q} 不是合理的计数"},
};

}  // namespace

std::span<const ChineseWords> OfOptim() { return kOptimWords; }

}  // namespace halflife::chinese
