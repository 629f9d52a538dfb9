#include "base/error.h"
#include "model/model.h"
namespace halflife {
std::unique_ptr<Model> MakeSparseLogistic(const ModelContext& context) {
  return MakeLogistic(context);
}
}  // namespace halflife
