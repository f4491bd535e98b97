import Evenhand
import EvenhandIO

/// What a calibrated model found of its judges, in words.
struct CalibratedText {
    let fit: Calibrated
    let language: Language

    var note: String {
        [method, leftOut, deviations, boundary, leaning, subsets, convergence, Self.computation(fit, language)].compactMap(\.self).joined(
            separator: language.say(" ", ""))
    }

    /// The numbers of the model as JSON names them.
    static func fit(_ fit: Calibrated, name: String) -> Report.Fit {
        let population = fit.population
        var numbers = [
            ("log_likelihood", fit.logLikelihood), ("location", fit.sheet.direction.turned(population.location)),
            ("scale", population.scale),
            ("noise", population.noise), ("location_sd", population.locationDeviation), ("scale_sd", population.scaleDeviation),
            ("noise_sd", population.noiseDeviation),
        ]
        if fit.computation == .iterative { numbers.append(("se_accuracy", fit.errorAccuracy)) }
        return Report.Fit(name: name, names: numbers.map(\.0), values: numbers.map(\.1))
    }

    /// What stands in the way of scales and noises.
    static func reason(_ obstacle: FitObstacle, _ language: Language) -> String {
        switch obstacle {
        case .design(.tooFew("connected judges", let found, let needed)):
            language.say(
                "that takes \(needed) judges who share entries, and there are \(found)", "至少需要 \(needed) 位有共同项目的评委，现有 \(found) 位")
        case .design(.tooFew("scored entries", let found, let needed)):
            language.say(
                "only \(found) of \(needed) entries have scores from judges who give different scores",
                "\(needed) 个项目中只有 \(found) 个由评分有高低的评委评过")
        case .design(.tooFew(_, let found, let needed)):
            language.say(
                "\(found) scores are too few for so many entries and judges, which need \(needed)",
                "对这些项目与评委，\(found) 个评分太少，至少需要 \(needed) 个")
        case .design(.tooMany(_, let found, let limit)):
            language.say("there are \(found) judges, and the limit is \(limit)", "评委 \(found) 位，最多 \(limit) 位")
        case .fit(.noDifferences):
            language.say("the entries differ no more than noise alone would make them", "项目之间的差异不超过误差")
        case .rule:
            language.say(
                "the rule counts majorities or places instead of adding up scores, which simulated draws do not support",
                "规则按多数票或名次计算，而非评分相加，抽样无法体现")
        case .fit(.noResidual): language.say("entries and judges explain every score exactly", "项目与评委完全解释了所有评分")
        case .fit, .design: language.say("the search for them did not converge", "估计未能收敛")
        }
    }

    /// Why the crossed model is used instead.
    static func standIn(_ obstacle: FitObstacle, _ language: Language) -> String {
        let why = reason(obstacle, language)
        return language.say(
            "calibrated: judges' scales and noises cannot be estimated here (\(why)), so this is the crossed model: entries and judges as random effects, by restricted maximum likelihood.",
            "\(language.note(on: "calibrated"))：此处无法估计评委的尺度与误差（\(why)），因此改用交叉效应模型：以项目与评委为随机效应，限制性最大似然。")
    }

    private var method: String {
        language.say(
            "calibrated: what the median judge would have given, with the severity, scale and noise of each judge estimated together with the panel's, so that a judge with few scores is drawn toward the panel.",
            "\(language.note(on: "calibrated"))：中位评委会给的分数；每位评委的宽严、尺度与误差与全体评委一同估计，评分少的评委向全体靠拢。")
    }

    private var leftOut: String? { Self.leftOut(fit.constantJudges, language) }

    /// Who left the model.
    static func leftOut(_ judges: [String], _ language: Language) -> String? {
        guard !judges.isEmpty else { return nil }
        return language.say(
            "Left out of it, since they gave every entry the same score: \(language.list(judges)).",
            "给所有项目相同分数、未计入模型的评委：\(language.list(judges))。"
        )
    }

