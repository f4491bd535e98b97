import Evenhand

/// A file that names entries or judges row by row, as offices keep them: a title above, a header, perhaps running numbers, and remarks
/// below.
struct ListFile {
    let path: String
    let grid: Grid
    let hasDecimalComma: Bool
    /// The row of the headers.
    let header: Int
    /// The column of the names.
    let key: Int
    /// The rows that name something; the others are blank, section headings, sums, signatures or remarks.
    private(set) var rows: [Int] = []

    /// A list begins with its header, or with a few lines of title.
    private static let mostTitleRows = 20

    /// Reads a file: separated values, or the first sheet of a workbook that has such a header.
    ///
    /// - Parameters:
    ///   - path: where the file is.
    ///   - role: what it names.
    ///   - names: the names that the scores have; of several columns that could be meant, the one that shares most with them is.
    ///   - options: the header of the names, when it is said and the file has it; encoding and hidden rows.
    ///   - isComplete: whether headers have what else the list needs.
    /// - Throws: `ScoreSheetError`.
    init(
        path: String, of role: ColumnRole, among names: [String], as options: ReadingOptions,
        where isComplete: (([HeaderWords]) -> Bool)? = nil
    ) throws(ScoreSheetError) {
        let (grids, hasDecimalComma) = try ListFile.grids(of: path, options)
        let search = ListHeader(role: role, said: options.columns[role], names: Set(names))
        var failure: ScoreSheetError?
        for grid in grids where !grid.rows.indices.allSatisfy(grid.isBlank) {
            let titles = grid.rows.indices.prefix(ListFile.mostTitleRows)
            if let (header, key) = search.location(in: grid, titles, isComplete) {
                (self.path, self.grid, self.hasDecimalComma, self.header, self.key) = (path, grid, hasDecimalComma, header, key)
                rows = try dataRows(known: search.names)
                return
            }
            failure = failure ?? search.failure(in: grid, titles, path: path)
        }
        throw failure ?? ScoreSheetError(.noRows, file: path)
    }

    private static func grids(of path: String, _ options: ReadingOptions) throws(ScoreSheetError) -> ([Grid], hasDecimalComma: Bool) {
        switch try SourceFormat(of: InputBytes(path: path), encoding: options.encoding) {
        case .text(let input, let encoding, _):
            let text = TextSource(input, encoding: encoding)
            return ([try Grid(input, from: text.start, separator: text.separator)], text.separator == 0x3B)
        case .records(let grid, _): return ([grid], false)
        case .workbook(let workbook):
            let sheets = options.hidden == .skip ? workbook.sheets.map(\.withoutHidden) : workbook.sheets
            return (sheets.map(\.filled), false)
        }
    }

    /// The headers as they are written, without white space around them.
    var headers: [String] { grid.rows[header].map(ListFile.trimmed) }

    /// The text of a cell, without white space around it.
    func text(_ row: Int, _ column: Int) -> String { ListFile.trimmed(grid.cell(row, column)) }

    /// The name in a row.
    func name(_ row: Int) -> String { NameNormalization.normalized(grid.cell(row, key)) }

    private static func trimmed(_ text: String) -> String {
        guard text.first?.isWhitespace ?? false || text.last?.isWhitespace ?? false else { return text }
        let start = text.drop { $0.isWhitespace }
        return String(start[..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)])
    }

    /// What is wrong in a row or a cell.
    func problem(_ kind: ScoreSheetError.Kind, _ row: Int, _ column: Int?) -> ScoreSheetError {
        let header = column.map { text(self.header, $0) } ?? ""
        let offending = column.map { text(row, $0) } ?? grid.rows[row].last.map(ListFile.trimmed) ?? ""
        let cell = grid.sheet.flatMap { sheet in column.map { "\(sheet)!\(Grid.columnName(grid.sourceColumn(row, $0)))\(grid.lines[row])" }
        }
        let problem = ScoreSheetError.Problem(
            kind: kind, file: path, line: grid.lines[row], column: header.isEmpty ? nil : header, text: String(offending.prefix(80)),
            cell: cell)
        return ScoreSheetError(problems: [problem], count: 1)
    }
}

extension ListFile {
    private func dataRows(known: Set<String>) throws(ScoreSheetError) -> [Int] {
        var rows: [Int] = []
        let headers = headers
        for row in grid.rows.indices.dropFirst(header + 1) {
            let filled = grid.rows[row].indices.filter { !text(row, $0).isEmpty }
            guard let first = filled.first, !grid.rows[row].map(ListFile.trimmed).elementsEqual(headers) else { continue }
            if !known.contains(name(row)), isAside(row, filled, first) { continue }
            if grid.sheet == nil, grid.rows[row].count != headers.count {
                let (found, expected) = (grid.rows[row].count, headers.count)
                throw problem(
                    found < expected ? .missingField(found: found, expected: expected) : .extraField(found: found, expected: expected), row,
                    nil)
            }
            if name(row).isEmpty { throw problem(.emptyName, row, key) }
            rows.append(row)
        }
        return rows
    }

