#include "base/linalg.h"

#include <algorithm>
#include <vector>

#include "base/check.h"
#include "base/error.h"

// LAPACK's symbols; those of the BLAS come with Eigen.
extern "C" {
void dsyevd_(const char* jobz, const char* uplo, const int* n, double* a, const int* lda, double* w,
             double* work, const int* lwork, int* iwork, const int* liwork, int* info);
void dgesdd_(const char* jobz, const int* m, const int* n, double* a, const int* lda, double* s,
             double* u, const int* ldu, double* vt, const int* ldvt, double* work, const int* lwork,
             int* iwork, int* info);
void dpotrf_(const char* uplo, const int* n, double* a, const int* lda, int* info);
void dpotrs_(const char* uplo, const int* n, const int* nrhs, const double* a, const int* lda,
             double* b, const int* ldb, int* info);
}

namespace halflife {
namespace {

int Size(Eigen::Index n) {
  HALFLIFE_CHECK(n <= 46340);  // LAPACK's 32-bit work sizes
  return static_cast<int>(n);
}

}  // namespace

SymmetricEigen DecomposeSymmetric(Matrix a) {
  SymmetricEigen result;
  const int n = Size(a.rows());
  result.values.resize(n);
  if (n == 0) return result;
  int info = 0;
  int ask = -1;
  double work_size = 0.0;
  int iwork_size = 0;
  dsyevd_("V", "L", &n, a.data(), &n, result.values.data(), &work_size, &ask, &iwork_size, &ask,
          &info);
  const int lwork = static_cast<int>(work_size);
  std::vector<double> work(static_cast<std::size_t>(lwork));
  std::vector<int> iwork(static_cast<std::size_t>(iwork_size));
  dsyevd_("V", "L", &n, a.data(), &n, result.values.data(), work.data(), &lwork, iwork.data(),
          &iwork_size, &info);
  if (info != 0)
    FailData("the eigenvalue decomposition did not converge; look for extreme values in the data");
  result.vectors = std::move(a);
  return result;
}

ThinSvd DecomposeSingular(const Matrix& a) {
  ThinSvd result;
  const int m = static_cast<int>(a.rows());
  const int n = static_cast<int>(a.cols());
  const int k = std::min(m, n);
  if (k > 20000) {  // LAPACK's 32-bit work sizes
    FailData(
        "more than 20,000 rows and columns at once cannot be decomposed; leave columns out with "
        "--ignore");
  }
  result.u.resize(m, k);
  result.singular.resize(k);
  Matrix vt(k, n);
  if (k > 0) {
    Matrix copy = a;
    int info = 0;
    int ask = -1;
    double work_size = 0.0;
    std::vector<int> iwork(8 * static_cast<std::size_t>(k));
    dgesdd_("S", &m, &n, copy.data(), &m, result.singular.data(), result.u.data(), &m, vt.data(),
            &k, &work_size, &ask, iwork.data(), &info);
    const int lwork = static_cast<int>(work_size);
    std::vector<double> work(static_cast<std::size_t>(lwork));
    dgesdd_("S", &m, &n, copy.data(), &m, result.singular.data(), result.u.data(), &m, vt.data(),
            &k, work.data(), &lwork, iwork.data(), &info);
    if (info != 0)
      FailData(
          "the singular value decomposition did not converge; look for extreme values in the data");
  }
  result.v = vt.transpose();
  return result;
}

void AddOuterProduct(const Eigen::Ref<const Matrix>& a, Matrix* gram) {
  const int p = Size(a.rows());
  const int m = static_cast<int>(a.cols());
  const int lda = static_cast<int>(a.outerStride());
  const double one = 1.0;
  if (p > 0 && m > 0) dsyrk_("L", "N", &p, &m, &one, a.data(), &lda, &one, gram->data(), &p);
}

bool CholeskyInPlace(Matrix* a) {
  const int n = Size(a->rows());
  int info = 0;
  if (n > 0) dpotrf_("L", &n, a->data(), &n, &info);
  return info == 0;
}

void CholeskySolve(const Matrix& factor, Eigen::Ref<Vector> x) {
  const int n = Size(factor.rows());
  const int one = 1;
  int info = 0;
  if (n > 0) dpotrs_("L", &n, &one, factor.data(), &n, x.data(), &n, &info);
}

}  // namespace halflife
