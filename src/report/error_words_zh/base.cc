// What errors say in Chinese: base, linalg and penalty.
#include "report/error_words_zh.h"

namespace halflife::chinese {
namespace {

constexpr ChineseWords kBaseWords[] = {
    // Files and memory (base/).
    {ErrorKind::kFileCannotOpen, "{file}：无法打开（{0}）；请检查文件名和权限"},
    {ErrorKind::kFileCannotRead, "{file}：无法读取（{0}）；请检查文件名和权限"},
    {ErrorKind::kFileIsFolder, "{file}：这是文件夹；请写出其中的一个文件"},
    {ErrorKind::kFileWithoutName, "{file}：结尾像是文件夹；请写出其中的一个文件"},
    {ErrorKind::kFileCannotWrite, "{file}：无法写入（{0}）；请检查名称、权限和剩余空间"},
    {ErrorKind::kFolderInUse,
     "{file}：另一个 halflife 正在写这里；请等它结束，或用 [out] 换一个文件夹"},
    {ErrorKind::kFolderInTheWay, "{file}：这是文件夹；请移开它，或用 [out] 换一个文件夹"},
    {ErrorKind::kUnnamedSource, "数据"},
    {ErrorKind::kMemory, "内存不足；请减少行数，或用更小的网络"},
    {ErrorKind::kBug, "halflife 自身的错误：{0}"},
    // What one option is (any floor). The option's name goes with the failure.
    {ErrorKind::kNotANumber, "[]：{0:q} 不是数"},
    {ErrorKind::kNotWhole, "[]：{0:q} 不是整数"},
    {ErrorKind::kNumberRange, "[] {0:q}：应为 {1} 到 {2} 之间的数"},
    {ErrorKind::kWholeNeeded, "[] {0}：应为整数"},
    {ErrorKind::kNotOneOf, "[] {0:q}：应为 {1} 之一{2?；是不是想写 {2:q}？}"},
    {ErrorKind::kOptionForm, "{0:q}：请写成 NAME=VALUE，例如 {1}"},
    {ErrorKind::kOptionTwice, "[] 给了两次"},
    {ErrorKind::kOptionUnknown, "没有 {0:q} 这个选项{1?；是不是想写 {1:q}？}"},
    {ErrorKind::kTooFew, "[] {0}：至少要 {1}"},
    {ErrorKind::kThreads, "[threads] {0}：应为 0（全部）或更多"},
    // Decompositions (linalg/).
    {ErrorKind::kMatrixTooLarge, "行和列同时超过 20,000 的矩阵无法分解；请用 [ignore] 去掉一些列"},
    {ErrorKind::kMatrixNotFinite, "列中的数太大或太小，无法计算"},
    {ErrorKind::kMatrixNotDecomposed,
     "没有方法能分解各列构成的 {0} x {1} 矩阵；请用 [ignore] 去掉一些列"},
    // Penalties (penalty/).
    {ErrorKind::kPenaltyStrength, "惩罚项：[strength] 应不小于 0，而不是 {0}"},
    {ErrorKind::kPenaltyP, "惩罚项：[p] 应不小于 1（更小则非凸），而不是 {0}"},
    {ErrorKind::kPenaltyRatio, "惩罚项：[ratio] 应在 0 到 1 之间，而不是 {0}"},
    {ErrorKind::kPenaltyRow, "惩罚项：group lasso 的一行至少要有一个权重"},
    {ErrorKind::kPenaltyRows, "惩罚项：{0} 个权重不能恰好分成每行 {1} 个"},
    {ErrorKind::kPenaltyGradients, "惩罚项：有 {0} 个权重，却有 {1} 个梯度"},
    {ErrorKind::kPenaltyStep, "惩罚项：[step] 应不小于 0，而不是 {0}"},
};

}  // namespace

std::span<const ChineseWords> OfBase() { return kBaseWords; }

}  // namespace halflife::chinese
