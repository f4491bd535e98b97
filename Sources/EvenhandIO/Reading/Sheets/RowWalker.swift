import Evenhand

/// Goes down the rows of a sheet and writes one line for each score.
struct RowWalker {
    let grid: Grid
    let layout: SheetLayout
    let file: String
    let names: [ReadingOptions.Part: String]
    let hasDecimalComma: Bool

    private(set) var text = RowText()
    /// For each line of the text behind the header, where its score stands: the line and the column.
    private(set) var places: [(line: Int, column: Int)] = []
    private(set) var sources: [Int?] = []
    private(set) var problems: [ScoreSheetError.Problem] = []
    private(set) var changes: [Reading.Change] = []
    private(set) var missing: [Reading.MissingScore] = []
    /// The rows that hold scores, or could.
    private(set) var entryRows: [Int] = []
    private(set) var leftOutRows = 0

    /// The names of the row before, which empty cells of heats and stages repeat.
    private var above: [ColumnRole: String] = [:]
    private let scoreColumns: [Int]
    private let attributes: [Int]
    /// The roles that have a column of the text, with what says them: a column, a header or the name of the file or sheet.
    let roles: [ColumnRole]
    /// How many columns of the text have a role; the score's is the last of them.
    var roleCount: Int { roles.count + 1 }

    init(grid: Grid, layout: SheetLayout, file: String, names: [ReadingOptions.Part: String], hasDecimalComma: Bool) {
        (self.grid, self.layout, self.file, self.names, self.hasDecimalComma) = (grid, layout, file, names, hasDecimalComma)
        scoreColumns = layout.uses.indices.filter { if case .score = layout.uses[$0] { true } else { false } }
        var taken: Set<String> = []
        attributes = layout.uses.indices.filter {
            (layout.uses[$0] == .attribute || layout.uses[$0] == .role(.order)) && taken.insert(layout.headers[$0]).inserted
        }
        var said = Set(names.keys.map(\.role))
        for column in scoreColumns {
            guard case .score(let judge, let criterion) = layout.uses[column] else { continue }
            if judge != nil { said.insert(.judge) }
            if criterion != nil { said.insert(.criterion) }
        }
        roles = [.stage, .heat, .entry, .judge, .criterion].filter { layout.column(of: $0) != nil || said.contains($0) }
        text.add(
            roles.map(\.rawValue) + ["score"]
                + attributes.map { column in
                    layout.uses[column] == .role(.order) ? ColumnRole.order.rawValue : layout.headers[column]
                })
        sources = roles.map { layout.column(of: $0) } + [nil] + attributes
    }

    /// Takes a row: writes its scores, or leaves it out when it is no entry's.
    mutating func take(_ row: Int) {
        guard grid.rows[row].contains(where: { !$0.isEmpty }) else { return }
        if let words = leftOut(row) {
            leftOutRows += 1
            let column = grid.rows[row].firstIndex { !$0.isEmpty } ?? 0
            note(row, column, before: words, after: "", .leftOutRow)
            return
        }
        guard hasRightLength(row) else { return }
        entryRows.append(row)
        var named: [ColumnRole: String] = [:]
        for role in roles { named[role] = name(role, row) }
        let values = attributes.map { NameNormalization.normalized(grid.cell(row, $0)) }
        for column in scoreColumns { takeScore(row, column, named, values) }
    }

    private mutating func takeScore(_ row: Int, _ column: Int, _ named: [ColumnRole: String], _ values: [String]) {
        var named = named
        if case .score(let judge, let criterion) = layout.uses[column] {
            if let judge { named[.judge] = judge }
            if let criterion { named[.criterion] = criterion }
        }
        let raw = grid.cell(row, column)
        switch ScoreText(raw, hasDecimalComma: hasDecimalComma) {
        case .number(let number, let change):
            if let change { note(row, column, before: raw, after: number, change) }
            append(row, column, named, number, values)
        case .other(let text): append(row, column, named, text, values)
        case .missing(let kind):
            missing.append(
                Reading.MissingScore(
                    stage: named[.stage], heat: named[.heat], entry: named[.entry] ?? "", judge: named[.judge] ?? "",
                    criterion: named[.criterion],
                    kind: kind, place: grid.place(file: file, row: row, column: column, layout)))
        case .thousands: report(.thousands, row, column, raw)
        case .decimalComma: report(.decimalComma, row, column, raw)
        }
    }

