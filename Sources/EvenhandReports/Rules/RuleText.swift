import Evenhand
import EvenhandIO

/// A rule and its tie-breaks in words.
struct RuleText {
    let ranking: Ranking
    let language: Language

    /// The steps, the coefficients, and who was treated specially.
    var notes: [String] {
        guard let rule = ranking.rule else { return [] }
        var notes: [String] = []
        let stage = (try? rule.stage(of: ranking.sheet)) ?? 0
        let steps = rule.rule.steps(of: stage).map { RuleText.name($0, language) }
        notes.append(
            language.say("rule: ", "按规则：") + steps.joined(separator: language.say("; ", "；")) + language.say(".", "。")
                + weights(rule.rule, stage))
        for found in rule.coefficients where found.stage == stage {
            let places = RuleText.decimals(of: found.values.compactMap(\.self), most: 6) ?? 6
            let heats = rule.sheet.heats.indices.compactMap { heat in
                found.values[heat].map { "\(rule.sheet.heats[heat].name ?? "–") \(NumberFormat.fixed($0.value, decimals: places))" }
            }
            notes.append(
                language.say("Panel coefficients: \(language.list(heats)).", "修正系数：\(language.list(heats))。"))
        }
        notes += fewerHeats(rule)
        let few = ranking.columns.first?.results.untrimmed.map { ranking.sheet.entries[$0] } ?? []
        if !few.isEmpty {
            notes.append(
                language.say("rule: too few scores to leave any out: \(language.list(few)).", "按规则：评分太少而未去掉任何评分：\(language.list(few))。"))
        }
        return notes
    }

    /// The entries that have fewer heats than others where heats are combined.
    private func fewerHeats(_ rule: RuleResults) -> [String] {
        guard let performances = try? rule.performances(in: ranking.sheet) else { return [] }
        let counts = performances.map { rule.performances(combinedWith: $0).count }
        let most = counts.max() ?? 0
        let few = zip(ranking.sheet.entries, counts).filter { $1 < most }.map { "\($0) (\($1))" }
        guard !few.isEmpty else { return [] }
        return [
            language.say(
                "rule: fewer heats than the \(most) of the others, and those that there are count: \(language.list(few)).",
                "按规则：场次少于其他项目的 \(most) 场，已有的计入：\(language.list(few))。")
        ]
    }

    private func weights(_ rule: ScoringRule, _ stage: Int) -> String {
        guard rule.stages.indices.contains(stage), !rule.stages[stage].weights.isEmpty else { return "" }
        let terms = rule.stages[stage].weights.map { "\(RuleText.text($0.weight)) × \($0.stage)" }.joined(separator: " + ")
        let cut = rule.stages[stage].rounding.map { language.say(", ", "，") + RuleText.name(.round($0), language) } ?? ""
        return language.say(" Cumulative: \(terms)\(cut).", "累计：\(terms)\(cut)。")
    }

    /// Whether the rule weighs results of earlier stages.
    var countsEarlierStages: Bool { (try? ranking.rule?.earlierStages(for: ranking.sheet).isEmpty) == false }

    /// What the order rests on when earlier stages with different panels count.
    var differentPanels: String? {
        guard let rule = ranking.rule, let earlier = try? rule.earlierStages(for: ranking.sheet) else { return nil }
        let names = rule.stagesOfDifferentPanels(earlier, for: ranking.sheet).compactMap { rule.stageNames[$0] }
        guard !names.isEmpty else { return nil }
        return language.say(
            "The rule counts \(language.list(names)), where the \(ranking.sheet.entries.count) entries were scored by different panels: this order assumes that those panels were equally severe.",
            "规则计入\(language.list(names))，而 \(ranking.sheet.entries.count) 个项目在其中由不同的评委组评分：该排序假设这些评委组宽严相同。")
    }

