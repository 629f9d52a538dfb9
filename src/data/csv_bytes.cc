#include "data/csv_bytes.h"

#include <algorithm>
#include <cstdint>

#include "data/csv_swar.h"

namespace halflife {
namespace {

constexpr std::size_t kWord = 8;
constexpr std::size_t kGroup = 4;  // words

// Ones, one a byte, of the carriage returns of `word` that no line feed follows; `next` is the byte
// after them.
uint64_t LoneReturns(uint64_t word, uint64_t feeds, bool next_is_feed) {
  const uint64_t followed = feeds >> 8 | static_cast<uint64_t>(next_is_feed) << 56;
  return (MatchBytes(word, '\r') >> 7) & ~followed;
}

// Whether a group of words holds neither quotes nor bytes up to the carriage return nor any beyond
// ASCII, as most do.
bool HoldNothing(const char* at) {
  constexpr uint64_t kAboveReturn = kByteOnes * ('\r' + 1);
  constexpr uint64_t kQuotes = kByteOnes * '"';
  uint64_t marks = 0;
  for (std::size_t i = 0; i < kGroup; ++i) {
    const uint64_t word = LoadWord(at + i * kWord);
    // Borrows come from bytes that are marked themselves.
    marks |= (word - kAboveReturn) | ((word ^ kQuotes) - kByteOnes) | word;
  }
  return (marks & kByteHighs) == 0;
}

// Counts of up to 255 words, a byte for each place.
uint64_t SumOfBytes(uint64_t counts) {
  constexpr uint64_t kEven = 0x00FF00FF00FF00FF;
  const uint64_t pairs = (counts & kEven) + (counts >> 8 & kEven);
  return pairs * 0x0001000100010001 >> 48;
}

// Takes words one after the other.
class Sweep {
 public:
  void Take(uint64_t word, const char* next, const char* end) {
    const uint64_t quotes = MatchBytes(word, '"') >> 7;
    const uint64_t passed = quotes * kByteOnes;  // in each byte: how many up to it
    const uint64_t inside = passed ^ inside_;
    uint64_t ends = MatchBytes(word, '\n') >> 7;
    if (MatchFirstByte(word, '\r') != 0)
      ends |= LoneReturns(word, ends, next < end && *next == '\n');
    all_ += ends;
    after_pairs_ += ends & ~inside;
    inside_ ^= (passed >> 56 & 1) * kByteOnes;
    nuls_ |= MatchFirstByte(word, '\0');
    highs_ |= word;
  }

  void AddUp(CsvBytes* found) {
    found->line_ends += SumOfBytes(all_);
    found->after_pairs += SumOfBytes(after_pairs_);
    all_ = after_pairs_ = 0;
    found->odd_quotes = inside_ != 0;
    found->nul = nuls_ != 0;
    found->high = (highs_ & kByteHighs) != 0;
  }

 private:
  uint64_t all_ = 0;
  uint64_t after_pairs_ = 0;
  uint64_t inside_ = 0;  // all ones where quotes before the word are odd
  uint64_t nuls_ = 0;
  uint64_t highs_ = 0;
};

}  // namespace

CsvBytes SweepBytes(std::string_view bytes, std::size_t begin, std::size_t end) {
  constexpr std::size_t kMost = 255 * kWord;  // that a byte can count
  CsvBytes found;
  Sweep sweep;
  const char* at = bytes.data() + begin;
  const char* const stop = bytes.data() + end;
  const char* const last = bytes.data() + bytes.size();
  while (static_cast<std::size_t>(stop - at) >= kWord) {
    const std::size_t words = std::min(static_cast<std::size_t>(stop - at), kMost) / kWord;
    for (std::size_t i = 0; i < words;) {
      const std::size_t taken = std::min(words - i, kGroup);
      if (taken == kGroup && HoldNothing(at)) {
        at += kGroup * kWord;
      } else {
        for (std::size_t k = 0; k < taken; ++k, at += kWord)
          sweep.Take(LoadWord(at), at + kWord, last);
      }
      i += taken;
    }
    sweep.AddUp(&found);
  }
  if (at != stop) {
    const auto left = static_cast<std::size_t>(stop - at);
    uint64_t word = kByteOnes * ' ';
    std::memcpy(&word, at, left);
    // A return that ends the bytes is followed by what comes after them.
    const bool pair = stop[-1] == '\r' && stop != last && *stop == '\n';
    if (pair) word ^= uint64_t{'\r' ^ ' '} << 8 * (left - 1);
    sweep.Take(word, stop, stop);
    sweep.AddUp(&found);
  }
  return found;
}

}  // namespace halflife
