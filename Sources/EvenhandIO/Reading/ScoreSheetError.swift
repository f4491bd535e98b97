/// What is wrong with an input, where, and in which words it stands there.
public struct ScoreSheetError: Error, Sendable, Equatable {
    /// One thing that is wrong at one place.
    public struct Problem: Sendable, Equatable {
        /// What is wrong.
        public let kind: Kind
        /// The path as it was given; `-` is standard input.
        public let file: String
        /// The line of the file where the row begins, 1 for the first; `nil` when it is about the whole file.
        public var line: Int?
        /// The header of the column, when one column is meant.
        public let column: String?
        /// The offending text as it stands in the file.
        public let text: String
        /// The cell of a workbook: `Sheet1!D17`.
        public var cell: String?
    }

    /// The kinds of problems; each has a stable code.
    public enum Kind: Sendable, Equatable {
        case unreadable(reason: String)
        case directory
        case otherFormat(FileKind)
        case brokenGzip
        case gzipTooLarge(ratio: Int, bytes: Int)
        case brokenJSON(expected: String)
        case noRecords
        case noRows
        case noColumn(role: ColumnRole, headers: [String])
        case noNamedColumn(role: ColumnRole, header: String, headers: [String])
        case twoColumns(role: ColumnRole, headers: [String])
        /// A published list without a single result or rank below the headers of either.
        case noResults(headers: [String])
        case notText
        case missingCriterion
        case noScoreColumn(headers: [String])
        case noNamedScoreColumn(header: String, headers: [String])
        case unknownSheet(String, known: [String])
        case brokenWorkbook(WorkbookDamage)
        case workbookTooLarge(WorkbookLimit)
        case oldWorkbook
        case encryptedWorkbook
        case notAWorkbook
        case unknownEncoding(known: [String])
        case invalidEncoding(name: String)
        case notANumber
        case notFinite
        case tooLarge
        case emptyName
        case missingField(found: Int, expected: Int)
        case extraField(found: Int, expected: Int)
        case brokenQuote
        case invalidUTF8
        case duplicate(firstLine: Int)
        case twoValues(entry: String, first: String)
        case thousands
        case decimalComma
        case outOfRange(low: String, high: String)
        case aboveMaximum(criterion: String, maximum: String)
        case question(Question)
        case brokenLayout
        case otherLayout(missing: [String], new: [String])

        /// The stable code of the kind.
        public var code: String {
            switch self {
            case .unreadable: "E101"
            case .directory: "E102"
            case .otherFormat(let kind): kind.code
            case .brokenGzip: "E141"
            case .gzipTooLarge: "E142"
            case .brokenJSON, .noRecords: "E143"
            case .noRows: "E104"
            case .noColumn, .noNamedColumn: "E105"
            case .twoColumns: "E106"
            case .noResults: "E116"
            case .notText: "E107"
            case .missingCriterion: "E108"
            case .noScoreColumn, .noNamedScoreColumn: "E121"
            case .unknownSheet: "E122"
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
