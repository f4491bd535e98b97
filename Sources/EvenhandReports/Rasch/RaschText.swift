import Evenhand
import EvenhandIO

/// The sentences around the tables of a many-facet Rasch model.
struct RaschText {
    let model: RaschModel
    let elements: [RaschElement]
    let selection: Selection
    let tables: [RaschTable]
    let isByPerformance: Bool
    let language: Language

    private func fixed(_ value: Double, _ decimals: Int = 2) -> String { NumberFormat.fixed(value, decimals: decimals) }

    private func name(_ element: RaschElement) -> String { model.names(of: element.facet)[element.index] }

    /// A p-value as it is written in a sentence.
    private func chance(_ p: Double) -> String { p < 0.001 ? "p < 0.001" : "p = \(fixed(p, 3))" }

    var verdict: String {
        [severity, fit, entries, scale].compactMap(\.self).joined(separator: language.say(" ", ""))
    }

    /// How far judges are apart, and whether by more than their errors.
    private var severity: String? {
        let judges = elements.filter { $0.facet == .judge && $0.measure != nil }
        guard let first = judges.first, let last = judges.last, judges.count > 1, let high = first.measure, let low = last.measure else {
            return nil
        }
        let points = [last.fairAverage, first.fairAverage].compactMap(\.self)
        let apart = points.count == 2 ? fixed((points[0] - points[1]).magnitude) : "–"
        let base = language.say(
            "\(name(first)) is the most severe judge and \(name(last)) the most lenient: \(fixed(high - low)) logits apart, which is \(apart) points for an average entry.",
            "最严的评委是\(name(first))，最宽的是\(name(last))：相差 \(fixed(high - low)) logit，对一般项目相当于 \(apart) 分。")
        guard let found = RaschSeparation(of: model, facet: .judge) else { return base }
        let test = "χ² = \(fixed(found.chiSquared, 1))\(language.say(", ", "，"))\(chance(found.p))"
        return base
            + (found.p < 0.05
                ? language.say(" Judges truly differ in severity (\(test)).", "评委的宽严确有差异（\(test)）。")
                : language.say(
                    " That is no more than errors alone would show (\(test)).", "这一差距未超出误差范围（\(test)）。"))
    }

    /// Who scores more erratically, or more evenly, than the model says.
    private var fit: String? {
        let judges = elements.filter { $0.facet == .judge }
        func listed(_ flag: RaschFlag) -> [String] {
            judges.filter { $0.flags.contains(flag) }.map { "\(name($0)) (\(fixed(max($0.infit?.value ?? 0, $0.outfit?.value ?? 0))))" }
        }
        let (erratic, even) = (listed(.misfit), listed(.overfit))
        guard !judges.isEmpty else { return nil }
        if erratic.isEmpty, even.isEmpty {
            return language.say("No judge scores more erratically than the model expects.", "没有评委的给分比模型预期更不稳定。")
        }
        let parts = [
            erratic.isEmpty
                ? nil : language.say("More erratic than expected: \(language.list(erratic)).", "给分比预期更不稳定：\(language.list(erratic))。"),
            even.isEmpty ? nil : language.say("More even than chance: \(language.list(even)).", "给分比偶然更整齐：\(language.list(even))。"),
        ]
        return parts.compactMap(\.self).joined(separator: language.say(" ", ""))
    }

    private var entries: String? {
        guard let found = RaschSeparation(of: model, facet: .entry) else { return nil }
        let reliability = fixed(found.reliability(.sample))
        return language.say(
            "The reliability of the entries' measures is \(reliability).", "项目测量值的信度为 \(reliability)。")
    }

    /// The categories that are used against their order, or not at all.
    private var scale: String? {
        let marked = model.categories.filter { !$0.flags.isEmpty }
        guard tables.contains(.categories), !marked.isEmpty else { return nil }
        let labels = Set(marked.map(\.label)).sorted().map { NumberFormat.shortest($0) }
        return language.say(
            "Look at the use of \(labels.count == 1 ? "category" : "categories") \(language.list(labels)) in the table of categories.",
            "请查看等级表中 \(language.list(labels)) 的使用情况。")
    }

    /// The numbers of the model.
    var fitNumbers: Report.Fit {
        let common: [(String, Double)] = [
            ("log_likelihood", model.logLikelihood), ("deviance", model.deviance), ("parameters", Double(model.parameterCount)),
            ("scores", Double(model.usedCount)),
        ]
        let drawn = model.entryVariance.map { [("entry_variance", $0)] } ?? []
        let eap = model.posteriorReliability.map { [("eap_reliability", $0)] } ?? []
        let all = common + drawn + eap
        return Report.Fit(name: "rasch", names: all.map(\.0), values: all.map(\.1))
    }

    // MARK: - Notes

