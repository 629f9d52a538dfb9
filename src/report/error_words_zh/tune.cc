// What errors say in Chinese: tune.
#include "report/error_words_zh.h"

namespace halflife::chinese {
namespace {

constexpr ChineseWords kTuneWords[] = {
    // Options of a sweep (tune/tune, tune/training).
    {ErrorKind::kDecayRange, "[decays] {0}：衰减应为 0 到 {1} 的数"},
    {ErrorKind::kStepsPerEpoch, "[steps_per_epoch] {0}：请设为每轮的批数，至少 1"},
    {ErrorKind::kLrsNone, "[lrs]：至少要一个学习率"},
    {ErrorKind::kLrRange, "[lrs] {0}：学习率应为大于 0 的数"},
    {ErrorKind::kL1Ratio, "[l1_ratio] {0}：L1 部分在惩罚中的份额应为 0 到 1 的数"},
    {ErrorKind::kNoiseRange, "[] {0}：噪声的标准差应为大于 0 的数"},
    {ErrorKind::kCurrentTakesAll,
     "[current_decay] {0}：学习率为 {1} 时，一步就会减去每个权重的全部；它是否用于别的优化器或更小"
     "的学习率？"},
    {ErrorKind::kSizes, "[] {0}：应为隐藏层宽度的大于 0 的倍数，且每层不超过 {1} 个单元"},
    {ErrorKind::kSizesOfNone, "[]：没有隐藏层的网络没有别的大小；请去掉它，或加上 [hidden]"},
    {ErrorKind::kNoiseOfClasses, "[noise] 用于数值目标；这个目标被读作类别"},
    {ErrorKind::kPlaneTwo, "[]：请写出两个不同的列"},
    {ErrorKind::kPlaneClasses, "[] 只用于数值目标或两个类别的目标；这个目标有 {0} 个类别"},
    {ErrorKind::kPlaneUnknown, "[] {0:q}：没有叫这个名字的输入；类别列的输入写作 COLUMN=LEVEL"},
    {ErrorKind::kFixedRounds, "[rounds] 会重新划分各折，而 [] 已把它们固定；请去掉其中一个"},
    {ErrorKind::kFixedFolds, "[folds] 会划分各折，而 [] 已把它们固定；请去掉其中一个"},
    {ErrorKind::kFixedGroup, "[group] 决定各折，而 [] 已把它们固定；请去掉其中一个"},
    {ErrorKind::kFixedTime, "[time] 决定各折，而 [] 已把它们固定；请去掉其中一个"},
    {ErrorKind::kLinearOfClasses,
     "[model=linear] 用于回归，而目标是类别；请用 [model=logistic]，若是数则用 [task=regression]"},
    {ErrorKind::kLogisticOfNumbers,
     "[model=logistic] 用于分类，而目标是数；请用 [model=linear]，若是类别则用 "
     "[task=classification]"},
    {ErrorKind::kNetIsTunedElsewhere,
     "[model=mlp] 由 TuneNet 训练并给出网络；Tune 只拟合线性和逻辑回归模型"},
    {ErrorKind::kStreamClasses,
     "[stream] 用于回归，而目标是类别；请去掉 [stream]，若是数则用 [task=regression]"},
    {ErrorKind::kStreamL1,
     "[stream] 用于 l2 惩罚，其拟合由求和即可得出；用 l1 和 elastic-net 时请去掉 [stream]"},
    // Sweeps without an answer (tune/sweep, tune/training/choice).
    {ErrorKind::kStoppedBeforeFolds, "还没拟合完两折就被中断；没有可报告的"},
    {ErrorKind::kStoppedBeforeEpoch, "第一轮还没结束就被停止；没有可报告的"},
    {ErrorKind::kSeparableAtZero,
     "可分：没有衰减时并非每一折都有有限的拟合，而 [decays] 只要 0；请加一个大于 0 的衰减"},
    {ErrorKind::kNoFitReached,
     "{0} 个衰减值的拟合都没有达到精度；请用 [decays] 试更大的，或在 [no_decay] 中少列几列"},
    {ErrorKind::kAllDiverged,
     "所有训练都发散了；请试试比 {0} 小的学习率，或看看数据里有没有异常的值"},
    {ErrorKind::kAllDivergedBy,
     "所有训练都发散了（{cause}）；请试试比 {0} 小的学习率，或看看数据里有没有异常的值"},
    {ErrorKind::kLossNan, "损失在第 {0} 轮变成了 NaN"},
    {ErrorKind::kLossInfinite, "损失在第 {0} 轮变成了无穷大"},
    {ErrorKind::kValidationNan, "验证损失在第 {0} 轮变成了 NaN"},
    {ErrorKind::kValidationInfinite, "验证损失在第 {0} 轮变成了无穷大"},
    {ErrorKind::kWeightNotFinite, "有权重在第 {0} 轮变成了 NaN 或无穷大"},
    // Nets of one's own (tune/training).
    {ErrorKind::kNothingDecays, "网络没有会衰减的参数；请换一种衰减方式或范围"},
    {ErrorKind::kOwnNothingDecays,
     "没有参数采用扫描的衰减；请把某个参数设为 kWeight，或不给它的组单独的衰减"},
    {ErrorKind::kOwnNoFactory, "要扫描网络，需要一个创建网络的函数"},
    {ErrorKind::kOwnNoFunctions, "要扫描的网络需要 gradients 和 validate 函数"},
    {ErrorKind::kOwnNoLosses, "网络的 validate 和 test 应给出每一行的损失；却没有给出"},
    {ErrorKind::kRunRowsDiffer,
     "{cause}的损失有 {0} 个，而另一次训练有 {1} 个；每次训练都应给出同样的行"},
    {ErrorKind::kRunLossNotFinite, "测试行的损失中有一个不是有限的数"},
};

}  // namespace

std::span<const ChineseWords> OfTune() { return kTuneWords; }

}  // namespace halflife::chinese
