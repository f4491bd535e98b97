import Evenhand
import EvenhandIO

/// What a reader needs besides the numbers of `judges`: what was looked at, what each column means, what was not tested and why.
extension JudgesText {
    var notes: [String] {
        let tables = Set(layout.tables)
        var notes = [scope] + RankingText.ballots(totals, language)
        if let short = ModelText.shortScale(calibration.sheet, language) { notes.append(short) }
        if tables.contains(.judges) { notes += judgeNotes }
        if tables.contains(.outlying), calibration.outlying != nil { notes.append(outlyingNote) }
        if !tables.isDisjoint(with: [.judges, .outlying]) { notes += modelNotes }
        if tables.contains(.bias) { notes += biasNotes }
        if tables.contains(.reliability) { notes.append(reliabilityNote) }
        return notes
    }

    private var scope: String {
        let sheet = calibration.sheet
        let heat = sheet.heats.count == 1 ? sheet.heats[0].name : nil
        let name = [selection.stage.map(language.stageName), heat == selection.stage ? nil : heat].compactMap(\.self).joined(separator: " ")
        let what = layout.isByPerformance ? ("performance", "次出场") : ("entry", "个项目")
        let counts = language.say(
            "\(language.count(sheet.entries.count, what.0, "")), \(language.count(sheet.judges.count, "judge", "")), \(language.count(sheet.count, "score", ""))",
            "\(sheet.entries.count) \(what.1)，\(sheet.judges.count) 位评委，\(sheet.count) 个评分")
        let left = selection.heatsLeftOut
        let leftOut =
            left == 0
            ? "" : language.say(" \(language.count(left, "earlier heat", "")) left out; see --stage.", "未计入此前 \(left) 个场次；见 --stage。")
        let unit =
            layout.isByPerformance
            ? language.say(
                " Entries appear several times, so each performance counts for itself (--unit performance).",
                "项目多次出场，每次出场单独计算（--unit performance）。") : ""
        return language.say("Judged: ", "评审范围：") + (name.isEmpty ? "" : name + language.say(", ", "，")) + counts + language.say(".", "。")
            + leftOut + unit
    }

    private var judgeNotes: [String] {
        let isTurned = calibration.sheet.direction == .lowerIsBetter
        let ofGroup = calibration.panels.subsetCount > 1 && calibration.severity?.assumption == nil ? (" of the group", "本组") : ("", "")
        var notes = [
            language.say(
                "severity: points \(isTurned ? "above" : "below") what the other judges\(ofGroup.0) gave the same entries, by least squares; positive is severe. 95 % interval by t from the judge's own noise, which is drawn toward the panel's where scores are few. Flags use the distance from the median of the others, which one unusual judge does not move.",
                "宽严（severity）：比\(ofGroup.1)其他评委对相同项目的评分\(isTurned ? "高" : "低")多少分（最小二乘），正数为偏严；95% 区间按该评委自身误差的 t 分布，评分少时向全体误差靠拢。标记按与其他评委中位数的距离判定，不受个别异常评委影响。"
            ),
            language.say(
                "r with others (consistency): correlation with the mean of the other judges on the same entries; SD with n − 1.",
                "一致性（consistency）：与其他评委对相同项目平均分的相关；标准差用 n − 1。"),
        ]
        if calibration.fit != nil {
            notes.append(
                language.say(
                    "outfit: the judge's squared deviations relative to the panel's noise; 1 is usual, 2 is twice the variance. infit: the same, weighted by information",
                    "异常波动（outfit）：评委偏离的平方与评委组误差方差之比，1 为正常，2 为方差的两倍；加权波动（infit）：按信息加权")
                    + (calibration.infitIsOutfit
                        ? language.say("; here it is the same number for every judge.", "，此处每位评委的两个数值相同。") : language.say(".", "。")))
        }
        if let comparison = calibration.comparison {
            notes.append(
                language.say(
                    "erratic, predictable, opposed, unrelated: against the median of the other judges; limits from \(comparison.replicates) contests in which the scores of each entry, corrected for severity, are reassigned at random among its judges, seed 1.",
                    "波动过大、波动过小、与众相反、与项目无关：与其他评委的中位数相比；把每个项目的评分（扣除宽严）在其评委间重新随机分配 \(comparison.replicates) 次得出界限，种子 1。"))
        }
        notes.append(scaleNote)
        notes += [
            calibration.calibrated.flatMap { CalibratedText.computation($0, language) },
            CalibratedText.leftOut(calibration.calibrated?.constantJudges ?? [], language),
            CalibratedText.copies(calibration.copies, language),
        ]
        .compactMap(\.self)
        if !flags.families.isEmpty {
            let families = flags.families.map { language.name(of: $0) }
            notes.append(
                language.say(
                    "flags: \(flags.testCount) tests of \(families.joined(separator: ", ")); false discoveries are limited to \(JudgesText.percent(flags.familyLevel)) % of the flags of each kind (Benjamini and Hochberg).",
                    "标记（flags）：共 \(flags.testCount) 次检验（\(families.joined(separator: "、"))）；每类标记的错误发现率控制在 \(JudgesText.percent(flags.familyLevel))%（Benjamini–Hochberg）。"
                ))
        }
        return notes
    }

