#include "data/csv_layout.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "data/boolean_words.h"
#include "data/csv_delimiter.h"

namespace halflife {
namespace {

// The line that begins at `at`, without its end; *next is where the next one begins.
std::string_view LineFrom(std::string_view bytes, std::size_t at, std::size_t* next) {
  const std::size_t end = std::min(bytes.find_first_of("\r\n", at), bytes.size());
  *next = std::min(end + (bytes.substr(end).starts_with("\r\n") ? 2 : 1), bytes.size());
  return bytes.substr(at, end - at);
}

// The delimiter that a first line "sep=;" names, as Excel writes it, or 0; moves past that line.
char TakeSeparatorLine(CsvDocument* document) {
  constexpr std::string_view kSeparators = ",;\t| :~^";
  std::size_t next = 0;
  std::string_view line = LineFrom(document->bytes, document->begin, &next);
  if (line.starts_with('"') && line.ends_with('"') && line.size() > 1)
    line = line.substr(1, line.size() - 2);
  if (line.size() != 5 || LowerCase(line.substr(0, 4)) != "sep=") return 0;
  if (kSeparators.find(line[4]) == std::string_view::npos) return 0;
  document->begin = next;
  document->findings.push_back({.kind = Finding::Kind::kSeparatorLine, .text = std::string(line)});
  return line[4];
}

// Lines that begin with #, above all else.
struct Comments {
  std::size_t count = 0;
  std::size_t last = 0;   // where the last one begins
  std::size_t after = 0;  // where the line after it begins
};

Comments FindComments(const CsvDocument& document) {
  Comments comments{.after = document.begin};
  std::size_t at = document.begin;
  while (at < document.bytes.size()) {
    std::size_t next = 0;
    const std::string_view line = Trim(LineFrom(document.bytes, at, &next));
    if (!line.empty() && !line.starts_with('#')) return comments;
    if (!line.empty()) {
      ++comments.count;
      comments.last = at;
      comments.after = next;
    }
    at = next;
  }
  return {.after = document.begin};  // nothing but comments is no table
}

bool AllNamed(const CsvRecord& record) {
  return std::none_of(record.fields.begin(), record.fields.end(),
                      [](const CsvField& field) { return Trim(field.text).empty(); });
}

// If the last comment is the header of the table below, puts it in front of the records of `head`:
// it has as many fields, all names, and below it come numbers. Where the table has none, a comment
// begins with a blank. Returns whether its mark is no part of the names.
bool TakeCommentHeader(const CsvDocument& document, CsvHead* head, Comments* all) {
  const Comments& comments = *all;
  if (comments.count == 0 || head->records.empty() || !head->Whole(0)) return false;
  const std::string_view bytes = document.bytes;
  const std::size_t at = bytes.find('#', comments.last);
  const std::size_t marks_end = std::min(bytes.find_first_not_of('#', at), comments.after);
  const bool blank = marks_end < comments.after && bytes[marks_end] == ' ';
  CsvHead line = ReadHead(bytes, head->delimiter, marks_end, comments.after);
  if (line.records.size() != 1 || line.records[0].broken ||
      line.records[0].fields.size() != head->fields)
    return false;
  const bool second_is_text = head->records.size() > 1 && !HoldsNumber(head->records[1]);
  const bool data_below =
      HoldsNumber(head->records[0]) || (!blank && head->fields > 1 && second_is_text);
  if (!data_below || HoldsNumber(line.records[0])) return false;
  const bool named = AllNamed(line.records[0]);
  // "#,name": the mark is itself the name of the first column.
  if (!named) line = ReadHead(bytes, head->delimiter, at, comments.after);
  if (!AllNamed(line.records[0])) return false;
  head->records.insert(head->records.begin(), line.records[0]);
  --all->count;
  return named;
}

// A record that is no row of the table below: it has another number of fields, or all but the first
// of at least three are empty.
bool IsTitle(const CsvHead& head, std::size_t at) {
  const CsvRecord& record = head.records[at];
  if (record.fields.size() != head.fields) return true;
  return !record.broken && head.fields >= 3 &&
         std::all_of(record.fields.begin() + 1, record.fields.end(),
                     [](const CsvField& field) { return Trim(field.text).empty(); });
}

// Whether record `at`, below titles, is the header: a name in every field but perhaps the first and
// the last, and two at least.
bool IsHeaderBelow(const CsvHead& head, std::size_t at) {
  if (at + 1 >= head.records.size()) return false;
  if (HowShort(head, at) != ShortHeader::kNone) return true;
  const CsvRecord& record = head.records[at];
  if (!head.Whole(at) || HoldsNumber(record)) return false;
  const auto nameless = [](const CsvField& field) { return Trim(field.text).empty(); };
  const auto inner = record.fields.begin() + 1;
  const auto last = record.fields.end() - 1;
  const auto named = head.fields - static_cast<std::size_t>(std::count_if(
                                       record.fields.begin(), record.fields.end(), nameless));
  return std::none_of(inner, last, nameless) && named >= 2;
}

// How many records stand above the header.
std::size_t CountTitles(const CsvHead& head) {
  constexpr std::size_t kMostTitles = 32;
  if (head.fields < 2 || HowShort(head, 0) != ShortHeader::kNone) return 0;
  for (std::size_t at = 0; at < std::min(head.records.size(), kMostTitles); ++at) {
    if (at > 0 && IsHeaderBelow(head, at)) return at;
    if (!IsTitle(head, at)) return 0;
  }
  return 0;
}

void SkipTitles(CsvDocument* document, CsvHead* head) {
  const std::size_t titles = CountTitles(*head);
  if (titles == 0) return;
  std::size_t next = 0;
  std::string_view first = Trim(LineFrom(document->bytes, head->records.front().offset, &next));
  while (first.ends_with(head->delimiter)) first.remove_suffix(1);
  document->findings.push_back(
      {.kind = Finding::Kind::kTitleLines, .text = std::string(first), .count = titles});
  head->records.erase(head->records.begin(),
                      head->records.begin() + static_cast<std::ptrdiff_t>(titles));
}

// The end of `bytes` without the blank lines, and blanks, that close it.
std::size_t EndOfContent(const CsvDocument& document) {
  std::size_t end = document.bytes.size();
  const auto empty = [&](char c) {
    return c == '\n' || c == '\r' || c == ' ' || (c == '\t' && document.delimiter != '\t');
  };
  while (end > document.begin && empty(document.bytes[end - 1])) --end;
  return end;
}

}  // namespace

ShortHeader HowShort(const CsvHead& head, std::size_t at) {
  const std::size_t names = head.records[at].fields.size();
  const bool usable = !head.records[at].broken && names < head.fields &&
                      at + 1 < head.records.size() && !HoldsNumber(head.records[at]) &&
                      AllNamed(head.records[at]);
  if (!usable) return ShortHeader::kNone;
  bool trailing = true;
  bool numbers = false;
  for (std::size_t i = at + 1; i < head.records.size(); ++i) {
    if (!head.Whole(i)) return ShortHeader::kNone;
    const std::vector<CsvField>& fields = head.records[i].fields;
    trailing =
        trailing && std::all_of(fields.begin() + static_cast<std::ptrdiff_t>(names), fields.end(),
                                [](const CsvField& field) { return Trim(field.text).empty(); });
    numbers = numbers || HoldsNumber(head.records[i]);
  }
  if (trailing) return ShortHeader::kTrailing;
  // Text above text above numbers is a title above a header, and so may be a lone text above a
  // table without numbers, and what a blank line sets apart.
  const CsvRecord& header = head.records[at];
  const bool adjoins = head.records[at + 1].offset == header.end;
  const bool is_header =
      numbers ? HoldsNumber(head.records[at + 1], 1) : names > 1 || header.fields.front().quoted;
  return names + 1 == head.fields && adjoins && is_header ? ShortHeader::kRowNames
                                                          : ShortHeader::kNone;
}

CsvDocument OpenCsv(std::string_view bytes, const std::string& source, CsvHead* head) {
  CsvDocument document;
  document.bytes = bytes;
  document.source = source;
  RefuseOtherFormats(document);
  if (bytes.starts_with("\xEF\xBB\xBF")) document.begin = 3;
  const char named = TakeSeparatorLine(&document);
  Comments comments = FindComments(document);
  if (bytes.find_first_not_of(" \t\r\n", document.begin) == std::string_view::npos)
    FailAt(document, 0, 0, ErrorKind::kCsvEmpty);
  *head = named != 0 ? ReadHead(bytes, named, comments.after, bytes.size())
                     : ChooseDelimiter(bytes, comments.after);
  document.delimiter = head->delimiter;
  const bool header_in_comment = TakeCommentHeader(document, head, &comments);
  if (comments.count > 0)
    document.findings.push_back({.kind = Finding::Kind::kCommentLines, .count = comments.count});
  if (header_in_comment) document.findings.push_back({.kind = Finding::Kind::kCommentHeader});
  SkipTitles(&document, head);
  if (!head->records.empty()) document.begin = head->records.front().offset;
  document.usual_fields = head->fields;
  document.end = EndOfContent(document);
  return document;
}

}  // namespace halflife
