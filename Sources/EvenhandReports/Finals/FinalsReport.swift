public import Evenhand
import EvenhandIO

/// The tables about a close final.
public enum FinalsTable: String, Sendable, CaseIterable {
    case cut, pairs, influence, methods, tau, readings, heats, review, coverage
}

/// What a report on a close final is asked for, beside the list and the model.
public struct FinalsLayout: Sendable {
    /// How many places there are.
    public var places: Int
    /// How many draws the probabilities are shares of.
    public var draws = 10_000
    /// The seed of the draws.
    public var seed: UInt64 = 1
    /// What the probabilities are about; several for a range over shares that cannot be known, the first of them for the columns.
    public var subjects: [DrawSubject] = [.merit]
    /// The tables that are made; the others are left out.
    public var tables: Set<FinalsTable> = Set(FinalsTable.allCases)
    /// The range of an entry's scores, in points, above which it is listed for re-adjudication.
    public var rangeLimit: Double?
    /// What scores can be, in points.
    public var scoreRange: ClosedRange<Double>?
    /// What intervals cover on the design, when that was asked for.
    public var coverage: CoverageCheck?
    /// Whether pictures are drawn.
    public var hasPlots = false
    /// The rows that are printed of each table; all when `nil`.
    public var top: Int?

    /// The usual layout for a number of places.
    public init(places: Int) { self.places = places }
}

extension Report {
    /// Whether a cut is real, in words and tables.
    ///
    /// - Parameters:
    ///   - list: the official list.
    ///   - model: what is known of the entries, or why nothing is: then all is said that needs no model.
    ///   - movers: who moves the list, when that is known already.
    ///   - selection: the part of the contest that is ranked.
    ///   - layout: places, draws, and which tables are made.
    ///   - language: the language of words.
    ///   - cells: that of texts in tables; English ones serve programs as codes.
    public init(
        finals list: OfficialList, model: Result<MeritModel, FitObstacle>, movers: ListMovers? = nil, selection: Selection,
        layout: FinalsLayout, in language: Language, cells: Language? = nil
    ) {
        let answers = FinalsAnswers(list, model: model, movers: movers ?? ListMovers(of: list, layout: layout), layout: layout)
        let words = FinalsWords(answers: answers, selection: selection, layout: layout, language: language)
        let tables = FinalsTables(answers: answers, layout: layout, language: cells ?? language)
        self.init(
            verdict: words.verdict, tables: tables.all(), notes: words.notes, fits: words.fits,
            plots: layout.hasPlots ? FinalsPlots(answers: answers, language: language).all : [])
    }
}

/// Who moves an official list, as far as some table tells it; no model is needed for that.
public struct ListMovers: Sendable {
    let influence: Influence?
    let changes: [SmallestChange?]?

    /// Makes the list again without each judge, and so on; and finds the smallest change that flips each entry.
    public init(of list: OfficialList, layout: FinalsLayout) {
        influence = layout.needs(.cut, .influence) ? Influence(of: list, places: layout.places) : nil
        changes = layout.needs(.cut) ? SmallestChange.all(of: list, places: layout.places, range: layout.scoreRange) : nil
    }
}

extension FinalsLayout {
    fileprivate func needs(_ some: FinalsTable...) -> Bool { !tables.isDisjoint(with: some) }
}

/// What the tables and sentences are made of; only what some table needs.
struct FinalsAnswers {
    let cut: CutReport
    /// The cut by the other subjects of a range.
    let others: [CutReport]
    private let movers: ListMovers
    let methods: MethodComparison?
    let readings: Readings?
    let heatDeviation: ClosedRange<Double>?
    let luck: HeatLuck?
    let review: ScoreReview?

    var list: OfficialList { cut.list }
    var influence: Influence? { movers.influence }
    var changes: [SmallestChange?]? { movers.changes }

    init(_ list: OfficialList, model: Result<MeritModel, FitObstacle>, movers: ListMovers, layout: FinalsLayout) {
        let fitted = try? model.get()
        let (reports, methods) = Parallel.both(
            {
                layout.subjects.map { subject in
                    CutReport(
                        of: list, model: model, influence: movers.influence, places: layout.places, draws: layout.draws,
                        seed: layout.seed, about: subject)
                }
            },
            { layout.needs(.cut, .methods, .tau) ? MethodComparison(of: list, model: fitted, places: layout.places) : nil })
        (self.movers, self.methods, cut, others) = (movers, methods, reports[0], Array(reports.dropFirst()))
        readings = layout.needs(.readings) ? Readings(of: list.totals.sheet) : nil
        heatDeviation = try? readings?.fit?.heatDeviationInterval(level: 0.9)
        review = layout.needs(.review) ? ScoreReview(of: list, model: fitted, rangeLimit: layout.rangeLimit) : nil
        let hasHeats = list.totals.sheet.heats.count > 1
        luck =
            layout.needs(.heats) && hasHeats
            ? fitted?.parts.last.map { HeatLuck(of: $0.fit, heatMeans: fitted?.heatMeans ?? .strength) } : nil
    }
}
