import Evenhand
import EvenhandIO

/// The sentences around a ranking.
struct RankingText {
    let ranking: Ranking
    let totals: Totals
    let selection: Selection
    let layout: RankingLayout
    let language: Language

    /// What the order rests on, and how far the methods agree.
    var verdict: String { [basis, own, agreement].compactMap(\.self).joined(separator: language.say(" ", "")) }

    /// The rule that decided the order when no method was asked for.
    private var own: String? {
        layout.ownResult.map { language.sortedByOwn($0, unless: "--sort mean") }
    }

    private var basis: String {
        let (sheet, design) = (ranking.sheet, ranking.design)
        let (entries, judges) = (sheet.entries.count, sheet.judges.count)
        if layout.sortColumn == 0, let earlier = RuleText(ranking: ranking, language: language).differentPanels { return earlier }
        if design.isComplete || sheet.hasRepeatedEntries && sheet.performances.allSatisfy({ $0.rows.count == judges }) {
            let who = entries == 1 ? "The only entry" : "All \(entries) entries"
            let panel = judges == 1 ? "the same judge" : "the same \(judges) judges"
            return language.say(
                "\(who) \(entries == 1 ? "was" : "were") scored by \(panel): this order needs no assumption about judges' severity.",
                "全部 \(entries) 个项目由同一组 \(judges) 位评委评分：该排序不需要对评委宽严作任何假设。")
        }
        if design.subsetCount > 1 {
            let base = language.say(
                "The panels fall into \(design.subsetCount) groups that share no judge. The order within a heat holds; across heats it rests on an assumption.",
                "各评委组分为 \(design.subsetCount) 个互不重叠的组。场内排序成立；跨组比较只是一种假设。")
            if ranking.rule?.rule.needsWholeStage == true, layout.sortColumn == 0 {
                return base + language.say(" The rule's coefficient assumes that all heats are equally strong.", "规则的修正系数假设各场次水平相同。")
            }
            guard let assumption = layout.assumption else { return base }
            return base + assumed(assumption)
        }
        let range = design.scoresPerEntry
        let each = range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
        return language.say(
            "The \(entries) entries were scored by different but overlapping judges (\(each) scores each, \(language.count(judges, "judge", "")) in all): plain means depend on which judges an entry drew, and z-scores assume that every judge saw entries of the same average quality.",
            "\(entries) 个项目由不同的评委评分（每个 \(each) 个评分，共 \(judges) 位评委），评委组有重叠：平均分受抽到哪些评委的影响，标准分则假设每位评委所见项目的平均水平相同。")
    }

    private func assumed(_ assumption: RankingLayout.Assumption) -> String {
        switch assumption {
        case .equalPanels: language.say(" Assumed here: all panels are equally severe (sorted by mean).", "此处假设：各评委组宽严相同（按平均分排序）。")
        case .equalHeats: language.say(" Assumed here: all heats are equally strong (sorted by centered).", "此处假设：各场次水平相同（按中心化分数排序）。")
        case .bothRandom:
            language.say(
                " Assumed here: judges, and the strength of heats, are drawn at random (sorted by crossed).",
                "此处假设：评委与各场次水平均为随机抽取（按交叉效应模型排序）。")
        }
    }

    private var agreement: String? {
        guard ranking.columns.count > 1, ranking.design.subsetCount == 1 else { return nil }
        let last = ranking.columns.count - 1
        let places = min(layout.places ?? 10, ranking.sheet.entries.count)
        // On all places any two methods agree.
        guard places < ranking.sheet.entries.count else { return nil }
        let common = ranking.agreement(0, last, places: places)
        let (a, b) = (language.name(ofMethod: ranking.columns[0].name), language.name(ofMethod: ranking.columns[last].name))
        return language.say(
            "\(a) and \(b) agree on \(common) of the first \(places).",
            common == places ? "“\(a)”与“\(b)”的前 \(places) 名完全相同。" : "“\(a)”与“\(b)”的前 \(places) 名中有 \(common) 个相同。")
    }

    /// Everything a reader needs besides the numbers.
    var notes: [String] {
        let rule = RuleText(ranking: ranking, language: language)
        return [ranked, inexact].compactMap(\.self) + nestingNotes + rule.notes + methodNotes + short + treatmentNotes
            + ballotNotes + rule.tieBreakNotes + tieNotes
    }

    /// What models make of a short scale.
    private var short: [String] {
        let hasModel = ranking.columns.contains { $0.results.model != nil }
        return hasModel ? [ModelText.shortScale(ranking.sheet, language)].compactMap(\.self) : []
    }

    private var ranked: String? {
        let left = selection.heatsLeftOut
        let leftOut =
            left == 0 || RuleText(ranking: ranking, language: language).countsEarlierStages
            ? "" : language.say(" \(language.count(left, "earlier heat", "")) left out; see --stage.", "未计入此前 \(left) 个场次；见 --stage。")
        return language.say("Ranked: ", "排名范围：") + language.extent(of: ranking.sheet, stage: selection.stage) + leftOut
    }

