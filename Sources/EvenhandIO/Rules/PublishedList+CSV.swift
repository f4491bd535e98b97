public import Evenhand

extension PublishedList {
    /// The headers that results and ranks are known by, in lower case, the more telling ones first.
    static let resultHeaders = ["最后得分", "最终得分", "总得分", "总分", "成绩", "得分", "result", "final score", "total", "score", "points"]
    static let rankHeaders = ["名次", "排名", "rank", "place"]

    /// Reads a list with a column of entries and one of results or ranks, or both.
    ///
    /// - Parameters:
    ///   - path: a file of separated values.
    ///   - entry: the header of the entries, when it is none of the known ones.
    /// - Throws: `ScoreSheetError` for a file that cannot be read, an entry in two lines, or a result or rank that is no number.
    public init(contentsOf path: String, entry: String? = nil) throws(ScoreSheetError) {
        let file = try ScoreFile(path: path, named: [:], required: [])
        let columns = try ListColumns(file, entry: entry)
        let scanner = FieldScanner(file.input, separator: file.separator)
        var (lines, decimals, lineOf) = ([Line](), 0, [String: Int]())
        var (position, line) = (file.start, file.firstLine)
        while position < file.input.count {
            let (fields, next) = scanner.row(at: position)
            defer { (position, line) = (next, line + max(1, scanner.lineCount(from: position, to: next))) }
            let texts = fields.map { scanner.text(of: $0) }
            if texts.allSatisfy(\.isEmpty) { continue }
            func problem(_ kind: ScoreSheetError.Kind, _ column: Int) -> ScoreSheetError {
                ScoreSheetError(
                    kind, file: path, line: line, column: file.plan.headers[column],
                    text: texts.indices.contains(column) ? String(texts[column].prefix(80)) : "")
            }
            guard texts.count == file.plan.headers.count else {
                let (found, expected) = (texts.count, file.plan.headers.count)
                throw ScoreSheetError(
                    found < expected ? .missingField(found: found, expected: expected) : .extraField(found: found, expected: expected),
                    file: path, line: line, text: texts.last ?? "")
            }
            let name = texts[columns.entry]
            if name.isEmpty { throw problem(.emptyName, columns.entry) }
            if let first = lineOf.updateValue(line, forKey: name) { throw problem(.duplicate(firstLine: first), columns.entry) }
            let result = columns.result.map { texts[$0] } ?? ""
            if !result.isEmpty, Fraction(decimal: result) == nil { throw problem(.notANumber, columns.result ?? 0) }
            let rank = columns.rank.map { texts[$0] } ?? ""
            let digits = rank.filter { $0.isNumber || $0 == "." }
            if !rank.isEmpty, Fraction(decimal: digits) == nil { throw problem(.notANumber, columns.rank ?? 0) }
            if let point = result.firstIndex(of: ".") { decimals = max(decimals, result.distance(from: point, to: result.endIndex) - 1) }
            lines.append(Line(entry: name, result: Fraction(decimal: result), rank: Fraction(decimal: digits)))
        }
        guard !lines.isEmpty else { throw ScoreSheetError(.noRows, file: path) }
        self.init(lines: lines, decimals: decimals)
    }
}

/// Where the parts of a published list stand.
private struct ListColumns {
    let entry: Int
    let result: Int?
    let rank: Int?

    init(_ file: ScoreFile, entry named: String?) throws(ScoreSheetError) {
        let headers = file.plan.headers
        let keys = headers.map { $0.lowercased() }
        func first(of known: [String]) -> Int? { known.lazy.compactMap { keys.firstIndex(of: $0) }.first }
        let entry = named.flatMap { headers.firstIndex(of: $0) } ?? first(of: ColumnRole.entry.headers)
        guard let entry else { throw ScoreSheetError(.noColumn(role: .entry, headers: headers), file: file.input.path, line: 1) }
        (self.entry, result, rank) = (entry, first(of: PublishedList.resultHeaders), first(of: PublishedList.rankHeaders))
        if result == nil, rank == nil { throw ScoreSheetError(.noColumn(role: .score, headers: headers), file: file.input.path, line: 1) }
    }
}
