@testable import Evenhand
import TestSupport
import Testing

@Suite struct BradleyTerryTests {
    /// R's BradleyTerry2 1.1.2, refined until the slope vanished (`Fixtures/votes`).
    @Test(arguments: ["bt_baseball", "bt_citations"])
    func `abilities, errors and the likelihood are those of BradleyTerry2`(name: String) throws {
        let fit = try BradleyTerry(of: try VoteFixture.counted(name))
        let expected = try VoteFixture.expected(name)
        for (position, entry) in fit.votes.entries.enumerated() {
            #expect(isClose(fit.abilities[position], expected["ability_sum_zero.\(entry)"]!, relative: 1e-8))
            #expect(isClose(fit.standardErrors(.model)![position], expected["se_sum_zero.\(entry)"]!, relative: 1e-7))
        }
        #expect(isClose(fit.logLikelihood, expected["loglik_binomial_without_constant"]!, relative: 1e-12))
        #expect(fit.position == nil && fit.tie == nil)
    }

    /// The fixed point of Hunter (2004), as choix 0.4.1 finds it.
    @Test func `four votes among three entries`() throws {
        let fit = try BradleyTerry(of: try PairwiseVotes([.init("0", "1"), .init("0", "1"), .init("1", "2"), .init("2", "0")]))
        #expect(isClose(fit.abilities[0], 0.419617624, absolute: 5e-9))
        #expect(isClose(fit.abilities[1], -0.419617624, absolute: 5e-9))
        #expect(fit.abilities[2].magnitude < 1e-12)
        #expect(fit.wins == [2, 1, 1] && fit.voteCounts == [3, 3, 2])
    }

