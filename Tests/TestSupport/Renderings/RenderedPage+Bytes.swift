/// How a file is written.
public enum SheetFormat: String, Sendable { case commas, semicolons, workbook }

extension RenderedPage {
    private static func date(_ day: Int) -> (year: Int, month: Int, day: Int) {
        var rest = day
        for (month, length) in [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
            if rest < length { return (2024, month + 1, rest + 1) }
            rest -= length
        }
        return (2024, 12, 31)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// A cell as text.
    private static func text(_ cell: RenderedCell, words: SheetWords, isFixed: Bool, comma: Bool) -> String {
        switch cell {
        case .empty: return ""
        case .text(let text): return text
        case .number(let number): return number.text(isFixed: isFixed, comma: comma)
        case .day(let day):
            let date = date(day)
            return words.day.replacing("y", with: "\(date.year)").replacing("m", with: two(date.month)).replacing("d", with: two(date.day))
        case .minutes(let minutes): return "\(two(minutes / 60)):\(two(minutes % 60))"
        }
    }

    /// The page as separated values.
    func text(words: SheetWords, format: SheetFormat, isFixed: Bool) -> String {
        let separator = format == .semicolons ? ";" : ","
        return rows.map { row in
            row.map { cell in
                let text = RenderedPage.text(cell, words: words, isFixed: isFixed, comma: format == .semicolons)
                return text.contains { $0 == Character(separator) || $0 == "\"" } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
            }.joined(separator: separator) + "\n"
        }.joined()
    }

    private static func column(_ index: Int) -> String {
        (index >= 26 ? column(index / 26 - 1) : "") + String(Character(UnicodeScalar(UInt8(65 + index % 26))))
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }

    private static func content(_ cell: RenderedCell, at position: String) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): "<c r=\"\(position)\" t=\"inlineStr\"><is><t>\(escaped(text))</t></is></c>"
        case .number(let number): "<c r=\"\(position)\"><v>\(number.text(isFixed: false))</v></c>"
        // Days since the end of 1899, and parts of a day.
        case .day(let day): "<c r=\"\(position)\" s=\"1\"><v>\(45_292 + day)</v></c>"
        case .minutes(let minutes): "<c r=\"\(position)\" s=\"2\"><v>\(Double(minutes) / 1440)</v></c>"
        }
    }

    private var sheetXML: String {
        let lines = rows.enumerated().map { index, row in
            let cells = row.enumerated().map { RenderedPage.content($1, at: "\(RenderedPage.column($0))\(index + 1)") }
            return "<row r=\"\(index + 1)\"\(hidden.contains(index) ? " hidden=\"1\"" : "")>\(cells.joined())</row>"
        }
        let merges = merged.map { area in
            let (first, last) = (RenderedPage.column(area.columns.lowerBound), RenderedPage.column(area.columns.upperBound))
            return "<mergeCell ref=\"\(first)\(area.rows.lowerBound + 1):\(last)\(area.rows.upperBound + 1)\"/>"
        }
        let behind = merges.isEmpty ? "" : "<mergeCells>\(merges.joined())</mergeCells>"
        return "<worksheet xmlns=\"\(RenderedPage.main)\"><sheetData>\(lines.joined())</sheetData>\(behind)</worksheet>"
    }

    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

    /// A workbook of pages.
    static func workbook(_ pages: [RenderedPage]) -> [UInt8] {
        func relationships(_ targets: [(type: String, target: String)]) -> String {
            let lines = targets.enumerated().map {
                "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(office)/\($1.type)\" Target=\"\($1.target)\"/>"
            }
            return "<Relationships xmlns=\"\(package)\">\(lines.joined())</Relationships>"
        }
        let list = pages.enumerated().map { "<sheet name=\"\(escaped($1.name))\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\"/>" }
        let targets = pages.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") } + [("styles", "styles.xml")]
        let formats = [0, 14, 20].map { "<xf numFmtId=\"\($0)\"/>" }.joined()
        let entries = [
            ZipArchive.Entry("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ZipArchive.Entry("_rels/.rels", relationships([("officeDocument", "xl/workbook.xml")])),
            ZipArchive.Entry(
                "xl/workbook.xml", "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>\(list.joined())</sheets></workbook>"),
            ZipArchive.Entry("xl/_rels/workbook.xml.rels", relationships(targets)),
            ZipArchive.Entry("xl/styles.xml", "<styleSheet xmlns=\"\(main)\"><cellXfs>\(formats)</cellXfs></styleSheet>"),
        ]
        return ZipArchive(entries + pages.enumerated().map { ZipArchive.Entry("xl/worksheets/sheet\($0 + 1).xml", $1.sheetXML) }).bytes
    }
}
