import Evenhand
@testable import EvenhandIO
import TestSupport
import Testing

@Suite struct ErrorDescriptionTests {
    @Test func `problems of a sheet print with their locations`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("entry,judge,score\nA,Li,88\nA,Wu,abc\nB,Li,8O\n", to: "scores.csv")
        let error = #expect(throws: ScoreSheetError.self) { try ScoreSheet(contentsOf: path) }
        #expect(error.map { "\($0)" } == "\(path):3:score: not a number “abc” [E201]\n\(path):4:score: not a number “8O” [E201]")
    }

    @Test(arguments: [
        (ScoreSheetError.Kind.noRows, "no rows"), (.duplicate(firstLine: 3), "duplicate (first line: 3)"),
        (
            .noNamedColumn(role: .judge, header: "Gate", headers: ["A", "B"]),
            "no named column (role: judge; header: “Gate”; headers: “A”, “B”)"
        ),
        (.unknownSheet("Final", known: []), "unknown sheet “Final”"),
    ])
    func `kinds of problems become words`(kind: ScoreSheetError.Kind, words: String) { #expect(WordsOfCase.description(of: kind) == words) }

    @Test(arguments: [("brokenJSON", "broken JSON"), ("notANumber", "not a number"), ("invalidUTF8", "invalid UTF8")])
    func `names of cases become words`(name: String, words: String) { #expect(WordsOfCase.words(of: name) == words) }
}
