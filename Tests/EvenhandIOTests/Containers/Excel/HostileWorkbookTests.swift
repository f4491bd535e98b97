import TestSupport
import Testing

@testable import EvenhandIO

/// What is broken or made to do harm ends in words or in a grid, soon and in little memory.
@Suite struct HostileWorkbookTests {
    private static var parts: WorkbookParts {
        var parts = WorkbookParts(
            rows: "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>88.349999999999994</v></c></row>",
            behind: "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>")
        parts.shared = "<si><t>name</t></si>"
        return parts
    }

    /// The workbook with one part replaced or added.
    private func failure(with entry: ZipArchive.Entry) -> ScoreSheetError.Kind? {
        var parts = HostileWorkbookTests.parts
        parts.others = [entry]
        return fault(parts.archive.bytes)
    }

    private func failure(sheet: String) -> ScoreSheetError.Kind? {
        let root = "<worksheet xmlns=\"\(WorkbookParts.transitional.main)\">"
        return failure(with: .init("xl/worksheets/sheet1.xml", root + sheet + "</worksheet>"))
    }

    @Test func `a file that was cut off is refused wherever the cut is`() {
        let bytes = HostileWorkbookTests.parts.archive.bytes
        for length in stride(from: 0, to: bytes.count, by: 7) { #expect(fault(Array(bytes.prefix(length))) != nil, "\(length)") }
    }

    @Test func `changed bytes never do more than change what is read`() {
        var random = SystemRandomNumberGenerator()
        let bytes = HostileWorkbookTests.parts.archive.bytes
        for _ in 0..<1500 {
            var spoiled = bytes
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                spoiled[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = fault(spoiled)
        }
    }

    @Test func `noise after the signature of an archive is refused`() {
        for seed in 0..<200 {
            let noise = (0..<400).map { UInt8(truncatingIfNeeded: ($0 &+ seed &* 7919) &* 2_654_435_761 >> 7) }
            #expect(fault([0x50, 0x4B, 3, 4] + noise) == .brokenWorkbook(.archive))
            #expect(fault([0x50, 0x4B, 3, 4] + noise + ZipArchive([]).bytes) != nil)
        }
        #expect(fault([]) == .brokenWorkbook(.archive))
        #expect(fault(ZipArchive([]).bytes) == .brokenWorkbook(.archive))
        #expect(fault(ZipArchive([.init("a", "")]).bytes) == .otherFormat(.zip))
    }

    @Test func `wrong checksums and sizes are found`() {
        let name = "xl/worksheets/sheet1.xml"
        var entry = ZipArchive.Entry(name, "<worksheet xmlns=\"\(WorkbookParts.transitional.main)\"/>")
        #expect(failure(with: entry) == nil)
        entry.checksum ^= 1
        #expect(failure(with: entry) == .brokenWorkbook(.part(name)))
        entry.checksum ^= 1
        for size in [0, 10, entry.size + 1, 1 << 20, 1 << 31, (1 << 32) - 1] {
            var wrong = entry
            wrong.size = size
            #expect(failure(with: wrong) != nil, "\(size)")
        }
        entry.method = 8
        #expect(failure(with: entry) == .brokenWorkbook(.part(name)))
        entry.method = 99
        #expect(failure(with: entry) == .brokenWorkbook(.part(name)))
    }

    @Test func `what is protected says so`() {
        var entry = ZipArchive.Entry("xl/worksheets/sheet1.xml", "<worksheet/>")
        entry.flags = 1
        #expect(failure(with: entry) == .encryptedWorkbook)
    }

    @Test func `other documents in archives are not workbooks`() {
        let sheet = ZipArchive.Entry("content.xml", "<office/>")
        #expect(fault(ZipArchive([.init("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), sheet]).bytes) == .notAWorkbook)
        #expect(failure(with: .init("xl/workbook.xml", "<w:document xmlns:w=\"urn:w\"/>")) == .notAWorkbook)
        let target = "<Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.bin\"/>"
        let list = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(target)</Relationships>"
        #expect(failure(with: .init("_rels/.rels", list)) == .notAWorkbook)
        #expect(
            failure(with: .init("_rels/.rels", list.replacing(".bin", with: "2.xml"))) == .brokenWorkbook(.missingPart("xl/workbook2.xml")))
    }

    @Test func `missing parts are named`() {
        let whole = HostileWorkbookTests.parts.archive
        for (name, missing) in [
            ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"), ("xl/sharedStrings.xml", "xl/sharedStrings.xml"),
            ("xl/workbook.xml", "xl/workbook.xml"), ("xl/_rels/workbook.xml.rels", "Sheet1"),
        ] {
            let rest = ZipArchive(whole.entries.filter { $0.name != name })
            #expect(fault(rest.bytes) == .brokenWorkbook(.missingPart(missing)))
        }
        // These two only say where the others are.
        let rest = ZipArchive(whole.entries.filter { !["_rels/.rels", "[Content_Types].xml"].contains($0.name) })
        #expect(fault(rest.bytes) == nil)
    }

    @Test func `names that lead out of the archive are refused`() {
        #expect(failure(with: .init("../../etc/passwd", "x")) == .brokenWorkbook(.entryName("../../etc/passwd")))
        #expect(failure(with: .init("xl\\..\\..\\x", "x")) == .brokenWorkbook(.entryName("xl/../../x")))
        #expect(failure(with: .init(String(repeating: "long/", count: 2000), "x")) == nil)
        #expect(failure(with: .init("xl/Workbook.xml", "x")) == .brokenWorkbook(.part("xl/Workbook.xml")))
    }

    @Test func `document types and entities are refused`() {
        let name = "xl/worksheets/sheet1.xml"
        let laughs = (1..<10).map { level in
            "<!ENTITY l\(level) \"\(String(repeating: "&l\(level - 1);", count: 10))\">"
        }
        for text in ["<!DOCTYPE x [<!ENTITY l0 \"ha\">\(laughs.joined())]><x>&l9;</x>", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>"] {
            #expect(failure(with: .init(name, text)) == .brokenWorkbook(.documentType(part: name)))
        }
        #expect(failure(with: .init(name, "<x>\n&l9;</x>")) == .brokenWorkbook(.notXML(part: name, line: 2)))
        for text in ["", "<", "<a></b>", "<a>\u{1}</a>", "<?xml version=\"1.0\" encoding=\"x\"?><a/>", "<a:b/>"] {
            #expect(failure(with: .init(name, text)) == .brokenWorkbook(.notXML(part: name, line: 1)), "\(text)")
        }
    }

    @Test func `an archive that unpacks to far more is refused`() {
        func spaces(_ count: Int) -> ZipArchive.Entry {
            ZipArchive.Entry("xl/worksheets/sheet1.xml", [UInt8](repeating: 0x20, count: count)).deflated
        }
        var bomb = spaces(4_000_000)
        #expect(failure(with: bomb) == .workbookTooLarge(.ratio))
        // What lies about its size is unpacked no further than it said.
        bomb.size = 1000
        #expect(
            failure(with: bomb) == .brokenWorkbook(.part(bomb.name))
                || failure(with: bomb) == .brokenWorkbook(.notXML(part: bomb.name, line: 1)))
        var harmless = spaces(500_000)
        #expect(failure(with: harmless) == .brokenWorkbook(.notXML(part: harmless.name, line: 1)))
        harmless.name = "xl/media/nothing"
        #expect(failure(with: harmless) == nil)
    }

