// PKWARE's APPNOTE.TXT 6.3 describes the records: 4.3.7 local header, 4.3.12 directory
// entry, 4.3.16 end record.
#include "data/zip.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "base/error.h"
#include "base/text.h"

namespace halflife {
namespace {

constexpr std::string_view kLocalMark("PK\3\4", 4);
constexpr std::string_view kEntryMark("PK\1\2", 4);
constexpr std::string_view kEndMark("PK\5\6", 4);
constexpr std::string_view kZip64Mark("PK\6\7", 4);
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kEntryBytes = 46;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kZip64Bytes = 20;
constexpr std::size_t kLongestComment = 0xFFFF;
constexpr std::uint64_t kElsewhere16 = 0xFFFF;  // the number stands in a zip64 record
constexpr std::uint64_t kElsewhere32 = 0xFFFFFFFF;
constexpr std::uint32_t kEncrypted = 1;
constexpr std::uint32_t kStored = 0;
constexpr std::uint32_t kDeflated = 8;

std::uint32_t Number(std::string_view bytes, std::size_t at, std::size_t count) {
  HALFLIFE_CHECK(at <= bytes.size() && count <= bytes.size() - at);
  std::uint32_t value = 0;
  for (std::size_t i = count; i-- > 0;)
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

[[noreturn]] void Refuse(const std::string& where, ErrorKind kind, ErrorArguments arguments = {}) {
  FailIn(where, ErrorKind::kZipUnsound, {}, Cause(kind, arguments));
}

// Where the end record stands: the last one whose comment reaches to the end of the file.
std::size_t FindEnd(std::string_view bytes, const std::string& where) {
  if (bytes.size() >= kEndBytes) {
    const std::size_t last = bytes.size() - kEndBytes;
    const std::size_t first = last - std::min(last, kLongestComment);
    for (std::size_t at = last + 1; at-- > first;) {
      if (bytes.substr(at, kEndMark.size()) == kEndMark && Number(bytes, at + 20, 2) == last - at)
        return at;
    }
  }
  Refuse(where, ErrorKind::kZipNoDirectory);
}

// The part of the file that holds the directory, and how many entries it has.
std::string_view FindDirectory(std::string_view bytes, const std::string& where,
                               std::uint32_t* count) {
  const std::size_t end = FindEnd(bytes, where);
  const std::uint64_t size = Number(bytes, end + 12, 4);
  const std::uint64_t offset = Number(bytes, end + 16, 4);
  *count = Number(bytes, end + 10, 2);
  const bool locator =
      end >= kZip64Bytes && bytes.substr(end - kZip64Bytes, kZip64Mark.size()) == kZip64Mark;
  if (locator || *count == kElsewhere16 || size == kElsewhere32 || offset == kElsewhere32)
    FailIn(where, ErrorKind::kZip64);
  if (Number(bytes, end + 4, 4) != 0 || Number(bytes, end + 8, 2) != *count)
    Refuse(where, ErrorKind::kZipOfSeveral);
  if (offset + size != end) Refuse(where, ErrorKind::kZipDirectoryPlace);
  return bytes.substr(offset, size);
}

}  // namespace

bool IsZip(std::string_view bytes) {
  return bytes.starts_with(kLocalMark) || bytes.starts_with(kEndMark);
}

std::string_view FirstZipName(std::string_view bytes) {
  if (!bytes.starts_with(kLocalMark) || bytes.size() < kLocalBytes) return "";
  return bytes.substr(kLocalBytes, Number(bytes, 26, 2));
}

std::vector<ZipMember> ReadZipDirectory(std::string_view bytes, const std::string& where) {
  std::uint32_t count = 0;
  std::string_view left = FindDirectory(bytes, where, &count);
  std::vector<ZipMember> members;
  std::set<std::string, std::less<>> names;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (left.size() < kEntryBytes || !left.starts_with(kEntryMark))
      Refuse(where, ErrorKind::kZipFewEntries, {count});
    const std::size_t name_bytes = Number(left, 28, 2);
    const std::size_t all = kEntryBytes + name_bytes + Number(left, 30, 2) + Number(left, 32, 2);
    if (all > left.size()) Refuse(where, ErrorKind::kZipDirectoryCut);
    ZipMember member{.name = std::string(left.substr(kEntryBytes, name_bytes)),
                     .flags = Number(left, 8, 2),
                     .method = Number(left, 10, 2),
                     .crc = Number(left, 16, 4),
                     .packed_size = Number(left, 20, 4),
                     .size = Number(left, 24, 4),
                     .offset = Number(left, 42, 4)};
    if (!names.insert(member.name).second) Refuse(where, ErrorKind::kZipMemberTwice, {member.name});
    members.push_back(std::move(member));
    left.remove_prefix(all);
  }
  if (!left.empty()) Refuse(where, ErrorKind::kZipManyEntries, {count});
  return members;
}

Packed FindZipMember(std::string_view bytes, const ZipMember& member, const std::string& where) {
  if (member.size == kElsewhere32 || member.packed_size == kElsewhere32 ||
      member.offset == kElsewhere32)
    FailIn(where, ErrorKind::kZip64);
  if ((member.flags & kEncrypted) != 0) FailIn(where, ErrorKind::kZipEncrypted);
  if (member.method != kStored && member.method != kDeflated) {
    FailIn(where, ErrorKind::kZipMethod, {member.method});
  }
  if (member.offset > bytes.size() || bytes.size() - member.offset < kLocalBytes ||
      !bytes.substr(member.offset).starts_with(kLocalMark))
    Refuse(where, ErrorKind::kZipHeaderPlace);
  const std::string_view local = bytes.substr(member.offset);
  const std::size_t name_bytes = Number(local, 26, 2);
  const std::size_t start = kLocalBytes + name_bytes + Number(local, 28, 2);
  if (local.substr(kLocalBytes, name_bytes) != member.name || Number(local, 8, 2) != member.method)
    Refuse(where, ErrorKind::kZipHeaderDiffers);
  if (start > local.size() || member.packed_size > local.size() - start)
    Refuse(where, ErrorKind::kZipBytesBeyond);
  if (member.method == kStored && member.packed_size != member.size)
    Refuse(where, ErrorKind::kZipTwoSizes);
  return {.bytes = local.substr(start, member.packed_size),
          .method = member.method == kStored ? Packed::Method::kStored : Packed::Method::kDeflate,
          .size = member.size,
          .crc = member.crc};
}

}  // namespace halflife
