#include "base/error_catalogue.h"

#include <array>

#include "base/check.h"

namespace halflife {
namespace {

using Entries = std::array<const ErrorEntry*, kErrorKinds>;

Entries AllEntries() {
  Entries all{};
  for (const std::span<const ErrorEntry> part :
       {catalogue::OfBase(), catalogue::OfOptim(), catalogue::OfSafetensors(), catalogue::OfData(),
        catalogue::OfCsv(), catalogue::OfArrays(), catalogue::OfArrayFiles(), catalogue::OfModel(),
        catalogue::OfNet(), catalogue::OfTune(), catalogue::OfLab(), catalogue::OfCli()}) {
    for (const ErrorEntry& entry : part) {
      const ErrorEntry*& place = all[static_cast<std::size_t>(entry.kind)];
      HALFLIFE_CHECK(place == nullptr);
      place = &entry;
    }
  }
  return all;
}

const ErrorEntry* FindEntry(ErrorKind kind) {
  static const Entries entries = AllEntries();
  return entries[static_cast<std::size_t>(kind)];
}

}  // namespace

const ErrorEntry& ErrorEntryOf(ErrorKind kind) {
  const ErrorEntry* const entry = FindEntry(kind);
  HALFLIFE_CHECK(entry != nullptr);
  return *entry;
}

std::string_view EnglishErrorWords(ErrorKind kind) {
  const ErrorEntry* const entry = FindEntry(kind);
  return entry == nullptr ? "" : entry->text;
}

}  // namespace halflife
