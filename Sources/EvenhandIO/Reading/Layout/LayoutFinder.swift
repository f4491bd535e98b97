import Evenhand

/// Finds the one reading of a table that explains every column; what the evidence does not settle becomes a question.
struct LayoutFinder {
    let cells: TypedGrid
    let region: TableRegion
    let body: BodyRows
    let columns: [ColumnEvidence]
    let relations: Relations
    /// What the user said, and a corner that names both ways.
    var options: ReadingOptions
    let file: String
    /// Whether the file or the sheet itself says who judged.
    let isJudgeKnown: Bool
    /// The rows of entries or ballots.
    let rows: [Int]

    var uses: [SheetLayout.Use?]
    var reasons: [ColumnReason]
    var maxima: [String: Fraction] = [:]
    var weights: [String: Fraction] = [:]
    /// Weights of judges, which no method uses.
    var judgeWeights: [String: Fraction] = [:]
    /// Rows that do not count, as the user says, and entries that a column says it of.
    var voidRows: Set<Int> = []
    var voidEntries: [String] = []
    /// Entries of which a text takes points off.
    var penaltyRemarks: [String] = []
    /// The criteria that are subtracted, and those called penalties that a total adds.
    var deducted: Set<String> = [], added: Set<String> = []
    var isLowerBetter = false
    /// What the titles of the tables name.
    var titles: TableTitles?

    init(_ region: TableRegion, in cells: TypedGrid, options: ReadingOptions, isJudgeKnown: Bool, file: String) {
        (self.cells, self.region, self.options, self.isJudgeKnown, self.file) = (cells, region, options, isJudgeKnown, file)
        body = BodyRows(region, in: cells, ignored: options.ignoredColumns)
        rows = body.all
        columns = LayoutFinder.named(HeaderColumns.columns(of: region, in: cells, rows: rows))
        relations = Relations(columns: columns)
        titles = TableTitles(of: region, in: cells.grid)
        if titles != nil, let said = options.table { titles?.role = said.role }
        // A title names the entry only where judges are in the rows below: Group A is not an entry.
        let texts = columns.filter { !$0.isNumeric }
        let isEntry = texts.contains { $0.words.has(.judge) } && !texts.contains { $0.words.has(.entry) && !$0.words.has(.judge) }
        // Nor the judge where the columns do: 오전 could be a name, and is the morning.
        let natures = columns.filter(\.isNumeric).map { Nature($0.header) }
        let isJudge = natures.count { $0 == .judge } <= natures.count { $0 == .criterion } && !texts.contains { $0.words.has(.judge) }
        let isElsewhere = titles?.role == .entry && !isEntry || titles?.role == .judge && !isJudge
        if options.table == nil, isElsewhere { titles?.role = nil }
        uses = .init(repeating: nil, count: columns.count)
        reasons = .init(repeating: .values, count: columns.count)
    }

    /// Brackets with a number are part of a name where the name alone would be the same: 评委(1), 评委(2).
    private static func named(_ columns: [ColumnEvidence]) -> [ColumnEvidence] {
        let columns = withoutOddShares(numbered(columns))
        let counts = Dictionary(columns.map { (($0.group?.text ?? "") + "\u{0}" + $0.header.name, 1) }, uniquingKeysWith: +)
        return columns.map { column in
            let isRepeated = (counts[(column.group?.text ?? "") + "\u{0}" + column.header.name] ?? 0) > 1
            let hasAmount = column.header.maximum != nil || column.header.weight != nil
            return isRepeated && hasAmount && column.header.words.has(.judge) ? column.with(header: column.header.withoutAmount) : column
        }
    }

    /// Bare numbers below 1 are shares where those of all names make a whole, and part of the names elsewhere.
    private static func withoutOddShares(_ columns: [ColumnEvidence]) -> [ColumnEvidence] {
        let shares = Set(columns.compactMap { column in column.header.bareShare.map { [column.header.name, "\($0.value)"] } })
        guard !shares.isEmpty else { return columns }
        let isWhole = abs(shares.reduce(0) { $0 + Double($1[1])! } - 1) < 1e-9 && Set(shares.map(\.[0])).count == shares.count
        return isWhole ? columns : columns.map { $0.header.bareShare == nil ? $0 : $0.with(header: $0.header.withoutAmount) }
    }

