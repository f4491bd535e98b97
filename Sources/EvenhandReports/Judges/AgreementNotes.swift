import Evenhand
import EvenhandIO

/// What a reader needs besides the numbers of agreement.
extension AgreementText {
    var notes: [String] {
        ([whom, correlations, variances, decisions, alphas, ranks, fewCommon, intervals, theseJudges] + undefined + [
            negative, kappas, coarse,
        ])
        .compactMap(\.self)
    }

    private var whom: String? {
        guard let all = population.chosenFrom else { return nil }
        return language.say(
            "agreement: these \(population.entryCount) were chosen among \(all). Entries that are all good differ little, which lowers every correlation: that is restriction of range, not bad judging.",
            "评委一致性：这 \(population.entryCount) 个项目由 \(all) 个项目中选出。水平接近的项目差异小，各相关系数因此偏低：这是取值范围受限，并非评委不佳。")
    }

    private var correlations: String? {
        guard let study = agreement.generalizability else { return nil }
        let k = text(study.judgesPerEntry, study.judgesPerEntry == study.judgesPerEntry.rounded() ? 0 : 2)
        let size = study.design == .crossed ? k : language.say("\(k), the harmonic mean", "\(k)（调和平均）")
        if study.design == .nestedJudges {
            return language.say(
                "ICC(1): every entry had judges of its own, so severity cannot be separated from noise. k = \(size).",
                "ICC(1)：每个项目的评委各不相同，宽严与误差无法区分。k = \(size)。")
        }
        return language.say(
            "ICC(A,·): the same scores (severity counts as error); ICC(C,·): the same order and distances (consistency); ·,1 of one judge, ·,k of the mean of k = \(size).",
            "ICC(A,·)：分数一致（宽严差异计为误差）；ICC(C,·)：次序与间距一致（一致性）；·,1 为单个评委，·,k 为 k = \(size) 位评委的平均。")
    }

    private var variances: String? {
        guard let study = agreement.generalizability else { return nil }
        let noise: Facets = [.entry, .judge]
        let parts: [(String, Facets)] =
            study.design == .nestedJudges
            ? [(language.say("entries", "项目"), .entry), (language.say("judges and noise", "评委与误差"), noise)]
            : [
                (language.say("entries", "项目"), .entry), (language.say("judges", "评委"), .judge),
                (language.say("noise", "误差"), noise),
            ]
        let list = parts.map { "\($0.0) \(text(study.variance($0.1).squareRoot(), 3))" }.joined(separator: language.say(", ", "，"))
        let how =
            study.fit == nil
            ? language.say("analysis of variance", "方差分析")
            : language.say("restricted maximum likelihood, every score used", "限制性最大似然，使用全部评分")
        let zero = parts.filter { study.variance($0.1) == 0 }.map(\.0)
        let none =
            zero.isEmpty
            ? ""
            : language.say(
                " 0 means no larger differences than noise alone would make (\(language.list(zero))).",
                "0 表示差异不超过误差所能造成的程度（\(language.list(zero))）。")
        return language.say("Standard deviations: \(list) (\(how)).", "标准差：\(list)（\(how)）。") + none
    }

    private var decisions: String? {
        guard let study = agreement.generalizability else { return nil }
        let base = language.say(
            "reliability Eρ²: would the order repeat with other judges\(average == .items ? " on the same items" : ""); dependability Φ: would the results.",
            "排序信度 Eρ²：\(average == .items ? "题目不变、" : "")换一组评委，名次是否重现；分数信度 Φ：分数是否重现。")
        switch study.judgeShare {
        case 0: return base
        case 1:
            let within = agreement.correlations?.correlation(.consistency, isAverage: true)?.value
            let inside =
                within.map { language.say(" Within one panel it is \(text($0, 2)) (ICC(C,k)).", "同一评委组之内为 \(text($0, 2))（ICC(C,k)）。") }
                ?? ""
            return base
                + language.say(
                    " Panels fall into groups that share no judge, so across groups severity is also part of the error of the order.",
                    "评委分为互不重叠的组，跨组比较时宽严差异也计入排序误差。")
                + inside
        default:
            let percent = text(100 * study.judgeShare, 0)
            return base
                + language.say(
                    " Entries were scored by different judges: \(percent) % of the judges' variance is part of the error of the order.",
                    "各项目的评委不同：评委方差的 \(percent)% 计入排序误差。")
        }
    }

