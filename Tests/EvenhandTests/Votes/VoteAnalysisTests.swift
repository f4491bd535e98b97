@testable import Evenhand
import TestSupport
import Testing

@Suite struct VoteAnalysisTests {
    @Test func `probabilities of draws are those of the normal approximation`() throws {
        var rules = VoteAnalysis.Rules(places: 3)
        rules.draws = 20_000
        let votes = try VoteFixture.votes("votes_8x10")
        for kind in VoteErrors.allCases {
            rules.errors = kind
            let analysis = try VoteAnalysis(of: votes, rules: rules)
            for a in 0..<8 {
                for b in 0..<a {
                    let (drawn, exact) = (analysis.ranks.probability(of: a, above: b), analysis.probability(of: a, above: b))
                    #expect((drawn - exact).magnitude < 4.5 * 0.5 / 20_000.0.squareRoot(), "\(kind) \(a) \(b)")
                }
            }
        }
    }

    @Test func `the list and its parts`() throws {
        let analysis = try VoteAnalysis(of: try VoteFixture.votes("votes_8x10"), rules: VoteAnalysis.Rules(places: 3))
        #expect(analysis.isIn.count(where: \.self) == 3)
        #expect(zip(analysis.order, analysis.order.dropFirst()).allSatisfy { analysis.abilities[$0] >= analysis.abilities[$1] })
        #expect(analysis.judges != nil && analysis.groups == [Array(0..<8)])
        let bands = analysis.ranks.bands
        #expect(analysis.open == analysis.order.filter { bands[$0] == .open })
        #expect(analysis.open.contains { analysis.isIn[$0] } && analysis.open.contains { !analysis.isIn[$0] })
        let brief = try VoteAnalysis(of: try VoteFixture.votes("votes_8x10"), rules: VoteAnalysis.Rules(), parts: [.entries])
        #expect(brief.judges == nil)
        #expect(throws: VoteError.tooManyPlaces(8, entries: 8)) {
            try VoteAnalysis(of: try VoteFixture.votes("votes_8x10"), rules: VoteAnalysis.Rules(places: 8))
        }
    }

    @Test func `equal abilities share a rank`() throws {
        let votes = try PairwiseVotes([
            .init("a", "b"), .init("b", "a"), .init("a", "c"), .init("c", "a"), .init("b", "c"), .init("c", "b"),
        ])
        #expect(try VoteAnalysis(of: votes, rules: VoteAnalysis.Rules()).list.ranks == [1, 1, 1])
    }

    /// 300 contests of 12 entries with abilities of SD 1, each with 240 votes of random pairs, some of them ties, by 10 judges.
    ///
    /// Intervals of 90 % by the normal approximation; rank intervals are whole numbers and hold more.
    @Test func `intervals cover abilities and ranks as often as they claim`() throws {
        var (covered, held, count) = (0, 0, 0)
        for contest in 0..<300 {
            var stream = RandomStream(seed: 77, stream: UInt64(contest))
            var truth = (0..<12).map { _ in stream.normal() }
            let mean = truth.reduce(0, +) / 12
            truth = truth.map { $0 - mean }
            let rows = (0..<240).map { vote -> PairwiseVotes.Row in
                let a = stream.index(below: 12)
                let b = (a + 1 + stream.index(below: 11)) % 12
                let expected = PairLikelihood.Expectation(difference: truth[a] - truth[b] + 0.2, tie: 0.5)
                let u = stream.uniform()
                let outcome: PairwiseVotes.Outcome = u < expected.first ? .first : u < expected.first + expected.second ? .second : .tie
                return .init(name(a), name(b), outcome, judge: "j\(vote % 10)")
            }
            var rules = VoteAnalysis.Rules()
            rules.draws = 1000
            guard let analysis = try? VoteAnalysis(of: try PairwiseVotes(rows, hasPositions: true), rules: rules, parts: [.entries]) else {
                continue
            }
            let order = truth.indices.sorted { truth[$0] > truth[$1] }
            for (rank, entry) in order.enumerated() {
                count += 1
                let reach = NormalDistribution.standard.quantile(0.95) * analysis.errors[entry]
                if (analysis.abilities[entry] - truth[entry]).magnitude <= reach { covered += 1 }
                if analysis.intervals[entry].contains(rank + 1) { held += 1 }
            }
        }
        #expect(count > 3500)
        let (ability, rank) = (Double(covered) / Double(count), Double(held) / Double(count))
        #expect((0.88...0.92).contains(ability), "abilities \(ability)")
        #expect((0.88...0.96).contains(rank), "ranks \(rank)")
    }

    private func name(_ entry: Int) -> String { "e\(entry < 10 ? "0" : "")\(entry)" }
}
