import Evenhand

/// A sheet with a table: its header stays in sight, its numbers are numbers, and its texts are never formulas.
struct TableXML {
    private let shown: ShownTable
    private let strings: WorkbookStrings
    /// The index of the text of each level of a column of names.
    private let levels: [[Int]]
    private let blanks: [Int?]
    private let widths: [Int]
    /// What comes before and after the number of the row in each cell.
    private let starts: [(before: String, after: String)]

    private static let rowsPerPiece = 4096

    init(_ shown: ShownTable, _ strings: WorkbookStrings) {
        (self.shown, self.strings) = (shown, strings)
        levels = shown.columns.map { column in
            guard case .factor(let factor) = column.cells else { return [] }
            // Only what appears, in the order of rows: the levels themselves may be those of a larger table.
            var indices = [Int](repeating: -1, count: factor.levels.count)
            for code in factor.codes where code >= 0 && indices[Int(code)] < 0 {
                indices[Int(code)] = strings.index(of: factor.levels[Int(code)])
            }
            return indices
        }
        widths = shown.columns.map(ColumnWidth.of)
        starts = shown.columns.enumerated().map { index, column in
            ("<c r=\"\(ShownTable.letters(index))", "\" s=\"\(TableXML.style(of: column))\"" + (column.isNumeric ? "><v>" : " t=\"s\"><v>"))
        }
        blanks = shown.columns.map { $0.blank.isEmpty ? nil : strings.index(of: $0.blank) }
    }

    /// Writes the part, its rows in pieces.
    func write(to packed: Deflater) {
        packed.append(start)
        let hasSentences = shown.columns.contains { $0.isWhole }
        for first in stride(from: 0, to: shown.table.rowCount, by: TableXML.rowsPerPiece) {
            let rows = first..<min(first + TableXML.rowsPerPiece, shown.table.rowCount)
            var buffer = TextBuffer(capacity: rows.count * (starts.count * 32 + 24))
            for row in rows {
                buffer.append("<row r=\"")
                buffer.append(integer: row + 2)
                buffer.append("\"")
                if hasSentences { buffer.append(height(ofRow: row)) }
                buffer.append(">")
                for column in starts.indices { append(column, row, to: &buffer) }
                buffer.append("</row>")
            }
            packed.append(buffer.bytes)
        }
        packed.append(end)
    }

    /// The height of a row with long sentences: some programs do not find it themselves.
    private func height(ofRow row: Int) -> String {
        var lines = 1
        for (index, column) in shown.columns.enumerated() where column.isWhole {
            lines = max(lines, RowHeight.lines(of: column.name(at: row), width: widths[index] - 1))
        }
        return RowHeight.attribute(lines: lines)
    }

    private static func style(of column: Table.Column) -> Int {
        switch column.cells {
        case .factor, .texts: column.isWhole ? WorkbookStyles.wrapped : WorkbookStyles.text
        case .integers: WorkbookStyles.number(decimals: 0)
        case .numbers(_, let decimals), .values(_, let decimals): WorkbookStyles.number(decimals: decimals)
        }
    }

    /// Adds a cell; nothing for one that is empty or undefined.
    private func append(_ column: Int, _ row: Int, to buffer: inout TextBuffer) {
        switch shown.columns[column].cells {
        case .factor(let factor):
            let code = Int(factor.codes[row])
            if let index = code >= 0 ? levels[column][code] : blanks[column] { append(integer: index, column, row, to: &buffer) }
        case .texts(let texts): if !texts[row].isEmpty { append(integer: strings.index(of: texts[row]), column, row, to: &buffer) }
        case .integers(let numbers): append(integer: numbers[row], column, row, to: &buffer)
        case .numbers(let numbers, _): if let number = numbers[row] { append(number, column, row, to: &buffer) }
        case .values(let values, _): append(values[row], column, row, to: &buffer)
        }
    }

    /// A whole number, or the index of a text.
    private func append(integer: Int, _ column: Int, _ row: Int, to buffer: inout TextBuffer) {
        appendStart(column, row, to: &buffer)
        buffer.append(integer: integer)
        buffer.append("</v></c>")
    }

    private func append(_ number: Double, _ column: Int, _ row: Int, to buffer: inout TextBuffer) {
        guard number.isFinite else { return appendInfinite(number, column, row, to: &buffer) }
        appendStart(column, row, to: &buffer)
        buffer.append(shortest: number)
        buffer.append("</v></c>")
    }

