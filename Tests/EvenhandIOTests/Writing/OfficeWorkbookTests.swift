import Evenhand
import Testing

@testable import EvenhandIO

/// Workbooks that are written, read again by the reader of workbooks and looked at part by part.
@Suite struct OfficeWorkbookTests {
    private static func bytes(_ sheets: [OfficeWorkbook.Sheet], charts: [OfficeWorkbook.Chart] = [], notes: [String] = []) throws -> [UInt8]
    {
        let front = OfficeWorkbook.Front(name: "Result", answer: ("Result", ["A leads."]), contents: "Sheets", notes: ("Notes", notes))
        return try OfficeWorkbook(front: front, sheets: sheets, charts: charts).bytes()
    }

    private static func bytes(_ columns: Table.Column..., marks: [OfficeWorkbook.Mark] = []) throws -> [UInt8] {
        try bytes([OfficeWorkbook.Sheet(name: "T", table: Table(name: "t", columns: columns), marks: marks)])
    }

    /// A part as text.
    private static func part(_ name: String, of bytes: [UInt8]) throws -> String {
        var text = ""
        try bytes.withUnsafeBytes { bytes in
            try Archive(bytes, budget: PackageBudget()).read(name) { text = String(decoding: $0, as: UTF8.self) }
        }
        return text
    }

    /// The cells of the last sheet, as many in each row as the header has.
    private static func rows(_ bytes: [UInt8]) throws -> [[String]] {
        let rows = try workbook(bytes).sheets.last?.rows ?? []
        return rows.map { $0 + Array(repeating: "", count: max(0, rows[0].count - $0.count)) }
    }

    // MARK: - Cells

    @Test func `numbers are read again as the same numbers`() throws {
        let values = [0, 0.333333333333333, -2.5, 1e-300, 88.35, 0.3, .leastNonzeroMagnitude, 1.5e18, 123456.789]
        let integers = [0, -1, 7, 1_000_000, -123_456_789_012, 2, 3, 4, 999_999_999_999_999]
        let rows = try Self.rows(
            Self.bytes(
                Table.Column("x", .values(values, decimals: 2)), Table.Column("n", .integers(integers)),
                Table.Column("y", .numbers(values.map { $0 < 0 ? nil : $0 }, decimals: 20))))
        #expect(rows[0] == ["x", "n", "y"])
        #expect(rows.dropFirst().map { Double($0[0]) } == values)
        #expect(rows.dropFirst().map { Double($0[1]) } == integers.map(Double.init))
        #expect(rows.dropFirst().map { Double($0[2]) } == values.map { $0 < 0 ? nil : $0 })
    }

    @Test func `the file has all digits of a number`() throws {
        let values = [0.1 + 0.2, 1.0 / 3, 0x1p60, -.pi]
        let sheet = try Self.part("xl/worksheets/sheet2.xml", of: Self.bytes(Table.Column("x", .values(values, decimals: 1))))
        #expect(sheet.matches(of: /<c r="A[2-9]" s="\d+"><v>([^<]*)</).map { Double($0.1) } == values)
    }

    @Test func `numbers have the decimals of the table, and whole numbers none`() throws {
        let bytes = try Self.bytes(Table.Column("x", .values([1.5], decimals: 3)), Table.Column("n", .integers([7])))
        let styles = try Self.part("xl/styles.xml", of: bytes)
        let cells = try #require(styles.firstMatch(of: /<cellXfs[^>]*>(.*)<\/cellXfs>/)).1.matches(of: /<xf numFmtId="(\d+)"/).map(\.1)
        let sheet = try Self.part("xl/worksheets/sheet2.xml", of: bytes)
        let used = sheet.matches(of: /<c r="[AB]2" s="(\d+)"><v>/).compactMap { Int($0.1) }
        #expect(used.map { cells[$0] } == ["167", "1"])
        #expect(styles.contains("<numFmt numFmtId=\"167\" formatCode=\"0.000\"/>"))
    }