    /// Who may have copied whom.
    static func copies(_ copies: JudgeCopies?, _ language: Language) -> String? {
        guard let pairs = copies?.pairs, !pairs.isEmpty else { return nil }
        let names = Self.names(of: pairs, language)
        return language.say(
            "Equal scores far beyond chance, as if copied: \(language.list(names)). They count as several opinions, which makes the noise look smaller than it is.",
            "评分相同的次数远超偶然（疑似照抄）：\(language.list(names))。模型仍视为各自独立的意见，因而会低估误差。")
    }

    /// "A and B (9 of 10)" for each pair.
    static func names(of pairs: [JudgeCopies.Pair], _ language: Language) -> [String] {
        pairs.map {
            language.say("\($0.a) and \($0.b) (\($0.equal) of \($0.common))", "\($0.a) 与 \($0.b)（\($0.common) 个中 \($0.equal) 个）")
        }
    }

    private var deviations: String {
        let population = fit.population
        func text(_ value: Double) -> String { NumberFormat.fixed(value, decimals: 3) }
        return language.say(
            "Standard deviations: entries \(text(population.scale)), judges \(text(population.locationDeviation)), noise of the median judge \(text(population.noise)); of the logarithms of scales \(text(population.scaleDeviation)), of noises \(text(population.noiseDeviation)).",
            "标准差：项目 \(text(population.scale))，评委 \(text(population.locationDeviation))，中位评委的误差 \(text(population.noise))；尺度的对数 \(text(population.scaleDeviation))，误差的对数 \(text(population.noiseDeviation))。"
        )
    }

    private var boundary: String? {
        let population = fit.population
        let parts = [
            population.locationDeviation == 0
                ? language.say("The judges differ in severity no more than noise alone would make them.", "评委宽严之间的差异不超过误差。") : nil,
            population.scaleDeviation == 0
                ? language.say("Their scales show no difference.", "评委的尺度没有可见差异。") : nil,
            population.noiseDeviation == 0
                ? language.say("Their noises show no difference.", "评委的误差大小没有可见差异。") : nil,
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: language.say(" ", ""))
    }

    /// How far judges' scales are their own.
    private var leaning: String? {
        guard fit.population.scaleDeviation > 0 else { return nil }
        let shares = fit.scaleShrinkage
        func percent(_ share: Double) -> String { NumberFormat.fixed(100 * share, decimals: 0) }
        let (least, most) = (percent(shares.min() ?? 1), percent(shares.max() ?? 1))
        let range = least == most ? least : "\(least)–\(most)"
        return language.say("Judges' scales are drawn toward the panel's by \(range) %.", "评委尺度向全体靠拢的程度：\(range)%。")
    }

    private var subsets: String? {
        guard fit.panels.subsetCount > 1 else { return nil }
        return language.say(
            "Scales are compared inside each of the \(fit.panels.subsetCount) groups that share no judge: a group of widely different entries cannot be distinguished from a group of judges with large scales.",
            "尺度只在 \(fit.panels.subsetCount) 个互不重叠的评委组内比较：项目差异大的组与评委尺度大的组无法区分。")
    }

    /// That the fit was computed iteratively, and what that leaves in the errors; `nil` for a direct one.
    static func computation(_ fit: Calibrated, _ language: Language) -> String? {
        guard fit.computation == .iterative else { return nil }
        let (limit, percent) = (Calibrated.mostDirectJudges, 100 * fit.errorAccuracy)
        let isLess = percent < 0.01
        let share = isLess ? "0.01" : NumberFormat.fixed(percent, decimals: 2)
        return language.say(
            "With more than \(limit) judges the model is computed iteratively: the likelihood by blocks of judges, and standard errors in part from random vectors with a fixed seed, which leaves \(isLess ? "less than" : "about") \(share) % in them.",
            "评委超过 \(limit) 位，改用迭代法计算：似然按评委分块近似，标准误有一部分由固定种子的随机向量估计，由此带来的相对误差\(isLess ? "不到" : "约") \(share)%。")
    }

    private var convergence: String {
        let bound = fit.change < 1e-6 ? "1e-6" : fit.change < 1e-5 ? "1e-5" : "1e-3"
        return language.say(
            "Converged in \(language.count(fit.iterations, "step", "")): one more would change no parameter of the panel by more than \(bound).",
            "经 \(fit.iterations) 步收敛：再迭代一步，各参数的变化不超过 \(bound)。")
    }
}