    private var inexact: String? {
        ranking.sheet.isExact
            ? nil
            : language.say(
                "Not all scores are decimals of at most 6 places, so they were read as binary numbers: results are not exact, and nearly equal ones count as tied.",
                "评分不是 6 位以内的小数，按二进制浮点数读取：结果并非精确值，极接近的结果视为并列。")
    }

    /// The attributes of the table that say the same as the heat.
    private var nestingNotes: [String] {
        guard ranking.sheet.heats.count > 1 else { return [] }
        return AttributeNesting.all(of: ranking.sheet, ranking.design).filter { $0.isInHeats || $0.holdsHeats || $0.isInSubsets }
            .map { "\($0.attribute)" + language.say(": ", "：") + language.sentence($0) + language.say(".", "。") }
    }

    private var methodNotes: [String] {
        ranking.columns.compactMap { MethodText.note(for: $0.method, $0.results, in: ranking.sheet, language) }
    }

    /// Who was treated specially is the same for all methods that have the rule, so it is said once.
    private var treatmentNotes: [String] {
        let normalizations = ranking.columns.compactMap(\.results.normalization)
        guard let first = normalizations.first(where: { $0.method.hasLocation && $0.rules.within != .heat }) ?? normalizations.first else {
            return []
        }
        return NormalizationText(normalization: first, sheet: ranking.sheet, language: language).treatments
    }

    /// The numbers of the models that were fitted.
    var fits: [Report.Fit] {
        ranking.columns.compactMap { column in
            switch column.results.model?.model {
            case .crossed(let fit): ModelText.fit(fit, name: column.name)
            case .calibrated(let fit): CalibratedText.fit(fit, name: column.name)
            default: nil
            }
        }
    }

    private var ballotNotes: [String] { RankingText.ballots(totals, language) }

    /// The ballots and entries that have no total.
    static func ballots(_ totals: Totals, _ language: Language) -> [String] {
        var notes: [String] = []
        guard totals.areComparable else {
            return [
                language.say(
                    "\(language.count(totals.incomplete.count, "ballot", "")) without all criteria: the rule takes the criteria one by one and counts those that are there; methods that need totals are left out.",
                    "\(totals.incomplete.count) 张评分表缺少部分指标：规则逐项处理，已有的都计入；需要总分的方法不列出。")
            ]
        }
        if !totals.incomplete.isEmpty {
            let names = totals.incomplete.map { "\($0.entry) – \($0.judge) (\(language.list($0.missing)))" }
            notes.append(
                language.say(
                    "\(language.count(names.count, "incomplete ballot", "")) left out, entry – judge (missing): \(language.list(names)).",
                    "未计入 \(names.count) 张不完整的评分表，项目 – 评委（缺项）：\(language.list(names))。"))
        }
        if !totals.entriesWithout.isEmpty {
            notes.append(
                language.say(
                    "Without a complete ballot, and so without a result: \(language.list(totals.entriesWithout)).",
                    "没有完整评分表、因此没有结果：\(language.list(totals.entriesWithout))。"))
        }
        return notes
    }

    private var tieNotes: [String] {
        guard let places = layout.places else { return [] }
        let ranks = ranking.columns[layout.sortColumn].ranks.ranks
        guard places < ranks.count else { return [] }
        let last = ranks.sorted()[places - 1]
        let (before, tied) = (ranks.count { $0 < last }, ranks.count { $0 == last })
        let open = places - before
        guard tied > open else { return [] }
        return [
            language.say(
                "A tie crosses the cut: \(tied) entries share place \(before + 1), and only \(open) of them can be among the first \(places). The rule must say who goes on.",
                "并列跨越入围线：\(tied) 个项目并列第 \(before + 1) 名，其中只有 \(open) 个能进入前 \(places) 名，须由规则决定。")
        ]
    }
}

extension Language {
    /// The part of a contest that an answer is about: "决赛, 24 entries, 7 judges."
    func extent(of sheet: ScoreSheet, stage: String?) -> String {
        let heat = sheet.heats.count == 1 ? sheet.heats[0].name : nil
        let name = [stage.map(stageName), heat == stage ? nil : heat].compactMap(\.self).joined(separator: " ")
        let counts = say(
            "\(count(sheet.entries.count, "entry", "")), \(count(sheet.judges.count, "judge", ""))",
            "\(sheet.entries.count) 个项目，\(sheet.judges.count) 位评委")
        let heats = sheet.heats.count > 1 ? say(", \(sheet.heats.count) heats", "，\(sheet.heats.count) 个场次") : ""
        return (name.isEmpty ? "" : name + say(", ", "，")) + counts + heats + say(".", "。")
    }
}

/// The names and conventions of methods.
enum MethodText {
    static let chinese = [
        "mean": "平均分", "median": "中位数", "trimmed": "去掉最高最低分后的平均分", "winsorized": "缩尾均值", "clipped": "截断均值", "huber": "Huber 估计",
        "centered": "中心化", "zscore": "标准分", "robust-z": "稳健标准分", "percentile": "百分位", "rankit": "正态分位", "coefficient": "修正系数",
        "additive": "加法模型", "crossed": "交叉效应模型", "calibrated": "校准模型",
    ]

