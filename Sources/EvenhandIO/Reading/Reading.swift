public import Evenhand

/// What was read: the sheet, and where it came from.
public struct Reading: Sendable {
    /// One file of scores.
    public struct Input: Sendable, Equatable {
        /// The path as it was given; `-` is standard input.
        public let path: String
        /// Its size in bytes.
        public let bytes: Int
        /// The number of scores in it.
        public let rows: Int
    }

    /// The scores.
    public private(set) var sheet: ScoreSheet
    /// The files, in the order in which they were named.
    public let inputs: [Input]
    /// Further columns that were left out, since their value is not constant for each entry; in canonical order.
    public let ignoredColumns: [String]
    /// What the files, and the sheets of workbooks, were taken for.
    public let sources: [Source]
    /// Sheets of workbooks that are not score sheets, or hidden.
    public let leftOutSheets: [String]
    /// Files without a single score yet, next to others that have some.
    public let unfilledFiles: [String]
    /// Cells of workbooks with a formula whose result is not in the file: `Sheet1!D17`. They count as empty.
    public let uncalculatedCells: [String]
    /// The maximum of each criterion, as headers and options say.
    public let maxima: [String: Fraction]
    /// What each criterion counts for, as headers or rows of the sheets say.
    public let weights: [String: Fraction]
    /// Whether the scores are places, so that the lowest is the best.
    public let isLowerBetter: Bool
    /// The entries and judges of the scores that `--entries` and `--judges` lack, and those that only they have.
    public let unmatched: [UnmatchedNames]
    private let files: [ScoreFile]

    /// Reads files of scores as one sheet.
    ///
    /// - Parameters:
    ///   - paths: files of scores; `-` is standard input.
    ///   - options: what the files do not say themselves.
    ///   - isThorough: go through every cell even of plain files, so that `changes` is complete.
    /// - Throws: `ScoreSheetError` with the first twenty problems in the order of the input.
    public init(of paths: [String], as options: ReadingOptions = ReadingOptions(), isThorough: Bool = false) throws(ScoreSheetError) {
        do throws(ScoreSheetError) {
            try self.init(paths, options, isThorough)
        } catch {
            // The same judge for the same entry more than once: an item or a repetition may tell the scores apart.
            guard error.isAboutRepeats, !paths.contains("-") else { throw error }
            var other = options
            other.takesItems = true
            let reading: Reading
            do throws(ScoreSheetError) { reading = try Reading(paths, other, isThorough) } catch let second {
                throw second.isAboutUnnamedItems ? second : error
            }
            guard reading.sheet.hasItems else { throw error }
            self = reading
        }
    }

