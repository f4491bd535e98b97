import Evenhand
import EvenhandIO

/// The tables about votes.
struct VotesTables {
    let analysis: VoteAnalysis
    let language: Language
    let cells: Language
    let isForPeople: Bool

    /// The pairs of entries that people see.
    private static let shownPairs = 10

    private var order: [Int] { analysis.order }
    private var names: [String] { analysis.entries }

    var all: [Table] { VoteAnalysis.Part.allCases.filter(analysis.parts.contains).compactMap(table) }

    private func table(_ part: VoteAnalysis.Part) -> Table? {
        switch part {
        case .entries: entries
        case .judges: judges
        case .pairs: pairs
        case .reliability: reliability
        case .subsets: subsets
        }
    }

    private func factor(_ name: String, _ chinese: String, _ levels: [String], _ indices: [Int]) -> Table.Column {
        Table.Column(name, heading: language.say(name, chinese), .factor(Factor(levels: levels, codes: indices.map { Int32($0) })))
    }

    private func numbers(_ name: String, _ heading: String, _ values: [Double?], decimals: Int = 2, isDetail: Bool = false) -> Table.Column
    {
        Table.Column(name, heading: heading, .numbers(values, decimals: decimals), isDetail: isDetail)
    }

    private func whole(_ name: String, _ heading: String, _ values: [Int], isDetail: Bool = false) -> Table.Column {
        Table.Column(name, heading: heading, .integers(values), isDetail: isDetail)
    }

    private var entries: Table {
        let ranks = analysis.ranks
        let (intervals, bands) = (order.map { analysis.intervals[$0] }, ranks.bands)
        let counts = analysis.counts
        let errors = VoteErrors.allCases.map { kind in
            numbers(
                "se_\(kind.rawValue)", heading(kind),
                analysis.standardErrors(kind).map { errors in order.map { errors[$0] } } ?? order.map { _ in nil },
                decimals: 3, isDetail: true)
        }
        let inside = analysis.isIn.count(where: \.self)
        let columns =
            [
                factor("entry", "项目", names, order), whole("votes", language.say("votes", "票数"), order.map { counts.votes[$0] }),
                whole("wins", language.say("wins", "胜"), order.map { counts.wins[$0] }),
                numbers("ability", language.say("ability", "能力值"), order.map { analysis.abilities[$0] }, decimals: 3),
                numbers("se", language.say("SE", "标准误"), order.map { analysis.errors[$0] }, decimals: 3),
                numbers("rank", language.say("rank", "名次"), order.map { analysis.list.ranks[$0] }, decimals: 0),
                whole("low90", language.say("90 % rank", "90% 名次"), intervals.map(\.lowerBound)),
                whole("high90", language.say("to", "至"), intervals.map(\.upperBound)),
                numbers(
                    "p_top", language.say("P(top \(ranks.places))", "P(前 \(ranks.places))"), order.map { ranks.topProbabilities[$0] }),
                Table.Column(
                    "band", heading: language.say("band", "判断"), .texts(order.map { cells.band(bands[$0]) }),
                    isDetail: analysis.rules.places == nil
                ).coloured(order.map { bands[$0].colour }),
                whole("ties", language.say("ties", "平"), order.map { counts.ties[$0] }, isDetail: true),
                numbers(
                    "expected_rank", language.say("expected rank", "期望名次"), order.map { ranks.expectedRanks[$0] }, decimals: 1,
                    isDetail: true),
                numbers("p_win", language.say("P(best)", "P(第一)"), order.map { ranks.winProbabilities[$0] }, isDetail: true),
            ] + errors
        return Table(
            name: VoteAnalysis.Part.entries.rawValue, columns: columns,
            rowsAboveCut: analysis.rules.places == nil || inside >= names.count ? nil : inside)
    }

    private func heading(_ kind: VoteErrors) -> String {
        switch kind {
        case .model: language.say("SE model", "模型标准误")
        case .robust: language.say("SE robust", "稳健标准误")
        case .judges: language.say("SE by judges", "按评委聚类标准误")
        }
    }

    private var judges: Table? {
        guard let found = analysis.judges, case .votes(let fit) = analysis.model else { return nil }
        let all = found.judges
        return Table(
            name: VoteAnalysis.Part.judges.rawValue, title: language.say("How each judge votes", "各评委的投票情况"),
            columns: [
                factor("judge", "评委", fit.votes.judges, Array(all.indices)),
                whole("votes", language.say("votes", "票数"), all.map(\.votes)),
                numbers("infit", language.say("infit", "加权拟合"), all.map(\.infit)),
                numbers("outfit", language.say("outfit", "未加权拟合"), all.map(\.outfit), isDetail: true),
                numbers("agreement", language.say("agreement", "一致比例"), all.map(\.agreement)),
                numbers("discrimination", language.say("discrimination", "区分度"), all.map(\.discrimination.value)),
                numbers("position", language.say("position", "位置偏好"), all.map(\.position?.value)),
                numbers(
                    "discrimination_se", language.say("SE of discrimination", "区分度标准误"), all.map(\.discrimination.standardError),
                    isDetail: true),
                numbers("position_se", language.say("SE of position", "位置偏好标准误"), all.map(\.position?.standardError), isDetail: true),
                Table.Column(
                    "flags", heading: language.say("flags", "提示"), .texts(all.map(flags)), isWhole: true),
            ])
    }

