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

    private var rows: [ExpectedCorrectness.Row] { expected.correctness.rows }

    private func best(_ rows: [ExpectedCorrectness.Row]) -> ExpectedCorrectness.Row? {
        rows.reduce(nil) { best, row in best.map { $0.right >= row.right } ?? false ? best : row }
    }

    /// The plan at its best, beside the best of the others; a difference within the errors is none.
    var sentence: String? {
        guard let own = best(rows.filter { $0.kind == .plan }) else { return nil }
        let places = expected.correctness.places
        func fixed(_ row: ExpectedCorrectness.Row) -> String { NumberFormat.fixed(row.right, decimals: 2) }
        let first = language.say(
            "Of the \(places) truly best it will choose \(fixed(own)) on average, ranked by \(name(own.method, language))",
            "按\(name(own.method, language))排名，真正最好的 \(places) 个项目中平均选对 \(fixed(own)) 个")
        guard let other = best(rows.filter { $0.kind != .plan }) else { return first + language.say(".", "。") }
        let margin = 2 * (own.rightError * own.rightError + other.rightError * other.rightError).squareRoot()
        let comparison =
            other.right > own.right + margin
            ? language.say("fewer than", "少于")
            : other.right < own.right - margin ? language.say("more than", "多于") : language.say("like", "相当于")
        return first
            + language.say(
                ": \(comparison) the best alternative of as many scores, \(name(other.kind, language)) ranked by \(name(other.method, language)) (\(fixed(other))).",
                "，\(comparison)评分数相同的最佳替代方案：\(name(other.kind, language))，按\(name(other.method, language))排名（\(fixed(other)) 个）。")
    }

    var table: Table {
        func values(_ name: String, _ chinese: String, _ decimals: Int, _ value: (ExpectedCorrectness.Row) -> Double) -> Table.Column {
            Table.Column(
                name, heading: language.say(name.replacing("_", with: " "), chinese), .values(rows.map(value), decimals: decimals))
        }
        return Table(
            name: PlanTable.expected.rawValue,
            title: language.say(
                "How many of the \(expected.correctness.places) truly best are chosen", "真正最好的 \(expected.correctness.places) 个中选对几个"),
            columns: [
                Table.Column(
                    "design", heading: language.say("design", "设计"),
                    .texts(rows.map { cells == .en ? $0.kind.rawValue : name($0.kind, cells) })),
                values("right", "选对", 2, \.right), values("right_se", "标准误", 3, \.rightError),
                values("p_winner", "冠军正确", 3, \.winner), values("reliability", "信度", 3, \.reliability),
                Table.Column(
                    "method", heading: language.say("method", "方法"),
                    .texts(rows.map { cells == .en ? $0.method.rawValue : name($0.method, cells) })),
            ])
    }

    private func name(_ kind: SeatPlan.Kind, _ language: Language) -> String {
        switch kind {
        case .plan: language.say("the plan", "本方案")
        case .heats: language.say("disjoint heats", "互不重叠的场次")
        case .chain: language.say("a chain of heats", "链式场次")
        case .anchors: language.say("heats with anchors", "锚定场次")
        case .rotation: language.say("a rotation of judges", "评委轮换")
        }
    }

    private func name(_ method: ExpectedCorrectness.Method, _ language: Language) -> String {
        method == .mean ? language.say("the mean", "平均分") : language.say("the model", "模型")
    }

    var notes: [String] {
        let spread = expected.spread
        func fixed(_ value: Double) -> String { NumberFormat.fixed(value, decimals: 2) }
        let source = expected.file.map { language.say(", fitted to \($0)", "，由 \($0) 拟合") } ?? ""
        return [
            language.say(
                "expected: \(expected.correctness.draws) simulated contests; SD of entries \(fixed(spread.entrySD)), judges \(fixed(spread.judgeSD)), noise \(fixed(spread.noiseSD)), heats \(fixed(spread.heatSD)) points, of log scales \(fixed(spread.scaleSD))\(source).",
                "选对个数：模拟 \(expected.correctness.draws) 场；标准差（分）：项目 \(fixed(spread.entrySD))、评委 \(fixed(spread.judgeSD))、噪声 \(fixed(spread.noiseSD))、场次 \(fixed(spread.heatSD))，尺度对数 \(fixed(spread.scaleSD))\(source)。"
            ),
            language.say(
                "model: entries, judges and heats with the variances that made the scores, as rank --method crossed has them when it knows them. Alternatives have as many entries, judges and scores as the plan, without its conflicts.",
                "模型：项目、评委与场次的方差取生成评分的真值，相当于方差已知时的 rank --method crossed。替代方案的项目、评委和评分数与本方案相同，但不考虑回避关系。"),
        ]
    }
}
