import Evenhand
import EvenhandIO

/// The sentences around a close final: first the list, unchanged; then how secure it is; then what could be done.
struct FinalsText {
    let analysis: FinalsAnalysis
    let selection: Selection
    let language: Language
    /// The sheet's own column of trimmed results, when the list is by them for that reason.
    let ownResult: String?

    static let chinese = ["rule": "按规则", "combined": "合成成绩", "borda": "Borda 计数", "copeland": "Copeland", "kemeny": "Kemeny 排序"]

    private var cut: CutReport { analysis.cut }
    private var list: OfficialList { cut.list }
    private var sheet: ScoreSheet { list.totals.sheet }
    private var places: Int { cut.places }

    var verdict: String {
        [assumption, official, own, secure, copies, ceiling, advice].compactMap(\.self).joined(separator: language.say(" ", ""))
    }

    /// What makes panels without a common judge comparable.
    private var assumption: String? {
        let design = list.ranking.design
        guard design.subsetCount > 1 else { return nil }
        let assumed: String
        switch basis {
        case .equalPanels: assumed = language.say("that all panels are equally severe", "各评委组宽严相同")
        case .equalHeats: assumed = language.say("that all heats are equally strong", "各场次水平相同")
        case .bothRandom:
            assumed = language.say("that judges, and the strength of heats, are drawn at random", "评委与各场次水平均为随机抽取")
        }
        return language.say(
            "The panels fall into \(design.subsetCount) groups that share no judge: across them the list is an assumption, here \(assumed).",
            "各评委组分为 \(design.subsetCount) 个互不重叠的组：跨组名次只是一种假设，此处假设\(assumed)。")
    }

    private var basis: RankingLayout.Assumption {
        switch list.recipe.basis {
        case .rule(let rule): rule.needsWholeStage ? .equalHeats : .equalPanels
        case .method(.normalized): .equalHeats
        case .method(.crossed), .method(.calibrated): .bothRandom
        case .method: .equalPanels
        }
    }

    private var official: String {
        let isIn = list.isIn(places: places)
        let inside = list.column.ranks.order.map { Int($0) }.filter { isIn[$0] }
        let names = language.list(inside.map { list.entries[$0] }, most: 20)
        let stage = stageName.map { language.say(" of \($0)", "\($0)") } ?? ""
        let count = inside.count
        let tied = list.tied(across: places)
        let shared =
            tied.isEmpty
            ? ""
            : language.say(
                " (a tie crosses the cut: \(language.list(tied.map { list.entries[$0] })) share place \(Int(list.ranks[tied[0]])), and the rule must say who of them goes on)",
                "（\(language.list(tied.map { list.entries[$0] })) 并列第 \(Int(list.ranks[tied[0]])) 名，并列跨越入围线，须由规则决定）")
        return language.say(
            "By the \(ruleName)\(stage) the \(count == 1 ? "first" : language.number(count)) \(count == 1 ? "is" : "are"): \(names)\(shared).",
            "按\(stage)\(ruleName)，\(count == 1 ? "第一名" : "前 \(count) 名")为：\(names)\(shared)。")
    }

    private var own: String? { ownResult.map { language.sortedByOwn($0, unless: "--method mean") } }

    private var stageName: String? {
        if let stage = selection.stage { return language.stageName(stage) }
        return sheet.heats.count == 1 ? sheet.heats[0].name ?? sheet.heats[0].stage : nil
    }

    private var ruleName: String {
        switch list.recipe.basis {
        case .rule: return language.say("rule", "规则")
        case .method(let method):
            let name = language.say(method.words, language.name(ofMethod: method.name))
            guard !list.recipe.stageWeights.isEmpty else { return name }
            let weights = list.recipe.stageWeights.map { "\(NumberFormat.shortest($0.weight.value)) × \(language.stageName($0.stage))" }
                .joined(
                    separator: " + ")
            return language.say("\(name), \(weights),", "\(name)（\(weights)）")
        }
    }

