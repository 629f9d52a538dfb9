// Lines over the epochs of a training.
#pragma once

#include <string>
#include <vector>

#include "report/figures.h"
#include "report/say.h"

namespace halflife {

struct EpochLine {
  Said name;
  std::string css_class;       // of the style sheet's series
  std::vector<double> values;  // one an epoch, from the first on
  std::string column;          // of the table; "" for none
};

struct EpochPlot {
  std::string id;  // unique in the page
  Said title;
  Said axis;  // what the values are
  std::vector<EpochLine> lines;
  std::vector<std::vector<double>> faint = {};  // lines behind those, without names
  bool log = false;                             // the values' axis; what is not above 0 is left out
};

// Names stand right of the plot, joined to the ends of their lines. A log axis spans the values of
// `lines`: faint lines may leave the plot.
Figure DrawEpochs(const EpochPlot& plot);

}  // namespace halflife
