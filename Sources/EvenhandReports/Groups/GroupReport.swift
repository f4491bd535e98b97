public import Evenhand
import EvenhandIO

/// What a report on groups is made from besides the comparison.
public struct GroupLayout: Sendable {
    /// Who was selected and how that is known, when it is.
    public var selected: SelectedEntries?
    /// How many entries of each group remain from stage to stage, for the pictures.
    public var funnels: [Funnel] = []
    /// Whether pictures are drawn.
    public var hasPlots = false
    /// The rows that are printed; all when `nil`.
    public var top: Int?

    /// Without a selection and without pictures.
    public init() {}
}

extension Report {
    /// How groups did, in words and tables.
    ///
    /// - Parameters:
    ///   - comparisons: one for each grouping, of the same results.
    ///   - totals: the totals that were compared; they know the ballots that were left out.
    ///   - selection: the part of the contest.
    ///   - layout: what else is shown.
    ///   - language: the language of words.
    ///   - cells: that of texts in tables; English ones serve programs as codes.
    public init(
        _ comparisons: [GroupComparison], totals: Totals, selection: Selection, layout: GroupLayout, in language: Language,
        cells: Language? = nil
    ) {
        let tables = comparisons.flatMap { comparison -> [Table] in
            let suffix = comparisons.count > 1 ? "/" + comparison.grouping.attributes.joined(separator: ",") : ""
            return GroupTables(comparison, suffix: suffix, language: cells ?? language).tables
        }
        let words = comparisons.map { GroupText(comparison: $0, selected: layout.selected, language: language) }
        let scope = GroupScope(comparisons: comparisons, totals: totals, selection: selection, layout: layout, language: language)
        let fits = comparisons.first?.breakdown?.models.first??.fit ?? comparisons.first?.results.model
        self.init(
            verdict: words.map(\.verdict).joined(separator: language.say(" ", "")),
            tables: tables.map { table in layout.top.map { table.prefix($0) } ?? table }, notes: scope.notes(words),
            fits: fits.map { [ModelText.fit($0, name: "crossed")] } ?? [],
            plots: layout.hasPlots ? GroupPlots(comparisons, layout, language).plots : [])
    }
}

/// What is said once, however many groupings there are.
struct GroupScope {
    let comparisons: [GroupComparison]
    let totals: Totals
    let selection: Selection
    let layout: GroupLayout
    let language: Language

    func notes(_ words: [GroupText]) -> [String] {
        var (notes, seen) = ([String](), Set<String>())
        let own = words.flatMap(\.notes)
        for note in [compared] + resultNotes + own + selectionNotes + RankingText.ballots(totals, language)
        where seen.insert(note).inserted {
            notes.append(note)
        }
        return notes
    }

    private var compared: String {
        let sheet = totals.sheet
        let left = selection.heatsLeftOut
        let leftOut =
            left == 0
            ? "" : language.say(" \(language.count(left, "earlier heat", "")) left out; see --stage.", "未计入此前 \(left) 个场次；见 --stage。")
        return language.say("Compared: ", "比较范围：") + language.extent(of: sheet, stage: selection.stage) + leftOut
    }

    private var resultNotes: [String] {
        guard let results = comparisons.first?.results else { return [] }
        return [fallback(results), described(results)].compactMap(\.self)
    }

    private func fallback(_ results: GroupResults) -> String? {
        switch results.fallback {
        case .manyJudges(let count):
            language.say(
                "Results: trimmed, since the model of \(count) judges takes long; ask for it with --result crossed.",
                "结果采用去掉最高最低分后的平均分；\(count) 位评委的模型耗时较长，需要时请用 --result crossed。")
        case .noModel:
            language.say(
                "Results: trimmed, since these scores do not allow a model of entries and judges.", "结果采用去掉最高最低分后的平均分；这些评分无法拟合项目与评委模型。")
        case nil: nil
        }
    }

    private func described(_ results: GroupResults) -> String? {
        guard let fit = results.model else {
            return results.plain.flatMap { plain in
                let note = MethodText.note(for: results.method, plain, in: results.sheet, language)
                return results.method == .calibrated
                    ? (note ?? "")
                        + language.say(
                            " Means of shrunken results keep only a part of a true difference between groups: --result crossed has fair means.",
                            "收缩结果的组平均只保留真实组间差异的一部分：公平均值请用 --result crossed。") : note
            }
        }
        return GroupScope.fairMeans(comparisons.first?.breakdown?.models.first??.fit ?? fit, language)
    }

    /// What the columns of a model with fixed effects of groups mean.
    static func fairMeans(_ model: CrossedEffects, _ language: Language) -> String {
        let heats = model.heatVariance == nil ? "" : language.say(" and heats", "与场次")
        let parts = [
            language.say(
                "mean, SD and median: of the entries' mean scores, SD with n − 1. fair mean: what the average judge would have given, the group's fixed effect in a model with entries, judges\(heats) as random effects (\(ModelText.likelihood(model, language))); its standard error contains the error of measurement and the draw of judges\(heats), its 95 % interval is by t. shrunken: fair means drawn together by the variance between groups.",
                "平均、标准差、中位数：按项目平均分计算，标准差除以 n − 1。公平均值：平均评委会给的分数，即项目、评委\(heats)为随机效应的模型（\(ModelText.likelihood(model, language))）中该组的固定效应；标准误包含测量误差与抽到哪些评委\(heats)的误差，95% 区间用 t 分布。收缩均值：按组间方差向总体收缩的公平均值。"
            ),
            ModelText.deviations(model, language), ModelText.boundary(model, language),
        ]
        return parts.compactMap(\.self).joined(separator: language.say(" ", ""))
    }

    private var selectionNotes: [String] {
        guard let selected = layout.selected, let first = comparisons.first else { return [] }
        var notes = [
            language.say(
                "share ratio (representation): share of those selected over share of those that entered. Rates with Wilson's 95 % interval. The exact p of a group assumes that those selected are drawn at random among the entrants (hypergeometric, two-sided); it says nothing about the fairness of judging.",
                "代表指数：入选占比除以参赛占比。入选率为 Wilson 95% 区间。各组的精确 p 值假设入选者从参赛者中随机抽出（超几何分布，双侧）；它不说明评审是否公平。")
        ]
        if first.results.heats != nil {
            notes.append(
                language.say(
                    "p within heats: the same when in each heat as many are drawn as were selected there.",
                    "场内 p：假设每个场次按其入选数随机抽取时的同一 p 值。"))
        }
        if case .places(let places) = selected.source, selected.count > places {
            notes.append(
                language.say(
                    "A tie crosses the cut: \(selected.count) entries are among the first \(places), and all count as selected.",
                    "并列跨越入围线：前 \(places) 名共有 \(selected.count) 个项目，均计为入选。"))
        }
        return notes
    }
}