    /// Which step separated which entries.
    var tieBreakNotes: [String] {
        guard let first = ranking.columns.first, let breaking = first.tieBreaking else { return [] }
        let names = breaking.separations.map { separation in
            let parts = separation.parts.map { part in part.map { ranking.sheet.entries[Int($0)] }.joined(separator: " = ") }
            return "\(parts.joined(separator: " > ")) (\(language.name(of: separation.by)))"
        }
        let chain = breaking.chain.map { language.name(of: $0) }.joined(separator: language.say(", ", "、"))
        guard !names.isEmpty else {
            return [
                language.say(
                    "Ties of \(first.name), to be broken by \(chain): none was broken.",
                    "\(language.name(ofMethod: first.name))的并列按\(chain)区分：没有能够区分的。")
            ]
        }
        return [
            language.say(
                "Ties of \(first.name), broken by \(chain): \(language.list(names)).",
                "\(language.name(ofMethod: first.name))的并列按\(chain)区分：\(language.list(names))。")
        ]
    }

    /// What a step does.
    static func name(_ step: ScoringRule.Step, _ language: Language) -> String {
        switch step {
        case .trim(let high, let low):
            return language.say(
                "\(text(high, language)) highest and \(text(low, language)) lowest left out",
                "去掉最高 \(text(high, language)) 个、最低 \(text(low, language)) 个")
        case .best(let count, let facet):
            return language.say("best \(count) of the \(facet.rawValue)", "取最好的 \(count) \(RuleText.unit(facet))")
        case .clip(let distance):
            return language.say("at most \(text(distance, language)) from the mean", "限制在平均分 ± \(text(distance, language)) 之内")
        case .round(let rounding):
            let mode = rounding.mode.rawValue.replacing("-", with: " ")
            let chinese = [Rounding.Mode.halfUp: "四舍五入", .halfEven: "四舍六入五成双", .down: "舍去"][rounding.mode] ?? mode
            return language.say("\(mode), \(language.count(rounding.decimals, "decimal", ""))", "保留 \(rounding.decimals) 位小数（\(chinese)）")
        case .judges(let how): return language.say("\(how.rawValue) of the judges", "评委取\(chinese(how))")
        case .criteria(let how): return language.say("\(how.rawValue) of the criteria", "指标取\(chinese(how))")
        case .heats(let how): return language.say("\(how.rawValue) of the heats", "各场取\(chinese(how))")
        case .preferences:
            return language.say("number of other entries that the judge scores lower, equal ones counted half", "该评委评分更低的其他项目数（相同计半）")
        case .add(let amount): return "+ \(text(amount, language))"
        case .subtract(let amount): return "− \(text(amount, language))"
        case .multiply(let amount): return "× \(text(amount, language))"
        case .divide(let amount): return "÷ \(text(amount, language))"
        case .coefficient(_, let cut):
            let places = cut.map { language.say(" of \($0.decimals) decimals", "（\($0.decimals) 位小数）") } ?? ""
            return language.say("× panel coefficient\(places)", "× 修正系数\(places)")
        }
    }

    private static func chinese(_ how: ScoringRule.Combination) -> String {
        switch how {
        case .sum: "总和"
        case .mean: "平均"
        case .median: "中位数"
        case .max: "最大值"
        case .min: "最小值"
        case .majority: "过半数评委达到的值"
        }
    }

    private static func unit(_ facet: ScoringRule.Facet) -> String {
        switch facet {
        case .judges: "个评委分"
        case .criteria: "项指标"
        case .heats: "场"
        }
    }

    private static func text(_ amount: ScoringRule.Amount, _ language: Language) -> String {
        switch amount {
        case .fixed(let value): return text(value)
        case .attribute(let name): return name
        case .cases(let cases):
            var values: [String] = []
            for value in cases.map({ text($0.amount, language) }) where !values.contains(value) { values.append(value) }
            return values.joined(separator: language.say(" or ", " 或 "))
        }
    }

    /// The decimal that a fraction is, or its first six places.
    static func text(_ value: Fraction) -> String {
        NumberFormat.fixed(value.value, decimals: decimals(of: [value], most: 6) ?? 6)
    }

    /// The fewest decimals that show all numbers exactly; `nil` when `most` are not enough.
    static func decimals(of values: [Fraction], most: Int = 4) -> Int? {
        (0...most).first { places in values.allSatisfy { $0.rounded(toDecimals: places) == $0 } }
    }
}
