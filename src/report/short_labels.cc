#include "report/short_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include "report/plain_text.h"

namespace halflife {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr int kEllipsisWidth = 1;

using Glyphs = std::vector<std::string_view>;

// A name's characters and what they are part of.
struct LongName {
  std::string text;
  Glyphs glyphs;
};

// The columns that a label keeps of a name's beginning, of a part within it, and of its end.
struct Shares {
  int head = 0;
  int part = 0;
  int tail = 0;
};

// A label in pieces: any text may stand between two of them.
struct Pieces {
  std::string head;
  std::string part;
  std::string tail;

  std::string Text() const {
    std::string text = head;
    text += kEllipsis;
    if (!part.empty()) text += part + std::string(kEllipsis);
    return text + tail;
  }

  bool Fits(std::string_view name) const {
    if (name.size() < head.size() + part.size() + tail.size()) return false;
    if (!name.starts_with(head) || !name.ends_with(tail)) return false;
    name.remove_prefix(head.size());
    name.remove_suffix(tail.size());
    return name.find(part) != std::string_view::npos;
  }
};

// As many characters from `begin` on as take up to `columns`.
std::string TakeFrom(const Glyphs& glyphs, std::size_t begin, int columns) {
  std::string taken;
  for (std::size_t i = begin; i < glyphs.size(); ++i) {
    columns -= DisplayWidth(glyphs[i]);
    if (columns < 0) break;
    taken += glyphs[i];
  }
  return taken;
}

// As many characters of the end.
std::string TakeEnd(const Glyphs& glyphs, int columns) {
  std::size_t begin = glyphs.size();
  while (begin > 0 && columns >= DisplayWidth(glyphs[begin - 1]))
    columns -= DisplayWidth(glyphs[--begin]);
  std::string taken;
  for (; begin < glyphs.size(); ++begin) taken += glyphs[begin];
  return taken;
}

// Where `name` first differs from each other name, and the same counted from the end, without
// repeats.
std::set<std::size_t> Differences(const LongName& name, const std::vector<LongName>& all) {
  std::set<std::size_t> places;
  for (const LongName& other : all) {
    if (other.text == name.text) continue;
    const Glyphs& a = name.glyphs;
    const Glyphs& b = other.glyphs;
    const auto first = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
    const auto last = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first;
    places.insert(static_cast<std::size_t>(first - a.begin()));
    places.insert(static_cast<std::size_t>(a.rend() - last));
  }
  return places;
}

class Cutter {
 public:
  Cutter(const std::vector<LongName>& all, const LongName& name, int width)
      : all_(all), name_(name), width_(width) {}

  // The first cut, from the most readable on, that fits no other name.
  std::optional<std::string> Cut() const {
    const int room = width_ - kEllipsisWidth;
    for (const int head : {(room + 1) / 2, room / 3, 2 * room / 3, 0, room}) {
      if (auto label = Try({.head = head, .tail = room - head}, 0)) return label;
    }
    const int less = room - kEllipsisWidth;
    const std::array<Shares, 4> shares = {
        Shares{less / 3, less - less / 3, 0}, Shares{0, less - less / 2, less / 2},
        Shares{less / 4, less / 2, less - less / 4 - less / 2}, Shares{0, less, 0}};
    const std::set<std::size_t> places = Differences(name_, all_);
    for (const Shares& share : shares) {
      for (const std::size_t place : places) {
        const auto before = static_cast<std::size_t>(share.part / 3);
        if (auto label = Try(share, place - std::min(place, before))) return label;
        if (auto label = Try(share, place)) return label;
      }
    }
    return std::nullopt;
  }

 private:
  std::optional<std::string> Try(const Shares& shares, std::size_t at) const {
    const Pieces pieces{TakeFrom(name_.glyphs, 0, shares.head),
                        TakeFrom(name_.glyphs, at, shares.part),
                        TakeEnd(name_.glyphs, shares.tail)};
    if (!pieces.Fits(name_.text)) return std::nullopt;  // the part is in the head or the tail
    for (const LongName& other : all_) {
      if (other.text != name_.text && pieces.Fits(other.text)) return std::nullopt;
    }
    return pieces.Text();
  }

  const std::vector<LongName>& all_;
  const LongName& name_;
  int width_;
};

// The label `wanted`, or where another has it already, the name's beginning with a number.
std::string Numbered(const LongName& name, const std::string& wanted, int width,
                     const std::set<std::string>& taken) {
  std::string label = wanted;
  for (int number = 2; taken.count(label) > 0; ++number) {
    const std::string end = fmt::format("{}{}", kEllipsis, number);
    label = TakeFrom(name.glyphs, 0, width - DisplayWidth(end)) + end;
  }
  return label;
}

}  // namespace

std::vector<std::string> ShortLabels(const std::vector<std::string>& names, int width) {
  width = std::max(width, 8);
  std::vector<LongName> all(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    all[i].text = CleanText(names[i]);
    all[i].glyphs = Characters(all[i].text);
  }
  std::vector<std::string> labels(names.size());
  std::set<std::string> taken;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (DisplayWidth(all[i].text) > width) continue;
    labels[i] = Numbered(all[i], all[i].text, width, taken);
    taken.insert(labels[i]);
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (DisplayWidth(all[i].text) <= width) continue;
    const std::string numbered =
        TakeFrom(all[i].glyphs, 0, width - 1 - kEllipsisWidth) + std::string(kEllipsis) + "1";
    labels[i] = Numbered(all[i], Cutter(all, all[i], width).Cut().value_or(numbered), width, taken);
    taken.insert(labels[i]);
  }
  return labels;
}

}  // namespace halflife
