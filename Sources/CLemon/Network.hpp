#ifndef NETWORK_HPP
#define NETWORK_HPP

#include "CLemon.h"

// Of LEMON only templates are used: nothing has to be linked.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#include <lemon/static_graph.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

// Arcs with capacities that may be added in any order; a static graph wants them in the order of their tails.
class Network {
public:
    using Graph = lemon::StaticDigraph;
    Graph graph;

    void add(int tail, int head, int64_t capacity) {
        ends_.emplace_back(tail, head);
        capacity_.push_back(capacity);
    }

    size_t size() const { return ends_.size(); }

    void build(int node_count) {
        std::vector<size_t> order(ends_.size());
        std::iota(order.begin(), order.end(), size_t(0));
        std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return ends_[a].first < ends_[b].first; });
        std::vector<std::pair<int, int>> sorted;
        sorted.reserve(order.size());
        position_.resize(order.size());
        for (const size_t arc : order) {
            position_[arc] = int(sorted.size());
            sorted.push_back(ends_[arc]);
        }
        graph.build(node_count, sorted.begin(), sorted.end());
    }

    // The arc that was added as number `index`.
    Graph::Arc arc(size_t index) const { return graph.arc(position_[index]); }

    const Graph::ArcMap<int64_t> &capacities() {
        if (!capacities_) {
            capacities_ = std::make_unique<Graph::ArcMap<int64_t>>(graph);
            for (size_t a = 0; a < size(); ++a) (*capacities_)[arc(a)] = capacity_[a];
        }
        return *capacities_;
    }

private:
    std::vector<std::pair<int, int>> ends_;
    std::vector<int64_t> capacity_;
    std::vector<int> position_;
    std::unique_ptr<Graph::ArcMap<int64_t>> capacities_;
};

#endif
