import TestSupport
import Testing

@testable import EvenhandIO

@Suite struct BinaryWorkbookTests {
    private typealias Parts = BinaryParts

    private func rows(_ records: [UInt8]..., shared: [[UInt8]] = []) throws -> [[String]] {
        var parts = BinaryParts()
        parts.sheets[0].records = records
        parts.shared = shared
        return try parts.read().sheets[0].rows
    }

    @Test func `cells of every type are text`() throws {
        let formats = Parts.formats([(164, "yyyy\"年\"m\"月\""), (165, "[h]:mm:ss")], cells: [0, 9, 14, 164, 165])
        let found = try rows(
            Parts.sharedText(0, 0, 1), Parts.number(0, 1, 88.35), Parts.number(0, 2, 0.855, 1), Parts.number(0, 3, 46151, 2),
            Parts.number(0, 4, 46151.5, 3), Parts.number(0, 5, 26.05 / 24, 4),
            Parts.record(0x27E, Parts.cell(1, 0) + Parts.double(8835 << 2 | 3)),
            Parts.record(0x27E, Parts.cell(1, 1) + Parts.double(-7 << 2 | 2)),
            Parts.record(0x27E, Parts.cell(1, 2) + Parts.double(0x3FF8_0000)),
            Parts.record(0x205, Parts.cell(1, 3) + [1, 0]), Parts.record(0x205, Parts.cell(1, 4) + [0x2A, 1]),
            Parts.record(0x204, Parts.cell(1, 5) + Parts.text("评委")),
            Parts.record(
                0xBD,
                Parts.word(2) + Parts.word(1) + [0, 0] + Parts.double(5 << 2 | 2) + [1, 0] + Parts.double(1 << 2 | 2) + Parts.word(2)),
            Parts.record(0x201, Parts.cell(3, 3)),
            shared: [Parts.texts("a", "名称")] + formats)
        #expect(
            found == [
                ["名称", "88.35", "85.5%", "2026-05-09", "2026-05-09 12:00:00", "26:03:00"],
                ["88.35", "-7", "1.5", "TRUE", "#N/A", "评委"],
                ["", "5", "100%"],
            ])
    }

    @Test func `formulas are their results`() throws {
        func formula(_ column: Int, _ result: [UInt8], _ behind: [UInt8] = []) -> [UInt8] {
            Parts.record(0x06, Parts.cell(0, column) + result + [UInt8](repeating: 0, count: 8)) + behind
        }
        let text = Parts.record(0x4BC, [0, 0]) + Parts.record(0x207, Parts.text("甲"))
        let found = try rows(
            formula(0, Parts.float(2.5)), formula(1, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF], text), formula(2, [1, 0, 1, 0, 0, 0, 0xFF, 0xFF]),
            formula(3, [2, 0, 7, 0, 0, 0, 0xFF, 0xFF]), formula(4, [3, 0, 0, 0, 0, 0, 0xFF, 0xFF]), Parts.number(0, 5, 1))
        #expect(found == [["2.5", "甲", "TRUE", "#DIV/0!", "", "1"]])
    }

    @Test func `dates may count from 1904`() throws {
        let shared = [Parts.record(0x22, Parts.word(1))] + Parts.formats([], cells: [14])
        #expect(try rows(Parts.number(0, 0, 44689), shared: shared) == [["2026-05-09"]])
    }

    @Test func `a list of texts goes on in other records with other widths`() throws {
        let wide = Parts.text("评委甲乙")
        let first = Parts.record(0xFC, Parts.double(3) + Parts.double(3) + Parts.text("ab") + wide.prefix(7))
        // After the break the rest of the text is of one byte each, and the next text has looks and an aid.
        let rest = Parts.record(0x3C, [0, 0x43, 0x44])
        let rich = Parts.record(0x3C, Parts.word(2) + [0x0C] + Parts.word(1) + Parts.double(3) + [0x65, 0x66] + [1, 2, 3, 4, 5, 6, 7])
        let found = try rows(
            Parts.sharedText(0, 0, 0), Parts.sharedText(0, 1, 1), Parts.sharedText(0, 2, 2), shared: [first + rest + rich])
        #expect(found == [["ab", "评委CD", "ef"]])
    }

    @Test func `hidden rows, columns and sheets and merged areas are reported`() throws {
        func row(_ index: Int, isHidden: Bool) -> [UInt8] {
            Parts.record(0x208, Parts.word(index) + [UInt8](repeating: 0, count: 10) + Parts.word(isHidden ? 0x20 : 0) + [0, 0])
        }
        let columns = Parts.record(0x7D, Parts.word(1) + Parts.word(9) + Parts.word(0) + Parts.word(0) + Parts.word(1) + [0, 0])
        let merges = Parts.record(0xE5, Parts.word(2) + [0, 0, 0, 0, 0, 0, 2, 0] + [4, 0, 5, 0, 1, 0, 1, 0])
        var parts = BinaryParts(
            columns, row(0, isHidden: false), row(4, isHidden: true), row(6, isHidden: true), Parts.number(0, 0, 1), Parts.number(4, 2, 2),
            Parts.number(5, 0, 3), merges)
        parts.sheets.append(("隐藏", 1, []))
        parts.sheets.append(("deep", 2, []))
        parts.sheets.append(("Last", 0, [Parts.number(0, 0, 1)]))
        let book = try parts.read()
        #expect(book.sheets.map(\.sheet) == ["Sheet1", "Last"])
        #expect(book.hidden == ["隐藏", "deep"])
        let grid = book.sheets[0]
        #expect(grid.rows == [["1"], ["", "", "2"], ["3"]])
        #expect(grid.lines == [1, 5, 6])
        #expect(grid.hiddenRows == [1])
        #expect(grid.hiddenColumns == [1, 2])
        #expect(grid.merges == [.init(rows: 0...0, columns: 0...2), .init(rows: 1...2, columns: 1...1)])
    }

    @Test func `charts inside of a sheet have no cells`() throws {
        let chart =
            Parts.record(0x809, [0, 6, 0x20, 0] + [UInt8](repeating: 0, count: 12)) + Parts.number(0, 0, 9) + Parts.record(0x0A, [])
        #expect(try rows(chart, Parts.number(0, 1, 1)) == [["", "1"]])
    }

    @Test func `a short workbook lies in small sectors`() throws {
        var parts = BinaryParts(Parts.number(0, 0, 7))
        parts.smallLimit = 4096
        #expect(try parts.read().sheets[0].rows == [["7"]])
    }

    @Test func `a workbook of many sectors is read`() throws {
        var parts = BinaryParts()
        parts.sheets[0].records = (0..<9000).map { Parts.number($0, 0, Double($0)) }
        let grid = try parts.read().sheets[0]
        #expect(grid.rows.count == 9000 && grid.rows[8999] == ["8999"])
    }

    @Test func `other documents in such files are named`() {
        #expect(fault(CompoundDocument(("WordDocument", [1])).bytes) == .otherFormat(.textDocument))
        #expect(fault(CompoundDocument(("PowerPoint Document", [1])).bytes) == .otherFormat(.slides))
        #expect(fault(CompoundDocument(("EncryptedPackage", [1])).bytes) == .encryptedWorkbook)
        #expect(fault(CompoundDocument(("Book", [1])).bytes) == .oldWorkbook)
        #expect(fault(CompoundDocument().bytes) == .oldWorkbook)
        var parts = BinaryParts()
        parts.version = 0x0500
        #expect(parts.fault == .oldWorkbook)
        parts = BinaryParts(shared: [Parts.record(0x2F, [0, 0])])
        #expect(parts.fault == .encryptedWorkbook)
    }
}
