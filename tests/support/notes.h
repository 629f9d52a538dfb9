// Findings as a reader reads them, for the tests of what finds them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "halflife/report.h"

namespace halflife::testing {

// Whether a note says `text`, which may begin it, and then with a capital.
inline bool Holds(const std::vector<std::string>& notes, const std::string& text) {
  const std::string first = Capitalised(text);
  return std::any_of(notes.begin(), notes.end(), [&](const std::string& note) {
    return note.find(text) != std::string::npos || note.rfind(first, 0) == 0;
  });
}

// The notes of a verdict alone; `trained`: of a net.
inline std::vector<std::string> NotesOf(const Verdict& verdict, bool trained) {
  TuneResult result;
  if (trained) result.training.emplace();
  result.verdict = verdict;
  return VerdictNotes(result);
}

}  // namespace halflife::testing
