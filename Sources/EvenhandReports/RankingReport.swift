public import Evenhand
import EvenhandIO

/// How a ranking is laid out.
public struct RankingLayout: Sendable, Equatable {
    /// What makes entries of panels without a common judge comparable.
    public typealias Assumption = PanelAssumption

    /// The column that the rows are sorted by.
    public var sortColumn = 0
    /// The sheet's own column of trimmed results, when the order is by it.
    public var ownResult: String?
    /// How many places there are.
    public var places: Int?
    /// What makes entries of different panels comparable, when panels share no judge.
    public var assumption: Assumption?
    /// The rows that are printed; all when `nil`.
    public var top: Int?
    /// The attribute, or `heat`, that makes a table for each of its levels.
    public var each: String?
    /// Whether a picture is made.
    public var hasPlots = false

    /// Sorted by the first method, without places.
    public init() {}
}

extension PanelAssumption {
    /// The method that holds under the assumption.
    public var method: ScoringMethod {
        switch self {
        case .equalPanels: .mean
        case .equalHeats: .normalized(.centered, within: .heat)
        case .bothRandom: .crossed(heatMeans: .strength)
        }
    }
}

extension Report {
    /// Who leads, in words and tables.
    ///
    /// - Parameters:
    ///   - ranking: the results and ranks.
    ///   - totals: the judges' totals that it was made from.
    ///   - selection: the part of the contest, and what was left out of it.
    ///   - layout: which tables and columns to show.
    ///   - language: the language of sentences and headings.
    ///   - cells: the language of texts in tables; English ones serve programs as codes.
    /// - Throws: `DesignError.unknownAttribute` when `layout.each` is neither `heat` nor an attribute.
    public init(
        _ ranking: Ranking, totals: Totals, selection: Selection, layout: RankingLayout, in language: Language, cells: Language? = nil
    ) throws(DesignError) {
        let view = RankingView(ranking, layout: layout, language: cells ?? language)
        let words = RankingText(ranking: ranking, totals: totals, selection: selection, layout: layout, language: language)
        self.init(
            verdict: words.verdict, tables: try view.tables(), notes: words.notes, fits: words.fits,
            plots: layout.hasPlots ? RankingPlots(ranking: ranking, layout: layout, language: language).all : [])
    }
}

/// The rows and columns of a ranking.
private struct RankingView {
    let ranking: Ranking
    let layout: RankingLayout
    let language: Language
    let heatOfEntry: [Int32]?

    init(_ ranking: Ranking, layout: RankingLayout, language: Language) {
        self.ranking = ranking
        self.layout = layout
        self.language = language
        heatOfEntry = ranking.heatOfEntry
    }

    func tables() throws(DesignError) -> [Table] {
        let order = rowOrder()
        guard let each = layout.each else { return [table(RankingTable.ranking.rawValue, title: "", rows: order, within: nil)] }
        let groups = try levels(of: each)
        // Entries without a value come last, in a table of their own.
        let names = groups.levels + (groups.codes.contains(Factor.missing) ? [""] : [])
        return names.enumerated().map { level, name in
            let code = level < groups.levels.count ? Int32(level) : Factor.missing
            let title = name.isEmpty ? "\(each): " + language.say("none", "无") : name
            let rows = order.filter { groups.codes[Int($0)] == code }
            return table("\(RankingTable.ranking.rawValue)/\(name)", title: title, rows: rows, within: groups.codes)
        }
    }

    private func levels(of name: String) throws(DesignError) -> Factor {
        let sheet = ranking.sheet
        if name == "heat", let codes = heatOfEntry ?? sheet.onlyHeat {
            return Factor(levels: sheet.heats.map { $0.name ?? $0.stage ?? "" }, codes: codes)
        }
        if let attribute = sheet.entryAttributes.first(where: { $0.name == name }) { return attribute.values }
        throw .unknownAttribute(name, known: (heatOfEntry == nil ? [] : ["heat"]) + sheet.entryAttributes.map(\.name))
    }

    /// By the chosen method; by heat and rank in it when the panels share no judge and nothing is assumed.
    private func rowOrder() -> [Int32] {
        let order = ranking.columns[layout.sortColumn].ranks.order
        let isComparable = layout.assumption != nil || ranking.rule?.rule.needsWholeStage == true
        guard let heatOfEntry, ranking.design.subsetCount > 1, !isComparable else { return order }
        var byHeat = [[Int32]](repeating: [], count: ranking.sheet.heats.count)
        for entry in order { byHeat[Int(heatOfEntry[Int(entry)])].append(entry) }
        return byHeat.flatMap(\.self)
    }

