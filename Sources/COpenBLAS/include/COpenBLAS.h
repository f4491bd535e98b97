// OpenBLAS, opened at its first use rather than at the start of the process: loading it (and
// libgfortran, and its thread pool) takes longer than everything else a small command does, and a
// linker cannot leave it out, because -static-stdlib exports every public function and so keeps
// every call alive.
//
// The table holds the routines that are called, and no others. LAPACK has no C header in Debian's
// package (no LAPACKE), so its types are written out: gfortran passes the length of every CHARACTER
// argument as a size_t after the last visible one; left out, the callee reads garbage.

#ifndef COPENBLAS_H
#define COPENBLAS_H

#include <cblas.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct __attribute__((swift_attr("@Sendable"))) OpenBLAS {
    void (*set_num_threads)(int count);

    __typeof__(cblas_dgemm) *dgemm;
    __typeof__(cblas_dgemv) *dgemv;
    __typeof__(cblas_dsymv) *dsymv;
    __typeof__(cblas_dsyrk) *dsyrk;
    __typeof__(cblas_dtrsm) *dtrsm;

    void (*dpotrf)(
        const char *uplo, const int *n, double *a, const int *lda, int *info, size_t uplo_length);
    void (*dpotrs)(
        const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda,
        double *b, const int *ldb, int *info, size_t uplo_length);
    void (*dpotri)(
        const char *uplo, const int *n, double *a, const int *lda, int *info, size_t uplo_length);
    void (*dsyevd)(
        const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
        double *work, const int *lwork, int *iwork, const int *liwork, int *info,
        size_t jobz_length, size_t uplo_length);
};

/// Whether libopenblas.so.0 can be opened; asked before the first use, by those who can say so otherwise.
int openblas_is_there(void);

/// Opens libopenblas.so.0 and finds every routine of the table. If one is missing, says so on
/// standard error and ends the process with status 127, as the dynamic loader does.
struct OpenBLAS openblas_open(void);

#ifdef __cplusplus
}
#endif

#endif
