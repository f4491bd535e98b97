import Evenhand
import EvenhandIO

/// Pictures of a close final: rank intervals with the cut, and who is better than whom near it.
struct FinalsPlots {
    let analysis: FinalsAnalysis
    let language: Language

    private var cut: CutReport { analysis.cut }
    private var list: OfficialList { cut.list }

    /// The pictures that need a model, then the movement between methods.
    var all: [Plot] {
        guard let ranks = cut.certainty?.ranks else { return [] }
        return [caterpillar(ranks), triangle(ranks)].compactMap(\.self)
    }

    /// For pages also what is too wide for a terminal.
    var ofPage: [Plot] { all + (analysis.methods.map { [movement($0)] } ?? []) }

    private var order: [Int] { list.column.ranks.order.map { Int($0) } }

    private func caterpillar(_ ranks: RankUncertainty) -> Plot? {
        guard let halves = analysis.halfIntervals, let wides = analysis.wideIntervals else { return nil }
        let isIn = list.isIn(places: cut.places)
        let bands = ranks.bands
        var rows = order.map { entry in
            let (half, wide) = (halves[entry], wides[entry])
            return Plot.Row(
                [list.entries[entry]],
                .interval(
                    low: Double(wide.lowerBound), point: ranks.expectedRanks[entry], high: Double(wide.upperBound),
                    inner: Double(half.lowerBound)...Double(half.upperBound)),
                value: language.band(bands[entry]), tone: tone(bands[entry]))
        }
        let inside = order.count { isIn[$0] }
        if inside < rows.count { rows.insert(Plot.Row([language.say("· cut ·", "· 入围线 ·")], .empty), at: inside) }
        let hasCut = cut.places < order.count
        return Plot(
            title: language.say(
                "Where each entry's true rank lies: ● expected, ━ 50 %, ─ 90 %\(hasCut ? ", │ the cut" : "")",
                "各项目真实名次所在：● 期望，━ 50%，─ 90%\(hasCut ? "，│ 入围线" : "")"),
            caption: certainty,
            .rows(Plot.Rows(rows, reference: hasCut ? Double(cut.places) + 0.5 : nil, scale: language.say("rank", "名次"), focus: inside)),
            table: FinalsAnalysis.Part.cut.rawValue)
    }

    private func tone(_ band: RankUncertainty.Band) -> Plot.Tone {
        switch band {
        case .inside: .good
        case .open: .open
        case .outside: .bad
        }
    }

    /// How many are secure, and whether those on both sides of the cut can be told apart.
    private var certainty: String {
        guard cut.places < list.entries.count else { return "" }
        let (secure, open) = (cut.secure.count, cut.open.count)
        let counts = language.say(
            "\(language.capitalized(language.number(secure))) of \(language.number(list.isIn(places: cut.places).count(where: \.self))) \(secure == 1 ? "is" : "are") secure; \(language.number(open)) \(open == 1 ? "entry is" : "entries are") open.",
            "入围者中有 \(secure) 个基本稳入，\(open) 个项目的差距在误差内。")
        guard let (a, b) = list.border(places: cut.places), let ranks = cut.certainty?.ranks else { return counts }
        let (above, names) = (ranks.probability(of: a, above: b), (list.entries[a], list.entries[b]))
        guard 0.1 < above, above < 0.9 else { return counts }
        return counts
            + language.say(
                " \(names.0), the last in, and \(names.1), the first out, cannot be told apart.",
                "最后入围的 \(names.0) 与首个未入围的 \(names.1) 无法区分。")
    }

    /// The probability, in percent, that the entry of the row is better than that of the column.
    private func triangle(_ ranks: RankUncertainty) -> Plot {
        let near = cut.nearCut(most: 10)
        let values = near.map { row in
            near.map { column in row == column ? nil : 100 * ranks.probability(of: column, above: row) as Double? }
        }
        let names = near.map { list.entries[$0] }
        let grid = Plot.Grid(rows: names, columns: names, values: values, decimals: 0, middle: 50, extent: 50)
        return Plot(
            title: language.say(
                "Near the cut: how many times in 100 the entry of the column is better than that of the row", "入围线附近：列所示项目优于行所示项目的概率（%）"),
            .grid(grid), table: FinalsAnalysis.Part.pairs.rawValue, numbers: grid.table(heading: language.say("entry", "项目")))
    }

    /// The methods whose ranks are joined, of those that are compared.
    private static let joined = [
        "rule", "combined", "mean", "median", "trimmed", "winsorized", "zscore", "percentile", "additive", "calibrated",
    ]

    private func movement(_ methods: MethodComparison) -> Plot {
        let columns = FinalsPlots.joined.compactMap { name in methods.columns.first { $0.name == name } }
        let all = methods.columns.count
        let moved = order.filter { (1..<all).contains(methods.methodsIn[$0]) }
        let names = language.list(moved.map { list.entries[$0] }, most: 8)
        let caption =
            moved.isEmpty
            ? language.say("Every method lets the same entries in.", "各方法的入围者完全相同。")
            : language.say(
                "The method decides about \(moved.count == 1 ? "one entry" : "\(language.number(moved.count)) entries"): \(names).",
                "有 \(moved.count) 个项目是否入围取决于所用方法：\(names)。")
        return .movement(
            columns.map(\.name), columns.map(\.ranks), of: list.entries, in: order, places: cut.places,
            methodsIn: { methods.methodsIn[$0] }, of: all, caption: caption, table: FinalsAnalysis.Part.methods.rawValue, language)
    }
}