    @Test(arguments: [
        "=1+1", "=HYPERLINK(\"http://x\",\"y\")", "+1", "-1", "@SUM(A1)", "007", "1e5", "2022/1/2", "'x", "_x0041_", "_x005F_", "x_x000D_y",
        " a ", "<b>&amp;\"'</b>", "]]>", "项目 甲", "🏆", "e\u{301}", "TRUE", "#N/A",
    ])
    func `a text stays the text that it is`(text: String) throws {
        let bytes = try Self.bytes(
            Table.Column("entry", heading: text, .factor(Factor([text, nil]))), Table.Column("note", .texts(["", text]), isWhole: true),
            Table.Column("n", .integers([1, 2])))
        #expect(try Self.rows(bytes).map { Array($0.prefix(2)) } == [[text, "note"], [text, ""], ["", text]])
        let sheet = try Self.part("xl/worksheets/sheet2.xml", of: bytes)
        #expect(!sheet.contains("<f>") && sheet.matches(of: /t="s"/).count == 5)
    }

    @Test(arguments: [
        ("a\u{1}b", "a\u{FFFD}b"), ("a\nb", "a\u{FFFD}b"), ("\u{FFFF}\u{FFFE}x", "\u{FFFD}\u{FFFD}x"), ("\u{85}", "\u{FFFD}"),
    ])
    func `what XML cannot hold is shown as the replacement character`(text: String, shown: String) throws {
        #expect(try Self.rows(Self.bytes(Table.Column("a", .texts([text])))) == [["a"], [shown]])
    }

    @Test(arguments: [
        (String(repeating: "a", count: 32_767), 32_767), (String(repeating: "a", count: 32_768), 32_767),
        (String(repeating: "🏆", count: 20_000), 32_767), (String(repeating: "项", count: 32_767), 32_767),
    ])
    func `a text too long for a cell is cut at a character`(text: String, length: Int) throws {
        let cell = try Self.rows(Self.bytes(Table.Column("a", .texts([text]))))[1][0]
        #expect(cell.utf16.count == length && cell.hasSuffix("…") == (text.utf16.count > length))
        #expect(text.hasPrefix(cell.hasSuffix("…") ? String(cell.dropLast()) : cell))
    }

    @Test func `what is undefined is an empty cell, and a column without a number is left out`() throws {
        let bytes = try Self.bytes(
            Table.Column("a", .texts(["x", "y", "z"])), Table.Column("b", .numbers([nil, nil, nil], decimals: 1)),
            Table.Column("c", .values([.nan, .infinity, -.infinity], decimals: 1)))
        #expect(try Self.rows(bytes) == [["a", "c"], ["x", ""], ["y", "∞"], ["z", "-∞"]])
    }

    @Test func `a missing name is shown as the column says`() throws {
        let column = Table.Column("city", .factor(Factor(["杭州", nil])), blank: "全部")
        #expect(try Self.rows(Self.bytes(column, Table.Column("n", .integers([1, 2])))).map { $0[0] } == ["city", "杭州", "全部"])
    }

    // MARK: - Sheets

    @Test(arguments: [
        (["Cut", "cut", "CUT"], ["Cut", "cut (2)", "CUT (3)"]), (["a/b", "[x]:*?\\y"], ["a b", "x     y"]),
        (["", "'", "''x'"], ["_", "_ (2)", "x"]), (["Result", "History", " a "], ["Result (2)", "History_", "a"]),
        ([String(repeating: "场", count: 40)], [String(repeating: "场", count: 31)]),
        ([String(repeating: "🏆", count: 20), "a\u{2}"], [String(repeating: "🏆", count: 15), "a\u{FFFD}"]),
        (
            Array(repeating: String(repeating: "a", count: 31), count: 2),
            [String(repeating: "a", count: 31), String(repeating: "a", count: 27) + " (2)"]
        ),
        (["A & B's"], ["A & B's"]),
    ])
    func `names of sheets are valid and unique`(wanted: [String], names: [String]) throws {
        let table = Table(name: "t", columns: [Table.Column("a", .integers([1, 2]))])
        let sheets = wanted.map { OfficeWorkbook.Sheet(name: $0, table: table) }
        let bytes = try Self.bytes(sheets)
        #expect(try workbook(bytes).sheets.map(\.sheet) == ["Result"] + names)
        #expect(names.allSatisfy { $0.utf16.count <= 31 })
    }

