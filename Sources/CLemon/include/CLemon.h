// Flows in networks with LEMON, as plain C functions.

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

// A minimum-cost assignment by the network simplex.
//
// Every row i sends needs[i], and what its parent passes on to it, to different judges; a parent is a row before it, or -1. Every judge
// j gets between least[j] and most[j] besides the load[j] that they have. Pair p is row[p] with judge[p] at cost[p], which must not be
// negative. Of all such assignments one of the smallest cost is found: the costs of its pairs, plus load_cost times the sum over judges
// of the square of their loads, which evens loads out.
//
// On lemon_found, chosen[p] is 1 for the pairs of the assignment and 0 for the others; otherwise chosen is not touched. lemon_failed:
// the memory was not enough. Costs times the number of nodes must stay below 2^62.
lemon_outcome lemon_assignment(
    ptrdiff_t row_count, const int32_t *needs, const int32_t *parent, ptrdiff_t judge_count, const int32_t *least, const int32_t *most,
    const int32_t *load, ptrdiff_t pair_count, const int32_t *row, const int32_t *judge, const int64_t *cost, int64_t load_cost,
    uint8_t *chosen) CLEMON_NOEXCEPT;

// The smallest cut of a network in which node i has a supply[i] and takes up to room[i], and arc a carries up to capacity[a] from tail[a]
// to head[a], by preflow-push.
//
// lemon_found: the whole supply finds room. lemon_infeasible: it does not, and reached[i] is 1 for the nodes that could send more and
// 0 for the others: of all smallest cuts the one with the fewest nodes.
lemon_outcome lemon_cut(
    ptrdiff_t node_count, const int32_t *supply, const int32_t *room, ptrdiff_t arc_count, const int32_t *tail, const int32_t *head,
    const int32_t *capacity, uint8_t *reached) CLEMON_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
