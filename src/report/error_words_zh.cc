#include "report/error_words_zh.h"

#include <array>

namespace halflife {
namespace {

using Templates = std::array<std::string_view, kErrorKinds>;

Templates AllTemplates() {
  Templates all{};
  for (const std::span<const chinese::ChineseWords> part :
       {chinese::OfBase(), chinese::OfOptim(), chinese::OfSafetensors(), chinese::OfData(),
        chinese::OfCsv(), chinese::OfArrayFiles(), chinese::OfArrays(), chinese::OfModel(),
        chinese::OfNet(), chinese::OfTune(), chinese::OfLab(), chinese::OfCli()}) {
    for (const chinese::ChineseWords& words : part)
      all[static_cast<std::size_t>(words.kind)] = words.text;
  }
  return all;
}

}  // namespace

std::string_view ChineseErrorWords(ErrorKind kind) {
  static const Templates templates = AllTemplates();
  return templates[static_cast<std::size_t>(kind)];
}

}  // namespace halflife