    /// Whether a row names nothing: a heading or a remark over several cells, a signature, a sum, a number without a name.
    private func isAside(_ row: Int, _ filled: [Int], _ first: Int) -> Bool {
        let text = text(row, first)
        if filled.count > 1, grid.isLone(row) { return true }
        let words = HeaderWords(text)
        let lead = words.sequence.first?.concepts ?? []
        if !lead.isDisjoint(with: [.signature, .remark, .date]) { return true }
        if text.hasSuffix(":") || text.hasSuffix("：") || text.hasSuffix("。") { return true }
        if filled.count == 1 {
            // What comes before the column of names is a running number or a remark; a sentence is not a name.
            return first < key || text.count > 40 || text.contains("：") || text.contains(": ")
        }
        // The sums and means below a list.
        return (self.text(row, key).isEmpty || first == key) && words.isCovered
            && words.sequence.allSatisfy { !$0.concepts.isDisjoint(with: [.total, .subtotal, .mean, .highest, .lowest, .count]) }
    }
}

/// Where the header of a list is, and which of its columns has the names.
private struct ListHeader {
    let role: ColumnRole
    let said: String?
    let names: Set<String>

    func location(
        in grid: Grid, _ titles: Range<Int>.SubSequence, _ isComplete: (([HeaderWords]) -> Bool)?
    ) -> (header: Int, key: Int)? {
        let rows = titles.filter { !grid.isBlank($0) && (!grid.isLone($0) || grid.width == 1) }
        func suits(_ row: Int) -> Bool { isComplete.map { $0(grid.rows[row].map { HeaderWords($0) }) } ?? true }
        func best(by score: (String) -> Int) -> Int? {
            var best: (row: Int, score: Int)?
            for row in rows {
                let top = grid.rows[row].reduce(0) { max($0, score($1)) }
                if top > best?.score ?? 0, suits(row) { best = (row, top) }
            }
            return best?.row
        }
        // An exact header counts for more than any words, whose table takes milliseconds to make.
        if let row = best(by: exactScore) ?? best(by: score) { return (row, column(below: row, in: grid)) }
        // Without a word that is known, the names themselves say it.
        guard let row = rows.first, suits(row) else { return nil }
        let shares = (0..<grid.width).map { matches($0, below: row, in: grid) }
        guard let most = shares.max(), most > 0, most * 2 >= min(names.count, grid.rows.count - row - 1) else { return nil }
        return (row, shares.firstIndex(of: most) ?? 0)
    }

    /// The column that shares most names with the scores, of equals the one whose header says most.
    private func column(below row: Int, in grid: Grid) -> Int {
        let headers = grid.rows[row]
        if let column = headers.firstIndex(where: { exactScore($0) == ListHeader.saidScore }) { return column }
        let shares = (0..<grid.width).map { matches($0, below: row, in: grid) }
        let most = shares.max() ?? 0
        let columns = shares.indices.filter { shares[$0] == most }
        if columns.count == 1 { return columns[0] }
        let named = columns.filter(headers.indices.contains)
        if let column = named.first(where: { exactScore(headers[$0]) > 0 }) { return column }
        // The first of those that say most.
        return named.max { (score(headers[$0]), -$0) < (score(headers[$1]), -$1) } ?? columns.first ?? 0
    }

    private func matches(_ column: Int, below row: Int, in grid: Grid) -> Int {
        guard !names.isEmpty else { return 0 }
        return grid.rows.indices.dropFirst(row + 1).count { names.contains(NameNormalization.normalized(grid.cell($0, column))) }
    }

    private static let saidScore = 10

    /// How surely a header says that the names are below it, by being what was said or the name of the role itself.
    private func exactScore(_ header: String) -> Int {
        let text = NameNormalization.normalized(header).lowercased()
        if text.isEmpty { return 0 }
        if let said, NameNormalization.normalized(said).lowercased() == text { return ListHeader.saidScore }
        return role.headers.contains(text) ? 4 : 0
    }

    /// How surely a header says that the names are below it.
    private func score(_ header: String) -> Int {
        let (exact, text) = (exactScore(header), NameNormalization.normalized(header))
        if exact > 0 || text.isEmpty { return exact }
        let words = HeaderWords(text)
        let other: Set<Concept> = [.identifier, .contact, .date, .count, .remark, .signature, .rank, .total, .result]
        guard words.concepts.isDisjoint(with: other) else { return 0 }
        let concept = role == .judge ? Concept.judge : .entry
        if words.has(concept), !words.head.isDisjoint(with: [concept, .name, .title]) { return words.isCovered ? 3 : 2 }
        return words.isCovered && words.concepts.isSubset(of: [.name, .title]) ? 1 : 0
    }

    /// No header: the row that looks most like one, with each text once.
    func failure(in grid: Grid, _ titles: Range<Int>.SubSequence, path: String) -> ScoreSheetError {
        let row = titles.max { (grid.texts($0).count, -$0) < (grid.texts($1).count, -$1) } ?? 0
        var seen: Set<String> = []
        let headers = grid.rows[row].filter { !$0.isEmpty && seen.insert($0).inserted }
        let hasKey = headers.contains { score($0) > 0 }
        return ScoreSheetError(.noColumn(role: hasKey ? .score : role, headers: headers), file: path, line: grid.lines[row])
    }
}
