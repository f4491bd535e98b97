import Evenhand
import EvenhandIO

/// The table `review`: entries whose scores should be looked at again (复议), and why.
struct ReviewTable {
    let review: ScoreReview
    let list: OfficialList
    let limit: Double?
    let language: Language

    var table: Table {
        let rows = list.column.ranks.order.map { Int($0) }.filter { !review.findings[$0].isEmpty }
        let reasons = rows.map { review.findings[$0].map(text).joined(separator: language.say("; ", "；")) }
        let entries = Factor(levels: list.entries, codes: rows.map { Int32($0) })
        return Table(
            name: FinalsAnalysis.Part.review.rawValue, title: language.say("To be looked at again", "建议复议"),
            columns: [
                Table.Column("entry", heading: language.say("entry", "项目"), .factor(entries)),
                Table.Column("range", heading: language.say("range", "极差"), .values(rows.map { review.ranges[$0] }, decimals: 2)),
                Table.Column("reason", heading: language.say("reason", "原因"), .texts(reasons), isWhole: true),
            ])
    }

    /// The sentence about how many there are, and how many chance would make.
    var note: String {
        let over = limit.map { limit in
            let count = review.findings.count { $0.contains(.range) }
            return language.say(
                "\(language.count(count, "entry", "")) with a range of scores above \(NumberFormat.shortest(limit)) (--range-limit). ",
                "\(count) 个项目的极差超过 \(NumberFormat.shortest(limit))（--range-limit）。")
        }
        let chance = NumberFormat.fixed(review.expectedByChance, decimals: 1)
        return language.say(
            "review: \(over ?? "")\(language.count(review.outlyingCount, "score", "")) more than 3 robust standard deviations from what the other scores predict; normal noise alone would give \(chance).",
            "复议：\(over ?? "")有 \(review.outlyingCount) 个评分偏离预期 3 个稳健标准差以上；仅正态误差约会产生 \(chance) 个。")
    }

    private func text(_ finding: ScoreReview.Finding) -> String {
        switch finding {
        case .range:
            let limit = NumberFormat.shortest(limit ?? 0)
            return language.say("range above \(limit)", "极差超过 \(limit)")
        case .slip(let judge, let points, .offByTen):
            return language.say(
                "\(NumberFormat.shortest(points)) by \(judge): off by a factor of 10?", "\(judge) 的 \(NumberFormat.shortest(points))：相差十倍？")
        case .slip(let judge, let points, .offTheScale):
            return language.say(
                "\(NumberFormat.shortest(points)) by \(judge): far off the others", "\(judge) 的 \(NumberFormat.shortest(points))：远离其他评分")
        case .outlying(let judge, let points, let expected, let z):
            let (score, mean) = (NumberFormat.shortest(points), NumberFormat.fixed(expected, decimals: 1))
            let far = NumberFormat.fixed(z, decimals: 1)
            return language.say(
                "\(score) by \(judge), where \(mean) was expected (z \(far))", "\(judge) 的 \(score)，预期为 \(mean)（z \(far)）")
        }
    }
}
