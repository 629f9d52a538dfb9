// What errors say in Chinese: safetensors files, in optim.
#include "report/error_words_zh.h"

namespace halflife::chinese {
namespace {

constexpr ChineseWords kSafetensorsWords[] = {
    // Safetensors (optim/safetensors): the failure, then its causes.
    {ErrorKind::kSafetensorsUnsound, "{file}：不是完好的 safetensors 文件：{cause}"},
    {ErrorKind::kSafetensorsHeader, "{file}：不是完好的 safetensors 文件：文件头：{cause}"},
    {ErrorKind::kSafetensorsNull, "不该有 null"},
    {ErrorKind::kSafetensorsBoolean, "不该有 true 和 false"},
    {ErrorKind::kSafetensorsNegative, "有一个数是负数"},
    {ErrorKind::kSafetensorsFraction, "有一个数不是整数"},
    {ErrorKind::kSafetensorsBytes, "不该有字节串"},
    {ErrorKind::kSafetensorsNumber, "有一个数在 shape 和 data_offsets 之外"},
    {ErrorKind::kSafetensorsLongList, "有一个列表太长"},
    {ErrorKind::kSafetensorsText, "不该有文本的地方有文本"},
    {ErrorKind::kSafetensorsMetadataKey, "元数据里有重复的键"},
    {ErrorKind::kSafetensorsTensorText, "张量除 dtype 外还有别的文本"},
    {ErrorKind::kSafetensorsDeep, "嵌套太深"},
    {ErrorKind::kSafetensorsMetadataTwice, "__metadata__ 出现了两次"},
    {ErrorKind::kSafetensorsTensorTwice, "张量 {0:q} 出现了两次"},
    {ErrorKind::kSafetensorsTensorParts, "张量 {0:q} 缺少 dtype、shape 或两个 data_offsets"},
    {ErrorKind::kSafetensorsList, "不该有列表的地方有列表"},
    {ErrorKind::kSafetensorsTensorList, "张量除 shape 和 data_offsets 外还有别的列表"},
    {ErrorKind::kSafetensorsNotJson, "在第 {0} 字节处不是 JSON"},
    {ErrorKind::kSafetensorsDtype, "张量 {0:q} 的 dtype {1:q} 未知"},
    {ErrorKind::kSafetensorsTensorLarge, "张量 {0:q} 太大"},
    {ErrorKind::kSafetensorsOverlap, "张量 {0:q} 的字节与别的重叠、留有空隙或超出文件"},
    {ErrorKind::kSafetensorsTensorBytes, "张量 {0:q} 有 {1} 字节，按形状应有 {2}"},
    {ErrorKind::kSafetensorsBytesLeft, "末尾有 {0} 字节不属于任何张量"},
    {ErrorKind::kSafetensorsShort, "比文件头的长度字段还短"},
    {ErrorKind::kSafetensorsHeaderLarge, "文件头会超过 100 MB"},
    {ErrorKind::kSafetensorsHeaderCut, "文件在文件头内就结束了"},
    {ErrorKind::kSafetensorsHeaderStart, "文件头不以 {{ 开始"},
};

}  // namespace

std::span<const ChineseWords> OfSafetensors() { return kSafetensorsWords; }

}  // namespace halflife::chinese
