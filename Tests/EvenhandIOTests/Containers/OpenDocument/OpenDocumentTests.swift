import TestSupport
import Testing

@testable import EvenhandIO

@Suite struct OpenDocumentTests {
    private typealias Parts = DocumentParts

    private func rows(_ rows: String...) throws -> [[String]] { try Parts(rows: rows.joined()).read().sheets[0].rows }

    @Test(
        arguments: [
            ("float", "88.35", "88.35"), ("float", "88.349999999999994", "88.35"), ("float", "1E3", "1000"), ("currency", "12.50", "12.5"),
            ("percentage", "0.855", "85.5%"), ("percentage", "x", "x"), ("date", "2026-05-09", "2026-05-09"),
            ("date", "2026-05-09T10:09:24", "2026-05-09 10:09:24"), ("date", "2026-05-09T00:00:00", "2026-05-09"), ("date", "soon", "soon"),
            ("time", "PT10H15M00S", "10:15"), ("time", "PT10H15M30S", "10:15:30"), ("time", "PT26H03M00S", "26:03:00"),
            ("time", "PT10H15M29.999999999S", "10:15:30"), ("time", "PT5M", "00:05"), ("time", "PT", "PT"), ("time", "PT5X", "PT5X"),
            ("time", "P1D", "P1D"), ("time", "PT1S2H", "PT1S2H"), ("time", "PT99999999999999999999H", "PT99999999999999999999H"),
            ("boolean", "true", "TRUE"), ("boolean", "false", "FALSE"), ("string", "评委", "评委"),
        ])
    func `a value is written in the form of its type`(type: String, value: String, text: String) throws {
        #expect(try rows(Parts.row(Parts.cell(type, value, text: "<text:p>as shown</text:p>"))) == [[text]])
    }

    @Test func `a time is a duration where its style goes on beyond a day`() throws {
        var parts = Parts(
            rows: Parts.row(
                Parts.cell("time", "PT01H03M00S", "table:style-name=\"ce1\""),
                Parts.cell("time", "PT01H03M00S", "table:style-name=\"ce2\""),
                Parts.cell("time", "PT01H03M00S"), Parts.cell("time", "PT01H03M00S"))
                + Parts.row(Parts.cell("time", "PT01H03M00S"), attributes: "table:default-cell-style-name=\"ce1\""),
            columns: """
                <table:table-column table:number-columns-repeated="3"/><table:table-column table:default-cell-style-name="ce1"/>
                """)
        parts.styles = """
            <number:time-style style:name="N1" number:truncate-on-overflow="false"/><number:time-style style:name="N2"/>\
            <style:style style:name="ce1" style:data-style-name="N1"/><style:style style:name="ce2" style:data-style-name="N2"/>
            """
        #expect(try parts.read().sheets[0].rows == [["01:03:00", "01:03", "01:03", "01:03:00"], ["01:03:00"]])
    }

    @Test func `texts keep their spaces and lines and leave comments and drawings out`() throws {
        let cell = """
            <table:table-cell><office:annotation><text:p>remark</text:p></office:annotation>\
            <draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>\
            <text:p>张<text:span>三<text:s text:c="3"/></text:span><text:a>x</text:a><text:tab/>y</text:p><text:p>b<text:line-break/>c</text:p>\
            <text:p><text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>zi</text:ruby-text></text:ruby></text:p></table:table-cell>
            """
        #expect(try rows(Parts.row(cell, Parts.text("z"))) == [["张三   x\ty\nb\nc\n字", "z"]])
    }

    @Test func `errors are their text and formulas without a result are named`() throws {
        let book = try Parts(
            rows: Parts.row(
                Parts.text("#DIV/0!", "office:string-value=\"\" table:formula=\"of:=1/0\""),
                "<table:table-cell table:formula=\"of:=A1\"/>", Parts.cell("float", "2", "table:formula=\"of:=1+1\""))
        ).read()
        #expect(book.sheets[0].rows == [["#DIV/0!", "", "2"]])
        #expect(book.uncalculated == ["Sheet1!B1"])
    }

