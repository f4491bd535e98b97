extension ScoreSheetError {
    /// A header that a layout names and the sheet lacks is a difference between them.
    func asOtherLayout(of path: String) -> ScoreSheetError {
        switch problems.first?.kind {
        case .noNamedColumn(_, let header, _), .noNamedScoreColumn(let header, _):
            ScoreSheetError(.otherLayout(missing: [header], new: []), file: path)
        default: self
        }
    }
}

/// A reading to keep: what each header of a sheet was read as, so that the next export is read the same way.
///
/// The file is JSON: `{"layout": 1, "columns_are": "judge", "lower_is_better": false, "columns": [{"header": "Team", "read_as": "entry"},
/// …]}`. `read_as` is a word of the table `columns`; `columns_are` says what the score columns name, and is left out where they name
/// nothing or two things.
public struct LayoutFile: Sendable, Equatable {
    /// A header and what it was read as.
    public struct Column: Sendable, Equatable {
        /// The header with its heading.
        public let header: String
        /// What it was read as.
        public let use: Reading.ColumnReading.Use
    }

    /// The columns with a header, in the order of the sheet.
    public let columns: [Column]
    /// What the score columns name; `nil` for nothing or two things.
    public let columnsAre: ReadingOptions.Role?
    /// Whether the scores are places.
    public let isLowerBetter: Bool

    /// The layout of a reading: of its first file or sheet.
    public init(of reading: Reading) {
        let source = reading.sources[0]
        columns = source.columns.filter { !$0.header.isEmpty }.map { Column(header: $0.header, use: $0.use) }
        let named: [(ReadingOptions.Role, [String])] = [(.judge, source.judges), (.criterion, source.criteria), (.entry, source.entries)]
        let full = named.filter { !$0.1.isEmpty }
        columnsAre = full.count == 1 ? full[0].0 : nil
        isLowerBetter = reading.isLowerBetter
    }

    /// The text of the file.
    public var bytes: [UInt8] {
        let listed = JSON.array(columns.map { .object([("header", .string($0.header)), ("read_as", .string($0.use.rawValue))]) })
        let role = columnsAre.map { [("columns_are", JSON.string($0.rawValue))] } ?? []
        return JSON.object([("layout", .integer(1))] + role + [("lower_is_better", .bool(isLowerBetter)), ("columns", listed)]).bytes + [
            0x0A
        ]
    }

    /// Reads a file that `bytes` made.
    ///
    /// - Throws: `ScoreSheetError` with the line, for a file that is not a layout.
    public init(contentsOf path: String) throws(ScoreSheetError) {
        let input = try InputBytes(path: path)
        do throws(JSONError) {
            var object = try JSONObject(try JSONParser.value(of: Array(input[0..<input.count])), key: "layout")
            _ = try object.required("layout", JSONValue.whole)
            columnsAre = try object.optional("columns_are", JSONValue.text).flatMap(ReadingOptions.Role.init)
            isLowerBetter =
                try object.optional("lower_is_better") { value, key throws(JSONError) in
                    guard case .bool(let flag) = value.content else { throw value.wrongKind(key, "true or false") }
                    return flag
                } ?? false
            columns = try object.required("columns") { value, key throws(JSONError) in
                guard case .array(let values) = value.content else { throw value.wrongKind(key, "a list in brackets") }
                var columns: [Column] = []
                for value in values {
                    var member = try JSONObject(value, key: key)
                    let header = try member.required("header", JSONValue.text)
                    let word = try member.required("read_as", JSONValue.text)
                    try member.finish()
                    guard let use = Reading.ColumnReading.Use(rawValue: word) else {
                        throw value.wrongKind("read_as", "a word such as entry, judge or score")
                    }
                    columns.append(Column(header: header, use: use))
                }
                return columns
            }
            try object.finish()
        } catch {
            throw ScoreSheetError(.brokenLayout, file: path, line: error.line)
        }
    }

    /// The options that read a sheet as this one was; other options of the user stay.
    func applied(to options: ReadingOptions) -> ReadingOptions {
        var options = options
        for role in ColumnRole.allCases where options.columns[role] == nil {
            if let column = columns.first(where: { $0.use.rawValue == role.rawValue && role != .score }) {
                options.columns[role] = column.header
            }
        }
        let scores = columns.filter { $0.use == .score }.map(\.header)
        if options.wideColumns.isEmpty, columnsAre != nil || scores.count > 1 { options.wideColumns = scores }
        options.scoreColumns = options.scoreColumns ?? columnsAre
        options.ignoredColumns += columns.filter { $0.use == .ignored }.map(\.header)
        options.deductions += columns.filter { $0.use == .deduction }.map(\.header)
        if isLowerBetter { options.isLowerBetter = options.isLowerBetter ?? true }
        return options
    }

    /// The headers that a sheet lacks, and those that it has in addition.
    func difference(from source: Reading.Source) -> (missing: [String], new: [String]) {
        let (kept, found) = (columns.map(\.header), source.columns.map(\.header).filter { !$0.isEmpty })
        return (kept.filter { !found.contains($0) }, found.filter { !kept.contains($0) })
    }
}
