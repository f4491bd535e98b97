import Evenhand
import Testing

@Suite struct ScoreCeilingTests {
    private func sheet(_ scores: [String], lowestFirst: Bool = false) throws -> ScoreSheet {
        let made = try EvenhandTests.sheet(["A": scores[0], "B": scores[1], "C": scores[2]])
        return lowestFirst ? made.lowestFirst : made
    }

    @Test func `a ceiling is the best score where it is given much more often than the next`() throws {
        let ceiling = try #require(ScoreCeiling(of: sheet(["100 100 100 99.2", "100 98 100 97", "95 94 93 92"])))
        #expect(ceiling.score == 100 && ceiling.count == 5 && ceiling.countOfEntry == [3, 2, 0])
    }

    @Test func `of places the lowest is the ceiling`() throws {
        let ceiling = try #require(ScoreCeiling(of: sheet(["1 1 1 1", "1 2 2 3", "3 3 4 4"], lowestFirst: true)))
        #expect(ceiling.score == 1 && ceiling.countOfEntry == [4, 1, 0])
    }

    @Test(arguments: [
        ["100 100 100 99", "100 99 98 97", "95 94 93 92"], ["100 100 100 99", "100 100 99 99", "95 94 93 92"],
        ["100 100 100 99", "100 100 100 99", "99 94 93 92"], ["5 5 5 5", "5 5 5 5", "5 5 5 5"],
    ])
    func `few scores at the end, half as many next to it, or no others are not a ceiling`(scores: [String]) throws {
        #expect(try ScoreCeiling(of: sheet(scores)) == nil)
    }
}
