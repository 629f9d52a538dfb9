#include "data/array_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/error.h"

namespace halflife {
namespace {

constexpr std::string_view kNpyMagic("\x93NUMPY", 6);
constexpr std::size_t kMostDimensions = 64;  // as NumPy

std::optional<ElementKind> IdxKind(unsigned char code) {
  switch (code) {
    case 0x08:
      return ElementKind::kU1;
    case 0x09:
      return ElementKind::kI1;
    case 0x0B:
      return ElementKind::kI2;
    case 0x0C:
      return ElementKind::kI4;
    case 0x0D:
      return ElementKind::kF4;
    case 0x0E:
      return ElementKind::kF8;
    default:
      return std::nullopt;
  }
}

bool BeginsLikeNpy(std::string_view bytes) {
  return bytes.substr(0, kArrayMagicBytes) == kNpyMagic.substr(0, kArrayMagicBytes);
}

// IDX: two zero bytes, the type, the number of dimensions; then their sizes, big-endian.
ArrayHeader ReadIdxHeader(std::string_view magic, ByteStream* stream) {
  ArrayHeader header;
  const auto code = static_cast<unsigned char>(magic[2]);
  const std::optional<ElementKind> kind = IdxKind(code);
  if (!kind.has_value()) {
    FailIn(stream->where(), ErrorKind::kIdxType, {fmt::format("{:02X}", code)});
  }
  header.kind = *kind;
  header.element_bytes = ElementSize(*kind);
  header.big_endian = true;
  for (int left = static_cast<unsigned char>(magic[3]); left > 0; --left) {
    unsigned char size[4];
    ReadHeaderBytes(stream, size, sizeof(size));
    header.shape.push_back(std::size_t{size[0]} << 24U | std::size_t{size[1]} << 16U |
                           std::size_t{size[2]} << 8U | size[3]);
  }
  return header;
}

// Fills in header->bytes; checked also where a dimension is 0, so that no product of some
// dimensions overflows later.
void CountBytes(const ByteStream& stream, ArrayHeader* header) {
  if (header->shape.size() > kMostDimensions) {
    FailIn(stream.where(), ErrorKind::kArrayDimensions, {header->shape.size(), kMostDimensions});
  }
  std::size_t bytes = header->element_bytes;
  bool empty = false;
  for (const std::size_t size : header->shape) {
    empty = empty || size == 0;
    if (__builtin_mul_overflow(bytes, std::max<std::size_t>(size, 1), &bytes)) {
      FailIn(stream.where(), ErrorKind::kArrayUncountable,
             {fmt::format("{}", fmt::join(header->shape, ", "))});
    }
  }
  header->bytes = empty ? 0 : bytes;
  if (header->bytes <= stream.most_left()) return;
  FailIn(stream.where(), stream.exact() ? ErrorKind::kArrayShort : ErrorKind::kArrayShortPacked,
         {header->bytes, stream.most_left()});
}

}  // namespace

bool BeginsLikeArray(std::string_view bytes) {
  if (bytes.size() < kArrayMagicBytes) return false;
  if (BeginsLikeNpy(bytes)) return true;
  return bytes[0] == 0 && bytes[1] == 0 &&
         IdxKind(static_cast<unsigned char>(bytes[2])).has_value();
}

void ReadHeaderBytes(ByteStream* stream, void* out, std::size_t count) {
  if (stream->Read(out, count) == count) return;
  FailIn(stream->where(), ErrorKind::kArrayHeaderCut);
}

ArrayHeader ReadArrayHeader(ByteStream* stream) {
  char magic[kArrayMagicBytes];
  const std::size_t got = stream->Read(magic, kArrayMagicBytes);
  const std::string_view bytes(magic, got);
  ArrayHeader header;
  if (got == kArrayMagicBytes && BeginsLikeNpy(bytes)) {
    header = ReadNpyHeader(stream);
  } else if (got == kArrayMagicBytes && magic[0] == 0 && magic[1] == 0) {
    header = ReadIdxHeader(bytes, stream);
  } else if (bytes.starts_with("\x80")) {
    FailIn(stream->where(), ErrorKind::kArrayPickle);
  } else {
    FailIn(stream->where(), ErrorKind::kArrayUnknown);
  }
  CountBytes(*stream, &header);
  return header;
}

}  // namespace halflife
