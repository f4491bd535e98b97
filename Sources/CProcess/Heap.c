// In C because Swift's Glibc module lacks <malloc.h>.
#include "CProcess.h"

#include <limits.h>

#if defined(__GLIBC__)
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

void evenhand_keep_heap(void) {
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    // The heap grows by steps of this size: address space, not memory, which comes page by page as it is written to.
    mallopt(M_TOP_PAD, 16 << 20);
}

void evenhand_expect_heap(size_t size) {
    const uintptr_t page = (uintptr_t)1 << 21;
    // Nothing is written to the block, so it costs address space only; once it is free, the heap cuts its next blocks from it.
    void *const block = malloc(size);
    if (!block) return;
    const uintptr_t first = ((uintptr_t)block + page - 1) & ~(page - 1), last = ((uintptr_t)block + size) & ~(page - 1);
    if (last > first) madvise((void *)first, last - first, MADV_HUGEPAGE);
    free(block);
}
#else
void evenhand_keep_heap(void) {}
void evenhand_expect_heap(size_t size) { (void)size; }
#endif
