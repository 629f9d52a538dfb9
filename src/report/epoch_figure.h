// Lines over the epochs of a training.
#pragma once

#include <string>
#include <vector>

#include "report/figures.h"

namespace halflife {

struct EpochLine {
  std::string name;
  std::string css_class;       // of the style sheet's series
  std::vector<double> values;  // one an epoch, from the first on
};

struct EpochPlot {
  std::string id;  // unique in the page
  std::string title;
  std::string axis;  // what the values are
  std::vector<EpochLine> lines;
};

// Names stand right of the plot, joined to the ends of their lines.
Figure DrawEpochs(const EpochPlot& plot);

}  // namespace halflife
