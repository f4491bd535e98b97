public import Evenhand
public import EvenhandIO

extension Table {
    /// How the results of one entry came about, step by step: a table `explain` of step, what and value.
    ///
    /// - Throws: `DesignError.unknownEntry` when no entry has that name, and what the steps of the rule throw.
    public init(explaining entry: String, in ranking: Ranking, language: Language) throws {
        guard let index = ranking.sheet.entries.firstIndex(of: entry) else {
            throw DesignError.unknownEntry(entry, nearest: NearestNames.of(entry, among: ranking.sheet.entries))
        }
        var explanation = Explanation(ranking: ranking, entry: index, language: language)
        if let rule = ranking.rule { try explanation.add(rule) } else { explanation.addScores() }
        for column in ranking.columns.indices {
            if ranking.rule == nil { explanation.addMethod(column) } else if column > 0 { break }
            explanation.addRank(column)
        }
        self.init(
            name: RankingTable.explain.rawValue, title: language.say("How \(entry) came to its place", "\(entry) 的计算过程"),
            columns: explanation.columns)
    }
}

/// The rows of `explain`.
private struct Explanation {
    let ranking: Ranking
    let entry: Int
    let language: Language
    private var rows: [(step: String, what: String, value: String)] = []

    init(ranking: Ranking, entry: Int, language: Language) { (self.ranking, self.entry, self.language) = (ranking, entry, language) }

    var columns: [Table.Column] {
        [
            Table.Column("step", heading: language.say("step", "步骤"), .texts(rows.map(\.step))),
            Table.Column("what", heading: language.say("what", "内容"), .texts(rows.map(\.what)), isWhole: true),
            Table.Column("value", heading: language.say("value", "数值"), .texts(rows.map(\.value))),
        ]
    }

    private mutating func add(_ step: String, _ what: String, _ value: Fraction) { rows.append((step, what, RuleText.text(value))) }

    // MARK: A rule

    /// Every performance that counts: those of earlier stages where the rule weighs them.
    mutating func add(_ results: RuleResults) throws {
        let name = ranking.sheet.entries[entry]
        let stage = try results.stage(of: ranking.sheet)
        let counts = results.rule.stages.indices.contains(stage) ? results.rule.stages[stage].weights.map(\.stage) : []
        let isRanked = results.sheet.heats.map(ranking.sheet.heats.contains)
        var found: [(stage: Int, index: Int)] = []
        for (index, performance) in results.sheet.performances.enumerated() where results.sheet.entries[Int(performance.entry)] == name {
            if let first = results.performances(combinedWith: index).first, first != index { continue }
            let own = results.stage(ofHeat: Int(performance.heat))
            if isRanked[Int(performance.heat)] || (!results.rule.stages.isEmpty && counts.contains(results.stageNames[own] ?? "")) {
                found.append((own, index))
            }
        }
        found.sort { ($0.stage, $0.index) < ($1.stage, $1.index) }
        for (own, index) in found {
            let prefix = found.count > 1 ? (results.stageNames[own] ?? "") + language.say(": ", "：") : ""
            try add(results, performance: index, stage: own, prefix: prefix)
        }
        guard results.rule.stages.indices.contains(stage), !results.rule.stages[stage].weights.isEmpty else { return }
        for weight in results.rule.stages[stage].weights {
            guard let part = found.first(where: { results.stageNames[$0.stage] == weight.stage }) else { continue }
            let result = results.performances[part.index]
            add("cumulative", "\(RuleText.text(weight.weight)) × \(RuleText.text(result)) (\(weight.stage))", try weight.weight * result)
        }
        if let total = ranking.columns[0].results.shownFraction(entry) {
            add(
                "cumulative", results.rule.stages[stage].rounding.map { RuleText.name(.round($0), language) } ?? language.say("sum", "总和"),
                total)
        }
    }

    private mutating func add(_ results: RuleResults, performance: Int, stage: Int, prefix: String) throws {
        var before: [RuleStep.Cell] = []
        for (number, step) in try results.steps(ofPerformance: performance).enumerated() {
            guard let kind = step.step else {
                for cell in step.cells { add(prefix + "scores", location(cell, of: performance, results), cell.value) }
                before = step.cells
                continue
            }
            let (label, words) = ("\(prefix)\(number) \(kind.word)", RuleText.name(kind, language))
            let shown = step.cells.indices.filter { position in
                switch kind {
                case .trim, .best: step.cells[position].isDropped
                case .clip, .round: before[position].value != step.cells[position].value
                default: true
                }
            }
            if shown.isEmpty { rows.append((label, language.say("nothing changes: ", "无变化：") + words, "")) }
            for index in shown {
                let cell = step.cells[index]
                let amount =
                    cell.isDropped
                    ? language.say("left out", "去掉") : amount(of: index, in: step, results, stage: stage, number: number)
                let what = [location(cell, of: performance, results), amount ?? words].filter { !$0.isEmpty }
                add(label, what.joined(separator: language.say(": ", "：")), cell.value)
            }
            before = step.cells.filter { !$0.isDropped }
        }
        add(prefix + "result", "", results.performances[performance])
    }

