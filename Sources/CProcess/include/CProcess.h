#ifndef EVENHAND_PROCESS_H
#define EVENHAND_PROCESS_H

#include <stddef.h>

/// Lets memory that one step of the process frees be taken by the next one as it is; called before there are threads.
///
/// By default glibc takes every large block from the system, which has to clear its pages, and gives it back when it is freed: a sixth
/// of the time at ten million scores. Here all threads share one heap that keeps what it has.
void evenhand_keep_heap(void);

/// Asks for large pages under the next `size` bytes of that heap: far fewer faults and address look-ups for work on that much.
void evenhand_expect_heap(size_t size);

/// Chooses how OpenBLAS will run, unless the environment says so already; called before there are threads and before it is opened.
///
/// It starts no threads of its own, each of which would spin for a while before it sleeps. And on AMD processors with 512-bit vectors it uses them: OpenBLAS 0.3.21
/// knows none newer than Zen 3, and takes them for processors without.
void evenhand_choose_blas(void);

#endif
