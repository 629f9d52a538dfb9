#include "report/page_assets.h"

#include "report/figure_style.h"
#include "report_page.h"

namespace halflife {

std::string SharedStyle() { return std::string(kSharedStyle).append(FigureStyle()); }

std::string PageStyle() { return SharedStyle().append(kPageStyle); }

std::string PageScript() { return std::string(kReadoutScript) += kPageScript; }

}  // namespace halflife
