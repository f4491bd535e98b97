import Foundation
import TestSupport
import Testing

@testable import EvenhandIO

@Suite struct WorkbookTests {
    private func rows(_ rows: String, shared: String? = nil) throws -> [[String]] {
        var parts = WorkbookParts(rows: rows)
        parts.shared = shared
        return try parts.read().sheets[0].rows
    }

    @Test func `cells of every type are text`() throws {
        let cells = """
            <row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><v>88.349999999999994</v></c><c r="C1" t="b"><v>1</v></c><c r="D1" t="b"><v>0</v></c>\
            <c r="E1" t="e"><v>#DIV/0!</v></c><c r="F1" t="inlineStr"><is><t>评委</t></is></c><c r="G1" t="str"><f>A1</f><v>text</v></c>\
            <c r="H1"><f>1+1</f><v>2</v></c><c r="I1" t="n"><v>9.5E1</v></c><c r="J1" t="d"><v>2024-05-01</v></c></row>
            """
        let found = try rows(cells, shared: "<si><t>a</t></si><si><t>名称</t></si>")
        #expect(found == [["名称", "88.35", "TRUE", "FALSE", "#DIV/0!", "评委", "text", "2", "95", "2024-05-01"]])
    }

    @Test func `runs of a shared text are joined and reading aids left out`() throws {
        let shared = """
            <si><r><t>李</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 明 </t></r><rPh sb="0" eb="1"><t>リ</t></rPh></si>\
            <si><t>a_x000D_b_x005F_x</t></si><si/>
            """
        let cells = """
            <row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c>\
            <c t="inlineStr"><is><r><t>x</t></r><r><t>y</t></r><rPh><t>z</t></rPh></is></c></row>
            """
        #expect(try rows(cells, shared: shared) == [["李 明 ", "a\rb_x", "", "xy"]])
    }

    @Test func `rows and cells without an address follow one another`() throws {
        var parts = WorkbookParts(
            rows: """
                <row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row r="4"><c r="B4"><v>4</v></c><c s="1"/></row><row/>
                """)
        parts.namespaces = WorkbookParts.strict
        let grid = try parts.read().sheets[0]
        #expect(grid.rows == [["1", "", "", "2", "3"], ["", "4"], []])
        #expect(grid.lines == [1, 4, 5])
        #expect(grid.sheet == "Sheet1")
    }

    @Test func `hidden sheets are left out and named`() throws {
        let content = "<sheetData><row><c><v>7</v></c></row></sheetData>"
        let book = try WorkbookParts(
            ("初赛", "visible", content), ("a", "hidden", content), ("b", "veryHidden", content), ("决赛", "visible", content)
        ).read()
        #expect(book.sheets.map(\.sheet) == ["初赛", "决赛"])
        #expect(book.hidden == ["a", "b"])
    }

    @Test(arguments: ["worksheets/", "/xl/worksheets/", "./worksheets/", "../xl/worksheets/", "WorkSheets/"])
    func `parts are found by every kind of target`(folder: String) throws {
        var parts = WorkbookParts(rows: "<row><c><v>7</v></c></row>")
        parts.folder = folder
        #expect(try parts.read().sheets[0].rows == [["7"]])
    }

