@testable import Evenhand
import TestSupport
import Testing

@Suite struct PreferenceTests {
    private func profile(_ name: String) throws -> PreferenceProfile {
        let rows = try rows(of: "ranking/\(name).csv")
        let judges = Factor(rows.map { $0["judge"] }).levels
        return PreferenceProfile(
            scores: judges.map { judge in
                rows.filter { $0["judge"] == judge }.sorted { $0["project"]! < $1["project"]! }.map { -Double($0["rank"]!)! }
            })
    }

    /// scipy 1.17.1, `kendalltau`.
    @Test(
        arguments: [
            ([1, 2, 2, 3, 3, 5, 5, 5, 6], [1, 2, 2, 2, 4, 4, 3, 4, 0], 0.29512162610277887), ([1, 1, 2, 2], [1, 1, 2, 2], 1),
            ([1, 1, 1, 2, 3], [2, 2, 1, 1, 3], 0.26726124191242434),
        ] as [([Double], [Double], Double)])
    func `τ-b counts pairs that are tied on both sides once`(x: [Double], y: [Double], tau: Double) {
        #expect(isClose(KendallTau.b(x, y) ?? .nan, tau) && isClose(KendallTau.b(y, x) ?? .nan, tau))
        #expect(isClose(KendallTau.b(x, y.map { -$0 }) ?? .nan, -tau))
    }

    /// R's enumeration of all orders (`Fixtures/ranking`).
    @Test func `nine judges of five projects`() throws {
        let profile = try profile("profile_5x9")
        #expect(profile.borda == [27, 23, 22, 16, 2])
        #expect(profile.copeland == [4, 2, 0, -2, -4])
        #expect(profile.condorcetWinner == 0)
        let wins = [[0, 6, 6, 7, 8], [3, 0, 5, 6, 9], [3, 4, 0, 7, 8], [2, 3, 2, 0, 9], [1, 0, 1, 0, 0]]
        #expect(wins.joined().map { 2 * $0 } == profile.doubledVotes)
        let order = try #require(KemenyOrder(of: profile))
        #expect(order.order == [0, 1, 2, 3, 4] && order.distance == 19 && order.optimumCount == 1)
    }

    @Test func `Condorcet's cycle has three best orders and no winner`() throws {
        let profile = try profile("profile_condorcet_cycle")
        #expect(profile.borda == [3, 3, 3] && profile.copeland == [0, 0, 0] && profile.condorcetWinner == nil)
        let order = try #require(KemenyOrder(of: profile))
        #expect(order.distance == 4 && order.optimumCount == 3 && order.order == [0, 1, 2])
    }

    @Test func `the best order is that of trying all`() throws {
        var stream = RandomStream(seed: 1)
        for size in 1...7 {
            for judges in [2, 3, 5] {
                let ballots = (0..<judges).map { _ in (0..<size).map { _ in Double(stream.index(below: 5)) as Double? } }
                let profile = PreferenceProfile(scores: ballots)
                var (least, count) = (Double.infinity, 0)
                for order in Self.permutations(Array(0..<size)) {
                    var doubled = 0
                    for (position, a) in order.enumerated() {
                        for b in order[(position + 1)...] { doubled += profile.doubledVotes[b * size + a] }
                    }
                    let distance = Double(doubled) / 2
                    if distance < least { (least, count) = (distance, 1) } else if distance == least { count += 1 }
                }
                let found = try #require(KemenyOrder(of: profile))
                #expect(found.distance == least && found.optimumCount == count, "\(size) entries, \(judges) judges")
                #expect(found.order.sorted() == Array(0..<size))
            }
        }
    }

    @Test func `more than 24 entries have no Kemeny order, and judges without a common entry no comparison`() {
        let many = PreferenceProfile(scores: [(0..<25).map { Double($0) }])
        #expect(KemenyOrder(of: many) == nil && many.comparesAll)
        let apart = PreferenceProfile(scores: [[1, 2, nil], [nil, nil, 3]])
        #expect(!apart.comparesAll && apart.bordaShares == [0, 1, 0.5])
    }

    /// Kendall (1945), by hand: 4 of 5 pairs agree, one is tied in y.
    @Test func `rank correlations count pairs`() {
        #expect(isClose(KendallTau.b([1, 2, 3, 4], [1, 3, 2, 4])!, 4.0 / 6))
        #expect(isClose(KendallTau.b([1, 2, 3], [1, 1, 3])!, 2 / 6.0.squareRoot()))
        #expect(KendallTau.b([1, 1], [1, 2]) == nil)
    }

    private static func permutations(_ elements: [Int]) -> [[Int]] {
        guard let first = elements.first else { return [[]] }
        return permutations(Array(elements.dropFirst())).flatMap { rest in
            (0...rest.count).map { position in Array(rest[..<position]) + [first] + Array(rest[position...]) }
        }
    }
}
