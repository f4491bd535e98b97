import Evenhand
import EvenhandIO

/// The table `coverage`: what intervals and statements were worth in contests made like this one.
struct CoverageTable {
    let check: CoverageCheck
    let language: Language

    var table: Table {
        let rows = rows
        return Table(
            name: FinalsAnalysis.Part.coverage.rawValue,
            title: language.say(
                "What holds in \(check.contests) simulated contests of this design", "在 \(check.contests) 场同样设计的模拟比赛中的成立比例"),
            columns: [
                Table.Column("what", heading: language.say("what", "内容"), .texts(rows.map(\.what)), isWhole: true),
                Table.Column("promised", heading: language.say("promised", "名义"), .numbers(rows.map(\.promised), decimals: 2)),
                Table.Column("held", heading: language.say("held", "实际"), .numbers(rows.map(\.held), decimals: 3)),
                Table.Column("cases", heading: language.say("cases", "次数"), .integers(rows.map(\.cases))),
            ])
    }

    private var rows: [(what: String, promised: Double?, held: Double?, cases: Int)] {
        func row(_ what: String, _ promised: Double, _ share: CoverageCheck.Share) -> (String, Double?, Double?, Int) {
            (what, promised, share.value, share.total)
        }
        return [
            row(language.say("50 % rank intervals", "50% 名次区间"), 0.5, check.held50),
            row(language.say("90 % rank intervals", "90% 名次区间"), 0.9, check.held90),
            row(language.say("90 % rank interval of the leader", "领先者的 90% 名次区间"), 0.9, check.heldWinner),
            row(language.say("90 % rank intervals near the cut", "入围线附近的 90% 名次区间"), 0.9, check.heldNearCut),
            row(language.say("bands in and out", "“基本稳入”与“基本无望”的判断"), 0.9, check.trueStatements),
            row(language.say("sets that cannot be excluded", "不能排除的集合"), 0.95, check.bestSets),
        ]
    }
}
