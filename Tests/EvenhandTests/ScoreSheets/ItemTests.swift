import TestSupport
import Testing

@testable import Evenhand

@Suite struct ItemTests {
    private static func sheet(_ rows: [(String, String, String, String?, Double)]) throws -> ScoreSheet {
        try ScoreSheet(rows.map { ScoreSheet.Row(entry: $0.0, judge: $0.1, points: $0.4, item: $0.2, repetition: $0.3) })
    }

    @Test func `a judge's total is the exact mean over items and repetitions`() throws {
        let sheet = try Self.sheet([
            ("A", "x", "1", "1", 7.1), ("A", "x", "1", "2", 7.2), ("A", "x", "2", "1", 8.3), ("A", "y", "1", "1", 5),
            ("B", "x", "2", "1", 6.5),
            ("B", "y", "2", "2", 4),
        ])
        let totals = try Totals(of: sheet)
        #expect(totals.sheet.judges == ["x", "y"])
        #expect(totals.sheet.isExact)
        #expect(totals.sheet.count == 4)
        #expect(isClose(totals.sheet.score(at: 0), 22.6 / 3, relative: 1e-15))
        #expect(totals.judgements == sheet)
        #expect(!totals.sheet.hasItems)
    }

    @Test func `criteria are added up for each item`() throws {
        var rows: [ScoreSheet.Row] = []
        for (item, criterion, points) in [("1", "a", 3.0), ("1", "b", 4), ("2", "a", 5), ("2", "b", 1), ("3", "a", 2)] {
            rows.append(ScoreSheet.Row(entry: "A", judge: "x", points: points, criterion: criterion, item: item))
        }
        let totals = try Totals(of: ScoreSheet(rows))
        #expect(totals.judgements.units == [7, 6])
        #expect(totals.judgements.items.levels == ["1", "2"])
        #expect(totals.sheet.score(at: 0) == 6.5)
        #expect(totals.incomplete.map(\.missing) == [["b"]])
    }

    @Test func `criteria are added up for each repetition`() throws {
        let rows = [("1", "a", 3.0), ("1", "b", 4), ("2", "a", 5), ("2", "b", 1)].map {
            ScoreSheet.Row(entry: "A", judge: "x", points: $0.2, criterion: $0.1, repetition: $0.0)
        }
        let totals = try Totals(of: ScoreSheet(rows))
        #expect(totals.judgements.units == [7, 6] && totals.sheet.score(at: 0) == 6.5 && totals.incomplete.isEmpty)
    }

    @Test func `scores without an item are given twice`() throws {
        let row = ScoreSheet.Row(entry: "A", judge: "x", points: 1)
        #expect(throws: ScoreSheet.Duplicate.self) { try ScoreSheet([row, row]) }
        #expect(throws: ScoreSheet.Duplicate.self) { try Self.sheet([("A", "x", "1", "1", 1), ("A", "x", "1", "1", 2)]) }
    }

    @Test func `selecting heats keeps the items of the scores`() throws {
        let rows = [("A", "h1", "1", 1.0), ("A", "h2", "2", 2), ("B", "h2", "1", 3)].map {
            ScoreSheet.Row(entry: $0.0, judge: "x", points: $0.3, heat: Heat(stage: nil, name: $0.1), item: $0.2)
        }
        let part = try ScoreSheet(rows).selecting(heats: [1])
        #expect(part.items.levels == ["1", "2"])
        #expect(part.units.indices.map { part.items[$0] } == ["2", "1"])
    }
}
