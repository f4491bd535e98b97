import Evenhand

/// What the rows and columns of a table hold, and why.
struct SheetLayout: Sendable {
    /// What a column is read as.
    enum Use: Equatable, Sendable {
        case role(ColumnRole)
        /// Scores; of what the header names: a judge, a criterion, both, an entry, or nothing.
        case score(ScoreNames)
        /// What follows from the scores of the row, or of one judge's part of it.
        case derived(Derivation, judge: String?)
        /// Taken off the scores of the row: off every judge's, or once, so that each judge bears a part.
        case deduction(isShared: Bool)
        case attribute
        case ignored

        static func score(judge: String? = nil, criterion: String? = nil, entry: String? = nil) -> Use {
            .score(ScoreNames(entry: entry, judge: judge, criterion: criterion))
        }
    }

    /// What the header of a score column names.
    struct ScoreNames: Equatable, Sendable {
        var entry: String?
        var judge: String?
        var criterion: String?
    }

    /// The headers as they are shown.
    var headers: [String]
    var uses: [Use]
    /// Why each column is what it is.
    var reasons: [ColumnReason]
    /// The most that each criterion can get, as its header or a row of maxima says.
    var maxima: [String: Fraction] = [:]
    /// What each criterion counts for, when all of them say it.
    var weights: [String: Fraction] = [:]
    /// What each judge would count for; not used.
    var judgeWeights: [String: Fraction] = [:]
    /// Entries of which a column says that they do not count, with its words.
    var voidEntries: [String] = []
    /// Entries of which a text beside the scores takes points off, with that text.
    var penaltyRemarks: [String] = []
    /// The rows above the header that were passed over, and the rows of the header.
    let titleRows: Range<Int>
    let headerRows: Range<Int>
    let rows: Range<Int>
    /// What each row below the header is.
    let rowUses: [Int: RowUse]
    /// The criteria that are subtracted, as totals or the user say.
    var deducted: Set<String> = []
    /// The criteria called penalties that a total of the sheet adds.
    var added: Set<String> = []
    /// What the titles of tables with this header name, where that is needed to tell scores apart.
    var titles: TableTitles?
    /// The scores are places: the lowest is the best.
    var isLowerBetter = false
    /// Percentages were read as points of 100.
    var hasPercentages = false

    func column(of role: ColumnRole) -> Int? { uses.firstIndex(of: .role(role)) }

    var scoreColumns: [Int] { uses.indices.filter { if case .score = uses[$0] { true } else { false } } }

    var hasDeductionColumns: Bool { uses.contains { if case .deduction = $0 { true } else { false } } }

    /// Whether the scores of a column are subtracted.
    func isDeducted(_ column: Int) -> Bool {
        guard !deducted.isEmpty, case .score(let names) = uses[column], let criterion = names.criterion else { return false }
        return deducted.contains(criterion)
    }

    /// Whether columns or headers name this.
    func names(_ role: ColumnRole) -> Bool {
        if column(of: role) != nil || titles?.role == role { return true }
        return uses.contains {
            guard case .score(let names) = $0 else { return false }
            switch role {
            case .entry: return names.entry != nil
            case .judge: return names.judge != nil
            case .criterion: return names.criterion != nil
            default: return false
            }
        }
    }

    /// The names in the headers of score columns, each once, in the order of the sheet.
    func scoreNames(_ name: (ScoreNames) -> String?) -> [String] {
        var seen: Set<String> = []
        return uses.compactMap { use -> String? in
            guard case .score(let names) = use, let name = name(names), seen.insert(name).inserted else { return nil }
            return name
        }
    }
}

/// Why a column is read as it is.
public enum ColumnReason: String, Equatable, Sendable {
    /// The words of its header.
    case words
    /// The user named it.
    case said
    /// Its cells: dates, texts, nothing.
    case values
    /// It belongs to the columns next to it.
    case siblings
    /// It follows from the scores, exactly.
    case relation
    /// Its header says that it follows from the scores; no known rule gives it.
    case unconfirmed
    /// It is the only one that fits.
    case onlyOne
}
