// Bytes read from front to back, unpacked on the way where they are in gzip or deflate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace halflife {

// Bytes as a file holds them, and what is known of them once unpacked.
struct Packed {
  enum class Method { kStored, kGzip, kDeflate };

  std::string_view bytes;
  Method method = Method::kStored;
  std::optional<std::uint64_t> size;  // unpacked
  std::optional<std::uint32_t> crc;   // CRC-32 of the unpacked bytes
};

// Reads `packed`, which must outlive it. `where` begins every message.
class ByteStream {
 public:
  ByteStream(const Packed& packed, std::string where);
  ~ByteStream();
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  // Up to `count` bytes into `out`, fewer only at the end; returns how many. Throws Error where the
  // packed bytes are damaged or cut.
  std::size_t Read(void* out, std::size_t count);

  // Throws Error if bytes are left, or are not those that size and CRC told.
  void Finish();

  // An upper bound of the bytes that are still to come.
  std::uint64_t most_left() const;
  // Whether most_left() is exact.
  bool exact() const { return method_ == Packed::Method::kStored; }
  const std::string& where() const { return where_; }

 private:
  struct Inflater;

  std::size_t Unpack(char* out, std::size_t count);
  void EndPart();

  std::string_view left_;  // packed bytes not yet taken
  Packed::Method method_;
  std::optional<std::uint64_t> size_;
  std::optional<std::uint32_t> crc_;
  std::string where_;
  std::uint64_t done_ = 0;  // unpacked bytes read
  std::uint64_t most_;      // unpacked bytes in all, at most
  std::uint32_t crc_so_far_ = 0;
  bool ended_ = false;
  std::unique_ptr<Inflater> inflater_;
};

}  // namespace halflife
