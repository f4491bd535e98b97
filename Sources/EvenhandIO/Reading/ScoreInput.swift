import Evenhand

/// What one path held: a plain file of rows is read as it is; everything else is brought to that form first.
struct ScoreInput {
    let bytes: Int
    private(set) var files: [ScoreFile] = []
    private(set) var blocks: [ScoreBlock] = []
    private(set) var sources: [Reading.Source] = []
    private(set) var problems: [ScoreSheetError.Problem] = []
    private(set) var problemCount = 0
    /// Sheets of a workbook that are not score sheets, or hidden.
    private(set) var leftOutSheets: [String] = []
    /// Cells of a workbook with a formula whose result is not in the file.
    private(set) var uncalculatedCells: [String] = []

    /// Reads a path.
    ///
    /// - Parameter isThorough: go through every cell even of a plain file, so that every change is known.
    init(path: String, as options: ReadingOptions, isThorough: Bool) throws(ScoreSheetError) {
        let input = try InputBytes(path: path)
        bytes = input.count
        guard input.count > 0 else { throw ScoreSheetError(.noRows, file: path) }
        switch try SourceFormat(of: input, encoding: options.encoding) {
        case .text(let text, let encoding, var doubt):
            do throws(ScoreSheetError) {
                try read(text, encoding, as: options, isThorough: isThorough)
            } catch {
                guard options.encoding == nil, error.isAboutEncoding, let second = SourceFormat.secondLook(at: text) else { throw error }
                try read(second.text, second.encoding, as: options, isThorough: isThorough)
                doubt = second.doubt
            }
            for index in sources.indices { sources[index].encodingDoubt = doubt }
        case .records(let grid, let encoding):
            try readShaped(grid, encoding, separatorName: nil, hasDecimalComma: false, as: options, file: path)
        case .workbook(let workbook):
            leftOutSheets = workbook.hidden
            uncalculatedCells = workbook.uncalculated
            try read(workbook.sheets, as: options, file: path)
        }
    }

    /// Whether the user left out all of it.
    var isIgnored: Bool { files.isEmpty && !leftOutSheets.isEmpty }

    /// The number of scores.
    var rows: Int { blocks.reduce(0) { $0 + $1.units.count } }

    private mutating func read(_ input: InputBytes, _ encoding: String, as options: ReadingOptions, isThorough: Bool)
        throws(ScoreSheetError)
    {
        let isShaped =
            options.isWide || !options.wideColumns.isEmpty || options.file != nil || options.scoreColumns != nil
            || !options.deductions.isEmpty
            || !options.missingCodes.isEmpty || !options.ignoredColumns.isEmpty || options.resubmitted != nil
        // With a header that is understood, what is wrong with rows says more than a question about columns.
        var (rowError, plainError, isEmpty) = (ScoreSheetError?.none, ScoreSheetError?.none, false)
        if !isShaped {
            do throws(ScoreSheetError) {
                if try readPlain(input, encoding, as: options, isThorough: isThorough) { return }
            } catch {
                if error.isHopeless { throw error }
                // A header that appears twice can be one of two tables.
                let isAboutHeader = if case .twoColumns? = error.problems.first?.kind { true } else { error.isAboutShape }
                if isAboutHeader { plainError = error } else { rowError = error }
                isEmpty = !error.isAboutShape && error.problems.allSatisfy { $0.kind == .notANumber && $0.text.isEmpty }
            }
        }
        let first = sources.count
        do throws(ScoreSheetError) {
            try readShaped(input, encoding, as: options)
        } catch {
            if case .noColumn? = error.problems.first?.kind, let plainError { throw plainError }
            guard error.isAboutShape || error.question != nil else { throw error }
            if isEmpty { throw ScoreSheetError(.noRows, file: input.path) }
            guard let rowError, !error.saysMore(than: rowError) else { throw error }
            problems += rowError.problems
            problemCount += rowError.count
            return
        }
        if let rowError, !keepsScores(sinceSource: first, of: input, as: options, after: rowError) { throw rowError }
    }

    /// Whether a closer look at rows with errors has read the column that the header calls the score, from the first row on: what is no
    /// number there makes neither a second row of the header nor another column of numbers the scores.
    private func keepsScores(
        sinceSource first: Int, of input: InputBytes, as options: ReadingOptions, after error: ScoreSheetError
    ) -> Bool {
        guard let file = try? ScoreFile(input, as: options, required: [.entry, .judge, .score]) else { return true }
        let header = file.plan.header(of: .score)
        // A header in two languages has a word for the scores in its second row, too.
        let isBilingual = error.problems.first.map { !HeaderWords($0.text).head.isDisjoint(with: [.score, .result, .total]) } ?? false
        return isBilingual
            || sources[first...].allSatisfy { source in
                source.headerRows == 1
                    && (source.roles.contains { $0 == .score && $1 == header } || source.scoreColumns.contains(header))
            }
    }

