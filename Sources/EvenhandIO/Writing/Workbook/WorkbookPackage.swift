/// The files of which a workbook consists, and how they refer to each other (ECMA-376, part 1).
///
/// It holds no dates and no names of users. The order of everything follows from the content.
struct WorkbookPackage {
    let workbook: OfficeWorkbook
    /// The tables as they are shown: without columns that hold no number.
    private let shown: [ShownTable]
    /// The names of all sheets: the first and the charts where there are any, and the tables.
    private let names: [String]
    /// The charts whose columns are shown.
    private let charts: [OfficeWorkbook.Chart]

    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    private static let drawing = "application/vnd.openxmlformats-officedocument.drawing"

    init(_ workbook: OfficeWorkbook) {
        self.workbook = workbook
        let shown = workbook.sheets.map(ShownTable.init)
        let charts = workbook.charts.filter { chart in
            [chart.columns.point, chart.columns.low, chart.columns.high].allSatisfy { shown[chart.sheet].index(of: $0) != nil }
        }
        (self.shown, self.charts) = (shown, charts)
        let hasCharts = !charts.isEmpty
        let first = [workbook.front?.name, hasCharts ? workbook.chartsName : nil].compactMap(\.self)
        names = SheetName.unique(first + workbook.sheets.map(\.name))
    }

    private var hasCharts: Bool { !charts.isEmpty }
    /// The first of the sheets that are tables.
    private var firstTable: Int { names.count - shown.count }
    /// The sheet of charts, counted from 0.
    private var chartSheet: Int { firstTable - 1 }

    func archive() -> ZipWriter {
        var archive = ZipWriter()
        let strings = WorkbookStrings()
        let drawn = charts.map { ChartXML($0, shown[$0.sheet], sheetName: names[firstTable + $0.sheet]) }
        archive.add("[Content_Types].xml", contentTypes)
        archive.add("_rels/.rels", WorkbookPackage.relationships([("officeDocument", "xl/workbook.xml")]))
        archive.add("xl/workbook.xml", list)
        archive.add("xl/_rels/workbook.xml.rels", WorkbookPackage.relationships(sheetTargets))
        if let front = workbook.front { archive.add("xl/worksheets/sheet1.xml", FrontXML(front, sheets: linkedSheets, strings).text) }
        if hasCharts {
            let file = "sheet\(chartSheet + 1).xml"
            archive.add("xl/worksheets/\(file)", DrawingXML.sheet)
            archive.add("xl/worksheets/_rels/\(file).rels", WorkbookPackage.relationships([("drawing", "../drawings/drawing1.xml")]))
            archive.add("xl/drawings/drawing1.xml", DrawingXML.drawing(drawn))
            let targets = charts.indices.map { ("chart", "../charts/chart\($0 + 1).xml") }
            archive.add("xl/drawings/_rels/drawing1.xml.rels", WorkbookPackage.relationships(targets))
            for (index, chart) in drawn.enumerated() { archive.add("xl/charts/chart\(index + 1).xml", chart.text) }
        }
        for (index, table) in shown.enumerated() {
            archive.add("xl/worksheets/sheet\(firstTable + index + 1).xml") { TableXML(table, strings).write(to: $0) }
        }
        archive.add("xl/styles.xml", WorkbookStyles.text(font: workbook.font))
        archive.add("xl/sharedStrings.xml") { WorkbookPackage.write(strings, to: $0) }
        return archive
    }

    /// The sheets that the first one lists: their names and what their tables show.
    private var linkedSheets: [(name: String, title: String)] {
        (hasCharts ? [(names[chartSheet], charts.map(\.title).joined(separator: "; "))] : [])
            + shown.enumerated().map { (names[firstTable + $0], $1.table.title) }
    }

