package import Evenhand
import EvenhandIO

extension RaschError {
    /// Why there is no model, and what to do, with its stable code.
    package func message(in language: Language) -> String { "\(wording(language)) [\(code)]" }

    var code: String {
        switch self {
        case .scaleTooLong: "E850"
        case .nothingLeft: "E851"
        case .separate: "E852"
        case .confounded: "E853"
        case .undetermined: "E854"
        case .unbounded: "E855"
        case .noCriteria: "E856"
        case .noFacet: "E857"
        case .noWeight: "E858"
        case .constantCriterion: "E859"
        case .noDifferences: "E860"
        case .noChance: "E861"
        }
    }

    private func wording(_ language: Language) -> String {
        switch self {
        case .scaleTooLong(let criterion, let low, let high, let categories, let most):
            let ends = [low, high].map { NumberFormat.shortest($0) }
            let what = criterion.map { language.say(" of \($0)", "“\($0)”") } ?? ""
            return language.say(
                "The scores\(what) go from \(ends[0]) to \(ends[1]), which makes \(categories) categories; more than \(most) are not estimated. For points the linear model is the right one: leave out --model. To see them as a rating scale all the same, add --categories 10.",
                "\(what)评分从 \(ends[0]) 到 \(ends[1])，共 \(categories) 级，超过 \(most) 级无法估计。百分制等分数宜用线性模型：去掉 --model 即可。如仍要当作等级量表，请加 --categories 10。"
            )
        case .nothingLeft:
            return language.say(
                "Every score is the same, or at an end of the scale, so nothing can be measured.", "所有评分相同，或都在量表两端，无法测量。")
        case .separate(let judges):
            let groups = judges.prefix(6).map { "{\(language.list($0, most: 6))}" }.joined(separator: language.say(", ", "，"))
            return language.say(
                "The judges fall into \(judges.count) groups that share no entry with scores that say anything, so severity and quality cannot be told apart across groups: \(groups)\(judges.count > 6 ? ", …" : ""). Analyse each by itself with --heat, or add --estimate mml, which assumes that all entries come from one distribution.",
                "评委分为 \(judges.count) 组，组间没有共同项目（或其评分不含信息），无法跨组区分宽严与水平：\(groups)\(judges.count > 6 ? "，…" : "")。请用 --heat 分别分析；或加 --estimate mml，即假设所有项目来自同一分布。"
            )
        case .confounded(let a, let b):
            return language.say(
                "\(a.plural) and \(b.plural) cannot be told apart, since some of each only occur with one another; leave one of the facets out with --facets.",
                "\(a.word(.zh))与\(b.word(.zh))无法区分，因为其中一些只彼此同时出现；请用 --facets 去掉其一。")
        case .undetermined:
            return language.say(
                "The scores are too few, or too unevenly spread, to tell all measures apart; leave a facet out with --facets.",
                "评分太少或分布太不均匀，无法区分所有测量值；请用 --facets 去掉一个侧面。")
        case .unbounded(let elements):
            let list = language.list(elements)
            let names = elements.isEmpty ? "" : language.say(": \(list) run away from the others", "：\(list) 与其余相差无限")
            return language.say(
                "No finite measures fit the scores\(names). Add --estimate mml, have more scores given, or leave these out.",
                "不存在有限的测量值\(names)。请加 --estimate mml、补充评分，或去掉这些。")
        case .noCriteria:
            return language.say(
                "--model partial-credit has steps for each criterion, and there are none; use --model rating-scale.",
                "--model partial-credit 为每个指标估计阈值，而这里没有指标；请改用 --model rating-scale。")
        case .noFacet(let facet):
            return language.say(
                "--facets \(facet.rawValue): the sheet has none; leave it out.", "--facets \(facet.rawValue)：评分表中没有；请去掉。")
        case .noWeight(let criterion):
            return language.say(
                "The criterion “\(criterion)” has no weight above 0; add \(criterion)=W to --weights.",
                "指标“\(criterion)”没有大于 0 的权重；请在 --weights 中加上 \(criterion)=权重。")
        case .constantCriterion(let criterion):
            return language.say(
                "All scores of “\(criterion)” are the same, so they cannot be divided into categories; leave the criterion out with --ignore.",
                "指标“\(criterion)”的评分全部相同，无法分级；请用 --ignore 去掉该指标。")
        case .noDifferences:
            return language.say(
                "The entries differ no more than chance would make them differ, so their variance is estimated to be 0; use --estimate jml.",
                "项目之间的差异不超过偶然，方差估计为 0；请改用 --estimate jml。")
        case .noChance:
            return language.say(
                "The judges agree so closely that nothing is left to chance, and entries would differ without limit; the linear model describes such scores: leave out --model.",
                "评委意见高度一致，几乎没有随机差异，项目的差异将没有上限；此类评分请用线性模型：去掉 --model。")
        }
    }
}

extension RaschModel.Facet {
    fileprivate var plural: String {
        switch self {
        case .entry: "Entries"
        case .judge: "Judges"
        case .criterion: "Criteria"
        }
    }
}
