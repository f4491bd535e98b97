import Evenhand
import EvenhandIO

/// The conventions behind the tables about a close final.
struct FinalsNotes {
    let analysis: FinalsAnalysis
    let language: Language

    private var cut: CutReport { analysis.cut }
    private var list: OfficialList { cut.list }

    var all: [String] {
        (cut.certainty.map { certain($0.model) } ?? [])
            + [gap, influence, change, methods, kemeny, cut.certainty.flatMap { heats($0.model) }, readings, review, coverage, lottery]
            .compactMap(
                \.self)
    }

    /// What belongs to probabilities.
    private func certain(_ model: MeritModel) -> [String] {
        [probabilities(model), subject, rule, described(model), ModelText.shortScale(list.totals.sheet, language), ranks].compactMap(
            \.self)
    }

    private var hasCut: Bool { analysis.parts.contains(.cut) }

    private func probabilities(_ model: MeritModel) -> String {
        let isCalibrated = cut.subject == .merit && model.terms.contains { $0.calibrated != nil }
        let variances =
            isCalibrated
            ? language.say("with the uncertainty about each judge, and their population fixed at its estimate", "含评委参数的不确定性，评委总体的参数取其估计值")
            : language.say("with the uncertainty of the variances", "含方差的不确定性")
        return language.say(
            "P, bands and rank intervals: shares of \(analysis.rules.draws) draws from the joint posterior of all entries, \(variances); seed \(analysis.rules.seed). Bands: in from 0.9, out up to 0.1.",
            "P、判断与名次区间：取自所有项目联合后验的 \(analysis.rules.draws) 次抽样（\(variances)）；种子 \(analysis.rules.seed)。判断：0.9 及以上为基本稳入，0.1 及以下为基本无望，其余为差距在误差内。"
        )
    }

    private var subject: String {
        switch cut.subject {
        case .merit: return language.say("They are about true merit (--about merit).", "它们指的是真实水平（--about merit）。")
        case .newPanel:
            return language.say(
                "They are about the results that another panel of comparable judges would lead to (--about new-panel).",
                "它们指的是另一组同类评委会得出的成绩（--about new-panel）。")
        case .sameJudges:
            let base = language.say(
                "They are about the results of the same judges scoring once more (--about same-judges).",
                "它们指的是同一组评委再评一次的成绩（--about same-judges）。")
            guard !analysis.others.isEmpty else { return base }
            return base
                + language.say(
                    " One score for each judge and entry cannot show what share of a deviation is a judge's lasting view: P least and P most cover shares from 0 to 1, the other columns use 0; --repeatable sets a share.",
                    "每位评委对每个项目只有一个评分，无法得知偏差中有多少是评委的持久看法：P 最小与 P 最大取自 0 至 1 的各种比例，其余各列取 0；可用 --repeatable 指定。")
        }
    }

    /// What probabilities make of a rule.
    private var rule: String? {
        guard case .rule(let rule) = list.recipe.basis else { return nil }
        let base = language.say(
            "An entry's merit is the result that the rule gives without chance deviations: weights, factors and deductions count as the rule says, rounding does not.",
            "真实水平按规则换算：权重、系数与扣分依规则计入，四舍五入不计入。")
        guard rule.needsWholeStage else { return base }
        return base + language.say(" Panel coefficients are taken as they are.", "评委组修正系数按现值计入。")
    }

    private func described(_ model: MeritModel) -> String {
        model.terms.map { term in
            let stage = term.stage.map { "\(language.stageName($0)): " } ?? ""
            if let facets = term.facets, cut.subject == .merit || cut.subject == .newPanel {
                return stage + FacetText(facets, language).note
            }
            if let calibrated = term.calibrated, cut.subject == .merit {
                let parts = [CalibratedText(fit: calibrated, language: language).note, CalibratedText.copies(term.copies, language)]
                return stage + parts.compactMap(\.self).joined(separator: language.say(" ", ""))
            }
            let parts = [crossed(term.fit), standIn(term), CalibratedText.copies(term.copies, language)]
            return stage + parts.compactMap(\.self).joined(separator: language.say(" ", ""))
        }.joined(separator: language.say(" ", ""))
    }

    private func crossed(_ fit: CrossedEffects) -> String {
        func text(_ variance: Double) -> String { NumberFormat.fixed(variance.squareRoot(), decimals: 2) }
        let heats = fit.heatVariance.map { language.say(", heats \(text($0))", "，场次 \(text($0))") } ?? ""
        let boundary = ModelText.boundary(fit, language).map { language.say(" ", "") + $0 } ?? ""
        return language.say(
            "Model crossed, standard deviations in points: entries \(text(fit.entryVariance)), judges \(text(fit.judgeVariance))\(heats), noise of one score \(text(fit.residualVariance)).\(boundary)",
            "交叉效应模型，标准差（分）：项目 \(text(fit.entryVariance))，评委 \(text(fit.judgeVariance))\(heats)，单个评分的误差 \(text(fit.residualVariance))。\(boundary)"
        )
    }

