import Evenhand
import EvenhandIO
import TestSupport
import Testing

/// Scores that are no numbers name nobody and are no attributes; answers to questions drop no column that could hold scores.
@Suite struct TextScoresTests {
    @Test(arguments: [
        ("项目,评委1,评委2,评委3\n甲,85分,80,81\n乙,90分,70,77\n丙,70分,90,88\n", "E201", ["85分", "90分", "70分"]),
        ("Team,Judge 1,Judge 2\nA,8/10,8\nB,9/10,7\nC,6/10,9\n", "E201", ["8/10", "9/10", "6/10"]),
        ("Team,Judge 1,Judge 2,Judge 3\nA,\"8,5\",8,7\nB,\"9,5\",7,8\nC,\"6,0\",9,9\n", "E212", ["8,5", "9,5", "6,0"]),
        ("Team,J1,J2,J3\nA,9.5*,8,7\nB,8.5*,7,8\nC,6*,9,9\n", "E201", ["9.5*", "8.5*", "6*"]),
        ("Team,Judge 1,Judge 2,Judge 3\nA,B+,8,7\nB,A,7,8\nC,A-,9,9\n", "E201", ["B+", "A", "A-"]),
        ("Team,Judge 1,Judge 2,Judge 3\nA,8. 5,8,7\nB,7. 5,7,8\nC,9. 0,9,9\n", "E201", ["8. 5", "7. 5", "9. 0"]),
        ("Team,王芳,李娜\nA,8 pts,8\nB,9 pts,7\nC,absent,9\n", "E201", ["8 pts", "9 pts"]),
        ("评委,项目,创新性,可行性\n王,甲,8分,7\n王,乙,9分,6\n李,甲,8分,9\n李,乙,9分,8\n", "E201", ["8分", "9分", "8分", "9分"]),
        ("Judge,Moss,Fern\nLi,90分,77\nWu,80分,85\n", "E201", ["90分", "80分"]),
    ])
    func `a column of scores without a number is named cell by cell`(text: String, code: String, cells: [String]) throws {
        let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
        #expect(Set(error.problems.map(\.kind.code)) == [code] && error.problems.map(\.text) == cells, "\(error)")
        #expect(error.problems.compactMap(\.line) == Array(2..<2 + cells.count), "\(error)")
    }

    /// The second row would be a header by its cells alone.
    @Test(arguments: [
        ("评委,甲,乙,丙\n王,90分,77分,80分\n李,79,90,86\n赵,85,86,84\n", ["90分", "77分", "80分"]),
        ("Team,Judge 1,Judge 2\nMoss,8/10,9/10\nFern,7/10,8/10\nOak,7,8\nElm,6,9\nAsh,9,9\n", ["8/10", "9/10", "7/10", "8/10"]),
        ("entry,Li,Wu\nA,8l,8O\nB,60,61\nC,50,51\n", ["8l", "8O"]),
        // With a header that is understood, no other column of numbers is the score either.
        ("entry,judge,score\nA,Li,8l.5\nA,Wu,81\nB,Li,60\nB,Wu,61\n", ["8l.5"]),
        ("entry,judge,score,foo\nA,X,abc,5\nB,X,abd,6\n", ["abc", "abd"]),
    ])
    func `rows of scores without a number are no rows of the header`(text: String, cells: [String]) throws {
        let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
        #expect(error.problems.map(\.kind) == cells.map { _ in .notANumber } && error.problems.map(\.text) == cells, "\(error)")
    }

    @Test func `a header in two languages is one`() throws {
        let read = try reading("entry,judge,score\n项目,评委,得分\nA,J,1\nB,J,2\n")
        #expect(read.sheet.entries == ["A", "B"] && read.sheet.units == [1, 2])
    }

    @Test func `grades and numbers of lots beside judges are attributes, and points in the header name no entry`() throws {
        let read = try reading("Team,Class,Lot,Judge 1,Judge 2\nMoss,A+,3/12,8,7\nFern,B,4/12,7,8\nOak,A,5/12,9,9\n")
        #expect(read.sources[0].attributes == ["Class", "Lot"] && read.sheet.judges == ["Judge 1", "Judge 2"])
        let points = try reading("Team,Judge 1,Judge 2\n,10分,10分\nMoss,8,7\nFern,9,6\n")
        #expect(points.sheet.entries == ["Fern", "Moss"] && points.sheet.judges == ["Judge 1", "Judge 2"])
    }

    @Test(arguments: [
        ("Team,J1C1,J1C2,J2C1,J2C2\nA,5,6,9,9\nB,7,8,2,3\n", "E141", "J1C1,J1C2,J2C1,J2C2"),
        ("Team,Chair,Expert,Student,Audience\nA,5,6,9,9\nB,7,8,2,3\nC,8,8,5,4\n", "E140", "Chair,Expert,Student,Audience"),
        ("Team,Chair,Expert,Student\nA,5,6,9\nB,7,8,2\nC,8,8,5\n", "E140", "Chair,Expert,Student"),
    ])
    func `an answer names all columns that could be scores`(text: String, code: String, columns: String) throws {
        let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
        let question = try #require(error.question)
        #expect(question.kind.code == code)
        let lists = question.answers.filter { $0.options.first == "--wide" }.map { $0.options[1] }
        #expect(!lists.isEmpty && lists.allSatisfy { $0 == columns }, "\(lists)")
    }

    @Test(arguments: [
        ("Entry,Li,Wu,Team\nMoss,8,7,1\nFern,9,6,3\nOak,9,5,2\n", ["Li", "Wu"]),
        ("Entry,Judge 1,Judge 2,Team\nMoss,8,7,9\nFern,9,6,3\nOak,9,5,8\n", ["Judge 1", "Judge 2"]),
    ])
    func `numbers of entries behind the judges are no scores`(text: String, judges: [String]) throws {
        #expect(try reading(text).sheet.judges == judges)
    }
}
