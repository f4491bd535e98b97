import Evenhand
import EvenhandIO

/// The tables about a many-facet Rasch model.
struct RaschTables {
    let model: RaschModel
    let language: Language
    let cells: Language
    let isForPeople: Bool
    /// Judges, criteria and entries, the largest measures of each first.
    let elements: [RaschElement]

    init(model: RaschModel, language: Language, cells: Language, isForPeople: Bool) {
        (self.model, self.language, self.cells, self.isForPeople) = (model, language, cells, isForPeople)
        elements = RaschTables.facets.flatMap { facet in
            let all = model.elements(of: facet)
            return Ranks.ascending(all.map { $0.measure.map { -$0 } ?? .greatestFiniteMagnitude }).map { all[$0] }
        }
    }

    /// The facets in the order in which they are shown: the command is about judges.
    private static let facets: [RaschModel.Facet] = [.judge, .criterion, .entry]

    func table(_ kind: RaschTable) -> Table? {
        switch kind {
        case .measures: measures
        case .categories: categories
        case .separation: separation
        case .bias: bias
        case .contrasts: contrasts
        }
    }

    private func name(_ facet: RaschModel.Facet, _ index: Int) -> String { model.names(of: facet)[index] }

    private func texts(_ name: String, _ english: String, _ chinese: String, _ values: [String], isWhole: Bool = false) -> Table.Column {
        Table.Column(name, heading: language.say(english, chinese), .texts(values), isWhole: isWhole)
    }

    private func marks(_ flags: [[RaschFlag]]) -> Table.Column {
        texts("flags", "flags", "标记", flags.map { $0.map { $0.word(cells) }.joined(separator: cells.say(" ", "、")) }, isWhole: true)
    }

    private func names(_ name: String, _ english: String, _ chinese: String, _ values: [String?]) -> Table.Column {
        Table.Column(name, heading: language.say(english, chinese), .factor(Factor(values)))
    }

    private func numbers(
        _ name: String, _ english: String, _ chinese: String, _ values: [Double?], _ decimals: Int = 2, isDetail: Bool = false
    ) -> Table.Column {
        Table.Column(name, heading: language.say(english, chinese), .numbers(values, decimals: decimals), isDetail: isDetail)
    }

    private func whole(_ name: String, _ english: String, _ chinese: String, _ values: [Int], isDetail: Bool = false) -> Table.Column {
        Table.Column(name, heading: language.say(english, chinese), .integers(values), isDetail: isDetail)
    }

    private var measures: Table {
        let names = Dictionary(uniqueKeysWithValues: model.facets.map { ($0, model.names(of: $0)) })
        return Table(
            name: RaschTable.measures.rawValue, title: language.say("Measures, in logits", "各侧面的测量值（logit）"),
            columns: [
                texts("facet", "facet", "侧面", elements.map { $0.facet.word(cells) }),
                Table.Column(
                    "element", heading: language.say("element", "名称"),
                    .factor(Factor(elements.map { names[$0.facet]?[$0.index] }))),
                numbers("score", "score", "总分", elements.map(\.score), 1, isDetail: true),
                whole("count", "n", "评分数", elements.map(\.count)),
                numbers("observed_average", "mean", "平均分", elements.map(\.observedAverage)),
                numbers("fair_average", "fair", "公平均分", elements.map(\.fairAverage)),
                numbers("measure", "measure", "测量值", elements.map(\.measure)),
                numbers("se", "SE", "标准误", elements.map(\.standardError)),
                numbers("infit", "infit", "加权波动", elements.map { $0.infit?.value }),
                numbers("infit_z", "z", "z", elements.map { $0.infit?.z }, 1, isDetail: true),
                numbers("outfit", "outfit", "异常波动", elements.map { $0.outfit?.value }),
                numbers("outfit_z", "z", "z", elements.map { $0.outfit?.z }, 1, isDetail: true),
                numbers("correlation", "r", "相关", elements.map(\.correlation), isDetail: true),
                numbers("expected_correlation", "expected r", "预期相关", elements.map(\.expectedCorrelation), isDetail: true),
                marks(elements.map(\.flags)),
                numbers("se_full", "full SE", "全部未知时标准误", elements.map(\.fullError), isDetail: true),
            ], keys: 2)
    }

