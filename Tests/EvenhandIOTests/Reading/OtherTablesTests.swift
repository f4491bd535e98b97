import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

/// Tables beside the scores that are not read: summaries of them, or something else about the same entries.
@Suite struct OtherTablesTests {
    private static let scores = "Entry,Alice,Bob,Carol\nA,8,7,9\nB,6,5,7\nC,9,8,8\nD,4,6,5\n"
    private static let ballots =
        "Entry,Judge,Score\nA,Alice,8\nA,Bob,7\nA,Carol,9\nB,Alice,6\nB,Bob,5\nB,Carol,7\nC,Alice,9\nC,Bob,8\nC,Carol,8\nD,Alice,4\nD,Bob,6\nD,Carol,5\n"
    private static let transposed = "Judge,A,B,C,D\nAlice,8,6,9,4\nBob,7,5,8,6\nCarol,9,7,8,5\n"

    @Test(
        arguments: [scores, transposed],
        [
            ("Entry,Penalty\nA,2\nB,0\nC,1\nD,0\n", ["Penalty"]),
            ("Entry,Bonus points,Rank\nA,2,2\nB,0,3\nC,1,1\nD,3,4\n", ["Bonus points"]),
            ("Entry,Bonus,Penalty,Total\nA,2,1,25\nB,0,0,18\nC,1,0,26\nD,3,2,16\n", ["Bonus", "Penalty"]),
        ])
    func `what says something else about the same entries is asked about, and the answer leaves it out`(
        read: String, other: (table: String, names: [String])
    ) throws {
        let directory = try TemporaryDirectory()
        for path in try paths(read, other.table, in: directory) { try check(path, asks: other.names) }
    }

    @Test func `a column of another table is asked about in the same sheet, too`() throws {
        let directory = try TemporaryDirectory()
        let other = "Entry,Public vote\nA,12\nB,40\nC,31\nD,25\n"
        try check(try paths(OtherTablesTests.scores, other, in: directory)[0], asks: ["Public vote"])
    }

    /// Zoe gave one entry the same number; that explains no column.
    @Test func `a number that is right for one entry explains nothing`() throws {
        let ballots = "Entry,Judge,Score,Town\nA,Al,8,X\nA,Bo,7,X\nB,Al,6,Y\nB,Bo,5,Y\nC,Al,9,X\nC,Bo,8,X\nD,Zoe,4,Y\n"
        let directory = try TemporaryDirectory()
        let path = try paths(ballots, "Entry,Penalty\nA,2\nB,30\nC,11\nD,4\n", in: directory)[1]
        let error = #expect(throws: ScoreSheetError.self) { try Reading(of: [path]) }
        #expect(error?.question?.kind == .unexplained(column: "Penalty"))
    }

    @Test func `other judges below ballots are no summary, the same scores are one`() throws {
        let other = "Entry,Judge Dora,Judge Emil\nA,3,4\nB,9,9\nC,2,1\nD,7,8\n"
        #expect(throws: ScoreSheetError.self) { try reading(OtherTablesTests.ballots + "\n" + other) }
        let same = "Entry,Judge Alice,Judge Bob\nA,8,7\nB,6,5\nC,9,8\nD,4,6\n"
        let read = try reading(OtherTablesTests.ballots + "\n" + same)
        #expect(read.sheet.units.count == 12 && read.sheet.judges.count == 3)
    }

    private func check(_ path: String, asks names: [String]) throws {
        let error = try #require(throws: ScoreSheetError.self) { try Reading(of: [path]) }
        #expect(error.question?.kind == .unexplained(column: names[0]))
        #expect(error.question?.answers.map(\.options) == [names.flatMap { ["--ignore", $0] }])
        var answered = ReadingOptions()
        answered.ignoredColumns = names
        let sheet = try Reading(of: [path], as: answered).sheet
        #expect(sheet.units.count == 12 && sheet.judges == ["Alice", "Bob", "Carol"])
    }

    @Test(arguments: [
        (scores, "Entry,Final,Rank\nA,8.0,2\nB,6.0,3\nC,8.33,1\nD,5.0,4\n"),
        (ballots, "Entry,Final,Rank\nA,8.0,2\nB,6.0,3\nC,8.33,1\nD,5.0,4\n"), (scores, "School,Budget\nX,100\nY,200\n"),
    ])
    func `summaries, and lists of something else, are left out`(read: String, other: String) throws {
        let directory = try TemporaryDirectory()
        for path in try paths(read, other, in: directory) {
            let reading = try Reading(of: [path])
            #expect(reading.sheet.units.count == 12 && reading.leftOutSheets.count == 1)
        }
    }

    @Test(arguments: ["Whole,Middle\nA,24,8\nB,18,6\nC,25,8\nD,15,5\n", "Floor,Peak\nA,7,9\nB,5,7\nC,8,9\nD,4,6\n"])
    func `statistics below ballots are known by their numbers`(columns: String) throws {
        #expect(try reading(OtherTablesTests.ballots + "\nEntry," + columns).sheet.units.count == 12)
    }

    /// Both tables in one sheet, and in two sheets of a workbook.
    private func paths(_ read: String, _ other: String, in directory: TemporaryDirectory) throws -> [String] {
        let sheets = [("Scores", read), ("More", other)].map { name, text in
            (name, text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) })
        }
        let book = try directory.write(SmallWorkbook(sheets).bytes, to: "w.xlsx")
        return [try directory.write(read + "\n" + other, to: "s.csv"), book]
    }
}
