/// Who beat whom, directly or through others.
///
/// Strengths are finite when every entry won, or tied, against one of the others in each way of dividing the entries into two groups: when
/// the graph with an edge from each loser to its winner, and both ways for a tie, is strongly connected.
///
/// Source: Ford, *Solution of a ranking problem from binary comparisons*, The American Mathematical Monthly 64 (1957), 28–33.
struct BeatenGraph {
    /// For each entry those that lost to it, or tied with it.
    private let beaten: [[Int32]]

    init(entryCount: Int, edges: some Sequence<(winner: Int, loser: Int)>) {
        var beaten = [[Int32]](repeating: [], count: entryCount)
        for (winner, loser) in edges { beaten[winner].append(Int32(loser)) }
        self.beaten = beaten
    }

    /// - Throws: `VoteError.separate` or `VoteError.oneSided` with the groups.
    func requireConnected(_ names: [String], allowsOneSided: Bool = false) throws(VoteError) {
        let groups = groups
        guard groups.count > 1 else { return }
        let separate = BeatenGraph(
            entryCount: beaten.count,
            edges: beaten.enumerated().flatMap { a, others in
                others.flatMap { [(winner: a, loser: Int($0)), (winner: Int($0), loser: a)] }
            }
        ).groups
        func named(_ groups: [[Int]]) -> [[String]] { groups.map { $0.map { names[$0] } } }
        if separate.count > 1 { throw .separate(groups: named(separate.sorted { $0[0] < $1[0] })) }
        if !allowsOneSided { throw .oneSided(groups: named(groups)) }
    }

    /// The strongly connected groups, a group before those that it beat (Tarjan 1972).
    var groups: [[Int]] {
        let count = beaten.count
        var (index, low) = ([Int](repeating: -1, count: count), [Int](repeating: 0, count: count))
        var (isOpen, stack, groups, next) = ([Bool](repeating: false, count: count), [Int](), [[Int]](), 0)
        // A stack of its own in place of recursion: chains may be as long as there are entries.
        var way: [(node: Int, edge: Int)] = []
        for start in 0..<count where index[start] < 0 {
            way = [(start, 0)]
            while let (node, edge) = way.last {
                if edge == 0 {
                    (index[node], low[node], isOpen[node]) = (next, next, true)
                    next += 1
                    stack.append(node)
                }
                if edge < beaten[node].count {
                    way[way.count - 1].edge += 1
                    let other = Int(beaten[node][edge])
                    if index[other] < 0 { way.append((other, 0)) } else if isOpen[other] { low[node] = min(low[node], index[other]) }
                    continue
                }
                way.removeLast()
                if let parent = way.last?.node { low[parent] = min(low[parent], low[node]) }
                guard low[node] == index[node], let first = stack.lastIndex(of: node) else { continue }
                let group = Array(stack[first...])
                for member in group { isOpen[member] = false }
                stack.removeLast(group.count)
                groups.append(group.sorted())
            }
        }
        return groups.reversed()
    }
}

extension PairCounts {
    /// Who beat whom in these votes.
    var graph: BeatenGraph {
        BeatenGraph(
            entryCount: entryCount,
            edges: cells.lazy.flatMap { cell in
                (cell.firstWins + cell.ties > 0 ? [(winner: cell.first, loser: cell.second)] : [])
                    + (cell.secondWins + cell.ties > 0 ? [(winner: cell.second, loser: cell.first)] : [])
            })
    }
}