    @Test func `deflated parts are read`() throws {
        var parts = HostileWorkbookTests.parts
        parts.others = parts.archive.entries.map(\.deflated)
        #expect(try parts.read().sheets[0].rows == [["name", "88.35"]])
    }

    @Test func `too many entries are refused`() {
        let many = ZipArchive((0..<100_000).map { .init("e\($0)", "") })
        #expect(fault(many.bytes) == .workbookTooLarge(.entries))
        #expect(fault(ZipArchive((0..<10_001).map { .init("e\($0)", "") }).bytes) == .workbookTooLarge(.entries))
    }

    @Test(arguments: ["ZZZZZ99999999", "A0", "A1048577", "XFE1", "", "1A", "A2", "A99999999999999999999999"])
    func `addresses that cannot be are refused`(address: String) {
        #expect(
            failure(sheet: "<sheetData><row r=\"1\"><c r=\"\(address)\"><v>1</v></c></row></sheetData>")
                == .brokenWorkbook(.cell("Sheet1!\(address)".prefix(27).description)))
    }

    @Test func `a lonely cell far away takes no rectangle`() throws {
        let book = try WorkbookParts(rows: "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>").read()
        #expect(book.sheets[0].lines == [1_048_576] && book.sheets[0].rows[0].count == 16384)
        let rows = (1...2000).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>1</v></c></row>" }.joined()
        #expect(failure(sheet: "<sheetData>\(rows)</sheetData>") == .workbookTooLarge(.contentBytes))
        let empty = rows.replacing("<v>1</v>", with: "")
        #expect(failure(sheet: "<sheetData>\(empty)</sheetData>") == nil)
    }

    @Test(arguments: [
        "<row r=\"2\"/><row r=\"2\"/>", "<row r=\"2\"/><row r=\"1\"/>", "<row r=\"0\"/>", "<row r=\"x\"/>", "<row r=\"-1\"/>",
        "<row><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>", "<row><c t=\"s\"><v>1</v></c></row>",
        "<row><c t=\"s\"><v>-1</v></c></row>", "<row><c t=\"s\"><v>x</v></c></row>",
        "<row><c t=\"s\"><v>99999999999999999999</v></c></row>",
    ])
    func `rows and cells that contradict others are refused`(rows: String) {
        guard case .brokenWorkbook(.cell) = failure(sheet: "<sheetData>\(rows)</sheetData>") else {
            Issue.record("\(rows) was read")
            return
        }
    }

    @Test func `more rows and columns than a sheet can have are refused`() {
        #expect(failure(sheet: "<sheetData><row r=\"1048576\"/><row/></sheetData>") == .workbookTooLarge(.rows))
        let cells = "<c r=\"XFD1\"/><c/>"
        #expect(failure(sheet: "<sheetData><row r=\"1\">\(cells)</row></sheetData>") == .workbookTooLarge(.columns))
        #expect(failure(sheet: "<mergeCells><mergeCell ref=\"A1:ZZZ9\"/></mergeCells>") == .brokenWorkbook(.cell("Sheet1!A1:ZZZ9")))
    }

    @Test func `texts, tags and levels have an end`() {
        let long = String(repeating: "x", count: 100_000)
        #expect(failure(sheet: "<sheetData><row><c t=\"str\"><v>\(long)</v></c></row></sheetData>") == .workbookTooLarge(.cellBytes))
        #expect(failure(sheet: String(repeating: "<a>", count: 100_000)) == .workbookTooLarge(.markup))
        let attribute = String(repeating: long, count: 30)
        #expect(failure(sheet: "<a b=\"\(attribute)\"/>") == .workbookTooLarge(.markup))
        // What Expat itself needs for a name differs between its releases; so many are too many for each.
        let names = (0..<700_000).map { "<n\($0)/>" }.joined()
        #expect(failure(sheet: names) == .workbookTooLarge(.markup))
    }
}