    private init(_ paths: [String], _ options: ReadingOptions, _ isThorough: Bool) throws(ScoreSheetError) {
        let layout = try options.layout.map { path throws(ScoreSheetError) in try LayoutFile(contentsOf: path) }
        let options = layout?.applied(to: options) ?? options
        var (read, inputs) = ([ScoreInput](), [Input]())
        var (problems, count) = ([ScoreSheetError.Problem](), 0)
        var unfilled: [(path: String, error: ScoreSheetError)] = []
        for path in paths {
            let input: ScoreInput
            do throws(ScoreSheetError) {
                input = try Reading.input(path, as: options, isThorough: isThorough || layout != nil)
            } catch {
                guard layout == nil else { throw error.asOtherLayout(of: path) }
                guard error.isUnfilled else { throw error }
                unfilled.append((path, error))
                inputs.append(Input(path: path, bytes: path == "-" ? 0 : (try? InputBytes(path: path).count) ?? 0, rows: 0))
                continue
            }
            for source in input.sources {
                guard let (missing, new) = layout?.difference(from: source), !missing.isEmpty || !new.isEmpty else { continue }
                throw ScoreSheetError(.otherLayout(missing: missing, new: new), file: path)
            }
            problems += input.problems.prefix(ScoreSheetError.mostListed - problems.count)
            count += input.problemCount
            if input.rows == 0, input.problemCount == 0, !input.isIgnored { throw ScoreSheetError(.noRows, file: path) }
            inputs.append(Input(path: path, bytes: input.bytes, rows: input.rows))
            read.append(input)
        }
        if read.isEmpty, let first = unfilled.first { throw first.error }
        if !read.isEmpty, read.allSatisfy(\.isIgnored) { throw ScoreSheetError(.noRows, file: paths.first ?? "-") }
        unfilledFiles = unfilled.map(\.path)
        files = read.flatMap(\.files)
        if files.contains(where: { $0.plan.has(.criterion) }), let other = files.first(where: { !$0.plan.has(.criterion) }) {
            throw ScoreSheetError(.missingCriterion, file: other.input.path, line: 1)
        }
        for role in ColumnRole.allCases where role.isOnDemand && files.contains(where: { $0.plan.has(role) }) {
            guard let other = files.first(where: { !$0.plan.has(role) }) else { continue }
            throw ScoreSheetError(.noColumn(role: role, headers: other.plan.headers), file: other.input.path, line: 1)
        }
        if count > 0 { throw ScoreSheetError(problems: problems, count: count) }
        let blocks = read.flatMap(\.blocks)
        let kept = Reading.attributeNames(of: blocks)
        var sheet: ScoreSheet
        do throws(ScoreSheet.Duplicate) { sheet = try ScoreSheet(joining: blocks) } catch { throw Reading.duplicates(in: files) }
        let constant = Set(sheet.entryAttributes.map(\.name))
        var unmatched: [UnmatchedNames] = []
        if let entries = options.entries {
            let file = try AttributeFile(path: entries, key: .entry, among: sheet.entries, as: options)
            unmatched += UnmatchedNames.between(sheet.entries, file, .entry)
            sheet = sheet.adding(entryAttributes: file.attributes(for: sheet.entries))
        }
        if let judges = options.judges {
            let file = try AttributeFile(path: judges, key: .judge, among: sheet.judges, as: options)
            unmatched += UnmatchedNames.between(sheet.judges, file, .judge)
            sheet = sheet.adding(judgeAttributes: file.attributes(for: sheet.judges))
        }
        let isLowerBetter = options.isLowerBetter ?? read.contains { $0.sources.contains(where: \.isLowerBetter) }
        self.sheet = isLowerBetter ? sheet.lowestFirst : sheet
        self.isLowerBetter = isLowerBetter
        self.inputs = inputs
        self.unmatched = unmatched
        sources = read.flatMap(\.sources)
        leftOutSheets = read.flatMap(\.leftOutSheets)
        uncalculatedCells = read.flatMap(\.uncalculatedCells)
        maxima = files.reduce(into: [:]) { $0.merge($1.origin?.maxima ?? [:]) { first, _ in first } }.merging(options.maxima) { $1 }
        weights = sources.reduce(into: [:]) { $0.merge($1.weights) { first, _ in first } }
        // What is constant for each entry is an attribute of the entries.
        let varying = (options.ruleAttributes ?? []).subtracting(constant)
        ignoredColumns = kept.filter { name in
            !constant.contains(name) && !varying.contains { NameNormalization.normalized($0) == NameNormalization.normalized(name) }
        }
        if !varying.isEmpty { self.sheet = self.sheet.adding(scoreAttributes: scoreAttributes(varying)) }
        try checkLimits(options)
        if let unknown = PenaltyCriteria.unknown(in: sheet, sources) {
            throw ScoreSheetError(.noNamedScoreColumn(header: unknown, headers: sheet.criteria), file: paths.first ?? "-")
        }
        if let question = PenaltyCriteria(sheet, of: sources).question(options, isLowerBetter: isLowerBetter)
            ?? SummaryJudges(sheet, of: sources).question(options) ?? SummaryJudges.questionAboutRows(of: sheet, sources, options)
            ?? SummaryJudges.questionAboutNames(of: sheet, sources, options)
            ?? ScoreSuspicions(sheet, as: options).question(isLowerBetter: isLowerBetter)
        {
            throw ScoreSheetError(question, file: paths.count == 1 ? paths[0] : paths.joined(separator: ", "))
        }
    }

