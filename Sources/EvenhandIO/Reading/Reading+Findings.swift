public import Evenhand

extension Reading {
    /// Where something is in the input.
    public struct Location: Sendable, Equatable {
        /// The path as it was given.
        public let file: String
        /// The line of the file, or the row of the sheet, from 1.
        public var line: Int?
        /// The header of the column.
        public var column: String?
        /// The cell of a workbook: `Sheet1!D17`.
        public var cell: String?

        /// A location in a file.
        public init(file: String, line: Int? = nil, column: String? = nil, cell: String? = nil) {
            (self.file, self.line, self.column, self.cell) = (file, line, column, cell)
        }
    }

    /// Something in the input that was read as something other than its text.
    public struct Change: Sendable, Equatable {
        /// Why it was changed.
        public enum Reason: Sendable, Equatable {
            /// White space around it was taken away.
            case trimmed
            /// Brought to the compatibility form of Unicode (NFKC): full-width letters and digits and the like.
            case normalized
            /// A comma was used as the decimal point.
            case decimalComma
            /// An empty cell of a heat or stage, filled from the cell above.
            case filledFromAbove
            /// A ballot without the name of a judge, who is called like the file.
            case namedAfterFile
            /// A row that is not an entry: signatures, remarks, totals of columns.
            case leftOutRow
        }

        /// Where it is.
        public let location: Location
        /// What is there.
        public let before: String
        /// What it was read as; empty for what was left out.
        public let after: String
        /// Why.
        public let reason: Reason
    }

    /// A score that is not there, and what is in its place.
    public struct MissingScore: Sendable, Equatable {
        /// The stage, if there are stages.
        public let stage: String?
        /// The heat, if there are heats.
        public let heat: String?
        /// The entry.
        public let entry: String
        /// The judge.
        public let judge: String
        /// The criterion, if there are criteria.
        public let criterion: String?
        /// Why it is missing.
        public let kind: MissingKind
        /// Where it is.
        public let location: Location
    }

    /// A total, average or rank that does not follow from the scores.
    public struct WrongTotal: Sendable, Equatable {
        /// Where it is.
        public let location: Location
        /// What is there.
        public let written: String
        /// What follows from the row's scores.
        public let computed: String
    }

    /// What one file, or one sheet of a workbook, was taken for.
    public struct Source: Sendable, Equatable {
        /// The path as it was given.
        public let file: String
        /// The sheet of a workbook.
        public let sheet: String?
        /// The encoding of a text file.
        public var encoding: String?
        /// Another encoding that a text file could be in.
        public var encodingDoubt: EncodingDoubt?
        /// What separates the columns of a text file.
        public var separator: String?
        /// What the file or sheet is: a judge, a heat and so on.
        public var role: ReadingOptions.Role?
        /// Its name as that.
        public var name: String?
        /// The headers of the columns with a role.
        public var roles: [(role: ColumnRole, header: String)] = []
        /// The judges that appear in the header, in the order of the sheet.
        public var judges: [String] = []
        /// The judges that the titles of tables name.
        var titledJudges: [String] = []
        /// The criteria that appear in the header, in the order of the sheet.
        public var criteria: [String] = []
        /// The entries that appear in the header, where judges are in rows.
        public var entries: [String] = []
        /// What each criterion counts for, as the sheet says.
        public var weights: [String: Fraction] = [:]
        /// What each judge would count for, as the sheet says; judges count alike all the same.
        public var judgeWeights: [String: Fraction] = [:]
        /// Entries of which a column says that they do not count, with its words; they are ranked like all others.
        public var voidEntries: [String] = []
        /// Entries of which a text takes points off, with that text; nothing is taken off.
        public var penaltyRemarks: [String] = []
        /// The columns that were subtracted from the scores.
        public var deductions: [String] = []
        /// The criteria that the user or a total says are subtracted, whether or not there are scores of them here.
        var deductedCriteria: Set<String> = []
        /// The criteria called penalties that a total adds.
        var addedCriteria: Set<String> = []
        /// The scores are places: the lowest is the best.
        public var isLowerBetter = false
        /// Percentages were read as points of 100.
        public var hasPercentages = false
        /// What every column was read as, and why.
        public var columns: [ColumnReading] = []
        /// The rows that are not entries, and why.
        public var rowsLeftOut: [RowLeftOut] = []
        /// The rows of entries that the workbook hides, by their numbers.
        public var hiddenRows: [Int] = []
        /// The columns in use that the workbook hides.
        public var hiddenColumns: [String] = []
        /// The columns that were taken for scores.
        public var scoreColumns: [String] = []
        /// The columns that follow from the scores: left out and checked.
        public var derivedColumns: [String] = []
        /// The columns that were taken for attributes of the entries.
        public var attributes: [String] = []
        /// The rows above the header.
        public var titleRows = 0
        /// The rows of the header, one or two.
        public var headerRows = 1
        /// The rows of entries; of a plain file the scores.
        public var rows = 0
        /// The rows below the header that are not entries.
        public var leftOutRows = 0

        /// Equal when everything is.
        public static func == (a: Source, b: Source) -> Bool {
            a.file == b.file && a.sheet == b.sheet && a.encoding == b.encoding && a.encodingDoubt == b.encodingDoubt
                && a.separator == b.separator && a.role == b.role
                && a.name == b.name && a.roles.elementsEqual(b.roles) { $0 == $1 } && a.columns == b.columns && a.titleRows == b.titleRows
                && a.headerRows == b.headerRows && a.rows == b.rows && a.rowsLeftOut == b.rowsLeftOut
        }
    }

    /// What one column was read as, and why.
    public struct ColumnReading: Sendable, Equatable {
        /// What a column can be read as.
        public enum Use: String, Sendable {
            /// The name of what was judged.
            case entry
            /// The name of the judge.
            case judge
            /// Scores.
            case score
            /// The name of the criterion.
            case criterion
            /// The name of the heat.
            case heat
            /// The name of the stage.
            case stage
            /// The position in the order of appearance.
            case order
            /// What the entry was judged on: a prompt, a task, a question.
            case item
            /// Which of several repetitions of a judgement it is.
            case repetition = "repeat"
            /// A property of the entry, such as its city.
            case attribute
            /// A number that follows from the scores, such as a total or a rank.
            case total
            /// Points that are subtracted from the scores.
            case deduction
            /// Not used.
            case ignored

            init(_ use: SheetLayout.Use) {
                switch use {
                case .role(let role): self = Use(rawValue: role.rawValue) ?? .attribute
                case .score: self = .score
                case .derived: self = .total
                case .deduction: self = .deduction
                case .attribute: self = .attribute
                case .ignored: self = .ignored
                }
            }
        }

        /// The name of the column in a workbook.
        public let letter: String
        /// Its header.
        public let header: String
        /// What it was read as.
        public let use: Use
        /// Why.
        public let reason: ColumnReason
        /// A few of its cells.
        public let samples: [String]
        /// Whether the workbook hides it.
        public let isHidden: Bool
    }

    /// A row below the header that is not an entry.
    public struct RowLeftOut: Sendable, Equatable {
        /// Where it is.
        public let location: Location
        /// What is in it.
        public let text: String
        /// What it is.
        public let use: RowUse
    }
}
