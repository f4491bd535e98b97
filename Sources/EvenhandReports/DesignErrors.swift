public import Evenhand
import EvenhandIO

extension DesignError {
    /// What the design lacks, and what to do, with its stable code.
    public func message(in language: Language) -> String { "\(wording(language)) [\(code)]" }

    var code: String {
        switch self {
        case .stageOrderUnknown: "E301"
        case .unknownStage: "E302"
        case .unknownHeat: "E303"
        case .severalStages: "E304"
        case .unknownCriterion: "E305"
        case .noWeight: "E306"
        case .noMaximum: "E307"
        case .noCompleteBallot: "E308"
        case .unknownAttribute: "E309"
        case .zeroHeatMean: "E310"
        case .inexactScores: "E311"
        case .noAmount: "E312"
        case .noCount: "E313"
        case .noNumber: "E314"
        case .criteriaLeft: "E315"
        case .stageNotInRule: "E316"
        case .noStageResult: "E317"
        case .severalPerformances: "E318"
        case .unknownEntry: "E319"
        case .noEarlierStage: "E320"
        case .severalValues: "E321"
        case .severalAmounts: "E322"
        case .severalLines: "E323"
        case .tooFew: "E330"
        case .tooMany: "E332"
        case .incompleteTable: "E331"
        case .constantCovariate: "E333"
        case .replacedFacet: "E334"
        }
    }

    /// What there are too few or too many of.
    private static func chinese(_ what: String) -> String {
        switch what {
        case "scores": "评分"
        case "entries": "项目"
        case "judges": "评委"
        case "items": "题目"
        case "criteria": "指标"
        case "heats": "场次"
        case "independent covariates": "互不决定的协变量"
        case "connected judges": "有共同项目的评委"
        case "scored entries": "有评分的项目"
        default: what
        }
    }

    func wording(_ language: Language) -> String {
        switch self {
        case .stageOrderUnknown(let names):
            language.say(
                "The sheet does not show the order of the stages: \(language.list(names)). Choose with --stage NAME, --stage all or --heat NAME.",
                "无法从评分表判断各阶段的先后：\(language.list(names))。请用 --stage 名称、--stage all 或 --heat 名称 指定。")
        case .unknownStage(let name, let known):
            known.isEmpty
                ? language.say(
                    "There is no stage “\(name)”: the sheet has no stage column, and no entry goes on from one heat to another.",
                    "没有阶段“\(name)”：评分表没有阶段列，也没有项目从一个场次进入另一个场次。")
                : language.say(
                    "There is no stage “\(name)”; the sheet has: \(language.list(known.map(language.stageName))).",
                    "没有阶段“\(name)”；现有：\(language.list(known.map(language.stageName)))。")
        case .unknownHeat(let name, let known):
            known.isEmpty
                ? language.say("There is no heat “\(name)”: the sheet has no heat column.", "没有场次“\(name)”：评分表没有场次列。")
                : language.say(
                    "There is no heat “\(name)”; there are: \(language.list(known)).", "没有场次“\(name)”；现有：\(language.list(known))。")
        case .severalStages(let names):
            language.say(
                "These heats belong to several stages: \(language.list(names.map(language.stageName))). Add --stage NAME.",
                "这些场次属于多个阶段：\(language.list(names.map(language.stageName)))。请加 --stage 名称。")
        case .unknownCriterion(let name, let known):
            language.say(
                known.isEmpty
                    ? "There is no criterion “\(name)”: the sheet has no criteria."
                    : "There is no criterion “\(name)”; the sheet has: \(language.list(known)).",
                known.isEmpty ? "没有指标“\(name)”：评分表不含指标。" : "没有指标“\(name)”；现有：\(language.list(known))。")
        case .noWeight(let name):
            language.say(
                "The criterion “\(name)” has no weight; add \(name)=W to --weights.", "指标“\(name)”没有权重；请在 --weights 中加上 \(name)=权重。")
        case .noMaximum(let name):
            language.say(
                "The criterion “\(name)” has no maximum above 0; add \(name)=N to --max.", "指标“\(name)”没有大于 0 的满分；请在 --max 中加上 \(name)=满分。")
        case .noCompleteBallot:
            language.say(
                "No judge scored every criterion of an entry, so there are no totals; use rank --rule FILE with the steps {\"judges\": \"mean\"}, {\"criteria\": \"sum\"}, which take the criteria one by one.",
                "没有一位评委给某个项目的全部指标打了分，因此没有总分；请用 rank --rule 文件，其步骤 {\"judges\": \"mean\"}、{\"criteria\": \"sum\"} 逐项处理指标。")
        case .unknownAttribute(let name, let known):
            known.isEmpty
                ? language.say(
                    "There is no attribute “\(name)”: nothing is known about the entries except their scores.",
                    "没有属性“\(name)”：除评分外没有项目的其他信息。")
                : language.say(
                    "There is no attribute “\(name)”; there are: \(language.list(known)).", "没有属性“\(name)”；现有：\(language.list(known))。")
        case .noEarlierStage(let name):
            language.say("There is no stage before “\(name)” from which entries could have reached it.", "“\(name)”之前没有其他阶段，无从入围。")
        case .severalValues(let attribute):
            language.say(
                "“\(attribute)” has several values for one entry, so it cannot define groups: correct the column, or give one value for each entry with --entries FILE.",
                "“\(attribute)”在同一项目中有多个取值，不能分组：请更正该列，或用 --entries 文件 为每个项目给出一个值。")
        case .zeroHeatMean(let heat):
            language.say("The mean of heat “\(heat)” is 0, so it has no coefficient.", "场次“\(heat)”的平均分为 0，无法计算修正系数。")
        case .tooFew(let what, let found, let needed):
            language.say(
                "There are too few \(what) for a model of entries and judges: \(found); at least \(needed) are needed, so that some entries and some judges have more than one.",
                "\(DesignError.chinese(what))太少，无法拟合项目与评委模型：共 \(found) 个，至少需要 \(needed) 个，使部分项目和评委有多个评分。")
        case .incompleteTable(let scores, let cells):
            language.say(
                "An analysis of entries, judges and criteria needs a score in every cell: there are \(scores) for \(cells) cells. Use totals instead of criteria.",
                "按项目、评委和指标分析时，每位评委对每个项目的每项指标都须有评分：应有 \(cells) 个，现有 \(scores) 个。请改用总分。")
        case .tooMany(let what, let found, let limit):
            language.say(
                "There are too many \(what) for this analysis: \(found), where at most \(limit) are possible. Choose a part with --stage or --heat.",
                "\(DesignError.chinese(what))过多，无法进行该分析：共 \(found) 个，最多 \(limit) 个。请用 --stage 或 --heat 选择一部分。")
        case .constantCovariate(let name):
            language.say(
                "“\(name)” has the same value for all scores and explains nothing; leave it out of --covariate.",
                "“\(name)”在所有评分中取值相同，无法解释差异；请从 --covariate 中去掉。")
        case .replacedFacet(let what):
            language.say(
                "The covariates tell all \(what) apart, so nothing is left of the \(what) themselves; leave out one of --covariate.",
                "协变量已把\(DesignError.chinese(what))逐一区分，\(DesignError.chinese(what))本身的差异无法估计；请去掉一个 --covariate。")
        default: ruleWording(language)
        }
    }
}

