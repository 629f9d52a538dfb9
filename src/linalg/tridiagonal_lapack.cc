#include <vector>

#include "base/check.h"
#include "linalg/tridiagonal.h"

extern "C" {
void dsytrd_(const char* uplo, const int* n, double* a, const int* lda, double* d, double* e,
             double* tau, double* work, const int* lwork, int* info);
void dormtr_(const char* side, const char* uplo, const char* trans, const int* m, const int* n,
             const double* a, const int* lda, const double* tau, double* c, const int* ldc,
             double* work, const int* lwork, int* info);
void dsterf_(const int* n, double* d, double* e, int* info);
void dstedc_(const char* compz, const int* n, double* d, double* e, double* z, const int* ldz,
             double* work, const int* lwork, int* iwork, const int* liwork, int* info);
}

namespace halflife::tridiagonal {
namespace {

constexpr int kAskSize = -1;  // in place of a work array's size: say what it should be

int Whole(Eigen::Index n) { return static_cast<int>(n); }

}  // namespace

bool Reduce(Tridiagonal* t) {
  const int n = Whole(t->size());
  int info = 0;
  double best = 0.0;
  const auto reduce = [&](double* work, const int* size) {
    dsytrd_("L", &n, t->reflectors.data(), &n, t->diagonal.data(), t->below.data(), t->tau.data(),
            work, size, &info);
  };
  reduce(&best, &kAskSize);
  std::vector<double> work(static_cast<std::size_t>(best));
  const int size = static_cast<int>(best);
  reduce(work.data(), &size);
  return info == 0;
}

void Turn(const Tridiagonal& t, bool transposed, Eigen::Ref<Matrix> x) {
  const int n = Whole(t.size());
  const int columns = Whole(x.cols());
  if (columns == 0 || n < 2) return;
  const int stride = Whole(x.outerStride());
  const char* const trans = transposed ? "T" : "N";
  int info = 0;
  double best = 0.0;
  const auto turn = [&](double* work, const int* size) {
    dormtr_("L", "L", trans, &n, &columns, t.reflectors.data(), &n, t.tau.data(), x.data(), &stride,
            work, size, &info);
  };
  turn(&best, &kAskSize);
  std::vector<double> work(static_cast<std::size_t>(best));
  const int size = static_cast<int>(best);
  turn(work.data(), &size);
  HALFLIFE_CHECK(info == 0);
}

bool ValuesOf(const Tridiagonal& t, Vector* values) {
  const int n = Whole(t.size());
  *values = t.diagonal;
  Vector below = t.below;
  int info = 0;
  dsterf_(&n, values->data(), below.data(), &info);
  return info == 0;
}

bool VectorsOf(const Tridiagonal& t, SymmetricEigen* eigen) {
  const int n = Whole(t.size());
  eigen->values = t.diagonal;
  eigen->vectors.resize(n, n);
  int info = 0;
  double best = 0.0;
  int best_whole = 0;
  Vector below = t.below;
  const auto solve = [&](double* work, const int* size, int* whole, const int* wholes) {
    dstedc_("I", &n, eigen->values.data(), below.data(), eigen->vectors.data(), &n, work, size,
            whole, wholes, &info);
  };
  solve(&best, &kAskSize, &best_whole, &kAskSize);
  std::vector<double> work(static_cast<std::size_t>(best));
  std::vector<int> whole(static_cast<std::size_t>(best_whole));
  const int size = static_cast<int>(best);
  solve(work.data(), &size, whole.data(), &best_whole);
  return info == 0;
}

}  // namespace halflife::tridiagonal