    /// Reads one row per score as it is; false when every cell has to be looked at.
    private mutating func readPlain(_ input: InputBytes, _ encoding: String, as options: ReadingOptions, isThorough: Bool)
        throws(ScoreSheetError) -> Bool
    {
        let file = try ScoreFile(input, as: options, required: [.entry, .judge, .score])
        // Numbers next to the scores under the name of a penalty or a criterion need a closer look.
        let isClear =
            file.numericAttributes().allSatisfy { name in
                let claim = Claim(HeaderWords(name))
                return claim.map { ![.deduction, .bonus, .weight].contains($0) } ?? (Nature(Header(name)) != .criterion)
            } && file.numericAttributes(inPercent: true).allSatisfy { Claim(HeaderWords($0)) != .weight }
        guard options.ruleAttributes != nil || isClear else { return false }
        // A further column that names heats, stages or criteria in other words is one.
        let others = file.plan.attributes.filter { name in !options.isTakenByRule { $0 == NameNormalization.normalized(name) } }
        guard others.allSatisfy({ !Words.mayNameRole($0) || LayoutFinder.role(of: HeaderWords($0)) == nil }) else {
            return false
        }
        let read = file.read()
        if read.count > 0 { throw ScoreSheetError(problems: read.problems, count: read.count) }
        // Three digits after a point could be thousands where commas are decimal.
        if file.separator == 0x3B, read.blocks.contains(where: { $0.decimals == 3 }) { return false }
        if file.mentionsRulings(in: read.blocks) { return false }
        let areNormalized = Parallel.map(read.blocks.count) { read.blocks[$0].hasNormalizedNames }
        guard !isThorough, areNormalized.allSatisfy(\.self) else { return false }
        (files, blocks, sources) = ([file], read.blocks, [Reading.Source(plain: file, encoding: encoding, rows: read.blocks)])
        return true
    }

    /// Reads a text file of any shape.
    private mutating func readShaped(_ input: InputBytes, _ encoding: String, as options: ReadingOptions) throws(ScoreSheetError) {
        let text = TextSource(input, encoding: encoding)
        let grid = try Grid(input, from: text.start, separator: text.separator)
        try readShaped(
            grid, encoding, separatorName: text.separatorName, hasDecimalComma: text.separator == 0x3B, as: options, file: input.path)
    }

    private mutating func readShaped(
        _ grid: Grid, _ encoding: String, separatorName: String?, hasDecimalComma: Bool, as options: ReadingOptions, file: String
    ) throws(ScoreSheetError) {
        guard !grid.rows.isEmpty else { throw ScoreSheetError(.noRows, file: file) }
        let names: [ReadingOptions.Role: String] = options.file.map { [$0: InputName.stem(of: file)] } ?? [:]
        let reader = SheetReader(grid, as: options, file: file, hasDecimalComma: hasDecimalComma)
        let (layouts, others) = try reader.layouts(isJudgeKnown: options.file == .judge)
        for layout in layouts {
            var form = reader.form(layout, names: names)
            (form.source.encoding, form.source.separator) = (encoding, separatorName)
            (form.source.role, form.source.name) = (options.file, names.values.first)
            add(form)
        }
        leftOutSheets += others
    }

    private mutating func read(_ grids: [Grid], as options: ReadingOptions, file: String) throws(ScoreSheetError) {
        let known = grids.compactMap(\.sheet)
        let wanted = options.sheets.filter { $0 != "all" }
        if let unknown = wanted.first(where: { !known.contains($0) }) {
            throw ScoreSheetError(.unknownSheet(unknown, known: known), file: file)
        }
        let chosen = wanted.isEmpty ? grids : grids.filter { $0.sheet.map(wanted.contains) ?? false }
        let readers = chosen.filter { grid in grid.rows.contains { $0.contains { !$0.isEmpty } } }.map {
            SheetReader($0, as: options, file: file, hasDecimalComma: false)
        }
        let sheets = try WorkbookSheets(readers, as: options, isChosen: !wanted.isEmpty, file: file)
        leftOutSheets += sheets.leftOut
        let fileNames: [ReadingOptions.Role: String] = options.file.map { [$0: InputName.stem(of: file)] } ?? [:]
        for (reader, layouts) in sheets.read {
            var names = fileNames
            if let role = sheets.role, let sheet = reader.grid.sheet { names[role] = sheet }
            for layout in layouts {
                var form = reader.form(layout, names: names)
                (form.source.role, form.source.name) = (
                    sheets.role ?? options.file, sheets.role == nil ? fileNames.values.first : reader.grid.sheet
                )
                add(form)
            }
        }
    }

