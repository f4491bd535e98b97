/// What the parts of a design are connected by alone: judges, entries and single scores without which some judges could no longer be
/// compared with others.
///
/// In the graph whose nodes are judges and entries and whose edges are scores, these are the cut nodes with judges on both sides, and the
/// bridges with judges at both ends (Tarjan 1972; Hopcroft and Tarjan 1973). Found in one walk, in time in proportion to the scores.
public struct PanelLinks: Sendable, Equatable {
    /// A score of which nothing else joins the two sides.
    public struct Score: Sendable, Hashable {
        /// The index of the entry.
        public let entry: Int
        /// The index of the judge.
        public let judge: Int
    }

    /// The judges that alone connect other judges, in canonical order.
    public let judges: [Int]
    /// The entries that alone connect judges, in canonical order.
    public let entries: [Int]
    /// The single scores that alone connect judges, in the order of entries and judges.
    public let scores: [Score]

    /// The links of a sheet of totals.
    public init(of sheet: ScoreSheet) {
        var walk = CutWalk(ScoreGraph(of: sheet))
        for judge in sheet.judges.indices { walk.visit(from: judge) }
        let judgeCount = sheet.judges.count
        judges = walk.cuts.filter { $0 < judgeCount }.sorted()
        entries = walk.cuts.filter { $0 >= judgeCount }.map { $0 - judgeCount }.sorted()
        scores = walk.bridges.map { Score(entry: max($0, $1) - judgeCount, judge: min($0, $1)) }
            .sorted { ($0.entry, $0.judge) < ($1.entry, $1.judge) }
    }
}

/// Judges (first) and entries as nodes, and for each the nodes that share a score with it.
private struct ScoreGraph {
    let judgeCount: Int
    let neighbours: [[Int32]]
    /// The pairs of judge and entry with more than one score.
    let repeated: Set<PanelLinks.Score>

    init(of sheet: ScoreSheet) {
        judgeCount = sheet.judges.count
        var neighbours = [[Int32]](repeating: [], count: judgeCount + sheet.entries.count)
        var repeated: Set<PanelLinks.Score> = []
        for performance in sheet.performances {
            let entry = Int(performance.entry)
            for row in performance.rows { neighbours[judgeCount + entry].append(sheet.judgeCodes[row]) }
        }
        for entry in sheet.entries.indices {
            let judges = neighbours[judgeCount + entry].sorted()
            var distinct: [Int32] = []
            for judge in judges {
                if distinct.last == judge {
                    repeated.insert(PanelLinks.Score(entry: entry, judge: Int(judge)))
                } else {
                    distinct.append(judge)
                    neighbours[Int(judge)].append(Int32(judgeCount + entry))
                }
            }
            neighbours[judgeCount + entry] = distinct
        }
        (self.neighbours, self.repeated) = (neighbours, repeated)
    }

    /// Whether two neighbours have one score only.
    func isSingle(_ a: Int, _ b: Int) -> Bool {
        repeated.isEmpty || !repeated.contains(PanelLinks.Score(entry: max(a, b) - judgeCount, judge: min(a, b)))
    }
}

/// Depth first through the graph, with a stack of its own: a chain of entries may be longer than the program's.
private struct CutWalk {
    private let graph: ScoreGraph
    private(set) var cuts: [Int] = []
    private(set) var bridges: [(Int, Int)] = []

    private var time: Int32 = 0
    /// When a node was reached, 0 if not yet, and the earliest node that it or those behind it lead back to.
    private var reached: [Int32]
    private var low: [Int32]
    private var parent: [Int32]
    private var next: [Int32]
    /// The judges at a node and behind it.
    private var judgesBehind: [Int32]
    /// Of the parts behind a node that only it connects: how many hold a judge, and how many judges they hold.
    private var parts: [Int32]
    private var judgesInParts: [Int32]

    init(_ graph: ScoreGraph) {
        self.graph = graph
        let zeros = [Int32](repeating: 0, count: graph.neighbours.count)
        (reached, low, parent, next, judgesBehind, parts, judgesInParts) = (zeros, zeros, zeros.map { _ in -1 }, zeros, zeros, zeros, zeros)
    }

    /// Walks through the connected part of a judge, unless that has been done.
    mutating func visit(from root: Int) {
        guard reached[root] == 0 else { return }
        var (stack, found, edges) = ([root], [Int](), [(Int, Int)]())
        enter(root)
        while let node = stack.last {
            if Int(next[node]) < graph.neighbours[node].count {
                let other = Int(graph.neighbours[node][Int(next[node])])
                next[node] += 1
                if reached[other] == 0 {
                    parent[other] = Int32(node)
                    enter(other)
                    stack.append(other)
                } else if other != Int(parent[node]) {
                    low[node] = min(low[node], reached[other])
                }
            } else {
                stack.removeLast()
                found.append(node)
                if let above = stack.last, leave(node, to: above) { edges.append((above, node)) }
            }
        }
        let all = judgesBehind[root]
        for node in found {
            let own: Int32 = node < graph.judgeCount ? 1 : 0
            if parts[node] + (all - judgesInParts[node] - own > 0 ? 1 : 0) >= 2 { cuts.append(node) }
        }
        bridges += edges.filter { judgesBehind[$0.1] > 0 && judgesBehind[$0.1] < all }
    }

    private mutating func enter(_ node: Int) {
        time += 1
        (reached[node], low[node], judgesBehind[node]) = (time, time, node < graph.judgeCount ? 1 : 0)
    }

    /// Whether the edge between a finished node and the one above is a bridge.
    private mutating func leave(_ node: Int, to above: Int) -> Bool {
        low[above] = min(low[above], low[node])
        judgesBehind[above] += judgesBehind[node]
        if low[node] >= reached[above], judgesBehind[node] > 0 {
            parts[above] += 1
            judgesInParts[above] += judgesBehind[node]
        }
        return low[node] > reached[above] && graph.isSingle(above, node)
    }
}
