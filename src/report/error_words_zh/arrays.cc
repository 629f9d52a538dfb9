// What errors say in Chinese: arrays as data, in data.
#include "report/error_words_zh.h"

namespace halflife::chinese {
namespace {

constexpr ChineseWords kArraysWords[] = {
    // Arrays as data (data/array_reader, array_pair, array_table, array_samples).
    {ErrorKind::kNpzEmpty, "{file}：zip 文件里没有数组（NAME.npy）"},
    {ErrorKind::kNpzOfSeveral, "{file}：其中有 {0} 个数组；请写出 {1} 之一"},
    {ErrorKind::kNpzWithout, "{file}：其中没有数组 {0:q}；请写出 {1} 之一"},
    {ErrorKind::kNoNpz, "{file}：它不是 NPZ 文件，里面没有数组 {0:q}；请去掉这个名称"},
    {ErrorKind::kNpzTargetAlone, "{file}：其中只有数组 {0:q}；请把输入也存进去"},
    {ErrorKind::kNpzInputsUnclear,
     "{file}：输入可能是 {0} 中的任何一个；请把其中一个叫作 X，或把两个数组单独存成一个文件"},
    {ErrorKind::kNpzTargetUnknown,
     "[target] {0:q}：既不是文件，也不是 {file} 里的数组；其中有 {1}"},
    {ErrorKind::kNpzTargetOfNone,
     "[target] {0:q}：既不是文件，也不是 {file} 里的数组；其中一个也没有"},
    {ErrorKind::kTargetFileMissing,
     "[target] {0:q}：没有这个文件；{file} 只有一个数组，目标应在另一个数组文件里"},
    {ErrorKind::kArrayCellNan,
     "{file}：第 {0} 行第 {1} 列（从 0 数起）不是数；请填上，或去掉这样的行"},
    {ErrorKind::kArrayCellInfinite,
     "{file}：第 {0} 行第 {1} 列（从 0 数起）是无穷大；请填上，或去掉这样的行"},
    {ErrorKind::kTargetsSingle, "{file}：只有一个数；每一行都要有一个"},
    {ErrorKind::kTargetsWide,
     "{file}：每行有 {0} 个数（形状 {1}）；目标是每行一个数，类别用它的编号"},
    {ErrorKind::kInputsSingle, "{file}：只有一个数；应是多行输入"},
    {ErrorKind::kRowCountsDiffer, "{file} 有 {0} 行，而 {1} 有 {2} 行；两者应一样多"},
    {ErrorKind::kInputsEmpty, "{file}：它是空的（形状 {0}）；没有可学的"},
    {ErrorKind::kInputRowsTooMany, "{file}：有 {0} 行；最多能读 {1} 行"},
    {ErrorKind::kInputsTooFar, "{file}：其中有 {0}，它的数太大或相差太小，无法计算；请缩放它"},
    {ErrorKind::kInputsConstant, "{file}：训练行中没有变化的输入；没有可学的"},
    {ErrorKind::kInputWidth, "{file}：每行有 {0} 个单元，而模型是用 {1} 个训练的"},
    {ErrorKind::kInputsTooLarge,
     "{file}：{0} 行、每行 {1} 个单元超出了本程序能放进内存的大小；请减少行数"},
    {ErrorKind::kInputsNeedNet,
     "{file}：{0} 行、每行 {1} 个单元超出了线性或逻辑模型能从数组中读取的大小（{2} 个单元）；请用 "
     "[model=mlp]，或减少行数"},
};

}  // namespace

std::span<const ChineseWords> OfArrays() { return kArraysWords; }

}  // namespace halflife::chinese
