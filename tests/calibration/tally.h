// What many problems say of the verdict together: how often it claims, covers and finds.
#pragma once

#include <string>
#include <vector>

#include "calibration/problem.h"

namespace halflife::testing {

struct Judged {
  std::string kind;
  std::string training;  // of nets: how long
  int cell = 0;
  Truth truth;
  Answer answer;

  // Whether tuning can help by more than next to nothing.
  bool CanHelp() const;
  // Whether the verdict says that it helps, by more than next to nothing.
  bool SaidToHelp() const;
  // Whether the interval comes within the negligible band of the truth.
  bool Covers(const Interval& interval, bool with_band) const;
  Interval interval() const { return {answer.verdict.ci95[0], answer.verdict.ci95[1]}; }
};

// The upper end of the 95 % interval of a share, `count` of `of` (Clopper and Pearson 1934,
// Biometrika 26:404).
double UpperBound(int count, int of);

// Tables in Markdown, one row a kind and one of all, and whether the bars hold.
struct Tally {
  std::string text;
  bool holds = true;
};
Tally TallyByKind(const std::vector<Judged>& problems);

// How often each procedure finds a gain, by its size in standard deviations of our estimate over
// tables of its cell; of cells that were answered with the other procedures beside.
std::string TallyByEffect(const std::vector<Judged>& problems);

}  // namespace halflife::testing
