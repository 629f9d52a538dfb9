// Whether the fields of a result that was read fit each other.
#pragma once

#include "halflife/tune.h"
#include "report/field_reader.h"

namespace halflife {

// Throws Error, naming keys, where words or figures could not be made of `result`, or would take
// no end of time. `reader` is of the whole file.
void CheckResult(const FieldReader& reader, const TuneResult& result);

}  // namespace halflife
