#include "data/csv_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/check.h"
#include "base/error.h"
#include "base/text.h"

namespace halflife {
namespace {

std::string DelimiterText(char delimiter) {
  switch (delimiter) {
    case ',':
      return "commas";
    case ';':
      return "semicolons";
    case '\t':
      return "tabs";
    case '|':
      return "vertical bars";
    case ' ':
      return "blanks";
    default:
      return Quoted({&delimiter, 1});
  }
}

[[noreturn]] void FailRagged(const CsvDocument& document, const CsvFault& fault) {
  const std::size_t expected = document.names.size();
  const auto fields = [](std::size_t count) {
    return fmt::format("{} field{}", count, count == 1 ? "" : "s");
  };
  if (fault.fields == document.usual_fields) {
    FailAt(document, fault.offset, std::min(expected, fault.fields),
           fmt::format("the row has {}, as most rows have, but the header on line {} has {} "
                       "(separated by {}); correct the header",
                       fields(fault.fields), LineAt(document.bytes, document.begin), expected,
                       DelimiterText(document.delimiter)));
  }
  const char* advice = fault.fields > expected
                           ? "quote cells that hold a delimiter, or remove the extra ones"
                           : "add the missing ones or remove the row";
  FailAt(document, fault.offset, std::min(expected, fault.fields),
         fmt::format("the row has {} where the {} {} (separated by {}); {}", fields(fault.fields),
                     document.header_fields == expected ? "header has" : "others have", expected,
                     DelimiterText(document.delimiter), advice));
}

}  // namespace

std::size_t LineAt(std::string_view bytes, std::size_t offset) {
  std::size_t line = 1;
  for (std::size_t i = 0; i < offset; ++i) {
    const bool lone_cr = bytes[i] == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n');
    line += bytes[i] == '\n' || lone_cr ? 1 : 0;
  }
  return line;
}

void FailAt(const CsvDocument& document, std::size_t offset, std::size_t field,
            const std::string& message) {
  FailData(fmt::format("{}:{}:{}: {}", document.source, LineAt(document.bytes, offset), field + 1,
                       message));
}

std::string ColumnText(const CsvDocument& document, std::size_t field) {
  if (field < document.names.size() && !document.names[field].empty())
    return "column " + Quoted(document.names[field]);
  return fmt::format("column {}", field + 1);
}

void FailUnnamed(const CsvDocument& document, std::size_t offset, std::size_t field) {
  FailAt(document, offset, field,
         fmt::format("column {} has no name; name it, or remove it if it only numbers the rows "
                     "(pandas: index=False, R: row.names=FALSE)",
                     field + 1));
}

void FailFault(const CsvDocument& document, const CsvFault& fault) {
  const std::string column = ColumnText(document, fault.field);
  const auto fail = [&](const std::string& message) {
    FailAt(document, fault.offset, fault.field, message);
  };
  HALFLIFE_CHECK(fault.kind != CsvFault::Kind::kNone);
  switch (fault.kind) {
    case CsvFault::Kind::kNone:
    case CsvFault::Kind::kRagged:
      FailRagged(document, fault);
    case CsvFault::Kind::kUnclosedQuote:
      fail("the quote opened here in " + column +
           " is never closed; close it, or double a quote that is part of the text");
      break;
    case CsvFault::Kind::kTextAfterQuote:
      fail(
          fmt::format("text after the closing quote of {} (opened on line {}); double the quotes "
                      "that are part of the text",
                      column, LineAt(document.bytes, fault.opened)));
      break;
    case CsvFault::Kind::kStrayQuote:
      fail("a quote inside an unquoted field of " + column +
           "; put the whole field in quotes and double the quotes within it");
      break;
    case CsvFault::Kind::kLongField:
      fail("the field of " + column + " is longer than 1 MB; shorten it, or close its quote");
      break;
  }
  std::abort();
}

}  // namespace halflife
