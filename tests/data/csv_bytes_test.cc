#include "data/csv_bytes.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/random.h"

namespace halflife {
namespace {

// The same, a byte after the other.
CsvBytes Plainly(std::string_view bytes, std::size_t begin, std::size_t end) {
  CsvBytes found;
  for (std::size_t i = begin; i < end; ++i) {
    const bool pair = bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n';
    if (bytes[i] == '"') found.odd_quotes = !found.odd_quotes;
    if (bytes[i] == '\0') found.nul = true;
    if (static_cast<unsigned char>(bytes[i]) >= 0x80) found.high = true;
    if (bytes[i] != '\n' && (bytes[i] != '\r' || pair)) continue;
    ++found.line_ends;
    found.after_pairs += found.odd_quotes ? 0 : 1;
  }
  return found;
}

void ExpectSame(std::string_view bytes, std::size_t begin, std::size_t end) {
  const CsvBytes swept = SweepBytes(bytes, begin, end);
  const CsvBytes plain = Plainly(bytes, begin, end);
  ASSERT_EQ(swept.odd_quotes, plain.odd_quotes);
  ASSERT_EQ(swept.nul, plain.nul);
  ASSERT_EQ(swept.high, plain.high);
  ASSERT_EQ(swept.line_ends, plain.line_ends);
  ASSERT_EQ(swept.after_pairs, plain.after_pairs);
}

// Texts whose special bytes are rare or common, so that runs without any are of all lengths.
std::string RandomBytes(std::string_view special, std::size_t one_in, Random* random) {
  constexpr std::string_view kUsual = "abc 019,.#~\t!";
  std::string bytes(random->Below(300), ' ');
  for (char& c : bytes) {
    c = random->Below(one_in) == 0 ? special[random->Below(special.size())]
                                   : kUsual[random->Below(kUsual.size())];
  }
  return bytes;
}

TEST(CsvBytes, AreCountedAsAByteAfterTheOther) {
  constexpr std::string_view kSpecials[] = {
      "\n", "\r\n", "\"\n", "\"\r\n", {"\"\r\n\0\xC3\x80\xFF", 7}};
  Random random(91);
  for (int draw = 0; draw < 20000; ++draw) {
    const std::string_view special = kSpecials[random.Below(std::size(kSpecials))];
    const std::string bytes = RandomBytes(special, 1 + random.Below(40), &random);
    const std::size_t begin = random.Below(bytes.size() + 1);
    ExpectSame(bytes, begin, begin + random.Below(bytes.size() - begin + 1));
  }
}

TEST(CsvBytes, EveryByteAtEveryPlaceIsTakenForWhatItIs) {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t place = 0; place < 48; ++place) {
      std::string bytes(48, '5');
      bytes[place] = static_cast<char>(byte);
      ExpectSame(bytes, 0, bytes.size());
    }
  }
}

TEST(CsvBytes, MoreLineEndsThanAByteCountsAreCounted) {
  const std::string bytes(100000, '\n');
  EXPECT_EQ(SweepBytes(bytes, 0, bytes.size()).line_ends, bytes.size());
  EXPECT_EQ(SweepBytes(bytes, 3, bytes.size()).after_pairs, bytes.size() - 3);
}

}  // namespace
}  // namespace halflife
