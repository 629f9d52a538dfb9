// The members of a zip file (an NPZ is one): stored or deflated, without zip64 and encryption.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/byte_stream.h"

namespace halflife {

// A member as the directory at the file's end describes it.
struct ZipMember {
  std::string name;
  std::uint32_t flags = 0;
  std::uint32_t method = 0;
  std::uint32_t crc = 0;
  std::uint64_t packed_size = 0;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;  // of its own header
};

bool IsZip(std::string_view bytes);

// The name that the first member's own header has; "" if there is none.
std::string_view FirstZipName(std::string_view bytes);

// All members in the directory's order. Throws Error where it is not sound or a name is there
// twice.
std::vector<ZipMember> ReadZipDirectory(std::string_view bytes, const std::string& where);

// The bytes of `member`, still packed. Throws Error if they lie outside the file, or are packed in
// a way that is not read.
Packed FindZipMember(std::string_view bytes, const ZipMember& member, const std::string& where);

}  // namespace halflife
