public import Evenhand

extension PublishedList {
    /// Reads a list with a column of entries and one of results or ranks, or both: separated values or the first sheet of a workbook.
    ///
    /// Rows above the header and remarks below the list are passed over; names are compared in the form of `NameNormalization`.
    /// - Parameters:
    ///   - path: where the list is.
    ///   - entry: the header of the entries, when it is none of the known ones.
    ///   - encoding: that of a text file; told from its bytes when `nil`.
    /// - Throws: `ScoreSheetError` for a file that cannot be read, an entry in two lines, or a result or rank that is no number.
    public init(contentsOf path: String, entry: String? = nil, encoding: String? = nil) throws(ScoreSheetError) {
        let (grid, isText) = try PublishedList.grid(of: path, encoding)
        guard !grid.rows.allSatisfy({ $0.allSatisfy(\.isEmpty) }) else { throw ScoreSheetError(.noRows, file: path) }
        let columns = try ListColumns(grid, entry: entry, path: path)
        var rows = ListRows(grid: grid, columns: columns, path: path, isText: isText)
        for row in grid.rows.indices.dropFirst(columns.header + 1) where try !rows.take(row) { break }
        guard !rows.lines.isEmpty else { throw ScoreSheetError(.noRows, file: path) }
        self.init(lines: rows.lines, decimals: rows.decimals)
    }

    private static func grid(of path: String, _ encoding: String?) throws(ScoreSheetError) -> (grid: Grid, isText: Bool) {
        switch try SourceFormat(of: InputBytes(path: path), encoding: encoding) {
        case .text(let input, let encoding, _):
            let text = TextSource(input, encoding: encoding)
            return (try Grid(input, from: text.start, separator: text.separator), true)
        case .records(let grid, _): return (grid, true)
        case .workbook(let workbook):
            guard let first = workbook.sheets.first else { throw ScoreSheetError(.noRows, file: path) }
            return (first.filled, false)
        }
    }
}

/// Where the parts of a published list stand.
private struct ListColumns {
    /// The row of the headers, and their number.
    let header: Int, width: Int
    let entry: Int
    let result: Int?
    let rank: Int?

    /// The headers of results, the more telling ones first.
    private static let results =
        Derivation.result.headers + Derivation.sum.headers + ["成绩"] + ColumnRole.score.headers + Derivation.mean.headers
    /// A list begins with its header, or with a few lines of title.
    private static let mostTitleRows = 20

    init(_ grid: Grid, entry named: String?, path: String) throws(ScoreSheetError) {
        let wanted = named.map { NameNormalization.normalized($0).lowercased() }
        var fallback: (row: Int, headers: [String], hasEntry: Bool)?
        for row in grid.rows.indices.prefix(ListColumns.mostTitleRows) {
            let keys = grid.rows[row].map { NameNormalization.normalized($0).lowercased() }
            func first(of known: [String]) -> Int? { known.lazy.compactMap { keys.firstIndex(of: $0) }.first }
            let entry = wanted.flatMap { keys.firstIndex(of: $0) } ?? first(of: ColumnRole.entry.headers)
            let (result, rank) = (first(of: ListColumns.results), first(of: Derivation.rank.headers))
            if let entry, result != nil || rank != nil {
                (header, width, self.entry, self.result, self.rank) = (row, keys.count, entry, result, rank)
                return
            }
            let isBetter = fallback.map { !$0.hasEntry && (entry != nil || $0.headers.count < keys.count) } ?? true
            if isBetter, keys.contains(where: { !$0.isEmpty }) { fallback = (row, grid.rows[row], entry != nil) }
        }
        let headers = fallback?.headers ?? []
        throw ScoreSheetError(
            .noColumn(role: fallback?.hasEntry == true ? .score : .entry, headers: headers), file: path,
            line: fallback.map { grid.lines[$0.row] })
    }
}

/// The rows of a published list, one after the other.
private struct ListRows {
    let grid: Grid
    let columns: ListColumns
    let path: String
    let isText: Bool
    var lines: [PublishedList.Line] = []
    var decimals = 0
    private var lineOf: [String: Int] = [:]

    init(grid: Grid, columns: ListColumns, path: String, isText: Bool) {
        (self.grid, self.columns, self.path, self.isText) = (grid, columns, path, isText)
    }

    /// Adds a row; `false` when the list has ended above it.
    mutating func take(_ row: Int) throws(ScoreSheetError) -> Bool {
        let cells = grid.rows[row].map { NameNormalization.normalized($0) }
        guard let first = cells.first(where: { !$0.isEmpty }) else { return true }
        if Header.beginsFooter(first) { return false }
        if isText, cells.count != columns.width {
            let (found, expected) = (cells.count, columns.width)
            throw ScoreSheetError(
                found < expected ? .missingField(found: found, expected: expected) : .extraField(found: found, expected: expected),
                file: path, line: grid.lines[row], text: cells.last ?? "")
        }
        func cell(_ column: Int?) -> String { column.map { $0 < cells.count ? cells[$0] : "" } ?? "" }
        let (name, result, rank) = (cell(columns.entry), cell(columns.result), cell(columns.rank))
        if name.isEmpty { throw problem(.emptyName, columns.entry, name, row) }
        if let first = lineOf.updateValue(grid.lines[row], forKey: name) {
            throw problem(.duplicate(firstLine: first), columns.entry, name, row)
        }
        // 第1名, =1
        let digits = rank.filter { $0.isNumber || $0 == "." }
        if !result.isEmpty, Fraction(decimal: result) == nil { throw problem(.notANumber, columns.result ?? 0, result, row) }
        if !rank.isEmpty, Fraction(decimal: digits) == nil { throw problem(.notANumber, columns.rank ?? 0, rank, row) }
        if let point = result.firstIndex(of: ".") { decimals = max(decimals, result.distance(from: point, to: result.endIndex) - 1) }
        lines.append(PublishedList.Line(entry: name, result: Fraction(decimal: result), rank: Fraction(decimal: digits)))
        return true
    }

    private func problem(_ kind: ScoreSheetError.Kind, _ column: Int, _ text: String, _ row: Int) -> ScoreSheetError {
        let header = grid.cell(columns.header, column)
        return ScoreSheetError(
            kind, file: path, line: grid.lines[row], column: header.isEmpty ? nil : header, text: String(text.prefix(80)))
    }
}