    private var categories: Table {
        let rows = model.categories
        let criteria = rows.map { row in model.scales[row.scale].criterion.map { model.sheet.criteria[$0] } }
        let all = Dictionary(grouping: rows) { $0.scale }.mapValues { $0.reduce(0) { $0 + $1.count } }
        let ofCriteria = isForPeople && model.scales.count == 1 ? [] : [names("criterion", "criterion", "指标", criteria)]
        return Table(
            name: RaschTable.categories.rawValue, title: language.say("Categories of the rating scale", "量表各等级"),
            columns: ofCriteria + [
                numbers("category", "category", "等级", rows.map(\.label), 0),
                numbers("count", "count", "评分数", rows.map(\.count), rows.contains { $0.count != $0.count.rounded() } ? 1 : 0),
                numbers("share", "share", "比例", rows.map { $0.count / (all[$0.scale] ?? 1) }),
                numbers("used", "used", "用于估计", rows.map(\.usedCount), 1, isDetail: true),
                numbers("average_measure", "average measure", "平均测量值", rows.map(\.averageMeasure)),
                numbers("expected_measure", "expected", "预期", rows.map(\.expectedMeasure)),
                numbers("outfit", "outfit", "异常波动", rows.map(\.outfit)),
                numbers("threshold", "threshold", "阈值", rows.map { $0.threshold?.value }),
                numbers("se", "SE", "标准误", rows.map { $0.threshold?.standardError }),
                marks(rows.map(\.flags)),
            ])
    }

    private var separation: Table {
        let known = RaschTables.facets.compactMap { RaschSeparation(of: model, facet: $0) }
        let rows = known.flatMap { facet in RaschSeparation.Basis.allCases.map { (facet: facet, basis: $0) } }
        return Table(
            name: RaschTable.separation.rawValue, title: language.say("How well measures can be told apart", "测量值的区分程度"),
            columns: [
                texts("facet", "facet", "侧面", rows.map { $0.facet.facet.word(cells) }),
                texts("basis", "as", "视为", rows.map { $0.basis.word(cells) }),
                whole("elements", "n", "数目", rows.map(\.facet.count)),
                numbers("mean", "mean", "平均", rows.map(\.facet.mean), isDetail: true),
                numbers("rmse", "RMSE", "RMSE", rows.map(\.facet.error)),
                numbers("true_sd", "true SD", "真标准差", rows.map { $0.facet.trueDeviation($0.basis) }),
                numbers("separation", "separation", "分离指数", rows.map { $0.facet.separation($0.basis) }),
                numbers("strata", "strata", "可区分层数", rows.map { $0.facet.strata($0.basis) }),
                numbers("reliability", "reliability", "信度", rows.map { $0.facet.reliability($0.basis) }),
                numbers("chi2", "χ²", "χ²", rows.map(\.facet.chiSquared), 1),
                whole("df", "df", "自由度", rows.map(\.facet.degreesOfFreedom)),
                numbers("p", "p", "p", rows.map(\.facet.p), 4),
            ])
    }

    private var bias: Table? {
        let families = [RaschModel.Facet.criterion, .entry].map { model.interactions(with: $0) }
        let rows = families.flatMap { found in zip(found, PAdjustment.bh.adjusted(found.map(\.p))).map { (found: $0, adjusted: $1) } }
        guard !rows.isEmpty else { return nil }
        // The clearest first; single scores, which have no p, last.
        let keys = rows.enumerated().map { (p: $1.found.p ?? 2, size: -$1.found.t.magnitude, position: $0) }
        let order = keys.sorted { $0 < $1 }.map { rows[$0.position] }
        return Table(
            name: RaschTable.bias.rawValue,
            title: language.say("What judges give beyond severity, in logits", "宽严之外评委多给的部分（logit）"),
            columns: [
                texts("kind", "kind", "类别", order.map { $0.found.facet.word(cells) }),
                names("judge", "judge", "评委", order.map { name(.judge, $0.found.judge) }),
                texts("level", "of", "对象", order.map { name($0.found.facet, $0.found.element) }),
                numbers("size", "size", "大小", order.map(\.found.size.value)),
                numbers("se", "SE", "标准误", order.map(\.found.size.standardError)),
                numbers("p", "p", "p", order.map(\.found.p), 4),
                numbers("p_adjusted", "adjusted p", "校正 p", order.map(\.adjusted), 4),
                whole("n", "n", "n", order.map(\.found.count)),
                numbers("t", "t", "t", order.map(\.found.t)),
                numbers("excess", "points", "多给分数", order.map(\.found.excess), 1, isDetail: true),
                texts("extreme", "extreme", "极端", order.map { $0.found.isExtreme ? cells.say("yes", "是") : "" }),
            ], keys: 3)
    }