    private var secure: String {
        if places >= sheet.entries.count {
            return language.say(
                "There are no fewer places than entries, so there is no cut.", "名额不少于项目数，因此不存在入围线。")
        }
        guard cut.certainty != nil else {
            let why = cut.obstacle.map { CalibratedText.reason($0, language) } ?? ""
            if cut.obstacle == .rule {
                return language.say("Nothing is said about how certain these places are: \(why).", "不说明名次的可靠程度：\(why)。")
            }
            return language.say(
                "No model of entries and judges can be fitted, so nothing is said about how certain these places are: \(why).",
                "无法拟合项目与评委模型（\(why)），因此不说明名次的可靠程度。")
        }
        let (secure, open) = (cut.secure.count, cut.open.count)
        let judges = sheet.judges.count
        let panel = language.say("With \(judges == 1 ? "this judge" : "these \(judges) judges")", "就这 \(judges) 位评委的评分而言")
        let certain = language.say(
            "\(panel), \(secure == 0 ? "none is" : secure == 1 ? "1 is" : "\(secure) are") secure: at least 90 % certain to be \(claim).",
            "\(panel)，\(secure == 0 ? "没有一个" : "有 \(secure) 个")是可靠的，即至少有 90% 的把握\(claim)。")
        guard open > 0, let ranks = cut.openRanks else {
            let all = list.isIn(places: places).count(where: \.self)
            return secure == all
                ? certain + language.say(" The cut is real.", "入围线真实可信。") : certain + outsiders
        }
        return certain + language.say(" ", "") + separation(open, ranks) + outsiders
    }

    /// What the scores leave open.
    private func separation(_ open: Int, _ ranks: ClosedRange<Int>) -> String {
        if open == 1, let only = cut.open.first {
            let name = list.entries[only]
            return language.say(
                "The scores do not show on which side of the cut \(name), at place \(ranks.lowerBound), belongs; the rule, not the statistics, decides.",
                "第 \(ranks.lowerBound) 名 \(name) 属于入围线哪一侧，评分无法判断；由规则而非统计决定。")
        }
        if ranks.count == 1 {
            return language.say(
                "The scores cannot separate the \(open) entries that share place \(ranks.lowerBound); the rule, not the statistics, decides.",
                "第 \(ranks.lowerBound) 名并列 \(open) 个，评分无法区分；由规则而非统计决定。")
        }
        // Some of the places in the range belong to entries that are not open.
        if ranks.count > open {
            return language.say(
                "For \(open) entries, the first at place \(ranks.lowerBound) and the last at place \(ranks.upperBound), the scores do not show on which side of the cut they belong; the rule, not the statistics, decides.",
                "有 \(open) 个项目（最前第 \(ranks.lowerBound) 名，最后第 \(ranks.upperBound) 名）属于入围线哪一侧，评分无法判断；由规则而非统计决定。")
        }
        return language.say(
            "Between places \(ranks.lowerBound) and \(ranks.upperBound) the scores cannot separate \(open) entries; the rule, not the statistics, decides.",
            "第 \(ranks.lowerBound) 至第 \(ranks.upperBound) 名之间有 \(open) 个项目，评分无法区分；由规则而非统计决定。")
    }

    /// What the probabilities claim.
    private var claim: String {
        let byRule = if case .rule = list.recipe.basis { true } else { false }
        let among = language.say(
            (places == 1 ? "the best" : "among the best \(language.number(places))") + (byRule ? " by the rule" : ""),
            "\(byRule ? "按规则的" : "")\(places == 1 ? "第一名" : "前 \(places) 名")")
        switch cut.subject {
        case .merit: return language.say("truly \(among)", "其真实水平属于\(among)")
        case .newPanel: return language.say("\(among) of another panel of comparable judges", "在另一组同类评委下位列\(among)")
        case .sameJudges(let share):
            let percent = NumberFormat.fixed(100 * share, decimals: 0)
            return language.say(
                "\(among) if the same judges scored once more and \(percent) % of each score's deviation were lasting",
                "在同一组评委再评一次（偏差中 \(percent)% 为持久看法）时位列\(among)")
        }
    }

    /// Entries that the model confidently places on the other side of the cut than the list does.
    private var outsiders: String {
        let moved = cut.misplaced
        guard !moved.isEmpty else { return "" }
        let names = language.list(moved.map { list.entries[$0] })
        return language.say(
            " The model is confident that these belong on the other side of the cut: \(names).", "模型有把握地认为这些项目应在入围线的另一侧：\(names)。")
    }

