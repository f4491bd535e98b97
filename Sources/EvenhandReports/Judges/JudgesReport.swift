public import Evenhand
import EvenhandIO

/// The tables of `judges`.
public enum JudgesTable: String, Sendable, CaseIterable {
    /// Severity, noise and flags of each judge.
    case judges
    /// How far the judges agree.
    case agreement
    /// Scores far from what the other scores predict.
    case outlying
    /// What scores depend on besides quality and severity.
    case bias
    /// The reliability that other numbers of judges would reach.
    case enough
    /// The number of judges that reaches a given reliability.
    case panel
    /// Every two judges.
    case pairs
    /// How well judges, and entries, can be told apart.
    case reliability
    /// What the variance of scores of items is made of.
    case components
    /// What other numbers of judges and items would give.
    case decision
    /// Judges with single items.
    case judgeItems = "judge_items"
    /// What scores change with covariates.
    case covariates
    /// How far above the mean each judge scored and each item was scored.
    case effects
    /// How far anchored judges and items have drifted.
    case drift

    /// The part of the calibration that the table shows; `nil` for those of agreement.
    public var part: JudgeCalibration.Part? {
        switch self {
        case .judges: .judges
        case .outlying: .outlying
        case .bias: .biases
        case .pairs: .pairs
        case .reliability: .reliability
        case .agreement, .enough, .panel, .components, .decision, .judgeItems, .covariates, .effects, .drift: nil
        }
    }
}

/// How a calibration is laid out.
public struct JudgesLayout: Sendable, Equatable {
    /// The tables that are wanted.
    public var tables: [JudgesTable] = JudgesTable.allCases
    /// For people: words in place of codes, and of long tables the first rows. For programs: every row, and further numbers.
    public var isForPeople = true
    /// The rows that are printed; when `nil` all, or for people as many as they read.
    public var top: Int?
    /// Whether every performance of an entry that has several counts separately.
    public var isByPerformance = false
    /// Whether pictures are made.
    public var hasPlots = false

    /// All tables, for people.
    public init() {}
}

extension Report {
    /// Who is severe, erratic, flat or partial, and how far the judges agree, in words and tables.
    ///
    /// - Parameters:
    ///   - calibration: what was found out about the judges.
    ///   - agreement: how far they agree; `nil` to leave its tables out.
    ///   - facets: how reliable judges and items are together, where scores are of items.
    ///   - totals: the judges' totals that it was made from.
    ///   - selection: the part of the contest, and what was left out of it.
    ///   - layout: which tables and columns to show.
    ///   - language: the language of sentences and headings.
    ///   - cells: the language of texts in tables; English ones serve programs as codes.
    public init(
        judging calibration: JudgeCalibration, agreement: AgreementReport?, facets: FacetStudy? = nil, totals: Totals, selection: Selection,
        layout: JudgesLayout, in language: Language, cells: Language? = nil
    ) throws(FitError) {
        let cells = cells ?? language
        let words = JudgesText(calibration: calibration, totals: totals, selection: selection, layout: layout, language: language)
        let items = facets.map { FacetTables($0, cells) }
        var (tables, kinds) = ([Table](), [JudgesTable]())
        for table in layout.tables {
            let known = tables.count
            switch table {
            case .judges: tables.append(try JudgeTable(calibration, layout, cells).table(flags: words.flags))
            case .outlying: tables.append(OutlyingTable(calibration, layout, cells).table)
            case .bias: tables.append(BiasTable(calibration, layout, cells).table)
            case .pairs: tables.append(PairsTable(calibration, layout, cells).table)
            case .reliability: tables.append(ReliabilityTable(calibration, layout, cells).table)
            case .components: tables += items.map { [$0.components] } ?? []
            case .decision: tables += items.map { [$0.decision] } ?? []
            case .judgeItems: tables += (items?.judgeItems).map { [$0] } ?? []
            case .covariates: tables += (items?.covariates).map { [$0] } ?? []
            case .effects: tables += (items?.effects).map { [$0] } ?? []
            case .drift: tables += (items?.drift).map { [$0] } ?? []
            case .agreement, .enough, .panel: tables += (agreement?.tables ?? []).filter { $0.name == table.rawValue }
            }
            if tables.count > known { kinds.append(table) }
        }
        let shortened = zip(kinds, tables).compactMap { layout.shortened($0, $1, language) }
        let crossed = calibration.crossed.map { ModelText.fit($0, name: "crossed") }
        let calibrated = calibration.calibrated.map { CalibratedText.fit($0, name: "calibrated") }
        self.init(
            verdict: ([words.verdict, agreement?.sentence ?? ""]
                + (facets.map { [FacetText($0.model, language).sentence($0), FacetText($0.model, language).driftSentence] } ?? []))
                .filter { !$0.isEmpty }.joined(separator: language.say(" ", "")),
            tables: tables.map { layout.cut($0) },
            notes: words.notes + (agreement?.notes ?? []) + (facets.map { FacetTables($0, language).notes } ?? []) + shortened,
            fits: [crossed, calibrated].compactMap(\.self),
            plots: layout.hasPlots && layout.tables.contains(.judges)
                ? JudgePlots(calibration, flags: words.flags, layout: layout, language: language).all : [])
    }
}

extension JudgesLayout {
    /// Nobody reads more rows than this on a screen.
    private static let mostRead = 20

    private func limit(_ name: String) -> Int? { top ?? (isForPeople && name != JudgesTable.judges.rawValue ? JudgesLayout.mostRead : nil) }

    /// The table with the rows that are printed.
    fileprivate func cut(_ table: Table) -> Table { limit(table.name).map { table.prefix($0) } ?? table }

    /// The note that a table goes on.
    fileprivate func shortened(_ kind: JudgesTable, _ table: Table, _ language: Language) -> String? {
        guard isForPeople, top == nil, let limit = limit(table.name), table.rowCount > limit else { return nil }
        return language.say(
            "\(table.name): the first \(limit) of \(table.rowCount) rows; --format csv --table \(table.name) has all.",
            "\(table.title)：仅列出 \(table.rowCount) 行中的前 \(limit) 行；全部见 --format csv --table \(table.name)。")
    }
}

extension ScoreSheet {
    /// Two places more than the scores have, at least two.
    var calibratedDecimals: Int {
        var (places, power) = (0, 1.0)
        while power < unitsPerPoint, places < 4 { (places, power) = (places + 1, power * 10) }
        return max(2, places + 1)
    }
}