extension FitError {
    private func gigabytes(_ bytes: Double) -> String { NumberFormat.fixed(bytes / 1e9, decimals: 1) }

    /// What went wrong, with its stable code.
    public func message(in language: Language) -> String {
        switch self {
        case .overflow(let what):
            language.say(
                "The numbers are too large: the sum of \(what) exceeds 2^127 units of the last decimal place. [E401]",
                "数值过大：\(what) 之和超过末位小数单位的 2^127。[E401]")
        case .notPositiveDefinite(let minor):
            language.say(
                "The equations of the model cannot be solved: rounding leaves no positive minor of order \(minor). [E402]",
                "模型方程无法求解：舍入误差使 \(minor) 阶主子式不为正。[E402]")
        case .notConverged(let steps, let change):
            language.say(
                "The variances did not converge in \(steps) steps; the last relative change was \(NumberFormat.shortest(change)). [E403]",
                "\(steps) 步后方差仍未收敛；最后一步的相对变化为 \(NumberFormat.shortest(change))。[E403]")
        case .noResidual:
            language.say(
                "Entries and judges explain every score exactly, so no noise is left to weight scores by: use --method mean or centered. [E404]",
                "项目与评委完全解释了所有评分，没有可供加权的误差：请使用 --method mean 或 centered。[E404]")
        case .noDifferences:
            language.say(
                "The entries differ no more than noise alone would make them differ, so judges' scales cannot be compared: use --method mean. [E406]",
                "项目之间的差异不超过误差，无法比较评委的尺度：请使用 --method mean。[E406]")
        case .noMatrixLibrary:
            language.say(
                "Models need OpenBLAS, which is not installed: on Debian or Ubuntu, apt-get install libopenblas0. [E408]",
                "模型需要 OpenBLAS，但尚未安装：在 Debian 或 Ubuntu 上请运行 apt-get install libopenblas0。[E408]")
        case .tooLarge(let what, let count, let bytes, let limit):
            language.say(
                "There are \(count) \(what); their pairwise tables would need \(gigabytes(bytes)) GB of memory, and this machine has \(gigabytes(Double(limit))) GB for them. Choose a part with --stage or --heat, or a method without a model. [E407]",
                "共有 \(count) \(what == "judges" ? "位评委" : "个项目")，两两比较的表格需要 \(gigabytes(bytes)) GB 内存；本机可用 \(gigabytes(Double(limit))) GB。请用 --stage 或 --heat 选择一部分，或换用不拟合模型的方法。[E407]"
            )
        }
    }
}