    private var alphas: String {
        language.say(
            "Krippendorff alpha: 1 − observed / expected disagreement, over entries with two scores or more; scores may be missing.",
            "Krippendorff α：1 − 观察到的不一致 / 期望的不一致，基于至少有两个评分的项目；允许缺失评分。")
    }

    private var ranks: String? {
        let w = agreement.concordance
        guard let chi = w.chiSquared, let p = w.p else { return nil }
        let heats = w.heatCount > 1 ? language.say(", ranked within \(w.heatCount) heats", "，在 \(w.heatCount) 个场次内排序") : ""
        let small = p < 0.0001 ? "p < 0.0001" : "p = \(text(p, 4))"
        return language.say(
            "Kendall W: corrected for ties\(heats); χ²(\(w.degreesOfFreedom)) = \(text(chi, 2)), \(small).",
            "Kendall 和谐系数 W：已作同分校正\(heats)；χ²(\(w.degreesOfFreedom)) = \(text(chi, 2))，\(small)。")
    }

    private var fewCommon: String? {
        guard let common = agreement.rankCorrelations.meanCommon, common < 10, agreement.generalizability?.design != .crossed else {
            return nil
        }
        return language.say(
            "mean Spearman: pairs of judges have \(text(common, 1)) entries in common on average; ranks of so few pull a correlation toward 0.",
            "平均 Spearman 相关：每对评委平均仅有 \(text(common, 1)) 个共同项目；项目太少时等级相关偏向 0。")
    }

    private var intervals: String {
        let base =
            agreement.correlations?.intervals == .jackknife
            ? language.say(
                "Intervals: 95 %, judges and entries both taken as drawn from populations; jackknife over judges and entries.",
                "区间：95%，评委与项目均视为抽样，用对评委和项目的刀切法。")
            : language.say(
                "Intervals of alpha, W and Spearman: 95 %, judges and entries both taken as drawn from populations; jackknife over judges and entries.",
                "α、W 与 Spearman 相关的区间：95%，评委与项目均视为抽样，用对评委和项目的刀切法。")
        return [base, few, alike].compactMap(\.self).joined(separator: language.say(" ", ""))
    }

    /// Where intervals cover more than they claim.
    private var few: String? {
        guard agreement.correlations?.intervals == .jackknife, agreement.generalizability?.design == .crossed,
            agreement.sheet.judges.count < 6
        else { return nil }
        return language.say(
            "With so few judges the intervals of ICC and reliabilities are wide: in simulations they covered the true value in 93–99 % of contests.",
            "评委如此少时，ICC 与信度的区间偏宽：模拟中有 93–99% 的比赛覆盖真值。")
    }

    /// What holds for judges of one scale and noise alone.
    private var alike: String? {
        guard let classical = agreement.classical, classical.generalizability.design != .nestedJudges else { return nil }
        let isDrawn = classical.intervals == .monteCarlo
        let how =
            isDrawn
            ? language.say("from draws of mean squares (10000, seed 1)", "由均方的抽样（10000 次，种子 1）")
            : language.say("from F distributions", "由 F 分布")
        let held = language.say(
            "cover the true value in 95 % of contests only if all judges have the same scale and the same normal noise; in simulations of judges who differ they did so in 55–91 %",
            "仅当所有评委尺度相同、误差同为正态分布时为 95%；模拟中评委不一致时有 55–91% 的比赛覆盖真值")
        guard agreement.correlations?.intervals == .jackknife else {
            return language.say("Those of ICC and reliabilities, \(how), \(held).", "ICC 与信度的区间\(how)得出，\(held)。")
        }
        let limits = classical.all.filter { !$0.isAverage && $0.form != .oneWay }.compactMap { single in
            single.interval.map { interval in
                let ends = (text(interval.lowerBound, 2), text(interval.upperBound, 2))
                return language.say("\(single.name) \(ends.0) to \(ends.1)", "\(single.name) \(ends.0) 至 \(ends.1)")
            }
        }
        guard !isDrawn, !limits.isEmpty else { return nil }
        return language.say(
            "The usual ones \(how) (\(limits.joined(separator: ", "))) \(held).",
            "通常\(how)得出的区间（\(limits.joined(separator: "，"))）\(held)。")
    }