    private mutating func append(_ row: Int, _ column: Int, _ named: [ColumnRole: String], _ score: String, _ values: [String]) {
        let fields = roles.map { named[$0] ?? "" } + [score] + values
        text.add(fields)
        // One for each line that the row takes up.
        let lineFeeds = fields.reduce(0) { $0 + $1.utf8.count { $0 == 0x0A } }
        for _ in 0...lineFeeds { places.append((grid.lines[row], column)) }
    }

    /// The name of a role in a row: what stands in its column, above it, or what the file or sheet is called.
    private mutating func name(_ role: ColumnRole, _ row: Int) -> String? {
        guard let column = layout.column(of: role) else { return names.first { $0.key.role == role }?.value }
        let raw = grid.cell(row, column)
        if raw.isEmpty, role == .heat || role == .stage, let before = above[role] {
            note(row, column, before: "", after: before, .filledFromAbove)
            return before
        }
        let name = NameNormalization.normalized(raw)
        if name != raw, role != .score {
            let isTrimmed = raw.unicodeScalars.count > name.unicodeScalars.count && raw.contains(name)
            note(row, column, before: raw, after: name, isTrimmed ? .trimmed : .normalized)
        }
        above[role] = name
        return name
    }

    /// The words of a row that is no entry's: signatures and remarks, or totals of columns.
    private func leftOut(_ row: Int) -> String? {
        let cells = grid.rows[row].filter { !$0.isEmpty }
        let entry = NameNormalization.normalized(layout.column(of: .entry).map { grid.cell(row, $0) } ?? "")
        let words = cells.joined(separator: " ")
        if layout.column(of: .judge) == nil || cells.count == 1 {
            let first = NameNormalization.normalized(cells[0]).lowercased()
            if Header.summaryWords.contains(entry.lowercased()) || entry.isEmpty && Header.summaryWords.contains(first) { return words }
        }
        let hasScores = scoreColumns.contains { column in
            if case .number = ScoreText(grid.cell(row, column), hasDecimalComma: hasDecimalComma) { true } else { false }
        }
        guard !hasScores else { return nil }
        if cells.contains(where: Header.beginsFooter) { return words }
        return entry.isEmpty && scoreColumns.allSatisfy { grid.cell(row, $0).isEmpty } ? words : nil
    }

    /// Text files have as many fields in every row as in the header; empty ones behind them do no harm.
    private mutating func hasRightLength(_ row: Int) -> Bool {
        guard grid.sheet == nil else { return true }
        let (found, expected) = (grid.rows[row].count, layout.headers.count)
        let isLong = found > expected && grid.rows[row][expected...].contains { !$0.isEmpty }
        guard found < expected || isLong else { return true }
        let text = NameNormalization.normalized(grid.rows[row].last ?? "")
        problems.append(
            .init(
                kind: isLong ? .extraField(found: found, expected: expected) : .missingField(found: found, expected: expected), file: file,
                line: grid.lines[row], column: nil, text: String(text.prefix(60))))
        return false
    }

    private mutating func report(_ kind: ScoreSheetError.Kind, _ row: Int, _ column: Int, _ text: String) {
        let place = grid.place(file: file, row: row, column: column, layout)
        problems.append(
            .init(kind: kind, file: file, line: place.line, column: place.column, text: String(text.prefix(60)), cell: place.cell))
    }

    private mutating func note(_ row: Int, _ column: Int, before: String, after: String, _ reason: Reading.Change.Reason) {
        changes.append(
            Reading.Change(place: grid.place(file: file, row: row, column: column, layout), before: before, after: after, reason: reason))
    }
}

extension ReadingOptions.Part {
    /// The role of a column that would say the same.
    public var role: ColumnRole {
        switch self {
        case .judge: .judge
        case .heat: .heat
        case .stage: .stage
        case .criterion: .criterion
        case .entry: .entry
        }
    }
}