    @Test func `the first sheet has the answer, a link to every other sheet, and the notes`() throws {
        let table = Table(name: "t", title: "Who leads", columns: [Table.Column("a", .integers([1]))])
        let bytes = try Self.bytes([OfficeWorkbook.Sheet(name: "It's", table: table)], notes: ["=1", "two"])
        let rows = try workbook(bytes).sheets[0].rows.map { $0.filter { !$0.isEmpty } }.filter { !$0.isEmpty }
        #expect(rows == [["Result", "A leads."], ["Sheets", "It's – Who leads"], ["Notes", "=1"], ["two"]])
        let sheet = try Self.part("xl/worksheets/sheet1.xml", of: bytes)
        #expect(sheet.contains("<hyperlink ref=\"B3\" location=\"'It''s'!A1\"/>"))
    }

    @Test func `the header and the names of rows stay in sight, on paper too`() throws {
        let columns = ["a", "b", "c"].map { Table.Column($0, .integers([1, 2])) }
        let bytes = try Self.bytes([OfficeWorkbook.Sheet(name: "T", table: Table(name: "t", columns: columns, keys: 2))])
        let sheet = try Self.part("xl/worksheets/sheet2.xml", of: bytes)
        #expect(sheet.contains("<pane xSplit=\"2\" ySplit=\"1\" topLeftCell=\"C2\" activePane=\"bottomRight\" state=\"frozen\"/>"))
        #expect(sheet.contains("<autoFilter ref=\"A1:C3\"/>") && sheet.contains("orientation=\"landscape\""))
        #expect(try Self.part("xl/workbook.xml", of: bytes).contains("'T'!$A:$B,'T'!$1:$1"))
    }

    @Test func `a Chinese character takes the width of two others`() throws {
        let bytes = try Self.bytes(
            Table.Column("a", .texts([String(repeating: "项", count: 10)])), Table.Column("b", .texts([String(repeating: "x", count: 10)])),
            Table.Column("c", .texts([String(repeating: "项", count: 300)])),
            Table.Column("d", .texts([String(repeating: "项", count: 300)]), isWhole: true), Table.Column("e", .integers([1])))
        let sheet = try Self.part("xl/worksheets/sheet2.xml", of: bytes)
        #expect(sheet.matches(of: /<col [^>]*width="(\d+)"/).map(\.1) == ["22", "12", "44", "70", "7"])
        // Ten lines of 70, of which some is lost where words break.
        #expect(sheet.contains("<row r=\"2\" ht=\"150\" customHeight=\"1\">"))
    }

    @Test(arguments: [(0, 26, "AA"), (0, 701, "ZZ"), (0, 702, "AAA"), (0, 16_383, "XFD")])
    func `columns have letters`(_: Int, column: Int, letters: String) {
        #expect(ShownTable.letters(column) == letters)
        #expect(CellReference(Array((letters + "1").utf8))?.column == column)
    }

