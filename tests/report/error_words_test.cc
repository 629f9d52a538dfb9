// The two catalogues of errors say the same of every kind.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "base/error_catalogue.h"
#include "base/error_template.h"
#include "base/error_text.h"
#include "report/error_words_zh.h"

namespace halflife {
namespace {

using PartKind = TemplatePart::Kind;

// What a template asks for: its arguments, options and places. Chinese words know no plural.
void Collect(const std::vector<TemplatePart>& parts, std::set<std::string>* asked) {
  for (const TemplatePart& part : parts) {
    if (part.kind == PartKind::kText || part.kind == PartKind::kPlural) continue;
    asked->insert(std::to_string(static_cast<int>(part.kind)) + " " +
                  std::to_string(part.argument) + " " + part.text + "=" + part.other);
    Collect(part.inner, asked);
  }
}

std::set<std::string> AskedBy(std::string_view text) {
  std::set<std::string> asked;
  const auto parts = ReadTemplate(text);
  EXPECT_TRUE(parts.has_value()) << text;
  if (parts.has_value()) Collect(*parts, &asked);
  return asked;
}

std::vector<ErrorKind> AllErrorKinds() {
  std::vector<ErrorKind> kinds;
  for (std::size_t i = 0; i < kErrorKinds; ++i) kinds.push_back(static_cast<ErrorKind>(i));
  return kinds;
}

bool HoldsChinese(std::string_view text) {
  // The first byte of U+4E00 to U+9FFF and their punctuation is E3 to EF.
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0xE3 && static_cast<unsigned char>(c) <= 0xEF) return true;
  }
  return false;
}

TEST(ErrorWords, EveryKindIsSaidInBothLanguages) {
  for (const ErrorKind kind : AllErrorKinds()) {
    SCOPED_TRACE(static_cast<int>(kind));
    const std::string_view english = EnglishErrorWords(kind);
    const std::string_view chinese = ChineseErrorWords(kind);
    EXPECT_FALSE(english.empty()) << chinese;
    EXPECT_TRUE(HoldsChinese(chinese)) << english;
    EXPECT_TRUE(kind == ErrorKind::kDelimiterOther ||
                english.find_first_of("abcdefghijklmnop") != std::string_view::npos);
    EXPECT_FALSE(HoldsChinese(english)) << english;
    EXPECT_EQ(AskedBy(english), AskedBy(chinese)) << english;
  }
}

TEST(ErrorWords, NoTwoKindsSayTheSame) {
  std::map<std::string_view, int> english;
  std::map<std::string_view, int> chinese;
  for (const ErrorKind kind : AllErrorKinds()) {
    EXPECT_EQ(++english[EnglishErrorWords(kind)], 1) << EnglishErrorWords(kind);
    EXPECT_EQ(++chinese[ChineseErrorWords(kind)], 1) << ChineseErrorWords(kind);
  }
}

// With ten arguments and a cause at hand, every template can be written; nothing of a template is
// left in the line.
TEST(ErrorWords, EveryKindCanBeWritten) {
  for (const ErrorKind kind : AllErrorKinds()) {
    Failure failure{.kind = kind, .place = {"f", 1, 2}, .option = "seeds"};
    for (int i = 0; i < 10; ++i) failure.arguments.push_back(std::to_string(i));
    failure.cause = std::make_shared<const Failure>(Failure{.kind = ErrorKind::kZipOfSeveral});
    for (const ErrorWords words : {EnglishErrorWords, ChineseErrorWords}) {
      const std::string line = ErrorText(failure, words, BareOption);
      EXPECT_FALSE(line.empty());
      EXPECT_EQ(line.find('\n'), std::string::npos) << line;
      EXPECT_EQ(line.find(":q"), std::string::npos) << line;
      EXPECT_NE(line.back(), '.') << line;
    }
    EXPECT_FALSE(std::string(Error(failure).what()).empty());
  }
}

// The words of no memory need none: the page gets the template itself.
TEST(ErrorWords, NoMemoryIsSaidAsItIsWritten) {
  for (const ErrorWords words : {EnglishErrorWords, ChineseErrorWords}) {
    const std::string_view text = words(ErrorKind::kMemory);
    EXPECT_EQ(text, ErrorText({.kind = ErrorKind::kMemory}, words, BareOption));
    EXPECT_EQ(text.data()[text.size()], '\0');
  }
}

TEST(ErrorWords, ChineseCallsOptionsWhatTheReaderCallsThem) {
  const Failure failure{.kind = ErrorKind::kTooFew, .arguments = {"0", "1"}, .option = "seeds"};
  EXPECT_EQ(ErrorText(failure, ChineseErrorWords, BareOption), "seeds 0：至少要 1");
  EXPECT_EQ(ErrorText(failure, ChineseErrorWords,
                      [](std::string_view, std::string_view) { return std::string("随机种子数"); }),
            "随机种子数 0：至少要 1");
}

}  // namespace
}  // namespace halflife