    private mutating func add(_ form: LongForm) {
        // All of it is of a judge whom the user left out.
        if form.isIgnored {
            leftOutSheets.append(form.source.name ?? form.source.file)
            return
        }
        let file = ScoreFile(form)
        let read = file.read()
        files.append(file)
        blocks += read.blocks
        sources.append(form.source)
        problemCount += read.count + form.problems.count
        let mapped = read.problems.map { file.located($0) }
        problems += (form.problems + mapped).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }
}

/// What the name of a file says.
enum InputName {
    /// The last part of a path without its extension.
    static func stem(of path: String) -> String {
        var name = path.split(separator: "/").last.map(String.init) ?? path
        if name.hasSuffix(".gz") { name.removeLast(3) }
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }
}

extension ScoreSheetError {
    /// Whether another way to read the file cannot help.
    fileprivate var isHopeless: Bool {
        problems.contains {
            switch $0.kind {
            case .brokenQuote, .invalidUTF8, .noRows: true
            default: false
            }
        }
    }

    /// Whether a text is not in the encoding that it was taken for.
    fileprivate var isAboutEncoding: Bool { problems.contains { $0.kind == .invalidUTF8 } }

    /// Whether the sheet was not understood, rather than one of its cells.
    var isAboutShape: Bool {
        switch problems.first?.kind {
        case .noColumn, .noScoreColumn, .unfilled: true
        default: false
        }
    }

    /// Whether the sheet waits for its scores.
    var isUnfilled: Bool { if case .unfilled? = problems.first?.kind { true } else { false } }
}

extension ScoreBlock {
    /// Whether all names are as they would be after normalization.
    fileprivate var hasNormalizedNames: Bool {
        entries.allSatisfy(NameNormalization.isNormalized) && judges.allSatisfy(NameNormalization.isNormalized)
            && conditions.allSatisfy { $0.split(separator: "\u{0}").allSatisfy { NameNormalization.isNormalized(String($0)) } }
            && heats.allSatisfy { NameNormalization.isNormalized($0.name ?? "") && NameNormalization.isNormalized($0.stage ?? "") }
    }
}

extension ScoreFile {
    /// The problem with its location in the file that the user has.
    fileprivate func located(_ problem: ScoreSheetError.Problem) -> ScoreSheetError.Problem {
        guard origin != nil, let line = problem.line else { return problem }
        let column = problem.column.flatMap { plan.headers.firstIndex(of: $0) }
        let location = location(ofLine: line, column: column)
        return .init(
            kind: problem.kind, file: problem.file, line: location.line, column: location.column, text: problem.text, cell: location.cell)
    }

    /// Where a row that begins on a line is in the file that the user has.
    func location(ofLine line: Int, column: Int? = nil) -> Reading.Location {
        guard let origin else { return Reading.Location(file: input.path, line: line) }
        return origin.location(ofRow: line - firstLine, column: column)
    }
}

extension Reading.Source {
    /// A plain file, as its header says.
    fileprivate init(plain file: ScoreFile, encoding: String, rows blocks: [ScoreBlock]) {
        self.init(file: file.input.path, sheet: nil)
        self.encoding = encoding
        separator = TextSource(file.input, encoding: encoding).separatorName
        for (use, header) in zip(file.plan.uses, file.plan.headers) {
            if case .role(let role) = use { roles.append((role, header)) }
            if case .attribute = use { attributes.append(header) }
        }
        rows = blocks.reduce(0) { $0 + $1.units.count }
    }
}

extension ScoreSheetError {
    /// Whether this question is about rows: one that may not be an entry, or scores that appear twice where a column was not understood.
    fileprivate func saysMore(than rowError: ScoreSheetError) -> Bool {
        guard let question else { return false }
        if case .row = question.kind { return true }
        return rowError.problems.allSatisfy { if case .duplicate = $0.kind { true } else { false } }
    }
}

extension ScoreSheetError {
    /// Whether the same judge scored the same entry more than once, as far as the columns were understood.
    var isAboutRepeats: Bool {
        switch question?.kind {
        case .repeated, .entryColumn, .unexplained: return true
        default: break
        }
        return !problems.isEmpty && problems.allSatisfy { if case .duplicate = $0.kind { true } else { false } }
    }

    /// Whether all that is wrong are empty cells in columns of items or repetitions.
    var isAboutUnnamedItems: Bool {
        !problems.isEmpty
            && problems.allSatisfy { problem in
                guard case .emptyName = problem.kind else { return false }
                return problem.column.flatMap { ColumnRole.onDemand($0) } != nil
            }
    }
}
