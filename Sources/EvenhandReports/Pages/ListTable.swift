import Evenhand
import EvenhandIO

/// The list as an office publishes it, with how certain each place is: rank, entry, attributes, result, range of ranks, chance, band.
struct ListTable {
    let analysis: FinalsAnalysis
    let language: Language

    var table: Table {
        let (list, cut) = (analysis.list, analysis.cut)
        let order = list.column.ranks.order.map { Int($0) }
        let (ranks, shown) = (list.ranks, list.column.results.shown)
        let names = Factor(levels: list.entries, codes: order.map { Int32($0) })
        var columns = [
            Table.Column("rank", heading: language.say("rank", "名次"), .integers(order.map { Int(ranks[$0]) })),
            Table.Column("entry", heading: language.say("entry", "项目"), .factor(names)),
        ]
        for attribute in list.totals.sheet.entryAttributes where attribute.values.levels.contains(where: { !$0.isEmpty }) {
            let values = Factor(levels: attribute.values.levels, codes: order.map { attribute.values.codes[$0] })
            columns.append(Table.Column(attribute.name, .factor(values)))
        }
        columns.append(
            Table.Column(
                "result", heading: language.say("result", "成绩"),
                .numbers(order.map { shown[$0] }, decimals: list.column.results.decimals(of: list))))
        if let ranks = cut.certainty?.ranks, let wides = analysis.wideIntervals, cut.places < list.entries.count {
            let bands = ranks.bands
            let ranges = order.map {
                wides[$0].lowerBound == wides[$0].upperBound ? "\(wides[$0].lowerBound)" : "\(wides[$0].lowerBound)–\(wides[$0].upperBound)"
            }
            columns += [
                Table.Column("ranks", heading: language.say("true rank, 90 %", "真实名次（90%）"), .texts(ranges)),
                Table.Column(
                    "p_top", heading: language.say("P(top \(cut.places))", "P(前 \(cut.places))"),
                    .values(order.map { ranks.topProbabilities[$0] }, decimals: 2)),
                Table.Column("band", heading: language.say("band", "判断"), .texts(order.map { language.band(bands[$0]) })),
            ]
        }
        let inside = list.isIn(places: cut.places).count(where: \.self)
        return Table(name: "list", columns: columns, keys: 2, rowsAboveCut: inside < order.count ? inside : nil)
    }

    /// The rows around the cut; without one the first.
    static func aroundCut(_ table: Table, most count: Int) -> Table {
        guard table.rowCount > count else { return table }
        let start = max(0, min(table.rowCount - count, (table.rowsAboveCut ?? 0) - count / 2))
        return table.rows(start..<start + count)
    }
}
