import Evenhand
import EvenhandIO

/// What a facet model says, in words.
struct FacetText {
    let model: FacetModel
    let language: Language

    init(_ model: FacetModel, _ language: Language) { (self.model, self.language) = (model, language) }

    /// The standard deviations of all components.
    var note: String {
        let parts = model.components.map { "\(name(of: $0.facets)) \(deviation($0.variance))" }
        let noise = language.say("noise of one score \(deviation(model.residualVariance))", "单个评分的误差 \(deviation(model.residualVariance))")
        let names = (parts + [noise]).joined(separator: language.say(", ", "，"))
        let slopes = model.slopes.map(\.name)
        let held = slopes.isEmpty ? "" : language.say(" At the mean \(language.list(slopes)).", "取\(language.list(slopes))的平均值。")
        return language.say(
            "Model of facets, standard deviations in points: \(names). Judges and items count as drawn from larger populations.\(held)",
            "多面模型，标准差（分）：\(names)。评委与题目均视为从更大的总体中抽取。\(held)")
    }

    private func deviation(_ variance: Double) -> String { NumberFormat.fixed(variance.squareRoot(), decimals: 2) }

    /// "entries × items"
    func name(of facets: Facets) -> String {
        let names: [(Facets, String)] = [
            (.entry, language.say("entry", "项目")), (.judge, language.say("judge", "评委")), (.item, language.say("item", "题目")),
            (.criterion, language.say("criterion", "指标")), (.heat, language.say("heat", "场次")),
        ]
        return names.filter { facets.contains($0.0) }.map(\.1).joined(separator: " × ")
    }

    /// What the order and the results of so many judges and items are worth, and what more of either would bring.
    func sentence(_ study: FacetStudy) -> String {
        let now = study.row(judges: study.judges, items: study.items)
        let base = language.say(
            "With \(drawn) drawn anew, \(count(now)) give a generalizability of \(share(now.reliability)) for the order and a dependability of \(share(now.dependability)) for the results.",
            "\(drawn)重新抽取时，\(count(now))：名次的概化系数为 \(share(now.reliability))，成绩的可靠性指数为 \(share(now.dependability))。")
        guard study.model.hasJudges, study.items > 1 else { return base }
        let (judge, items) = (
            study.row(judges: study.judges + 1, items: study.items), study.row(judges: study.judges, items: study.items + 10)
        )
        let isJudge = (judge.reliability ?? 0) >= (items.reliability ?? 0)
        let (judgeCost, itemCost) = (judge.scores - now.scores, items.scores - now.scores)
        return base
            + language.say(
                " One judge more would raise generalizability to \(share(judge.reliability)) for \(judgeCost) more scores of each entry, ten items more to \(share(items.reliability)) for \(itemCost): \(isJudge ? "a judge" : "ten items") would do more, and \(cheaper(now, judge, items) ? "a judge" : "items") more for each score.",
                "增加 1 位评委，概化系数升至 \(share(judge.reliability))（每个项目多 \(judgeCost) 个评分）；增加 10 道题，升至 \(share(items.reliability))（多 \(itemCost) 个评分）：\(isJudge ? "增加评委" : "增加题目")效果更大，按每个评分计，\(cheaper(now, judge, items) ? "增加评委" : "增加题目")更划算。"
            )
    }

    /// Whether another judge takes more of the relative error away for each score than further items.
    private func cheaper(_ now: FacetStudy.Row, _ judge: FacetStudy.Row, _ items: FacetStudy.Row) -> Bool {
        func gain(_ row: FacetStudy.Row) -> Double {
            (now.relativeErrorVariance - row.relativeErrorVariance) / Double(row.scores - now.scores)
        }
        return gain(judge) >= gain(items)
    }

    /// What the coefficients take as drawn from larger populations.
    private var drawn: String {
        switch (model.hasJudges, hasItems) {
        case (true, true): language.say("judges and items both", "评委与题目均")
        case (true, false): language.say("judges", "评委")
        case (false, _): language.say("items", "题目")
        }
    }

    private var hasItems: Bool { model.sheet.items.isPresent }

    private func count(_ row: FacetStudy.Row) -> String {
        let judges = language.count(row.judges, "judge", "位评委")
        let repeats = row.repetitions > 1 ? language.say(", each judged \(row.repetitions) times,", "，各评 \(row.repetitions) 次") : ""
        guard hasItems else { return judges + repeats }
        let items = language.count(row.items, "item", "道题")
        return language.say("\(judges) and \(items)\(repeats)", "\(judges)、\(items)\(repeats)")
    }

    private func share(_ value: Double?) -> String { value.map { NumberFormat.fixed($0, decimals: 3) } ?? "–" }
}

extension Report {
    /// Why tables of judges and items are left out; `nil` for an error that is not about scores.
    package static func noteWithoutFacets(_ error: any Error, in language: Language) -> String? {
        guard let reason = (error as? FitError)?.message(in: language) ?? (error as? DesignError)?.message(in: language) else { return nil }
        return language.say("components, decision, effects: \(reason)", "方差成分、决策研究与效应：\(reason)")
    }
}