    private var theseJudges: String? {
        var names = agreement.alphas.filter { $0.interval?.treatsJudgesAsSampled == false }.map { AgreementTable.name($0.metric, language) }
        if agreement.concordance.interval?.treatsJudgesAsSampled == false { names.append(AgreementTable.w(language)) }
        if agreement.rankCorrelations.interval?.treatsJudgesAsSampled == false { names.append(AgreementTable.spearman(language)) }
        guard !names.isEmpty else { return nil }
        return language.say(
            "For these judges only, since two judges say nothing about others: \(language.list(names)).",
            "仅对这两位评委成立（两位评委无法推及其他评委）：\(language.list(names))。")
    }

    private var undefined: [String] {
        var notes: [String] = []
        if agreement.alphas.contains(where: { $0.value == nil }) {
            notes.append(
                language.say(
                    "Krippendorff alpha is undefined: no two scores of entries with several scores differ, so there is nothing to agree about.",
                    "Krippendorff α 无定义：有多个评分的项目，评分全部相同，没有可供一致的差异。"))
        }
        if agreement.concordance.value == nil {
            notes.append(
                agreement.concordance.isComplete
                    ? language.say(
                        "Kendall W is undefined: it needs two judges whose scores separate at least two entries.",
                        "Kendall 和谐系数 W 无定义：需要至少两位能区分两个项目的评委。")
                    : language.say(
                        "Kendall W is undefined: not every judge scored every entry, and no score is left out to make it so; see mean Spearman.",
                        "Kendall 和谐系数 W 无定义：并非每位评委都评了所有项目，且不为此舍弃评分；请看平均 Spearman 相关。"))
        }
        let pairs = agreement.rankCorrelations
        guard pairs.mean == nil else { return notes }
        let judges = pairs.constantJudges.map { agreement.sheet.judges[$0] }
        if !judges.isEmpty {
            notes.append(
                language.say(
                    "mean Spearman is undefined: \(language.list(judges)) gave all entries the same score.",
                    "平均 Spearman 相关无定义：\(language.list(judges)) 对所有项目打分相同。"))
        } else if pairs.isTooLarge {
            notes.append(
                language.say("mean Spearman is left out: too many pairs of judges.", "未计算平均 Spearman 相关：评委对数过多。"))
        } else {
            notes.append(
                language.say(
                    "mean Spearman is undefined: no two judges have three entries in common to which each gives different scores.",
                    "平均 Spearman 相关无定义：没有两位评委有三个以上可区分的共同项目。"))
        }
        return notes
    }

    private var negative: String? {
        let names = AgreementTable(agreement, "", language).rows.filter { ($0.value ?? 0) < 0 }.map(\.statistic)
        guard !names.isEmpty else { return nil }
        return language.say(
            "Below 0, scores of one entry differ more than scores of different entries: \(language.list(names)).",
            "小于 0：同一项目的评分差异大于不同项目之间：\(language.list(names))。")
    }

    private var coarse: String? {
        guard let matches = agreement.matches else { return nil }
        let step = NumberFormat.shortest(matches.step)
        let base = language.say(
            "exact and adjacent agreement: share of pairs of scores that are equal, or at most \(step) apart; some of it is chance.",
            "完全一致、相差至多一档的比例：两两评分相同、或相差不超过 \(step)；其中一部分来自偶然。")
        let expected =
            agreement.expectedMatches == nil
            ? ""
            : language.say(
                " expected: what the variances of judges and noise lead to, without the ends of the scale.", "期望比例：由评委与误差的方差推得，未计量表两端。")
        return base + expected
    }

    private var kappas: String? {
        guard agreement.categories != nil else { return nil }
        return language.say(
            "kappa and AC: agreement beyond chance of scores as kinds; Cohen takes each judge's own shares of the categories, Fleiss those of all judges, Gwet's AC1 and AC2 scores given at random, which holds where nearly all scores are in one category. quadratic: scores near each other agree in part.",
            "κ 与 AC：把评分视为类别，扣除偶然一致；Cohen κ 用各评委自己的类别比例，Fleiss κ 用全体评委的比例，Gwet AC1、AC2 假定随机给分，在绝大多数评分同属一类时仍适用。平方加权：相近的评分按部分一致计。")
    }
}
