import Evenhand
import EvenhandIO

/// The table `lottery`: the rank interval and the chance of each entry, and who was drawn, in the order of the list; empty where there is
/// no model.
struct LotteryTable {
    let lottery: Lottery?
    let tables: FinalsTables

    private var language: Language { tables.language }

    var table: Table {
        let order = lottery == nil ? [] : tables.order
        let (intervals, chances, drawn) = (lottery?.intervals ?? [], lottery?.chances ?? [], lottery?.drawn ?? [])
        return Table(
            name: FinalsAnalysis.Part.lottery.rawValue, title: language.say("Places drawn by lot", "抽签分配名额"),
            columns: [
                tables.entries(order),
                Table.Column("low", heading: language.say("50 % rank", "50% 名次"), .integers(order.map { intervals[$0].lowerBound })),
                Table.Column("high", heading: language.say("to", "至"), .integers(order.map { intervals[$0].upperBound })),
                Table.Column("p", heading: language.say("chance", "入选概率"), .values(order.map { chances[$0] }, decimals: 3)),
                Table.Column(
                    "drawn", heading: language.say("drawn", "入选"), .texts(order.map { drawn[$0] ? language.say("yes", "是") : "" })),
            ])
    }

    /// By which rule chances were made, how many entries have one, and how to draw the same again.
    static func note(_ lottery: Lottery, seed: UInt64, _ language: Language) -> String {
        let sure = lottery.chances.count { $0 == 1 }
        let open = lottery.chances.count { $0 > 0 && $0 < 1 }
        let counts = language.say(
            "\(language.count(sure, "entry", "")) in without a lot, \(language.count(open, "entry", "")) in the draw.",
            "\(sure) 个项目无需抽签即入选，\(open) 个项目参加抽签。")
        let lot = language.say(
            " The draw uses seed \(seed): fix the seed in public before scores are known, for instance by dice.",
            "抽签由种子 \(seed) 决定：应在评分公布之前公开确定种子，例如掷骰子。")
        return rule(lottery, language) + counts + (open > 0 ? lot : "")
    }

    private static func rule(_ lottery: Lottery, _ language: Language) -> String {
        guard let line = lottery.line.map({ NumberFormat.fixed($0, decimals: 1) }) else {
            return language.say(
                "lottery linear: the chance rises linearly from 0 to 1 over a zone half as wide as the median 50 % rank interval, is averaged over both ends of an entry's interval, and the zone is placed so that the chances add up to the number of places. ",
                "抽签 linear：入选概率取项目名次区间（50%）两端的平均值，每一端在一段范围内由 0 线性升至 1；该范围的宽度为各区间宽度中位数的一半，其位置使概率之和等于名额数。")
        }
        return language.say(
            "lottery snsf: the line is the expected rank \(line) of the last entry that has a place; an entry is in when its 50 % rank interval lies wholly above the line, and those whose interval contains it share the remaining places with equal chances. ",
            "抽签 snsf：分界线为最后一个名额所对应项目的期望名次 \(line)；50% 名次区间完全优于该线的项目直接入选，区间包含该线的项目以相同概率抽签分配剩余名额。")
    }
}
