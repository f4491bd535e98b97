import Testing

@testable import Evenhand

@Suite struct PresentationOrdersTests {
    /// For each judge the entries in their order.
    private func lists(_ panels: [[Int]], judgeCount: Int, seed: UInt64 = 1) -> [[Int]] {
        let orders = PresentationOrders(of: panels, judgeCount: judgeCount, seed: seed).orders
        return (0..<judgeCount).map { judge in
            let seats = panels.indices.compactMap { entry in
                panels[entry].firstIndex(of: judge).map { (entry: entry, order: orders[entry][$0]) }
            }
            #expect(seats.map(\.order).sorted() == Array(1...max(seats.count, 1)).prefix(seats.count).map { $0 })
            return seats.sorted { $0.order < $1.order }.map(\.entry)
        }
    }

    /// Williams (1949): n rows of an even number n, 2n of an odd one, in which each entry is equally often at each position and directly
    /// after each other one.
    @Test(arguments: [(4, 4, 1), (6, 6, 1), (6, 12, 2), (5, 10, 2), (7, 14, 2)])
    func `judges of the same entries see each entry equally often at each position and after each other one`(
        entries: Int, judges: Int, times: Int
    ) {
        let lists = lists(Array(repeating: Array(0..<judges), count: entries), judgeCount: judges)
        for position in 0..<entries {
            let counts = Dictionary(grouping: lists) { $0[position] }.mapValues(\.count)
            #expect(counts.count == entries && counts.values.allSatisfy { $0 == judges / entries }, "position \(position): \(counts)")
        }
        let neighbours = lists.flatMap { zip($0, $0.dropFirst()).map { [$0, $1] } }
        let counts = Dictionary(grouping: neighbours) { $0 }.mapValues(\.count)
        #expect(counts.count == entries * (entries - 1) && Set(counts.values) == [judges / entries])
        #expect(times == judges / entries)
    }

    @Test(arguments: [2, 4, 6]) func `an even number of judges of the same entries puts every entry in the middle on average`(judges: Int) {
        let lists = lists(Array(repeating: Array(0..<judges), count: 9), judgeCount: judges)
        for entry in 0..<9 {
            let positions = lists.compactMap { $0.firstIndex(of: entry) }
            #expect(positions.reduce(0, +) * 2 == 8 * judges, "\(positions)")
            #expect(positions.count { $0 == 0 } <= 1)
        }
    }

    /// The mean position of five random ones has a standard deviation of 0.29 / √5 = 0.13 of a list: one of 150 entries would be off by
    /// 0.3.
    @Test(arguments: [1, 2, 3] as [UInt64]) func `in a plan no entry is early or late with all its judges`(seed: UInt64) throws {
        let plan = try AssignmentPlan(of: AssignmentPlanTests.problem(150, 30, per: 5), seed: seed)
        let lists = lists(plan.panels, judgeCount: 30, seed: seed)
        var offsets = [Double](repeating: 0, count: 150)
        for list in lists {
            for (position, entry) in list.enumerated() { offsets[entry] += (Double(position) + 0.5) / Double(list.count) - 0.5 }
        }
        let means = offsets.map { $0 / 5 }
        let deviation = (means.reduce(0) { $0 + $1 * $1 } / 150).squareRoot()
        #expect(deviation < 0.05 && means.allSatisfy { abs($0) < 0.12 }, "\(deviation) \(means.map(abs).max() ?? 0)")
        let firsts = Dictionary(grouping: lists.compactMap(\.first)) { $0 }.mapValues(\.count)
        #expect(firsts.values.max() ?? 0 <= 2)
    }
}
