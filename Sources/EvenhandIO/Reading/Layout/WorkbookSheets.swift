/// How the sheets of a workbook relate to each other: judges, heats, or scores and their summary.
struct WorkbookSheets {
    /// The sheets that are read, with their tables.
    private(set) var read: [(SheetReader, [SheetLayout])] = []
    /// What each sheet stands for.
    private(set) var role: ReadingOptions.Role?
    /// Sheets, and tables of sheets, that are not read.
    private(set) var leftOut: [String] = []

    init(_ readers: [SheetReader], as options: ReadingOptions, isChosen: Bool, file: String) throws(ScoreSheetError) {
        let isJudgeKnown = options.file == .judge || options.sheet == .judge
        var (open, unread, firstError) = ([(SheetReader, ScoreSheetError)](), [SheetReader](), ScoreSheetError?.none)
        for reader in readers {
            do throws(ScoreSheetError) {
                let (layouts, others) = try reader.layouts(isJudgeKnown: isJudgeKnown)
                read.append((reader, layouts))
                leftOut += others
            } catch {
                if error.isAboutJudges {
                    open.append((reader, error))
                } else if error.isAboutShape, !isChosen {
                    firstError = firstError ?? error
                    unread.append(reader)
                    if let sheet = reader.grid.sheet { leftOut.append(sheet) }
                } else {
                    throw error
                }
            }
        }
        role = options.sheet
        // A sheet that has the names of others in its header is their summary.
        let names = Set(open.compactMap(\.0.grid.sheet))
        let summaries = open.filter { $0.0.mentions(names) }
        if open.count - summaries.count > 1 {
            open.removeAll { $0.0.mentions(names) }
            leftOut += summaries.compactMap(\.0.grid.sheet)
        }
        if !open.isEmpty { try settle(open, as: options, file: file) }
        guard !read.isEmpty else { throw firstError ?? ScoreSheetError(.noRows, file: file) }
        let others = unread.flatMap(\.tables)
        let tables = read
        try EntryScores.ask(about: others) { tables.map { ($0.cells, $1) } }
        if role == nil, read.count > 1 { role = read.contains { $0.1.contains { $0.column(of: .heat) != nil } } ? nil : .heat }
    }

    /// Sheets of criteria or of one score for each entry, and nothing says who judged: their names may.
    private mutating func settle(_ open: [(SheetReader, ScoreSheetError)], as options: ReadingOptions, file: String) throws(ScoreSheetError)
    {
        let names = open.compactMap(\.0.grid.sheet)
        let natures = names.map { Nature(Header($0)) }
        let judges = natures.count { $0 == .judge }
        guard options.sheet == nil, names.count == open.count, judges > 0 || open.count > 1 else { throw open[0].1 }
        if open.count == 1, judges == 0 { throw open[0].1 }
        let words = names.map { HeaderWords($0) }
        let isOther = words.contains { $0.has(.heat) || $0.has(.stage) || $0.has(.entry) || $0.has(.criterion) }
        guard judges * 2 > names.count, !isOther else {
            throw ScoreSheetError(
                Question(
                    .sheets(names: names),
                    answers: [
                        .init(["--sheet-is", "judge"] + (read.isEmpty ? [] : names.flatMap { ["--sheet", $0] }), .sheets(.judge))
                    ] + names.prefix(3).map { .init(["--sheet", $0], .oneSheet($0)) }), file: file)
        }
        // Whatever else was read is a summary of them.
        let summaries = read
        read = []
        for (reader, layouts) in summaries {
            let judgesInside = Set(layouts.flatMap { $0.scoreNames(\.judge) })
            guard judgesInside.isEmpty || !judgesInside.isDisjoint(with: names) || HeaderWords(reader.grid.sheet ?? "").has(.total) else {
                throw ScoreSheetError(
                    Question(
                        .sheets(names: names + [reader.grid.sheet ?? ""]),
                        answers: [
                            .init(["--sheet-is", "judge"] + names.flatMap { ["--sheet", $0] }, .sheets(.judge)),
                            .init(["--sheet", reader.grid.sheet ?? ""], .oneSheet(reader.grid.sheet ?? "")),
                        ]), file: file)
            }
            if let sheet = reader.grid.sheet { leftOut.append(sheet) }
        }
        role = .judge
        for (reader, _) in open {
            let (layouts, others) = try reader.layouts(isJudgeKnown: true)
            read.append((reader, layouts))
            leftOut += others
        }
    }
}

extension SheetReader {
    /// Whether a row above has the names of most other sheets in its cells.
    fileprivate func mentions(_ names: Set<String>) -> Bool {
        let others = names.subtracting([grid.sheet ?? ""])
        return others.count > 1
            && grid.rows.prefix(12).contains { row in
                Set(row.map(NameNormalization.normalized)).intersection(others).count * 2 > others.count
            }
    }
}
