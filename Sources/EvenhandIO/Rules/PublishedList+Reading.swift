public import Evenhand

extension PublishedList {
    /// Reads a list with a column of entries and one of results or ranks, or both: separated values or a sheet of a workbook.
    ///
    /// Rows above the header and remarks below the list are passed over, and words such as 弃权 or DNS stand for a result that is not there; names
    /// are compared in the form of `NameNormalization`.
    /// - Parameters:
    ///   - path: where the list is.
    ///   - entries: the names of the entries that there are; of several columns that could be meant, the one that shares most with them is.
    ///   - entry: the header of the entries, when it is none of the known ones.
    ///   - encoding: that of a text file; told from its bytes when `nil`.
    /// - Throws: `ScoreSheetError` for a file that cannot be read, an entry in two lines, a result or rank that is no number, and a list without any.
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
            let headers = list.headers.filter { !$0.isEmpty }
            throw ScoreSheetError(.noColumn(role: .score, headers: headers), file: path, line: list.grid.lines[list.header])
        }
        self.init(lines: rows.lines, decimals: rows.decimals)
    }
}

/// Where the results and ranks of a published list stand.
private struct ResultColumns {
    let result: Int?
    let rank: Int?

    init(_ words: [HeaderWords]) {
        let claims = words.map { Claim($0) }
        func isScore(_ column: Int) -> Bool { claims[column] == nil && words[column].says(.score) && words[column].isCovered }
        // The more telling ones first.
        result =
            [Claim.result, .sum, .score, .mean].lazy.compactMap { claim in
                words.indices.first { claims[$0] == claim || claim == .score && isScore($0) }
            }.first
        rank = claims.firstIndex(of: .rank)
    }
}

/// The lines of a published list, one after the other.
private struct ListRows {
    private let list: ListFile
    private let columns: ResultColumns
    private(set) var lines: [PublishedList.Line] = []
    private(set) var decimals = 0
    private var lineOf: [String: Int] = [:]

    init(_ list: ListFile) { (self.list, columns) = (list, ResultColumns(list.headers.map { HeaderWords($0) })) }

    /// Adds a line.
    mutating func take(_ row: Int) throws(ScoreSheetError) {
        let name = list.name(row)
        if let first = lineOf.updateValue(list.grid.lines[row], forKey: name) {
            throw list.problem(.duplicate(firstLine: first), row, list.key)
        }
        lines.append(PublishedList.Line(entry: name, result: try result(row), rank: try rank(row)))
    }

    private mutating func result(_ row: Int) throws(ScoreSheetError) -> Fraction? {
        guard let column = columns.result else { return nil }
        let text = NameNormalization.normalized(list.grid.cell(row, column))
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
            guard let rank = Fraction(decimal: text.filter { $0.isNumber || $0 == "." }) else {
                throw list.problem(.notANumber, row, column)
            }
            return rank
        }
    }
}