    /// Why the crossed model stands in for the calibrated one.
    private func standIn(_ term: MeritModel.Term) -> String? {
        switch term.obstacle {
        case nil: nil
        case .heats: language.say("Heats have effects, which the calibrated model does not include.", "存在场次效应，校准模型不含该效应。")
        case .selection:
            language.say(
                "The list leaves out or moves scores by their size, so the model uses each entry's result in place of the mean of its scores, with the noise that such results have; the calibrated model would weight judges differently.",
                "排名方法按大小剔除或调整评分，因此模型以各项目的成绩代替其平均分，并采用此类成绩的误差；校准模型对评委的加权与之不同。")
        case .scores(let obstacle): CalibratedText.standIn(obstacle, language)
        }
    }

    private var ranks: String? {
        guard hasCut else { return nil }
        // With the population of judges fixed at its estimate, what must hold for all entries at once holds less often.
        let isHeld = cut.subject == .merit && (cut.certainty?.model.terms ?? []).contains { $0.calibrated != nil }
        let together = isHeld ? language.say(" (by this model in 81–88 % of simulated contests)", "（按此模型，模拟比赛中为 81–88%）") : ""
        return language.say(
            "Rank intervals are whole numbers, so 90 % intervals cover 93–94 % of entries; “90 % all” intervals hold for all entries at once\(together); “not excluded”: the smallest set that contains all of the true best \(analysis.rules.places) with 95 % certainty.",
            "名次区间为整数，因此 90% 区间实际覆盖 93–94%；“同时 90%”对所有项目同时成立\(together)；“不能排除”：以 95% 的把握包含真正前 \(analysis.rules.places) 名的集合。")
    }

    private var gap: String? {
        guard hasCut else { return nil }
        let source =
            cut.gapErrors == .variances
            ? language.say("(gap_se) from the variances of the model", "（gap_se）来自模型方差")
            : language.say("(gap_se) by leaving out one judge at a time (jackknife)", "（gap_se）由逐一去掉评委（刀切法）得出")
        return language.say(
            "gap: to the first entry out, or the last one in; SE \(source).", "差距：与第一个未入围或最后一个入围的项目之差；标准误\(source)。")
    }

    private var influence: String? {
        guard let influence = analysis.influence else { return nil }
        let flips = influence.effects.filter { !$0.enters.isEmpty || !$0.leaves.isEmpty }.count
        let impossible = influence.impossible.compactMap { change -> String? in
            switch change {
            case .judge(let name), .criterion(let name): name
            case .weight(let name, let percent): "\(name) \(percent) %"
            }
        }
        let none =
            impossible.isEmpty
            ? "" : language.say(" No list is possible without: \(language.list(impossible)).", "缺少以下则无法排名：\(language.list(impossible))。")
        return language.say(
            "decided by: judges without whom the entry would be on the other side of the cut, with the list recomputed without their scores; \(flips) of the \(influence.effects.count) changes tried move an entry across it. This is not an interval: it covers the truth about half the time.",
            "关键评委：去掉其全部评分后该项目会越过入围线；试过的 \(influence.effects.count) 种改变中有 \(flips) 种使某个项目越线。这不是区间：它只有约一半的机会包含真值。")
            + none
    }

    private var change: String? {
        guard hasCut, let changes = analysis.changes else { return nil }
        let isExact = changes.contains { $0 != nil }
        guard isExact else { return language.say("No change of a single score near the cut flips it.", "入围线附近没有任何单个评分的变动能改变结果。") }
        let (name, list) = (list.column.name, list)
        let exact = ["mean", "median", "trimmed"].contains(name) && list.recipe.tieBreaks.isEmpty
        return exact
            ? language.say(
                "one score by: the smallest change of a single score, in points, that brings the entry across the cut (its own score or, next to the cut, another's).",
                "单分变动：使该项目越过入围线的最小单个评分变动（分），可为其自身评分，或紧邻入围线者的评分。")
            : language.say(
                "one score by: the smallest change of one of the entry's own scores, in points, that brings it across the cut; searched within \(3) ranks of it.",
                "单分变动：使该项目越过入围线的自身单个评分的最小变动（分）；仅搜索入围线前后 3 名。")
    }

