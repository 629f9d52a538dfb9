// Cuts CSV text into fields, by the grammar of RFC 4180 and nothing else: the one scanner that the
// header, the chunks and the error messages share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "data/csv_swar.h"

namespace halflife {

// One field as the file holds it. `text` is trimmed of blanks if unquoted, and the bytes between
// the quotes if quoted, in which doubled quotes stand for one when `escaped`.
struct CsvField {
  enum class Ending : uint8_t { kDelimiter, kLine, kFile };

  std::string_view text;
  bool quoted = false;
  bool escaped = false;
  Ending ending = Ending::kFile;

  std::string Unescaped() const;
};

// What is wrong with the grammar, and where.
struct CsvFault {
  enum class Kind : uint8_t {
    kNone,
    kRagged,          // offset: the start of the row; fields: how many it has
    kUnclosedQuote,   // offset: the opening quote
    kTextAfterQuote,  // offset: the text; opened: the opening quote
    kStrayQuote,      // offset: the quote
    kLongField,       // offset: the start of the field
  };

  Kind kind = Kind::kNone;
  std::size_t offset = 0;
  std::size_t opened = 0;
  std::size_t field = 0;  // which field of its row, from 0
  std::size_t fields = 0;
};

// Reads the fields of bytes[begin, end) one after the other; `begin` is the start of a record. The
// delimiter ' ' stands for any run of spaces and tabs.
class CsvScanner {
 public:
  static constexpr std::size_t kMaxFieldBytes = std::size_t{1} << 20;

  CsvScanner(std::string_view bytes, char delimiter, std::size_t begin, std::size_t end)
      : base_(bytes.data()), at_(base_ + begin), end_(base_ + end), delimiter_(delimiter) {}

  bool done() const { return at_ == end_; }
  std::size_t offset() const { return static_cast<std::size_t>(at_ - base_); }
  const CsvFault& fault() const { return fault_; }

  // For who reads cells in passing: where the next field begins, and where the reader has got to.
  const char* at() const { return at_; }
  const char* end() const { return end_; }
  void MoveTo(const char* at) { at_ = at; }

  // At the start of a record: moves past lines that hold nothing but blanks.
  void SkipBlankLines();

  // Reads the next field, or returns false at a fault; does not set the fault's field number.
  bool Next(CsvField* field) {
    const char* start = at_;
    while (start != end_ && IsBlank(*start)) ++start;
    if (start != end_ && *start == '"') return NextQuoted(start, field);
    if (delimiter_ == ' ') return NextBetweenBlanks(start, field);
    const char* stop = FindSpecial(start);
    if (stop != end_ && *stop == '"') return Fail(CsvFault::Kind::kStrayQuote, stop);
    if (static_cast<std::size_t>(stop - at_) > kMaxFieldBytes) {
      return Fail(CsvFault::Kind::kLongField, at_);
    }
    const char* last = stop;
    while (last != start && IsBlank(last[-1])) --last;
    field->text = {start, static_cast<std::size_t>(last - start)};
    field->quoted = false;
    field->escaped = false;
    Finish(stop, field);
    return true;
  }

 private:
  // A tab is no blank where it separates the fields.
  bool IsBlank(char c) const { return c == ' ' || (c == '\t' && delimiter_ != '\t'); }

  // The first delimiter, quote or line end at or after `from`, else the end.
  const char* FindSpecial(const char* from) const {
    const char* p = from;
    for (; end_ - p >= 8; p += 8) {
      const uint64_t word = LoadWord(p);
      const uint64_t hits = MatchFirstByte(word, delimiter_) | MatchFirstByte(word, '"') |
                            MatchFirstByte(word, '\n') | MatchFirstByte(word, '\r');
      if (hits != 0) return p + std::countr_zero(hits) / 8;
    }
    while (p != end_ && *p != delimiter_ && *p != '"' && *p != '\n' && *p != '\r') ++p;
    return p;
  }

  bool NextQuoted(const char* quote, CsvField* field);
  bool NextBetweenBlanks(const char* start, CsvField* field);
  bool Fail(CsvFault::Kind kind, const char* where);

  // Where runs of blanks separate: moves past one, and past the line end that may follow it.
  void FinishAtBlanks(const char* stop, CsvField* field);

  // Moves past the delimiter or the line end at `stop`.
  void Finish(const char* stop, CsvField* field) {
    at_ = stop;
    if (stop == end_) {
      field->ending = CsvField::Ending::kFile;
      return;
    }
    ++at_;
    field->ending = *stop == delimiter_ ? CsvField::Ending::kDelimiter : CsvField::Ending::kLine;
    if (*stop == '\r' && at_ != end_ && *at_ == '\n') ++at_;
  }

  const char* base_;
  const char* at_;
  const char* end_;
  char delimiter_;
  CsvFault fault_;
};

}  // namespace halflife
