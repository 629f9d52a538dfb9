#include "data/csv_levels.h"

#include <algorithm>
#include <limits>

#include "base/release.h"
#include "data/csv_texts.h"

namespace halflife {

void CsvLevels::Add(std::span<const int32_t> codes, const TextCodes& texts, std::size_t first_row) {
  constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
  std::vector<uint32_t> firsts(texts.size(), kNone);
  std::size_t missing = 0;
  for (std::size_t row = 0; row < codes.size(); ++row) {
    if (codes[row] == Column::kMissing) {
      ++missing;
    } else if (uint32_t& first = firsts[static_cast<std::size_t>(codes[row])]; first == kNone) {
      first = static_cast<uint32_t>(first_row + row);
    }
  }
  std::vector<int32_t> merged;
  gate_.Pass([&] {
    missing_ += missing;
    if (!too_many_) Merge(texts, firsts, &merged);
  });
  for (std::size_t row = 0; !codes_.empty() && row < codes.size(); ++row) {
    const int32_t code = codes[row];
    codes_[first_row + row] =
        code == Column::kMissing ? code : merged[static_cast<std::size_t>(code)];
  }
}

void CsvLevels::Merge(const TextCodes& more, std::span<const uint32_t> firsts,
                      std::vector<int32_t>* merged) {
  merged->resize(more.size());
  for (std::size_t code = 0; code < more.size(); ++code) {
    const int32_t own = texts_.CountCopy(more.text(code), more.first(code), more.count(code));
    (*merged)[code] = own;
    const auto at = static_cast<std::size_t>(own);
    if (at == first_row_.size()) first_row_.push_back(firsts[code]);
    first_row_[at] = std::min(first_row_[at], firsts[code]);
  }
  if (!codes_.empty() || texts_.size() <= most_) return;
  too_many_ = true;
  texts_ = TextCodes();
  Release(&first_row_);
}

std::vector<int32_t> CsvLevels::Finish(Column* column, ColumnRange* range) {
  std::vector<int32_t> place;  // a text: where it comes in the file
  const std::vector<int32_t> level_of_place = MakeLevels(InFileOrder(texts_, &place), column);
  std::vector<int32_t> level_of(texts_.size());
  range->missing = missing_;
  range->levels.assign(column->levels.size(), {});
  for (std::size_t text = 0; text < level_of.size(); ++text) {
    level_of[text] = level_of_place[static_cast<std::size_t>(place[text])];
    LevelUse& level = range->levels[static_cast<std::size_t>(level_of[text])];
    if (level.rows == 0 || first_row_[text] < level.first) level.first = first_row_[text];
    level.rows += static_cast<uint32_t>(texts_.count(text));
  }
  for (int32_t& code : codes_) {
    if (code != Column::kMissing) code = level_of[static_cast<std::size_t>(code)];
  }
  column->codes = std::move(codes_);
  return level_of;
}

}  // namespace halflife
