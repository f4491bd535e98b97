import Evenhand
import EvenhandIO

/// The table `review`: entries whose scores should be looked at again (复议), and why.
struct ReviewTable {
    let list: OfficialList
    let limit: Double?
    let language: Language

    var table: Table {
        let sheet = list.totals.sheet
        let ranges = sheet.scoreRanges
        let slips = slips
        let rows = list.column.ranks.order.map { Int($0) }.compactMap { entry -> (entry: Int, range: Double, reason: String)? in
            let wide = limit.flatMap { ranges[entry] > $0 ? reason(over: $0) : nil }
            let reasons = [wide].compactMap(\.self) + (slips[sheet.entries[entry]] ?? [])
            return reasons.isEmpty ? nil : (entry, ranges[entry], reasons.joined(separator: language.say("; ", "；")))
        }
        return Table(
            name: FinalsTable.review.rawValue, title: language.say("To be looked at again", "建议复议"),
            columns: [
                Table.Column(
                    "entry", heading: language.say("entry", "项目"),
                    .factor(Factor(levels: sheet.entries, codes: rows.map { Int32($0.entry) }))),
                Table.Column("range", heading: language.say("range", "极差"), .values(rows.map(\.range), decimals: 2)),
                Table.Column("reason", heading: language.say("reason", "原因"), .texts(rows.map(\.reason)), isWhole: true),
            ])
    }

    private func reason(over limit: Double) -> String {
        language.say("range above \(NumberFormat.shortest(limit))", "极差超过 \(NumberFormat.shortest(limit))")
    }

    /// Scores that look like slips of the pen, by entry.
    private var slips: [String: [String]] {
        let ballots = list.totals.ballots
        var reasons: [String: [String]] = [:]
        for (row, kind) in OddScores(of: ballots).scores {
            let entry = ballots.entries[Int(ballots.performances[ballots.performance(ofRow: row)].entry)]
            let judge = ballots.judges[Int(ballots.judgeCodes[row])]
            let value = NumberFormat.shortest(ballots.score(at: row))
            let text =
                kind == .offByTen
                ? language.say("\(value) by \(judge): off by a factor of 10?", "\(judge) 的 \(value)：相差十倍？")
                : language.say("\(value) by \(judge): far off the others", "\(judge) 的 \(value)：远离其他评分")
            reasons[entry, default: []].append(text)
        }
        return reasons
    }
}