    private var scaleNote: String {
        if let obstacle = calibration.scaleObstacle {
            let why = CalibratedText.reason(obstacle, language)
            return language.say("scale, noise: not estimated, since \(why).", "尺度（scale）、误差（noise）：未估计，因为\(why)。")
        }
        let equal =
            calibration.calibrated?.population.scaleDeviation == 0
            ? language.say(" The judges' scales show no difference.", "评委的尺度没有可见差异。") : ""
        return language.say(
            "scale: how many points the judge makes of one point of the median judge; below 1 good and weak entries lie closer together. noise: SD of the judge's own error, in points. Both are drawn toward the panel's where a judge has few scores.",
            "尺度（scale）：中位评委的一分相当于该评委的几分，小于 1 表示分差较小；误差（noise）：该评委自身误差的标准差。评分少的评委两者都向全体靠拢。") + equal
    }

    private var outlyingNote: String {
        language.say(
            "outlying: expected without the score itself, SDs robust (median distance); adjusted p up to 0.01 counts as beyond chance.",
            "远离预期的评分：预期值不含该评分本身，标准差为稳健估计（中位距离）；校正 p 不超过 0.01 视为难以用偶然解释。")
    }

    private var modelNotes: [String] {
        if let crossed = calibration.crossed {
            return [
                [ModelText.deviations(crossed, language), ModelText.boundary(crossed, language)].compactMap(\.self).joined(
                    separator: language.say(" ", ""))
            ]
        }
        let reason =
            switch calibration.obstacle {
            case .design(let error): error.message(in: language)
            case .fit(let error): error.message(in: language)
            case .rule?: CalibratedText.reason(.rule, language)
            case nil: ""
            }
        return [language.say("No infit, outfit or outlying scores: ", "无法给出波动与偏离预期的评分：") + reason]
    }

    private var biasNotes: [String] {
        let isTurned = calibration.sheet.direction == .lowerIsBetter
        var notes = [
            language.say(
                "bias: sizes in points, positive in favour\(isTurned ? ", which is fewer points" : ""); adjusted p within each kind (Benjamini and Hochberg).",
                "质量与宽严之外的影响：单位为分，正数为偏向\(isTurned ? "（分数更低）" : "")；校正 p 在每一类内计算（Benjamini–Hochberg）。")
        ]
        if calibration.homeBiases.isEmpty {
            notes.append(
                language.say(
                    "home: not tested, since entries and judges share no attribute; give --entries and --judges files with a column of the same name.",
                    "同源：未检验，项目与评委没有同名属性；请用 --entries 与 --judges 提供同名列。"))
        } else {
            notes.append(
                language.say(
                    "home: how much more judges give entries that share their attribute than the others on the same panel do; not tested with fewer than \(HomeBias.leastPairs) such scores. The size of a difference does not show its reason.",
                    "同源：评委给同属性项目比同组评委多给的分；少于 \(HomeBias.leastPairs) 个评分不检验。差异的大小不能说明原因。"))
        }
        if calibration.order != nil {
            notes.append(
                language.say(
                    "order: points per place in the order of appearance; not identified unless the order was drawn by lot, and never corrected. drift: one judge against the rest, which does not depend on a lot.",
                    "出场顺序：每后移一位的分数变化；除非顺序由抽签决定，否则无法识别，也从不修正。漂移：单个评委相对其他评委，不需要抽签。"))
        }
        if calibration.criteria != nil {
            notes.append(
                language.say(
                    "criterion: points above what the judge's overall severity implies. halo: correlation of the judge's criteria beyond that of the other judges.",
                    "指标：超出该评委总体宽严的分数。光环：该评委各指标残差相关超出其他评委的部分。"))
        }
        return notes
    }

    private var reliabilityNote: String {
        let judges = calibration.judgeSeparation.map { NumberFormat.fixed($0.reliability, decimals: 2) } ?? "–"
        return language.say(
            "reliability: near 1 for entries, the list would repeat if these judges' errors were drawn again; near 1 for judges (\(judges)) they reliably differ in severity, which is not praise.",
            "信度（reliability）：项目接近 1 表示名次可以重现；评委接近 1（\(judges)）表示评委宽严确有差异，并非褒义。")
    }

    private static func percent(_ share: Double) -> String { NumberFormat.shortest((share * 10_000).rounded() / 100) }
}
