// The report as one self-contained page.
#pragma once

#include <string>

#include "halflife/tune.h"

namespace halflife {

// report.html: no network, light and dark, readable on a phone; well-formed XML as well as HTML 5.
// Everything from the user's file is escaped.
std::string ReportHtml(const TuneResult& result);

}  // namespace halflife