    private var contrasts: Table? {
        let all = model.contrasts
        guard !all.isEmpty else { return nil }
        let p = all.map(\.p)
        let adjusted = PAdjustment.bh.adjusted(p)
        let order = Ranks.ascending(p.map { $0 ?? 2 })
        let rows = order.map { all[$0] }
        let names = { (position: Int) in name(.criterion, position) }
        return Table(
            name: RaschTable.contrasts.rawValue,
            title: language.say("Severity on one criterion against another", "同一评委在两个指标上的宽严之差"),
            columns: [
                self.names("judge", "judge", "评委", rows.map { name(.judge, $0.judge) }),
                self.names("a", "a", "a", rows.map { names($0.a) }), self.names("b", "b", "b", rows.map { names($0.b) }),
                numbers("severity_a", "on a", "a 的宽严", rows.map(\.severityA.value)),
                numbers("se_a", "SE a", "a 标准误", rows.map(\.severityA.standardError), isDetail: true),
                numbers("severity_b", "on b", "b 的宽严", rows.map(\.severityB.value)),
                numbers("se_b", "SE b", "b 标准误", rows.map(\.severityB.standardError), isDetail: true),
                numbers("difference", "difference", "差", rows.map { $0.severityA.value - $0.severityB.value }),
                numbers("se", "SE", "标准误", rows.map { $0.difference?.standardError }),
                numbers("df", "df", "自由度", rows.map { $0.difference?.degreesOfFreedom }, 1, isDetail: true),
                numbers("p", "p", "p", rows.map(\.p), 4),
                numbers("p_adjusted", "adjusted p", "校正 p", order.map { adjusted[$0] }, 4),
            ], keys: 3)
    }
}

extension RaschModel.Facet {
    func word(_ language: Language) -> String {
        switch self {
        case .entry: language.say("entry", "项目")
        case .judge: language.say("judge", "评委")
        case .criterion: language.say("criterion", "指标")
        }
    }
}

extension RaschSeparation.Basis {
    func word(_ language: Language) -> String {
        self == .population ? language.say("population", "总体") : language.say("sample", "样本")
    }
}

/// What is marked.
enum RaschFlag: String, CaseIterable {
    case maximum, minimum, unmeasured, misfit, overfit, unused
    case averageDisorder = "disordered-average"
    case thresholdDisorder = "disordered-threshold"

    func word(_ language: Language) -> String {
        switch self {
        case .maximum: language.say(rawValue, "全为最高")
        case .minimum: language.say(rawValue, "全为最低")
        case .unmeasured: language.say(rawValue, "无法测量")
        case .misfit: language.say(rawValue, "拟合不佳")
        case .overfit: language.say(rawValue, "过于一致")
        case .unused: language.say(rawValue, "未使用")
        case .averageDisorder: language.say(rawValue, "平均值倒序")
        case .thresholdDisorder: language.say(rawValue, "阈值倒序")
        }
    }
}

extension RaschElement {
    /// Mean squares between these do no harm (Linacre, *What do infit and outfit, mean-square and standardized mean?*, Rasch Measurement
    /// Transactions 16 (2002)); beyond them an element is marked if chance does not explain it.
    private static let usualFit = 0.5...1.5

    var flags: [RaschFlag] {
        switch standing {
        case .maximum: return [.maximum]
        case .minimum: return [.minimum]
        case .unmeasured: return [.unmeasured]
        case .measured: break
        }
        let fits = [infit, outfit].compactMap(\.self)
        if fits.contains(where: { $0.value > RaschElement.usualFit.upperBound && ($0.z ?? 0) >= 2 }) { return [.misfit] }
        return fits.contains { $0.value < RaschElement.usualFit.lowerBound && ($0.z ?? 0) <= -2 } ? [.overfit] : []
    }
}

extension RaschCategory {
    var flags: [RaschFlag] {
        (count == 0 ? [.unused] : []) + (isAverageDisordered ? [.averageDisorder] : [])
            + (isThresholdDisordered ? [.thresholdDisorder] : [])
    }
}
