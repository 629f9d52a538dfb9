#include "report/plain_text.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace halflife {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::size_t SequenceLength(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

// The character at `at` of valid UTF-8.
uint32_t CodePoint(std::string_view text, std::size_t at) {
  const std::size_t length = SequenceLength(text[at]);
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  if (length == 1) return byte(0);
  uint32_t code = byte(0) & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (byte(i) & 0x3FU);
  return code;
}

bool IsIn(uint32_t code, uint32_t first, uint32_t last) { return code >= first && code <= last; }

// Control characters, direction overrides, and the two that XML 1.0 forbids.
bool IsUnsafe(uint32_t code) {
  return code < 0x20 || IsIn(code, 0x7F, 0x9F) || IsIn(code, 0x2028, 0x202E) ||
         IsIn(code, 0x2066, 0x2069) || (code & 0xFFFE) == 0xFFFE;
}

int Columns(uint32_t code) {
  if (IsIn(code, 0x300, 0x36F) || IsIn(code, 0x200B, 0x200F)) return 0;
  const bool wide = IsIn(code, 0x1100, 0x115F) || IsIn(code, 0x2E80, 0xA4CF) ||
                    IsIn(code, 0xAC00, 0xD7A3) || IsIn(code, 0xF900, 0xFAFF) ||
                    IsIn(code, 0xFE30, 0xFE6F) || IsIn(code, 0xFF00, 0xFF60) ||
                    IsIn(code, 0x1F300, 0x1FAFF) || IsIn(code, 0x20000, 0x3FFFD);
  return wide ? 2 : 1;
}

std::string Blanks(int count) {
  return std::string(static_cast<std::size_t>(std::max(0, count)), ' ');
}

// The bytes of clean `text` that fit in `width` columns.
std::size_t BytesWithin(std::string_view text, int width) {
  int used = 0;
  for (std::size_t i = 0; i < text.size(); i += SequenceLength(text[i])) {
    used += Columns(CodePoint(text, i));
    if (used > width) return i;
  }
  return text.size();
}

// The same, but at least one character.
std::size_t FittingBytes(std::string_view text, int width) {
  const std::size_t bytes = BytesWithin(text, width);
  return bytes > 0 || text.empty() ? bytes : SequenceLength(text[0]);
}

// A line in two: what stands before its last column and what goes on with each new line.
struct HangingLine {
  std::string_view head;  // up to the column, blanks included
  std::string_view rest;
};

HangingLine AtLastColumn(std::string_view line) {
  const std::size_t text = std::min(line.find_first_not_of(' '), line.size());
  const std::size_t gap = line.rfind("  ");
  const bool has_column = gap != std::string_view::npos && gap > text;
  const std::size_t cut = has_column ? gap + 2 : text;
  return {line.substr(0, cut), line.substr(cut)};
}

// Chinese and Japanese characters and their punctuation, which stand without spaces.
bool IsIdeographic(uint32_t code) {
  return IsIn(code, 0x2E80, 0x2FDF) || IsIn(code, 0x3000, 0x30FF) || IsIn(code, 0x3400, 0x9FFF) ||
         IsIn(code, 0xF900, 0xFAFF) || IsIn(code, 0xFF00, 0xFF60) || IsIn(code, 0x20000, 0x3FFFD);
}

bool IsOneOf(std::string_view character, std::string_view characters) {
  return characters.find(character) != std::string_view::npos;
}

// Whether a line may end between two characters that follow each other.
bool MayEndBetween(std::string_view before, std::string_view after) {
  constexpr std::string_view kOpen = "（［｛〔【《〈「『“‘([{\"'";
  constexpr std::string_view kClose = "，。、；：？！）］｝〕】》〉」』”’…—～％,.;:?!)]}%\"'";
  return (IsIdeographic(CodePoint(before, 0)) || IsIdeographic(CodePoint(after, 0))) &&
         !IsOneOf(before, kOpen) && !IsOneOf(after, kClose);
}

// A part of a text that a line takes whole, where it fits.
struct Piece {
  std::string text;
  bool spaced = false;  // from what is before it
};

std::vector<Piece> PiecesOf(std::string_view text) {
  std::vector<Piece> pieces;
  for (const std::string& word : Split(text, ' ')) {
    std::string_view before;
    for (const std::string_view character : Characters(word)) {
      if (before.empty() || MayEndBetween(before, character))
        pieces.push_back({"", before.empty()});
      pieces.back().text += character;
      before = character;
    }
  }
  return pieces;
}

