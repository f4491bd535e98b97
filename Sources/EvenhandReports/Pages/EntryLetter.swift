package import Evenhand
import EvenhandIO

/// A page for one entry: its result and place, how sure the place is, its scores beside what each judge usually gives, the places by other
/// methods, and what it would have taken. No other entry is named.
package struct EntryLetter {
    /// What is known about the list and its cut; without a number of places, about a cut below the last entry.
    let analysis: FinalsAnalysis
    /// The entry, by its index in `analysis.list.entries`.
    let entry: Int
    let language: Language

    /// A page for an entry of a list.
    package init(_ analysis: FinalsAnalysis, entry: Int, language: Language) {
        (self.analysis, self.entry, self.language) = (analysis, entry, language)
    }

    private var list: OfficialList { analysis.list }
    private var sheet: ScoreSheet { list.totals.sheet }
    private var places: Int { analysis.rules.places }
    private var hasCut: Bool { places < list.entries.count }
    private var decimals: Int { list.column.results.decimals(of: list) }

    /// The page.
    package var page: Page {
        var sections = [scores]
        if let methods { sections.append(methods) }
        if let change { sections.append(change) }
        return Page(title: list.entries[entry], verdict: verdict, sections: sections, language: language)
    }

    // MARK: - Result and certainty

    private var verdict: [String] { [result, sure].compactMap(\.self) }

    private var result: String {
        let count = list.entries.count
        let position = Int(list.ranks[entry])
        let shown = list.column.results.shown[entry]
        let points = NumberFormat.fixed(shown, decimals: decimals)
        let shared = list.ranks.count { $0 == list.ranks[entry] } > 1
        let start = language.say(
            "Your result is \(points): \(shared ? "a shared " : "")place \(position) of \(count).",
            "您的成绩为 \(points)，\(shared ? "并列" : "")第 \(position) 名，共 \(count) 个项目。")
        guard hasCut, let gap = analysis.cut.gaps[entry]?.points else { return start }
        if gap == 0, let chain = list.column.tieBreaking?.chain, list.tied(across: places).isEmpty {
            let steps = chain.map { language.name(of: $0) }.joined(separator: language.say(", ", "、"))
            return start
                + (list.isIn(places: places)[entry]
                    ? language.say(
                        " It is among the first \(places); the first that is not has the same result, and the rule's tie-break (\(steps)) decided.",
                        "位列前 \(places) 名；首个未入围者成绩相同，按规则的并列区分办法（\(steps)）排定先后。")
                    : language.say(
                        " The first \(places) go on; the last of them has the same result, and the rule's tie-break (\(steps)) decided.",
                        "前 \(places) 名入围；其中最后一名成绩与您相同，按规则的并列区分办法（\(steps)）排定先后。"))
        }
        let distance = NumberFormat.fixed(gap.magnitude, decimals: decimals)
        if list.isIn(places: places)[entry] {
            return start
                + language.say(
                    " It is among the first \(places), \(distance) points above the first that is not.",
                    "位列前 \(places) 名，高出首个未入围者 \(distance) 分。")
        }
        return start
            + language.say(
                " The first \(places) go on; \(distance) points were missing.", "前 \(places) 名入围，差 \(distance) 分。")
    }

    private var sure: String? {
        guard let ranks = analysis.cut.certainty?.ranks, let range = analysis.wideIntervals?[entry] else {
            return language.say("How certain this place is cannot be computed from these scores.", "依据这些评分无法计算该名次的可靠程度。")
        }
        let ends =
            range.count == 1
            ? language.say("is place \(range.lowerBound)", "为第 \(range.lowerBound) 名")
            : language.say(
                "lies between places \(range.lowerBound) and \(range.upperBound)", "在第 \(range.lowerBound) 名至第 \(range.upperBound) 名之间")
        let start = language.say(
            "Judges differ, so a place is not exact: with 90 % certainty the true place \(ends).", "评委意见有别，名次并非绝对精确：有 90% 的把握，真实名次\(ends)。")
        guard hasCut else { return start }
        let percent = NumberFormat.fixed(100 * ranks.topProbabilities[entry], decimals: 0)
        return start
            + language.say(
                " The chance that the entry truly belongs among the best \(places) is \(percent) %.", "真正属于前 \(places) 名的可能性为 \(percent)%。")
    }

    // MARK: - Scores

    private var rows: [Int] {
        sheet.performances.filter { Int($0.entry) == entry }.flatMap { Array($0.rows) }
    }

    private var scores: Page.Section {
        var given = [[Double]](repeating: [], count: sheet.judges.count)
        for (row, judge) in sheet.judgeCodes.enumerated() { given[Int(judge)].append(sheet.score(at: row)) }
        let rows = rows
        let five = rows.map { FiveNumbers(of: given[Int(sheet.judgeCodes[$0])]) }
        let names = rows.map { sheet.judges[Int(sheet.judgeCodes[$0])] }
        let pictured = zip(names, zip(rows, five)).map { name, score in
            let points = sheet.score(at: score.0)
            guard let all = score.1, all.least < all.greatest else { return Plot.Row([name], .point(points)) }
            return Plot.Row(
                [name], .interval(low: all.least, point: points, high: all.greatest, inner: all.lowerQuartile...all.upperQuartile))
        }
        let places = max(0, sheet.calibratedDecimals - 1)
        let medians = five.map { $0?.median }
        let table = Table(
            name: "scores",
            columns: [
                Table.Column("judge", heading: language.say("judge", "评委"), .texts(names)),
                Table.Column("score", heading: language.say("score", "分数"), .values(rows.map { sheet.score(at: $0) }, decimals: places)),
                Table.Column(
                    "usual", heading: language.say("the judge's median", "该评委的中位分"), .numbers(medians, decimals: places)),
                Table.Column(
                    "difference", heading: language.say("difference", "差"),
                    .numbers(zip(rows, medians).map { row, usual in usual.map { sheet.score(at: row) - $0 } }, decimals: places)),
            ])
        let plot = Plot(
            title: language.say(
                "Your score (the point) among all scores of the same judge: the line runs from the lowest to the highest, the middle half is bold",
                "各评委给您的分数（圆点）在其全部给分中的位置：细线为最低至最高，粗线为中间一半"),
            .rows(Plot.Rows(pictured, scale: language.say("score", "分数"))), table: "scores")
        return Page.Section(language.say("The scores", "各评委评分"), exhibits: [.plot(plot), .table(table, isOpen: true)])
    }

    // MARK: - Methods and changes

    private var methods: Page.Section? {
        guard let methods = analysis.methods, methods.columns.count > 1 else { return nil }
        let ranks = methods.columns.map { Int($0.ranks[entry]) }
        let (best, worst) = (ranks.min() ?? 0, ranks.max() ?? 0)
        let said =
            best == worst
            ? language.say("Every method gives the same place.", "各种计算方法给出的名次相同。")
            : language.say(
                "Other ways of computing give places from \(best) to \(worst).", "换用其他计算方法，名次在第 \(best) 名至第 \(worst) 名之间。")
        let table = Table(
            name: "methods",
            columns: [
                Table.Column(
                    "method", heading: language.say("method", "方法"),
                    .texts(
                        methods.columns.map { column in
                            language.name(ofMethod: column.name)
                        })),
                Table.Column("rank", heading: language.say("rank", "名次"), .integers(ranks)),
            ])
        return Page.Section(
            language.say("By other methods", "其他计算方法"), paragraphs: [said] + reasons(methods), exhibits: [.table(table, isOpen: false)])
    }

    /// Why the place moves: the extreme scores, or the severity of the judges.
    private func reasons(_ methods: MethodComparison) -> [String] {
        func rank(_ name: String) -> Int? { methods.columns.first { $0.name == name }.map { Int($0.ranks[entry]) } }
        guard let mean = rank("mean") else { return [] }
        var sentences: [String] = []
        let scores = rows.map { sheet.score(at: $0) }.sorted()
        if let trimmed = rank("trimmed"), trimmed != mean, let low = scores.first, let high = scores.last {
            sentences.append(
                language.say(
                    "By plain means place \(mean); without the highest (\(NumberFormat.shortest(high))) and the lowest score (\(NumberFormat.shortest(low))) place \(trimmed).",
                    "按平均分为第 \(mean) 名；去掉最高分（\(NumberFormat.shortest(high))）与最低分（\(NumberFormat.shortest(low))）后为第 \(trimmed) 名。"))
        }
        if let scaled = rank("zscore"), scaled != mean {
            sentences.append(
                language.say(
                    "When each judge's own scale is taken out (z-scores): place \(scaled).", "消除各评委打分尺度的差别（标准分）后为第 \(scaled) 名。"))
        }
        return sentences
    }

    private var change: Page.Section? {
        guard hasCut, let change = analysis.changes?[entry], change.scored == entry else { return nil }
        let points = NumberFormat.fixed(change.points.magnitude, decimals: sheet.isExact ? 2 : 3)
        let isIn = list.isIn(places: places)[entry]
        let sentence =
            isIn
            ? language.say(
                "One score lower by \(points) points would have taken the entry out of the first \(places).",
                "任一评分再低 \(points) 分，就可能跌出前 \(places) 名。")
            : language.say(
                "One score higher by \(points) points would have taken the entry among the first \(places).",
                "某一评分再高 \(points) 分，就可进入前 \(places) 名。")
        return Page.Section(language.say("What it would have taken", "差距有多大"), paragraphs: [sentence])
    }
}
