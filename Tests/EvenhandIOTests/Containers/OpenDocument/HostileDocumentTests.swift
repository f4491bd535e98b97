import TestSupport
import Testing

@testable import EvenhandIO

/// Documents that are broken or made to do harm end in words or in a grid, soon and in little memory.
@Suite struct HostileDocumentTests {
    private typealias Parts = DocumentParts

    private static var parts: DocumentParts {
        Parts(
            rows: Parts.row(Parts.text("名称", "table:number-columns-spanned=\"2\""), "<table:covered-table-cell/>")
                + Parts.row(Parts.text("a"), Parts.cell("float", "88.35"), Parts.cell("time", "PT10H15M00S")),
            columns: "<table:table-column table:number-columns-repeated=\"9\" table:visibility=\"collapse\"/>")
    }

    /// The list of parts is at the end; its last bytes can be missing without any part of the sheet being so.
    @Test func `a file that was cut off is refused, or read as the whole one`() throws {
        let bytes = HostileDocumentTests.parts.archive.bytes
        let whole = try workbook(bytes).sheets
        for length in bytes.indices {
            let cut = Array(bytes.prefix(length))
            if fault(cut) == nil { #expect(try workbook(cut).sheets == whole, "\(length) of \(bytes.count)") }
        }
        for length in stride(from: 0, to: bytes.count - 22, by: 5) { #expect(fault(Array(bytes.prefix(length))) != nil, "\(length)") }
    }

    @Test func `changed content never does more than change what is read`() {
        var random = SystemRandomNumberGenerator()
        let content = Array(HostileDocumentTests.parts.content.utf8)
        for _ in 0..<1500 {
            var spoiled = content
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                spoiled[Int.random(in: 0..<content.count, using: &random)] = UInt8.random(in: 0x20...0x7E, using: &random)
            }
            var parts = HostileDocumentTests.parts
            parts.others = [ZipArchive.Entry("content.xml", spoiled)]
            _ = parts.fault
        }
    }

    @Test(
        arguments: [
            ("a cell that stands for a million", "table:number-columns-repeated=\"1000000\"", "", WorkbookLimit.columns),
            ("a row that stands for two million", "", "table:number-rows-repeated=\"2000000\"", .rows),
            (
                "a long text in every cell", "table:number-columns-repeated=\"16384\"", "table:number-rows-repeated=\"1000000\"",
                .contentBytes
            ),
        ])
    func `repeats that fill the memory are refused`(what: String, cell: String, row: String, limit: WorkbookLimit) {
        let parts = Parts(rows: Parts.row(Parts.text(String(repeating: "x", count: 100), cell), attributes: row))
        #expect(parts.fault == .workbookTooLarge(limit), "\(what)")
    }

    @Test(arguments: ["0", "-5", "x", "", "1e9", "99999999999999999999", "999999999"])
    func `counts that cannot be are one, and empty cells take no room however many`(count: String) throws {
        let empty = "<table:table-cell table:number-columns-repeated=\"\(count)\"/>"
        let rows = Parts.row(empty, attributes: "table:number-rows-repeated=\"\(count)\"") + Parts.row(Parts.text("a"))
        let fault = Parts(rows: rows).fault
        #expect(fault == (count == "999999999" ? .workbookTooLarge(.rows) : nil))
        #expect(try Parts(rows: Parts.row(Parts.text("a"), empty)).read().sheets[0].rows == [["a"]])
    }

    @Test func `many empty rows far apart take no room`() throws {
        let empty = Parts.row("<table:table-cell/>", attributes: "table:number-rows-repeated=\"100\"")
        let rows = String(repeating: empty + Parts.row(Parts.text("a")), count: 1000)
        #expect(try Parts(rows: rows).read().sheets[0].lines.last == 101_000)
    }

    @Test func `areas that cover everything again and again are refused`() {
        let span = "table:number-columns-spanned=\"16384\" table:number-rows-spanned=\"1048576\""
        let rows = String(repeating: Parts.row(Parts.text("a", span)), count: 1000)
        #expect(Parts(rows: rows).fault == .workbookTooLarge(.contentBytes))
    }

    @Test func `texts, tags, levels and spaces have an end`() {
        let long = String(repeating: "x", count: 100_000)
        #expect(Parts(rows: Parts.row(Parts.text(long))).fault == .workbookTooLarge(.cellBytes))
        let spaces = String(repeating: "<text:s text:c=\"999999999\"/>", count: 1000)
        #expect(Parts(rows: Parts.row(Parts.text(spaces))).fault == .workbookTooLarge(.cellBytes))
        #expect(Parts(rows: String(repeating: "<table:table-row>", count: 100_000)).fault == .workbookTooLarge(.markup))
        let tables = String(repeating: "<table:table>", count: 100) + String(repeating: "</table:table>", count: 100)
        #expect(Parts(tables: tables).fault == .workbookTooLarge(.markup))
    }

    @Test func `an archive that unpacks to far more is refused`() {
        var parts = HostileDocumentTests.parts
        parts.others = [ZipArchive.Entry("content.xml", [UInt8](repeating: 0x20, count: 4_000_000)).deflated]
        #expect(parts.fault == .workbookTooLarge(.ratio))
    }

    @Test func `document types and entities are refused`() {
        var parts = HostileDocumentTests.parts
        parts.others = [ZipArchive.Entry("content.xml", "<!DOCTYPE x [<!ENTITY l \"ha\">]><x>&l;</x>")]
        #expect(parts.fault == .brokenWorkbook(.documentType(part: "content.xml")))
    }

    @Test(arguments: [
        "</table:table-row>", "<table:table-cell/>", "<table:table-row/><table:table-row>", "<text:p>x</text:p>", "<office:annotation>",
    ])
    func `elements out of position are refused or say nothing`(rows: String) {
        let fault = Parts(rows: rows).fault
        #expect(fault == nil || fault == .brokenWorkbook(.notXML(part: "content.xml", line: 1)))
    }
}
