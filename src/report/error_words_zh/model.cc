// What errors say in Chinese: model.
#include "report/error_words_zh.h"

namespace halflife::chinese {
namespace {

constexpr ChineseWords kModelWords[] = {
    // Fits (model/linear, model/logistic).
    {ErrorKind::kWeightsTooMany,
     "{0} 个编码后的列乘以 {1} 个类别，权重多得本程序无法拟合；请合并类别，或用 [ignore] "
     "去掉一些列"},
    {ErrorKind::kLogisticMemory, "{0} 折、每折 {1} 行需要 {2} GB 内存；请减小 [folds] 或 [seeds]"},
    {ErrorKind::kLinearMemory,
     "{0} 折、{1} 个编码后的列需要 {2} GB 内存；请减小 [folds] 或 [seeds]"},
    {ErrorKind::kStreamWide,
     "[stream] 要求训练的行多于编码后的列：{0} 行，{1} 列；请去掉 [stream]"},
    {ErrorKind::kStreamDigits,
     "[stream] "
     "只保留求和，而这些行的求和会失去要紧的位数：有单元格离得太远，或有列几乎线性相关；请去掉 "
     "[stream]，或用 [ignore] 去掉这样的列"},
    // New rows (model/inputs, model/new_rows, model/predict).
    {ErrorKind::kNewColumnMissing, "{file}：缺少模型需要的列 {0:q}{1?；是不是 {1:q}？}"},
    {ErrorKind::kNewColumnEmpty, "{file}：拟合模型时列 {0:q} 是数，而这里它是空的；请按数读取"},
    {ErrorKind::kNewCellText,
     "{file}：拟合模型时列 {0:q} 是数，而这里第 {1} 行是 {2:q}；请改正，或把单元格留空"},
    {ErrorKind::kPredictionNotFinite,
     "{file}：第 {0} 行的预测不是有限的数；请看这一行或模型里有没有极端的值"},
    // model.json (model/json_reader, model_file, inputs_json, net/file): the failures, then the
    // causes of the last.
    {ErrorKind::kModelFileDeep,
     "{file}：嵌套太深，不是模型文件；请用 `halflife tune` 所写的 model.json"},
    {ErrorKind::kModelFileNotJson,
     "{file}：不是 JSON（第 {0} 字节）；请用 `halflife tune` 所写的 model.json"},
    {ErrorKind::kModelFileRange,
     "{file}：有一个数超出范围；请用 `halflife tune` 所写的 model.json"},
    {ErrorKind::kModelFileUnsound, "{file}：{0}：{cause}；请用 `halflife tune` 所写的 model.json"},
    {ErrorKind::kJsonNoObject, "应是一个对象"},
    {ErrorKind::kJsonMissing, "缺少 \"{0}\""},
    {ErrorKind::kJsonNoText, "\"{0}\" 应是文本"},
    {ErrorKind::kJsonNoFlag, "\"{0}\" 应是 true 或 false"},
    {ErrorKind::kJsonNoNumber, "\"{0}\" 应是有限的数"},
    {ErrorKind::kJsonRange, "\"{0}\" 超出范围"},
    {ErrorKind::kJsonNoNumbers, "\"{0}\" 应是数的列表"},
    {ErrorKind::kJsonNoTexts, "\"{0}\" 应是文本的列表"},
    {ErrorKind::kJsonNoList, "\"{0}\" 应是列表"},
    {ErrorKind::kJsonNotOneOf, "\"{0}\" 是 {1:q}，不是 {2} 之一"},
    {ErrorKind::kJsonNotPositive, "\"{0}\" 应大于 0"},
    {ErrorKind::kModelFormat, "格式是 {0:q}，本程序读的是 \"{1}\""},
    {ErrorKind::kModelFamily, "\"family\" 与 \"task\" 不相配"},
    {ErrorKind::kModelClassesTooFew, "\"classes\" 至少要有 2 个"},
    {ErrorKind::kModelClassesTooMany, "超过 {0} 个类别"},
    {ErrorKind::kModelClassesOfNumbers, "回归中不该有 \"classes\""},
    {ErrorKind::kModelIntercepts, "\"intercept\" 有 {0} 个数，应有 {1} 个"},
    {ErrorKind::kModelInputWeights, "有 {1} 个截距，却有 {0} 个权重"},
    {ErrorKind::kModelMarks, "\"thousands_mark\" 与 \"decimal_mark\" 不能相同"},
    {ErrorKind::kModelInputsNone, "\"inputs\" 至少要有一个"},
    {ErrorKind::kModelKeptCells, "\"kept\" 应是小于 \"width\" 的递增的单元"},
    {ErrorKind::kModelCellScales, "\"means\" 和 \"scales\" 与 \"width\" 不符"},
    {ErrorKind::kModelHiddenUnits, "\"hidden\" 应是 1 到 {0} 的整数"},
    // result.json (report/read_result, field_reader, check_result): the failures, then the causes
    // of
    // kResultUnsound, beside those of model.json.
    {ErrorKind::kResultTooLarge,
     "{file}：超过 {0} 字节，不会是结果文件；请用 `halflife tune` 所写的 result.json"},
    {ErrorKind::kResultDeep,
     "{file}：列表和对象太多或嵌套太深，不是结果文件；请用 `halflife tune` 所写的 result.json"},
    {ErrorKind::kResultNotJson,
     "{file}：不是 JSON（第 {0} 字节）；请用 `halflife tune` 所写的 result.json"},
    {ErrorKind::kResultRange, "{file}：有一个数超出范围；请用 `halflife tune` 所写的 result.json"},
    {ErrorKind::kResultSchema,
     "{file}：{0?格式是 {0:q}，}本程序读的是 \"{1}\"；请用 `halflife tune` 所写的 result.json"},
    {ErrorKind::kResultLacks, "{file}：缺少 \"{0}\"，可能是较早的版本所写；请重新调参，就会写入"},
    {ErrorKind::kResultRefused,
     "{file}：\"{0}\"：{cause}；请用 `halflife tune` 所写的 result.json，并用写它的那个程序读取"},
    {ErrorKind::kResultUnsound,
     "{file}：{cause}；请用 `halflife tune` 所写的 result.json，不要改动"},
    {ErrorKind::kResultNoObject, "\"{0}\" 应是一个对象"},
    {ErrorKind::kResultInterval, "\"{0}\" 应是两个数的列表"},
    {ErrorKind::kResultLengths, "\"{0}\" 与 \"{1}\" 两个列表长度不等"},
    {ErrorKind::kResultNeeds, "有 \"{0}\" 就应有 \"{1}\""},
    {ErrorKind::kResultDecays, "\"{0}\" 以及旁边的 \"lrs\" 的个数，应与这一种发现所说的个数相同"},
    {ErrorKind::kResultOutside, "\"{0}\" 不是 \"{1}\" 中的位置"},
    {ErrorKind::kResultOrder, "\"{0}\" 应是从 0 起的数，且不小于前一个"},
    {ErrorKind::kResultLayers, "\"{0}\" 在每一轮中的层数应都相同"},
};

}  // namespace

std::span<const ChineseWords> OfModel() { return kModelWords; }

}  // namespace halflife::chinese