// Lines of at most `width` columns, but the first of at most `first`.
std::vector<std::string> Lines(std::vector<Piece> pieces, int first, int width) {
  std::vector<std::string> lines(1);
  const auto room = [&] { return std::max(1, lines.size() == 1 ? first : width); };
  for (Piece& piece : pieces) {
    std::string& line = lines.back();
    const int space = piece.spaced && !line.empty() ? 1 : 0;
    if (!line.empty() && DisplayWidth(line) + space + DisplayWidth(piece.text) <= room()) {
      line += (space > 0 ? " " : "") + piece.text;
      continue;
    }
    if (!line.empty()) lines.emplace_back();
    while (DisplayWidth(piece.text) > room()) {
      const std::size_t cut = FittingBytes(piece.text, room());
      lines.back() = piece.text.substr(0, cut);
      lines.emplace_back();
      piece.text.erase(0, cut);
    }
    lines.back() = piece.text;
  }
  return lines;
}

int LongestPiece(std::string_view text) {
  int longest = 0;
  for (const Piece& piece : PiecesOf(text)) longest = std::max(longest, DisplayWidth(piece.text));
  return longest;
}

// `text` wrapped after `first`, and later lines after `indent` blanks.
std::string WrapAfter(std::string_view first, std::string_view text, int indent, int width) {
  std::string block(first);
  for (const std::string& line :
       Lines(PiecesOf(text), width - DisplayWidth(first), width - indent)) {
    if (block.ends_with('\n')) block += Blanks(indent);
    block += line + "\n";
  }
  return block;
}

std::string HangLine(std::string_view line, int width) {
  if (DisplayWidth(line) <= width) return std::string(line) + "\n";
  constexpr int kDeeper = 4;
  const auto [head, rest] = AtLastColumn(line);
  const std::size_t end = head.find_last_not_of(' ') + 1;  // 0 where there is no column
  const int column = DisplayWidth(head);
  // What is indented a little goes on deeper, so that no part of a formula reads as one of its own.
  const bool deeper = end == 0 && column > 0 && column <= kDeeper;
  if (!deeper && 2 * column <= width && LongestPiece(rest) <= width - column)
    return WrapAfter(head, rest, column, width);
  const auto blanks = static_cast<int>(std::min(line.find_first_not_of(' '), line.size()));
  const int under = std::min(blanks + kDeeper, width / 2);
  const std::string indent = Blanks(under);
  if (end > 0 && DisplayWidth(head.substr(0, end)) <= width)
    return std::string(head.substr(0, end)) + "\n" + WrapAfter(indent, rest, under, width);
  return WrapAfter(indent.substr(0, static_cast<std::size_t>(blanks)), line, under, width);
}

}  // namespace

std::string ReplaceInvalidUtf8(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const std::size_t end = std::min(FirstInvalidUtf8(text), text.size());
    valid += text.substr(0, end);
    text.remove_prefix(end);
    if (text.empty()) break;
    valid += kReplacement;
    text.remove_prefix(1);
  }
  return valid;
}

std::string CleanText(std::string_view text) {
  const std::string valid = ReplaceInvalidUtf8(text);
  std::string clean;
  for (std::size_t i = 0; i < valid.size();) {
    const std::size_t length = SequenceLength(valid[i]);
    clean +=
        IsUnsafe(CodePoint(valid, i)) ? kReplacement : std::string_view(valid).substr(i, length);
    i += length;
  }
  return clean;
}

int DisplayWidth(std::string_view text) {
  int width = 0;
  for (std::size_t i = 0; i < text.size(); i += SequenceLength(text[i])) {
    width += Columns(CodePoint(text, i));
  }
  return width;
}

std::vector<std::string_view> Characters(std::string_view text) {
  std::vector<std::string_view> characters;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); i += SequenceLength(text[i])) {
    if (i == 0 || Columns(CodePoint(text, i)) == 0) continue;
    characters.push_back(text.substr(begin, i - begin));
    begin = i;
  }
  if (!text.empty()) characters.push_back(text.substr(begin));
  return characters;
}

std::string CutTo(std::string_view text, int width) {
  std::string clean = CleanText(text);
  if (DisplayWidth(clean) <= width) return clean;
  clean.resize(FittingBytes(clean, std::max(1, width - 3)));
  return clean + "...";
}

std::string_view Beginning(std::string_view text, int width) {
  return text.substr(0, BytesWithin(text, width));
}

std::string PadLeft(std::string_view text, int width) {
  return Blanks(width - DisplayWidth(text)) + std::string(text);
}

std::string PadRight(std::string_view text, int width) {
  return std::string(text) + Blanks(width - DisplayWidth(text));
}

std::vector<std::string> Wrap(std::string_view text, int width) {
  return Lines(PiecesOf(CleanText(text)), width, width);
}

std::string HangingWrap(std::string_view text, int width) {
  std::string wrapped;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    wrapped += HangLine(CleanText(text.substr(0, end)), width);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return wrapped;
}

}  // namespace halflife
