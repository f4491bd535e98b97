#include "COpenBLAS.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static void *required(void *found) {
    if (found) return found;
    fprintf(stderr, "error while loading OpenBLAS (Debian package libopenblas0): %s\n", dlerror());
    exit(127);
}

// POSIX lets an object pointer stand for a function pointer in dlsym's answer, ISO C has no cast for it.
#define FIND(routine, symbol) (*(void **)&blas.routine = required(dlsym(library, symbol)))

static const char *const name = "libopenblas.so.0";

int openblas_is_there(void) { return dlopen(name, RTLD_NOW | RTLD_LOCAL) != NULL; }

struct OpenBLAS openblas_open(void) {
    struct OpenBLAS blas;
    void *library = required(dlopen(name, RTLD_NOW | RTLD_LOCAL));
    FIND(set_num_threads, "openblas_set_num_threads");
    FIND(dgemm, "cblas_dgemm");
    FIND(dgemv, "cblas_dgemv");
    FIND(dsymv, "cblas_dsymv");
    FIND(dsyrk, "cblas_dsyrk");
    FIND(dtrsm, "cblas_dtrsm");
    FIND(dpotrf, "dpotrf_");
    FIND(dpotrs, "dpotrs_");
    FIND(dpotri, "dpotri_");
    FIND(dsyevd, "dsyevd_");
    return blas;
}
