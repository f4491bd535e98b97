#include "Network.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#include <lemon/network_simplex.h>
#pragma GCC diagnostic pop

#include <exception>

namespace {

using Simplex = lemon::NetworkSimplex<Network::Graph, int64_t, int64_t>;

struct Problem {
    ptrdiff_t row_count;
    const int32_t *needs, *parent;
    ptrdiff_t judge_count;
    const int32_t *least, *most, *load;
    const int32_t *row, *judge;
    const int64_t *cost;
    int64_t load_cost;
};

// An assignment by the pairs named. On success `chosen` is set for all of them, and `potentials` for rows and judges.
bool solve(const Problem &p, const std::vector<int32_t> &pairs, uint8_t *chosen, std::vector<int64_t> &potentials) {
    const int sink = int(p.row_count + p.judge_count);
    int64_t total = 0;
    for (ptrdiff_t i = 0; i < p.row_count; ++i) total += p.needs[i];

    Network network;
    std::vector<int64_t> lower, price;
    auto add = [&](int tail, int head, int64_t least, int64_t most, int64_t cost) {
        network.add(tail, head, most);
        lower.push_back(least);
        price.push_back(cost);
    };
    for (const int32_t pair : pairs) add(p.row[pair], int(p.row_count) + p.judge[pair], 0, 1, p.cost[pair]);
    for (ptrdiff_t i = 0; i < p.row_count; ++i) {
        if (p.parent[i] >= 0) add(p.parent[i], int(i), 0, total, 0);
    }
    for (ptrdiff_t j = 0; j < p.judge_count; ++j) {
        const int node = int(p.row_count + j);
        if (p.least[j] > 0) add(node, sink, p.least[j], p.least[j], 0);
        // n² is the sum of the odd numbers up to 2n − 1.
        for (int64_t n = p.least[j]; n < p.most[j]; ++n) add(node, sink, 0, 1, p.load_cost * (2 * (p.load[j] + n) + 1));
    }
    network.build(sink + 1);

    Network::Graph &graph = network.graph;
    Network::Graph::ArcMap<int64_t> lowers(graph), prices(graph);
    for (size_t a = 0; a < network.size(); ++a) {
        lowers[network.arc(a)] = lower[a];
        prices[network.arc(a)] = price[a];
    }
    Network::Graph::NodeMap<int64_t> supply(graph, 0);
    for (ptrdiff_t i = 0; i < p.row_count; ++i) supply[graph.node(int(i))] = p.needs[i];
    supply[graph.node(sink)] = -total;

    Simplex simplex(graph);
    simplex.lowerMap(lowers).upperMap(network.capacities()).costMap(prices).supplyMap(supply);
    if (simplex.run() != Simplex::OPTIMAL) return false;
    for (size_t i = 0; i < pairs.size(); ++i) chosen[pairs[i]] = simplex.flow(network.arc(i)) > 0 ? 1 : 0;
    for (int node = 0; node < sink; ++node) potentials[node] = simplex.potential(graph.node(node));
    return true;
}

// The cheapest pairs of each row, so many more than it needs at most.
std::vector<int32_t> cheapest(const Problem &p, ptrdiff_t pair_count, ptrdiff_t margin) {
    std::vector<std::vector<int32_t>> of_row(p.row_count);
    for (ptrdiff_t pair = 0; pair < pair_count; ++pair) of_row[p.row[pair]].push_back(int32_t(pair));
    std::vector<int32_t> kept;
    for (ptrdiff_t i = 0; i < p.row_count; ++i) {
        auto &own = of_row[i];
        const ptrdiff_t passed = p.parent[i] >= 0 ? p.needs[p.parent[i]] : 0;
        const size_t count = size_t(p.needs[i] + passed + margin);
        if (count < own.size()) {
            auto precedes = [&](int32_t a, int32_t b) { return std::make_pair(p.cost[a], a) < std::make_pair(p.cost[b], b); };
            std::nth_element(own.begin(), own.begin() + ptrdiff_t(count), own.end(), precedes);
            own.resize(count);
        }
        kept.insert(kept.end(), own.begin(), own.end());
    }
    return kept;
}

} // namespace

// Most pairs of a large contest are never worth a look: the network begins with the cheapest pairs of each row, and takes in those that
// the potentials of its optimum call too dear to leave out, until there are none. That is the optimum of all pairs.
lemon_outcome lemon_assignment(
    ptrdiff_t row_count, const int32_t *needs, const int32_t *parent, ptrdiff_t judge_count, const int32_t *least, const int32_t *most,
    const int32_t *load, ptrdiff_t pair_count, const int32_t *row, const int32_t *judge, const int64_t *cost, int64_t load_cost,
    uint8_t *chosen) noexcept try {
    for (ptrdiff_t j = 0; j < judge_count; ++j) {
        if (least[j] > most[j]) return lemon_infeasible;
    }
    const Problem problem{row_count, needs, parent, judge_count, least, most, load, row, judge, cost, load_cost};
    std::vector<int64_t> potentials(size_t(row_count + judge_count));
    std::vector<uint8_t> found(size_t(pair_count), 0);
    ptrdiff_t margin = 16;
    std::vector<int32_t> pairs = cheapest(problem, pair_count, margin);
    while (true) {
        if (!solve(problem, pairs, found.data(), potentials)) {
            if (ptrdiff_t(pairs.size()) == pair_count) return lemon_infeasible;
            margin *= 8;
            pairs = cheapest(problem, pair_count, margin);
            continue;
        }
        std::vector<uint8_t> is_in(size_t(pair_count), 0);
        for (const int32_t pair : pairs) is_in[size_t(pair)] = 1;
        const size_t before = pairs.size();
        for (ptrdiff_t pair = 0; pair < pair_count; ++pair) {
            if (!is_in[size_t(pair)] && cost[pair] + potentials[size_t(row[pair])] - potentials[size_t(row_count + judge[pair])] < 0) {
                pairs.push_back(int32_t(pair));
            }
        }
        if (pairs.size() == before) break;
    }
    std::copy(found.begin(), found.end(), chosen);
    return lemon_found;
} catch (const std::exception &) {
    return lemon_failed;
}
