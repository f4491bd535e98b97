import Evenhand

/// What the rows and columns of a sheet hold: where its header stands, and what each column is.
struct SheetLayout {
    enum Use: Equatable {
        case role(ColumnRole)
        /// Scores; of one judge, of one criterion, of both or of neither, as the header says.
        case score(judge: String?, criterion: String?)
        /// What follows from the scores of the row, or of one judge's part of it.
        case derived(Derivation, judge: String?)
        case attribute
        case ignored
    }

    /// The headers as they are shown.
    let headers: [String]
    let uses: [Use]
    /// The most that each criterion can get, as its header says.
    let maxima: [String: Fraction]
    /// The rows above the header that were passed over, and the rows of the header.
    let titleRows: Range<Int>
    let headerRows: Range<Int>

    /// The most rows above a header.
    private static let mostTitleRows = 40

    /// - Throws: `ScoreSheetError` when there is no header, or no column of scores.
    init(of grid: Grid, options: ReadingOptions, hasJudge: Bool, file: String) throws(ScoreSheetError) {
        guard let rows = HeaderRows(in: grid, entryHeader: options.columns[.entry], limit: SheetLayout.mostTitleRows) else {
            let first = grid.rows.first { $0.contains { !$0.isEmpty } } ?? []
            throw ScoreSheetError(.noColumn(role: .entry, headers: first), file: file, line: grid.lines.first)
        }
        titleRows = 0..<rows.range.lowerBound
        headerRows = rows.range
        let columns = rows.columns(of: grid)
        headers = columns.map(\.shown)
        var uses = try SheetLayout.roles(of: columns, options: options, file: file, line: grid.lines[rows.range.lowerBound])
        let finder = ScoreColumns(grid: grid, columns: columns, firstRow: rows.range.upperBound, options: options)
        maxima = try finder.mark(&uses, hasJudge: hasJudge, file: file)
        self.uses = uses.map { $0 ?? .ignored }
    }

    func column(of role: ColumnRole) -> Int? { uses.firstIndex(of: .role(role)) }

    /// Whether the columns themselves say who judged.
    var namesJudges: Bool {
        column(of: .judge) != nil || uses.contains { if case .score(.some, _) = $0 { true } else { false } }
    }

    /// The names in the headers of score columns, each once, in the order of the sheet.
    func scoreNames(_ name: (String?, String?) -> String?) -> [String] {
        var seen: Set<String> = []
        return uses.compactMap { use -> String? in
            guard case .score(let judge, let criterion) = use, let name = name(judge, criterion), seen.insert(name).inserted else {
                return nil
            }
            return name
        }
    }

    /// The columns with a role, by the user's word or by the known names.
    private static func roles(of columns: [HeaderColumn], options: ReadingOptions, file: String, line: Int) throws(ScoreSheetError)
        -> [Use?]
    {
        var uses = [Use?](repeating: nil, count: columns.count)
        let known = columns.map { $0.group == nil ? ColumnRole.named($0.header.text) : nil }
        for role in ColumnRole.allCases {
            let wanted = options.columns[role].map { NameNormalization.normalized($0) }
            let matches = columns.indices.filter { index in
                guard columns[index].group == nil else { return false }
                if let wanted { return columns[index].header.text == wanted }
                return known[index] == role && !options.columns.values.contains(columns[index].header.text)
            }
            if matches.count > 1 {
                throw ScoreSheetError(.twoColumns(role: role, headers: matches.map { columns[$0].shown }), file: file, line: line)
            }
            if let match = matches.first {
                uses[match] = .role(role)
            } else if let wanted {
                throw ScoreSheetError(.noNamedColumn(role: role, header: wanted, headers: columns.map(\.shown)), file: file, line: line)
            }
        }
        return uses
    }
}

/// One column's header: its own text, and that of the group above it.
struct HeaderColumn: Equatable {
    let group: Header?
    let header: Header

    var shown: String { [group?.text, header.text].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ") }
}

/// The rows of a header: one, or two with groups above.
struct HeaderRows {
    let range: Range<Int>

    init?(in grid: Grid, entryHeader: String?, limit: Int) {
        let wanted = entryHeader.map { NameNormalization.normalized($0) }
        func isEntry(_ text: String) -> Bool {
            let header = NameNormalization.normalized(text)
            return wanted.map { $0 == header } ?? (ColumnRole.named(header) == .entry)
        }
        let found = grid.rows.indices.prefix(limit).first { row in
            Set(grid.rows[row].filter { !$0.isEmpty }).count > 1 && grid.rows[row].contains(where: isEntry)
        }
        guard let row = found, let entry = grid.rows[row].firstIndex(where: isEntry) else { return nil }
        if row + 1 < grid.rows.count, HeaderRows.isSecond(row + 1, of: grid, entry: entry) {
            range = row..<row + 2
        } else if row > 0, HeaderRows.isGroupRow(row - 1, above: row, of: grid, entry: entry) {
            range = row - 1..<row + 1
        } else {
            range = row..<row + 1
        }
    }

    /// Whether the row below a header is its second row: nothing stands below the entry's header, and what stands there names columns.
    private static func isSecond(_ row: Int, of grid: Grid, entry: Int) -> Bool {
        let own = grid.cell(row, entry)
        guard own.isEmpty || own == grid.cell(row - 1, entry) else { return false }
        let columns = grid.rows[row].indices.filter { !grid.rows[row][$0].isEmpty && grid.rows[row][$0] != grid.cell(row - 1, $0) }
        guard !columns.isEmpty else { return false }
        let isNumber: (Int) -> Bool = { Double(NameNormalization.normalized(grid.cell(row, $0))) != nil }
        if !columns.contains(where: isNumber) { return true }
        // Numbers name columns only below a group that reaches over several.
        return columns.allSatisfy {
            grid.cell(row - 1, $0).isEmpty || grid.cell(row - 1, $0) == grid.cell(row - 1, max(0, $0 - 1))
                || $0 + 1 < grid.width && grid.cell(row - 1, $0 + 1).isEmpty
        }
            && columns.count > 1
    }

    /// Whether the row above the header names groups of columns: several texts, or one judge, and none above the entry's header.
    private static func isGroupRow(_ row: Int, above header: Int, of grid: Grid, entry: Int) -> Bool {
        let texts = Set(grid.rows[row].filter { !$0.isEmpty })
        return grid.cell(row, entry).isEmpty && (texts.count > 1 || texts.contains { Header($0).looksLikeJudge })
    }

    /// The columns with their groups; a group reaches over the empty cells to its right that have a header below.
    func columns(of grid: Grid) -> [HeaderColumn] {
        let width = range.map { grid.rows[$0].count }.max() ?? 0
        guard range.count == 2 else { return (0..<width).map { HeaderColumn(group: nil, header: Header(grid.cell(range.lowerBound, $0))) } }
        var last = ""
        return (0..<width).map { column in
            let (upper, lower) = (grid.cell(range.lowerBound, column), grid.cell(range.lowerBound + 1, column))
            if !upper.isEmpty { last = upper }
            if lower.isEmpty || lower == upper {
                return HeaderColumn(group: nil, header: Header(upper))
            }
            let group = Header(upper.isEmpty ? last : upper)
            return HeaderColumn(group: group.text.isEmpty || group.isGeneric ? nil : group, header: Header(lower))
        }
    }
}
