// Minimum-cost assignment with LEMON's network simplex, as a plain C function.
//
// Every entry i gets needs[i] different judges, every judge j between least[j] and most[j] entries besides the load[j] that they
// have, all from the pairs that are offered. Of all such assignments one of the smallest cost is found: the costs of its pairs, plus
// load_cost times the sum over judges of the square of their loads, which evens loads out.

#ifndef CLEMON_H
#define CLEMON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define CLEMON_NOEXCEPT noexcept
extern "C" {
#else
#define CLEMON_NOEXCEPT
#endif

typedef enum { lemon_found = 0, lemon_infeasible = 1, lemon_failed = 2 } lemon_outcome;

// Pair p is entry[p] with judge[p] at cost[p], which must not be negative. On lemon_found, chosen[p] is 1 for the pairs of the
// assignment and 0 for the others; otherwise chosen is not touched. lemon_failed: the memory was not enough. Costs times the number
// of nodes must stay below 2^62.
lemon_outcome lemon_assignment(
    ptrdiff_t entry_count, const int32_t *needs, ptrdiff_t judge_count, const int32_t *least, const int32_t *most,
    const int32_t *load, ptrdiff_t pair_count, const int32_t *entry, const int32_t *judge, const int64_t *cost, int64_t load_cost,
    uint8_t *chosen) CLEMON_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
