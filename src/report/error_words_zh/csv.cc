// What errors say in Chinese: CSV files, in data.
#include "report/error_words_zh.h"

namespace halflife::chinese {
namespace {

constexpr ChineseWords kCsvWords[] = {
    // CSV (data/csv_*): the place is the line and the number of the field.
    {ErrorKind::kCsvGzip, "{file}:{line}:{column}：文件用 gzip 压缩过；请先解压（gunzip）"},
    {ErrorKind::kCsvBzip2, "{file}:{line}:{column}：文件用 bzip2 压缩过；请先解压（bunzip2）"},
    {ErrorKind::kCsvXz, "{file}:{line}:{column}：文件用 xz 压缩过；请先解压（unxz）"},
    {ErrorKind::kCsvZstd, "{file}:{line}:{column}：文件用 zstd 压缩过；请先解压（unzstd）"},
    {ErrorKind::kCsvParquet, "{file}:{line}:{column}：这是 Parquet 文件；请转换为 CSV"},
    {ErrorKind::kCsvArrow, "{file}:{line}:{column}：这是 Arrow 文件；请转换为 CSV"},
    {ErrorKind::kCsvHdf5, "{file}:{line}:{column}：这是 HDF5 文件；请转换为 CSV"},
    {ErrorKind::kCsvSqlite, "{file}:{line}:{column}：这是 SQLite 数据库；请把表导出为 CSV"},
    {ErrorKind::kCsvExcel, "{file}:{line}:{column}：这是 Excel 工作簿；请把工作表另存为 CSV UTF-8"},
    {ErrorKind::kCsvPdf, "{file}:{line}:{column}：这是 PDF 文档；请把表格转换为 CSV"},
    {ErrorKind::kCsvWebPage, "{file}:{line}:{column}：这是网页；请下载 CSV 文件本身"},
    {ErrorKind::kCsvUtf16, "{file}:{line}:{column}：文件是 UTF-16 文本；请另存为 UTF-8"},
    {ErrorKind::kCsvZip, "{file}:{line}:{column}：这是 zip 压缩包；请先解压（unzip）"},
    {ErrorKind::kCsvNulOfUtf16,
     "{file}:{line}:{column}：有 NUL 字节，文件像是 UTF-16；请另存为 UTF-8"},
    {ErrorKind::kCsvNul,
     "{file}:{line}:{column}：有 NUL 字节，这不是文本文件；请把表格存为 UTF-8 的 CSV"},
    {ErrorKind::kCsvNotUtf8, "{file}:{line}:{column}：字节 {0:q} 不是 UTF-8；请把文件存为 UTF-8"},
    {ErrorKind::kCsvEmpty, "{file}:{line}:{column}：文件是空的；应有表头和下面的行"},
    {ErrorKind::kCsvNoHeader,
     "{file}:{line}:{column}：第一行是数，而那里应是列名；请在上面加一行列名"},
    {ErrorKind::kCsvColumnsTooMany, "{file}:{line}:{column}：超过 {0} 列；请去掉一些"},
    {ErrorKind::kCsvRowsTooMany, "{file}:{line}:{column}：超过 {0} 行；请去掉一些"},
    {ErrorKind::kCsvUnnamed,
     "{file}:{line}:{column}：第 {0} "
     "列没有列名；请给它列名，若它只是行号就去掉它（pandas：index=False，R：row.names=FALSE）"},
    {ErrorKind::kCsvNameTwice, "{file}:{line}:{column}：第 {0} 列和第 {1} 列都叫 {2:q}；请改一个"},
    {ErrorKind::kCsvNoRow, "{file}:{line}:{column}：有表头，下面却没有行；至少要一行"},
    {ErrorKind::kCsvNoRows, "{file}:{line}:{column}：有表头，下面却没有行；至少要两行"},
    {ErrorKind::kCsvOneRow, "{file}:{line}:{column}：表头下只有一行；至少要两行"},
    {ErrorKind::kCsvShortHeader,
     "{file}:{line}:{column}：这一行和多数行一样有 {0} 个字段，但第 {1} 行的表头有 {2} "
     "个（以{cause}分隔）；请改正表头"},
    {ErrorKind::kCsvMoreThanHeader,
     "{file}:{line}:{column}：这一行有 {0} 个字段，而表头有 {1} "
     "个（以{cause}分隔）；请给含有分隔符的单元格加引号，或去掉多余的"},
    {ErrorKind::kCsvLessThanHeader,
     "{file}:{line}:{column}：这一行有 {0} 个字段，而表头有 {1} "
     "个（以{cause}分隔）；请补上缺少的，或去掉这一行"},
    {ErrorKind::kCsvMoreThanOthers,
     "{file}:{line}:{column}：这一行有 {0} 个字段，而其他行有 {1} "
     "个（以{cause}分隔）；请给含有分隔符的单元格加引号，或去掉多余的"},
    {ErrorKind::kCsvLessThanOthers,
     "{file}:{line}:{column}：这一行有 {0} 个字段，而其他行有 {1} "
     "个（以{cause}分隔）；请补上缺少的，或去掉这一行"},
    {ErrorKind::kDelimiterCommas, "逗号"},
    {ErrorKind::kDelimiterSemicolons, "分号"},
    {ErrorKind::kDelimiterTabs, "制表符"},
    {ErrorKind::kDelimiterBars, "竖线"},
    {ErrorKind::kDelimiterBlanks, "空格"},
    {ErrorKind::kDelimiterOther, "字符 {0:q} "},
    {ErrorKind::kCsvOpenQuote,
     "{file}:{line}:{column}：列 {0} "
     "在此处打开的引号没有关闭；请关闭它，若引号是文本的一部分就写两个"},
    {ErrorKind::kCsvTextAfterQuote,
     "{file}:{line}:{column}：列 {0} 的右引号之后还有文本（在第 {1} "
     "行打开）；属于文本的引号请写两个"},
    {ErrorKind::kCsvStrayQuote,
     "{file}:{line}:{column}：列 {0} 没加引号的字段里有引号；请给整个字段加引号，里面的引号写两个"},
    {ErrorKind::kCsvLongField,
     "{file}:{line}:{column}：列 {0} 的字段超过 1 MB；请缩短它，或关闭它的引号"},
    {ErrorKind::kCsvNotFinite,
     "{file}:{line}:{column}：数值列 {1} 中的 {0:q} 不是有限的数；请改正，或把单元格留空"},
    {ErrorKind::kCsvNumbersForced,
     "{file}：列 {0} 被要求按数读取，但没有一个单元格是数（第一个是 {1:q}）；请把它从 [numbers] "
     "中去掉"},
};

}  // namespace

std::span<const ChineseWords> OfCsv() { return kCsvWords; }

}  // namespace halflife::chinese
