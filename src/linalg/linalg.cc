#include "linalg/linalg.h"

#include <algorithm>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "linalg/jacobi.h"

// LAPACK's symbols; those of the BLAS come with Eigen.
extern "C" {
void dsyevd_(const char* jobz, const char* uplo, const int* n, double* a, const int* lda, double* w,
             double* work, const int* lwork, int* iwork, const int* liwork, int* info);
void dgesdd_(const char* jobz, const int* m, const int* n, double* a, const int* lda, double* s,
             double* u, const int* ldu, double* vt, const int* ldvt, double* work, const int* lwork,
             int* iwork, int* info);
void dsyev_(const char* jobz, const char* uplo, const int* n, double* a, const int* lda, double* w,
            double* work, const int* lwork, int* info);
void dgesvd_(const char* jobu, const char* jobvt, const int* m, const int* n, double* a,
             const int* lda, double* s, double* u, const int* ldu, double* vt, const int* ldvt,
             double* work, const int* lwork, int* info);
void dpotrf_(const char* uplo, const int* n, double* a, const int* lda, int* info);
void dtrtri_(const char* uplo, const char* diag, const int* n, double* a, const int* lda,
             int* info);
}

namespace halflife {
namespace {

int Size(Eigen::Index n) {
  HALFLIFE_CHECK(n <= 46340);  // LAPACK's 32-bit work sizes
  return static_cast<int>(n);
}

// The work array of the size that LAPACK asked for.
std::vector<double> WorkOf(double size) {
  return std::vector<double>(static_cast<std::size_t>(size));
}

constexpr int kAsk = -1;  // in place of a work array's size: say what it should be

bool EigenByDivideAndConquer(const Matrix& a, SymmetricEigen* result) {
  const int n = Size(a.rows());
  result->vectors = a;
  result->values.resize(n);
  int info = 0;
  double work_size = 0.0;
  int iwork_size = 0;
  double* const in_out = result->vectors.data();
  dsyevd_("V", "L", &n, in_out, &n, result->values.data(), &work_size, &kAsk, &iwork_size, &kAsk,
          &info);
  std::vector<double> work = WorkOf(work_size);
  std::vector<int> iwork(static_cast<std::size_t>(iwork_size));
  const int lwork = static_cast<int>(work_size);
  dsyevd_("V", "L", &n, in_out, &n, result->values.data(), work.data(), &lwork, iwork.data(),
          &iwork_size, &info);
  return info == 0;
}

bool EigenByQr(const Matrix& a, SymmetricEigen* result) {
  const int n = Size(a.rows());
  result->vectors = a;
  result->values.resize(n);
  int info = 0;
  double work_size = 0.0;
  double* const in_out = result->vectors.data();
  dsyev_("V", "L", &n, in_out, &n, result->values.data(), &work_size, &kAsk, &info);
  std::vector<double> work = WorkOf(work_size);
  const int lwork = static_cast<int>(work_size);
  dsyev_("V", "L", &n, in_out, &n, result->values.data(), work.data(), &lwork, &info);
  return info == 0;
}

// Runs `lapack(copy of a, u, v', work, its size, info)` first for the size of its work array, then
// for the answer.
template <typename Lapack>
bool ThinSingular(const Matrix& a, ThinSvd* result, const Lapack& lapack) {
  const Eigen::Index k = std::min(a.rows(), a.cols());
  if (k > 20000) Fail(ErrorKind::kMatrixTooLarge);  // LAPACK's 32-bit work sizes
  Matrix copy = a;
  Matrix vt(k, a.cols());
  result->u.resize(a.rows(), k);
  result->singular.resize(k);
  int info = 0;
  double work_size = 0.0;
  lapack(copy.data(), result->u.data(), vt.data(), &work_size, &kAsk, &info);
  std::vector<double> work = WorkOf(work_size);
  const int lwork = static_cast<int>(work_size);
  lapack(copy.data(), result->u.data(), vt.data(), work.data(), &lwork, &info);
  result->v = vt.transpose();
  return info == 0;
}

bool SingularByDivideAndConquer(const Matrix& a, ThinSvd* result) {
  const int m = static_cast<int>(a.rows());
  const int n = static_cast<int>(a.cols());
  const int k = std::min(m, n);
  std::vector<int> iwork(8 * static_cast<std::size_t>(k));
  const auto lapack = [&](double* copy, double* u, double* vt, double* work, const int* lwork,
                          int* info) {
    dgesdd_("S", &m, &n, copy, &m, result->singular.data(), u, &m, vt, &k, work, lwork,
            iwork.data(), info);
  };
  return ThinSingular(a, result, lapack);
}

bool SingularByQr(const Matrix& a, ThinSvd* result) {
  const int m = static_cast<int>(a.rows());
  const int n = static_cast<int>(a.cols());
  const int k = std::min(m, n);
  const auto lapack = [&](double* copy, double* u, double* vt, double* work, const int* lwork,
                          int* info) {
    dgesvd_("S", "S", &m, &n, copy, &m, result->singular.data(), u, &m, vt, &k, work, lwork, info);
  };
  return ThinSingular(a, result, lapack);
}

}  // namespace

std::vector<SymmetricStage> SymmetricStages() {
  return {EigenByDivideAndConquer, EigenByQr, JacobiSymmetric};
}

std::vector<SingularStage> SingularStages() {
  return {SingularByDivideAndConquer, SingularByQr, RefinedGramSingular};
}

void AddOuterProduct(const Eigen::Ref<const Matrix>& a, Matrix* gram) {
  const int p = Size(a.rows());
  const int m = static_cast<int>(a.cols());
  const int lda = static_cast<int>(a.outerStride());
  const double one = 1.0;
  if (p > 0 && m > 0) dsyrk_("L", "N", &p, &m, &one, a.data(), &lda, &one, gram->data(), &p);
}

void AddLowerProducts(const Eigen::Ref<const Matrix>& a, Eigen::Ref<Matrix> out) {
  const int columns = Size(out.cols());
  const int m = static_cast<int>(a.rows());
  if (columns == 0 || m == 0) return;
  const int lda = static_cast<int>(a.outerStride());
  const int ldc = static_cast<int>(out.outerStride());
  const double one = 1.0;
  dsyrk_("L", "T", &columns, &m, &one, a.data(), &lda, &one, out.data(), &ldc);
  const Eigen::Index below = out.rows() - out.cols();
  if (below > 0)
    out.bottomRows(below).noalias() += a.rightCols(below).transpose() * a.leftCols(columns);
}

bool CholeskyInPlace(Matrix* a) {
  const int n = Size(a->rows());
  int info = 0;
  if (n > 0) dpotrf_("L", &n, a->data(), &n, &info);
  return info == 0 && a->diagonal().allFinite();
}

void CholeskySolve(const Eigen::Ref<const Matrix>& factor, Eigen::Ref<Vector> x) {
  const int n = Size(factor.rows());
  const int stride = Size(factor.outerStride());
  const int one = 1;
  if (n == 0) return;
  dtrsv_("L", "N", "N", &n, factor.data(), &stride, x.data(), &one);
  dtrsv_("L", "T", "N", &n, factor.data(), &stride, x.data(), &one);
}

Matrix InvertLower(Matrix lower) {
  const int n = Size(lower.rows());
  int info = 0;
  if (n > 0) dtrtri_("L", "N", &n, lower.data(), &n, &info);
  HALFLIFE_CHECK(info == 0);
  lower.triangularView<Eigen::StrictlyUpper>().setZero();
  return lower;
}

}  // namespace halflife
