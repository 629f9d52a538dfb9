#include "data/array_text.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"

namespace halflife {
namespace {

constexpr std::uint32_t kBeyondUnicode = 0x110000;  // its bytes are no UTF-8

void AppendUtf8(std::uint32_t character, std::string* text) {
  const auto add = [&](std::uint32_t byte) { *text += static_cast<char>(byte); };
  const auto add_tail = [&](int shift) { add(0x80U | (character >> shift & 0x3FU)); };
  if (character < 0x80) {
    add(character);
  } else if (character < 0x800) {
    add(0xC0U | character >> 6U);
    add_tail(0);
  } else if (character < 0x10000) {
    add(0xE0U | character >> 12U);
    add_tail(6);
    add_tail(0);
  } else {
    add(0xF0U | character >> 18U);
    add_tail(12);
    add_tail(6);
    add_tail(0);
  }
}

// The text of one element, without the NUL characters that fill it up.
std::string ElementText(const ArrayHeader& header, const std::uint8_t* from) {
  std::string text;
  if (header.text == 'S') {
    text.assign(reinterpret_cast<const char*>(from), header.element_bytes);
  } else {
    for (std::size_t at = 0; at < header.element_bytes; at += sizeof(char32_t)) {
      std::uint32_t character = 0;
      std::memcpy(&character, from + at, sizeof(character));
      AppendUtf8(std::min(character, kBeyondUnicode), &text);
    }
  }
  text.resize(text.find_last_not_of('\0') + 1);
  return text;
}

}  // namespace

void DecodeText(const ArrayHeader& header, Array* array) {
  const std::size_t count = array->bytes.size() / header.element_bytes;
  std::unordered_map<std::string, std::uint32_t> places;
  std::vector<std::uint32_t> place(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::string text = ElementText(header, array->bytes.data() + i * header.element_bytes);
    if (FirstInvalidUtf8(text) != std::string::npos || text.find('\0') != std::string::npos) {
      FailIn(array->source, ErrorKind::kArrayTextElement, {i, text});
    }
    place[i] =
        places.emplace(std::move(text), static_cast<std::uint32_t>(places.size())).first->second;
  }
  for (const auto& [text, unused] : places) array->levels.push_back(text);
  std::sort(array->levels.begin(), array->levels.end());
  std::vector<std::uint32_t> rank(places.size());
  for (std::size_t i = 0; i < array->levels.size(); ++i)
    rank[places[array->levels[i]]] = static_cast<std::uint32_t>(i);
  array->kind = ElementKind::kU4;
  array->bytes.resize(count * sizeof(std::uint32_t));
  array->bytes.shrink_to_fit();
  for (std::size_t i = 0; i < count; ++i)
    std::memcpy(array->bytes.data() + i * sizeof(std::uint32_t), &rank[place[i]],
                sizeof(std::uint32_t));
}

}  // namespace halflife
