import Evenhand
import EvenhandReports
import Foundation
import TestSupport
import Testing

@testable import EvenhandIO

/// Which sheets, marks and charts the workbook of a report has.
@Suite struct ReportWorkbookTests {
    private static func sheets(_ report: Report, _ language: Language) throws -> [Grid] {
        try report.workbook(in: language).withUnsafeBytes { try Workbook($0, path: "w.xlsx") }.sheets
    }

    private static func table(_ name: String, rows: Int = 2) -> Table {
        Table(name: name, columns: [Table.Column("a", .integers(Array(0..<rows)))])
    }

    @Test(arguments: [
        (Language.en, ["Result", "Cut", "What if", "Groups city", "final", "new", "_"]),
        (.zh, ["结论", "入围线", "若改变", "各组 city", "final", "new", "_"]),
    ])
    func `sheets are named in the language`(language: Language, names: [String]) throws {
        let tables =
            ["cut", "influence", "groups/city", "ranking/final", "new", ""].map { Self.table($0) } + [Self.table("empty", rows: 0)]
        let sheets = try Self.sheets(Report(verdict: "V", tables: tables, notes: []), language)
        #expect(sheets.map(\.sheet) == names)
    }

    @Test func `the verdict comes first, line by line, and the notes last`() throws {
        let report = Report(verdict: "One.\nTwo.", tables: [Self.table("cut")], notes: ["N1", "N2"])
        let rows = try Self.sheets(report, .zh)[0].rows.map { $0.filter { !$0.isEmpty } }.filter { !$0.isEmpty }
        #expect(rows == [["结论", "One."], ["Two."], ["工作表", "入围线"], ["说明", "N1"], ["N2"]])
    }

    @Test func `a note says which texts were cut`() throws {
        let long = Table(name: "cut", columns: [Table.Column("a", .texts([String(repeating: "项", count: 32_768)]))])
        let english = try Self.sheets(Report(verdict: "V", tables: [long], notes: []), .en)[0].rows.last
        #expect(
            english?.last
                == "Texts of more than 32767 characters are cut, since a cell of a workbook holds no more (Cut); --format csv has all of them."
        )
        let short = Table(name: "cut", columns: [Table.Column("a", .texts([String(repeating: "项", count: 32_767)]))])
        #expect(try Self.sheets(Report(verdict: "V", tables: [short], notes: []), .zh)[0].rows.last?.last == "入围线")
    }

    @Test func `without a table there is the verdict alone`() throws {
        #expect(try Self.sheets(Report(verdict: "V", tables: [], notes: []), .en).map(\.sheet) == ["Result"])
        #expect(
            try Self.sheets(Report(verdict: "V", tables: [Self.table("cut", rows: 0)], notes: []), .en).map(\.sheet) == ["Result", "Cut"])
    }

    @Test func `a table of too many rows is refused with the way out`() {
        let error = OutputError.exceedsWorkbook(table: "normalized", rows: 2_000_000, columns: 6)
        #expect(
            error.message(in: .en)
                == "The table normalized has 2000000 rows and 6 columns, more than a sheet of a workbook holds; use --format csv --table normalized, or --top with fewer rows. [E504]"
        )
        #expect(error.message(in: .zh).hasSuffix("[E504]"))
    }

    @Test func `rows of scores in another order give the same workbook`() throws {
        let directory = try TemporaryDirectory()
        let text = try String(contentsOf: CommandRun.root.appending(path: "Data/quickstart.csv"), encoding: .utf8)
        let lines = text.split(separator: "\n")
        func workbook(_ lines: [Substring]) throws -> [UInt8] {
            let path = try directory.write(lines.joined(separator: "\n"), to: "s.csv")
            let selection = try Selection(of: ScoreSheet(contentsOf: path))
            let totals = try Totals(of: selection.sheet)
            let ranking = try Ranking(of: totals.sheet, by: [.mean, .normalized(.zscore)])
            return try Report(ranking, totals: totals, selection: selection, layout: RankingLayout(), in: .zh).workbook(in: .zh)
        }
        let plain = try workbook(lines)
        for seed: UInt64 in 1...3 {
            var stream = RandomStream(seed: seed)
            #expect(try workbook([lines[0]] + stream.shuffled(Array(lines.dropFirst()))) == plain)
        }
    }
}
