// CSV files made by seed, mostly of plain cells and some of them spoilt; and all that comes of one,
// to be compared.
#pragma once

#include <array>
#include <bit>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/text.h"
#include "halflife/error.h"
#include "support/shown_table.h"

namespace halflife::testing {

// Everything of the table that `read` gives, to the last bit; or the message of the error.
inline std::string WholeOutcome(const std::function<Table()>& read) {
  try {
    const Table table = read();
    std::string all = Show(table) + ShowLayout(table);
    for (const Column& column : table.columns) {
      all += ShowFindings(column.findings) + Join(column.cell_texts, "|");
      all += {column.marks.thousands, column.marks.decimal};
      for (const double number : column.numbers)
        all += std::to_string(std::bit_cast<uint64_t>(number)) + " ";
    }
    return all;
  } catch (const Error& error) {
    return error.what();
  }
}

class CsvFileMaker {
 public:
  explicit CsvFileMaker(uint64_t seed) : random_(seed) {}

  std::string File() {
    static constexpr auto kEnds = std::to_array<std::string_view>({"\n", "\r\n", "\r"});
    end_ = kEnds[Pick(kEnds.size())];
    delimiter_ = ",,,;\t| "[Pick(7)];
    std::vector<std::size_t> kinds(1 + Pick(Chance(4) ? 24 : 6));
    for (std::size_t& kind : kinds) kind = Pick(kKinds);
    std::string file = Row(kinds.size(), [](std::size_t c) { return "c" + std::to_string(c); });
    for (std::size_t rows = Pick(Chance(6) ? 1500 : 90); rows > 0; --rows) {
      file += Row(kinds.size(), [&](std::size_t c) { return Cell(kinds[c]); });
      if (Chance(50)) file += end_;
    }
    if (Chance(3)) Spoil(&file);
    while (Chance(8) && (file.ends_with('\n') || file.ends_with('\r'))) file.pop_back();
    return file;
  }

 private:
  static constexpr std::size_t kKinds = 14;

  std::size_t Pick(std::size_t count) { return random_.Below(count); }
  bool Chance(std::size_t one_in) { return Pick(one_in) == 0; }
  template <std::size_t N>
  std::string OneOf(const std::array<std::string_view, N>& all) {
    return std::string(all[Pick(N)]);
  }

  template <typename CellOf>
  std::string Row(std::size_t columns, const CellOf& cell) {
    std::string row;
    for (std::size_t c = 0; c < columns; ++c)
      row += (c > 0 ? std::string(1, delimiter_) : "") + cell(c);
    return row + std::string(end_);
  }

  std::string Digits(std::size_t count) {
    std::string digits;
    for (; count > 0; --count) digits += static_cast<char>('0' + Pick(10));
    return digits;
  }
  std::string Number() {
    const std::string sign = Chance(2) ? "-" : "";
    return sign + std::to_string(Pick(1000)) + "." + Digits(1 + Pick(Chance(4) ? 20 : 7));
  }

  std::string Cell(std::size_t kind) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"red", "green", "dark blue", "more than sixteen letters", "caf\u00E9", "no"});
    static constexpr auto kQuoted = std::to_array<std::string_view>(
        {"\"a,b\"", "\"c;d\"", "\"two\nlines\"", "\"\"", "\"say \"\"so\"\"\"", "\" x \""});
    switch (kind) {
      case 0:
        return std::to_string(Pick(100000));
      case 1:
        return Chance(9) ? "" : Number();
      case 2:
        return Chance(300) ? "x" : Number();  // text, but far down
      case 3:
        return OneOf(kWords);
      case 4:
        return OneOf(kQuoted);
      case 5:
        return Chance(20) ? "NA" : Digits(1 + Pick(18));
      case 6:
        return std::string(Pick(3), ' ') + Number() + std::string(Pick(2), ' ');
      case 7:
        return Chance(2) ? "\"" + Number() + "\"" : Number();
      case 8:
        return "K" + Digits(1 + Pick(5));
      case 9:
        return Chance(40) ? "N/A" : std::to_string(Pick(50));
      case 10:
        return Chance(2) ? "\"NA\"" : "";
      default:
        return Number();
    }
  }

  void Spoil(std::string* file) {
    static constexpr auto kSpoilers = std::to_array<std::string_view>(
        {"\"", "x\"", "\"x\"y", ",", "inf", "\xFF", "\n", "007", "9007199254740993", " ", "1e400"});
    file->insert(Pick(file->size() + 1), OneOf(kSpoilers));
  }

  Random random_;
  std::string_view end_;
  char delimiter_ = ',';
};

}  // namespace halflife::testing