    var notes: [String] {
        let kinds = Set(tables)
        return [scope, equation, estimation] + (kinds.contains(.measures) ? [columns, flagged] : [])
            + (kinds.contains(.categories) ? [categories] : []) + [rescaled, decimals, weights, pooled, extremes].compactMap(\.self)
            + (kinds.contains(.separation) ? [separation] : []) + (kinds.contains(.bias) && model.facets.contains(.judge) ? [bias] : [])
    }

    private var scope: String {
        let sheet = model.sheet
        let heat = sheet.heats.count == 1 ? sheet.heats[0].name : nil
        let names = [selection.stage.map(language.stageName), heat == selection.stage ? nil : heat].compactMap(\.self)
        let what = isByPerformance ? ("performance", "次出场") : ("entry", "个项目")
        let criteria =
            sheet.criteria.isEmpty
            ? ""
            : language.say(
                "\(language.count(sheet.criteria.count, "criterion", "").replacing("criterions", with: "criteria")), ",
                "\(sheet.criteria.count) 个指标，")
        let counts = language.say(
            "\(language.count(sheet.entries.count, what.0, "")), \(language.count(sheet.judges.count, "judge", "")), \(criteria)\(language.count(sheet.count, "score", ""))",
            "\(sheet.entries.count) \(what.1)，\(sheet.judges.count) 位评委，\(criteria)\(sheet.count) 个评分")
        let left = selection.heatsLeftOut
        let leftOut =
            left == 0
            ? "" : language.say(" \(language.count(left, "earlier heat", "")) left out; see --stage.", "未计入此前 \(left) 个场次；见 --stage。")
        return language.say("Judged: ", "评审范围：") + (names.isEmpty ? "" : names.joined(separator: " ") + language.say(", ", "，")) + counts
            + language.say(".", "。") + leftOut
    }

    private var equation: String {
        let others = model.facets.dropFirst().map { $0 == .judge ? "C" : "D" }
        let left = (["B"] + others).joined(separator: " − ")
        let each =
            model.rules.scale == .partialCredit
            ? language.say("thresholds F of each criterion", "各指标各有阈值 F") : language.say("the same thresholds F for all", "阈值 F 共用")
        return language.say(
            "model: ln(P_k / P_k−1) = \(left) − F_k with B of the entry\(others.contains("C") ? ", C of the judge" : "")\(others.contains("D") ? ", D of the criterion" : ""), \(each).",
            "模型：ln(P_k / P_k−1) = \(left) − F_k，B 为项目\(others.contains("C") ? "，C 为评委宽严" : "")\(others.contains("D") ? "，D 为指标难度" : "")，\(each)。"
        )
    }

    private var estimation: String {
        switch model.rules.estimation {
        case .jml:
            let free = model.facets.contains(.judge) ? ("judges", "评委") : ("criteria", "指标")
            let centred = model.facets.count > 2 ? ("entries and criteria", "项目与指标") : ("entries", "项目")
            return language.say(
                "Joint maximum likelihood (--estimate jml), as in Facets: the mean of \(centred.0) is 0, \(free.0) are measured against it. Measures of few scores are too far apart.",
                "联合极大似然（--estimate jml），与 Facets 相同：\(centred.1)均值为 0，\(free.1)以此为准。评分少时测量值偏分散。")
        case .mml:
            let deviation = fixed((model.entryVariance ?? 0).squareRoot())
            let hasTwo = model.facets.count > 2
            return language.say(
                "Marginal maximum likelihood (--estimate mml): entries are drawn from a normal distribution around 0 with SD \(deviation), and their measures are posterior means, drawn toward 0\(hasTwo ? "; judges have a mean of 0" : "").",
                "边际极大似然（--estimate mml）：项目来自均值 0、标准差 \(deviation) 的正态分布，其测量值为后验均值，向 0 收缩\(hasTwo ? "；评委均值为 0" : "")。")
        }
    }

    private var columns: String {
        language.say(
            "measure: of an entry how well it does, of a judge the severity, of a criterion the difficulty. fair: the score that is expected where everything else is average. SE: the other measures being known, as in Facets.",
            "测量值：项目为水平，评委为宽严（越大越严），指标为难度。公平均分：其余各项均为平均时的预期分数。标准误：按其余测量值已知计算，与 Facets 相同。")
    }

    private var flagged: String {
        language.say(
            "infit and outfit: mean squares of what the model leaves, 1 is usual; misfit is above 1.5 and overfit below 0.5, each with |z| of 2 or more.",
            "加权波动（infit）与异常波动（outfit）：残差均方，1 为正常；大于 1.5 且 z ≥ 2 为拟合不佳，小于 0.5 且 z ≤ −2 为过于一致。")
    }

