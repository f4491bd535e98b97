/// The best orders of a part of the field by dynamic programming over subsets.
///
/// `cost[S]` is the least sum of margins overruled when the entries of S come first, in any order. Appending i overrules the margins of the
/// rest over i. A subset that already costs more than an order found by local search is left out, and so most of them are.
struct SubsetSearch {
    /// The best order that comes first by Borda's count.
    let best: [Int]
    /// How many orders cost as little.
    let optimumCount: Int

    init(_ profile: PreferenceProfile, _ part: [Int]) {
        let entries = part.sorted { (profile.bordaShares[$0], $1) > (profile.bordaShares[$1], $0) }
        guard entries.count > 1 else {
            (best, optimumCount) = (entries, 1)
            return
        }
        let losses = Losses(profile, entries)
        let table = CostTable(losses, limit: losses.cost(of: losses.improved(Array(entries.indices))))
        best = table.firstOrder(losses).map { entries[$0] }
        optimumCount = table.optimumCount(losses)
    }
}

/// What it costs to put an entry before others: the margins that these have over it.
private struct Losses {
    let size: Int
    /// `over[i · n + j]`: by how many judges, twice, j is preferred to i; 0 when i is.
    let over: [Int]
    /// Sums over the subsets of the first 12 entries, and of the others, for each entry.
    private let low: [[Int32]]
    private let high: [[Int32]]

    private static let half = 12

    init(_ profile: PreferenceProfile, _ entries: [Int]) {
        let size = entries.count
        var over = [Int](repeating: 0, count: size * size)
        for i in 0..<size {
            for j in 0..<size where i != j { over[i * size + j] = max(0, profile.doubledMargin(entries[j], entries[i])) }
        }
        func sums(_ i: Int, _ members: Range<Int>) -> [Int32] {
            var sums: [Int32] = [0]
            for j in members { sums += sums.map { $0 + Int32(over[i * size + j]) } }
            return sums
        }
        let cut = min(size, Losses.half)
        (self.size, self.over) = (size, over)
        low = (0..<size).map { sums($0, 0..<cut) }
        high = (0..<size).map { sums($0, cut..<size) }
    }

    /// What entry i costs before the entries of a set.
    @inline(__always)
    func cost(of i: Int, before set: Int) -> Int {
        Int(low[i][set & (1 << Losses.half - 1)]) + Int(high[i][set >> Losses.half])
    }

    func cost(of order: [Int]) -> Int {
        var (sum, rest) = (0, 1 << size - 1)
        for i in order {
            rest &= ~(1 << i)
            sum += cost(of: i, before: rest)
        }
        return sum
    }

    /// The order after moving entries to where they cost less, as long as that helps.
    func improved(_ order: [Int]) -> [Int] {
        var order = order
        var isBetter = true
        while isBetter {
            isBetter = false
            for position in order.indices {
                let moved = order[position]
                var (change, best) = (0, (change: 0, position: position))
                for target in stride(from: position - 1, through: 0, by: -1) {
                    change += over[moved * size + order[target]] - over[order[target] * size + moved]
                    if change < best.change { best = (change, target) }
                }
                change = 0
                for target in stride(from: position + 1, to: size, by: 1) {
                    change += over[order[target] * size + moved] - over[moved * size + order[target]]
                    if change < best.change { best = (change, target) }
                }
                guard best.change < 0 else { continue }
                order.remove(at: position)
                order.insert(moved, at: best.position)
                isBetter = true
            }
        }
        return order
    }
}

/// The least cost of each subset that costs no more than a limit.
private struct CostTable {
    private let costs: [UInt32]
    private static let none = UInt32.max

    init(_ losses: Losses, limit: Int) {
        let (size, full) = (losses.size, 1 << losses.size - 1)
        costs = [UInt32](unsafeUninitializedCapacity: full + 1) { costs, initialized in
            costs.initialize(repeating: CostTable.none)
            costs[0] = 0
            for set in 0..<full where costs[set] != CostTable.none {
                let sum = Int(costs[set])
                var rest = full & ~set
                for _ in 0..<size where rest != 0 {
                    let i = rest.trailingZeroBitCount
                    rest &= rest - 1
                    let next = set | 1 << i
                    let cost = sum + losses.cost(of: i, before: full & ~next)
                    if cost <= limit, cost < Int(costs[next]) { costs[next] = UInt32(truncatingIfNeeded: cost) }
                }
            }
            initialized = full + 1
        }
    }

    /// The last entries that a best order of a set can end with.
    private func lasts(_ set: Int, _ losses: Losses) -> [Int] {
        let full = 1 << losses.size - 1
        return (0..<losses.size).filter { i in
            guard set & 1 << i != 0, costs[set & ~(1 << i)] != CostTable.none else { return false }
            return Int(costs[set & ~(1 << i)]) + losses.cost(of: i, before: full & ~set) == Int(costs[set])
        }
    }

    /// The best order that is lexicographically first.
    func firstOrder(_ losses: Losses) -> [Int] {
        let full = 1 << losses.size - 1
        // The subsets that lie on a best order, found from the end; then the way through them from the start.
        var onBest: Set<Int> = [full]
        var front: Set<Int> = [full]
        while let size = front.first?.nonzeroBitCount, size > 0 {
            front = Set(front.flatMap { set in lasts(set, losses).map { set & ~(1 << $0) } })
            onBest.formUnion(front)
        }
        var (order, set) = ([Int](), 0)
        while set != full {
            let next = (0..<losses.size).first { i in
                guard set & 1 << i == 0, onBest.contains(set | 1 << i) else { return false }
                return Int(costs[set]) + losses.cost(of: i, before: full & ~(set | 1 << i)) == Int(costs[set | 1 << i])
            }
            guard let next else { return order }
            order.append(next)
            set |= 1 << next
        }
        return order
    }

    /// The number of best orders, at most `KemenyOrder.mostOptima`.
    func optimumCount(_ losses: Losses) -> Int {
        var counts: [Int: Int] = [1 << losses.size - 1: 1]
        for _ in 0..<losses.size {
            var before: [Int: Int] = [:]
            for (set, count) in counts {
                for last in lasts(set, losses) {
                    before[set & ~(1 << last)] = min(KemenyOrder.mostOptima, before[set & ~(1 << last), default: 0] + count)
                }
            }
            counts = before
        }
        return counts[0] ?? 1
    }
}
