#include "Network.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#include <lemon/preflow.h>
#pragma GCC diagnostic pop

#include <exception>

lemon_outcome lemon_cut(
    ptrdiff_t node_count, const int32_t *supply, const int32_t *room, ptrdiff_t arc_count, const int32_t *tail, const int32_t *head,
    const int32_t *capacity, uint8_t *reached) noexcept try {
    const int source = int(node_count), sink = source + 1;
    Network network;
    for (ptrdiff_t a = 0; a < arc_count; ++a) network.add(tail[a], head[a], capacity[a]);
    int64_t total = 0;
    for (int i = 0; i < source; ++i) {
        if (supply[i] > 0) network.add(source, i, supply[i]);
        if (room[i] > 0) network.add(i, sink, room[i]);
        total += supply[i];
    }
    network.build(sink + 1);

    using Graph = Network::Graph;
    Graph &graph = network.graph;
    const Graph::ArcMap<int64_t> &capacities = network.capacities();
    lemon::Preflow<Graph, Graph::ArcMap<int64_t>> preflow(graph, capacities, graph.node(source), graph.node(sink));
    preflow.init();
    preflow.startFirstPhase();
    if (preflow.flowValue() == total) return lemon_found;
    // The second phase makes a flow of the preflow; what can still be reached from the source is the smallest side of a cut.
    preflow.startSecondPhase();
    std::vector<uint8_t> seen(sink + 1, 0);
    std::vector<int> queue{source};
    seen[source] = 1;
    auto visit = [&](Graph::Node node) {
        if (seen[graph.id(node)]) return;
        seen[graph.id(node)] = 1;
        queue.push_back(graph.id(node));
    };
    while (!queue.empty()) {
        const Graph::Node node = graph.node(queue.back());
        queue.pop_back();
        for (Graph::OutArcIt arc(graph, node); arc != lemon::INVALID; ++arc) {
            if (preflow.flow(arc) < capacities[arc]) visit(graph.target(arc));
        }
        for (Graph::InArcIt arc(graph, node); arc != lemon::INVALID; ++arc) {
            if (preflow.flow(arc) > 0) visit(graph.source(arc));
        }
    }
    std::copy(seen.begin(), seen.begin() + node_count, reached);
    return lemon_infeasible;
} catch (const std::exception &) {
    return lemon_failed;
}
