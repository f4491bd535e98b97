package import Evenhand
import EvenhandIO

/// How often a plan and its alternatives will choose the right entries, and under which spreads.
package struct PlanExpectation: Sendable, Equatable {
    let correctness: ExpectedCorrectness
    let spread: ContestSpread
    let file: String?

    /// An expectation.
    ///
    /// - Parameter file: the scores that the spreads were fitted to, if they were.
    package init(_ correctness: ExpectedCorrectness, spread: ContestSpread, fittedTo file: String?) {
        (self.correctness, self.spread, self.file) = (correctness, spread, file)
    }
}

/// The table `expected` and what is said about it.
struct ExpectedText {
    let expected: PlanExpectation
    let language: Language
    let cells: Language

    private typealias Row = ExpectedCorrectness.Row

    private var rows: [Row] { expected.correctness.rows }
    private var recommendation: PlanRecommendation? { PlanRecommendation(expected.correctness) }

    // MARK: - In words

    /// What to choose, and what one judge more or fewer would change.
    var sentence: String? {
        guard let recommendation else { return nil }
        let places = expected.correctness.places
        let own = recommendation.own
        let first = language.say(
            "Of the \(places) truly best it will choose \(fixed(own.right)) on average, ranked by \(name(own.method, language))",
            "按\(name(own.method, language))排名，真正最好的 \(places) 个项目中平均选对 \(fixed(own.right)) 个")
        return [first + advice(recommendation), change].compactMap(\.self).joined(separator: language.say(" ", ""))
    }

    private func fixed(_ value: Double) -> String { NumberFormat.fixed(value, decimals: 2) }

    private func advice(_ found: PlanRecommendation) -> String {
        guard let other = found.other, let gain = found.gain else {
            return language.say(
                "; no way was found to carry out another design, so keep it.", "；未找到可实施的其他设计，建议采用本方案。")
        }
        let (design, method) = (name(other.plan.kind, language), name(other.method, language))
        let load = other.plan.mostLoad
        let scores = scores(of: other, besides: found.own)
        let error = fixed(PlanRecommendation.leastErrors * gain.error)
        guard found.isClear else {
            return language.say(
                "; keep it: the best other design, \(design) ranked by \(method), chooses \(fixed(other.right)) \(scores), which is within the error of the simulation (±\(error)).",
                "，建议采用：其他设计中最好的是\(design)（\(scores)，按\(method)排名，\(fixed(other.right)) 个），差别在模拟误差（±\(error)）之内。")
        }
        return gain.mean > 0
            ? language.say(
                "; choose \(design) instead, ranked by \(method), which chooses \(fixed(other.right)) \(scores), up to \(load) for a judge.",
                "；建议改用\(design)：\(scores)（每位评委至多 \(load) 个），按\(method)排名，选对 \(fixed(other.right)) 个。")
            : language.say(
                "; keep it: the best other design, \(design) ranked by \(method), chooses \(fixed(other.right)) \(scores).",
                "，建议采用：其他设计中最好的是\(design)（\(scores)，按\(method)排名），选对 \(fixed(other.right)) 个。")
    }

    /// How many scores a design takes, next to the plan's: anchors have more than other designs give an entry.
    private func scores(of other: Row, besides own: Row) -> String {
        let (count, given) = (other.plan.scoreCount, own.plan.scoreCount)
        return count == given
            ? language.say("with as many scores", "评分数相同")
            : language.say("with \(count) scores instead of \(given)", "评分 \(count) 个，本方案为 \(given) 个")
    }

    /// What one judge more or fewer for each entry would change.
    private var change: String? {
        let parts = [SeatPlan.Kind.more, .fewer].compactMap { kind -> String? in
            guard let row = best(of: kind) else { return nil }
            let judges = kind == .more ? language.say("one judge more for each entry", "每个项目多一位评委") : language.say("one fewer", "少一位")
            return language.say("with \(judges) \(fixed(row.right))", "\(judges)为 \(fixed(row.right)) 个")
        }
        guard !parts.isEmpty else { return nil }
        return language.say("It would be \(parts.joined(separator: ", ")).", "\(parts.joined(separator: "，"))。")
    }

    private func best(of kind: SeatPlan.Kind) -> Row? {
        rows.filter { $0.plan.kind == kind }.max { $0.right < $1.right }
    }

    // MARK: - The table

