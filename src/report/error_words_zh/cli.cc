// What errors say in Chinese: cli.
#include "report/error_words_zh.h"

namespace halflife::chinese {
namespace {

constexpr ChineseWords kCliWords[] = {
    // The command line (cli/).
    {ErrorKind::kDecayWord,
     "[decay]：{0:q} 不是衰减值；请写 auto、0 到 1e100 的数（如 0,1e-3,0.1）或 LO:HI:COUNT"},
    {ErrorKind::kDecayListEmpty, "[decay]：请写 auto、数（如 0,1e-3,0.1）或 LO:HI:COUNT"},
    {ErrorKind::kDecaySpanForm, "[decay]：范围写作 LO:HI:COUNT，如 1e-5:1:20"},
    {ErrorKind::kDecaySpanOrder,
     "[decay]：范围 LO:HI:COUNT 按对数等距，因此 0 < LO < HI；0 请写在单独的列表里"},
    {ErrorKind::kDecaySpanCount, "[decay]：LO:HI:COUNT 中的 COUNT 应为 2 到 {0} 的整数"},
    {ErrorKind::kHiddenUnits,
     "[hidden] {0:q}：一层有 1 到 {1} 个单元；请写 128 或 256,128 这样的大小，或 none"},
    {ErrorKind::kLawWord, "[law] {0}：没有这种衰减方式{1?；是不是想写 {1:q}？}；可选 {2}"},
    {ErrorKind::kRuleOptionForm, "[option] {0}：请写成 NAME=VALUE，例如 beta2=0.99"},
    {ErrorKind::kRuleOptionNumber, "[option] {0}：{1:q} 不是数"},
    {ErrorKind::kPenaltyWord,
     "[penalty]：{0:q} 不是惩罚{1?；是不是想写 {1:q}？}；可选 l2、l1、elastic-net、"
     "elastic-net:RATIO（L1 的份额，0 到 1），网络还可选 group-lasso"},
    {ErrorKind::kPenaltyOfTables,
     "[penalty=group-lasso] 用于网络；请加上 [model=mlp]，或用 l2、l1、elastic-net"},
    {ErrorKind::kNoDecayOfNets,
     "[no_decay] 用于线性和逻辑回归模型；网络的偏置和归一化参数本来就不衰减"},
    {ErrorKind::kOfTablesAlone, "[] 用于线性和逻辑回归模型；对网络请去掉它"},
    {ErrorKind::kNetOptionAlone, "[] 用于网络；请加上 [model=mlp]"},
    {ErrorKind::kArrayTargetNeeded, "[target]：用数组时要写出目标：另一个数组的文件或成员"},
    {ErrorKind::kStreamOfArrays, "[stream] 用于 CSV 文件；用数组时请去掉它"},
    {ErrorKind::kStreamOfNets,
     "[stream] 用于由求和得出的回归，而网络要用各行来训练；请去掉 [stream] 或 [model=mlp]"},
    {ErrorKind::kTestOfAnotherKind, "[test] {0}：测试行应与 DATA 同类，同为表格或数组"},
    {ErrorKind::kTestTargetNeeded, "[test]：用数组时也要有测试行的目标；请给出 [test_target]"},
    {ErrorKind::kTestTargetAlone, "[test_target] 说的是 [test] 的内容；也请给出 [test]"},
    {ErrorKind::kTestTargetOfTable, "[test_target] 用于数组；表格的测试行里有目标列"},
    {ErrorKind::kOutIsRead, "[out] {0}：这是要读取的文件；请换一个"},
    {ErrorKind::kOutHoldsInput, "[out] {0}：要读取其中的 {1}；请换一个文件夹"},
    {ErrorKind::kOutFolder, "[out] {0:q}：无法创建或写入这个文件夹（{1}）；请换一个"},
    {ErrorKind::kOutputOfColumns, "各列无法写到标准输出；请腾出空间"},
    {ErrorKind::kOutputOfDescription, "说明无法写到标准输出；请腾出空间"},
    {ErrorKind::kOutputOfPredictions, "预测无法写到标准输出；请腾出空间，或用 [out] FILE"},
    {ErrorKind::kOutputOfAnswer, "答案无法写到标准输出；它在 {file} 里"},
    {ErrorKind::kReportSource,
     "{0:q} 不是 `halflife tune` 所写的文件夹，也不是 result.json；请给出其中之一"},
    {ErrorKind::kNoPageBuilt, "这个程序构建时没有带上网页；运行 `make page` 可以加上它"},
};

}  // namespace

std::span<const ChineseWords> OfCli() { return kCliWords; }

}  // namespace halflife::chinese
