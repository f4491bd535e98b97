import Evenhand

/// Reads the tables of one sheet.
struct SheetReader {
    let grid: Grid
    let options: ReadingOptions
    let file: String
    let hasDecimalComma: Bool

    init(_ grid: Grid, as options: ReadingOptions, file: String, hasDecimalComma: Bool) {
        let shown = options.hidden == .skip ? grid.withoutHidden : grid
        self.grid = ScoreLists.spread(PersonNames.joined(SideBySide.stacked(shown.filled)), hasDecimalComma: hasDecimalComma)
        (self.options, self.file, self.hasDecimalComma) = (options, file, hasDecimalComma)
    }

    /// A sheet's layouts, one for each table that holds scores, and the first rows of the tables that do not.
    func layouts(isJudgeKnown: Bool) throws(ScoreSheetError) -> (layouts: [SheetLayout], others: [String]) {
        let cells = TypedGrid(grid, hasDecimalComma: hasDecimalComma)
        let regions = SheetTables(cells).regions()
        guard !regions.isEmpty else {
            let filled = grid.rows.filter { $0.contains { !$0.isEmpty } }
            guard filled.count > 1, let first = filled.first else { throw ScoreSheetError(.noRows, file: file) }
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

    func form(_ layout: SheetLayout, names: [ReadingOptions.Role: String]) -> LongForm {
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
        case .noColumn, .noScoreColumn, .unfilled: true
        default: false
        }
    }

    /// Whether nothing says who judged.
    var isAboutJudges: Bool {
        switch question?.kind {
        case .noJudge, .judgesOrCriteria: true
        default: false
        }
    }
}