    var table: Table {
        let own = recommendation?.own
        let gains = rows.map { row in own.map { expected.correctness.gain(of: row, over: $0) } ?? (0, 0) }
        func values(_ name: String, _ heading: (String, String), _ decimals: Int, _ values: [Double], isDetail: Bool = false)
            -> Table.Column
        {
            Table.Column(name, heading: language.say(heading.0, heading.1), .values(values, decimals: decimals), isDetail: isDetail)
        }
        return Table(
            name: PlanTable.expected.rawValue,
            title: language.say(
                "How many of the \(expected.correctness.places) truly best are chosen", "真正最好的 \(expected.correctness.places) 个中选对几个"),
            columns: [
                Table.Column(
                    "design", heading: language.say("design", "设计"),
                    .texts(rows.map { cells == .en ? $0.plan.kind.rawValue : name($0.plan.kind, cells) })),
                Table.Column(
                    "method", heading: language.say("method", "方法"),
                    .texts(rows.map { cells == .en ? $0.method.rawValue : name($0.method, cells) })),
                Table.Column("max_load", heading: language.say("max load", "最多评审"), .integers(rows.map(\.plan.mostLoad))),
                Table.Column("scores", heading: language.say("scores", "评分数"), .integers(rows.map(\.plan.scoreCount)), isDetail: true),
                values("right", ("right", "选对"), 2, rows.map(\.right)),
                values("right_se", ("± SE", "标准误"), 3, rows.map(\.rightError)),
                values("p_winner", ("P(best)", "冠军正确"), 3, rows.map(\.winner)),
                values("p_winner_se", ("SE of P", "冠军标准误"), 3, rows.map(\.winnerError), isDetail: true),
                values("reliability", ("reliability", "信度"), 3, rows.map(\.reliability)),
                values("reliability_se", ("SE of reliability", "信度标准误"), 4, rows.map(\.reliabilityError), isDetail: true),
                values("gain", ("gain", "增减"), 2, gains.map(\.0)),
                values("gain_se", ("SE of gain", "增减标准误"), 3, gains.map(\.1), isDetail: true),
                Table.Column(
                    "feasible", heading: language.say("feasible", "可行"),
                    .texts(rows.map { $0.plan.isFeasible ? cells.say("yes", "是") : cells.say("no", "否") })),
            ], keys: 2)
    }

    private func name(_ kind: SeatPlan.Kind, _ language: Language) -> String {
        switch kind {
        case .plan: language.say("the plan", "本方案")
        case .fewer: language.say("one judge fewer", "少一位评委")
        case .more: language.say("one judge more", "多一位评委")
        case .heats: language.say("disjoint heats", "互不重叠的场次")
        case .chain: language.say("a chain of heats", "链式场次")
        case .anchors: language.say("heats with anchors", "锚定场次")
        case .rotation: language.say("a rotation of judges", "评委轮换")
        case .crossing: language.say("a full crossing", "完全交叉")
        }
    }

    private func name(_ method: ExpectedCorrectness.Method, _ language: Language) -> String {
        switch method {
        case .mean: language.say("the mean", "平均分")
        case .zscore: language.say("z-scores", "标准分")
        case .model: language.say("the model", "模型")
        }
    }

    // MARK: - Notes

    var notes: [String] {
        let spread = expected.spread
        let source = expected.file.map { language.say(", fitted to \($0)", "，由 \($0) 拟合") } ?? ""
        return [
            language.say(
                "expected: \(expected.correctness.draws) simulated contests, the same for all designs; SD of entries \(fixed(spread.entrySD)), judges \(fixed(spread.judgeSD)), noise \(fixed(spread.noiseSD)), heats \(fixed(spread.heatSD)) points, of log scales \(fixed(spread.scaleSD))\(source).",
                "选对个数：模拟 \(expected.correctness.draws) 场，各设计相同；标准差（分）：项目 \(fixed(spread.entrySD))、评委 \(fixed(spread.judgeSD))、噪声 \(fixed(spread.noiseSD))、场次 \(fixed(spread.heatSD))，尺度对数 \(fixed(spread.scaleSD))\(source)。"
            ),
            language.say(
                "gain: right less that of the plan by its best method, contest by contest; a difference within \(Int(PlanRecommendation.leastErrors)) standard errors is none.",
                "增减：选对个数减去本方案（取最好的方法）的选对个数，逐场比较；差别不超过 \(Int(PlanRecommendation.leastErrors)) 个标准误视为没有差别。"),
            language.say(
                "feasible: whether these entries and judges were found to fit the design without a broken conflict or limit. In heats only a full crossing fits, of judges who can always be present. It has every entry scored by the same judges, as many as an entry has in the plan.",
                "可行：能否让这些项目和评委按该设计就位而不违反回避关系与上下限；分场次时只有完全交叉适用，评委须能出席所有场次。完全交叉：全部项目由同一组评委评审，人数与本方案每个项目的评委数相同。"),
            language.say(
                "model: entries, judges and heats with the variances that made the scores, as rank --method crossed has them when it knows them.",
                "模型：项目、评委与场次的方差取生成评分的真值，相当于方差已知时的 rank --method crossed。"),
        ]
    }
}
