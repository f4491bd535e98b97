public import Evenhand
import EvenhandIO

/// How a ranking from exact sums is laid out.
public struct PartialLayout: Sendable, Equatable {
    /// The column that the rows are sorted by.
    public var sortColumn = 0
    /// How many places there are.
    public var places: Int?
    /// The rows that are printed; all when `nil`.
    public var top: Int?
    /// How many parts were put together.
    public var partCount = 1

    /// Sorted by the first method, without places.
    public init() {}
}

extension Report {
    /// Who leads, by exact sums: the same columns as those of a ranking of scores.
    ///
    /// - Parameters:
    ///   - ranking: the results and ranks.
    ///   - layout: which rows and columns to show.
    ///   - language: the language of sentences and headings.
    ///   - cells: the language of texts in tables; English ones serve programs as codes.
    public init(_ ranking: PartialRanking, layout: PartialLayout, in language: Language, cells: Language? = nil) {
        let table = PartialTable(ranking: ranking, layout: layout, language: cells ?? language).table
        let text = PartialText(sums: ranking.sums, partCount: layout.partCount, language: language)
        self.init(
            verdict: [text.basis, text.agreement(ranking, layout)].compactMap(\.self).joined(separator: language.say(" ", "")),
            tables: [table], notes: [text.origin] + text.methods(ranking),
            fits: ranking.columns.compactMap { column in column.model?.crossed.map { ModelText.fit($0, name: column.method.name) } })
    }

    /// How groups did by one method, from exact sums: the table `groups` without tests and without a selection.
    ///
    /// - Parameters:
    ///   - ranking: the results of one method.
    ///   - breakdowns: how the groups did by it.
    ///   - layout: how many rows are shown, and of how many parts.
    ///   - language: the language of words.
    ///   - cells: that of texts in tables.
    public init(
        _ ranking: PartialRanking, by breakdowns: [Breakdown], layout: PartialLayout, in language: Language, cells: Language? = nil
    ) {
        let (column, sums) = (ranking.columns[0], ranking.sums)
        let decimals = PartialTable(ranking: ranking, layout: layout, language: language).decimals(column)
        let tables = breakdowns.flatMap { breakdown in
            let suffix = breakdowns.count > 1 ? "/" + breakdown.grouping.attributes.joined(separator: ",") : ""
            return GroupTables(breakdown, decimals: decimals, suffix: suffix, language: cells ?? language).tables
        }
        let text = PartialText(sums: sums, partCount: layout.partCount, language: language)
        let fit = column.model?.crossed.map { breakdowns.first?.models.first??.fit ?? $0 }
        self.init(
            verdict: breakdowns.map { GroupText.counts(of: $0.grouping, language) }.joined(separator: language.say(" ", "")),
            tables: tables.map { table in layout.top.map { table.prefix($0) } ?? table },
            notes: [text.origin] + (fit.map { [GroupScope.fairMeans($0, language)] } ?? text.methods(ranking)),
            fits: fit.map { [ModelText.fit($0, name: column.method.name)] } ?? [])
    }

    /// What every judge's scores are measured by, from exact sums.
    ///
    /// - Parameters:
    ///   - scales: the scales of the judges.
    ///   - sums: what they were made from.
    ///   - rules: the rules for judges with few scores.
    ///   - layout: how many rows are shown, and of how many parts.
    ///   - language: the language of words.
    ///   - cells: that of texts in tables.
    public init(
        _ scales: JudgeScales, of sums: PartialSums, rules: NormalizationRules, layout: PartialLayout, in language: Language,
        cells: Language? = nil
    ) {
        let text = PartialText(sums: sums, partCount: layout.partCount, language: language)
        let table = ScaleColumns(scales: scales, language: cells ?? language).table
        self.init(
            verdict: language.say(
                "A score less its judge's location, divided by the judge's scale, is its z-score.", "评分减去评委的位置再除以其尺度，即为标准分。"),
            tables: [layout.top.map { table.prefix($0) } ?? table],
            notes: [text.origin, MethodText.normalized(.zscore, language)] + text.treatments(scales, rules))
    }
}

/// The rows and columns of a ranking from sums.
private struct PartialTable {
    let ranking: PartialRanking
    let layout: PartialLayout
    let language: Language

