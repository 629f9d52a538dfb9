#include "report/training_fields.h"

#include "halflife/report.h"

namespace halflife {

const FieldNames<Divergence::What>& DivergenceNames() {
  using What = Divergence::What;
  static const FieldNames<What> kNames = {
      {What::kLoss, "loss"}, {What::kValidationLoss, "validation loss"}, {What::kWeight, "weight"}};
  return kNames;
}

const FieldNames<Activation>& ActivationFieldNames() {
  static const auto kNames =
      NamesUpTo(Activation::kTanh, [](Activation activation) { return Name(activation); });
  return kNames;
}

const FieldNames<ScheduleShape>& ScheduleShapeFieldNames() {
  static const auto kNames =
      NamesUpTo(ScheduleShape::kCosine, [](ScheduleShape shape) { return Name(shape); });
  return kNames;
}

Json DivergedJson(const TrainedPoint& point) {
  return point.diverged ? Json(DivergenceText(*point.diverged)) : Json(nullptr);
}

}  // namespace halflife
