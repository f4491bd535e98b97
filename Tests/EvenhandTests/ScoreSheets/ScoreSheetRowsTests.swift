import Evenhand
import EvenhandIO
import Testing
import TestSupport

@Suite struct ScoreSheetRowsTests {
    @Test func `rows in memory make the sheet that the same file makes`() throws {
        let rows = [("B", "J2", 88.35), ("A", "J1", 7), ("B", "J1", 90.1), ("A", "J2", 0.1)].map {
            ScoreSheet.Row(entry: $0.0, judge: $0.1, points: $0.2)
        }
        let text = "entry,judge,score\n" + rows.map { "\($0.entry),\($0.judge),\($0.points)\n" }.joined()
        #expect(try ScoreSheet(rows) == sheet(text))
    }

    @Test func `a second score of the same judge is refused`() {
        let row = ScoreSheet.Row(entry: "A", judge: "J", points: 1)
        #expect(throws: ScoreSheet.Duplicate.self) { try ScoreSheet([row, row]) }
    }

    @Test func `quotients are kept as they are and marked`() throws {
        let sheet = try ScoreSheet([ScoreSheet.Row(entry: "A", judge: "J", points: 280.0 / 3)])
        #expect(!sheet.isExact && sheet.units == [280.0 / 3])
    }

    @Test(arguments: [(0.123456, true), (0.1234567, false), (-7.000001, true), (88.35, true)])
    func `six decimals are exact`(points: Double, isExact: Bool) throws {
        let sheet = try ScoreSheet([ScoreSheet.Row(entry: "A", judge: "J", points: points)])
        #expect(sheet.isExact == isExact && sheet.units[0] / sheet.unitsPerPoint == points)
    }
}
