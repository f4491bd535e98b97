import Evenhand
import EvenhandIO

/// The picture of a ranking: how entries move between its methods.
struct RankingPlots {
    let ranking: Ranking
    let layout: RankingLayout
    let language: Language

    /// None where there is one method, a table for each heat, or an order that holds only within heats.
    var all: [Plot] {
        let isComparable = ranking.design.subsetCount == 1 || layout.assumption != nil || ranking.rule?.rule.needsWholeStage == true
        guard ranking.columns.count > 1, ranking.sheet.entries.count > 1, layout.each == nil, isComparable else { return [] }
        return [movement]
    }

    private var movement: Plot {
        let columns = [layout.sortColumn] + ranking.columns.indices.filter { $0 != layout.sortColumn }
        let order = ranking.columns[layout.sortColumn].ranks.order.map { Int($0) }
        let ranks = columns.map { ranking.columns[$0].ranks.ranks }
        let places = layout.places.flatMap { $0 < order.count ? Double($0) : nil }
        func tone(_ entry: Int) -> Plot.Tone {
            guard let places else { return .plain }
            let count = ranks.count { $0[entry] <= places }
            return count == ranks.count ? .good : count == 0 ? .plain : .open
        }
        let names = columns.map { language.name(ofMethod: ranking.columns[$0].name) }
        return Plot(
            title: language.say("How ranks move between methods", "名次随方法的变化"), caption: caption(order, ranks),
            .paths(
                Plot.Paths(
                    columns: names,
                    order.map { entry in Plot.Paths.Path(ranking.sheet.entries[entry], ranks.map { $0[entry] }, tone: tone(entry)) },
                    reference: places.map { $0 + 0.5 }, focus: layout.places)), table: RankingTable.ranking.rawValue)
    }

    /// Who moves furthest.
    private func caption(_ order: [Int], _ ranks: [[Double]]) -> String {
        let moves = order.map { entry in (ranks.map { $0[entry] }.max() ?? 0) - (ranks.map { $0[entry] }.min() ?? 0) }
        guard let most = moves.max(), most > 0 else { return language.say("All methods give the same ranks.", "各方法的名次完全相同。") }
        let furthest = zip(order, moves).filter { $1 == most }.map { ranking.sheet.entries[$0.0] }
        return language.say(
            "\(language.list(furthest, most: 4)) \(furthest.count == 1 ? "moves" : "move") furthest.",
            "名次变化最大的是 \(language.list(furthest, most: 4))。")
    }
}
