/// When each judge sees each entry, such that no entry is early, or late, with all its judges.
///
/// Judges with the same entries share a Williams design: with as many judges as entries (twice as many of an odd number) every entry
/// comes once at each position and once directly after each other one. Its rows are 0, 1, n − 1, 2, n − 2, … plus a shift, modulo n; each
/// is followed by its reverse, so that two judges are balanced already. Entries are numbered by lot. For all other judges the order is
/// drawn, and what was late with the judges before comes early.
///
/// Source: Williams, *Experimental designs balanced for the estimation of residual effects of treatments*, Australian Journal of Scientific
/// Research A 2 (1949), 149–168.
struct PresentationOrders {
    /// For each entry, in the order of its panel, when the judge sees it, from 1.
    private(set) var orders: [[Int]]
    private let panels: [[Int]]
    /// How much later than in the middle each entry was, added up over judges, in parts of their lists.
    private var lateness: [Double]
    private var stream: RandomStream

    init(of panels: [[Int]], judgeCount: Int, seed: UInt64) {
        self.panels = panels
        orders = panels.map { $0.map { _ in 0 } }
        lateness = Array(repeating: 0, count: panels.count)
        stream = RandomStream(seed: seed, stream: PlanStream.orders.rawValue)
        var entries = [[Int]](repeating: [], count: judgeCount)
        for (entry, panel) in panels.enumerated() { for judge in panel { entries[judge].append(entry) } }
        let groups = Dictionary(grouping: 0..<judgeCount) { entries[$0] }
        for judge in 0..<judgeCount where !entries[judge].isEmpty {
            guard let group = groups[entries[judge]], group.count > 1 else {
                take(balanced(entries[judge]), judge)
                continue
            }
            if judge != group[0] { continue }
            for (member, row) in zip(group, williams(entries[judge], rows: group.count)) { take(row, member) }
        }
    }

    /// Drawn, then those that were late first.
    private mutating func balanced(_ entries: [Int]) -> [Int] {
        let drawn = stream.shuffled(entries)
        return drawn.indices.sorted { (-lateness[drawn[$0]], $0) < (-lateness[drawn[$1]], $1) }.map { drawn[$0] }
    }

    /// So many rows of a Williams design, from its first again when it has fewer.
    private mutating func williams(_ entries: [Int], rows: Int) -> [[Int]] {
        let (count, names) = (entries.count, stream.shuffled(entries))
        // Of an even number half of the rows are the reverses of the others. In this order nobody is first twice before all have been.
        let shifts = count % 2 == 0 ? count / 2 : count
        return (0..<rows).map { row in
            let shift = row / 2 % max(shifts, 1)
            let order = (0..<count).map { names[(($0 % 2 == 1 ? ($0 + 1) / 2 : count - $0 / 2) + shift) % count] }
            return row % 2 == 0 ? order : order.reversed()
        }
    }

    private mutating func take(_ order: [Int], _ judge: Int) {
        for (position, entry) in order.enumerated() {
            lateness[entry] += (Double(position) + 0.5) / Double(order.count) - 0.5
            if let seat = panels[entry].firstIndex(of: judge) { orders[entry][seat] = position + 1 }
        }
    }
}
