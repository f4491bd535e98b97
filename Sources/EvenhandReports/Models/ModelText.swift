import Evenhand
import EvenhandIO

/// What a model of entries and judges found, in words.
struct ModelText {
    let method: ScoringMethod?
    let model: FairAverages
    let language: Language

    /// The method, its variances, how it converged, and what it cannot show.
    var note: String {
        [described, CalibratedText.copies(model.copies, language)].compactMap(\.self).joined(separator: language.say(" ", ""))
    }

    private var described: String {
        switch model.model {
        case .additive(let fit): additive(fit)
        case .crossed(let fit):
            [described(fit), Self.deviations(fit, language), Self.boundary(fit, language), heats(fit), convergence(fit)].compactMap(\.self)
                .joined(
                    separator: language.say(" ", ""))
        case .calibrated(let fit): CalibratedText(fit: fit, language: language).note
        }
    }

    /// That a linear model does not describe ratings on a short scale; `nil` for scores on a longer one.
    static func shortScale(_ sheet: ScoreSheet, _ language: Language) -> String? {
        let levels = Set(sheet.units).count
        guard sheet.isExact, sheet.unitsPerPoint == 1, (2...mostLevels).contains(levels), sheet.count > 2 * mostLevels else { return nil }
        return language.say(
            "Only \(levels) different whole numbers were given: ratings on so short a scale do not fit the linear model, which assumes equal steps and no upper or lower limit. Read severities, scales and errors as rough.",
            "只出现了 \(levels) 个不同的整数分：如此短的等级量表不符合线性模型（模型假定各级等距、两端不封顶）。宽严、尺度与误差仅供粗略参考。")
    }

    /// On a scale of more levels the ends are seldom reached.
    private static let mostLevels = 10

    /// The numbers of a crossed model as JSON names them.
    static func fit(_ fit: CrossedEffects, name: String) -> Report.Fit {
        var numbers = [
            ("criterion", fit.criterion), ("var_entry", fit.entryVariance), ("var_judge", fit.judgeVariance),
            ("var_residual", fit.residualVariance),
        ]
        if let heat = fit.heatVariance { numbers.append(("var_heat", heat)) }
        // An unbounded criterion is not a number.
        numbers.removeAll { !$0.1.isFinite }
        return Report.Fit(name: name, names: numbers.map(\.0), values: numbers.map(\.1))
    }

    private func additive(_ fit: Additive) -> String {
        let base = language.say(
            "additive: what the average judge would have given, by least squares on entries and judges, unshrunken.",
            "\(language.note(on: "additive"))：由项目与评委的最小二乘估计得出平均评委会给的分数，不作收缩。")
        let across =
            fit.panels.subsetCount > 1
            ? language.say(
                " The judges of each of the \(fit.panels.subsetCount) groups without a common judge add up to 0: across groups this assumes that panels are equally severe on average.",
                "\(fit.panels.subsetCount) 个互不重叠的评委组各自合计为 0：跨组比较假设各组平均宽严相同。") : ""
        let freedom =
            fit.residualVariance == nil
            ? language.say(
                " No standard errors: the scores leave no degrees of freedom for the noise.", "没有标准误：评分未留下估计误差的自由度。") : ""
        return base + across + freedom
    }

    private func described(_ fit: CrossedEffects) -> String {
        if let obstacle = model.obstacle { return CalibratedText.standIn(obstacle, language) }
        let likelihood = Self.likelihood(fit, language)
        return language.say(
            "crossed: what the average judge would have given, with entries and judges as random effects (\(likelihood)), so an entry with few scores is drawn toward the mean.",
            "\(language.note(on: "crossed"))：以项目与评委为随机效应（\(likelihood)）得出平均评委会给的分数；评分少的项目向平均收缩。")
    }

    /// What its variances maximise.
    static func likelihood(_ fit: CrossedEffects, _ language: Language) -> String {
        fit.estimation == .reml
            ? language.say("restricted maximum likelihood", "限制性最大似然") : language.say("maximum likelihood", "最大似然")
    }

    /// Its standard deviations.
    static func deviations(_ fit: CrossedEffects, _ language: Language) -> String {
        func text(_ variance: Double) -> String { NumberFormat.fixed(variance.squareRoot(), decimals: 3) }
        let heats = fit.heatVariance.map { language.say("heats \(text($0)), ", "场次 \(text($0))，") } ?? ""
        return language.say(
            "Standard deviations: entries \(text(fit.entryVariance)), judges \(text(fit.judgeVariance)), \(heats)noise \(text(fit.residualVariance)).",
            "标准差：项目 \(text(fit.entryVariance))，评委 \(text(fit.judgeVariance))，\(heats)误差 \(text(fit.residualVariance))。")
    }

    /// What its variances of 0 say.
    static func boundary(_ fit: CrossedEffects, _ language: Language) -> String? {
        var parts: [String] = []
        if fit.entryVariance == 0 {
            parts.append(
                language.say(
                    "The entries differ no more than noise alone would make them: all get the same fair average.",
                    "项目之间的差异不超过误差：所有项目的公平均分相同。"))
        }
        if fit.judgeVariance == 0 {
            let alone = fit.judgeEffects.count == 1
            parts.append(
                alone
                    ? language.say("With one judge nothing can be said of severity.", "只有一位评委，无法判断宽严。")
                    : language.say("The judges differ in severity no more than noise alone would make them.", "评委宽严之间的差异不超过误差。"))
        }
        if fit.heatVariance == 0 {
            parts.append(
                language.say("The heats differ no more than their entries and judges explain.", "场次之间的差异不超过项目与评委所能解释的程度。"))
        }
        if fit.residualVariance == 0 {
            parts.append(
                language.say(
                    "Entries and judges explain every score exactly: the noise is 0, and nothing is drawn toward the mean for noise.",
                    "项目与评委完全解释了所有评分：误差为 0，不因误差而向均值收缩。"))
        }
        return parts.isEmpty ? nil : parts.joined(separator: language.say(" ", ""))
    }

    private func heats(_ fit: CrossedEffects) -> String? {
        guard case .crossed(_, let means?) = method, fit.heatVariance != nil else { return nil }
        let few = language.say(
            " \(fit.heatEffects.count) heats are too few to show how much heats differ.", "仅凭 \(fit.heatEffects.count) 个场次很难估计场次间差异。")
        switch means {
        case .strength:
            return language.say(
                "A heat's effect is taken as the strength of its entries, part of their results (--heat-means strength).",
                "场次效应视为其项目的水平，计入结果（--heat-means strength）。") + few
        case .leniency:
            return language.say(
                "A heat's effect is taken as leniency and left out of the results (--heat-means leniency).",
                "场次效应视为评分宽严，不计入结果（--heat-means leniency）。") + few
        }
    }

    private func convergence(_ fit: CrossedEffects) -> String {
        language.say(
            "Converged after \(language.count(fit.factorizations, "factorization", "")): the last step changed no variance by more than 1e-6 of itself.",
            "分解 \(fit.factorizations) 次后收敛：最后一步中各方差的相对变化不超过 1e-6。")
    }
}
