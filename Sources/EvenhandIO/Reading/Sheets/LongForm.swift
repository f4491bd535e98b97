import Evenhand

/// A sheet of any shape brought to one row per score, as text that the reader of rows takes, with the cell that each row came from.
struct LongForm: Sendable {
    /// The text: a header and one row per score.
    let input: InputBytes
    /// For each line after the header, where its score is in the grid.
    let locations: [(row: Int, column: Int)]
    /// The line of each row of the grid, and how far to the right of its columns the row's cells are; none where they are nowhere.
    private let lines: [Int], offsets: [Int]
    /// For each column of the text, the column of the grid; `nil` where headers or names of files say it.
    let sources: [Int?]
    /// The headers of the grid.
    let headers: [String]
    /// The line of the header.
    let headerLine: Int
    /// The roles that are known about each score.
    let roleNames: Set<ColumnRole>
    /// How many of those columns have a role.
    let roleCount: Int
    let maxima: [String: Fraction]
    var source: Reading.Source
    private(set) var problems: [ScoreSheetError.Problem] = []
    private(set) var changes: [Reading.Change] = []
    private(set) var missing: [Reading.MissingScore] = []
    private(set) var wrongTotals: [Reading.WrongTotal] = []
    /// Columns of totals by a rule that was not found.
    private(set) var uncheckedColumns: [String] = []
    /// Columns of results that leave out the highest and the lowest score of each row.
    private(set) var trimmedColumns: [String] = []

    /// Unpivots the rows below the header.
    ///
    /// - Parameters:
    ///   - grid: the sheet with merged cells filled.
    ///   - names: what the file or the sheet itself stands for.
    init(
        _ grid: Grid, _ layout: SheetLayout, file: String, names: [ReadingOptions.Role: String], hasDecimalComma: Bool,
        options: ReadingOptions
    ) {
        var walker = RowWalker(grid: grid, layout: layout, file: file, names: names, hasDecimalComma: hasDecimalComma, options: options)
        for row in layout.headerRows.upperBound..<max(layout.headerRows.upperBound, layout.rows.upperBound) { walker.take(row) }
        walker.finish()
        input = InputBytes(path: file, bytes: walker.text.bytes)
        (locations, sources, roleCount, maxima) = (walker.locations, walker.sources, walker.roleCount, layout.maxima)
        (lines, offsets) = (grid.lines, grid.offsets)
        (headers, headerLine, roleNames) = (layout.headers, grid.lines[layout.headerRows.lowerBound], Set(walker.roles))
        (problems, changes, missing) = (walker.problems, walker.changes, walker.missing)
        (wrongTotals, uncheckedColumns, trimmedColumns) = DerivedColumns(
            grid, layout, rows: walker.entryRows, hasDecimalComma: hasDecimalComma,
            isLowerBetter: options.isLowerBetter ?? layout.isLowerBetter
        ).check {
            row, column in
            grid.location(file: file, row: row, column: column, layout)
        }
        source = Reading.Source(file: file, sheet: grid.sheet)
        source.roles = ColumnRole.allCases.compactMap { role in
            let column = role == .score ? layout.uses.firstIndex(of: .score()) : layout.column(of: role)
            return column.map { (role, layout.headers[$0]) }
        }
        source.judges = layout.scoreNames(\.judge)
        if let titles = layout.titles, titles.role == .judge { source.titledJudges = titles.names.map(\.header.name) }
        source.criteria = layout.scoreNames(\.criterion)
        source.entries = layout.scoreNames(\.entry)
        let uses = zip(layout.uses, layout.headers)
        source.scoreColumns = uses.compactMap { use, header in if case .score = use { header } else { nil } }
        source.derivedColumns = uses.compactMap { use, header in if case .derived = use { header } else { nil } }
        source.attributes = uses.compactMap { use, header in use == .attribute ? header : nil }
        (source.titleRows, source.headerRows) = (layout.titleRows.count, layout.headerRows.count)
        (source.rows, source.leftOutRows) = (walker.entryRows.count, walker.leftOutRows.count)
        (source.weights, source.judgeWeights, source.voidEntries) = (layout.weights, layout.judgeWeights, layout.voidEntries)
        source.penaltyRemarks = layout.penaltyRemarks
        (source.isLowerBetter, source.hasPercentages) = (layout.isLowerBetter, layout.hasPercentages)
        source.deductions =
            uses.compactMap { use, header in if case .deduction = use { header } else { nil } } + walker.deductedCriteria.sorted()
        (source.deductedCriteria, source.addedCriteria) = (layout.deducted, layout.added)
        source.columns = layout.uses.indices.map { column in
            Reading.ColumnReading(
                letter: Grid.columnName(grid.sourceColumn(layout.headerRows.lowerBound, column)), header: layout.headers[column],
                use: .init(layout.uses[column]),
                reason: LongForm.reason(layout, column, unchecked: uncheckedColumns),
                samples: Array(walker.entryRows.lazy.map { grid.cell($0, column) }.filter { !$0.isEmpty }.prefix(3)),
                isHidden: grid.hiddenColumns.contains(column))
        }
        source.rowsLeftOut = walker.leftOutRows.map { row, use in
            Reading.RowLeftOut(
                location: grid.location(file: file, row: row, column: 0, layout),
                text: grid.rows[row].filter { !$0.isEmpty }.joined(separator: " "), use: use)
        }
        source.hiddenRows = walker.entryRows.filter { grid.hiddenRows.contains($0) }.map { grid.lines[$0] }
        source.hiddenColumns = layout.uses.indices.filter { grid.hiddenColumns.contains($0) && layout.uses[$0] != .ignored }.map {
            layout.headers[$0]
        }
    }

    /// Whether every row of scores is of a judge whom the user left out.
    var isIgnored: Bool { locations.isEmpty && problems.isEmpty && missing.isEmpty && source.rowsLeftOut.contains { $0.use == .ignored } }

    /// A total that follows from the scores is one by that, not by its header.
    private static func reason(_ layout: SheetLayout, _ column: Int, unchecked: [String]) -> ColumnReason {
        guard case .derived = layout.uses[column], layout.reasons[column] == .words else { return layout.reasons[column] }
        let isChecked = layout.weights.isEmpty && !layout.hasDeductionColumns && layout.scoreNames(\.entry).isEmpty
        return unchecked.contains(layout.headers[column]) ? .unconfirmed : isChecked ? .relation : .words
    }

    /// Where a row of the text is in the sheet; for the cell of a column, when it has one of its own.
    func location(ofRow row: Int, column: Int?) -> Reading.Location {
        guard locations.indices.contains(row) else { return Reading.Location(file: source.file) }
        let found = column.flatMap { $0 < sources.count ? sources[$0] : nil } ?? locations[row].column
        let row = locations[row].row
        return Grid.location(
            file: source.file, sheet: source.sheet, line: lines[row], column: found, headers: headers,
            offset: offsets.isEmpty ? 0 : offsets[row])
    }
}

extension Grid {
    /// Where a cell is, in words of the input.
    func location(file: String, row: Int, column: Int, _ layout: SheetLayout) -> Reading.Location {
        Grid.location(
            file: file, sheet: sheet, line: lines[row], column: column, headers: layout.headers, offset: offsets.isEmpty ? 0 : offsets[row])
    }

    static func location(file: String, sheet: String?, line: Int, column: Int, headers: [String], offset: Int) -> Reading.Location {
        Reading.Location(
            file: file, line: line, column: column < headers.count ? headers[column] : nil,
            cell: sheet.map { "\($0)!\(columnName(column + offset))\(line)" })
    }
}
