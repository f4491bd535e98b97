@testable import Evenhand
import TestSupport
import Testing

@Suite struct PlackettLuceTests {
    private func ballots() throws -> RankedBallots {
        let judged = Dictionary(grouping: try rows(of: "votes/plackett_luce_6x12.csv")) { $0["judge"]! }
        return try RankedBallots(
            judged.keys.sorted().map { judge in
                RankedBallots.Row(judged[judge]!.sorted { Int($0["rank"]!)! < Int($1["rank"]!)! }.map { $0["project"]! }, judge: judge)
            })
    }

    /// R's PlackettLuce 0.4.3 without pseudo-rankings; agrees with choix and with Newton's method in numpy (`Fixtures/votes`).
    @Test func `abilities, errors and the likelihood are those of PlackettLuce`() throws {
        let fit = try PlackettLuce(of: try ballots())
        let expected = try VoteFixture.expected("plackett_luce_6x12")
        for (position, entry) in fit.ballots.entries.enumerated() {
            #expect(isClose(fit.abilities[position], expected["log_worth_sum_zero.\(entry)"]!, relative: 1e-8))
            #expect(isClose(fit.standardErrors(.model)![position], expected["se_sum_zero.\(entry)"]!, relative: 1e-6))
        }
        #expect(isClose(fit.logLikelihood, expected["loglik"]!, relative: 1e-12))
    }

    @Test func `of rankings of two it is the model of Bradley and Terry`() throws {
        let votes = try VoteFixture.rows("votes_8x10").filter { $0.outcome != .tie }
        let pairs = try BradleyTerry(of: try PairwiseVotes(votes))
        let ballots = votes.map { row in
            RankedBallots.Row(row.outcome == .first ? [row.first, row.second] : [row.second, row.first], judge: row.judge)
        }
        let fit = try PlackettLuce(of: try RankedBallots(ballots))
        for entry in fit.abilities.indices {
            #expect(isClose(fit.abilities[entry], pairs.abilities[entry], absolute: 1e-9))
            for kind in VoteErrors.allCases {
                #expect(isClose(fit.standardErrors(kind)![entry], pairs.standardErrors(kind)![entry], relative: 1e-8), "\(kind)")
            }
        }
        #expect(isClose(fit.logLikelihood, pairs.logLikelihood, relative: 1e-12))
        #expect(fit.voteCounts == pairs.voteCounts && fit.wins == pairs.wins)
    }

    @Test func `the order of rankings changes nothing, and a ranking of one says nothing`() throws {
        let all = try ballots()
        let rows = all.ballots.map { RankedBallots.Row($0.order.map { all.entries[Int($0)] }, judge: all.judges[Int($0.judge)]) }
        let fit = try PlackettLuce(of: all)
        let more = try PlackettLuce(of: try RankedBallots(rows.reversed() + [RankedBallots.Row(["A"], judge: "Z")]))
        for entry in fit.abilities.indices { #expect(isClose(more.abilities[entry], fit.abilities[entry], absolute: 1e-12)) }
        #expect(more.voteCounts == fit.voteCounts)
    }

    @Test func `a ranking without a judge counts as a judge of its own`() throws {
        let all = try ballots()
        func errors(_ judge: (Int) -> String?) throws -> [Double] {
            let rows = all.ballots.enumerated().map { index, ballot in
                RankedBallots.Row(ballot.order.map { all.entries[Int($0)] }, judge: judge(index))
            }
            return try #require(try PlackettLuce(of: RankedBallots(rows)).standardErrors(.judges))
        }
        let (named, unnamed) = (try errors { $0 < 8 ? "J\($0 / 2)" : "K\($0)" }, try errors { $0 < 8 ? "J\($0 / 2)" : nil })
        for (a, b) in zip(named, unnamed) { #expect(isClose(a, b, relative: 1e-9)) }
    }

    @Test func `rankings that determine no abilities are refused`() throws {
        #expect(throws: VoteError.none) { try RankedBallots([RankedBallots.Row(["a"])]) }
        #expect(throws: VoteError.itself(entry: "a")) { try RankedBallots([RankedBallots.Row(["a", "b", "a"])]) }
        #expect(throws: VoteError.oneSided(groups: [["a"], ["b", "c"]])) {
            try PlackettLuce(of: try RankedBallots([RankedBallots.Row(["a", "b", "c"]), RankedBallots.Row(["a", "c", "b"])]))
        }
    }
}