    var table: Table {
        let sums = ranking.sums
        let order = ranking.columns[layout.sortColumn].ranks.order
        let rows = layout.top.map { Array(order.prefix($0)) } ?? order
        func gather<Value>(_ value: (Int) -> Value) -> [Value] { rows.map { value(Int($0)) } }
        var columns = [Table.Column("entry", heading: language.say("entry", "项目"), .factor(Factor(levels: sums.entries, codes: rows)))]
        for attribute in sums.attributes.shown(of: sums.entries.count) {
            let values = Factor(levels: attribute.values.levels, codes: gather { attribute.values.codes[$0] })
            columns.append(
                Table.Column(attribute.columnName(besides: ranking.columns.map(\.method.name)), heading: attribute.name, .factor(values)))
        }
        columns.append(
            Table.Column("scores", heading: language.say("scores", "评分数"), .integers(gather { sums.entrySums[$0].count })))
        for column in ranking.columns {
            let (name, shown) = (column.method.name, column.shown)
            let heading = language.say(name, MethodText.headings[name] ?? name)
            columns.append(Table.Column(name, heading: heading, .values(gather { shown[$0] }, decimals: decimals(column))))
            let (rank, ranks) = (language.say("rank", "名次"), column.ranks.ranks)
            columns.append(
                Table.Column(
                    "\(name)_rank", heading: rank,
                    ranking.rules.ties == .average
                        ? .values(gather { ranks[$0] }, decimals: 1) : .integers(gather { Int(ranks[$0]) })))
            if let model = column.model {
                let errors = gather { model.errors?[$0] }
                let heading = language.say("std. error", "标准误")
                columns.append(Table.Column("\(name)_se", heading: heading, .numbers(errors, decimals: decimals(column)), isDetail: true))
            }
        }
        var rowsAboveCut: Int?
        if let places = layout.places {
            let isIn = gather { ranking.columns[layout.sortColumn].ranks.ranks[$0] <= Double(places) }
            let (yes, no) = (language.say("in", "入围"), language.say("out", "未入围"))
            columns.append(Table.Column("in", heading: language.say("place", "结果"), .texts(isIn.map { $0 ? yes : no })))
            let inside = isIn.count(where: \.self)
            if inside < rows.count { rowsAboveCut = inside }
        }
        return Table(name: RankingTable.ranking.rawValue, columns: columns, rowsAboveCut: rowsAboveCut)
    }

    func decimals(_ column: PartialRanking.Column) -> Int {
        if column.method == .normalized(.zscore), ranking.rules.normalization.scale == .z { return 3 }
        return ScoreSheet.resultDecimals(unitsPerPoint: Double(ranking.sums.terms.scale.unitsPerPoint))
    }
}

/// What each judge's scores are measured by.
private struct ScaleColumns {
    let scales: JudgeScales
    let language: Language

    var table: Table {
        let decimals = ScoreSheet.resultDecimals(unitsPerPoint: Double(scales.scale.unitsPerPoint))
        func values(_ name: String, _ chinese: String, _ values: [Double?]) -> Table.Column {
            Table.Column(name, heading: language.say(name, chinese), .numbers(values, decimals: decimals))
        }
        return Table(
            name: NormalizationTable.scales.rawValue,
            columns: [
                Table.Column("judge", heading: language.say("judge", "评委"), .texts(scales.judges)),
                Table.Column("scores", heading: language.say("scores", "评分数"), .integers(scales.counts)),
                values("mean", "平均", scales.means), values("sd", "标准差", scales.deviations),
                values("location", "位置", scales.locations),
                // Without a scale z is 0 throughout.
                values("scale", "尺度", scales.spreads.map { $0 > 0 ? $0 : nil }),
                Table.Column("treatment", heading: language.say("treatment", "处理"), .texts(scales.treatments.map(word))),
            ])
    }

    private func word(_ treatment: Normalization.Treatment) -> String {
        switch treatment {
        case .own: language.say("own", "自身")
        case .constant: language.say("constant", "打分相同")
        case .shrunk: language.say("shrunk", "收缩")
        case .pooled: language.say("pooled", "总体")
        case .few: language.say("few", "评分少")
        }
    }
}
