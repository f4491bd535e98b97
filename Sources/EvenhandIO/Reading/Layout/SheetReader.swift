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
        let cells = cells
        let regions = SheetTables(cells).regions()
        guard !regions.isEmpty else {
            let filled = grid.rows.filter { $0.contains { !$0.isEmpty } }
            guard filled.count > 1, let first = filled.first else { throw ScoreSheetError(.noRows, file: file) }
            throw ScoreSheetError(.noColumn(role: .entry, headers: Array(first.prefix(12))), file: file, line: grid.lines.first)
        }
        var (read, unread) = ([(finder: LayoutFinder, layout: SheetLayout)](), [(finder: LayoutFinder, error: ScoreSheetError)]())
        var others: [String] = []
        for region in regions {
            var finder = LayoutFinder(region, in: cells, options: options, isJudgeKnown: isJudgeKnown, file: file)
            do throws(ScoreSheetError) {
                let layout = try finder.find()
                read.append((finder, layout))
            } catch {
                if regions.count == 1 { throw error }
                unread.append((finder, error))
                others.append(grid.rows[region.header.upperBound - 1].filter { !$0.isEmpty }.prefix(4).joined(separator: ", "))
            }
        }
        if read.isEmpty { throw unread[0].error }
        // A list about judges below their scores: years of service, one number for each.
        let lists = read.map(\.layout).filter(\.isListOfJudges)
        if lists.count < read.count {
            read.removeAll { $0.layout.isListOfJudges }
            others += lists.map(\.shownHeaders)
        }
        // Beside a table of ballots one without judges is its summary; any other question stays one.
        let hasBallots = read.contains { $0.layout.column(of: .judge) != nil }
        // So is a list of something else below the scores: of judges, of years, of what points mean.
        if let open = unread.first(where: { !$0.error.isSummary }) { throw open.error }
        if !hasBallots, let open = unread.first(where: { ($0.error.question?.columnCount ?? 0) > 1 }) { throw open.error }
        var asides = unread.map(\.finder)
        if hasBallots {
            let summaries = read.filter { $0.layout.column(of: .judge) == nil }
            read.removeAll { $0.layout.column(of: .judge) == nil }
            asides += summaries.map(\.finder)
            others += summaries.map(\.layout.shownHeaders)
        }
        let layouts = read.map(\.layout)
        try EntryScores.ask(about: asides) { [(cells, layouts)] }
        return (layouts, others)
    }

    var cells: TypedGrid { TypedGrid(grid, hasDecimalComma: hasDecimalComma) }

    /// The tables of a sheet that is not read.
    var tables: [LayoutFinder] {
        let cells = cells
        return SheetTables(cells).regions().map { LayoutFinder($0, in: cells, options: options, isJudgeKnown: false, file: file) }
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

extension SheetLayout {
    /// Whether this is one number for each judge.
    fileprivate var isListOfJudges: Bool { column(of: .judge) != nil && column(of: .entry) == nil && scoreColumns.count == 1 }

    fileprivate var shownHeaders: String { headers.filter { !$0.isEmpty }.prefix(4).joined(separator: ", ") }
}
