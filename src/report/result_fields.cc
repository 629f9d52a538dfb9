#include "report/result_fields.h"

namespace halflife {

const FieldNames<ModelFamily>& FamilyNames() {
  static const FieldNames<ModelFamily> kNames = {{ModelFamily::kLinear, "linear"},
                                                 {ModelFamily::kLogistic, "logistic"},
                                                 {ModelFamily::kLogistic, "softmax"},
                                                 {ModelFamily::kMlp, "mlp"}};
  return kNames;
}

}  // namespace halflife
