/// The ways in which organisers lay out the scores of a contest.
public enum SheetForm: String, Sendable, CaseIterable {
    /// One row per score.
    case long
    /// One row per entry and judge, a column per criterion.
    case ballots
    /// One row per entry, a column per judge; with a heading over the judges; the judges as numbers below it.
    case judges, judgesUnderHeading, numberedJudges
    /// Two header rows.
    case judgesOverCriteria, criteriaOverJudges
    /// One header row whose texts name a judge and a criterion.
    case composedHeaders
    /// Entries across.
    case judgesInRows, judgesAndCriteriaInRows
    /// A workbook with a sheet per judge.
    case sheetPerJudge, sheetPerJudgeAndSummary
    /// Tables below each other, each with a title.
    case tablePerJudge, tablePerCriterion, tablePerEntry, tablePerSession
    /// One table in two halves.
    case sideBySide
    /// One table with its header on each page, or with rows that name a section.
    case repeatedHeaders, sections
    /// Three header rows: codes, questions, what the survey calls them.
    case survey

    /// How many criteria the contest may have.
    var criteriaCounts: [Int] {
        switch self {
        case .long: [0, 1, 2, 3, 4]
        case .judges, .judgesUnderHeading, .numberedJudges, .judgesInRows: [0]
        case .ballots, .judgesOverCriteria, .criteriaOverJudges, .composedHeaders, .judgesAndCriteriaInRows, .tablePerCriterion: [2, 3, 4]
        default: [0, 0, 2, 3, 4]
        }
    }

    /// Whether the entries are split among several tables.
    var isParted: Bool { [.tablePerSession, .sideBySide, .repeatedHeaders, .sections].contains(self) }

    /// Whether only a workbook can have it.
    var isWorkbook: Bool { self == .sheetPerJudge || self == .sheetPerJudgeAndSummary }

    /// How one of its tables is laid out.
    func table(criteria: Int, draw: Int) -> TableForm {
        switch self {
        case .long: .long
        case .ballots: .ballots
        case .judges: .judges
        case .judgesUnderHeading, .numberedJudges: .judgesUnderHeading
        case .judgesOverCriteria: .judgesOverCriteria
        case .criteriaOverJudges: .criteriaOverJudges
        case .composedHeaders: .composedHeaders
        case .judgesInRows, .judgesAndCriteriaInRows: .entriesAcross
        case .sheetPerJudge, .sheetPerJudgeAndSummary, .tablePerJudge: .oneJudge
        case .tablePerCriterion: .judges
        case .tablePerEntry: .oneEntry
        case .survey: .ballots
        case .tablePerSession, .sideBySide, .repeatedHeaders, .sections:
            criteria == 0 ? .judges : [.ballots, .judgesOverCriteria, .composedHeaders][draw % 3]
        }
    }
}

/// The ways to lay out one table.
enum TableForm {
    case long, ballots, judges, judgesUnderHeading, judgesOverCriteria, criteriaOverJudges, composedHeaders, entriesAcross, oneJudge,
        oneEntry

    var hasTwoHeaderRows: Bool { [.judgesUnderHeading, .judgesOverCriteria, .criteriaOverJudges].contains(self) }
}