    /// Judges who agree as if one had copied the other: two names, but one opinion.
    private var copies: String? {
        let pairs = (cut.certainty?.model.terms ?? []).flatMap(\.copies.pairs)
        guard !pairs.isEmpty, places < sheet.entries.count else { return nil }
        let names = language.list(CalibratedText.names(of: pairs, language), most: 3)
        return language.say(
            "Scores are equal as if copied: \(names). The probabilities count them as opinions of their own, so they sound surer than they are.",
            "评分相同，疑似照抄：\(names)。上述概率仍视为各自独立的意见，因而偏于乐观。")
    }

    /// What a ceiling hides when the leader has reached it.
    private var ceiling: String? {
        guard cut.certainty != nil, places < sheet.entries.count, let ceiling = ScoreCeiling(of: sheet),
            let leader = list.column.ranks.order.first, ceiling.countOfEntry[Int(leader)] > 1
        else { return nil }
        let score = NumberFormat.shortest(ceiling.score)
        return language.say(
            "\(ceiling.count) of \(sheet.count) scores are \(score), the top of the scale: they cannot show how much better than that an entry is, so the probability that \(list.entries[Int(leader)]) is the best may be much larger than P(best).",
            "\(sheet.count) 个评分中有 \(ceiling.count) 个为 \(score)，已到量表尽头：评分顶格，无法反映项目还高出多少，因此 \(list.entries[Int(leader)]) 真正第一的概率可能远高于所给的 P(第一)。"
        )
    }

    /// With more judges of one entry no contest is held.
    static let mostJudges = 50

    private var advice: String? {
        guard let (a, b) = list.border(places: places), !cut.open.isEmpty, let certainty = cut.certainty else { return nil }
        let names = "\(list.entries[a]) \(language.say("and", "与")) \(list.entries[b])"
        guard let needed = certainty.judgesNeeded else {
            return certainty.model.terms.count > 1
                ? language.say("More judges in each stage or run would narrow this.", "每个阶段或每轮增加评委可以缩小这一范围。") : nil
        }
        if needed > FinalsText.mostJudges {
            return language.say(
                "No panel of practical size would tell \(names) apart; another round for the open entries, or a tie rule fixed beforehand, would decide.",
                "任何现实规模的评委组都无法区分 \(names)；可让差距在误差内的项目加赛一轮，或按事先规定的并列规则决定。")
        }
        guard let now = cut.judgesAtBorder, needed > now else { return nil }
        return language.say(
            "Telling \(names) apart would take about \(needed) judges of each instead of \(now).",
            "要区分 \(names)，每个项目约需 \(needed) 位评委评分（现为 \(now) 位）。")
    }

    /// Everything a reader needs besides the numbers.
    var notes: [String] {
        var ranking = RankingLayout()
        ranking.places = places
        let base = RankingText(ranking: list.ranking, totals: list.totals, selection: selection, layout: ranking, language: language)
        return base.notes + FinalsNotes(analysis: analysis, language: language).all
    }

    /// The numbers of the models behind the probabilities.
    var fits: [Report.Fit] {
        (cut.certainty?.model.terms ?? []).flatMap { term in
            func name(_ model: String) -> String { [model, term.stage].compactMap(\.self).joined(separator: ": ") }
            return [ModelText.fit(term.fit, name: name("crossed"))]
                + (term.calibrated.map { [CalibratedText.fit($0, name: name("calibrated"))] } ?? [])
        }
    }
}

extension ScoringMethod {
    /// The method in the middle of an English sentence: "by the trimmed mean".
    var words: String {
        switch self {
        case .trimmed, .winsorized, .clipped: "\(name) mean"
        case .huber: "Huber mean"
        case .normalized(.zscore, _): "mean z-score"
        case .normalized(.robustZ, _): "mean robust z-score"
        case .normalized(.centered, _): "centered mean"
        case .normalized: "mean \(name)"
        case .additive, .crossed, .calibrated: "\(name) model"
        case .mean, .median: name
        }
    }
}

extension Language {
    /// A small number as a word, as in "the ten are".
    func number(_ number: Int) -> String {
        let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
        if self == .en, number == 0 { return "none" }
        return self == .en && words.indices.contains(number - 1) ? words[number - 1] : "\(number)"
    }

    /// The text with a capital letter, as at the start of a sentence.
    func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
