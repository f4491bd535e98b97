import Evenhand
import EvenhandIO

/// The tables about items: `components`, `decision` and `judge_items`.
struct FacetTables {
    let model: FacetModel
    let study: FacetStudy
    let language: Language

    init(_ study: FacetStudy, _ language: Language) { (model, self.study, self.language) = (study.model, study, language) }

    /// What the variance of scores is made of.
    var components: Table {
        let words = FacetText(model, language)
        let total = model.components.reduce(model.residualVariance) { $0 + $1.variance }
        let names = model.components.map { words.name(of: $0.facets) } + [language.say("noise", "误差")]
        let variances = model.components.map(\.variance) + [model.residualVariance]
        return Table(
            name: "components", title: language.say("Variance components", "方差成分"),
            columns: [
                Table.Column("component", heading: language.say("component", "成分"), .texts(names), isWhole: true),
                Table.Column(
                    "levels", heading: language.say("levels", "水平数"),
                    .integers(model.components.map(\.levelCount) + [model.sheet.count])),
                Table.Column("variance", heading: language.say("variance", "方差"), .numbers(variances, decimals: 3)),
                Table.Column(
                    "se", heading: language.say("SE", "标准误"),
                    .numbers(model.components.map(\.standardError) + [model.residualError], decimals: 3)),
                Table.Column("sd", heading: language.say("SD", "标准差"), .numbers(variances.map { $0.squareRoot() }, decimals: 2)),
                Table.Column(
                    "share", heading: language.say("share", "占比"), .numbers(variances.map { total > 0 ? $0 / total : nil }, decimals: 3)),
            ])
    }

    /// What other numbers of judges and items would give.
    var decision: Table {
        let rows = study.rows
        return Table(
            name: "decision", title: language.say("Decision study", "决策研究"),
            columns: [
                Table.Column("judges", heading: language.say("judges", "评委"), .integers(rows.map(\.judges))),
                Table.Column("items", heading: language.say("items", "题目"), .integers(rows.map(\.items))),
                Table.Column("repetitions", heading: language.say("repetitions", "重复"), .integers(rows.map(\.repetitions))),
                Table.Column("scores", heading: language.say("scores", "评分数"), .integers(rows.map(\.scores))),
                Table.Column(
                    "relative_se", heading: language.say("relative SE", "相对标准误"),
                    .numbers(rows.map { $0.relativeErrorVariance.squareRoot() }, decimals: 2)),
                Table.Column(
                    "absolute_se", heading: language.say("absolute SE", "绝对标准误"),
                    .numbers(rows.map { $0.absoluteErrorVariance.squareRoot() }, decimals: 2)),
                Table.Column(
                    "reliability", heading: language.say("generalizability", "概化系数"), .numbers(rows.map(\.reliability), decimals: 3)),
                Table.Column(
                    "dependability", heading: language.say("dependability", "可靠性指数"), .numbers(rows.map(\.dependability), decimals: 3)),
            ])
    }

    /// Judges with single items, those furthest from what both do otherwise first.
    var judgeItems: Table? {
        let effects = model.effects([.judge, .item])
        guard !effects.isEmpty else { return nil }
        let sorted = effects.indices.sorted { (-effects[$0].value.magnitude, $0) < (-effects[$1].value.magnitude, $1) }.map { effects[$0] }
        let sheet = model.sheet
        let decimals = sheet.calibratedDecimals
        func names(_ index: KeyPath<FacetModel.Effect, Int?>, _ names: [String]) -> Table.Cells {
            .texts(sorted.map { $0[keyPath: index].map { names[$0] } ?? "" })
        }
        return Table(
            name: "judge_items", title: language.say("Judges by item", "评委与题目"),
            columns: [
                Table.Column("judge", heading: language.say("judge", "评委"), names(\.judge, sheet.judges), isWhole: true),
                Table.Column("item", heading: language.say("item", "题目"), names(\.item, sheet.items.levels), isWhole: true),
                Table.Column("scores", heading: language.say("scores", "评分数"), .integers(sorted.map(\.scores))),
                Table.Column(
                    "effect", heading: language.say("effect", "偏离"),
                    .numbers(sorted.map { sheet.direction.turned($0.value) }, decimals: decimals)),
                Table.Column("se", heading: language.say("SE", "标准误"), .numbers(sorted.map(\.standardError), decimals: decimals)),
            ])
    }

    /// What scores change with covariates.
    var covariates: Table? {
        let slopes = model.slopes
        guard !slopes.isEmpty else { return nil }
        let turned = slopes.map { model.sheet.direction.turned($0.estimate) }
        let intervals = turned.map { $0.interval(level: 0.95) }
        func numbers(_ values: [Double]) -> Table.Cells { .numbers(values.map { $0 }, decimals: 5) }
        return Table(
            name: "covariates", title: language.say("Covariates", "协变量"),
            columns: [
                Table.Column("covariate", heading: language.say("covariate", "协变量"), .texts(slopes.map(\.name)), isWhole: true),
                Table.Column("slope", heading: language.say("slope", "斜率"), numbers(turned.map(\.value))),
                Table.Column("se", heading: language.say("SE", "标准误"), numbers(turned.map(\.standardError))),
                Table.Column("low", heading: language.say("low", "下限"), numbers(intervals.map(\.lowerBound))),
                Table.Column("high", heading: language.say("high", "上限"), numbers(intervals.map(\.upperBound))),
            ])
    }

    private var others: String {
        model.sheet.items.isPresent
            ? language.say(
                "The other tables are about each judge's mean over items and repetitions: other judges would be drawn, on the same items.",
                "其余各表针对每位评委在各题与各次重复上的平均分：评委重新抽取，题目不变。")
            : language.say("The other tables are about each judge's mean over repetitions.", "其余各表针对每位评委多次评分的平均分。")
    }

    private var criteria: String {
        language.say(
            "Scores of criteria count alike; entries with criteria are part of what is measured, since the same criteria would be used again.",
            "各指标的评分等权；因沿用相同指标，项目与指标的交互计入所测量的成绩。")
    }

    /// What the tables mean.
    var notes: [String] {
        [
            language.say(
                "components: variances by restricted maximum likelihood, entries, judges and items all drawn from larger populations; what cannot be told from noise is in the noise. decision: every entry would meet the same judges and items, drawn anew; generalizability is about the order, dependability about the results.",
                "方差成分：限制性最大似然估计，项目、评委与题目均视为从更大的总体中抽取；无法与误差区分者计入误差。决策研究：所有项目由同一组重新抽取的评委与题目评定；概化系数针对名次，可靠性指数针对成绩。")
        ] + (model.sheet.criteria.isEmpty ? [] : [criteria]) + (model.sheet.hasItems ? [others] : []) + anchorNotes
    }
}
