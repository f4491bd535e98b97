package import Evenhand
import EvenhandIO

/// A confidential page for one judge: severity, scale, noise and agreement in plain words, and the scores to look at again. No other judge
/// is named.
package struct JudgeLetter {
    let calibration: JudgeCalibration
    /// The judge, by its index in the sheet.
    let judge: Int
    let language: Language

    /// A page for a judge of a calibration.
    package init(_ calibration: JudgeCalibration, judge: Int, language: Language) {
        (self.calibration, self.judge, self.language) = (calibration, judge, language)
    }

    private var sheet: ScoreSheet { calibration.sheet }

    /// The page.
    package var page: Page {
        var page = Page(title: sheet.judges[judge], verdict: verdict, sections: [scale, scores], language: language)
        page.about = [language.say("Confidential: for this judge alone.", "保密：仅供评委本人。")]
        return page
    }

    private var rows: [Int] { sheet.judgeCodes.indices.filter { Int(sheet.judgeCodes[$0]) == judge } }

    private func entry(ofRow row: Int) -> Int { Int(sheet.performances[sheet.performance(ofRow: row)].entry) }

    // MARK: - In words

    private var verdict: [String] { [severity, spread, noise, agreement, flags].compactMap(\.self) }

    private func points(_ value: Double) -> String { NumberFormat.fixed(value, decimals: max(1, sheet.calibratedDecimals - 1)) }

    private var severity: String? {
        guard let size = calibration.severity?.judges[judge] else { return nil }
        let interval = size.interval()
        let value = size.value
        if interval.contains(0) {
            // In the direction of the words before it, so that no sign contradicts them.
            let ends = [interval.lowerBound, interval.upperBound].map { value > 0 ? $0 : -$0 }.sorted().map(points)
            return language.say(
                "Your severity does not clearly differ from that of the others: on the same entries you scored \(points(value.magnitude)) points \(value > 0 ? "lower" : "higher") (95 % interval: \(ends[0]) to \(ends[1])), which may be chance.",
                "您的宽严与其他评委没有明显差别：在相同项目上您的给分\(value > 0 ? "低" : "高") \(points(value.magnitude)) 分（95% 区间：\(ends[0]) 至 \(ends[1])），可能出于偶然。"
            )
        }
        let kind = value > 0 ? language.say("lower", "低") : language.say("higher", "高")
        let ends = [interval.lowerBound.magnitude, interval.upperBound.magnitude].sorted().map(points)
        return language.say(
            "On the same entries you scored \(points(value.magnitude)) points \(kind) than the other judges (95 % interval: \(ends[0]) to \(ends[1])).",
            "在相同项目上，您的给分比其他评委\(kind) \(points(value.magnitude)) 分（95% 区间：\(ends[0]) 至 \(ends[1])）。")
    }

    private var spread: String? {
        guard let scale = calibration.calibrated?.scale(of: judge), let interval = calibration.calibrated?.scaleInterval(of: judge) else {
            return nil
        }
        let text = NumberFormat.fixed(scale, decimals: 2)
        if interval.contains(1) {
            return language.say(
                "You spread good and weak entries as far apart as the median judge (\(text) times).", "您拉开优劣差距的幅度与中位评委相当（\(text) 倍）。")
        }
        return scale < 1
            ? language.say("You use less of the scale than the median judge: \(text) times the spread.", "您使用的分差小于中位评委，为其 \(text) 倍。")
            : language.say("You use more of the scale than the median judge: \(text) times the spread.", "您使用的分差大于中位评委，为其 \(text) 倍。")
    }

    private var noise: String? {
        guard let ratio = calibration.comparison?.judges[judge]?.noiseRatio else { return nil }
        let text = NumberFormat.fixed(ratio.squareRoot(), decimals: 1)
        return language.say(
            "What entry and severity do not explain is \(text) times as large in your scores as in the others' (standard deviations).",
            "除去项目水平与宽严之后，您评分的波动（标准差）为其他评委的 \(text) 倍。")
    }

    private var agreement: String? {
        guard let consistency = calibration.consistency, let own = consistency.judges[judge] else { return nil }
        let all = consistency.judges.compactMap(\.self).sorted()
        let (text, middle) = (
            NumberFormat.fixed(own, decimals: 2), NumberFormat.fixed(Quantiles.median(ofSorted: all), decimals: 2)
        )
        return language.say(
            "Your scores correlate \(text) with the mean of the others; the median of all judges is \(middle).",
            "您的评分与其他评委平均分的相关为 \(text)，全体评委的中位数为 \(middle)。")
    }

    private var flags: String? {
        let flags = calibration.flags.judges[judge]
        guard !flags.isEmpty else {
            return language.say("Nothing in your scores stands out beyond chance.", "您的评分没有超出偶然的异常之处。")
        }
        let names = flags.map { language.name(of: $0) }.joined(separator: language.say(", ", "、"))
        return language.say("Beyond chance: \(names).", "超出偶然的特征：\(names)。")
    }

    // MARK: - Pictures and scores

    private var scale: Page.Section {
        func row(_ label: String, _ rows: [Int], tone: Plot.Tone = .plain) -> (Plot.Row, FiveNumbers)? {
            FiveNumbers(of: rows.map { sheet.score(at: $0) }).map { five in
                (
                    Plot.Row(
                        [label],
                        .interval(
                            low: five.least, point: five.median, high: five.greatest, inner: five.lowerQuartile...five.upperQuartile),
                        tone: tone), five
                )
            }
        }
        let own = Set(rows)
        let known = [
            row(language.say("you", "您"), rows, tone: .good),
            row(language.say("all others", "其他评委"), sheet.units.indices.filter { !own.contains($0) }),
        ].compactMap(\.self)
        let table = FiveNumbersTable(known.map(\.1), decimals: max(0, sheet.calibratedDecimals - 1), language: language).table(
            "scale", Table.Column("who", heading: language.say("whose", "谁"), .texts(known.map { $0.0.labels[0] })))
        let plot = Plot(
            title: language.say(
                "How you use the scale: from the lowest to the highest score, the middle half bold, the median marked",
                "您如何使用分数段：最低至最高，粗线为中间一半，标记为中位数"),
            .rows(Plot.Rows(known.map(\.0), scale: language.say("score", "分数"))), table: table.name, numbers: table)
        return Page.Section(language.say("Your scale", "打分尺度"), exhibits: [.plot(plot)])
    }

    private var scores: Page.Section {
        let rows = rows
        let outlying = Set((calibration.outlying?.scores ?? []).map(\.row))
        func others(_ row: Int) -> Double? {
            let rows = sheet.performances[sheet.performance(ofRow: row)].rows.filter { Int(sheet.judgeCodes[$0]) != judge }
            return rows.isEmpty ? nil : rows.reduce(0) { $0 + sheet.score(at: $1) } / Double(rows.count)
        }
        let means = rows.map(others)
        let again = rows.map { outlying.contains($0) ? language.say("look again", "请复核") : "" }
        let decimals = sheet.calibratedDecimals
        let found = rows.filter(outlying.contains).map { sheet.entries[entry(ofRow: $0)] }
        let said =
            found.isEmpty
            ? language.say("None of your scores is far from what the other scores predict.", "您没有明显偏离预期的评分。")
            : language.say(
                "Please look again at your scores for \(language.list(found)): they are far from what the other scores predict.",
                "请复核您对以下项目的评分，它们明显偏离预期：\(language.list(found))。")
        let table = Table(
            name: "scores",
            columns: [
                Table.Column("entry", heading: language.say("entry", "项目"), .texts(rows.map { sheet.entries[entry(ofRow: $0)] })),
                Table.Column(
                    "score", heading: language.say("your score", "您的分数"), .values(rows.map { sheet.score(at: $0) }, decimals: decimals - 1)),
                Table.Column("others", heading: language.say("mean of the others", "其他评委平均"), .numbers(means, decimals: decimals)),
                Table.Column(
                    "difference", heading: language.say("difference", "差"),
                    .numbers(zip(rows, means).map { row, mean in mean.map { sheet.score(at: row) - $0 } }, decimals: decimals)),
                Table.Column("again", heading: language.say("remark", "备注"), .texts(again)),
            ])
        return Page.Section(language.say("Your scores", "您的评分"), paragraphs: [said], exhibits: [.table(table, isOpen: true)])
    }
}
