#include "data/text_codes.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "base/random.h"

namespace halflife {
namespace {

// What is known of a text, kept in the plainest way.
struct Known {
  int32_t code = 0;
  std::size_t count = 0;
  uint64_t first = 0;
};

std::string RandomText(Random* random) {
  // Texts that differ in one byte, at any place of any length around those of words.
  std::string text(random->Below(42), 'a');
  if (!text.empty()) text[random->Below(text.size())] = static_cast<char>('a' + random->Below(6));
  return text;
}

TEST(TextCodes, CountsTextsOfAllLengthsAsAMapDoes) {
  Random random(81);
  std::vector<std::string> drawn(60000);
  for (std::string& text : drawn) text = RandomText(&random);
  for (const std::size_t most_kept : {std::size_t{0}, std::size_t{300}, std::size_t{1} << 19}) {
    TextCodes codes(most_kept);
    std::map<std::string, Known> reference;
    for (const std::string& text : drawn) {
      const uint64_t place = random.Below(1000000);
      const auto [at, fresh] = reference.try_emplace(
          text, Known{.code = static_cast<int32_t>(reference.size()), .first = place});
      Known& known = at->second;
      ++known.count;
      known.first = std::min(known.first, place);
      const bool copied = random.Below(5) == 0;
      const int32_t code = copied ? codes.CountCopy(std::string(text), place)
                                  : codes.Count(text, text.data() + text.size(), place);
      ASSERT_EQ(code, known.code) << text;
    }
    ASSERT_EQ(codes.size(), reference.size());
    for (const auto& [text, known] : reference) {
      const auto code = static_cast<std::size_t>(known.code);
      ASSERT_EQ(codes.text(code), text);
      ASSERT_EQ(codes.count(code), known.count) << text;
      ASSERT_EQ(codes.first(code), known.first) << text;
    }
  }
}

// A short text has one key, whether eight bytes may be read at its place or not.
TEST(TextCodes, BytesBehindAShortTextDoNotMatter) {
  const std::string one = "abcXXXXXXXX";
  const std::string other = "abcYYYYYYYY";
  TextCodes codes;
  const auto code = [&](const std::string& bytes, std::size_t size, std::size_t limit) {
    return codes.Count({bytes.data(), size}, bytes.data() + limit, 0);
  };
  EXPECT_EQ(code(one, 3, 11), 0);
  EXPECT_EQ(code(other, 3, 11), 0);
  EXPECT_EQ(code(other, 3, 3), 0);
  EXPECT_EQ(code(other, 4, 11), 1);
  EXPECT_EQ(code(other, 0, 11), 2);
  EXPECT_EQ(code(one, 0, 0), 2);
}

TEST(TextCodes, ATextWithZerosAtItsEndIsAnother) {
  TextCodes codes;
  const std::string zeros("ab\0\0\0\0\0\0\0\0", 10);
  for (std::size_t size = 2; size <= zeros.size(); ++size) {
    const auto code = codes.Count({zeros.data(), size}, zeros.data() + zeros.size(), 0);
    EXPECT_EQ(code, static_cast<int32_t>(size - 2));
  }
}

TEST(TextCodes, ManyTextsAreAllFoundAgain) {
  constexpr int32_t kTexts = 200000;
  std::vector<std::string> texts;
  texts.reserve(kTexts);
  for (int32_t i = 0; i < kTexts; ++i) texts.push_back("text number " + std::to_string(i));
  TextCodes codes;
  for (int round = 0; round < 2; ++round) {
    for (int32_t i = 0; i < kTexts; ++i) {
      const std::string& text = texts[static_cast<std::size_t>(i)];
      ASSERT_EQ(codes.Count(text, text.data() + text.size(), 0), i);
    }
  }
}

}  // namespace
}  // namespace halflife
