// What errors say in Chinese: array files, in data.
#include "report/error_words_zh.h"

namespace halflife::chinese {
namespace {

constexpr ChineseWords kArrayFilesWords[] = {
    // Arrays (data/array_*, data/byte_stream).
    {ErrorKind::kArrayUnknown, "{file}：不是数组文件：开头既不像 IDX，也不像 NPY 或 NPZ"},
    {ErrorKind::kArrayPickle,
     "{file}：像是 Python 的 pickle，只有 Python 能读；请用 numpy.save 保存数组"},
    {ErrorKind::kArrayHeaderCut, "{file}：文件在文件头内就结束了；请重新复制或下载"},
    {ErrorKind::kArrayDimensions, "{file}：有 {0} 维；最多能读 {1} 维"},
    {ErrorKind::kArrayUncountable, "{file}：形状（{0}）的元素多得数不清"},
    {ErrorKind::kArrayShort, "{file}：文件头说有 {0} 字节数据，文件里却有 {1}；请重新复制或下载"},
    {ErrorKind::kArrayShortPacked,
     "{file}：文件头说有 {0} 字节数据，文件里最多只可能有 {1} 字节；请重新复制或下载"},
    {ErrorKind::kArrayEndsEarly,
     "{file}：文件头说有 {0} 字节数据，却只有 {1}；请重新复制或下载文件"},
    {ErrorKind::kArrayNoMemory, "{file}：它的 {0} 字节数据放不进内存"},
    {ErrorKind::kArrayGoesOn, "{file}：数组之后还有 {0} 字节；请每个文件只存一个数组"},
    {ErrorKind::kArrayMoreBytes, "{file}：数组之后的字节比文件头说的多；请重新保存"},
    {ErrorKind::kPackedShort, "{file}：它的 {0} 数据过早结束；请重新复制或下载文件"},
    {ErrorKind::kPackedDamaged, "{file}：它的 {0} 数据已损坏{1?（{1}）}；请重新复制或下载文件"},
    {ErrorKind::kPackedGoesOn, "{file}：{0} 数据之后还有 {1} 字节；请去掉不属于它的内容"},
    {ErrorKind::kIdxType, "{file}：IDX 元素类型 0x{0} 未知；应为 08、09、0B、0C、0D 或 0E"},
    {ErrorKind::kArrayNoNumbers,
     "{file}：其中是{cause}；请保存数值数组，例如用 .astype(\"float32\")"},
    {ErrorKind::kHoldsText, "文本"},
    {ErrorKind::kHoldsRecords, "记录（结构化 dtype）"},
    {ErrorKind::kHoldsObjects, "只有 Python 能读的 Python 对象（dtype {0:q}）"},
    {ErrorKind::kHoldsRawRecords, "原始记录（dtype {0:q}）"},
    {ErrorKind::kHoldsComplex, "复数（dtype {0:q}）"},
    {ErrorKind::kHoldsTimes, "日期或时间（dtype {0:q}）"},
    {ErrorKind::kHoldsUnknown, "未知 dtype {0:q} 的元素"},
    {ErrorKind::kArrayTextElement,
     "{file}：元素 {0}（从 0 数起）是 {1:q}，不是文本；请保存 UTF-8 文本，不含 NUL 字符"},
    // NPY headers (data/npy_header): the failure, then its causes.
    {ErrorKind::kNpyVersion, "{file}：NPY 文件的版本未知；能读 1.0、2.0 和 3.0 版"},
    {ErrorKind::kNpyLongHeader, "{file}：它的 NPY 文件头有 {0} 字节；最多能读 {1}"},
    {ErrorKind::kNpyHeader, "{file}：NPY 文件头已损坏：{cause}；请用 numpy.save 重新保存数组"},
    {ErrorKind::kNpyComma, "缺少逗号或 }}"},
    {ErrorKind::kNpyGoesOn, "}} 之后还有文本"},
    {ErrorKind::kNpyKeys, "缺少 descr、fortran_order 或 shape"},
    {ErrorKind::kNpyMark, "缺少 {0}"},
    {ErrorKind::kNpyQuote, "有一个引号没有关闭"},
    {ErrorKind::kNpyKey, "键 {0:q} 未知"},
    {ErrorKind::kNpyKeyTwice, "{0} 出现了两次"},
    {ErrorKind::kNpyOrder, "fortran_order 不是 True 或 False"},
    {ErrorKind::kNpyShapeComma, "形状里缺少逗号或 )"},
    {ErrorKind::kNpyNegativeSize, "形状里有一维为负"},
    {ErrorKind::kNpyLargeSize, "形状里有一维过大"},
    {ErrorKind::kNpyNoSize, "形状里有一维不是整数"},
    // Zip files (data/zip): the failure, then its causes.
    {ErrorKind::kZipUnsound, "{file}：不是完好的 zip 文件：{cause}；请重新复制或下载"},
    {ErrorKind::kZipNoDirectory, "末尾没有目录"},
    {ErrorKind::kZipOfSeveral, "它是分卷中的一卷"},
    {ErrorKind::kZipDirectoryPlace, "目录不在应在的位置"},
    {ErrorKind::kZipFewEntries, "目录不足 {0} 项"},
    {ErrorKind::kZipManyEntries, "目录超过 {0} 项"},
    {ErrorKind::kZipDirectoryCut, "目录被截断"},
    {ErrorKind::kZipMemberTwice, "成员 {0:q} 出现了两次"},
    {ErrorKind::kZipHeaderPlace, "它自己的文件头不在目录所说的位置"},
    {ErrorKind::kZipHeaderDiffers, "它自己的文件头与目录不一致"},
    {ErrorKind::kZipBytesBeyond, "它的字节超出文件"},
    {ErrorKind::kZipTwoSizes, "它未压缩，却有两个大小"},
    {ErrorKind::kZip64,
     "{file}：它用了 zip64（用于 4 GB 以上），不能读；请用 numpy.save 分别保存每个数组"},
    {ErrorKind::kZipEncrypted, "{file}：它已加密；请不带密码保存"},
    {ErrorKind::kZipMethod,
     "{file}：它用 zip 方法 {0} 压缩；只能读未压缩和 deflate 的成员，即 numpy.savez 和 "
     "numpy.savez_compressed 所写的"},
    {ErrorKind::kZipSize, "{file}：解出 {0} 字节，而 zip 目录说是 {1}；请重新保存文件"},
    {ErrorKind::kZipChecksum, "{file}：字节与旁边写的校验和（CRC-32）不符；请重新复制或下载文件"},
};

}  // namespace

std::span<const ChineseWords> OfArrayFiles() { return kArrayFilesWords; }

}  // namespace halflife::chinese
