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
/// It starts no threads of its own, each of which would spin for a while before it sleeps. And it uses the widest vectors that the processor
/// has: OpenBLAS 0.3.21 goes by the names of processors, and takes those that came after it for ones of twenty years ago, or without
/// vectors of 512 bits.
void evenhand_choose_blas(void);

#endif
