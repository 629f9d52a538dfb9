// The header of an NPY file: a Python dictionary with the keys descr, fortran_order and shape.

#include <charconv>
#include <map>
#include <optional>

#include "base/error.h"
#include "data/array_header.h"

namespace halflife {
namespace {

constexpr std::size_t kLongestHeader = std::size_t{1} << 20;

const std::map<std::string_view, ElementKind>& KindsByCode() {
  static const std::map<std::string_view, ElementKind> kinds = {
      {"b1", ElementKind::kBool}, {"u1", ElementKind::kU1}, {"i1", ElementKind::kI1},
      {"u2", ElementKind::kU2},   {"i2", ElementKind::kI2}, {"u4", ElementKind::kU4},
      {"i4", ElementKind::kI4},   {"u8", ElementKind::kU8}, {"i8", ElementKind::kI8},
      {"f2", ElementKind::kF2},   {"f4", ElementKind::kF4}, {"f8", ElementKind::kF8}};
  return kinds;
}

// What a type that is no number holds, by its letter.
ErrorKind Foreign(char letter) {
  switch (letter) {
    case 'O':
      return ErrorKind::kHoldsObjects;
    case 'V':
      return ErrorKind::kHoldsRawRecords;
    case 'c':
      return ErrorKind::kHoldsComplex;
    case 'M':
    case 'm':
      return ErrorKind::kHoldsTimes;
    default:
      return ErrorKind::kHoldsUnknown;
  }
}

// Reads the dictionary from front to back; every method throws Error where the text is not as said.
class HeaderReader {
 public:
  HeaderReader(std::string_view text, const std::string& where) : text_(text), where_(where) {}

  ArrayHeader Read() {
    Expect('{');
    while (!Take('}')) {
      ReadEntry(Text());
      if (!Take(',') && !Sees('}')) Reject(ErrorKind::kNpyComma);
    }
    SkipBlanks();
    if (!text_.empty()) Reject(ErrorKind::kNpyGoesOn);
    if (!has_descr_ || !has_order_ || !has_shape_) Reject(ErrorKind::kNpyKeys);
    return std::move(header_);
  }

 private:
  [[noreturn]] void Reject(ErrorKind kind, ErrorArguments arguments = {}) const {
    FailIn(where_, ErrorKind::kNpyHeader, {}, Cause(kind, arguments));
  }
  [[noreturn]] void Refuse(ErrorKind kind, ErrorArguments arguments = {}) const {
    FailIn(where_, ErrorKind::kArrayNoNumbers, {}, Cause(kind, arguments));
  }

