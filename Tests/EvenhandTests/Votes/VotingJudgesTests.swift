@testable import Evenhand
import TestSupport
import Testing

@Suite struct VotingJudgesTests {
    /// Written anew in numpy, modes by Nelder and Mead's method (`Fixtures/votes`).
    @Test func `fit, discrimination and position of each judge`() throws {
        let fit = try BradleyTerry(of: try VoteFixture.votes("votes_8x10"))
        let judges = VotingJudges(of: fit)
        let expected = try VoteFixture.expected("votes_8x10")
        #expect(isClose(judges.discriminationDeviation, expected["discrimination_sd"]!, relative: 1e-6))
        #expect(isClose(judges.positionDeviation, expected["position_sd"]!, relative: 1e-6))
        for (name, judge) in zip(fit.votes.judges, judges.judges) {
            #expect(isClose(judge.infit, expected["infit.\(name)"]!, relative: 1e-9))
            #expect(isClose(judge.outfit, expected["outfit.\(name)"]!, relative: 1e-9))
            // What a search without derivatives finds of a maximum.
            #expect(isClose(judge.discrimination.value, expected["discrimination.\(name)"]!, absolute: 1e-6))
            #expect(isClose(try #require(judge.position).value, expected["own_position.\(name)"]!, absolute: 1e-6))
            #expect(judge.votes == 14)
        }
    }

    /// 400 votes of each of twelve judges; one turns every vote round, one takes the first, one votes by chance.
    @Test func `judges who turn votes round, take one side or vote by chance are recognized`() throws {
        var stream = RandomStream(seed: 11)
        let abilities = (0..<10).map { _ in stream.normal() }
        var rows: [PairwiseVotes.Row] = []
        for judge in 0..<12 {
            for _ in 0..<400 {
                let a = stream.index(below: 10)
                let b = (a + 1 + stream.index(below: 9)) % 10
                let slope: Double = judge == 0 ? -1 : judge == 2 ? 0 : 1
                let isFirst = judge == 1 || stream.uniform() < 1 / (1 + exponential(-slope * (abilities[a] - abilities[b])))
                rows.append(.init("e\(a)", "e\(b)", isFirst ? .first : .second, judge: "j\(judge < 10 ? "0" : "")\(judge)"))
            }
        }
        let judges = VotingJudges(of: try BradleyTerry(of: try PairwiseVotes(rows, hasPositions: true))).judges
        #expect(judges[0].isContrary && judges[0].discrimination.value < -0.5)
        #expect(judges[1].isOneSided && judges[1].firsts == 400)
        #expect(judges[1].position!.value > 1 && judges[1].discrimination.value.isFinite)
        #expect(judges[2].discrimination.value.magnitude < 0.3 && judges[2].infit > 1.05)
        for judge in judges[3...] {
            #expect(!judge.isContrary && !judge.isOneSided && (0.7...2).contains(judge.discrimination.value))
        }
    }

    /// A discrimination below 0 that may be above.
    @Test(arguments: [(-1, 0.4, true), (-1, 0.6, false), (0.1, 0.2, false), (-0.1, 0.01, true)])
    func `a judge is contrary only beyond doubt`(value: Double, error: Double, isContrary: Bool) {
        let judge = VotingJudges.Judge(
            votes: 20, infit: 1, outfit: 1, agreement: 0.5,
            discrimination: Estimate(value: value, standardError: error, degreesOfFreedom: .infinity), position: nil, firsts: 10,
            seconds: 10, isOneSided: false)
        #expect(judge.isContrary == isContrary)
    }

    /// Equal entries, each before each other one; K gives the first a half of 48 votes, J all of a few. With 6, the first has 30 of 54 votes,
    /// and the chance of one side alone is (5/9)⁶ + (4/9)⁶ = 0.037, of two judges 0.074; with 12 it is 0.6¹² + 0.4¹² = 0.002.
    @Test(arguments: [6, 12]) func `one side alone is told by the number of judges`(votes: Int) throws {
        let pairs = (0..<4).flatMap { a in (0..<4).filter { $0 != a }.map { (a, $0) } }
        let balanced = pairs.flatMap { a, b in
            (0..<4).map { PairwiseVotes.Row("e\(a)", "e\(b)", $0 % 2 == 0 ? .first : .second, judge: "K") }
        }
        // Each of two entries before the other.
        let sides = [(0, 1), (1, 0), (2, 3), (3, 2), (0, 2), (2, 0), (1, 3), (3, 1), (0, 3), (3, 0), (1, 2), (2, 1)].prefix(votes)
        let rows = balanced + sides.map { PairwiseVotes.Row("e\($0.0)", "e\($0.1)", judge: "J") }
        let fit = try BradleyTerry(of: try PairwiseVotes(rows, hasPositions: true))
        #expect(isClose(try #require(fit.position).value, votes == 6 ? 0.22314355131420976 : 0.4054651081081644, absolute: 1e-9))
        #expect(VotingJudges(of: fit).judges.map(\.isOneSided) == [votes == 12, false])
    }

    @Test func `a judge whose votes all follow the list has a finite discrimination, pulled towards 1`() throws {
        var rows = try VoteFixture.rows("votes_8x10")
        let fit = try BradleyTerry(of: try PairwiseVotes(rows, hasPositions: true))
        let order = fit.abilities.indices.sorted { fit.abilities[$0] > fit.abilities[$1] }.map { fit.votes.entries[$0] }
        for position in 0..<6 { rows.append(.init(order[position], order[position + 2], judge: "follower")) }
        let judges = VotingJudges(of: try BradleyTerry(of: try PairwiseVotes(rows, hasPositions: true)))
        let follower = try #require(judges.judges.last)
        #expect(follower.agreement == 1 && follower.discrimination.value > 1 && follower.discrimination.value < 2)
    }

    /// a and b won once against each other and once each against c, which won once against each: two equals above one, or three equals.
    @Test func `votes between equals are neither for nor against the higher ability`() throws {
        let pairs = [("a", "b"), ("b", "a"), ("a", "c"), ("c", "a"), ("b", "c"), ("c", "b")]
        let rows = pairs.map { PairwiseVotes.Row($0.0, $0.1, judge: $0.0) }
        #expect(VotingJudges(of: try BradleyTerry(of: PairwiseVotes(rows))).judges.map(\.agreement) == [nil, nil, nil])
        // With two more votes for each of a and b against c, the judges a and b have one vote apiece that says something, and c two.
        let more = [("a", "c"), ("a", "c"), ("b", "c"), ("b", "c")].map { PairwiseVotes.Row($0.0, $0.1, judge: "d") }
        let judges = VotingJudges(of: try BradleyTerry(of: PairwiseVotes(rows + more))).judges
        #expect(judges.map(\.agreement) == [1, 1, 0, 1] && judges.map(\.votes) == [2, 2, 2, 4])
    }
}
