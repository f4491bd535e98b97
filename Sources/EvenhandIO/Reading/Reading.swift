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
    public let sheet: ScoreSheet
    /// The files, in the order in which they were named.
    public let inputs: [Input]
    /// Further columns that were left out, since their value is not constant for each entry; in canonical order.
    public let ignoredColumns: [String]
    private let files: [ScoreFile]

    /// Reads files of scores as one sheet.
    ///
    /// - Parameters:
    ///   - paths: files in long form, one row per score; `-` is standard input.
    ///   - columns: headers for roles that the known names do not find.
    ///   - entries: a file with a column `entry` and attributes of the entries.
    ///   - judges: a file with a column `judge` and attributes of the judges.
    /// - Throws: `ScoreSheetError` with the first twenty problems in the order of the input.
    public init(of paths: [String], columns: [ColumnRole: String] = [:], entries: String? = nil, judges: String? = nil)
        throws(ScoreSheetError)
    {
        var files: [ScoreFile] = []
        for path in paths { files.append(try ScoreFile(path: path, named: columns, required: [.entry, .judge, .score])) }
        if files.contains(where: { $0.plan.has(.criterion) }), let other = files.first(where: { !$0.plan.has(.criterion) }) {
            throw ScoreSheetError(.missingCriterion, file: other.input.path, line: 1)
        }
        var (blocks, inputs) = ([ScoreBlock](), [Input]())
        var (problems, count) = ([ScoreSheetError.Problem](), 0)
        for file in files {
            let part = file.read()
            problems += part.problems.prefix(ScoreSheetError.mostListed - problems.count)
            count += part.count
            let rows = part.blocks.reduce(0) { $0 + $1.units.count }
            if rows == 0, part.count == 0 { throw ScoreSheetError(.noRows, file: file.input.path) }
            inputs.append(Input(path: file.input.path, bytes: file.input.count, rows: rows))
            blocks += part.blocks
        }
        if count > 0 { throw ScoreSheetError(problems: problems, count: count) }
        let kept = Reading.attributeNames(of: blocks)
        var sheet: ScoreSheet
        do throws(ScoreSheet.Duplicate) { sheet = try ScoreSheet(joining: blocks) } catch { throw Reading.duplicates(in: files) }
        let constant = Set(sheet.entryAttributes.map(\.name))
        if let entries {
            sheet = sheet.adding(
                entryAttributes: try AttributeFile(path: entries, key: .entry, columns: columns).attributes(for: sheet.entries))
        }
        if let judges {
            sheet = sheet.adding(
                judgeAttributes: try AttributeFile(path: judges, key: .judge, columns: columns).attributes(for: sheet.judges))
        }
        self.sheet = sheet
        self.inputs = inputs
        self.files = files
        ignoredColumns = kept.filter { !constant.contains($0) }
    }

    private static func attributeNames(of blocks: [ScoreBlock]) -> [String] {
        Set(blocks.flatMap { $0.varying + $0.attributes.map(\.name) }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Every row whose key stands in an earlier row; slow, and needed only when there is one.
    private static func duplicates(in files: [ScoreFile]) -> ScoreSheetError {
        var firstLine: [[String]: Int] = [:]
        var (problems, count) = ([ScoreSheetError.Problem](), 0)
        for file in files {
            file.walk { row in
                if let first = firstLine[row.key] {
                    count += 1
                    guard problems.count < ScoreSheetError.mostListed else { return }
                    let text = row.key.filter { !$0.isEmpty }.joined(separator: ", ")
                    problems.append(
                        .init(kind: .duplicate(firstLine: first), file: file.input.path, line: row.line, column: nil, text: text))
                } else {
                    firstLine[row.key] = row.line
                }
            }
        }
        return ScoreSheetError(problems: problems, count: count)
    }

    /// Where scores of the sheet stand in the files; `nil` for one that is not found.
    public func places(of rows: [Int]) -> [(file: String, line: Int)?] {
        guard !rows.isEmpty else { return [] }
        let wanted = Dictionary(rows.enumerated().map { (key(ofRow: $1), $0) }) { first, _ in first }
        var found = [(file: String, line: Int)?](repeating: nil, count: rows.count)
        for file in files {
            file.walk { row in
                if let index = wanted[row.key] { found[index] = (file.input.path, row.line) }
            }
        }
        return found
    }

    private func key(ofRow row: Int) -> [String] {
        let performance = sheet.performances[sheet.performance(ofRow: row)]
        let heat = sheet.heats[Int(performance.heat)]
        return [
            heat.stage ?? "", heat.name ?? "", sheet.entries[Int(performance.entry)], sheet.judges[Int(sheet.judgeCodes[row])],
            sheet.criterionCodes.isEmpty ? "" : sheet.criteria[Int(sheet.criterionCodes[row])],
        ]
    }
}

extension ScoreFile {
    /// A row as text: stage, heat, entry, judge and criterion, and its line.
    struct Row {
        let key: [String]
        let line: Int
    }

    /// Visits the rows one by one, as text.
    func walk(_ visit: (Row) -> Void) {
        let scanner = FieldScanner(input, separator: separator)
        let columns = [ColumnRole.stage, .heat, .entry, .judge, .criterion].map { plan.uses.firstIndex(of: .role($0)) }
        var (position, line) = (start, firstLine)
        while position < input.count {
            let (fields, next) = scanner.row(at: position)
            if fields.count >= plan.uses.count, fields.contains(where: { $0.length > 0 }) {
                visit(Row(key: columns.map { $0.map { scanner.text(of: fields[$0]) } ?? "" }, line: line))
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
