import Evenhand

/// Reads the tables of one sheet.
struct SheetReader {
    let grid: Grid
    let options: ReadingOptions
    let file: String
    let hasDecimalComma: Bool

    init(_ grid: Grid, as options: ReadingOptions, file: String, hasDecimalComma: Bool) {
        let shown = options.hidden == .skip ? grid.withoutHidden : grid
        self.grid = SideBySide.stacked(shown.filled)
        (self.options, self.file, self.hasDecimalComma) = (options, file, hasDecimalComma)
    }

    /// A sheet's layouts, one for each table that holds scores, and the first rows of the tables that do not.
    func layouts(isJudgeKnown: Bool) throws(ScoreSheetError) -> (layouts: [SheetLayout], others: [String]) {
        let cells = TypedGrid(grid, hasDecimalComma: hasDecimalComma)
        let regions = SheetTables(cells).regions()
        guard !regions.isEmpty else {
            let first = grid.rows.first { $0.contains { !$0.isEmpty } } ?? []
            throw ScoreSheetError(.noColumn(role: .entry, headers: Array(first.prefix(12))), file: file, line: grid.lines.first)
        }
        var (layouts, others, errors) = ([SheetLayout](), [String](), [ScoreSheetError]())
        for region in regions {
            var finder = LayoutFinder(region, in: cells, options: options, isJudgeKnown: isJudgeKnown, file: file)
            do throws(ScoreSheetError) {
                layouts.append(try finder.find())
            } catch {
                if regions.count == 1 { throw error }
                errors.append(error)
                others.append(grid.rows[region.header.upperBound - 1].filter { !$0.isEmpty }.prefix(4).joined(separator: ", "))
            }
        }
        if layouts.isEmpty { throw errors[0] }
        // Beside a table of ballots one without judges is its summary; any other question stays one.
        let hasBallots = layouts.contains { $0.column(of: .judge) != nil }
        // So is a list of something else below the scores: of judges, of years, of what points mean.
        if let open = errors.first(where: { !$0.isSummary }) { throw open }
        if !hasBallots, let open = errors.first(where: { ($0.question?.columnCount ?? 0) > 1 }) { throw open }
        if layouts.count > 1, hasBallots, layouts.contains(where: { $0.column(of: .judge) == nil }) {
            let ballots = layouts.filter { $0.column(of: .judge) != nil }
            others += layouts.filter { $0.column(of: .judge) == nil }.map {
                $0.headers.filter { !$0.isEmpty }.prefix(4).joined(separator: ", ")
            }
            return (ballots, others)
        }
        return (layouts, others)
    }

    func form(_ layout: SheetLayout, names: [ReadingOptions.Part: String]) -> LongForm {
        LongForm(grid, layout, file: file, names: names, hasDecimalComma: hasDecimalComma, options: options)
    }
}

extension ScoreSheetError {
    /// Whether a table without judges could be the summary of another one.
    var isSummary: Bool {
        switch problems.first?.kind {
        case .question(let question):
            switch question.kind {
            case .noJudge, .judgesOrCriteria, .unexplained, .entryColumn: true
            default: false
            }
        case .noColumn, .noScoreColumn: true
        default: false
        }
    }

    /// Whether nobody says who judged.
    var isAboutJudges: Bool {
        switch question?.kind {
        case .noJudge, .judgesOrCriteria: true
        default: false
        }
    }
}

/// Tables that stand side by side under one header become one.
enum SideBySide {
    static func stacked(_ grid: Grid) -> Grid {
        for row in grid.rows.indices.prefix(12) {
            let cells = grid.rows[row]
            guard let starts = blocks(cells.map(NameNormalization.normalized)) else { continue }
            return stack(grid, header: row, starts)
        }
        return grid
    }

    /// Where blocks of the same headers begin, with or without an empty column between.
    private static func blocks(_ header: [String]) -> [Range<Int>]? {
        var parts: [Range<Int>] = []
        var start: Int?
        for column in 0...header.count {
            let isFilled = column < header.count && !header[column].isEmpty
            if isFilled, start == nil { start = column }
            if !isFilled, let begin = start {
                parts.append(begin..<column)
                start = nil
            }
        }
        if parts.count > 1, parts[0].count > 1, parts.allSatisfy({ header[$0].elementsEqual(header[parts[0]]) }),
            Set(header[parts[0]]).count > 1
        {
            return parts
        }
        guard parts.count == 1, let whole = parts.first, whole.count >= 4 else { return nil }
        for length in 2...whole.count / 2 where whole.count % length == 0 {
            let pieces = stride(from: whole.lowerBound, to: whole.upperBound, by: length).map { $0..<$0 + length }
            let first = header[pieces[0]]
            guard Set(first).count == first.count,
                HeaderWords(first.first ?? "").has(.entry) || HeaderWords(first.first ?? "").has(.identifier),
                pieces.allSatisfy({ header[$0].elementsEqual(first) })
            else { continue }
            return pieces
        }
        return nil
    }

    private static func stack(_ grid: Grid, header: Int, _ blocks: [Range<Int>]) -> Grid {
        var stacked = Grid(sheet: grid.sheet, rows: [], lines: [])
        let offset = blocks[0].lowerBound
        func add(_ row: Int, _ columns: Range<Int>, isHidden: Bool) {
            if isHidden { stacked.hiddenRows.insert(stacked.rows.count) }
            stacked.rows.append(columns.map { grid.cell(row, $0) })
            stacked.lines.append(grid.lines[row])
            stacked.offsets.append(columns.lowerBound)
        }
        for row in 0...header { add(row, offset..<offset + blocks[0].count, isHidden: false) }
        for block in blocks {
            for row in header + 1..<max(header + 1, grid.rows.count) { add(row, block, isHidden: grid.hiddenRows.contains(row)) }
        }
        return stacked
    }
}