    private var categories: String {
        language.say(
            "categories: average measures should rise from category to category; a threshold below an earlier one means that a category is nowhere the most probable.",
            "等级：平均测量值应逐级上升；阈值低于前一阈值，说明某一等级在任何位置都不是最可能的。")
    }

    private var rescaled: String? {
        guard model.scales.contains(where: \.isRescaled), let count = model.rules.categories else { return nil }
        return language.say(
            "--categories \(count): the range of \(model.sheet.criteria.isEmpty ? "all scores" : "the scores of each criterion") is divided into categories from 1 to \(count), in proportion; averages are in these categories, not in points.",
            "--categories \(count)：\(model.sheet.criteria.isEmpty ? "全部评分" : "各指标评分")的范围按比例分为 1 至 \(count) 级；平均分以等级计，不是原分数。")
    }

    private var decimals: String? {
        guard model.hasFractions else { return nil }
        return language.say(
            "A score between two categories counts as parts of both: 2.7 as 0.3 of a 2 and 0.7 of a 3. Mean squares of such scores are smaller than those of whole ones.",
            "介于两级之间的分数按比例计入两级：2.7 计为 0.3 个 2 与 0.7 个 3。此类评分的残差均方偏小。")
    }

    private var weights: String? {
        guard !model.rules.weights.isEmpty, !model.sheet.criteria.isEmpty else { return nil }
        return language.say(
            "Scores of each criterion count in proportion to its weight, with a mean of 1.", "各指标的评分按权重计入，权重平均为 1。")
    }

    private var pooled: String? {
        guard !model.sheet.criteria.isEmpty, !model.facets.contains(.criterion) else { return nil }
        return language.say(
            "The scores of all criteria are pooled, as if criteria were equally hard (--facets).", "各指标评分合并，视为难度相同（--facets）。")
    }

    private var extremes: String? {
        let found = elements.filter { $0.standing == .maximum || $0.standing == .minimum }
        guard !found.isEmpty else { return nil }
        return language.say(
            "Extreme elements: their scores are set aside, and their measure is where the expected score lies \(RaschModel.extremeAdjustment) inside of the end, as in Facets. They are left out of separation.",
            "极端者：其评分不参与估计，测量值取预期总分距端点 \(RaschModel.extremeAdjustment) 分处，与 Facets 相同；不计入区分程度。")
    }

    private var separation: String {
        language.say(
            "separation: true SD / RMSE; strata (4G + 1) / 3. For judges a reliability near 1 means that they truly differ in severity, which is not praise.",
            "分离指数：真标准差 / RMSE；可区分层数为 (4G + 1) / 3。评委的信度接近 1 表示宽严确有差异，并非褒义。")
    }

    private var bias: String {
        language.say(
            "bias: logits by which the judge favours one entry or criterion; adjusted p within each kind (Benjamini and Hochberg). A single score has no p.",
            "偏向：评委对某一项目或指标多给的 logit；校正 p 在每一类内计算（Benjamini–Hochberg）。仅一个评分时无 p。")
    }
}

/// What may make measures wrong without an error.
struct RaschWarnings {
    let model: RaschModel
    let language: Language

    var all: [String] { [extremes, unused, disorder].compactMap(\.self) }

    private var extremes: String? {
        let names = RaschModel.Facet.allCases.flatMap { facet -> [String] in
            let known = model.names(of: facet)
            return model.elements(of: facet).filter { $0.standing != .measured }.map { known[$0.index] }
        }
        guard !names.isEmpty else { return nil }
        return language.say(
            "All scores of these are at one end of the scale, or say nothing, so they have no finite measure of their own: \(language.list(names)). [W510]",
            "以下各项评分全在量表一端，或不含信息，没有有限的测量值：\(language.list(names))。[W510]")
    }

    private var unused: String? {
        let names = model.categories.filter { $0.count == 0 }.map { label(of: $0) }
        guard !names.isEmpty else { return nil }
        return language.say(
            "Nobody gave \(language.list(names)): the thresholds beside \(names.count == 1 ? "it" : "them") are undefined. [W511]",
            "没有人给过 \(language.list(names))：相邻阈值无法确定。[W511]")
    }

    private var disorder: String? {
        let names = model.categories.filter { $0.isAverageDisordered }.map { label(of: $0) }
        guard !names.isEmpty else { return nil }
        return language.say(
            "Scores of \(language.list(names)) went to entries that do less well than those with a lower score; ask what judges understand by them. [W512]",
            "得 \(language.list(names)) 分者反而不如得分更低者；请核实评委对这些等级的理解。[W512]")
    }

    private func label(of category: RaschCategory) -> String {
        let number = NumberFormat.shortest(category.label)
        return model.scales[category.scale].criterion.map { "\(model.sheet.criteria[$0]) \(number)" } ?? number
    }
}