    /// A conditional logit with the alternatives left, right and tie, and its sandwiches, in numpy (`Fixtures/votes`).
    @Test func `ties, the position and three kinds of errors are those of a conditional logit`() throws {
        let fit = try BradleyTerry(of: try VoteFixture.votes("votes_8x10"))
        let expected = try VoteFixture.expected("votes_8x10")
        for (position, entry) in fit.votes.entries.enumerated() {
            #expect(isClose(fit.abilities[position], expected["ability.\(entry)"]!, relative: 1e-9, absolute: 1e-11))
            for kind in VoteErrors.allCases {
                let error = try #require(fit.standardErrors(kind))[position]
                #expect(isClose(error, expected["se_\(kind.rawValue).\(entry)"]!, relative: 1e-9), "\(kind) \(entry)")
            }
        }
        let (position, tie) = (try #require(fit.position), try #require(fit.tie))
        #expect(isClose(position.value, expected["position"]!, relative: 1e-9))
        #expect(isClose(position.standardError, expected["se_model.position"]!, relative: 1e-9))
        #expect(isClose(tie.value, expected["tie"]!, relative: 1e-9))
        #expect(isClose(tie.standardError, expected["se_model.tie"]!, relative: 1e-9))
        #expect(isClose(fit.logLikelihood, expected["log_likelihood"]!, relative: 1e-12))
    }

    /// The iteration of sirt's btm (eps = 0.3, no ties, no home advantage), written anew in numpy and run to its fixed point.
    @Test func `adjusted abilities, their errors and the separation are those of comparative judgement`() throws {
        let all = try VoteFixture.rows("votes_8x10").filter { $0.outcome != .tie }
        let fit = try BradleyTerry(of: try PairwiseVotes(all), adjustment: 0.3)
        let expected = try VoteFixture.expected("votes_8x10")
        for (position, entry) in fit.votes.entries.enumerated() {
            #expect(isClose(fit.abilities[position], expected["adjusted.\(entry)"]!, absolute: 1e-9))
            #expect(isClose(fit.ownErrors[position], expected["adjusted_se.\(entry)"]!, relative: 1e-9))
        }
        #expect(isClose(try #require(fit.separation).reliability, expected["adjusted_ssr"]!, relative: 1e-9))
    }

    /// Abilities and errors that a program for comparative judgement prints for eight scripts, and its SSR of 0.80130.
    @Test func `the separation of eight scripts is the printed one`() throws {
        let separation = SeparationReliability(
            of: [1.6182, -0.8097, -0.3381, 0.2557, -2.5249, 1.0694, -1.0288, 1.7583],
            errors: [0.6756, 0.5501, 0.5572, 0.5167, 0.9427, 0.6122, 0.6296, 0.6617], subsets: [0, 0, 0, 0, 0, 0, 0, 0])
        #expect(isClose(try #require(separation).reliability, 0.80130, absolute: 2e-5))
    }

    @Test func `the order of rows and names change nothing, and twice the votes make errors smaller by √2`() throws {
        let rows = try VoteFixture.rows("votes_8x10")
        let fit = try BradleyTerry(of: try PairwiseVotes(rows, hasPositions: true))
        let turned = try BradleyTerry(of: try PairwiseVotes(rows.reversed(), hasPositions: true))
        #expect(turned.abilities == fit.abilities && turned.standardErrors(.judges) == fit.standardErrors(.judges))
        let named = rows.map { PairwiseVotes.Row("x" + $0.first, "x" + $0.second, $0.outcome, judge: $0.judge) }
        #expect(try BradleyTerry(of: try PairwiseVotes(named, hasPositions: true)).abilities == fit.abilities)
        let twice = try BradleyTerry(of: try PairwiseVotes(rows + rows, hasPositions: true))
        for entry in fit.abilities.indices {
            #expect(isClose(twice.abilities[entry], fit.abilities[entry], absolute: 1e-10))
            let (one, two) = (fit.standardErrors(.model)![entry], twice.standardErrors(.model)![entry])
            #expect(isClose(two * 2.0.squareRoot(), one, relative: 1e-9))
        }
    }

    @Test func `exchanging winners and losers turns abilities round`() throws {
        let rows = try VoteFixture.rows("votes_8x10")
        let fit = try BradleyTerry(of: try PairwiseVotes(rows, hasPositions: true))
        let other = rows.map { PairwiseVotes.Row($0.first, $0.second, $0.outcome.turned, judge: $0.judge) }
        let turned = try BradleyTerry(of: try PairwiseVotes(other, hasPositions: true))
        for entry in fit.abilities.indices { #expect(isClose(turned.abilities[entry], -fit.abilities[entry], absolute: 1e-10)) }
        #expect(isClose(try #require(turned.position).value, -(try #require(fit.position).value), relative: 1e-9))
    }

    @Test func `which entry is written first changes nothing where positions are not known`() throws {
        let rows = try VoteFixture.rows("votes_8x10")
        let other = rows.enumerated().map { position, row in
            position % 2 == 0 ? row : PairwiseVotes.Row(row.second, row.first, row.outcome.turned, judge: row.judge)
        }
        #expect(try PairwiseVotes(rows) == PairwiseVotes(other))
        #expect(try PairwiseVotes(rows, hasPositions: true).withoutPositions == PairwiseVotes(rows))
    }

    @Test func `votes that determine no abilities are refused`() throws {
        #expect(throws: VoteError.none) { try PairwiseVotes([]) }
        #expect(throws: VoteError.itself(entry: "a")) { try PairwiseVotes([.init("a", "a")]) }
        #expect(throws: VoteError.onlyTies) { try BradleyTerry(of: try PairwiseVotes([.init("a", "b", .tie)])) }
        let one = try PairwiseVotes([.init("a", "b"), .init("b", "c")])
        #expect(throws: VoteError.oneSided(groups: [["a"], ["b"], ["c"]])) { try BradleyTerry(of: one) }
        #expect(throws: VoteError.separate(groups: [["a", "b"], ["c", "d"]])) {
            try BradleyTerry(of: try PairwiseVotes([.init("c", "d"), .init("a", "b")]), adjustment: 0.3)
        }
        #expect(throws: VoteError.tooLarge(adjustment: 0.5, entry: "a", votes: 1)) { try BradleyTerry(of: one, adjustment: 0.5) }
        #expect(throws: VoteError.noJudges) { try BradleyTerry(of: one, adjustment: 0.3).errors(.judges) }
    }

    @Test func `a position that explains everything is refused, and left out on request`() throws {
        let votes = try PairwiseVotes([.init("a", "b"), .init("b", "c"), .init("c", "a"), .init("a", "c")], hasPositions: true)
        #expect(throws: VoteError.onlyPosition) { try BradleyTerry(of: votes) }
        #expect(try BradleyTerry(of: votes.withoutPositions).position == nil)
    }

    @Test func `pairs are counted whichever was shown first`() throws {
        let rows = try VoteFixture.rows("votes_8x10")
        let fit = try BradleyTerry(of: try PairwiseVotes(rows, hasPositions: true))
        let found = try #require(fit.pairs.first { fit.votes.entries[$0.a] == "P1" && fit.votes.entries[$0.b] == "P7" })
        let both = rows.filter { Set([$0.first, $0.second]) == ["P1", "P7"] }
        func wins(_ name: String) -> Int {
            both.count { ($0.outcome == .first && $0.first == name) || ($0.outcome == .second && $0.second == name) }
        }
        #expect(both.contains { $0.first == "P1" } && both.contains { $0.first == "P7" })
        #expect((found.votes, found.aWins, found.bWins) == (both.count, wins("P1"), wins("P7")))
        #expect(fit.pairs.reduce(0) { $0 + $1.votes } == rows.count)
        // The expected scores of an entry add up to its score, which the likelihood makes equal.
        let expected = fit.pairs.reduce(0) { $0 + (fit.votes.entries[$1.a] == "P1" ? $1.expected : 0) }
        #expect(isClose(expected, Double(fit.wins[0]) + Double(fit.ties[0]) / 2, absolute: 1e-8))
        // A surprise is what an entry won more than expected, over its standard deviation.
        for pair in fit.pairs {
            let cells = fit.likelihood.counts.cells.filter { Set([$0.first, $0.second]) == [pair.a, pair.b] }
            let variance = cells.reduce(0) { $0 + $1.total * fit.likelihood.expectation($1, fit.point).variance }
            let score = Double(pair.aWins + pair.votes - pair.bWins) / 2
            #expect(isClose(pair.surprise, (score - pair.expected) / variance.squareRoot(), absolute: 1e-9))
        }
    }

    @Test func `a vote without a judge counts as a judge of its own`() throws {
        let rows = try VoteFixture.rows("votes_8x10")
        func errors(_ judge: (Int) -> String?) throws -> [Double] {
            let votes = rows.enumerated().map { PairwiseVotes.Row($1.first, $1.second, $1.outcome, judge: $0 < 30 ? judge($0) : $1.judge) }
            return try #require(try BradleyTerry(of: PairwiseVotes(votes)).standardErrors(.judges))
        }
        for (a, b) in zip(try errors { "Z\($0)" }, try errors { _ in nil }) { #expect(isClose(a, b, relative: 1e-9)) }
    }
}

/// Cases of `Fixtures/votes`.
enum VoteFixture {
    static func expected(_ name: String) throws -> [String: Double] {
        Dictionary(
            uniqueKeysWithValues: try EvenhandTests.rows(of: "votes/\(name)_expected.csv").map { ($0["quantity"]!, Double($0["value"]!)!) })
    }

    /// Votes that are counted by pair.
    static func counted(_ name: String) throws -> PairwiseVotes {
        try PairwiseVotes(
            try EvenhandTests.rows(of: "votes/\(name).csv").flatMap { row in
                let (a, b) = (row["player1"]!, row["player2"]!)
                return Array(repeating: PairwiseVotes.Row(a, b), count: Int(row["win1"]!)!)
                    + Array(repeating: PairwiseVotes.Row(b, a), count: Int(row["win2"]!)!)
            })
    }

    static func rows(_ name: String) throws -> [PairwiseVotes.Row] {
        try EvenhandTests.rows(of: "votes/\(name).csv").map { row in
            let outcome: PairwiseVotes.Outcome = row["result"] == "left" ? .first : row["result"] == "right" ? .second : .tie
            return PairwiseVotes.Row(row["left"]!, row["right"]!, outcome, judge: row["judge"])
        }
    }

    static func votes(_ name: String) throws -> PairwiseVotes { try PairwiseVotes(try rows(name), hasPositions: true) }
}
