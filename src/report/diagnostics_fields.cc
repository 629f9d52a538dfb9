#include "report/diagnostics_fields.h"

namespace halflife {

const FieldNames<ErrorParts::NoiseSource>& NoiseSourceNames() {
  using Source = ErrorParts::NoiseSource;
  static const FieldNames<Source> kNames = {{Source::kGiven, "given"},
                                            {Source::kRepeatedRows, "repeated rows"},
                                            {Source::kResiduals, "residuals"},
                                            {Source::kBestFit, "best fit"},
                                            {Source::kUnknown, "unknown"}};
  return kNames;
}

}  // namespace halflife
