#include "data/byte_stream.h"

#define ZLIB_CONST  // zlib then takes const bytes
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "base/error.h"

namespace halflife {
namespace {

constexpr std::uint64_t kMostRatio = 1032;                 // deflate: 258 bytes from two bits
constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;  // zlib counts in 32 bits

const char* NameOf(Packed::Method method) {
  return method == Packed::Method::kGzip ? "gzip" : "deflate";
}

std::uint64_t MostBytes(const Packed& packed) {
  std::uint64_t most = packed.bytes.size();
  if (packed.method != Packed::Method::kStored) most *= kMostRatio;
  return std::min(most, packed.size.value_or(most));
}

}  // namespace

// zlib's state, freed at the end.
struct ByteStream::Inflater {
  z_stream z{};

  explicit Inflater(Packed::Method method) {
    constexpr int kGzipHeader = 16;
    const int bits = method == Packed::Method::kGzip ? kGzipHeader + MAX_WBITS : -MAX_WBITS;
    if (inflateInit2(&z, bits) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&z); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
};

ByteStream::ByteStream(const Packed& packed, std::string where)
    : left_(packed.bytes),
      method_(packed.method),
      size_(packed.size),
      crc_(packed.crc),
      where_(std::move(where)),
      most_(MostBytes(packed)) {
  if (method_ != Packed::Method::kStored) inflater_ = std::make_unique<Inflater>(method_);
}

ByteStream::~ByteStream() = default;

std::size_t ByteStream::Read(void* out, std::size_t count) {
  auto* bytes = static_cast<char*>(out);
  std::size_t got = 0;
  if (inflater_ != nullptr) {
    got = Unpack(bytes, count);
  } else {
    got = std::min(count, left_.size());
    if (got > 0) std::memcpy(bytes, left_.data(), got);
    left_.remove_prefix(got);
  }
  done_ += got;
  if (crc_.has_value()) {
    crc_so_far_ = static_cast<std::uint32_t>(
        crc32_z(crc_so_far_, reinterpret_cast<const Bytef*>(bytes), got));
  }
  return got;
}

std::size_t ByteStream::Unpack(char* out, std::size_t count) {
  z_stream& z = inflater_->z;
  std::size_t got = 0;
  while (got < count && !ended_) {
    const std::size_t given = std::min(left_.size(), kMostAtOnce);
    const std::size_t room = std::min(count - got, kMostAtOnce);
    z.next_in = reinterpret_cast<const Bytef*>(left_.data());
    z.avail_in = static_cast<uInt>(given);
    z.next_out = reinterpret_cast<Bytef*>(out + got);
    z.avail_out = static_cast<uInt>(room);
    const int status = inflate(&z, Z_NO_FLUSH);
    left_.remove_prefix(given - z.avail_in);
    got += room - z.avail_out;
    if (status == Z_STREAM_END) {
      EndPart();
    } else if (status == Z_MEM_ERROR) {
      throw std::bad_alloc();
    } else if (status == Z_BUF_ERROR) {
      FailIn(where_, ErrorKind::kPackedShort, {NameOf(method_)});
    } else if (status != Z_OK) {
      FailIn(where_, ErrorKind::kPackedDamaged, {NameOf(method_), z.msg == nullptr ? "" : z.msg});
    }
  }
  return got;
}

// A gzip file may be several, one after the other.
void ByteStream::EndPart() {
  if (method_ == Packed::Method::kGzip && left_.starts_with("\x1f\x8b")) {
    inflateReset(&inflater_->z);
    return;
  }
  ended_ = true;
  if (left_.empty()) return;
  FailIn(where_, ErrorKind::kPackedGoesOn, {NameOf(method_), left_.size()});
}

void ByteStream::Finish() {
  if (exact() && !left_.empty()) FailIn(where_, ErrorKind::kArrayGoesOn, {left_.size()});
  char next = 0;
  if (Read(&next, 1) > 0) FailIn(where_, ErrorKind::kArrayMoreBytes);
  if (size_.has_value() && *size_ != done_) FailIn(where_, ErrorKind::kZipSize, {done_, *size_});
  if (crc_.has_value() && *crc_ != crc_so_far_) FailIn(where_, ErrorKind::kZipChecksum);
}

std::uint64_t ByteStream::most_left() const { return most_ - std::min(most_, done_); }

}  // namespace halflife