    private func flags(_ judge: VotingJudges.Judge) -> String {
        [
            judge.isOneSided ? cells.say("one-sided", "只选一侧") : nil,
            judge.isContrary ? cells.say("contrary", "与众相反") : nil,
        ].compactMap(\.self).joined(separator: cells.say(" ", "、"))
    }

    private var pairs: Table? {
        guard case .votes(let fit) = analysis.model else { return nil }
        let all = fit.pairs
        let shown =
            isForPeople
            ? Array(all.sorted { ($1.surprise.magnitude, $0.a, $0.b) < ($0.surprise.magnitude, $1.a, $1.b) }.prefix(VotesTables.shownPairs))
            : all
        return Table(
            name: VoteAnalysis.Part.pairs.rawValue,
            title: isForPeople && all.count > shown.count
                ? language.say("Pairs whose votes fit the abilities least", "投票与能力值最不相符的项目对") : language.say("Pairs of entries", "项目两两比较"),
            columns: [
                factor("a", "a", names, shown.map(\.a)), factor("b", "b", names, shown.map(\.b)),
                whole("votes", language.say("votes", "票数"), shown.map(\.votes)),
                whole("a_wins", language.say("a wins", "a 胜"), shown.map(\.aWins)),
                whole("b_wins", language.say("b wins", "b 胜"), shown.map(\.bWins)),
                whole("ties", language.say("ties", "平"), shown.map { $0.votes - $0.aWins - $0.bWins }),
                numbers("expected", language.say("expected for a", "a 的期望得票"), shown.map(\.expected), decimals: 1),
                numbers("z", "z", shown.map(\.surprise), decimals: 1),
                numbers("p_above", language.say("P(a above b)", "P(a 优于 b)"), shown.map { analysis.probability(of: $0.a, above: $0.b) }),
            ], keys: 2)
    }

    private var reliability: Table {
        let rows = ReliabilityRows(analysis: analysis, cells: cells).rows
        return Table(
            name: VoteAnalysis.Part.reliability.rawValue, title: language.say("How well abilities are separated", "能力值的区分程度"),
            columns: [
                Table.Column("statistic", heading: language.say("statistic", "统计量"), .texts(rows.map(\.name)), isWhole: true),
                numbers("value", language.say("value", "值"), rows.map(\.value), decimals: 3),
                numbers("se", language.say("SE", "标准误"), rows.map(\.error), decimals: 3),
            ])
    }

    private var subsets: Table {
        let groups = analysis.groups
        let numbered = groups.enumerated().flatMap { number, group in group.map { (number + 1, $0) } }
        return Table(
            name: VoteAnalysis.Part.subsets.rawValue,
            title: language.say("Entries connected by votes in both directions", "由双向胜负联系的项目组"),
            columns: [
                // One group says nothing to people that the list does not.
                whole("subset", language.say("subset", "组"), isForPeople && groups.count == 1 ? [] : numbered.map(\.0)),
                factor("entry", "项目", names, isForPeople && groups.count == 1 ? [] : numbered.map(\.1)),
            ], keys: 2)
    }
}

/// The numbers about all votes together.
private struct ReliabilityRows {
    let analysis: VoteAnalysis
    let cells: Language

    typealias Row = (name: String, value: Double?, error: Double?)

    var rows: [Row] {
        let separation = analysis.separation
        let common: [Row] = [
            (cells.say("ssr", "量表分离信度 SSR"), separation?.reliability, nil),
            (cells.say("separation", "分离指数 G"), separation?.separation, nil),
            (cells.say("strata", "可区分层数"), separation?.strata, nil),
            (cells.say("log_likelihood", "对数似然"), analysis.logLikelihood, nil),
        ]
        guard case .votes(let fit) = analysis.model else { return common }
        let position: [Row] = fit.position.map { [(cells.say("position", "先出示者的优势"), $0.value, $0.standardError)] } ?? []
        let tie: [Row] = fit.tie.map { [(cells.say("tie", "平局参数 ν"), $0.value, $0.standardError)] } ?? []
        let judges: [Row] =
            analysis.judges.map {
                [(cells.say("discrimination_sd", "评委区分度标准差"), $0.discriminationDeviation, nil)]
                    + (fit.position == nil ? [] : [(cells.say("position_sd", "评委位置偏好标准差"), $0.positionDeviation, nil)])
            } ?? []
        return common + position + tie + judges
    }
}