    @Test func `merged areas count rows as the grid does`() throws {
        let rows = "<row r=\"2\"><c><v>1</v></c></row><row r=\"3\"/><row r=\"5\"><c><v>2</v></c></row>"
        let areas = ["A2:B2", "A2:A3", "C5:A3", "A3:A4", "A4:B5", "B5", "$A$5:XFD1048576"].map { "<mergeCell ref=\"\($0)\"/>" }.joined()
        let merges = try WorkbookParts(rows: rows, behind: "<mergeCells>\(areas)</mergeCells>").read().sheets[0].merges
        #expect(
            merges == [
                .init(rows: 0...0, columns: 0...1), .init(rows: 0...1, columns: 0...0), .init(rows: 1...2, columns: 0...2),
                .init(rows: 2...2, columns: 0...16383),
            ])
    }

    @Test func `merged areas with more cells than fit the memory are refused`() {
        let rows = "<row><c><v>1</v></c></row>" + String(repeating: "<row/>", count: 999)
        let area = "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>"
        #expect(fault(WorkbookParts(rows: rows, behind: area).archive.bytes) == .workbookTooLarge(.contentBytes))
    }

    @Test func `a long shared text in many cells counts once for each`() {
        var parts = WorkbookParts(rows: String(repeating: "<row><c t=\"s\"><v>0</v></c></row>", count: 9000))
        parts.shared = "<si><t>\(String(repeating: "x", count: 32000))</t></si>"
        #expect(fault(parts.archive.bytes) == .workbookTooLarge(.contentBytes))
    }

    @Test func `formulas without a result are named`() throws {
        let book = try WorkbookParts(
            rows: """
                <row r="17"><c r="D17"><f>SUM(A1:A2)</f></c><c r="AB17"><f>1</f><v></v></c><c r="AC17" t="str"><f>""</f><v></v></c></row>
                """
        ).read()
        #expect(book.uncalculated == ["Sheet1!D17", "Sheet1!AB17"])
        #expect(book.sheets[0].rows == [[]])
    }

    @Test func `elements of other namespaces are not cells`() throws {
        let rows = "<row><x:c xmlns:x=\"urn:x\"><x:v>1</x:v></x:c><c><v>2</v></c></row>"
        #expect(try WorkbookParts(rows: rows, behind: "<extLst><x:row xmlns:x=\"urn:x\"/></extLst>").read().sheets[0].rows == [["2"]])
    }

    @Test(arguments: [
        ("88.349999999999994", "88.35"), ("88.35", "88.35"), ("0", "0"), ("-0", "0"), ("007.50", "7.5"), ("+5", "5"), (".5", "0.5"),
        ("5.", "5"),
        ("9.5E1", "95"), ("1E-2", "0.01"), ("1.5e+3", "1500"), ("0.1", "0.1"), ("0.10000000000000001", "0.1"),
        ("99.999999999999999", "100"),
        ("-99.949999999999999999", "-99.95"), ("123456789012345678", "123456789012346000"), ("1E15", "1000000000000000"), ("1E+30", "1e30"),
        ("-1.25E-30", "-1.25e-30"), ("0.000000000000001", "0.000000000000001"), ("abc", "abc"), ("1e", "1e"), ("1.2.3", "1.2.3"),
        ("-", "-"),
        ("1e99999999999999999999", "1e99999999999999999999"), ("INF", "INF"), ("999999999999999.9", "1000000000000000"), ("1 ", "1 "),
    ])
    func `a number is the decimal that was typed`(text: String, typed: String) {
        #expect(String(decoding: TypedNumber.text(Array(text.utf8)), as: UTF8.self) == typed)
    }

    @Test(arguments: [("A1", 0, 0), ("XFD1048576", 1_048_575, 16383), ("$AB$12", 11, 27), ("z9", 8, 25)])
    func `addresses are read and written`(text: String, row: Int, column: Int) {
        let reference = CellReference(text.utf8)
        #expect(reference == CellReference(row: row, column: column))
        #expect(reference?.text == text.uppercased().filter { $0 != "$" })
    }

    @Test(arguments: ["", "A", "1", "A0", "XFE1", "A1048577", "ZZZZZ99999999", "A1B", "A-1", "1A", "A99999999999999999999", "É1"])
    func `what is not an address is refused`(text: String) { #expect(CellReference(text.utf8) == nil) }

    @Test func `a workbook that another program packed is read`() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Fixtures/workbooks/contest.xlsx")
            .standardized
        let book = try workbook(Array(Data(contentsOf: tests)))
        #expect(book.sheets.map(\.sheet) == ["初赛", "说明"])
        #expect(book.hidden == ["草稿"])
        let grid = book.sheets[0]
        #expect(grid.rows[0] == ["评分表"])
        #expect(grid.rows[1] == ["选手", "评委甲", "评委乙", "平均"])
        #expect(grid.rows[2] == ["张三", "88.35", "90"])
        #expect(grid.rows[3] == ["李四", "79.5", "", "TRUE"])
        #expect(grid.lines == [1, 2, 3, 5])
        #expect(grid.merges == [.init(rows: 0...0, columns: 0...3)])
        #expect(book.uncalculated == ["初赛!D3"])
    }
}
