#include "report/page_assets.h"

#include "report/figure_style.h"
#include "report_page.h"

namespace halflife {

std::string PageStyle() { return std::string(kPageStyle).append(FigureStyle()); }

std::string PageScript() { return std::string(kReadoutScript) += kPageScript; }

}  // namespace halflife