    @Test func `a table that no sheet can hold is refused`() throws {
        let long = Table(name: "long", columns: [Table.Column("a", .integers([Int](repeating: 0, count: 1_048_576)))])
        #expect(throws: OutputError.exceedsWorkbook(table: "long", rows: 1_048_576, columns: 1)) {
            try Self.bytes([OfficeWorkbook.Sheet(name: "L", table: long)])
        }
        let wide = Table(name: "wide", columns: (0..<16_385).map { Table.Column("\($0)", .integers([0])) })
        #expect(throws: OutputError.exceedsWorkbook(table: "wide", rows: 1, columns: 16_385)) {
            try Self.bytes([OfficeWorkbook.Sheet(name: "W", table: wide)])
        }
    }

    @Test func `a table without rows is a header`() throws {
        let bytes = try Self.bytes(
            Table.Column("a", .texts([])), Table.Column("b", .values([], decimals: 1)), marks: [.bars(column: "b", most: 1)])
        #expect(try Self.rows(bytes) == [["a", "b"]])
    }

    @Test func `many rows are the same in pieces`() throws {
        let count = 10_000
        let rows = try Self.rows(
            Self.bytes(Table.Column("a", .integers(Array(0..<count))), Table.Column("b", .texts((0..<count).map { "n\($0 % 7)" }))))
        #expect(rows.dropFirst() == ArraySlice((0..<count).map { ["\($0)", "n\($0 % 7)"] }))
    }

    @Test func `the same content is the same bytes, and different bytes stay different texts`() throws {
        let texts = ["\u{E9}", "e\u{301}", "\u{E9}"]
        func made() throws -> [UInt8] { try Self.bytes(Table.Column("a", .texts(texts)), Table.Column("b", .factor(Factor(texts)))) }
        #expect(try made() == made())
        #expect(try Self.rows(made()).dropFirst().map { Array($0[0].utf8) } == texts.map { Array($0.utf8) })
    }

    // MARK: - Marks and charts

    @Test func `marks are conditions on the cells`() throws {
        let bytes = try Self.bytes(
            Table.Column("a", .texts(["x", "y"])), Table.Column("p", .values([0.9, 0.1], decimals: 2)),
            Table.Column("in", .texts(["a\"<", "no"])), Table.Column("gap", .numbers([1, -1], decimals: 1)),
            marks: [
                .line(column: "in", above: "a\"<", below: "no"), .rows(column: "in", text: "a\"<", .green), .bars(column: "p", most: 1),
                .lineAtZero(column: "gap"), .bars(column: "absent", most: 1), .rows(column: "absent", text: "x", .amber),
            ])
        let sheet = try Self.part("xl/worksheets/sheet2.xml", of: bytes)
        let formulas = sheet.matches(of: /dxfId="(\d)" priority="(\d)"><formula>([^<]*)</).map { "\($0.1) \($0.2) \($0.3)" }
        let (yes, line) = ("&quot;a&quot;&quot;&lt;&quot;", "AND(N($D1)&gt;0,ISNUMBER($D2),$D2&lt;0)")
        #expect(
            formulas == [
                "3 2 AND(AND($C1=\(yes),$C2=&quot;no&quot;),$C2=\(yes))", "3 3 AND(\(line),$C2=\(yes))", "0 4 $C2=\(yes)",
                "2 5 AND($C1=\(yes),$C2=&quot;no&quot;)", "2 6 \(line)",
            ])
        #expect(sheet.contains("<conditionalFormatting sqref=\"A2:D3\">") && sheet.matches(of: /type="dataBar"/).count == 1)
        #expect(sheet.contains("<conditionalFormatting sqref=\"B2:B3\"><cfRule type=\"dataBar\" priority=\"1\">"))
    }

    private static func charted(_ count: Int, keys: Int = 1, isKnown: Bool = true) throws -> [UInt8] {
        let values = (0..<count).map { isKnown ? Double($0) : nil }
        let columns =
            (0..<keys).map { Table.Column("k\($0)", .texts((0..<count).map { "n<\($0)" })) } + [
                Table.Column("x", .numbers(values, decimals: 1)), Table.Column("low", .numbers(values, decimals: 1)),
                Table.Column("high", .numbers(values, decimals: 1)),
            ]
        return try bytes(
            [OfficeWorkbook.Sheet(name: "It's", table: Table(name: "t", columns: columns, keys: keys))],
            charts: [OfficeWorkbook.Chart(title: "A & B", sheet: 0, columns: ("x", "low", "high"))])
    }

    @Test func `a chart shows the cells of its table, at most sixty rows of them`() throws {
        let chart = try Self.part("xl/charts/chart1.xml", of: Self.charted(3))
        #expect(chart.matches(of: /<c:val><c:numRef><c:f>([^<]*)</).map(\.1) == ["D", "C", "B"].map { "'It''s'!$\($0)$2:$\($0)$4" })
        #expect(chart.matches(of: /<c:cat><c:strRef><c:f>([^<]*)</).map(\.1) == Array(repeating: "'It''s'!$A$2:$A$4", count: 3))
        #expect(chart.contains("<a:t>A &amp; B</a:t>") && chart.contains("<c:v>n&lt;2</c:v>"))
        #expect(try Self.part("xl/charts/chart1.xml", of: Self.charted(100)).contains("$B$2:$B$61"))
        #expect(try Self.part("xl/charts/chart1.xml", of: Self.charted(3, keys: 2)).contains("<c:multiLvlStrRef><c:f>'It''s'!$A$2:$B$4<"))
        #expect(try workbook(Self.charted(3)).sheets.map(\.sheet) == ["Result", "Charts", "It's"])
    }

    @Test func `there is no chart of what is undefined`() throws {
        #expect(try workbook(Self.charted(3, isKnown: false)).sheets.map(\.sheet) == ["Result", "It's"])
    }
}