    /// Columns of numbers under one heading, or under none next to one, are numbered: Scores 1, 2, 3.
    private static func numbered(_ columns: [ColumnEvidence]) -> [ColumnEvidence] {
        var (result, position) = (columns, 0)
        while position < columns.count {
            let heading = columns[position].header
            var end = position + 1
            while end < columns.count, columns[end].isNumeric, columns[end].group == nil,
                columns[end].header.text.isEmpty || columns[end].header.text == heading.text
            { end += 1 }
            let words = heading.words
            let isHeading =
                end > position + 1 && columns[position].isNumeric && !heading.text.isEmpty
                && (words.has(.score) || words.has(.judge) || words.has(.criterion))
            for column in position..<end where isHeading {
                result[column] = columns[column].with(
                    header: Header("\(heading.name) \(column - position + 1)"), path: [heading.text, "\(column - position + 1)"])
            }
            position = end
        }
        return result
    }

    var line: Int? { region.header.isEmpty ? nil : cells.grid.lines[region.header.lowerBound] }
    var headers: [String] { columns.map(\.shown).filter { !$0.isEmpty } }

    mutating func set(_ column: Int, _ use: SheetLayout.Use, _ reason: ColumnReason) {
        (uses[column], reasons[column]) = (use, reason)
    }

    mutating func find() throws(ScoreSheetError) -> SheetLayout {
        if !body.unclear.isEmpty {
            let labels = body.unclear.map { row in cells.grid.rows[row].first { !$0.isEmpty } ?? "" }
            throw ask(
                .row(label: labels[0]), samples: body.unclear.map { sampleRow($0) },
                [.init(labels.flatMap { ["--ignore", $0] }, .notCounted(labels.joined(separator: ", ")))])
        }
        try takeSaid()
        takeCorner()
        takeOthers()
        try refuseTextScores()
        try takeRoles()
        try takeNumbers()
        try takeDirection()
        for column in uses.indices where uses[column] == nil {
            set(column, columns[column].header.text.isEmpty ? .ignored : .attribute, .values)
        }
        try takeVoidRows()
        takePenaltyRemarks()
        let rowUses = body.uses.merging(voidRows.map { ($0, .ignored) }) { $1 }
        var layout = SheetLayout(
            headers: columns.map(\.shown), uses: uses.map { $0 ?? .ignored }, reasons: reasons, titleRows: 0..<region.header.lowerBound,
            headerRows: region.header, rows: region.rows, rowUses: rowUses)
        layout.titles = try neededTitles()
        if let titles = layout.titles, titles.role == .criterion {
            for (_, header) in titles.names { maxima[header.name] = header.maximum }
        }
        (layout.maxima, layout.weights, layout.isLowerBetter) = (maxima, weights, isLowerBetter)
        (layout.judgeWeights, layout.voidEntries) = (judgeWeights, voidEntries)
        layout.penaltyRemarks = penaltyRemarks
        (layout.deducted, layout.added) = (deducted, added)
        layout.hasPercentages = layout.scoreColumns.contains { columns[$0].counts.percentage > 0 }
        return layout
    }

    /// What the user said about columns.
    private mutating func takeSaid() throws(ScoreSheetError) {
        for role in ColumnRole.allCases {
            guard let said = options.columns[role].map({ NameNormalization.normalized($0) }) else { continue }
            let found = columns.indices.filter { columns[$0].answers(to: said) && uses[$0] == nil }
            if found.count > 1 {
                throw ScoreSheetError(.twoColumns(role: role, headers: found.map { columns[$0].shown }), file: file, line: line)
            }
            guard let column = found.first else {
                throw ScoreSheetError(.noNamedColumn(role: role, header: said, headers: headers), file: file, line: line)
            }
            set(column, .role(role), .said)
        }
        for name in options.ignoredColumns.map({ NameNormalization.normalized($0) }) {
            for column in columns.indices where uses[column] == nil && columns[column].answers(to: name) { set(column, .ignored, .said) }
        }
        for column in columns.indices where uses[column] == nil {
            if options.isTakenByRule(columns[column].answers) { set(column, .attribute, .said) }
        }
        for name in options.deductions.map({ NameNormalization.normalized($0) }) {
            let found = columns.indices.filter { columns[$0].answers(to: name) }
            if takesAsCriterion(deduction: name, found) { continue }
            guard let column = found.first else {
                throw ScoreSheetError(.noNamedScoreColumn(header: name, headers: headers), file: file, line: line)
            }
            set(column, .deduction(isShared: false), .said)
        }
    }