    @Test func `repeated rows and columns are counted, and made where they have a text`() throws {
        let grid = try Parts(
            rows: """
                \(Parts.row(Parts.text("a", "table:number-columns-repeated=\"3\""), "<table:table-cell table:number-columns-repeated=\"2\"/>", Parts.text("b")))\
                \(Parts.row("<table:table-cell table:number-columns-repeated=\"16384\"/>", attributes: "table:number-rows-repeated=\"3\""))\
                \(Parts.row(Parts.cell("float", "7"), "<table:table-cell table:number-columns-repeated=\"16383\"/>", attributes: "table:number-rows-repeated=\"2\""))\
                \(Parts.row("<table:table-cell/>", attributes: "table:number-rows-repeated=\"1048570\""))
                """
        ).read().sheets[0]
        #expect(grid.rows == [["a", "a", "a", "", "", "b"], ["7"], ["7"]])
        #expect(grid.lines == [1, 5, 6])
    }

    @Test func `merged areas and what they cover`() throws {
        let spans = "table:number-columns-spanned=\"2\" table:number-rows-spanned=\"3\""
        let covered = "<table:covered-table-cell><text:p>unseen</text:p></table:covered-table-cell>"
        let grid = try Parts(
            rows: Parts.row(Parts.text("a", spans), covered, Parts.text("b")) + Parts.row(covered, covered, Parts.text("c"))
                + Parts.row(covered, covered)
        ).read().sheets[0]
        #expect(grid.rows == [["a", "", "b"], ["", "", "c"]])
        #expect(grid.merges == [.init(rows: 0...1, columns: 0...1)])
        #expect(grid.filled.rows == [["a", "a", "b"], ["a", "a", "c"]])
    }

    @Test func `hidden rows, columns and sheets are reported`() throws {
        let columns = """
            <table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>\
            <table:table-column table:visibility="filter"/><table:table-column table:visibility="visible"/>
            """
        let cells = (1...5).map { Parts.cell("float", "\($0)") }.joined()
        let rows =
            Parts.row(cells) + "<table:table-row-group>" + Parts.row(cells, attributes: "table:visibility=\"filter\"")
            + Parts.row("", attributes: "table:visibility=\"collapse\"") + "</table:table-row-group>"
            + Parts.row(cells, attributes: "table:visibility=\"collapse\" table:number-rows-repeated=\"2\"")
        var parts = Parts(
            tables: "<table:table table:name=\"A\" table:style-name=\"ta1\">\(columns)\(rows)</table:table>"
                + "<table:table table:name=\"B\" table:style-name=\"ta2\">\(rows)</table:table>")
        parts.styles = """
            <style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>\
            <style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
            """
        let book = try parts.read()
        #expect(book.hidden == ["B"])
        let grid = try #require(book.sheets.first)
        #expect(grid.lines == [1, 2, 4, 5])
        #expect(grid.hiddenRows == [1, 2, 3])
        #expect(grid.hiddenColumns == [1, 2, 3])
    }

    @Test func `a table in a cell is not its text`() throws {
        let inner = "<table:table table:name=\"in\">\(Parts.row(Parts.text("x")))</table:table>"
        #expect(try rows(Parts.row("<table:table-cell><text:p>a</text:p>\(inner)</table:table-cell>", Parts.text("b"))) == [["a", "b"]])
    }

    @Test func `other documents of the family are not sheets`() {
        var parts = Parts(tables: "")
        parts.body = "<office:text><text:p>Dear judges</text:p></office:text>"
        #expect(parts.fault == .otherFormat(.textDocument))
        parts.body = "<office:drawing/>"
        #expect(parts.fault == .notAWorkbook)
        parts = Parts(rows: Parts.row(Parts.text("a")))
        parts.others = [
            ZipArchive.Entry(
                "META-INF/manifest.xml",
                "<manifest:manifest \(Parts.namespaces)><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
            )
        ]
        #expect(parts.fault == .encryptedWorkbook)
        // Programs once declared a document type in it.
        parts.others = [ZipArchive.Entry("META-INF/manifest.xml", "<!DOCTYPE manifest SYSTEM \"Manifest.dtd\"><manifest/>")]
        #expect(parts.fault == nil)
    }
}
