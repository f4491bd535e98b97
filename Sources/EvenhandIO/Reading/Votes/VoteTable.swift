import Evenhand

/// The columns of a file of votes that mean something, as codes into their different texts.
struct VoteTable {
    /// One column.
    struct Column {
        let header: String
        /// The different texts, in no order that means anything.
        let levels: [String]
        /// For each row the index of its text.
        let codes: [Int32]

        func text(_ row: Int) -> String { levels[Int(codes[row])] }
    }

    let path: String
    let form: VoteForm
    /// The columns that the form uses, by their position in the file.
    private let columns: [Int: Column]
    private let lines: [Int32]
    private let sheet: String?

    var rowCount: Int { lines.count }

    func column(_ position: Int) -> Column { columns[position] ?? Column(header: "", levels: [], codes: []) }

    /// What is wrong with the text of a row.
    func problem(_ kind: VoteFileError.Kind, row: Int, column: Int?) -> VoteFileError.Problem {
        let (line, held) = (Int(lines[row]), column.map { self.column($0) })
        let cell = sheet.flatMap { sheet in column.map { "\(sheet)!\(Grid.columnName($0))\(line)" } }
        return VoteFileError.Problem(
            kind: kind, line: line, column: held?.header, text: held.map { String($0.text(row).prefix(60)) } ?? "", cell: cell)
    }
}

extension VoteTable {
    /// A header is looked for below a few lines of title.
    private static let mostTitleRows = 20

    /// Reads a file: separated values, a workbook, or lines of JSON.
    ///
    /// - Throws: `ScoreSheetError` where it cannot be read, `VoteFileError` where it has no columns of votes.
    static func tables(of path: String, _ options: ReadingOptions) throws -> (tables: [VoteTable], bytes: Int) {
        let input = try InputBytes(path: path)
        guard input.count > 0 else { throw ScoreSheetError(.noRows, file: path) }
        switch try SourceFormat(of: input, encoding: options.encoding) {
        case .text(let text, let encoding, _):
            do { return ([try table(of: TextSource(text, encoding: encoding))], input.count) } catch let error as ScoreSheetError {
                guard options.encoding == nil, error.problems.contains(where: { $0.kind == .invalidUTF8 }),
                    let second = SourceFormat.secondLook(at: text)
                else { throw error }
                return ([try table(of: TextSource(second.text, encoding: second.encoding))], input.count)
            }
        case .records(let grid, _): return ([try VoteTable(grid, path: path)], input.count)
        case .workbook(let workbook):
            let sheets = workbook.sheets.map(\.filled).filter { !$0.rows.indices.allSatisfy($0.isBlank) }
            let read = sheets.compactMap { try? VoteTable($0, path: path) }
            if read.isEmpty, let first = sheets.first { return ([try VoteTable(first, path: path)], input.count) }
            if read.isEmpty { throw ScoreSheetError(.noRows, file: path) }
            return (read, input.count)
        }
    }

    private static func table(of text: TextSource) throws -> VoteTable {
        try VoteTable(text) ?? VoteTable(Grid(text.input, from: text.start, separator: text.separator), path: text.input.path)
    }

    /// The rows of a grid below the first row that is a header of votes.
    private init(_ grid: Grid, path: String) throws {
        let titles = grid.rows.indices.prefix(VoteTable.mostTitleRows)
        guard let (header, form) = titles.lazy.compactMap({ row in VoteForm(grid.rows[row]).map { (row, $0) } }).first else {
            throw VoteFileError(path, .noForm(headers: titles.first { !grid.isBlank($0) }.map { grid.rows[$0] } ?? []))
        }
        let rows = grid.rows.indices.dropFirst(header + 1).filter { !grid.isBlank($0) }
        var columns: [Int: Column] = [:]
        for position in form.usedColumns {
            var (levels, codes, known) = ([String](), [Int32](), [String: Int32]())
            for row in rows {
                let text = grid.cell(row, position)
                if let code = known[text] {
                    codes.append(code)
                } else {
                    known[text] = Int32(levels.count)
                    codes.append(Int32(levels.count))
                    levels.append(text)
                }
            }
            columns[position] = Column(header: grid.cell(header, position), levels: levels, codes: codes)
        }
        self.init(path: path, form: form, columns: columns, lines: rows.map { Int32(grid.lines[$0]) }, sheet: grid.sheet)
    }

    /// The rows of a text whose first row is a header of votes; `nil` when it is not.
    private init?(_ text: TextSource) throws {
        let scanner = FieldScanner(text.input, separator: text.separator)
        var (start, line) = (text.start, 1)
        while start < text.input.count, text.input.base[start] == 0x0A || text.input.base[start] == 0x0D {
            line += text.input.base[start] == 0x0A ? 1 : 0
            start += 1
        }
        let head = scanner.row(at: start)
        let headers = head.fields.map { scanner.text(of: $0) }
        guard let form = VoteForm(headers) else { return nil }
        line += max(1, scanner.lineCount(from: start, to: head.next))
        let reader = VoteRows(text.input, scanner, columnCount: headers.count, positions: form.usedColumns)
        try reader.read(from: head.next, line: line)
        let columns = form.usedColumns.enumerated().map { index, position in (position, reader.column(index, header: headers[position])) }
        self.init(path: text.input.path, form: form, columns: Dictionary(uniqueKeysWithValues: columns), lines: reader.lines, sheet: nil)
    }
}

/// Reads some columns of separated values in batches of rows.
private final class VoteRows {
    /// A column that is being read.
    private final class Names {
        var column = NameColumn()
        var codes: [Int32] = []
    }

    private let input: InputBytes
    private let scanner: FieldScanner
    private let columnCount: Int
    private let positions: [Int]
    private let names: [Names]
    private(set) var lines: [Int32] = []

    init(_ input: InputBytes, _ scanner: FieldScanner, columnCount: Int, positions: [Int]) {
        (self.input, self.scanner, self.columnCount, self.positions) = (input, scanner, columnCount, positions)
        names = positions.map { _ in Names() }
    }

    func read(from start: Int, line first: Int) throws(ScoreSheetError) {
        var batch = FieldBatch(scanner, columnCount: columnCount)
        var (position, line, problems) = (start, first, [ScoreSheetError.Problem]())
        while position < input.count {
            batch.scan(&position, line: &line, to: input.count) { kind, line, field in
                let text = String(scanner.text(of: field).prefix(60))
                problems.append(.init(kind: kind, file: input.path, line: line, column: nil, text: text))
            }
            for (position, held) in zip(positions, names) {
                held.column.take(batch, position, scanner)
                held.codes.append(contentsOf: held.column.codes(batch.count))
            }
            for row in 0..<batch.count { lines.append(Int32(truncatingIfNeeded: batch.line(of: row))) }
        }
        guard problems.isEmpty else {
            throw ScoreSheetError(problems: Array(problems.prefix(ScoreSheetError.mostListed)), count: problems.count)
        }
        for held in names where held.column.hasFaults {
            if let bad = held.column.names.names.first(where: { $0.unicodeScalars.contains("\u{FFFD}") }) {
                throw ScoreSheetError(.invalidUTF8, file: input.path, text: String(bad.prefix(60)))
            }
        }
    }

    func column(_ index: Int, header: String) -> VoteTable.Column {
        VoteTable.Column(header: header, levels: names[index].column.names.names, codes: names[index].codes)
    }
}
