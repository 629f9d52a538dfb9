// Every sentence of an error in Chinese, by the rules of base/error_catalogue.h: a file a floor in
// error_words_zh/.
#pragma once

#include <span>
#include <string_view>

#include "halflife/error_kind.h"

namespace halflife {

// The template of the kind; ends in a zero. "" where the catalogue lacks it.
std::string_view ChineseErrorWords(ErrorKind kind);

// The parts of the catalogue.
namespace chinese {
struct ChineseWords {
  ErrorKind kind;
  std::string_view text;
};
std::span<const ChineseWords> OfBase();
std::span<const ChineseWords> OfOptim();
std::span<const ChineseWords> OfSafetensors();
std::span<const ChineseWords> OfData();
std::span<const ChineseWords> OfCsv();
std::span<const ChineseWords> OfArrayFiles();
std::span<const ChineseWords> OfArrays();
std::span<const ChineseWords> OfModel();
std::span<const ChineseWords> OfNet();
std::span<const ChineseWords> OfTune();
std::span<const ChineseWords> OfLab();
std::span<const ChineseWords> OfCli();
}  // namespace chinese

}  // namespace halflife