    /// The names for the heading of a column.
    static let headings = chinese.merging(["trimmed": "去高低分", "crossed": "交叉模型"]) { $1 }

    static func note(for method: ScoringMethod?, _ results: EntryResults, in sheet: ScoreSheet, _ language: Language) -> String? {
        switch method {
        case nil, .mean, .median: return nil
        case .trimmed(let trim), .winsorized(let trim):
            return trimmed(method?.name ?? "", trim, short: results.untrimmed.map { sheet.entries[$0] }, language)
        case .clipped(let distance):
            return language.say(
                "clipped: scores further than \(distance.value) from the entry's mean moved to that distance.",
                "\(language.note(on: "clipped"))：偏离项目平均分超过 \(distance.value) 的评分移到该距离处。")
        case .huber:
            return language.say(
                "huber: Huber's location, k = 1.5, scale 1.4826 · MAD.", "\(language.note(on: "huber"))：Huber 位置估计，k = 1.5，尺度 1.4826 · MAD。"
            )
        case .normalized(let method, let within): return normalized(method, within: within, language)
        case .additive, .crossed, .calibrated:
            return results.model.map { ModelText(method: method, model: $0, language: language).note }
        }
    }

    /// What becomes of the scores at both ends.
    ///
    /// - Parameter short: the entries with too few scores for that.
    static func trimmed(_ name: String, _ trim: ScoringMethod.Trim, short: [String], _ language: Language) -> String {
        let ends = extremes(trim, language)
        let plain =
            short.isEmpty
            ? ""
            : language.say(
                " Too few scores for that, so the plain mean: \(language.list(short)).", "评分太少而使用普通平均：\(language.list(short))。")
        let what =
            name == "trimmed" ? language.say("left out", "去掉") : language.say("moved to the next score inside", "以相邻的内侧分数代替")
        return language.say(
            "\(name): \(ends) of each entry \(what).",
            "\(language.note(on: name))：\(what)每个项目\(ends)。") + plain
    }

    /// What a normalization does to each score.
    static func normalized(_ method: NormalizationMethod, within: NormalizationRules.Within? = nil, _ language: Language) -> String {
        switch method {
        case .centered where within == .heat:
            language.say("centered: score − mean of the heat + grand mean.", "\(language.note(on: "centered"))：评分 − 本场平均 + 总平均。")
        case .centered: language.say("centered: score − judge's mean + grand mean.", "\(language.note(on: "centered"))：评分 − 评委平均 + 总平均。")
        case .zscore:
            language.say(
                "zscore: (score − judge's mean) / SD, sample SD (n − 1); mean over judges.",
                "\(language.note(on: "zscore"))：（评分 − 评委平均）/ 标准差，样本标准差（n − 1）；对评委取平均。")
        case .robustZ:
            language.say(
                "robust-z: (score − judge's median) / (1.4826 · MAD).", "\(language.note(on: "robust-z"))：（评分 − 评委中位数）/（1.4826 · MAD）。")
        case .percentile:
            language.say(
                "percentile: 100 (rank − 0.5) / n among the judge's scores.",
                "\(language.note(on: "percentile"))：100（名次 − 0.5）/ n，在评委自己的评分中。")
        case .rankit:
            language.say(
                "rankit: normal quantile of (rank − 1/2) / n among the judge's scores.",
                "\(language.note(on: "rankit"))：（名次 − 1/2）/ n 的正态分位数，在评委自己的评分中。")
        case .coefficient:
            language.say(
                "coefficient: score · mean of all entries / mean of the heat; assumes that all heats are equally strong.",
                "\(language.note(on: "coefficient"))：评分 × 全体均值 / 本场均值；假设各场次水平相同。")
        }
    }

    private static func extremes(_ trim: ScoringMethod.Trim, _ language: Language) -> String {
        switch trim {
        case .scores(1): return language.say("the highest and the lowest score", "的最高分和最低分")
        case .scores(let number):
            return language.say("the \(number) highest and the \(number) lowest scores", "的最高 \(number) 个和最低 \(number) 个评分")
        case .share(let share):
            let percent = NumberFormat.shortest(Fraction(share.numerator * 100, over: share.denominator).value)
            return language.say("the highest and the lowest \(percent) % of the scores", "最高和最低各 \(percent)% 的评分")
        }
    }
}

extension Language {
    /// That a list is by trimmed means since the sheet's own results are, and the option for plain ones.
    func sortedByOwn(_ column: String, unless option: String) -> String {
        say(
            "Sorted by trimmed, since the sheet's own column \(column) leaves out the highest and the lowest score of each entry (\(option) for plain means).",
            "按去掉最高最低分后的平均分排序，因为表中自带的“\(column)”就是这样算的（按平均分排序请用 \(option)）。")
    }
}