    private var sheetTargets: [(String, String)] {
        names.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") } + [
            ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"),
        ]
    }

    private var contentTypes: String {
        func part(_ path: String, _ type: String) -> String { "<Override PartName=\"/\(path)\" ContentType=\"\(type)+xml\"/>" }
        var parts = [part("xl/workbook.xml", WorkbookPackage.spreadsheet + ".sheet.main")]
        parts += names.indices.map { part("xl/worksheets/sheet\($0 + 1).xml", WorkbookPackage.spreadsheet + ".worksheet") }
        if hasCharts { parts.append(part("xl/drawings/drawing1.xml", WorkbookPackage.drawing)) }
        parts += charts.indices.map { part("xl/charts/chart\($0 + 1).xml", WorkbookPackage.drawing + "ml.chart") }
        parts += [
            part("xl/styles.xml", WorkbookPackage.spreadsheet + ".styles"),
            part("xl/sharedStrings.xml", WorkbookPackage.spreadsheet + ".sharedStrings"),
        ]
        return WorkbookPackage.head + "<Types xmlns=\"\(WorkbookPackage.package)/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>\(parts.joined())</Types>"
    }

    private static func relationships(_ targets: [(kind: String, path: String)]) -> String {
        let list = targets.enumerated().map { index, target in
            "<Relationship Id=\"rId\(index + 1)\" Type=\"\(office)/\(target.kind)\" Target=\"\(target.path)\"/>"
        }
        return head + "<Relationships xmlns=\"\(package)/relationships\">\(list.joined())</Relationships>"
    }

    /// The list of sheets, with what is repeated on each printed page and where each filter is.
    private var list: String {
        let sheets = names.enumerated().map { index, name in
            "<sheet name=\"\(WorkbookText.escaped(name))\" sheetId=\"\(index + 1)\" r:id=\"rId\(index + 1)\"/>"
        }
        let definitions = shown.enumerated().map { index, table in
            let sheet = firstTable + index
            let name = WorkbookText.escaped(SheetName.quoted(names[sheet]))
            let last = ShownTable.letters(table.keys - 1)
            return
                "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"\(sheet)\" hidden=\"1\">\(name)!\(table.fixedRange)</definedName>"
                + "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"\(sheet)\">\(name)!$A:$\(last),\(name)!$1:$1</definedName>"
        }
        return WorkbookPackage.head + "<workbook xmlns=\"\(WorkbookPackage.main)\" xmlns:r=\"\(WorkbookPackage.office)\">"
            + "<bookViews><workbookView xWindow=\"0\" yWindow=\"0\" windowWidth=\"28800\" windowHeight=\"15000\" tabRatio=\"800\"/></bookViews>"
            + "<sheets>\(sheets.joined())</sheets>"
            + (definitions.isEmpty ? "" : "<definedNames>\(definitions.joined())</definedNames>") + "</workbook>"
    }

    private static func write(_ strings: WorkbookStrings, to packed: Deflater) {
        packed.append(head + "<sst xmlns=\"\(main)\" uniqueCount=\"\(strings.texts.count)\">")
        for text in strings.texts { packed.append("<si><t xml:space=\"preserve\">\(WorkbookText.shared(text))</t></si>") }
        packed.append("</sst>")
    }
}

/// A table as a sheet shows it.
struct ShownTable {
    let table: Table
    let marks: [OfficeWorkbook.Mark]
    let columns: [Table.Column]

    init(_ sheet: OfficeWorkbook.Sheet) {
        (table, marks) = (sheet.table, sheet.marks)
        columns = sheet.table.shown
    }

    /// How many columns name the rows.
    var keys: Int { max(1, min(table.keys, columns.count)) }
    /// The number of the last row, which the header is when there are no others.
    var lastRow: Int { table.rowCount + 1 }

    private var lastLetters: String { ShownTable.letters(max(0, columns.count - 1)) }
    /// All cells.
    var range: String { "A1:\(lastLetters)\(lastRow)" }
    /// The same as a fixed address.
    var fixedRange: String { "$A$1:$\(lastLetters)$\(lastRow)" }
    /// All cells without the header.
    var body: String { "A2:\(lastLetters)\(max(2, lastRow))" }

    func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }

    /// What a column is called in an address.
    static func letters(_ column: Int) -> String {
        let letter = String(UnicodeScalar(UInt8(0x41 + column % 26)))
        return column < 26 ? letter : letters(column / 26 - 1) + letter
    }
}

/// Names of sheets as Excel takes them.
enum SheetName {
    private static let longest = 31

    /// The names made valid and, in upper and lower case alike, unique: a number tells equal ones apart.
    static func unique(_ wanted: [String]) -> [String] {
        var taken: Set<String> = []
        return wanted.map { text in
            let name = valid(text)
            var (unique, number) = (name, 1)
            while !taken.insert(unique.lowercased()).inserted {
                number += 1
                let ending = " (\(number))"
                unique = cut(name, to: longest - ending.utf16.count) + ending
            }
            return unique
        }
    }

    /// Without the characters that a name may not have, and without an apostrophe at an end.
    private static func valid(_ text: String) -> String {
        let allowed = WorkbookText.printable(text).map { "[]:*?/\\".contains($0) ? " " : $0 }
        let name = trimmed(cut(trimmed(String(allowed)), to: longest))
        // The name of a sheet that Excel keeps for itself.
        return name.isEmpty || name.lowercased() == "history" ? name + "_" : name
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while let first = text.first, first == "'" || first == " " { text.removeFirst() }
        while let last = text.last, last == "'" || last == " " { text.removeLast() }
        return String(text)
    }

    private static func cut(_ text: String, to length: Int) -> String { WorkbookText.prefix(text, length) }

    /// The name in a formula.
    static func quoted(_ name: String) -> String {
        "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
}
