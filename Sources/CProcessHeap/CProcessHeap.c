// In C because Swift's Glibc module lacks <malloc.h>.
#include "CProcessHeap.h"

#include <limits.h>

#if defined(__GLIBC__)
#include <malloc.h>

void evenhand_keep_heap(void) {
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    // The heap grows by steps of this size: address space, not memory, which comes page by page as it is written to.
    mallopt(M_TOP_PAD, 16 << 20);
}
#else
void evenhand_keep_heap(void) {}
#endif
