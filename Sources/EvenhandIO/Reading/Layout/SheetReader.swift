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
        // A list about judges below their scores: years of service, one number for each.
        let lists = layouts.filter { $0.column(of: .judge) != nil && $0.column(of: .entry) == nil && $0.scoreColumns.count == 1 }
        if !lists.isEmpty, lists.count < layouts.count {
            layouts.removeAll { $0.column(of: .judge) != nil && $0.column(of: .entry) == nil && $0.scoreColumns.count == 1 }
            others += lists.map { $0.headers.filter { !$0.isEmpty }.prefix(4).joined(separator: ", ") }
        }
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
            // A header of two rows has to say the same in both.
            for header in [row..<row + 2, row..<row + 1] where header.upperBound < grid.rows.count {
                let width = header.map { grid.rows[$0].count }.max() ?? 0
                let texts = (0..<width).map { column in
                    header.map { NameNormalization.normalized(grid.cell($0, column)) }.filter { !$0.isEmpty }.joined(separator: "\n")
                }
                if let blocks = blocks(texts), blocks.allSatisfy({ hasNames(grid, below: header, $0) }) {
                    return stack(grid, header: header, blocks)
                }
            }
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
            guard Set(first).count > 2 || Set(first).count == first.count,
                first.contains(where: { HeaderWords($0).has(.entry) || HeaderWords($0).has(.name) }),
                pieces.allSatisfy({ header[$0].elementsEqual(first) })
            else { continue }
            return pieces
        }
        return nil
    }

    /// Whether some column of a block holds texts: criteria that every judge has once more are no tables of their own.
    private static func hasNames(_ grid: Grid, below header: Range<Int>, _ block: Range<Int>) -> Bool {
        let rows = (header.upperBound..<grid.rows.count).prefix(20)
        return block.contains { column in
            let filled = rows.map { grid.cell($0, column) }.filter { !$0.isEmpty }
            return filled.count { !ScoreText.isPlain($0) } * 2 > filled.count
        }
    }

    private static func stack(_ grid: Grid, header: Range<Int>, _ blocks: [Range<Int>]) -> Grid {
        var stacked = Grid(sheet: grid.sheet, rows: [], lines: [])
        let offset = blocks[0].lowerBound
        func add(_ row: Int, _ columns: Range<Int>, isHidden: Bool) {
            if isHidden { stacked.hiddenRows.insert(stacked.rows.count) }
            stacked.rows.append(columns.map { grid.cell(row, $0) })
            stacked.lines.append(grid.lines[row])
            stacked.offsets.append(columns.lowerBound)
        }
        for row in 0..<header.upperBound { add(row, offset..<offset + blocks[0].count, isHidden: false) }
        for block in blocks {
            for row in header.upperBound..<grid.rows.count { add(row, block, isHidden: grid.hiddenRows.contains(row)) }
        }
        return stacked
    }
}
