// What errors say in Chinese: net.
#include "report/error_words_zh.h"

namespace halflife::chinese {
namespace {

constexpr ChineseWords kNetWords[] = {
    // Options of nets (net/options, net/layout, net/trainer).
    {ErrorKind::kNetNumberRange, "网络：[] 应满足 {1}{2?，且为整数}，而不是 {3}"},
    {ErrorKind::kTrainingNumberRange, "训练：[] 应满足 {1}{2?，且为整数}，而不是 {3}"},
    {ErrorKind::kActivationUnknown, "没有叫 {0:q} 的激活函数{1?；是不是想写 {1:q}？}；可选 {2}"},
    {ErrorKind::kScheduleUnknown, "没有叫 {0:q} 的调度{1?；是不是想写 {1:q}？}；可选 {2}"},
    {ErrorKind::kNetLayersTooMany, "网络：{0} 个隐藏层超过了本程序能训练的 {1} 个"},
    {ErrorKind::kNetSizes, "网络：{0} 个输入和 {1} 个输出；都应在 1 到 {2} 之间"},
    {ErrorKind::kNetParametersTooMany, "网络：超过 {0} 个参数；请减少隐藏单元"},
    {ErrorKind::kTrainingOwnsLr, "训练：lr 和 decay 属于每一次运行；请不要设置优化器的"},
    {ErrorKind::kTrainingOwnsSchedules,
     "训练：调度由 lr_shape、warm_up 和 decay_shape 决定；请不要设置优化器的"},
    {ErrorKind::kNetRowsMisfit,
     "网络：{cause}不合适：{0} 行、每行 {1} 个数、{2} 个类别和 {3} 个目标，而网络有 {4} 个输入和 "
     "{5} 个输出"},
    {ErrorKind::kNetClassUnknown, "网络：{cause}中的类别 {0} 不在 {1} 个类别之内"},
    {ErrorKind::kTrainingRows, "训练行"},
    {ErrorKind::kValidationRows, "验证行"},
    {ErrorKind::kTestRows, "测试行"},
    {ErrorKind::kNetRowsNone, "网络：既要有训练的行，也要有验证的行"},
    {ErrorKind::kNetRowsTooMany, "网络：{0} 行超过了本程序能训练的行数；请只取一部分"},
    {ErrorKind::kNetNoTestRows, "网络：没有测试行"},
    // Rows for nets (net/rows, net/inputs, net/predict).
    {ErrorKind::kNetGroupsTooFew, "分组的列 {0:q} 有 {1} 组；训练、验证和测试至少要 3 组"},
    {ErrorKind::kNetTimesTooFew, "时间列 {0:q} 有 {1} 个值；训练、验证和测试至少要 3 个"},
    {ErrorKind::kNetRowsTooFew, "{file}：{0} 行太少，不足以训练、验证和测试网络；至少要 {1} 行"},
    {ErrorKind::kNetArrayRowsTooFew, "{file}：{0} 行太少，不足以训练、验证和测试；至少要 3 行"},
    {ErrorKind::kNetHasNoFolds,
     "[model=mlp] 按 [seed] 把行分为训练、验证和测试行；请去掉 [folds] 和 [fold_column]"},
    {ErrorKind::kNetHasNoWeight,
     "[weight] 用于线性和逻辑模型；网络的每一行同等重要，用 [model=mlp] 时请去掉它"},
    {ErrorKind::kNetRoundsFixed,
     "[rounds] 会多次划分用来评判的行，而 [] 已指定了它们；请去掉其中一个"},
    {ErrorKind::kGroupAndTime, "[group] 和 [time] 各有各的划分；请去掉其中一个"},
    {ErrorKind::kArraysHaveNoColumns, "[group] 和 [time] 指的是表格的列；数组没有列，请去掉它们"},
    {ErrorKind::kNetClassUntrained, "目标：训练行中没有类别 {0:q}；请给它更多的行，或合并它"},
    {ErrorKind::kNetTargetConstant, "目标：训练行中只有一个值，或数相差太大；没有可学的"},
    {ErrorKind::kTestTargetMissing, "{file}：缺少列 {0:q}；测试行也要有目标"},
    {ErrorKind::kNetInputTooFar,
     "{file}：第 {1} 行的列 {0:q} 对网络来说偏离太远；请看看那个单元格"},
    {ErrorKind::kNetWantsArray,
     "{file}：网络是用每行 {0} 个单元的数组训练的，而这是表格；请给数组文件"},
    {ErrorKind::kNetWantsTable,
     "{file}：网络是用表格训练的，而这是数组；请给含有那些列的 CSV 文件"},
    // A net's weights (net/file): the failures, then the causes of the last.
    {ErrorKind::kNetWeightsOfAnother,
     "{file}：不是与 {0} 一起写出的权重；同一次运行的两个文件请放在一起"},
    {ErrorKind::kNetFileUnsound,
     "{file}：{cause}；请用 `halflife tune` 与 model.json 一起写出的文件"},
    {ErrorKind::kNetTensorCount, "有 {0} 个张量，而网络有 {1} 个"},
    {ErrorKind::kNetTensorMissing, "没有张量 {0:q}"},
    {ErrorKind::kNetTensorShape, "张量 {0:q} 的类型或形状与网络的不同"},
    {ErrorKind::kNetTensorNotFinite, "张量 {0:q} 含有不是有限的数"},
};

}  // namespace

std::span<const ChineseWords> OfNet() { return kNetWords; }

}  // namespace halflife::chinese
