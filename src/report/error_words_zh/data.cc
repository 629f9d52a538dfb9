// What errors say in Chinese: tables, in data.
#include "report/error_words_zh.h"

namespace halflife::chinese {
namespace {

constexpr ChineseWords kDataWords[] = {
    // What each column is asked to be (data/column_use, data/row_choice).
    {ErrorKind::kTableColumnLength, "{file}：列 {0:q} 有 {1} 个值，但有 {2} 行"},
    {ErrorKind::kTableColumnCode, "{file}：列 {0:q} 在第 {2} 行的编码是 {1}，但只有 {3} 个水平"},
    {ErrorKind::kColumnUnnamed, "[]：请写出要预测的列"},
    {ErrorKind::kColumnUnknown,
     "[] {0:q}：{file} 没有这一列{1?；是不是想写 {1:q}？}{2?；它有 {2}}"},
    {ErrorKind::kColumnIsTarget, "[] {0:q}：它是目标"},
    {ErrorKind::kColumnIsWeight, "[] {0:q}：它是行的权重"},
    {ErrorKind::kColumnIsFold, "[] {0:q}：它是指定各折的列"},
    {ErrorKind::kColumnIsGroup, "[] {0:q}：它是分组的列"},
    {ErrorKind::kColumnIsTime, "[] {0:q}：它是时间列"},
    {ErrorKind::kColumnIsIgnored, "[] {0:q}：它是要去掉的列"},
    {ErrorKind::kNoDecayOfAll, "[no_decay] 点名了所有参与拟合的列：没有可衰减的权重了"},
    {ErrorKind::kNumberAndCategory, "[numbers] {0:q}：[categories] 也写了它；请去掉其中一个"},
    {ErrorKind::kNumberColumnOfText, "[numbers] {0:q}：{file} 在那里没有数"},
    {ErrorKind::kOddCell, "第 {0} 行是 {1:q}"},
    {ErrorKind::kOddColumn, "它的单元格按文本读取，因为 [categories] 或开头的零"},
    {ErrorKind::kWeightText, "{file}：行的权重 {0:q} 不全是不小于 0 的数：{cause}"},
    {ErrorKind::kWeightMissing, "{file}：第 {1} 行缺少行的权重 {0:q}；要去掉一行请写 0"},
    {ErrorKind::kWeightNegative, "{file}：第 {2} 行的权重 {0:q} 是 {1}；权重应为不小于 0 的数"},
    {ErrorKind::kWeightSpread,
     "{file}：行的权重 {0:q} 从 {1} 到 {2}，相差太大，无法相加；权重应在 1e-12 与 1e12 "
     "之间，最大不超过最小的 1e12 倍"},
    {ErrorKind::kTargetMissing, "{file}：每一行都缺少目标 {0:q}"},
    {ErrorKind::kRowsTooFew, "{file}：{1} 行中只有 {0} 行能用；至少要 2 行"},
    {ErrorKind::kRowsTooFewDropped,
     "{file}：{1} 行中只有 {0} 行能用；至少要 2 行，可以试试 [missing=indicator]"},
    // The target (data/target, data/array_target, data/array_samples).
    {ErrorKind::kTargetText,
     "目标 {0:q} 含有 {1:q} 这样的文本，不能做回归；请用 [task=classification]"},
    {ErrorKind::kLogTargetNeedsRegression, "[log_target] 只用于回归；请去掉其中一个"},
    {ErrorKind::kTargetTextNoLogarithm,
     "目标 {0:q} 含有 {1:q} 这样的文本，没有对数；请去掉 [log_target]"},
    {ErrorKind::kTargetNoLogarithm,
     "目标 {0:q} 含有 {1}，它没有对数；请去掉 [log_target] 或这样的行"},
    {ErrorKind::kTargetConstant, "目标 {0:q} 在每一行都是 {1}；没有可学的"},
    {ErrorKind::kTargetLoneText,
     "{file}：目标 {0:q}：{2} 个单元格中 {1} 个是数，但第 {3} 行是 {4:q}；请改正或留空，或用 "
     "[numbers] 或 [task=classification]"},
    {ErrorKind::kClassAlone,
     "目标 {0:q}：类别 {1:q} 只有一行，没有哪一折能既学它又检验它；请去掉或合并它"},
    {ErrorKind::kClassAloneOfNumbers,
     "目标 {0:q}：类别 {1:q} 只有一行，没有哪一折能既学它又检验它；请去掉或合并它，或用 "
     "[task=regression]"},
    {ErrorKind::kMoreTargetsMissing, "{file}：有 {1} 行缺少目标 {0:q}；请去掉这样的行"},
    {ErrorKind::kMoreTargetsText, "{file}：目标 {0:q} 含有 {1:q} 这样的文本，而学习时它是数"},
    {ErrorKind::kMoreTargetsClass, "{file}：目标 {0:q} 含有类别 {1:q}，而学习的行中没有它"},
    {ErrorKind::kTargetTooLong,
     "目标 {0:q} 含有超过 2^53 的整数，双精度数会把它舍入；请保存较小的整数或浮点数，或用 "
     "[task=classification]"},
    {ErrorKind::kTargetRowEmpty, "目标 {0:q}：第 {1} 行（从 0 数起）是空的；请去掉这样的行"},
    {ErrorKind::kTargetNoClass,
     "目标 {0:q} 含有 {1}，它不是类别；请从 0 起给类别编号，或用 [task=regression]"},
    {ErrorKind::kTargetTooLarge,
     "目标：第 {0} 行（从 0 数起）是 {1}，对网络来说太大；请缩放它，或用 [log_target]"},
    // Folds (data/folds, data/dataset).
    {ErrorKind::kFoldsOfRows, "[folds] {0}：只有 {1} 行；最多只能要这么多"},
    {ErrorKind::kFoldsOfGroups, "[folds] {0}：只有 {1} 组；最多只能要这么多"},
    {ErrorKind::kFoldsOfTimes, "[folds] {0}：后面只有 {1} 个时间；最多只能要这么多"},
    {ErrorKind::kClassLostInTime,
     "第 {0} 折之前没有类别 {1:q} 的行，无从学它；请减小 [folds]，或合并这个类别"},
    {ErrorKind::kClassLostInFold,
     "折 {0:q} 含有类别 {1:q} 的全部行，没有剩下的行可学；请把这个类别分到几折，或去掉 "
     "[fold_column] 或 [group]"},
    {ErrorKind::kFoldMissing, "指定各折的列 {0:q} 有 {1} 个缺失；每一行都要写出它的折"},
    {ErrorKind::kGroupMissing, "分组的列 {0:q} 有 {1} 个缺失；每一行都要写出它的组"},
    {ErrorKind::kTimeMissing, "时间列 {0:q} 有 {1} 个缺失；每一行都要写出它的时间"},
    {ErrorKind::kTimeText, "时间列 {0:q} 含有文本：{cause}；请写数，或 2024-01-31 这样的日期"},
    {ErrorKind::kFoldColumnOfOne, "指定各折的列 {0:q} 只有一折；至少要 2 折"},
    {ErrorKind::kTargetConstantBefore,
     "折 {0:q} 之前目标在每一行都相同，学不到什么；请用更少的或别的折"},
    {ErrorKind::kTargetConstantWithout,
     "去掉折 {0:q} 后目标在每一行都相同，学不到什么；请用更少的或别的折"},
    {ErrorKind::kGroupsTooFew, "分组的列 {0:q} 有 {1} 个值；至少要 {2} 个"},
    {ErrorKind::kTimesTooFew, "时间列 {0:q} 有 {1} 个值；至少要 {2} 个"},
    // Encoding (data/encoding).
    {ErrorKind::kColumnTooFar, "列 {0:q} 含有 {1}，它的数太大或相差太小，无法计算；请缩放它"},
    {ErrorKind::kColumnsTooMany,
     "{file}：列 {0:q} 使编码后的列超过 {1}；请用 [ignore] 去掉取值很多的文本列"},
    {ErrorKind::kNoColumnLeft,
     "{file}"
     "：没有剩下可用来预测的列：每一列要么被去掉，要么只有一个值，要么是几乎每行各不相同的文本（可"
     "用 [categories] 保留）；请给出更多的列"},
    {ErrorKind::kTableTooLarge,
     "{file}：{0} 行、{1} 个编码后的列超出了本程序能放进内存的大小；请减少行数，或用 [ignore] "
     "去掉一些列"},
    {ErrorKind::kNothingVaries, "{file}：除目标外每一列都只有一个值；没有可用来预测的"},
    {ErrorKind::kStreamTexts,
     "{file}：列 {0:q} 有超过 {1} 种文本，[stream] 不保留这么多；请用 [ignore] 去掉这一列，或去掉 "
     "[stream]"},
};

}  // namespace

std::span<const ChineseWords> OfData() { return kDataWords; }

}  // namespace halflife::chinese
