#include "data/csv_scan.h"

#include <cstring>

namespace halflife {

std::string CsvField::Unescaped() const {
  if (!escaped) return std::string(text);
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    plain += text[i];
    if (text[i] == '"') ++i;  // the second of a pair
  }
  return plain;
}

void CsvScanner::SkipBlankLines() {
  for (;;) {
    const char* p = at_;
    while (p != end_ && IsBlank(*p)) ++p;
    if (p == end_) {
      at_ = end_;
      return;
    }
    if (*p != '\n' && *p != '\r') return;
    at_ = p + (*p == '\r' && p + 1 != end_ && p[1] == '\n' ? 2 : 1);
  }
}

bool CsvScanner::NextQuoted(const char* quote, CsvField* field) {
  const char* start = quote + 1;
  const char* stop = start;
  field->quoted = true;
  field->escaped = false;
  for (;; stop += 2) {
    const auto left = static_cast<std::size_t>(end_ - stop);
    stop = left == 0 ? nullptr : static_cast<const char*>(std::memchr(stop, '"', left));
    if (stop == nullptr) return Fail(CsvFault::Kind::kUnclosedQuote, quote);
    if (stop + 1 == end_ || stop[1] != '"') break;
    field->escaped = true;
  }
  const char* after = stop + 1;
  while (after != end_ && IsBlank(*after) && delimiter_ != ' ') ++after;
  const bool separated = after != end_ && (*after == delimiter_ || IsBlank(*after));
  if (after != end_ && !separated && *after != '\n' && *after != '\r') {
    fault_.opened = static_cast<std::size_t>(quote - base_);
    return Fail(CsvFault::Kind::kTextAfterQuote, after);
  }
  if (static_cast<std::size_t>(after - at_) > kMaxFieldBytes) {
    return Fail(CsvFault::Kind::kLongField, quote);
  }
  field->text = {start, static_cast<std::size_t>(stop - start)};
  delimiter_ == ' ' ? FinishAtBlanks(after, field) : Finish(after, field);
  return true;
}

bool CsvScanner::NextBetweenBlanks(const char* start, CsvField* field) {
  const char* stop = start;
  while (stop != end_ && !IsBlank(*stop) && *stop != '"' && *stop != '\n' && *stop != '\r') ++stop;
  if (stop != end_ && *stop == '"') return Fail(CsvFault::Kind::kStrayQuote, stop);
  if (static_cast<std::size_t>(stop - start) > kMaxFieldBytes)
    return Fail(CsvFault::Kind::kLongField, start);
  field->text = {start, static_cast<std::size_t>(stop - start)};
  field->quoted = false;
  field->escaped = false;
  FinishAtBlanks(stop, field);
  return true;
}

void CsvScanner::FinishAtBlanks(const char* stop, CsvField* field) {
  while (stop != end_ && IsBlank(*stop)) ++stop;
  if (stop == end_ || *stop == '\n' || *stop == '\r') {
    Finish(stop, field);
    return;
  }
  at_ = stop;
  field->ending = CsvField::Ending::kDelimiter;
}

bool CsvScanner::Fail(CsvFault::Kind kind, const char* where) {
  fault_.kind = kind;
  fault_.offset = static_cast<std::size_t>(where - base_);
  return false;
}

}  // namespace halflife