    /// Empty columns, dates, and texts whose words give them no role.
    private mutating func takeOthers() {
        for column in columns where uses[column.index] == nil {
            if column.isEmpty || column.isBlank && Nature(column.header) != .judge && column.group == nil {
                set(column.index, .ignored, .values)
            } else if column.isDate, isDateByWords(column) {
                set(column.index, .attribute, .values)
            }
        }
    }

    func isDateByWords(_ column: ColumnEvidence) -> Bool {
        column.words.has(.date) || column.words.says(.order) || column.words.says(.fact)
    }

    /// The columns of numbers that have no use yet, and those that hold nothing but missing scores of a judge.
    var openNumbers: [Int] { columns.indices.filter { uses[$0] == nil && (columns[$0].isNumeric || columns[$0].isBlank) } }
    var openTexts: [Int] {
        columns.indices.filter { uses[$0] == nil && !columns[$0].isNumeric && !columns[$0].isBlank && !columns[$0].isDate }
    }

    func column(of role: ColumnRole) -> Int? { uses.firstIndex(of: .role(role)) }
    var hasJudge: Bool { isJudgeKnown || column(of: .judge) != nil || titles?.role == .judge }
    var hasEntry: Bool { column(of: .entry) != nil || titles?.role == .entry }

    /// Titles that say what no column does; those of heats and groups with entries of their own tell nothing apart.
    private func neededTitles() throws(ScoreSheetError) -> TableTitles? {
        guard let titles else { return nil }
        if options.table != nil { return titles }
        let isApart = column(of: .entry).map { tellsRowsApart($0, with: column(of: .judge)) } ?? false
        guard let role = titles.role else {
            guard column(of: .entry) != nil, !isApart else { return nil }
            throw askAboutTitles(titles)
        }
        guard column(of: role) == nil else { return nil }
        // Tables of other entries each are categories, whatever they are called.
        if isApart, role == .criterion || role == .heat || role == .stage { return nil }
        return names(role) ? nil : titles
    }

    /// Whether the headers of scores name this.
    private func names(_ role: ColumnRole) -> Bool {
        uses.contains { use in
            guard case .score(let names)? = use else { return false }
            switch role {
            case .judge: return names.judge != nil
            case .entry: return names.entry != nil
            case .criterion: return names.criterion != nil
            default: return false
            }
        }
    }

    private func askAboutTitles(_ titles: TableTitles) -> ScoreSheetError {
        let names = titles.names.map(\.header.text)
        let open: [ReadingOptions.Role] = [.criterion, .judge, .heat, .stage].filter { role in
            column(of: role.role) == nil && !self.names(role.role) && !(role == .judge && hasJudge)
        }
        return ask(.titles(names: names), samples: [], open.map { .init(["--table-is", $0.rawValue], .titles($0)) })
    }

    // MARK: Questions

    func ask(_ kind: Question.Kind, samples: [String], _ answers: [Question.Answer]) -> ScoreSheetError {
        ScoreSheetError(Question(kind, samples: samples, answers: answers), file: file, line: line)
    }

    /// The first cells of a column, with their addresses.
    func samples(_ column: Int) -> [String] {
        rows.filter { !cells.text($0, column).isEmpty }.prefix(4).map { "\(address($0, column)) \(cells.text($0, column))" }
    }

    func sampleRow(_ row: Int) -> String {
        (0..<cells.width).filter { !cells.text(row, $0).isEmpty }.prefix(4).map { "\(address(row, $0)) \(cells.text(row, $0))" }.joined(
            separator: ", ")
    }

    private func address(_ row: Int, _ column: Int) -> String {
        Grid.columnName(cells.grid.sourceColumn(row, column)) + "\(cells.grid.lines[row])"
    }

    /// The options that name these columns as the scores.
    func wide(_ names: [Int], _ role: ReadingOptions.Role?) -> [String] {
        ["--wide", names.map { columns[$0].shown }.joined(separator: ",")] + (role.map { ["--columns", $0.rawValue] } ?? [])
    }
}

extension ColumnEvidence {
    func with(header: Header, path: [String]? = nil) -> ColumnEvidence {
        ColumnEvidence(self, header: header, path: path ?? self.path)
    }

    /// Without the heading above.
    var withoutGroup: ColumnEvidence { group == nil ? self : ColumnEvidence(self, header: header, path: path, keepsGroup: false) }

    private init(_ other: ColumnEvidence, header: Header, path: [String], keepsGroup: Bool = true) {
        (index, group, words, numbers, texts, counts) = (
            other.index, keepsGroup ? other.group : nil, HeaderWords(header.name), other.numbers, other.texts, other.counts
        )
        (self.header, self.path) = (header, path)
    }
}
