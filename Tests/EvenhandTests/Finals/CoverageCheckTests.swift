@testable import Evenhand
import Testing

/// What is counted when intervals meet true ranks, by hand.
@Suite struct CoverageCheckTests {
    /// Four entries in ten draws: the order is A B C D in eight of them, and B A D C in two.
    static func ranks(places: Int) throws -> RankUncertainty {
        let draws = (0..<10).map { $0 < 8 ? [4.0, 3, 2, 1] : [3, 4, 1, 2] }
        return try RankUncertainty(of: PosteriorDraws(draws), places: places)
    }

    @Test func `intervals, statements and sets are counted`() throws {
        var check = CoverageCheck.empty
        // Truly A C B D: A and D are where they were drawn most often, B and C are not within any of their draws' ranks.
        check.add(try Self.ranks(places: 2), merits: [4, 2, 3, 1], fair: [4, 3, 2, 1], places: 2)
        // 90 %: A and B at 1 to 2, C and D at 3 to 4. 50 %: each at its usual rank.
        #expect(check.held90 == .init(count: 2, total: 4))
        #expect(check.held50 == .init(count: 2, total: 4))
        #expect(check.heldWinner == .init(count: 1, total: 1))
        #expect(check.heldNearCut == .init(count: 2, total: 4))
        // A and B are in for certain, C and D out; B and C truly are not.
        #expect(check.trueStatements == .init(count: 2, total: 4))
        #expect(check.bestSets == .init(count: 0, total: 1))
        #expect(check.meanSetSize == 2 && check.meanWidth == 1)
        check.add(try Self.ranks(places: 2), merits: [4, 3, 2, 1], fair: [4, 3, 2, 1], places: 2)
        #expect(check.held90 == .init(count: 6, total: 8) && check.bestSets == .init(count: 1, total: 2))
        // All four are where the bands say, the last of the places and the first outside too.
        #expect(check.trueStatements == .init(count: 6, total: 8))
        #expect(check.held90.value == 0.75 && CoverageCheck.Share().value == nil)
    }

    @Test func `the leader is who leads by the estimates, not by the truth`() throws {
        var check = CoverageCheck.empty
        check.add(try Self.ranks(places: 1), merits: [1, 2, 3, 4], fair: [1, 4, 2, 3], places: 1)
        // B leads, drawn at 1 to 2 and truly third.
        #expect(check.heldWinner == .init(count: 0, total: 1))
        // Three places or less from the cut after the first are all four.
        #expect(check.heldNearCut.total == 4)
    }

    /// Of nine entries and five places: the second to the eighth.
    @Test func `entries three places from the cut are near it, on both sides`() throws {
        let merits = (0..<9).map { Double(9 - $0) }
        var check = CoverageCheck.empty
        check.add(try RankUncertainty(of: PosteriorDraws([merits, merits]), places: 5), merits: merits, fair: merits, places: 5)
        #expect(check.heldNearCut == .init(count: 7, total: 7) && check.held90 == .init(count: 9, total: 9))
    }

    @Test func `whether the leader is held is asked of the leader's own interval`() throws {
        var check = CoverageCheck.empty
        // C leads and is truly second, which its draws at 3 to 4 miss; the truly first, A at 1 to 2, would be held.
        check.add(try Self.ranks(places: 1), merits: [4, 1, 3, 2], fair: [3, 2, 4, 1], places: 1)
        #expect(check.heldWinner == .init(count: 0, total: 1) && check.held90 == .init(count: 2, total: 4))
        // With A in the lead of the same truth it is.
        check.add(try Self.ranks(places: 1), merits: [4, 1, 3, 2], fair: [4, 2, 3, 1], places: 1)
        #expect(check.heldWinner == .init(count: 1, total: 2))
    }

    @Test func `contests like the one that was fitted are covered`() throws {
        let model = try MeritModel(of: FinalsFixture.complete(), by: .crossed)
        let check = CoverageCheck(of: model.terms[0], heatMeans: .strength, places: 3, contests: 60, seed: 1)
        #expect(check.contests == 60 && check.held90.total == 10 * (60 - check.failures) && check.failures < 6)
        #expect((0.86...0.99).contains(check.held90.value!))
        #expect((0.4...0.75).contains(check.held50.value!))
        #expect((3.0...10).contains(check.meanSetSize) && (1...9).contains(check.meanWidth))
        #expect(check == CoverageCheck(of: model.terms[0], heatMeans: .strength, places: 3, contests: 60, seed: 1))
    }
}
