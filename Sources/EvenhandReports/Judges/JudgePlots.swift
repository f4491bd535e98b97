import Evenhand
import EvenhandIO

/// Pictures of the judges: severity, how each uses the scale, where all are on one scale, and every score against what was expected of it.
struct JudgePlots {
    let calibration: JudgeCalibration
    let flags: JudgeFlags
    let layout: JudgesLayout
    let language: Language
    /// The judges in the order of their table.
    let order: [Int]

    init(_ calibration: JudgeCalibration, flags: JudgeFlags, layout: JudgesLayout, language: Language) {
        (self.calibration, self.flags, self.layout, self.language) = (calibration, flags, layout, language)
        order = JudgeTable(calibration, layout, language).order
    }

    private var sheet: ScoreSheet { calibration.sheet }

    var all: [Plot] { [severity, distributions, ruler, residuals].compactMap(\.self) }

    private func tone(_ judge: Int) -> Plot.Tone { flags.judges[judge].isEmpty ? .plain : .open }

    private func words(_ judge: Int) -> String {
        flags.judges[judge].map { language.name(of: $0) }.joined(separator: language.say(", ", "、"))
    }

    private var severity: Plot? {
        guard let sizes = calibration.severity?.judges, sizes.contains(where: { $0 != nil }) else { return nil }
        let rows = order.map { judge -> Plot.Row in
            guard let size = sizes[judge] else { return Plot.Row([sheet.judges[judge]], .empty) }
            let interval = size.interval()
            return Plot.Row(
                [sheet.judges[judge]], .interval(low: interval.lowerBound, point: size.value, high: interval.upperBound),
                value: words(judge), tone: tone(judge))
        }
        let apart = order.filter { judge in sizes[judge].map { !$0.interval().contains(0) } ?? false }
        let names = language.list(apart.map { sheet.judges[$0] }, most: 6)
        let caption =
            apart.isEmpty
            ? language.say("Every interval contains 0: none is shown to differ from the others.", "各区间均包含 0：没有评委显示出与其他评委的差别。")
            : language.say("The interval excludes 0 for \(names).", "区间不含 0 的有：\(names)。")
        return Plot(
            title: language.say(
                "Severity of each judge, with 95 % intervals: to the right severe, to the left lenient", "各评委的宽严与 95% 区间：偏右为严，偏左为宽"),
            caption: caption,
            .rows(
                Plot.Rows(
                    rows, reference: 0, scale: language.say("points below the other judges on the same entries", "在相同项目上低于其他评委的分数"))),
            table: JudgesTable.judges.rawValue)
    }

    private var distributions: Plot? {
        var scores = [[Double]](repeating: [], count: sheet.judges.count)
        for (row, judge) in sheet.judgeCodes.enumerated() { scores[Int(judge)].append(sheet.score(at: row)) }
        let known = order.compactMap { judge in FiveNumbers(of: scores[judge]).map { (judge, $0) } }
        guard !known.isEmpty else { return nil }
        let rows = known.map { judge, five in
            Plot.Row(
                [sheet.judges[judge]],
                .interval(low: five.least, point: five.median, high: five.greatest, inner: five.lowerQuartile...five.upperQuartile),
                value: words(judge), tone: tone(judge))
        }
        let judges = Factor(levels: sheet.judges, codes: known.map { Int32($0.0) })
        let table = FiveNumbersTable(known.map(\.1), decimals: max(0, sheet.calibratedDecimals - 1), language: language).table(
            "distributions", Table.Column("judge", heading: language.say("judge", "评委"), .factor(judges)))
        return Plot(
            title: language.say(
                "The scores of each judge: from the least to the greatest, the middle half bold, the median marked",
                "各评委的给分：最低至最高，粗线为中间一半，标记为中位数"),
            .rows(Plot.Rows(rows, scale: language.say("score", "分数"))), numbers: table)
    }