    private func appendStart(_ column: Int, _ row: Int, to buffer: inout TextBuffer) {
        buffer.append(starts[column].before)
        buffer.append(integer: row + 2)
        buffer.append(starts[column].after)
    }

    /// A workbook has no infinite numbers, so these are texts.
    private func appendInfinite(_ number: Double, _ column: Int, _ row: Int, to buffer: inout TextBuffer) {
        guard !number.isNaN else { return }
        let index = strings.index(of: NumberFormat.fixed(number, decimals: 0))
        buffer.append("<c r=\"\(ShownTable.letters(column))\(row + 2)\" s=\"\(WorkbookStyles.text)\" t=\"s\"><v>\(index)</v></c>")
    }

    /// All that comes before the rows, and the header.
    private var start: String {
        let columns = widths.enumerated().map { index, width in
            "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(width)\" customWidth=\"1\"/>"
        }
        let header = shown.columns.enumerated().map { index, column in
            let style = column.isNumeric ? WorkbookStyles.numberHeader : WorkbookStyles.header
            return "<c r=\"\(ShownTable.letters(index))1\" s=\"\(style)\" t=\"s\"><v>\(strings.index(of: column.heading))</v></c>"
        }
        let lines = zip(shown.columns, widths).map { RowHeight.lines(of: $0.heading, width: $1 - ColumnWidth.arrow) }.max() ?? 1
        let corner = "\(ShownTable.letters(shown.keys))2"
        return WorkbookPackage.head + "<worksheet xmlns=\"\(WorkbookPackage.main)\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
            + "<dimension ref=\"\(shown.range)\"/><sheetViews><sheetView workbookViewId=\"0\">"
            + "<pane xSplit=\"\(shown.keys)\" ySplit=\"1\" topLeftCell=\"\(corner)\" activePane=\"bottomRight\" state=\"frozen\"/>"
            + "<selection pane=\"topRight\"/><selection pane=\"bottomLeft\"/>"
            + "<selection pane=\"bottomRight\" activeCell=\"\(corner)\" sqref=\"\(corner)\"/></sheetView></sheetViews>"
            + "<sheetFormatPr defaultRowHeight=\"15\"/><cols>\(columns.joined())</cols>"
            + "<sheetData><row r=\"1\"\(RowHeight.attribute(lines: lines))>\(header.joined())</row>"
    }

    /// All that comes after the rows.
    private var end: String {
        "</sheetData><autoFilter ref=\"\(shown.range)\"/>" + ConditionXML(shown).text + ValidationXML(shown).text
            + SheetEnd.page(isLandscape: true)
            + "<ignoredErrors><ignoredError sqref=\"\(shown.range)\" numberStoredAsText=\"1\"/></ignoredErrors></worksheet>"
    }
}

/// What all sheets end with.
enum SheetEnd {
    /// A4, as many pages high as it takes, with the name of the sheet and the number of the page.
    static func page(isLandscape: Bool) -> String {
        "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
            + "<pageSetup paperSize=\"9\" orientation=\"\(isLandscape ? "landscape" : "portrait")\" fitToHeight=\"0\"/>"
            + "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
    }
}

/// The cells of a sheet that take only numbers of a range; a spreadsheet refuses anything else.
struct ValidationXML {
    private let shown: ShownTable

    /// What Excel takes of a title and of a message, in UTF-16.
    private static let (longestTitle, longestMessage) = (32, 225)

    init(_ shown: ShownTable) { self.shown = shown }

    var text: String {
        let rules = shown.columns.enumerated().compactMap { index, column in column.blanks.map { rule($0, ShownTable.letters(index)) } }
        guard !rules.isEmpty, shown.table.rowCount > 0 else { return "" }
        return "<dataValidations count=\"\(rules.count)\">\(rules.joined())</dataValidations>"
    }

    private func rule(_ blanks: ScoreBlanks, _ letters: String) -> String {
        func attribute(_ text: String, _ longest: Int) -> String {
            WorkbookText.escaped(WorkbookText.prefix(WorkbookText.printable(text), longest))
        }
        let title = attribute(blanks.title, ValidationXML.longestTitle)
        let message = attribute(blanks.message, ValidationXML.longestMessage)
        return "<dataValidation type=\"decimal\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\" errorTitle=\"\(title)\""
            + " error=\"\(message)\" promptTitle=\"\(title)\" prompt=\"\(message)\" sqref=\"\(letters)2:\(letters)\(shown.lastRow)\">"
            + "<formula1>0</formula1><formula2>\(NumberFormat.shortest(blanks.most.value))</formula2></dataValidation>"
    }
}
