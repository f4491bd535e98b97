@testable import Evenhand
import Testing

@Suite struct BeatenGraphTests {
    @Test func `groups come best first, also along a chain of a hundred thousand`() {
        func groups(_ count: Int, _ edges: [(winner: Int, loser: Int)]) -> [[Int]] { BeatenGraph(entryCount: count, edges: edges).groups }
        #expect(groups(4, [(0, 1), (1, 0), (1, 2), (2, 3), (3, 2)]) == [[0, 1], [2, 3]])
        #expect(groups(4, [(3, 2), (2, 1), (1, 0)]) == [[3], [2], [1], [0]])
        #expect(groups(3, [(0, 1), (1, 2), (2, 0)]) == [[0, 1, 2]])
        let long = 100_000
        #expect(groups(long, (1..<long).map { ($0 - 1, $0) }).count == long)
        #expect(groups(long, (1..<long).map { ($0 - 1, $0) } + [(long - 1, 0)]).count == 1)
    }

    @Test func `of a tie each entry has beaten the other`() throws {
        for tie in [PairwiseVotes.Row("b", "c", .tie), .init("c", "b", .tie)] {
            let votes = try PairwiseVotes([.init("a", "b"), tie], hasPositions: true)
            #expect(PairCounts(of: votes).graph.groups == [[0], [1, 2]])
        }
    }

    /// Every pair of entries is in the same group when each reaches the other.
    @Test func `groups are those of reaching each other`() {
        var stream = RandomStream(seed: 2)
        for _ in 0..<200 {
            let count = 2 + stream.index(below: 7)
            let edges = (0..<stream.index(below: 14)).map { _ in (winner: stream.index(below: count), loser: stream.index(below: count)) }
            var reaches = (0..<count).map { a in (0..<count).map { $0 == a } }
            for edge in edges { reaches[edge.winner][edge.loser] = true }
            for k in 0..<count { for i in 0..<count { for j in 0..<count where reaches[i][k] && reaches[k][j] { reaches[i][j] = true } } }
            let groups = BeatenGraph(entryCount: count, edges: edges).groups
            #expect(groups.flatMap(\.self).sorted() == Array(0..<count))
            for (position, group) in groups.enumerated() {
                for a in group { for b in group { #expect(reaches[a][b]) } }
                for later in groups[(position + 1)...] { for a in group { for b in later { #expect(!reaches[b][a]) } } }
            }
        }
    }
}