    /// A factor or what is subtracted, in numbers.
    private func amount(of position: Int, in step: RuleStep, _ results: RuleResults, stage: Int, number: Int) -> String? {
        guard let kind = step.step, step.amounts.indices.contains(position) else { return nil }
        let amount = step.amounts[position]
        let text = RuleText.text(amount)
        switch kind {
        case .clip: return RuleText.name(.clip(.fixed(amount)), language)
        case .add: return "+ \(text)"
        case .subtract: return "− \(text)"
        case .multiply: return "× \(text)"
        case .divide: return "÷ \(text)"
        case .coefficient:
            let before = results.rule.steps(of: stage)[..<(number - 1)].count { $0.word == kind.word }
            let mine = results.coefficients.filter { $0.stage == stage }
            let heat = Int(step.cells[position].heat)
            guard mine.indices.contains(before), let mean = mine[before].heatMeans[heat] else { return "× \(text)" }
            return "× \(text) = \(RuleText.text(mine[before].mean)) / \(RuleText.text(mean))"
        default: return nil
        }
    }

    private func location(_ cell: RuleStep.Cell, of performance: Int, _ results: RuleResults) -> String {
        let sheet = results.sheet
        let isAlone = results.performances(combinedWith: performance).count == 1
        let heat = isAlone || cell.heat == Factor.missing ? nil : sheet.heats[Int(cell.heat)]
        let judge = cell.judge == Factor.missing ? nil : sheet.judges[Int(cell.judge)]
        // Of one criterion alone the name says nothing.
        let criterion = cell.criterion == Factor.missing || sheet.criteria.count == 1 ? nil : sheet.criteria[Int(cell.criterion)]
        return [heat?.stage, heat?.name, judge, criterion].compactMap(\.self).joined(separator: language.say(", ", "，"))
    }

    // MARK: Methods

    private var scores: [(name: String, row: Int)] {
        let sheet = ranking.sheet
        return sheet.performances.filter { Int($0.entry) == entry }.flatMap { performance in
            performance.rows.map { row in
                let heat = sheet.hasSeveralHeats(entry) ? (sheet.heats[Int(performance.heat)].name ?? "") + language.say(", ", "，") : ""
                return (heat + sheet.judges[Int(sheet.judgeCodes[row])], row)
            }
        }
    }

    mutating func addScores() {
        for score in scores { rows.append(("scores", score.name, number(ranking.sheet.score(at: score.row)))) }
    }

    mutating func addMethod(_ index: Int) {
        let column = ranking.columns[index]
        let sorted = scores.sorted { ranking.sheet.units[$0.row] < ranking.sheet.units[$1.row] }
        let points = sorted.map { ranking.sheet.score(at: $0.row) }
        switch column.method {
        case .trimmed(let trim):
            let drop = trim.dropped(of: sorted.count)
            guard sorted.count >= 2 * drop + 1 else { break }
            for index in Array(0..<drop) + Array(sorted.count - drop..<sorted.count) {
                rows.append((column.name, language.say("left out: ", "去掉：") + sorted[index].name, number(points[index])))
            }
            addSum(column.name, sorted[drop..<sorted.count - drop].map(\.row))
        case .mean: addSum(column.name, sorted.map(\.row))
        case .normalized:
            guard let values = column.results.normalization?.values else { break }
            for score in scores {
                let value = column.results.direction.turned(values[score.row])
                rows.append((column.name, score.name, NumberFormat.fixed(value, decimals: 3)))
            }
        default:
            if let model = column.results.model { addParts(column.name, model) }
        }
        rows.append((column.name, language.say("result", "结果"), result(column)))
    }

