#include "lab/page.h"

#include <cstdlib>
#include <string>

#include "base/error.h"
#include "base/error_catalogue.h"
#include "base/error_text.h"
#include "base/error_trap.h"
#include "report/error_words_zh.h"

namespace halflife {
namespace {

std::string MarkedOption(std::string_view name, std::string_view value) {
  return "\x01" + std::string(name) + (value.empty() ? "" : "=" + std::string(value)) + "\x01";
}

}  // namespace
}  // namespace halflife

void* LabAllocate(std::size_t bytes) {
  void* const at = std::malloc(bytes);
  if (at == nullptr) halflife::FailMemory();
  return at;
}

void LabFree(void* at) { std::free(at); }

const char* LabError(int words) {
  const halflife::Failure* const failure = halflife::TrappedFailure();
  if (failure == nullptr) return "";
  const halflife::ErrorWords language =
      words == 2 ? halflife::ChineseErrorWords : halflife::EnglishErrorWords;
  if (failure->kind == halflife::ErrorKind::kMemory) return language(failure->kind).data();
  static std::string text;
  text = halflife::ErrorText(*failure, language,
                             words == 0 ? halflife::BareOption : halflife::MarkedOption);
  return text.c_str();
}
