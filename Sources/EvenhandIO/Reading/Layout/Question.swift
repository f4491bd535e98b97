/// What a sheet does not settle, with the ways to settle it.
public struct Question: Sendable, Equatable {
    /// What is unclear.
    public enum Kind: Sendable, Equatable {
        /// A column of numbers that nothing explains.
        case unexplained(column: String)
        /// Whether the headers name judges or criteria.
        case judgesOrCriteria(columns: [String])
        /// Criteria, and nothing says who judged.
        case noJudge(columns: [String])
        /// Numbers that look like a code for "not scored".
        case notScored(code: String, count: Int)
        /// Scores that look like places.
        case places
        /// Headers or a title that hint at places, errors, times or grades, of which the lowest is the best.
        case lowest(names: [String])
        /// A column of penalties.
        case deduction(column: String)
        /// Percentages in headers: weights or maxima of marks.
        case shares(columns: [String])
        /// Weights of judges, who count alike unless they are parts of one score.
        case judgeWeights(judges: [String])
        /// A column of dates among scores.
        case dates(column: String)
        /// Rows with one entry and one judge.
        case repeated(entry: String, count: Int)
        /// A row whose label says that it is not an entry, but whose values do not confirm it.
        case row(label: String)
        /// What the sheets of a workbook are.
        case sheets(names: [String])
        /// Whether a sheet, a file or a table is a judge, or the total, the mean or a copy of others.
        case summary(judge: String, of: [String])
        /// What the titles of tables with the same entries name.
        case titles(names: [String])
        /// Which column names the entries.
        case entryColumn(columns: [String])
        /// A text in place of a score.
        case noNumber(text: String, count: Int)
        /// A column beside the scores that says of some rows that they do not count.
        case void(column: String, text: String, count: Int)
        /// Whether the headers name entries: judges are in rows.
        case transposed(columns: [String])

        /// The stable code.
        public var code: String {
            switch self {
            case .unexplained: "E140"
            case .judgesOrCriteria: "E141"
            case .noJudge: "E142"
            case .notScored: "E143"
            case .places, .lowest: "E144"
            case .deduction: "E145"
            case .shares, .judgeWeights: "E146"
            case .dates: "E147"
            case .repeated: "E148"
            case .row: "E149"
            case .sheets, .summary: "E150"
            case .titles: "E151"
            case .entryColumn: "E152"
            case .noNumber, .void: "E153"
            case .transposed: "E154"
            }
        }
    }

    /// One way to settle it.
    public struct Answer: Sendable, Equatable {
        /// What to type: options and their values.
        public let options: [String]
        /// What it would mean.
        public let meaning: Meaning

        init(_ options: [String], _ meaning: Meaning) { (self.options, self.meaning) = (options, meaning) }
    }

    /// What an answer means.
    public enum Meaning: Sendable, Equatable {
        /// The columns with these headers are judges.
        case judges([String])
        /// The columns with these headers are criteria.
        case criteria([String])
        /// The columns with these headers are entries.
        case entries([String])
        /// All scores come from one judge or one panel.
        case oneJudge
        /// The column with this header names the judge.
        case judgeColumn(String)
        /// The column with this header says in which heat, or before which panel, the entry was.
        case heatColumn(String)
        /// The column with this header names the entry.
        case entryColumn(String)
        /// The titles above the tables name a judge, a heat, a stage, a criterion or an entry.
        case titles(ReadingOptions.Role)
        /// This text or number means that there is no score.
        case notScored(String)
        /// All of the numbers in question are scores.
        case allScores
        /// The numbers are places, errors or times: the lowest is the best.
        case lowestIsBest
        /// The column with this header is subtracted from the scores.
        case taken(off: String)
        /// The column with this header is left out.
        case leftOut(String)
        /// The row, the judge or the criterion with this name is left out.
        case notCounted(String)
        /// Only the column with this header holds scores.
        case onlyColumn(String)
        /// The percentages are weights, by which scores are multiplied.
        case weights
        /// The percentages are the largest possible scores, and scores are added as they are.
        case shares
        /// Of several ballots of one judge for one entry, the last one counts.
        case lastCounts
        /// Of several ballots of one judge for one entry, the first one counts.
        case firstCounts
        /// Each sheet of the workbook is a judge, a heat, a stage, a criterion or an entry.
        case sheets(ReadingOptions.Role)
        /// Only the sheet with this name is read.
        case oneSheet(String)
    }

    /// What is unclear.
    public let kind: Kind
    /// The cells that show it: `B2 2`.
    public let samples: [String]
    /// The ways to settle it, the likeliest first.
    public let answers: [Answer]

    init(_ kind: Kind, samples: [String] = [], answers: [Answer]) {
        (self.kind, self.samples, self.answers) = (kind, samples, answers)
    }
}

extension Question {
    /// How many columns of numbers it is about.
    var columnCount: Int {
        switch kind {
        case .noJudge(let columns), .judgesOrCriteria(let columns): columns.count
        default: 0
        }
    }
}

extension ScoreSheetError {
    init(_ question: Question, file: String, line: Int? = nil) {
        self.init(.question(question), file: file, line: line)
    }

    /// The question, if that is what is wrong.
    public var question: Question? {
        if case .question(let question)? = problems.first?.kind { question } else { nil }
    }
}
