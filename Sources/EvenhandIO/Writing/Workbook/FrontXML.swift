/// The first sheet: labels in a narrow column and sentences in a wide one, with a link to each of the other sheets.
struct FrontXML {
    private let front: OfficeWorkbook.Front
    private let sheets: [(name: String, title: String)]
    private let strings: WorkbookStrings

    init(_ front: OfficeWorkbook.Front, sheets: [(name: String, title: String)], _ strings: WorkbookStrings) {
        (self.front, self.sheets, self.strings) = (front, sheets, strings)
    }

    /// The width of the column of sentences.
    private static let width = 110

    private typealias Row = (label: String, text: String, style: Int)

    /// The rows; the first row of each part has its label, and an empty row comes after it.
    private var rows: [Row?] {
        func part(_ label: String, _ lines: [String], _ style: Int) -> [Row?] {
            lines.isEmpty ? [] : lines.enumerated().map { ($0 == 0 ? label : "", $1, style) } + [nil]
        }
        return part(front.answer.label, front.answer.lines, WorkbookStyles.answer) + part(front.contents, links, WorkbookStyles.link)
            + part(front.notes.label, front.notes.lines, WorkbookStyles.note)
    }

    private var links: [String] { sheets.map { $0.title.isEmpty || $0.title == $0.name ? $0.name : "\($0.name) – \($0.title)" } }

    /// The row of the first link, counted from 1.
    private var firstLink: Int { front.answer.lines.isEmpty ? 1 : front.answer.lines.count + 2 }

    var text: String {
        let widest = max(10, DisplayWidth.of(front.answer.label), DisplayWidth.of(front.contents), DisplayWidth.of(front.notes.label)) + 2
        let cells = rows.enumerated().compactMap { index, row in row.map { FrontXML.row(index + 1, $0, strings) } }
        let targets = sheets.enumerated().map { index, sheet in
            let target = WorkbookText.escaped(SheetName.quoted(sheet.name) + "!A1")
            return "<hyperlink ref=\"B\(firstLink + index)\" location=\"\(target)\"/>"
        }
        return WorkbookPackage.head + "<worksheet xmlns=\"\(WorkbookPackage.main)\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
            + "<sheetViews><sheetView showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews>"
            + "<sheetFormatPr defaultRowHeight=\"15\"/><cols><col min=\"1\" max=\"1\" width=\"\(widest)\" customWidth=\"1\"/>"
            + "<col min=\"2\" max=\"2\" width=\"\(FrontXML.width)\" customWidth=\"1\"/></cols><sheetData>\(cells.joined())</sheetData>"
            + (targets.isEmpty ? "" : "<hyperlinks>\(targets.joined())</hyperlinks>") + SheetEnd.page(isLandscape: false) + "</worksheet>"
    }

    private static func row(_ number: Int, _ row: Row, _ strings: WorkbookStrings) -> String {
        func cell(_ column: String, _ text: String, _ style: Int) -> String {
            text.isEmpty ? "" : "<c r=\"\(column)\(number)\" s=\"\(style)\" t=\"s\"><v>\(strings.index(of: text))</v></c>"
        }
        let height = RowHeight.attribute(lines: RowHeight.lines(of: row.text, width: FrontXML.width))
        return "<row r=\"\(number)\"\(height)>" + cell("A", row.label, WorkbookStyles.label) + cell("B", row.text, row.style) + "</row>"
    }
}
