// What the fields of a CSV file are, found by passes over the file.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/parallel.h"
#include "data/column_range.h"
#include "data/csv_fields.h"
#include "data/csv_strips.h"

namespace halflife {

inline constexpr std::size_t kCsvStrips = 32;

// What a pass over a field of plain numbers tells of them.
struct CsvPlainField {
  ColumnRange range;
  bool shows_point = false;
  bool has_text = false;  // it is none: the rest is not known
};

// The texts of one chunk in the order of their codes, which is that of the file.
std::vector<TextCount> TextsOfChunk(const TextCodes& codes);

// Each question is a pass over the file.
class CsvFieldsOfFile : public CsvFieldCells {
 public:
  // Reads the whole file for these uses, by kCsvStrips strips.
  using Pass = std::function<void(std::vector<CsvUse> uses, const CsvStripBegin& begin)>;

  // What it finds has views into `file` and into this.
  CsvFieldsOfFile(std::string_view file, const std::vector<CsvPlainField>& plain, Pass pass)
      : file_(file), plain_(plain), pass_(std::move(pass)) {}

  bool HoldsNumbers(std::size_t field) const override { return !plain_[field].range.empty(); }
  std::vector<CsvPoints> Points(const std::vector<bool>& wanted) override;
  // Of the distinct texts the first alone.
  std::vector<CsvTextField> ReadTexts(const std::vector<bool>& wanted) override;

 private:
  // A strip's texts of one field.
  struct Strip {
    std::string_view first;
    ColumnSurvey survey;
  };

  void ReadWanted(const std::vector<bool>& wanted, CsvUse use, const CsvStripBegin& begin) const;
  void AddTexts(const TextCodes& codes, Strip* strip);
  void Keep(std::string_view* text);

  std::string_view file_;
  const std::vector<CsvPlainField>& plain_;
  Pass pass_;
  Gate gate_;
  std::deque<std::string> kept_;  // texts that do not stand so in the file
};

}  // namespace halflife
