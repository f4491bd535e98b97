import TestSupport
import Testing

@testable import EvenhandIO

/// What the formats of a workbook make of its numbers, and what it hides.
@Suite struct CellFormatsTests {
    /// Formats 0 to 5: general, a percentage, a day, a day with a time in words, a duration, and a number whose code has letters in quotes.
    private static let styles = """
        <numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot; h:mm"/>\
        <numFmt numFmtId="165" formatCode="[h]:mm:ss"/><numFmt numFmtId="166" formatCode="0&quot; days&quot;"/></numFmts>\
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
        <cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>\
        <dxfs><dxf><numFmt numFmtId="165" formatCode="0%"/></dxf></dxfs>
        """

    private func parts(_ rows: String, before: String = "", styles: String = CellFormatsTests.styles) -> WorkbookParts {
        var parts = WorkbookParts(rows: rows)
        parts.sheets[0].content = before + parts.sheets[0].content
        parts.styles = styles
        return parts
    }

    private func rows(_ cells: String) throws -> [[String]] { try parts("<row>\(cells)</row>").read().sheets[0].rows }

    @Test func `numbers are written in the form of their cells`() throws {
        let cells = """
            <c s="1"><v>0.85499999999999998</v></c><c s="2"><v>46151</v></c><c s="3"><v>46151.423194444447</v></c>\
            <c s="4"><v>1.0854166666666667</v></c><c s="5"><v>7</v></c><c><v>8.5</v></c><c s="6"><v>9</v></c><c s="99999999999999999999"><v>9</v></c>\
            <c s="x"><v>9</v></c><c s="1"><f>A1</f><v>0.9</v></c>
            """
        #expect(try rows(cells) == [["85.5%", "2026-05-09", "2026-05-09 10:09:24", "26:03:00", "7", "8.5", "9", "9", "9", "90%"]])
    }

    @Test func `only numbers have a form`() throws {
        let cells = """
            <c s="2" t="str"><f>A1</f><v>46151</v></c><c s="2" t="inlineStr"><is><t>1</t></is></c><c s="1" t="b"><v>1</v></c>\
            <c s="1" t="e"><v>#N/A</v></c><c s="1" t="d"><v>2026-05-09T10:09:24</v></c><c t="d"><v>2026-05-09T00:00:00.000</v></c>\
            <c t="d"><v>soon</v></c>
            """
        #expect(try rows(cells) == [["46151", "1", "TRUE", "#N/A", "2026-05-09 10:09:24", "2026-05-09", "soon"]])
    }

    @Test(arguments: [("1", "2026-05-09"), ("true", "2026-05-09"), ("0", "2022-05-08"), ("x", "2022-05-08")])
    func `the first day is what the workbook says`(value: String, text: String) throws {
        var book = parts("<row><c s=\"2\"><v>44689</v></c></row>")
        book.properties = "<workbookPr date1904=\"\(value)\"/>"
        #expect(try book.read().sheets[0].rows == [[text]])
    }

    @Test func `without formats every number is a number`() throws {
        let cells = "<row><c s=\"2\"><v>46151</v></c></row>"
        #expect(try WorkbookParts(rows: cells).read().sheets[0].rows == [["46151"]])
        var named = parts(cells)
        named.leavesOutStyles = true
        #expect(try named.read().sheets[0].rows == [["46151"]])
    }

    @Test func `broken formats are refused`() {
        #expect(fault(parts("", styles: "<cellXfs>").archive.bytes) == .brokenWorkbook(.notXML(part: "xl/styles.xml", line: 1)))
    }

    @Test func `hidden rows and columns are named by their position in the grid`() throws {
        let before = """
            <cols><col min="1" max="1"/><col min="2" max="3" hidden="1"/><col min="5" max="16384" hidden="true"/><col min="4" max="4" hidden="0"/></cols>
            """
        let row = "<c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c><v>4</v></c><c><v>5</v></c><c><v>6</v></c>"
        let rows =
            "<row r=\"2\">\(row)</row><row r=\"5\" hidden=\"1\"><c><v>1</v></c></row><row r=\"6\" hidden=\"false\"/><row hidden=\"1\"/>"
        let grid = try parts(rows, before: before).read().sheets[0]
        #expect(grid.lines == [2, 5, 6, 7])
        #expect(grid.hiddenRows == [1, 3])
        #expect(grid.hiddenColumns == [1, 2, 4, 5])
    }

    @Test(
        arguments: [
            ("0", "2", [0, 1]), ("-9", "1", [0]), ("2", "99999999", [1, 2]), ("3", "1", []), ("x", "1", []), ("1", "", []),
            ("16385", "16385", []), ("1", "9223372036854775807", [0, 1, 2]),
        ] as [(String, String, Set<Int>)])
    func `a range of columns that cannot be hides what it can`(first: String, last: String, hidden: Set<Int>) throws {
        let before = "<cols><col min=\"\(first)\" max=\"\(last)\" hidden=\"1\"/></cols>"
        let grid = try parts("<row><c/><c/><c><v>3</v></c></row>", before: before).read().sheets[0]
        #expect(grid.hiddenColumns == hidden)
    }

    @Test func `ranges of columns have an end`() {
        let columns = String(repeating: "<col min=\"1\" max=\"16384\" hidden=\"1\"/>", count: 17000)
        #expect(fault(parts("", before: "<cols>\(columns)</cols>").archive.bytes) == .workbookTooLarge(.contentBytes))
    }
}
