#include "CLemon.h"

// Of LEMON only templates are used: nothing has to be linked.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <exception>
#include <numeric>
#include <utility>
#include <vector>

namespace {

using Graph = lemon::StaticDigraph;
using Simplex = lemon::NetworkSimplex<Graph, int64_t, int64_t>;

// Arcs in the order of their tails, as a static graph wants them: entry → judge for each pair, then judge → sink, once for the
// least load and once more for every entry above it.
struct Network {
    std::vector<std::pair<int, int>> ends;
    std::vector<int64_t> lower, upper, cost;
    // The arc of each pair.
    std::vector<size_t> arc_of_pair;

    void add(int tail, int head, int64_t least, int64_t most, int64_t price) {
        ends.emplace_back(tail, head);
        lower.push_back(least);
        upper.push_back(most);
        cost.push_back(price);
    }
};

} // namespace

lemon_outcome lemon_assignment(
    ptrdiff_t entry_count, const int32_t *needs, ptrdiff_t judge_count, const int32_t *least, const int32_t *most,
    const int32_t *load, ptrdiff_t pair_count, const int32_t *entry, const int32_t *judge, const int64_t *cost, int64_t load_cost,
    uint8_t *chosen) noexcept try {
    std::vector<size_t> order(pair_count);
    std::iota(order.begin(), order.end(), size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return entry[a] < entry[b]; });

    Network network;
    network.arc_of_pair.resize(pair_count);
    for (const size_t pair : order) {
        network.arc_of_pair[pair] = network.ends.size();
        network.add(entry[pair], int(entry_count) + judge[pair], 0, 1, cost[pair]);
    }
    const int sink = int(entry_count + judge_count);
    for (ptrdiff_t j = 0; j < judge_count; ++j) {
        const int node = int(entry_count + j);
        if (least[j] > most[j]) return lemon_infeasible;
        if (least[j] > 0) network.add(node, sink, least[j], least[j], 0);
        // n² is the sum of the odd numbers up to 2n − 1.
        for (int64_t n = least[j]; n < most[j]; ++n) network.add(node, sink, 0, 1, load_cost * (2 * (load[j] + n) + 1));
    }

    Graph graph;
    graph.build(sink + 1, network.ends.begin(), network.ends.end());
    Graph::ArcMap<int64_t> lower(graph), upper(graph), price(graph);
    for (int arc = 0; arc < graph.arcNum(); ++arc) {
        lower[graph.arc(arc)] = network.lower[arc];
        upper[graph.arc(arc)] = network.upper[arc];
        price[graph.arc(arc)] = network.cost[arc];
    }
    Graph::NodeMap<int64_t> supply(graph, 0);
    int64_t total = 0;
    for (ptrdiff_t i = 0; i < entry_count; ++i) {
        supply[graph.node(int(i))] = needs[i];
        total += needs[i];
    }
    supply[graph.node(sink)] = -total;

    Simplex simplex(graph);
    simplex.lowerMap(lower).upperMap(upper).costMap(price).supplyMap(supply);
    if (simplex.run() != Simplex::OPTIMAL) return lemon_infeasible;
    for (ptrdiff_t pair = 0; pair < pair_count; ++pair) {
        chosen[pair] = simplex.flow(graph.arc(int(network.arc_of_pair[pair]))) > 0 ? 1 : 0;
    }
    return lemon_found;
} catch (const std::exception &) {
    return lemon_failed;
}
