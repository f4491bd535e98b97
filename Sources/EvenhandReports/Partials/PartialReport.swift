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
            tables: [table], notes: [text.origin] + text.methods(ranking))
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

    private func decimals(_ column: PartialRanking.Column) -> Int {
        if column.method == .normalized(.zscore), ranking.rules.normalization.scale == .z { return 3 }
        return ScoreSheet.resultDecimals(unitsPerPoint: Double(ranking.sums.terms.scale.unitsPerPoint))
    }
}

/// The sentences about exact sums.
package struct PartialText {
    let sums: PartialSums
    let partCount: Int
    let language: Language

    /// What the order rests on.
    var basis: String {
        let (entries, judges) = (sums.entries.count, sums.judges.count)
        if !sums.isUnchecked, sums.judgeSums.allSatisfy({ $0.count == entries }) {
            return language.say(
                "All \(language.count(entries, "entry", "")) were scored by the same \(language.count(judges, "judge", "")): this order needs no assumption about judges' severity.",
                "全部 \(entries) 个项目由同一组 \(judges) 位评委评分：该排序不需要对评委宽严作任何假设。")
        }
        let counts = sums.entrySums.map(\.count)
        let (low, high) = (counts.min() ?? 0, counts.max() ?? 0)
        let each = low == high ? "\(low)" : "\(low)–\(high)"
        return language.say(
            "The \(entries) entries were scored by different judges (\(each) scores each, \(language.count(judges, "judge", "")) in all): plain means depend on which judges an entry drew, and z-scores assume that every judge saw entries of the same average quality.",
            "\(entries) 个项目由不同的评委评分（每个 \(each) 个评分，共 \(judges) 位评委）：平均分受抽到哪些评委的影响，标准分则假设每位评委所见项目的平均水平相同。")
    }

    /// How many of the first places two methods agree on.
    func agreement(_ ranking: PartialRanking, _ layout: PartialLayout) -> String? {
        let (last, places) = (ranking.columns.count - 1, min(layout.places ?? 10, sums.entries.count))
        guard last > 0, places < sums.entries.count else { return nil }
        let common = ranking.agreement(0, last, places: places)
        let (a, b) = (language.name(ofMethod: ranking.columns[0].method.name), language.name(ofMethod: ranking.columns[last].method.name))
        return language.say(
            "\(a) and \(b) agree on \(common) of the first \(places).",
            common == places ? "“\(a)”与“\(b)”的前 \(places) 名完全相同。" : "“\(a)”与“\(b)”的前 \(places) 名中有 \(common) 个相同。")
    }

    /// Where the numbers come from.
    var origin: String {
        let scale = sums.terms.scale.text
        return language.say(
            "From exact sums in units of \(scale): \(language.count(sums.count, "score", "")) in \(language.count(partCount, "part", "")).",
            "按单位 \(scale) 的精确和数计算：\(partCount) 个分部，共 \(sums.count) 个评分。")
    }

    /// What to say when nobody could look for scores that two parts share.
    package static func warning(of sums: PartialSums, in language: Language) -> String? {
        guard sums.isUnchecked else { return nil }
        return language.say(
            "Several parts share entries and judges and leave out who scored whom (--skip-pairs): a score that is in two of them counts twice.",
            "若干分部含有相同的项目和评委，且未保留评分对应关系（--skip-pairs）：同时出现在两个分部中的评分会被计算两次。")
    }

    /// What each method does, and who was treated specially.
    func methods(_ ranking: PartialRanking) -> [String] {
        ranking.columns.flatMap { column -> [String] in
            switch column.method {
            case .trimmed(let trim), .winsorized(let trim):
                return [MethodText.trimmed(column.method.name, trim, short: column.untrimmed.map { sums.entries[$0] }, language)]
            case .normalized(let method, _):
                guard let scales = ranking.scales else { return [] }
                return [MethodText.normalized(method, language)] + treatments(scales, ranking.rules.normalization, method)
            default: return []
            }
        }
    }

    func treatments(_ scales: JudgeScales, _ rules: NormalizationRules, _ method: NormalizationMethod = .zscore) -> [String] {
        TreatmentText(rules: rules, method: method, language: language) { treatment in
            zip(scales.judges, scales.treatments).filter { $0.1 == treatment }.map(\.0)
        }.notes
    }
}