    /// From the mean to the fair average: score by score, then step by step.
    private mutating func addParts(_ name: String, _ model: FairAverages) {
        let parts = model.parts(of: entry, in: ranking.sheet)
        let direction = ranking.sheet.direction
        func text(_ value: Double) -> String { NumberFormat.fixed(direction.turned(value), decimals: 3) }
        func signed(_ value: Double) -> String { (direction.turned(value) > 0 ? "+" : "") + text(value) }
        let names = Dictionary(uniqueKeysWithValues: scores.map { ($0.row, $0.name) })
        for score in parts.scores {
            let judge = Int(ranking.sheet.judgeCodes[score.row])
            let what = (names[score.row] ?? "") + language.say(": ", "：") + JudgeText(model: model, language: language).traits(of: judge)
            rows.append((name, what, text(score.adjusted)))
        }
        rows.append((name, language.say("mean of the scores as given", "原始评分的平均"), text(parts.mean)))
        rows.append((name, language.say("severity of its judges", "其评委的宽严"), signed(parts.severity)))
        if model.calibrated != nil {
            rows.append((name, language.say("scales and noises of its judges", "其评委的尺度与误差"), signed(parts.weighing)))
        }
        if parts.shrinkage.magnitude > 5e-4 {
            rows.append((name, language.say("drawn toward the mean of all entries", "向全体平均收缩"), signed(parts.shrinkage)))
        }
    }

    private mutating func addSum(_ name: String, _ scores: [Int]) {
        let sum = scores.reduce(0) { $0 + ranking.sheet.units[$1] } / ranking.sheet.unitsPerPoint
        let what = language.say("sum of \(language.count(scores.count, "score", ""))", "\(scores.count) 个评分之和")
        rows.append((name, what, number(ranking.sheet.direction.turned(sum))))
    }

    private func result(_ column: Ranking.Column) -> String {
        column.results.shownFraction(entry).map(RuleText.text) ?? NumberFormat.fixed(column.results.shown[entry], decimals: 3)
    }

    /// As many decimals as the scores have.
    private func number(_ value: Double) -> String {
        var (places, power) = (0, 1.0)
        while power < ranking.sheet.unitsPerPoint, places < 6 { (places, power) = (places + 1, power * 10) }
        return ranking.sheet.isExact ? NumberFormat.fixed(value, decimals: places) : NumberFormat.shortest(value)
    }

    // MARK: The place

    mutating func addRank(_ index: Int) {
        let column = ranking.columns[index]
        for separation in column.tieBreaking?.separations ?? [] where separation.parts.joined().contains(Int32(entry)) {
            let parts = zip(separation.parts, separation.keys).map { part, key in
                let names = part.map { ranking.sheet.entries[Int($0)] }.joined(separator: " = ")
                return key.isEmpty ? names : "\(names) (\(key.map(RuleText.text).joined(separator: ", ")))"
            }
            let what = language.say("tie-break ", "并列区分：") + language.name(of: separation.by)
            rows.append((column.name, what, parts.joined(separator: " > ")))
        }
        let rank = column.ranks.ranks[entry]
        let count = ranking.sheet.entries.count
        rows.append(
            (column.name, language.say("rank among \(count)", "\(count) 个项目中的名次"), Int(exactly: rank).map(String.init) ?? "\(rank)"))
        guard column.results.model != nil, let mean = meanRank else { return }
        func text(_ places: Double) -> String { Int(exactly: places).map(String.init) ?? "\(places)" }
        let places = mean - rank
        rows.append(
            (
                column.name,
                language.say("places gained compared with the mean (rank \(text(mean)))", "相对平均分上升的名次（平均分第 \(text(mean)) 名）"),
                (places > 0 ? "+" : "") + text(places)
            ))
    }

    /// The rank by the mean, whether it was asked for or not.
    private var meanRank: Double? {
        if let column = ranking.columns.first(where: { $0.method == .mean }) { return column.ranks.ranks[entry] }
        return (try? Ranking(of: ranking.sheet, by: .mean, ties: ranking.ties))?.columns[0].ranks.ranks[entry]
    }
}

extension ScoreSheet {
    fileprivate func hasSeveralHeats(_ entry: Int) -> Bool { performances.count { Int($0.entry) == entry } > 1 }
}

extension ScoringRule.Step {
    /// The word of the step in a rule file.
    fileprivate var word: String {
        switch self {
        case .trim: "trim"
        case .clip: "clip"
        case .round: "round"
        case .judges: "judges"
        case .criteria: "criteria"
        case .add: "add"
        case .subtract: "subtract"
        case .multiply: "multiply"
        case .divide: "divide"
        case .coefficient: "coefficient"
        case .best: "best"
        case .heats: "heats"
        case .preferences: "preferences"
        }
    }
}
