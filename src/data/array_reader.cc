#include "data/array_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <new>

#include "base/error.h"
#include "base/mapped_file.h"
#include "base/text.h"
#include "data/array_header.h"
#include "data/array_text.h"
#include "data/byte_stream.h"
#include "data/zip.h"
#include "halflife/arrays.h"

namespace halflife {
namespace {

constexpr std::string_view kGzipMark("\x1f\x8b", 2);
constexpr std::string_view kNpyEnding(".npy");
constexpr std::size_t kReadBytes = std::size_t{1} << 18;  // stays in cache between zero and fill

// The elements' bytes as they stand in the file. Memory is taken as bytes arrive.
std::vector<std::uint8_t> ReadBytes(const ArrayHeader& header, ByteStream* stream) {
  std::vector<std::uint8_t> bytes;
  try {
    bytes.reserve(header.bytes);
  } catch (const std::bad_alloc&) {
    FailIn(stream->where(), ErrorKind::kArrayNoMemory, {header.bytes});
  }
  while (bytes.size() < header.bytes) {
    const std::size_t done = bytes.size();
    const std::size_t wanted = std::min(kReadBytes, header.bytes - done);
    bytes.resize(done + wanted);
    const std::size_t got = stream->Read(bytes.data() + done, wanted);
    if (got == wanted) continue;
    FailIn(stream->where(), ErrorKind::kArrayEndsEarly, {header.bytes, done + got});
  }
  return bytes;
}

void SwapBytes(std::size_t size, std::vector<std::uint8_t>* bytes) {
  for (std::size_t at = 0; at < bytes->size(); at += size) {
    const auto element = bytes->begin() + static_cast<std::ptrdiff_t>(at);
    std::reverse(element, element + static_cast<std::ptrdiff_t>(size));
  }
}

// The same elements with the last index running fastest. Goes by blocks of rows, so that what it
// reads and what it writes both stay in cache.
std::vector<std::uint8_t> FromFortranOrder(const Array& array, std::size_t size) {
  constexpr std::size_t kBlock = 64;
  const std::size_t rows = array.rows();
  const std::size_t width = array.width();
  const std::size_t dimensions = array.shape.size();
  std::vector<std::size_t> stride(dimensions, 1);  // in C order
  for (std::size_t d = dimensions - 1; d > 1; --d) stride[d - 1] = stride[d] * array.shape[d];
  std::vector<std::uint8_t> out(array.bytes.size());
  for (std::size_t first = 0; first < rows; first += kBlock) {
    const std::size_t last = std::min(rows, first + kBlock);
    std::vector<std::size_t> index(dimensions, 0);
    std::size_t column = 0;  // of the output, where index points
    for (std::size_t j = 0; j < width; ++j) {
      const std::uint8_t* from = array.bytes.data() + (j * rows + first) * size;
      std::uint8_t* to = out.data() + (first * width + column) * size;
      for (std::size_t i = first; i < last; ++i, from += size, to += width * size)
        std::copy_n(from, size, to);
      for (std::size_t d = 1; d < dimensions; ++d) {
        column += stride[d];
        if (++index[d] < array.shape[d]) break;
        column -= stride[d] * array.shape[d];
        index[d] = 0;
      }
    }
  }
  return out;
}

Array ReadStream(const Packed& packed, const std::string& source, const std::string& name) {
  ByteStream stream(packed, source);
  const ArrayHeader header = ReadArrayHeader(&stream);
  Array array{.source = source, .name = name, .shape = header.shape, .kind = header.kind};
  array.bytes = ReadBytes(header, &stream);
  stream.Finish();
  const std::size_t size = header.element_bytes;
  const std::size_t word = header.text == '\0' ? size : header.text == 'U' ? sizeof(char32_t) : 1;
  if (header.big_endian && word > 1) SwapBytes(word, &array.bytes);
  if (header.fortran_order && array.shape.size() > 1 && !array.bytes.empty())
    array.bytes = FromFortranOrder(array, size);
  if (header.text != '\0') DecodeText(header, &array);
  if (array.kind == ElementKind::kBool) {
    for (std::uint8_t& byte : array.bytes) byte = byte != 0 ? 1 : 0;
  }
  return array;
}

bool IsGzip(std::string_view bytes) { return bytes.starts_with(kGzipMark); }

Array ReadMember(std::string_view bytes, const std::string& source, const std::string& wanted) {
  std::string member = wanted;
  const std::vector<std::string> names = ArrayNamesIn(bytes, source);
  if (names.empty()) FailIn(source, ErrorKind::kNpzEmpty);
  if (member.empty() && names.size() == 1) member = names.front();
  if (member.empty()) FailIn(source, ErrorKind::kNpzOfSeveral, {names.size(), ListedNames(names)});
  for (const ZipMember& entry : ReadZipDirectory(bytes, source)) {
    if (entry.name != member + std::string(kNpyEnding)) continue;
    const std::string where = fmt::format("{} member {}", source, Quoted(member));
    return ReadStream(FindZipMember(bytes, entry, where), where, member);
  }
  FailIn(source, ErrorKind::kNpzWithout, {member, ListedNames(names)});
}

}  // namespace

std::string ListedNames(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 12;
  std::vector<std::string> shown;
  for (const std::string& name : names) {
    if (shown.size() == kMost) break;
    shown.push_back(Quoted(name));
  }
  return Join(shown, ", ") + (names.size() > kMost ? ", ..." : "");
}

std::vector<std::string> ArrayNamesIn(std::string_view bytes, const std::string& source) {
  std::vector<std::string> names;
  if (!IsZip(bytes)) return names;
  for (ZipMember& member : ReadZipDirectory(bytes, source)) {
    if (!member.name.ends_with(kNpyEnding)) continue;
    member.name.resize(member.name.size() - kNpyEnding.size());
    if (!member.name.empty()) names.push_back(std::move(member.name));
  }
  return names;
}

bool LooksLikeArrayBytes(std::string_view bytes) {
  if (IsZip(bytes)) return FirstZipName(bytes).ends_with(kNpyEnding);
  if (!IsGzip(bytes)) return BeginsLikeArray(bytes);
  try {
    char start[kArrayMagicBytes];
    ByteStream stream({.bytes = bytes, .method = Packed::Method::kGzip}, "");
    return BeginsLikeArray({start, stream.Read(start, sizeof(start))});
  } catch (const Error&) {
    return false;  // whoever reads the file says what is wrong with it
  }
}

Array ParseArray(std::string_view bytes, const std::string& source, const std::string& member) {
  if (IsZip(bytes)) return ReadMember(bytes, source, member);
  if (!member.empty()) {
    FailIn(source, ErrorKind::kNoNpz, {member});
  }
  const Packed packed{.bytes = bytes,
                      .method = IsGzip(bytes) ? Packed::Method::kGzip : Packed::Method::kStored};
  return ReadStream(packed, source, std::filesystem::path(source).filename().string());
}

Array ReadArray(const std::string& path, const std::string& member) {
  const MappedFile file(path);
  return ParseArray(file.bytes(), path, member);
}

std::vector<std::string> ArrayNames(const std::string& path) {
  const MappedFile file(path);
  return ArrayNamesIn(file.bytes(), path);
}

bool LooksLikeArray(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  const MappedFile file(path);
  return LooksLikeArrayBytes(file.bytes());
}

}  // namespace halflife
