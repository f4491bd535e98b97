public import Evenhand

/// How files of scores are to be understood, where they do not say it themselves.
public struct ReadingOptions: Sendable {
    /// What one file, one sheet of a workbook, or one column of scores is.
    public enum Role: String, Sendable, CaseIterable {
        /// The scores of one judge.
        case judge
        /// One heat.
        case heat
        /// One stage.
        case stage
        /// One criterion.
        case criterion
        /// One entry.
        case entry
    }

    /// What happens to hidden and filtered rows and columns of a workbook.
    public enum Hidden: String, Sendable, CaseIterable {
        /// They are read like all others.
        case read
        /// They are left out.
        case skip
    }

    /// Which of several ballots of one judge for one entry counts.
    public enum Resubmitted: String, Sendable, CaseIterable {
        /// The first one.
        case first
        /// The last one.
        case last
    }

    /// Headers for roles that the known names do not find.
    public var columns: [ColumnRole: String] = [:]
    /// A file with a column `entry` and attributes of the entries.
    public var entries: String?
    /// A file with a column `judge` and attributes of the judges.
    public var judges: String?
    /// Read one row per entry even where there is a score column.
    public var isWide = false
    /// The headers of the score columns of a wide sheet; empty to find them.
    public var wideColumns: [String] = []
    /// What each file is.
    public var file: Role?
    /// The sheets of a workbook; empty for all that are score sheets.
    public var sheets: [String] = []
    /// What each sheet of a workbook is.
    public var sheet: Role?
    /// What the titles of tables that are below each other in one sheet name.
    public var table: Role?
    /// What the score columns of a wide sheet are: judges, criteria or entries.
    public var scoreColumns: Role?
    /// The encoding of text files; detected from their bytes when `nil`.
    public var encoding: String?
    /// The lowest and the highest score that can be; the ends are included.
    public var range: (low: Fraction, high: Fraction)?
    /// The maximum of each criterion; those in headers such as `创新性(30)` are added.
    public var maxima: [String: Fraction] = [:]

    /// The headers of columns that are ignored.
    public var ignoredColumns: [String] = []
    /// The headers of columns that are subtracted from an entry's scores.
    public var deductions: [String] = []
    /// Scores are places or faults: the lowest is the best; `nil` when the sheet has to show it.
    public var isLowerBetter: Bool?
    /// What happens to hidden rows and columns.
    public var hidden = Hidden.read
    /// Texts of cells that mean a missing score: `-1`, `99`, `no show`.
    public var missingCodes: [String] = []
    /// Which of several ballots of one judge for one entry counts; an error when `nil`.
    public var resubmitted: Resubmitted?
    /// A file with the layout of an earlier export, which is read the same way.
    public var layout: String?

    /// Weights of criteria are given elsewhere, so that those of the sheet need no answer.
    public var weightsAreGiven = false

    /// All numbers of score columns are scores, whatever they look like: codes and places are not asked about.
    public var takesNumbersAsScores = false
    /// The attributes that a rule takes amounts from; penalties and the like are attributes then. `nil` without a rule.
    public var ruleAttributes: Set<String>?

    /// Whether a rule takes the column that answers to a name in the form of `NameNormalization`.
    func isTakenByRule(_ answers: (String) -> Bool) -> Bool {
        ruleAttributes?.contains { answers(NameNormalization.normalized($0)) } ?? false
    }

    /// Columns of items and repetitions are known by their headers: where scores are given twice without them.
    var takesItems = false

    /// Nothing but what the files say.
    public init() {}
}