    private var methods: String? {
        guard let methods = analysis.methods else { return nil }
        let names = methods.columns.map { language.name(ofMethod: $0.name) }.joined(separator: language.say(", ", "、"))
        let missing =
            methods.missing.isEmpty
            ? ""
            : language.say(
                " Not possible here: \(methods.missing.joined(separator: ", ")).",
                "此处无法使用：\(methods.missing.map(language.name(ofMethod:)).joined(separator: "、"))。")
        return language.say("\(methods.columns.count) methods: \(names).", "\(methods.columns.count) 种方法：\(names)。") + missing
    }

    private var kemeny: String? {
        guard let kemeny = analysis.methods?.kemeny, kemeny.optimumCount > 1 else { return nil }
        let count =
            kemeny.optimumCount == KemenyOrder.mostOptima
            ? "\(language.say("at least", "至少")) \(kemeny.optimumCount)" : "\(kemeny.optimumCount)"
        return language.say(
            "kemeny: \(count) orders disagree with the judges equally little; the one nearest to borda is shown.",
            "Kemeny 排序：有 \(count) 种排序与评委的分歧同样最小；此处为最接近 Borda 计数的一种。")
    }

    private func heats(_ model: MeritModel) -> String? {
        guard model.hasHeatEffects else { return nil }
        switch model.heatMeans {
        case .strength:
            return language.say(
                "A heat's effect counts as the strength of its entries (--heat-means strength); the scores cannot separate that from a lenient panel. --heat-means leniency leaves it out.",
                "场次效应视为其项目的水平（--heat-means strength）；评分无法将其与宽松的评委组区分。--heat-means leniency 则不计入。")
        case .leniency:
            return language.say(
                "A heat's effect counts as leniency and is left out (--heat-means leniency); the scores cannot separate that from strong entries. --heat-means strength counts it.",
                "场次效应视为评分宽松而不计入（--heat-means leniency）；评分无法将其与项目水平区分。--heat-means strength 则计入。")
        }
    }

    private var readings: String? {
        guard let readings = analysis.readings else { return nil }
        let depending = readings.depending(places: analysis.rules.places).map { list.entries[$0] }
        let interval =
            analysis.heatDeviation.map {
                language.say(
                    " Standard deviation of heats: 90 % between \(NumberFormat.fixed($0.lowerBound, decimals: 2)) and \(NumberFormat.fixed($0.upperBound, decimals: 2)).",
                    "场次标准差：90% 区间 \(NumberFormat.fixed($0.lowerBound, decimals: 2)) 至 \(NumberFormat.fixed($0.upperBound, decimals: 2))。")
            } ?? ""
        let who =
            depending.isEmpty
            ? language.say("The same entries are in under every assumption.", "各种假设下入围者相同。")
            : language.say(
                "\(language.count(depending.count, "entry", "")) in under some assumptions and out under others: \(language.list(depending)).",
                "\(depending.count) 个项目是否入围取决于假设：\(language.list(depending))。")
        return who + interval
    }

    private var review: String? { FinalsTables(analysis: analysis, layout: FinalsLayout(), language: language).review?.note }

    private var coverage: String? {
        guard let check = analysis.coverage else {
            return analysis.parts.contains(.coverage)
                ? language.say(
                    "coverage: not simulated; it needs a model, and results that are not made of several runs.",
                    "模拟检验：未进行；需要有模型，且成绩不是由多轮组合而成。") : nil
        }
        let failed = check.failures == 0 ? "" : language.say(" \(check.failures) could not be fitted.", "其中 \(check.failures) 场无法拟合。")
        return language.say(
            "coverage: contests made from the fitted model with the same entries, judges and decimals, and judged again. 90 % rank intervals are \(NumberFormat.fixed(check.meanWidth, decimals: 1)) ranks wide on average, the sets have \(NumberFormat.fixed(check.meanSetSize, decimals: 1)) entries.\(failed)",
            "模拟检验：按拟合的模型以同样的项目、评委和小数位生成比赛并重新评分。90% 名次区间平均宽 \(NumberFormat.fixed(check.meanWidth, decimals: 1)) 名，集合平均有 \(NumberFormat.fixed(check.meanSetSize, decimals: 1)) 个项目。\(failed)"
        )
    }

    private var lottery: String? {
        guard analysis.parts.contains(.lottery), analysis.rules.lottery != nil else { return nil }
        return analysis.lottery.map { LotteryTable.note($0, seed: analysis.rules.seed, language) }
            ?? language.say("lottery: none, since there are no rank intervals without a model.", "抽签：没有模型就没有名次区间，因此不抽签。")
    }
}
