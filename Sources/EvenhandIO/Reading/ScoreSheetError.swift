/// What is wrong with an input, where, and the text in question.
public struct ScoreSheetError: Error, Sendable, Equatable {
    /// One thing that is wrong in one location.
    public struct Problem: Sendable, Equatable {
        /// What is wrong.
        public let kind: Kind
        /// The path as it was given; `-` is standard input.
        public let file: String
        /// The line of the file where the row begins, 1 for the first; `nil` when it is about the whole file.
        public var line: Int?
        /// The header of the column, when one column is meant.
        public let column: String?
        /// The offending text as the file has it.
        public let text: String
        /// The cell of a workbook: `Sheet1!D17`.
        public var cell: String?
    }

    /// The kinds of problems; each has a stable code.
    public enum Kind: Sendable, Equatable {
        /// The file cannot be opened or read; the reason is the operating system's.
        case unreadable(reason: String)
        /// The path is a directory.
        case directory
        /// The file is of a kind that has no score sheet, or none that can be read.
        case otherFormat(FileKind)
        /// The gzip data is damaged or incomplete.
        case brokenGzip
        /// The gzip data unpacks to more than this multiple of its size or to more than this many bytes.
        case gzipTooLarge(ratio: Int, bytes: Int)
        /// The JSON is invalid; `expected` is what should come next.
        case brokenJSON(expected: String)
        /// The JSON has no list of objects or arrays that could be rows.
        case noRecords
        /// There are no rows below the header.
        case noRows
        /// No header is known for a required role.
        case noColumn(role: ColumnRole, headers: [String])
        /// No column has the header that was given for this role.
        case noNamedColumn(role: ColumnRole, header: String, headers: [String])
        /// Several columns have a header for the same role.
        case twoColumns(role: ColumnRole, headers: [String])
        /// A published list without a single result or rank below the headers of either.
        case noResults(headers: [String])
        /// The file is not text.
        case notText
        /// Another file has a column of criteria, and this one has none.
        case missingCriterion
        /// A sheet with one row per entry has no column that could hold scores.
        case noScoreColumn(headers: [String])
        /// The columns of scores are empty throughout: nobody has filled in the sheet yet.
        case unfilled(columns: [String])
        /// No column has the header that was given for scores.
        case noNamedScoreColumn(header: String, headers: [String])
        /// The workbook has no sheet with this name; the known ones are listed.
        case unknownSheet(String, known: [String])
        /// The workbook is damaged.
        case brokenWorkbook(WorkbookDamage)
        /// The workbook exceeds a limit that protects against hostile files.
        case workbookTooLarge(WorkbookLimit)
        /// The document has an older binary format that is not read.
        case oldWorkbook
        /// The workbook is protected by a password.
        case encryptedWorkbook
        /// The archive is not a workbook that can be read.
        case notAWorkbook
        /// No encoding has the name that was given; the known ones are listed.
        case unknownEncoding(known: [String])
        /// The bytes are not valid in this encoding.
        case invalidEncoding(name: String)
        /// The text is not a number.
        case notANumber
        /// The number is infinite or not a number (NaN).
        case notFinite
        /// The number is 10¹⁶ or more.
        case tooLarge
        /// A required name is empty.
        case emptyName
        /// The row has fewer fields than the header.
        case missingField(found: Int, expected: Int)
        /// The row has more fields than the header.
        case extraField(found: Int, expected: Int)
        /// A quotation mark is not closed, or text follows a closing one.
        case brokenQuote
        /// The text is not valid UTF-8.
        case invalidUTF8
        /// The same judge scored the same performance and criterion in an earlier line, of another file where one is named.
        case duplicate(firstLine: Int, ofFile: String? = nil)
        /// An attribute of an entry has another value in an earlier row.
        case twoValues(entry: String, first: String)
        /// The number has thousands separators.
        case thousands
        /// The number has a decimal comma.
        case decimalComma
        /// The score is outside the range that was given.
        case outOfRange(low: String, high: String)
        /// The score exceeds the maximum of its criterion.
        case aboveMaximum(criterion: String, maximum: String)
        /// The sheet can be read in more than one way.
        case question(Question)
        /// The file was not written as a layout.
        case brokenLayout
        /// The headers differ from those of the layout.
        case otherLayout(missing: [String], new: [String])

        /// The stable code of the kind.
        public var code: String {
            switch self {
            case .unreadable: "E101"
            case .directory: "E102"
            case .otherFormat(let kind): kind.code
            case .brokenGzip: "E161"
            case .gzipTooLarge: "E162"
            case .brokenJSON, .noRecords: "E163"
            case .noRows: "E104"
            case .noColumn, .noNamedColumn: "E105"
            case .twoColumns: "E106"
            case .noResults: "E116"
            case .notText: "E107"
            case .missingCriterion: "E108"
            case .noScoreColumn, .noNamedScoreColumn: "E121"
            case .unknownSheet: "E122"
            case .unfilled: "E123"
            case .brokenWorkbook: "E109"
            case .workbookTooLarge: "E110"
            case .oldWorkbook: "E111"
            case .encryptedWorkbook: "E112"
            case .notAWorkbook: "E113"
            case .unknownEncoding: "E114"
            case .invalidEncoding: "E115"
            case .notANumber: "E201"
            case .notFinite: "E202"
            case .tooLarge: "E203"
            case .emptyName: "E204"
            case .missingField: "E205"
            case .extraField: "E206"
            case .brokenQuote: "E207"
            case .invalidUTF8: "E208"
            case .duplicate: "E209"
            case .twoValues: "E210"
            case .thousands: "E211"
            case .decimalComma: "E212"
            case .outOfRange: "E213"
            case .aboveMaximum: "E214"
            case .question(let question): question.kind.code
            case .brokenLayout: "E155"
            case .otherLayout: "E156"
            }
        }
    }

    /// The first problems in the order of the input, at most `mostListed`.
    public let problems: [Problem]
    /// How many there are in all.
    public let count: Int

    /// How many problems are listed; the rest is counted.
    public static let mostListed = 20

    /// Problems of rows; `count` may exceed those listed.
    init(problems: [Problem], count: Int) {
        self.problems = problems
        self.count = count
    }

    /// One problem.
    init(_ kind: Kind, file: String, line: Int? = nil, column: String? = nil, text: String = "") {
        problems = [Problem(kind: kind, file: file, line: line, column: column, text: text)]
        count = 1
    }
}
