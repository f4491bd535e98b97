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
        let places = layout.places.flatMap { $0 < order.count ? $0 : nil }
        return .movement(
            columns.map { ranking.columns[$0].name }, ranks, of: ranking.sheet.entries, in: order, places: places,
            methodsIn: { entry in places.map { places in ranks.count { $0[entry] <= Double(places) } } }, of: ranks.count,
            caption: caption(order, ranks), table: RankingTable.ranking.rawValue, language)
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

extension Plot {
    /// How the ranks of entries move between methods.
    ///
    /// - Parameters:
    ///   - methods: their names.
    ///   - ranks: the ranks by each of them.
    ///   - entries: the names of the entries.
    ///   - order: that of the list.
    ///   - places: the k of the cut, if there is one.
    ///   - methodsIn: by how many methods an entry is in; `nil` where there is no cut.
    ///   - all: the number of these methods.
    ///   - caption: what it shows in this contest.
    ///   - table: the table of the ranks.
    ///   - language: that of words.
    static func movement(
        _ methods: [String], _ ranks: [[Double]], of entries: [String], in order: [Int], places: Int?, methodsIn: (Int) -> Int?,
        of all: Int, caption: String, table: String, _ language: Language
    ) -> Plot {
        let paths = order.map { entry in
            let count = methodsIn(entry)
            return Paths.Path(entries[entry], ranks.map { $0[entry] }, tone: count == all ? .good : (count ?? 0) == 0 ? .plain : .open)
        }
        return Plot(
            title: language.say("How ranks move between methods", "名次随方法的变化"), caption: caption,
            .paths(
                Paths(
                    columns: methods.map { language.name(ofMethod: $0) }, paths, reference: places.map { Double($0) + 0.5 }, focus: places)),
            table: table)
    }
}
