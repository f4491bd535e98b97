import EvenhandIO
import TestSupport
import Testing

@Suite struct ReadingAttemptTests {
    private func attempt(_ texts: [String], and missing: String? = nil) throws -> ReadingAttempt {
        let directory = try TemporaryDirectory()
        let paths = try texts.enumerated().map { try directory.write($1, to: "\($0).csv") } + [missing].compactMap(\.self)
        let error = try #require(#expect(throws: ScoreSheetError.self) { try Reading(of: paths, as: ReadingOptions(), isThorough: true) })
        return ReadingAttempt(after: error, of: paths, as: ReadingOptions())
    }

    @Test func `each file tells what it can, whatever is wrong with another`() throws {
        let attempt = try attempt(["项目,评委1,评委2\nA,1,x\n B,2,3\n", "entry,judge,score\nA,J,1\n"], and: "/nowhere.csv")
        #expect(attempt.inputs.map(\.rows) == [3, 1, 0] && attempt.sources.count == 2)
        #expect(attempt.sources[0].judges == ["评委1", "评委2"] && attempt.changes.map(\.after) == ["B"])
        #expect(attempt.error.problems.count >= 1)
    }

    @Test func `of a file that was not understood nothing is known`() throws {
        let attempt = try attempt(["who,what\nA,1\n"])
        #expect(attempt.sources.isEmpty && attempt.inputs.map(\.bytes) == [0] && attempt.changes.isEmpty)
    }
}
