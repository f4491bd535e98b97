import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

/// A large file is read in pieces at the same time; nobody may see the seams.
@Suite struct PiecesTests {
    /// Quoted names with line ends that look like rows, everywhere.
    private static func row(_ index: Int) -> String {
        "\"a,b,1\nE\(index % 997),J9,5\n\(index % 997) \"\"q\"\"\",\"judge\nwith a long name \(index / 997)\",\(60 + index % 41).\(index % 10)\n"
    }

    private static let rows = (0..<46_000).map { row($0) }

    @Test func `a file in pieces equals the same rows in files of one piece`() throws {
        let header = "entry,judge,score\n"
        let text = header + PiecesTests.rows.joined()
        try #require(text.utf8.count > 2 << 20)
        let whole = try reading(text)
        let (half, directory) = (PiecesTests.rows.count / 8, try TemporaryDirectory())
        let paths = try (0..<8).map { part in
            try directory.write(header + PiecesTests.rows[part * half..<(part + 1) * half].joined(), to: "\(part).csv")
        }
        let parts = try Reading(of: paths)
        #expect(whole.sheet == parts.sheet)
        #expect(whole.inputs[0].rows == 46_000)
        #expect(whole.sheet.entries.count == 997)
    }

    @Test func `lines of problems are counted through quoted line ends and pieces`() throws {
        var rows = PiecesTests.rows
        // A problem early and one at the end; each row has four lines after its first.
        rows[10] = "\"A\n\",B,q\n"
        rows[45_990] = "A,B,\"y\n\"\n"
        let error = #expect(throws: ScoreSheetError.self) { try reading("entry,judge,score\n" + rows.joined()) }
        let lineCount = PiecesTests.rows[0].utf8.count { $0 == 0x0A }
        #expect(error?.problems.map(\.text) == ["q", "y"])
        #expect(error?.problems.map(\.line) == [2 + 10 * lineCount, 2 + 10 * lineCount + 2 + 45_979 * lineCount])
    }

    @Test func `of many problems the first twenty are listed in order and the rest are counted`() throws {
        let rows = (0..<200_000).map { "E\($0),J,\($0 % 2 == 0 ? "q" : "7")\n" }
        let error = #expect(throws: ScoreSheetError.self) { try reading("entry,judge,score\n" + rows.joined()) }
        #expect(error?.count == 100_000)
        #expect(error?.problems.map(\.line) == (0..<20).map { 2 + 2 * $0 })
        #expect(error?.problems.allSatisfy { $0.kind == .notANumber && $0.column == "score" && $0.text == "q" } == true)
    }
}