  void SkipBlanks() {
    const std::size_t at = text_.find_first_not_of(" \t\r\n");
    text_.remove_prefix(at == std::string_view::npos ? text_.size() : at);
  }
  bool Sees(char c) {
    SkipBlanks();
    return text_.starts_with(c);
  }
  bool Take(char c) {
    if (!Sees(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool Take(std::string_view word) {
    SkipBlanks();
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  void Expect(char c) {
    if (!Take(c)) Reject(ErrorKind::kNpyMark, {c});
  }

  std::string_view Text() {
    const char quote = Take('"') ? '"' : '\'';
    if (quote == '\'') Expect('\'');
    const std::size_t end = text_.find(quote);
    if (end == std::string_view::npos) Reject(ErrorKind::kNpyQuote);
    const std::string_view text = text_.substr(0, end);
    text_.remove_prefix(end + 1);
    return text;
  }

  void ReadEntry(std::string_view key) {
    Expect(':');
    bool* seen = key == "descr"           ? &has_descr_
                 : key == "fortran_order" ? &has_order_
                 : key == "shape"         ? &has_shape_
                                          : nullptr;
    if (seen == nullptr) Reject(ErrorKind::kNpyKey, {key});
    if (*seen) Reject(ErrorKind::kNpyKeyTwice, {key});
    *seen = true;
    if (seen == &has_descr_) {
      ReadType();
    } else if (seen == &has_shape_) {
      ReadShape();
    } else {
      header_.fortran_order = Take("True");
      if (!header_.fortran_order && !Take("False")) Reject(ErrorKind::kNpyOrder);
    }
  }

  // '<f8': the byte order, the letter of the type, and its bytes.
  void ReadType() {
    if (Sees('[') || Sees('(')) Refuse(ErrorKind::kHoldsRecords);
    const std::string_view type = Text();
    const char order = type.empty() ? '\0' : type.front();
    if (std::string_view("<>|=").find(order) != std::string_view::npos && type.size() > 1) {
      const auto kind = KindsByCode().find(type.substr(1));
      if (kind != KindsByCode().end() && (order != '|' || ElementSize(kind->second) == 1)) {
        header_.kind = kind->second;
        header_.element_bytes = ElementSize(kind->second);
        header_.big_endian = order == '>';  // '=' is never written
        return;
      }
      if (ReadTextType(type)) return;
      Refuse(Foreign(type[1]), {type});
    }
    Refuse(ErrorKind::kHoldsUnknown, {type});
  }

  // '<U5': five characters of four bytes; '|S5': five bytes.
  bool ReadTextType(std::string_view type) {
    const char letter = type[1];
    if (letter != 'U' && letter != 'S' && letter != 'a') return false;
    const std::string_view digits = type.substr(2);
    std::size_t length = 0;
    const auto [end, code] = std::from_chars(digits.begin(), digits.end(), length);
    const std::size_t width = letter == 'U' ? sizeof(char32_t) : 1;
    if (code != std::errc() || end != digits.end() || length == 0 ||
        __builtin_mul_overflow(length, width, &header_.element_bytes))
      return false;
    header_.text = letter == 'U' ? 'U' : 'S';
    header_.big_endian = type.front() == '>';
    return true;
  }

  void ReadShape() {
    Expect('(');
    while (!Take(')')) {
      header_.shape.push_back(Size());
      if (!Take(',') && !Sees(')')) Reject(ErrorKind::kNpyShapeComma);
    }
  }

  std::size_t Size() {
    if (Take('-')) Reject(ErrorKind::kNpyNegativeSize);
    SkipBlanks();
    std::size_t size = 0;
    std::size_t digits = 0;
    for (; digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9'; ++digits) {
      if (__builtin_mul_overflow(size, 10, &size) ||
          __builtin_add_overflow(size, static_cast<std::size_t>(text_[digits] - '0'), &size))
        Reject(ErrorKind::kNpyLargeSize);
    }
    if (digits == 0) Reject(ErrorKind::kNpyNoSize);
    text_.remove_prefix(digits);
    Take('L');  // as Python 2 wrote long numbers
    return size;
  }

  std::string_view text_;
  const std::string& where_;
  ArrayHeader header_;
  bool has_descr_ = false;
  bool has_order_ = false;
  bool has_shape_ = false;
};

}  // namespace

ArrayHeader ReadNpyHeader(ByteStream* stream) {
  unsigned char start[4];  // "PY" and the version
  ReadHeaderBytes(stream, start, sizeof(start));
  const unsigned version = start[2];
  if (start[0] != 'P' || start[1] != 'Y' || version < 1 || version > 3 || start[3] != 0) {
    FailIn(stream->where(), ErrorKind::kNpyVersion);
  }
  unsigned char bytes[4] = {};
  ReadHeaderBytes(stream, bytes, version == 1 ? 2 : 4);
  const std::size_t length = std::size_t{bytes[3]} << 24U | std::size_t{bytes[2]} << 16U |
                             std::size_t{bytes[1]} << 8U | bytes[0];
  if (length > kLongestHeader) {
    FailIn(stream->where(), ErrorKind::kNpyLongHeader, {length, kLongestHeader});
  }
  std::string text(length, '\0');
  ReadHeaderBytes(stream, text.data(), length);
  return HeaderReader(text, stream->where()).Read();
}

}  // namespace halflife
