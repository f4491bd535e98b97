import Evenhand
import EvenhandIO

/// Pictures of a close final: rank intervals with the cut, and who is better than whom near it.
struct FinalsPlots {
    let analysis: FinalsAnalysis
    let language: Language

    private var cut: CutReport { analysis.cut }
    private var list: OfficialList { cut.list }

    /// None without a model.
    var all: [Plot] { cut.certainty.map { [caterpillar($0.ranks), triangle($0.ranks)] } ?? [] }

    private func caterpillar(_ ranks: RankUncertainty) -> Plot {
        let isIn = list.isIn(places: cut.places)
        let order = list.column.ranks.order.map { Int($0) }
        let (halves, wides, bands) = (ranks.intervals(level: 0.5), ranks.intervals(level: 0.9), ranks.bands)
        var rows = order.map { entry in
            let (half, wide) = (halves[entry], wides[entry])
            return Plot.Row(
                [list.entries[entry]],
                .interval(
                    low: Double(wide.lowerBound), point: ranks.expectedRanks[entry], high: Double(wide.upperBound),
                    inner: Double(half.lowerBound)...Double(half.upperBound)),
                value: language.band(bands[entry]))
        }
        let inside = order.count { isIn[$0] }
        if inside < rows.count { rows.insert(Plot.Row([language.say("· cut ·", "· 入围线 ·")], .empty), at: inside) }
        return Plot(
            title: language.say(
                "Where each entry's true rank lies: ● expected, ━ 50 %, ─ 90 %, │ the cut", "各项目真实名次所在：● 期望，━ 50%，─ 90%，│ 入围线"),
            rows: rows, reference: Double(cut.places) + 0.5)
    }

    /// The probability, in percent, that the entry of the row is better than that of the column.
    private func triangle(_ ranks: RankUncertainty) -> Plot {
        let near = cut.nearCut(most: 10)
        let rows = near.enumerated().map { place, row in
            let cells = near.prefix(place).map { column in
                NumberFormat.fixed(100 * ranks.probability(of: column, above: row), decimals: 0)
            }
            return Plot.Row([list.entries[row]] + cells + [list.entries[row]], .empty)
        }
        return Plot(
            title: language.say(
                "Near the cut: how many times in 100 the entry of the column is better than that of the row", "入围线附近：列所示项目优于行所示项目的概率（%）"),
            rows: rows, hasScale: false)
    }
}
