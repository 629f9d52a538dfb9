// Models are fitted here as a tuning fits them, with one BLAS thread: more would wait for each
// other and for the threads of the fits.
#include <gtest/gtest.h>

#include <optional>

#include "linalg/one_blas_thread.h"

namespace halflife {
namespace {

class AsInATuning : public ::testing::Environment {
 public:
  void SetUp() override { one_blas_thread_.emplace(); }
  void TearDown() override { one_blas_thread_.reset(); }

 private:
  std::optional<OneBlasThread> one_blas_thread_;
};

[[maybe_unused]] const auto* const kAdded =
    ::testing::AddGlobalTestEnvironment(new AsInATuning);  // owned by GoogleTest

}  // namespace
}  // namespace halflife
