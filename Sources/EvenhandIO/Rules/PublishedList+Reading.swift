public import Evenhand

extension PublishedList {
    /// Reads a list with a column of entries and one of results or ranks, or both: separated values or a sheet of a workbook.
    ///
    /// Rows above the header and remarks below the list are passed over, and words such as 弃权 or DNS mean a missing result; names
    /// are compared in the form of `NameNormalization`. Columns of heats and stages tell the lines of an entry apart.
    /// - Parameters:
    ///   - path: where the list is.
    ///   - entries: the names of the entries that there are; of several columns that could be meant, the one that shares most with them is.
    ///   - entry: the header of the entries, when it is not a known one.
    ///   - encoding: that of a text file; detected from its bytes when `nil`.
    /// - Throws: `ScoreSheetError` for a file that cannot be read, an entry in two lines, a result or rank that is not a number, and a list
    ///   without any.
    public init(
        contentsOf path: String, among entries: [String] = [], entry: String? = nil, encoding: String? = nil
    ) throws(ScoreSheetError) {
        var options = ReadingOptions()
        options.columns[.entry] = entry
        options.encoding = encoding
        let list = try ListFile(path: path, of: .entry, among: entries, as: options) { words in
            let columns = ResultColumns(words)
            return columns.result != nil || columns.rank != nil
        }
        var rows = ListRows(list)
        for row in list.rows { try rows.take(row) }
        guard !rows.lines.isEmpty else { throw ScoreSheetError(.noRows, file: path) }
        guard rows.lines.contains(where: { $0.result != nil || $0.rank != nil }) else {
            let headers = rows.columns.claims.map { list.headers[$0] }
            throw ScoreSheetError(.noResults(headers: headers), file: path, line: list.grid.lines[list.header])
        }
        self.init(lines: rows.lines, decimals: rows.decimals)
    }
}

/// Where the results and ranks of a published list are.
private struct ResultColumns {
    let result: Int?
    let rank: Int?
    let heat: Int?
    let stage: Int?

    /// The columns that make claims.
    var claims: [Int] { [result, rank].compactMap(\.self) }

    init(_ words: [HeaderWords], besides key: Int? = nil) {
        let claims = words.map { Claim($0) }
        func isScore(_ column: Int) -> Bool { claims[column] == nil && words[column].says(.score) && words[column].isCovered }
        // The more telling ones first.
        result =
            [Claim.result, .sum, .score, .mean, .highest].lazy.compactMap { claim in
                words.indices.first { claims[$0] == claim || claim == .score && isScore($0) }
            }.first
        rank = claims.firstIndex(of: .rank)
        let taken = [key, result, rank]
        func position(of role: ColumnRole) -> Int? {
            words.indices.first { !taken.contains($0) && claims[$0] == nil && LayoutFinder.role(of: words[$0]) == role }
        }
        (heat, stage) = (position(of: .heat), position(of: .stage))
    }
}

/// The lines of a published list, one after the other.
private struct ListRows {
    private let list: ListFile
    let columns: ResultColumns
    private(set) var lines: [PublishedList.Line] = []
    private(set) var decimals = 0
    private var lineOf: [[String?]: Int] = [:]

    init(_ list: ListFile) {
        (self.list, columns) = (list, ResultColumns(list.headers.map { HeaderWords($0) }, besides: list.key))
    }

    /// Adds a line.
    mutating func take(_ row: Int) throws(ScoreSheetError) {
        let line = PublishedList.Line(
            entry: list.name(row), stage: name(row, columns.stage), heat: name(row, columns.heat), result: try result(row),
            rank: try rank(row))
        // Remarks below a list may repeat; only a second result is one too many.
        guard line.isClaim || lineOf[[line.entry, line.stage, line.heat]] == nil else { return }
        if let first = lineOf.updateValue(list.grid.lines[row], forKey: [line.entry, line.stage, line.heat]) {
            throw list.problem(.duplicate(firstLine: first), row, list.key)
        }
        lines.append(line)
    }

    private func name(_ row: Int, _ column: Int?) -> String? {
        column.map { NameNormalization.normalized(list.grid.cell(row, $0)) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private mutating func result(_ row: Int) throws(ScoreSheetError) -> Fraction? {
        guard let column = columns.result else { return nil }
        let text = ListRows.withoutMarks(NameNormalization.normalized(list.grid.cell(row, column)))
        switch Cell(text, hasDecimalComma: list.hasDecimalComma) {
        case .empty, .missing: return nil
        case .number(let number), .percentage(let number):
            guard let millionths = number.millionths else { fallthrough }
            decimals = max(decimals, number.decimals)
            return Fraction(millionths, over: CellNumber.one).reduced
        default:
            guard let value = Fraction(decimal: text) else { throw list.problem(.notANumber, row, column) }
            if let point = text.firstIndex(of: ".") { decimals = max(decimals, text.distance(from: point, to: text.endIndex) - 1) }
            return value
        }
    }

    /// 第1名, =1, T3
    private func rank(_ row: Int) throws(ScoreSheetError) -> Fraction? {
        guard let column = columns.rank else { return nil }
        let text = NameNormalization.normalized(list.grid.cell(row, column))
        switch Cell(text, hasDecimalComma: false) {
        case .empty, .missing: return nil
        default:
            // One number, perhaps with words around it: 2–3 are two.
            let numbers = text.split { !$0.isNumber && $0 != "." }.map { $0.hasSuffix(".") ? $0.dropLast() : $0 }.filter { !$0.isEmpty }
            guard numbers.count == 1, let rank = Fraction(decimal: String(numbers[0])) else {
                throw list.problem(.notANumber, row, column)
            }
            return rank
        }
    }

    /// 88.5*, 88.5 分, 88.5 pts: the mark of a footnote or the unit after a number.
    private static func withoutMarks(_ text: String) -> String {
        guard let last = text.lastIndex(where: { $0.isASCII && $0.isNumber }) else { return text }
        let tail = text[text.index(after: last)...]
        let words = tail.trimmingPrefix { $0 == " " }.lowercased()
        let isMark = words.allSatisfy { "*†‡§".contains($0) } || ["pts", "pts.", "points", "p.", "分"].contains(words)
        return isMark ? String(text[...last]) : text
    }
}
