import Evenhand
import EvenhandIO

/// The table `cut`: one row for each entry, in the order of the list.
struct CutTable {
    let tables: FinalsTables

    private var cut: CutReport { tables.analysis.cut }
    private var language: Language { tables.language }
    private var order: [Int] { tables.order }

    var table: Table {
        Table(
            name: FinalsAnalysis.Part.cut.rawValue, columns: results + intervals + probabilities + stability + simultaneous + range,
            rowsAboveCut: tables.rowsAboveCut)
    }

    private func numbers(_ name: String, _ heading: String, _ values: [Double?], decimals: Int, isDetail: Bool = false) -> Table.Column {
        Table.Column(name, heading: heading, .numbers(values, decimals: decimals), isDetail: isDetail)
    }

    private var results: [Table.Column] {
        let list = tables.list
        let (decimals, shown) = (list.column.results.decimals(of: list), list.column.results.shown)
        return [
            tables.entries(order),
            numbers("result", language.say("result", "成绩"), order.map { shown[$0] }, decimals: decimals),
            numbers("gap", language.say("gap", "差距"), order.map { cut.gaps[$0]?.points }, decimals: decimals),
            numbers("gap_se", language.say("SE", "标准误"), order.map { cut.gaps[$0]?.error }, decimals: decimals, isDetail: true),
            numbers("gap_in_se", language.say("gap / SE", "差距/标准误"), order.map { cut.gaps[$0]?.inErrors }, decimals: 1, isDetail: true),
        ]
    }

    private var intervals: [Table.Column] {
        guard let ranks = cut.certainty?.ranks, let halves = tables.analysis.halfIntervals, let wides = tables.analysis.wideIntervals else {
            return []
        }
        let (half, wide) = (order.map { halves[$0] }, order.map { wides[$0] })
        func whole(_ name: String, _ heading: String, _ values: [Int], isDetail: Bool = false) -> Table.Column {
            Table.Column(name, heading: heading, .integers(values), isDetail: isDetail)
        }
        return [
            numbers("expected_rank", language.say("expected rank", "期望名次"), order.map { ranks.expectedRanks[$0] }, decimals: 1),
            whole("low50", language.say("50 % rank", "50% 名次"), half.map(\.lowerBound), isDetail: true),
            whole("high50", language.say("to", "至"), half.map(\.upperBound), isDetail: true),
            whole("low90", language.say("90 % rank", "90% 名次"), wide.map(\.lowerBound)),
            whole("high90", language.say("to", "至"), wide.map(\.upperBound)),
        ]
    }

    private var probabilities: [Table.Column] {
        guard let ranks = cut.certainty?.ranks else { return [] }
        let bands = ranks.bands
        return [
            numbers("p_win", language.say("P(best)", "P(第一)"), order.map { ranks.winProbabilities[$0] }, decimals: 2, isDetail: true),
            numbers(
                "p_top", language.say("P(top \(cut.places))", "P(前 \(cut.places))"), order.map { ranks.topProbabilities[$0] }, decimals: 2),
            Table.Column("band", heading: language.say("band", "判断"), .texts(order.map { language.band(bands[$0]) }))
                .coloured(order.map { bands[$0].colour }),
        ]
    }

    private var stability: [Table.Column] {
        let analysis = tables.analysis
        if analysis.rules.isBrief { return [] }
        let judges = order.map { analysis.influence?.judgesThatFlip($0).joined(separator: language.say(", ", "、")) ?? "" }
        let places = tables.list.totals.sheet.isExact ? 2 : 3
        return [
            Table.Column(
                "methods_in", heading: language.say("in by methods", "入围方法"), .integers(order.map { analysis.methods?.methodsIn[$0] ?? 0 }),
                isDetail: hasRange),
            Table.Column("judges_that_flip", heading: language.say("decided by", "关键评委"), .texts(judges), isDetail: true),
            numbers(
                "smallest_change", language.say("one score by", "单分变动"), order.map { analysis.changes?[$0]?.points }, decimals: places,
                isDetail: true),
        ]
    }

    private var simultaneous: [Table.Column] {
        guard let ranks = cut.certainty?.ranks, !tables.analysis.rules.isBrief else { return [] }
        let intervals = ranks.simultaneousIntervals(level: 0.9)
        let set = Set(ranks.bestSet(level: 0.95))
        return [
            Table.Column(
                "low90_all", heading: language.say("90 % all", "同时 90%"), .integers(order.map { intervals[$0].lowerBound }), isDetail: true),
            Table.Column(
                "high90_all", heading: language.say("to", "至"), .integers(order.map { intervals[$0].upperBound }), isDetail: true),
            Table.Column(
                "in_best_set", heading: language.say("not excluded", "不能排除"),
                .texts(order.map { set.contains($0) ? language.say("yes", "是") : language.say("no", "否") }), isDetail: true),
        ]
    }

    private var hasRange: Bool { !tables.analysis.others.isEmpty && cut.certainty != nil }

    /// The least and the largest probability over the unknown shares.
    private var range: [Table.Column] {
        guard hasRange else { return [] }
        let all = ([cut] + tables.analysis.others).compactMap(\.certainty?.ranks.topProbabilities)
        return [
            numbers("p_top_low", language.say("P least", "P 最小"), order.map { entry in all.map { $0[entry] }.min() }, decimals: 2),
            numbers("p_top_high", language.say("P most", "P 最大"), order.map { entry in all.map { $0[entry] }.max() }, decimals: 2),
        ]
    }
}

extension Language {
    /// In, open or out.
    func band(_ band: RankUncertainty.Band) -> String {
        switch band {
        case .inside: say("in", "基本稳入")
        case .open: say("open", "差距在误差内")
        case .outside: say("out", "基本无望")
        }
    }
}

extension RankUncertainty.Band {
    /// The colour of the band on a terminal.
    var colour: TextColour {
        switch self {
        case .inside: .green
        case .open: .yellow
        case .outside: .red
        }
    }
}

extension EntryResults {
    /// As many decimals as the results of a list are shown with: those that a rule left, otherwise two more than the scores have.
    func decimals(of list: OfficialList) -> Int {
        if normalization?.method.isStandardized == true { return 3 }
        if list.column.method == nil, let places = RuleText.decimals(of: fractions ?? []) { return places }
        var (places, power) = (0, 1.0)
        while power < list.totals.sheet.unitsPerPoint, places < 4 { (places, power) = (places + 1, power * 10) }
        return places + 2
    }
}
