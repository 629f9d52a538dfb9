// Array files as bytes, put together by hand: IDX, NPY, gzip and zip.
#pragma once

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace halflife::testing {

inline std::string LittleEndian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFFU);
  return text;
}

inline std::string BigEndian(std::uint64_t value, int bytes) {
  std::string text = LittleEndian(value, bytes);
  std::reverse(text.begin(), text.end());
  return text;
}

// The bytes of `values` as T, in one of the two orders.
template <typename T>
std::string Elements(const std::vector<double>& values, bool big_endian = false) {
  std::string all;
  for (const double value : values) {
    const T element = static_cast<T>(value);
    std::string bytes(sizeof(T), '\0');
    std::memcpy(bytes.data(), &element, sizeof(T));
    if (big_endian) std::reverse(bytes.begin(), bytes.end());
    all += bytes;
  }
  return all;
}

inline std::string Idx(int type, const std::vector<std::uint32_t>& shape, const std::string& data) {
  std::string file(2, '\0');
  file += static_cast<char>(type);
  file += static_cast<char>(shape.size());
  for (const std::uint32_t size : shape) file += BigEndian(size, 4);
  return file + data;
}

// `header` is the dictionary; it is padded as NumPy pads it.
inline std::string NpyOf(std::string header, const std::string& data, int version = 1) {
  const int length_bytes = version == 1 ? 2 : 4;
  while ((8 + static_cast<std::size_t>(length_bytes) + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  return std::string("\x93NUMPY") + static_cast<char>(version) + '\0' +
         LittleEndian(header.size(), length_bytes) + header + data;
}

inline std::string Npy(const std::string& descr, const std::string& shape, const std::string& data,
                       bool fortran = false, int version = 1) {
  return NpyOf("{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") +
                   ", 'shape': " + shape + ", }",
               data, version);
}

// window_bits: 31 for gzip, -15 for bare deflate.
inline std::string Deflated(std::string_view bytes, int window_bits) {
  z_stream z{};
  deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string in(bytes);
  std::string out(deflateBound(&z, in.size()) + 64, '\0');
  z.next_in = reinterpret_cast<Bytef*>(in.data());
  z.avail_in = static_cast<uInt>(in.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

inline std::string Gzip(std::string_view bytes) { return Deflated(bytes, 31); }

// A member of a zip file; what is not set is what fits `bytes`.
struct ZipPart {
  std::string name;
  std::string bytes;
  bool deflate = false;
  int flags = 0;
  int method = -1;
  std::int64_t crc = -1;
  std::int64_t size = -1;
  std::string extra = {};  // of its own header alone, as numpy.savez writes one
};

inline std::string Zip(const std::vector<ZipPart>& parts, const std::string& comment = "") {
  std::string file;
  std::string directory;
  for (const ZipPart& part : parts) {
    const std::string packed = part.deflate ? Deflated(part.bytes, -15) : part.bytes;
    const auto crc = part.crc >= 0 ? static_cast<std::uint64_t>(part.crc)
                                   : crc32_z(0, reinterpret_cast<const Bytef*>(part.bytes.data()),
                                             part.bytes.size());
    const auto size = part.size >= 0 ? static_cast<std::uint64_t>(part.size) : part.bytes.size();
    const int method = part.method >= 0 ? part.method : (part.deflate ? 8 : 0);
    const std::string facts = LittleEndian(static_cast<std::uint64_t>(part.flags), 2) +
                              LittleEndian(static_cast<std::uint64_t>(method), 2) +
                              std::string(4, '\0') + LittleEndian(crc, 4) +
                              LittleEndian(packed.size(), 4) + LittleEndian(size, 4) +
                              LittleEndian(part.name.size(), 2);
    directory += std::string("PK\1\2\x14\0\x14\0", 8) + facts + std::string(12, '\0') +
                 LittleEndian(file.size(), 4) + part.name;
    file += std::string("PK\3\4\x14\0", 6) + facts + LittleEndian(part.extra.size(), 2) +
            part.name + part.extra + packed;
  }
  const std::string count = LittleEndian(parts.size(), 2);
  return file + directory + std::string("PK\5\6\0\0\0\0", 8) + count + count +
         LittleEndian(directory.size(), 4) + LittleEndian(file.size(), 4) +
         LittleEndian(comment.size(), 2) + comment;
}

}  // namespace halflife::testing
