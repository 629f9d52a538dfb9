#include "base/error_text.h"

#include <fmt/format.h>

#include "base/check.h"
#include "base/error.h"
#include "base/error_catalogue.h"
#include "base/error_template.h"
#include "base/text.h"

namespace halflife {
namespace {

using Kind = TemplatePart::Kind;

// Names may hold line ends and worse.
std::string OnOneLine(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
  }
  return line;
}

class Writer {
 public:
  Writer(ErrorWords words, const OptionStyle& style) : words_(words), style_(style) {}

  std::string Sentence(const Failure& failure) const {
    const auto parts = ReadTemplate(words_(failure.kind));
    HALFLIFE_CHECK(parts.has_value());
    return All(*parts, failure);
  }

 private:
  std::string All(const std::vector<TemplatePart>& parts, const Failure& failure) const {
    std::string text;
    for (const TemplatePart& part : parts) text += One(part, failure);
    return text;
  }

  std::string One(const TemplatePart& part, const Failure& failure) const {
    switch (part.kind) {
      case Kind::kText:
        return part.text;
      case Kind::kArgument:
        return OnOneLine(Argument(part, failure));
      case Kind::kQuoted:
        return Quoted(Argument(part, failure));
      case Kind::kPlural:
        return Argument(part, failure) == "1" ? part.text : part.other;
      case Kind::kSection:
        return Argument(part, failure).empty() ? "" : All(part.inner, failure);
      case Kind::kOption:
        return style_(part.text.empty() ? OnOneLine(failure.option) : part.text, part.other);
      case Kind::kBare:
        return OnOneLine(failure.option);
      case Kind::kFile:
        return failure.place.file.empty() ? std::string(words_(ErrorKind::kUnnamedSource))
                                          : OnOneLine(failure.place.file);
      case Kind::kLine:
        return std::to_string(failure.place.line);
      case Kind::kColumn:
        return std::to_string(failure.place.column);
      case Kind::kCause:
        HALFLIFE_CHECK(failure.cause != nullptr);
        return Sentence(*failure.cause);
    }
    return "";
  }

  static std::string_view Argument(const TemplatePart& part, const Failure& failure) {
    HALFLIFE_CHECK(part.argument < failure.arguments.size());
    return failure.arguments[part.argument];
  }

  ErrorWords words_;
  const OptionStyle& style_;
};

}  // namespace

ErrorArgument::ErrorArgument(double number) : text_(ShortestNumber(number)) {}

ErrorCause Cause(ErrorKind kind, ErrorArguments arguments) {
  Failure failure{.kind = kind};
  for (const ErrorArgument& argument : arguments) failure.arguments.push_back(argument.text());
  return std::make_shared<const Failure>(std::move(failure));
}

void Fail(ErrorKind kind, ErrorArguments arguments, ErrorCause cause) {
  FailIn({}, kind, arguments, std::move(cause));
}

void FailIn(ErrorPlace place, ErrorKind kind, ErrorArguments arguments, ErrorCause cause) {
  Failure failure = *Cause(kind, arguments);
  failure.place = std::move(place);
  failure.cause = std::move(cause);
  Fail(std::move(failure));
}

void FailOption(std::string_view option, ErrorKind kind, ErrorArguments arguments,
                ErrorPlace place) {
  Failure failure = *Cause(kind, arguments);
  failure.place = std::move(place);
  failure.option = option;
  Fail(std::move(failure));
}

std::string BareOption(std::string_view name, std::string_view value) {
  return value.empty() ? std::string(name) : fmt::format("{} = {}", name, value);
}

std::string ErrorText(const Failure& failure, ErrorWords words, const OptionStyle& style) {
  return Writer(words, style).Sentence(failure);
}

std::string ErrorText(const Error& error, const OptionStyle& style) {
  return ErrorText(error.failure(), EnglishErrorWords, style);
}

std::string OptionOf(const Failure& failure) {
  if (!failure.option.empty()) return failure.option;
  const auto parts = ReadTemplate(EnglishErrorWords(failure.kind));
  HALFLIFE_CHECK(parts.has_value());
  for (const TemplatePart& part : *parts) {
    if (part.kind == Kind::kOption && part.other.empty()) return part.text;
    if (part.kind == Kind::kText && part.text.find_first_of(";(") != std::string::npos) break;
  }
  return "";
}

}  // namespace halflife