    /// Wright's map on the scale of the scores: a judge is where the average entry would be scored by it.
    private var ruler: Plot? {
        guard let additive = calibration.additive, calibration.severity?.isComparable == true, sheet.entries.count > 1 else { return nil }
        let (fair, effects) = (additive.fairAverages, additive.judgeEffects)
        let turned: (Double) -> Double = { sheet.direction.turned($0) }
        let middle = fair.reduce(0, +) / Double(fair.count)
        let scores = sheet.units.indices.map { sheet.score(at: $0) }
        let entries = Plot.Ruler.Column(
            language.say("entries: fair averages", "项目：公平均分"), names: sheet.entries, values: fair.map(turned))
        let judges = Plot.Ruler.Column(
            language.say("judges: score of an average entry", "评委：给平均项目的分数"), names: sheet.judges,
            values: effects.map { turned(middle + $0) })
        let decimals = sheet.calibratedDecimals
        let names = sheet.entries + sheet.judges
        let kinds =
            sheet.entries.map { _ in language.say("entry", "项目") } + sheet.judges.map { _ in language.say("judge", "评委") }
        let table = Table(
            name: "ruler",
            columns: [
                Table.Column("name", heading: language.say("name", "名称"), .texts(names)),
                Table.Column("kind", heading: language.say("kind", "类别"), .texts(kinds)),
                Table.Column(
                    "place", heading: language.say("place on the scale", "在尺上的位置"),
                    .values(entries.values + judges.values, decimals: decimals)),
            ])
        return Plot(
            title: language.say("Scores, entries and judges on one scale", "分数、项目与评委在同一把尺上"),
            .ruler(Plot.Ruler([Plot.Ruler.Column(language.say("scores", "评分数"), values: scores), entries, judges])), numbers: table)
    }

    /// The most fields that are drawn; a grid of thousands of judges shows nothing.
    private static let mostJudges = 60

    private var residuals: Plot? {
        guard let additive = calibration.additive, let variance = additive.residualVariance, variance > 0,
            sheet.judges.count <= JudgePlots.mostJudges
        else { return nil }
        let deviation = variance.squareRoot()
        var sums = [[(sum: Double, count: Int)]](
            repeating: [(sum: Double, count: Int)](repeating: (0, 0), count: order.count), count: sheet.entries.count)
        var position = [Int](repeating: 0, count: sheet.judges.count)
        for (column, judge) in order.enumerated() { position[judge] = column }
        for row in sheet.units.indices {
            let entry = Int(sheet.performances[sheet.performance(ofRow: row)].entry)
            let column = position[Int(sheet.judgeCodes[row])]
            sums[entry][column].sum += sheet.direction.turned(additive.residuals[row]) / deviation
            sums[entry][column].count += 1
        }
        let entries = Ranks.ascending(additive.fairAverages.map { -$0 })
        let values = entries.map { entry in sums[entry].map { $0.count == 0 ? nil : $0.sum / Double($0.count) as Double? } }
        let grid = Plot.Grid(
            rows: entries.map { sheet.entries[$0] }, columns: order.map { sheet.judges[$0] }, values: values, decimals: nil, middle: 0,
            extent: 3)
        return Plot(
            title: language.say(
                "Each score against what entry and judge make expected: + more than two and a half noise SDs above, − as far below",
                "每个评分与预期之差：+ 高出 2.5 个误差标准差以上，− 低出同样多"),
            .grid(grid), numbers: grid.table(heading: language.say("entry", "项目")))
    }
}

/// How the scores of several judges lie, in five numbers each.
struct FiveNumbersTable {
    private let rows: [FiveNumbers]
    private let decimals: Int
    private let language: Language

    init(_ rows: [FiveNumbers], decimals: Int, language: Language) {
        (self.rows, self.decimals, self.language) = (rows, decimals, language)
    }

    /// - Parameter names: the column that says whose scores they are.
    func table(_ name: String, _ names: Table.Column) -> Table {
        func numbers(_ name: String, _ english: String, _ chinese: String, _ value: (FiveNumbers) -> Double) -> Table.Column {
            Table.Column(name, heading: language.say(english, chinese), .values(rows.map(value), decimals: decimals))
        }
        return Table(
            name: name,
            columns: [
                names, numbers("least", "least", "最低", \.least), numbers("lower_quartile", "lower quartile", "下四分位", \.lowerQuartile),
                numbers("median", "median", "中位", \.median), numbers("upper_quartile", "upper quartile", "上四分位", \.upperQuartile),
                numbers("greatest", "greatest", "最高", \.greatest),
            ])
    }
}