    /// What was read as something other than its text; complete when the reading was thorough.
    public var changes: [Change] { files.flatMap { $0.origin?.changes ?? [] } }
    /// The scores that are not there although their row or cell is.
    public var missing: [MissingScore] { files.flatMap { $0.origin?.missing ?? [] } }
    /// The totals, averages and ranks in the sheets that do not follow from their rows.
    public var wrongTotals: [WrongTotal] { files.flatMap { $0.origin?.wrongTotals ?? [] } }
    /// Columns of totals that no known rule gives, by file.
    public var uncheckedColumns: [(file: String, column: String)] {
        files.flatMap { file in (file.origin?.uncheckedColumns ?? []).map { (file.input.path, $0) } }
    }

    /// The column of the sheet's own results, where every file has one that leaves out the highest and the lowest score of each entry: the
    /// contest's rule.
    public var trimmedResult: String? {
        let names = files.map { $0.origin?.trimmedColumns.last }
        return names.allSatisfy { $0 != nil } ? names.first ?? nil : nil
    }

    private static func attributeNames(of blocks: [ScoreBlock]) -> [String] {
        Set(blocks.flatMap { $0.varying + $0.attributes.map(\.name) }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Every row whose key is in an earlier row; slow, and needed only when there is one.
    private static func duplicates(in files: [ScoreFile]) -> ScoreSheetError {
        var first: [[String]: (file: Int, line: Int)] = [:]
        var (problems, count) = ([ScoreSheetError.Problem](), 0)
        for (index, file) in files.enumerated() {
            file.walk { row in
                let location = file.location(ofLine: row.line)
                if let first = first[row.key] {
                    count += 1
                    guard problems.count < ScoreSheetError.mostListed else { return }
                    let text = row.key.filter { !$0.isEmpty }.joined(separator: ", ")
                    problems.append(
                        .init(
                            kind: .duplicate(firstLine: first.line, ofFile: first.file == index ? nil : files[first.file].input.path),
                            file: file.input.path, line: location.line, column: nil, text: text, cell: location.cell))
                } else {
                    first[row.key] = (index, location.line ?? row.line)
                }
            }
        }
        return ScoreSheetError(problems: problems, count: count)
    }

    /// Scores out of the range, or above the maximum of their criterion.
    private func checkLimits(_ options: ReadingOptions) throws(ScoreSheetError) {
        guard options.range != nil || !maxima.isEmpty else { return }
        let limits = ScoreLimits(sheet, range: options.range, maxima: maxima)
        let rows = sheet.units.indices.filter { limits.kind(ofRow: $0) != nil }
        guard !rows.isEmpty else { return }
        let listed = Array(rows.prefix(ScoreSheetError.mostListed))
        let problems = zip(listed, places(of: listed)).compactMap { row, location -> ScoreSheetError.Problem? in
            guard let kind = limits.kind(ofRow: row) else { return nil }
            return .init(
                kind: kind, file: location?.file ?? "", line: location?.line,
                column: location.flatMap { $0.column ?? scoreHeader(in: $0.file) },
                text: NumberFormat.shortest(sheet.score(at: row)), cell: location?.cell)
        }
        throw ScoreSheetError(problems: problems, count: rows.count)
    }

    private func scoreHeader(in path: String) -> String? { files.first { $0.input.path == path }?.plan.header(of: .score) }

    /// Where scores of the sheet are in the files; `nil` for one that is not found.
    public func places(of rows: [Int]) -> [Location?] {
        guard !rows.isEmpty else { return [] }
        let wanted = Dictionary(rows.enumerated().map { (key(ofRow: $1), $0) }) { first, _ in first }
        var found = [Location?](repeating: nil, count: rows.count)
        for file in files {
            file.walk { row in
                if let index = wanted[row.key] { found[index] = file.location(ofLine: row.line) }
            }
        }
        return found
    }

    /// The columns of the scores that are named, with a value for each score.
    private func scoreAttributes(_ names: Set<String>) -> [Attribute] {
        let nameOf = Dictionary(names.sorted().map { (NameNormalization.normalized($0), $0) }) { first, _ in first }
        let columns = files.map { file in
            zip(file.plan.uses.indices, file.plan.uses).compactMap { index, use -> (position: Int, name: String)? in
                guard case .attribute = use else { return nil }
                return nameOf[NameNormalization.normalized(file.plan.headers[index])].map { (index, $0) }
            }
        }
        guard columns.contains(where: { !$0.isEmpty }) else { return [] }
        let rowOfKey = Dictionary(uniqueKeysWithValues: sheet.units.indices.map { (key(ofRow: $0), $0) })
        var texts: [String: [String?]] = [:]
        for (file, columns) in zip(files, columns) where !columns.isEmpty {
            for column in columns where texts[column.name] == nil { texts[column.name] = [String?](repeating: nil, count: sheet.count) }
            file.walk(fields: columns.map(\.position)) { row in
                guard let position = rowOfKey[row.key] else { return }
                for (column, text) in zip(columns, row.fields) where !text.isEmpty {
                    texts[column.name]?[position] = NameNormalization.normalized(text)
                }
            }
        }
        return texts.map { Attribute(name: $0, values: Factor($1)) }
    }

    private func key(ofRow row: Int) -> [String] {
        let performance = sheet.performances[sheet.performance(ofRow: row)]
        let heat = sheet.heats[Int(performance.heat)]
        return [
            heat.stage ?? "", heat.name ?? "", sheet.entries[Int(performance.entry)], sheet.judges[Int(sheet.judgeCodes[row])],
            sheet.criterionCodes.isEmpty ? "" : sheet.criteria[Int(sheet.criterionCodes[row])],
            sheet.items.isPresent ? sheet.items[row] ?? "" : "", sheet.repetitions.isPresent ? sheet.repetitions[row] ?? "" : "",
        ]
    }
}

extension ScoreFile {
    /// A row as text: stage, heat, entry, judge, criterion, item and repetition, its line, and the fields that were asked for.
    struct Row {
        let key: [String]
        let line: Int
        let fields: [String]
    }

    /// Visits the rows one by one, as text.
    func walk(fields wanted: [Int] = [], _ visit: (Row) -> Void) {
        let scanner = FieldScanner(input, separator: separator)
        let columns = [ColumnRole.stage, .heat, .entry, .judge, .criterion, .item, .repetition].map { plan.uses.firstIndex(of: .role($0)) }
        var (position, line) = (start, firstLine)
        while position < input.count {
            let (fields, next) = scanner.row(at: position)
            if fields.count >= plan.uses.count, fields.contains(where: { $0.length > 0 }) {
                visit(
                    Row(
                        key: columns.map { $0.map { scanner.text(of: fields[$0]) } ?? "" }, line: line,
                        fields: wanted.map { scanner.text(of: fields[$0]) }))
            }
            line += max(1, scanner.lineCount(from: position, to: next))
            position = next
        }
    }
}

extension ScoreSheet {
    /// Reads files of scores in long form as one sheet.
    ///
    /// - Throws: `ScoreSheetError` with the first twenty problems in the order of the input.
    public init(contentsOf paths: String...) throws(ScoreSheetError) {
        self = try Reading(of: paths).sheet
    }
}

/// The possible values of a score.
struct ScoreLimits {
    private let sheet: ScoreSheet
    private let low: Limit?
    private let high: Limit?
    private let maxima: [Limit?]

    /// A bound in units of the sheet.
    private struct Limit {
        let value: Fraction
        let units: Double

        init(_ value: Fraction, _ sheet: ScoreSheet) {
            self.value = value
            units = Double(value.numerator) * sheet.unitsPerPoint / Double(value.denominator)
        }

        var text: String { NumberFormat.shortest(value.value) }
    }

    init(_ sheet: ScoreSheet, range: (low: Fraction, high: Fraction)?, maxima: [String: Fraction]) {
        self.sheet = sheet
        (low, high) = (range.map { Limit($0.low, sheet) }, range.map { Limit($0.high, sheet) })
        self.maxima = sheet.criteria.map { maxima[$0].map { Limit($0, sheet) } }
    }

    /// What is wrong with a score.
    func kind(ofRow row: Int) -> ScoreSheetError.Kind? {
        let unit = sheet.direction.turned(sheet.units[row])
        if let low, let high, unit < low.units || unit > high.units { return .outOfRange(low: low.text, high: high.text) }
        guard !maxima.isEmpty, let maximum = maxima[Int(sheet.criterionCodes[row])], unit > maximum.units else { return nil }
        return .aboveMaximum(criterion: sheet.criteria[Int(sheet.criterionCodes[row])], maximum: maximum.text)
    }
}