    private func table(_ name: String, title: String, rows: [Int32], within codes: [Int32]?) -> Table {
        let rows = layout.top.map { Array(rows.prefix($0)) } ?? rows
        let sheet = ranking.sheet
        var columns = [Table.Column("entry", heading: language.say("entry", "项目"), .factor(Factor(levels: sheet.entries, codes: rows)))]
        if let heatOfEntry {
            let heats = Factor(levels: sheet.heats.map { $0.name ?? "" }, codes: gather(rows) { heatOfEntry[$0] })
            columns.append(
                Table.Column("heat", heading: language.say("heat", "场次"), .factor(heats), isDetail: codes != nil && layout.each == "heat"))
        }
        for attribute in shownAttributes {
            let values = Factor(levels: attribute.values.levels, codes: gather(rows) { attribute.values.codes[$0] })
            columns.append(
                Table.Column(attribute.columnName(besides: ranking.columns.map(\.name)), heading: attribute.name, .factor(values)))
        }
        let counts = sheet.scoreCounts
        columns.append(
            Table.Column(
                "scores", heading: language.say("scores", "评分数"), .integers(gather(rows) { counts[$0] }),
                isDetail: hasManyColumns || !shownAttributes.isEmpty && counts.allSatisfy { $0 == counts.first }))
        let (methods, heatRanks) = Parallel.both(
            size: rows.count, { ranking.columns.indices.flatMap { methodColumns($0, rows: rows, within: codes) } },
            { [ranking, layout, heatOfEntry] in heatOfEntry.map { ranking.ranks(within: $0, column: layout.sortColumn) } })
        columns += methods
        if let heatRanks {
            columns.append(rankColumn("heat_rank", heading: language.say("heat rank", "场内名次"), heatRanks, rows))
        }
        var rowsAboveCut: Int?
        if let places = layout.places {
            let ranks = codes.map { ranking.ranks(within: $0, column: layout.sortColumn) } ?? ranking.columns[layout.sortColumn].ranks.ranks
            let (yes, no) = (language.say("in", "入围"), language.say("out", "未入围"))
            columns.append(
                Table.Column("in", heading: language.say("place", "结果"), .texts(rows.map { ranks[Int($0)] <= Double(places) ? yes : no })))
            let isIn = rows.map { ranks[Int($0)] <= Double(places) }
            let inside = isIn.count(where: \.self)
            // Rows in the order of heats have a line in each heat, which is none of the table's.
            if inside < rows.count, isIn.prefix(inside).allSatisfy(\.self) { rowsAboveCut = inside }
        }
        return Table(name: name, title: title, columns: columns, rowsAboveCut: rowsAboveCut)
    }

    private func methodColumns(_ index: Int, rows: [Int32], within codes: [Int32]?) -> [Table.Column] {
        let column = ranking.columns[index]
        let name = column.name
        let heading = language.say(name, name == Ranking.ruleName ? "按规则" : MethodText.headings[name] ?? name)
        let shown = column.results.shown
        let ranks = codes.map { ranking.ranks(within: $0, column: index) } ?? column.ranks.ranks
        let hidesValue = hasManyColumns && index != layout.sortColumn
        let rank = language.say("rank", "名次")
        // Above ranks alone the shorter word will do.
        let short = heading == "平均分" ? "平均" : heading
        return [
            Table.Column(
                name, heading: heading, .values(gather(rows) { shown[$0] }, decimals: decimals(column)), isDetail: hidesValue),
            rankColumn("\(name)_rank", heading: hidesValue ? "\(short) \(rank)" : rank, ranks, rows),
        ] + errorColumns(column, rows)
    }

    /// Whether people first see only the ranks of the methods that the rows are not sorted by: with values of usual widths, the table would
    /// be wider than 80 columns.
    private var hasManyColumns: Bool {
        16 + (heatOfEntry == nil ? 0 : 14) + 10 * shownAttributes.count + 14 * ranking.columns.count > 80
    }

    private var shownAttributes: [Attribute] { ranking.sheet.entryAttributes.shown(of: ranking.sheet.entries.count) }

    private func errorColumns(_ column: Ranking.Column, _ rows: [Int32]) -> [Table.Column] {
        guard let model = column.results.model else { return [] }
        let errors = model.errors.map { errors in rows.map { errors[Int($0)] as Double? } } ?? rows.map { _ in nil }
        let heading = language.say("std. error", "标准误")
        return [Table.Column("\(column.name)_se", heading: heading, .numbers(errors, decimals: decimals(column)), isDetail: true)]
    }

    private func rankColumn(_ name: String, heading: String, _ ranks: [Double], _ rows: [Int32]) -> Table.Column {
        if ranking.ties == .average { return Table.Column(name, heading: heading, .values(gather(rows) { ranks[$0] }, decimals: 1)) }
        return Table.Column(name, heading: heading, .integers(gather(rows) { Int(ranks[$0]) }))
    }

    /// A value for each row, fetched at the same time: entries far apart in memory make this slow for many.
    private func gather<Value: Sendable>(_ rows: [Int32], _ value: @Sendable (Int) -> Value) -> [Value] {
        Parallel.array(count: rows.count) { range, values in
            for row in range { (values + row).initialize(to: value(Int(rows[row]))) }
        }
    }

    /// Two more places than the scores have; three for z-scores, and as many as a rule left.
    private func decimals(_ column: Ranking.Column) -> Int {
        if column.method == nil, let places = RuleText.decimals(of: column.results.fractions ?? []) { return places }
        return column.results.decimals(of: ranking.sheet)
    }
}

extension EntryResults {
    /// The places that people see: two more than the scores have; three for z-scores.
    func decimals(of sheet: ScoreSheet) -> Int {
        if let normalization, normalization.method.isStandardized, normalization.rules.scale == .z { return 3 }
        return sheet.resultDecimals
    }
}

extension ScoreSheet {
    /// The heat of each entry when there is one heat, with a name.
    fileprivate var onlyHeat: [Int32]? {
        guard heats.count == 1, heats[0].name != nil || heats[0].stage != nil else { return nil }
        return [Int32](repeating: 0, count: entries.count)
    }

    /// Two more places than the scores have.
    var resultDecimals: Int { ScoreSheet.resultDecimals(unitsPerPoint: unitsPerPoint) }

    static func resultDecimals(unitsPerPoint: Double) -> Int {
        var (places, power) = (0, 1.0)
        while power < unitsPerPoint, places < 4 { (places, power) = (places + 1, power * 10) }
        return places + 2
    }
}

/// The tables of `rank`.
public enum RankingTable: String, Sendable, CaseIterable {
    /// Results and ranks by each method; several, such as `ranking/A`, with a table for each heat or level of an attribute.
    case ranking
    /// Where a published list differs.
    case verification
    /// How one entry came to its place.
    case explain
}
