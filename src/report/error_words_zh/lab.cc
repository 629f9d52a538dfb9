// What errors say in Chinese: lab.
#include "report/error_words_zh.h"

namespace halflife::chinese {
namespace {

constexpr ChineseWords kLabWords[] = {
    // The page's questions (lab/).
    {ErrorKind::kQuestionUnknown, "没有 {0:q} 这个问题"},
    {ErrorKind::kAnswerWithout, "答案里没有 {0:q}"},
    {ErrorKind::kStepTakesAllHere,
     "[lr] {0} 与 [decay] {1} 一步会减去每个权重的 {2} 倍；这必须小于 1"},
    {ErrorKind::kHistoryForm, "[decays] {0:q}：请写成 EPOCH:DECAY，例如 0:0,300:0.01"},
    {ErrorKind::kHistoryDecay, "[decays] {0:q}：衰减应为 0 到 1e+06 的数"},
    {ErrorKind::kHistoryEpochs, "[decays] {0:q}：轮数应为从 0 起递增的整数"},
    {ErrorKind::kHistoryEmpty, "[decays]：至少要一个 EPOCH:DECAY"},
    {ErrorKind::kPageFileTooLarge, "文件超过 {0} MB，对网页来说太大；请用程序：halflife tune"},
    {ErrorKind::kPageTableTooLarge,
     "{file}：编码后有 {0} 行、{1} 列，对网页来说太多；请去掉取值很多的文本列，或用程序：halflife "
     "tune"},
    {ErrorKind::kPageColumnUnknown, "没有这一列"},
    {ErrorKind::kLabRun, "第 {0} 次训练，共 {1} 次"},
    {ErrorKind::kLabTensor, "第 {0} 个张量，共 {1} 个"},
    {ErrorKind::kLabEpoch, "第 {0} 轮，共 {1} 轮"},
    {ErrorKind::kLabRecordNumber, "一轮的记录没有第 {0} 个数"},
    {ErrorKind::kLabClass, "目标 {0} 不是类别；类别是 0 到 {1}"},
};

}  // namespace

std::span<const ChineseWords> OfLab() { return kLabWords; }

}  // namespace halflife::chinese
