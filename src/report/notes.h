// Findings in words: Notes and VerdictNotes of halflife/report.h.
#pragma once

#include "halflife/column_list.h"

namespace halflife {

// Whether the finding is told by Notes rather than beside the columns.
bool IsOfRows(Finding::Kind kind);

}  // namespace halflife
