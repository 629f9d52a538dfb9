// Every figure that a result has, for tests that hold of all.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/figures.h"

namespace halflife {

struct NamedFigure {
  std::string name;
  Figure figure;
};

std::vector<NamedFigure> FiguresOf(const TuneResult& result);

// The titles and captions of the same.
std::vector<std::string> WordsOfFigures(const TuneResult& result);

}  // namespace halflife
