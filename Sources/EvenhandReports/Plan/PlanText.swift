import Evenhand
import EvenhandIO

/// What is said about a plan.
struct PlanText {
    let review: PlanReview
    let isChecked: Bool
    let seed: UInt64
    let language: Language

    private var problem: AssignmentProblem { review.problem }

    var verdict: String { [counts, isChecked ? faults : nil, comparison].compactMap(\.self).joined(separator: language.say(" ", "")) }

    private var counts: String {
        let needs = range(review.panels.map(\.count))
        let loads = range(review.loads)
        return language.say(
            "\(language.count(problem.entries.count, "entry", "")), each with \(needs) of \(language.count(problem.judges.count, "judge", "")): \(language.count(review.seats.count, "score", "")), \(loads) for each judge.",
            "\(problem.entries.count) 个项目，每个由 \(problem.judges.count) 位评委中的 \(needs) 位评审：共 \(review.seats.count) 个评分，每位评委 \(loads) 个。")
    }

    private func range(_ counts: [Int]) -> String {
        let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
        return least == most
            ? "\(most)" : least + 1 == most ? language.say("\(least) or \(most)", "\(least) 或 \(most)") : "\(least)–\(most)"
    }

    private var comparison: String {
        let subsets = review.efficiency.subsetCount
        guard subsets == 1 else {
            return language.say(
                "The plan falls into \(subsets) parts without a score in common: no method can compare entries of different parts.",
                "该方案分为 \(subsets) 个没有共同评分的部分：任何方法都无法比较不同部分的项目。")
        }
        guard let average = review.efficiency.average else { return language.say("There is nothing to compare.", "没有可比较的项目。") }
        let factor = NumberFormat.fixed(average, decimals: 3)
        return language.say(
            "All entries can be compared, with an average efficiency factor of \(factor); it is 1 when every judge scores every entry.",
            "所有项目均可比较，平均效率因子为 \(factor)；全体评委评审全部项目时为 1。")
    }

    private var faults: String? {
        let all = faultList
        return all.isEmpty
            ? language.say("It keeps every conflict and limit.", "该方案符合全部回避关系与上下限。") : all.joined(separator: language.say(" ", ""))
    }

    /// What a plan that somebody made breaks, one sentence each.
    var faultList: [String] {
        func named(_ pairs: [PlanReview.Pair]) -> String {
            language.list(
                pairs.map {
                    language.say(
                        "\(problem.entries[$0.entry]) with \(problem.judges[$0.judge])",
                        "\(problem.entries[$0.entry])（\(problem.judges[$0.judge])）")
                },
                most: 6)
        }
        let (broken, missing) = (review.brokenConflicts, review.missingPairs)
        let (entries, judges) = (review.oddEntries, review.oddJudges)
        let groups = review.lackingGroups.map { "\(problem.entries[$0.entry]) \($0.group)" }
        let heats = review.oddHeats.map { String($0 + 1) }
        let needs = entries.map { "\(problem.entries[$0]) \(review.panels[$0].count)/\(problem.needs[$0])" }
        let loads = judges.map { judge in
            let load = review.loads[judge]
            let bound = load < problem.least[judge] ? problem.least[judge] : review.limits[judge] ?? load
            return "\(problem.judges[judge]) \(load)/\(bound)"
        }
        return [
            broken.isEmpty
                ? nil
                : language.say(
                    "\(language.count(broken.count, "conflict", "")) broken: \(named(broken)).",
                    "违反 \(broken.count) 项回避关系：\(named(broken))。"),
            missing.isEmpty
                ? nil
                : language.say(
                    "\(language.count(missing.count, "pair", "")) of --must missing: \(named(missing)).",
                    "缺少 \(missing.count) 对 --must 指定的组合：\(named(missing))。"),
            entries.isEmpty
                ? nil
                : language.say(
                    "\(language.count(entries.count, "entry", "")) with another number of judges than needed: \(language.list(needs, most: 6)).",
                    "\(entries.count) 个项目的评委数与要求不符：\(language.list(needs, most: 6))。"),
            groups.isEmpty
                ? nil
                : language.say(
                    "\(language.count(groups.count, "panel", "")) without the judges of --panel-has: \(language.list(groups, most: 6)).",
                    "\(groups.count) 个评委组缺少 --panel-has 要求的评委：\(language.list(groups, most: 6))。"),
            heats.isEmpty
                ? nil
                : language.say(
                    "\(language.count(heats.count, "heat", "")) with another size, another panel for some entries, or judges who are absent: \(language.list(heats, most: 6)).",
                    "\(heats.count) 场的项目数不符、项目评委不一致或有评委不能到场：第 \(language.list(heats, most: 6)) 场。"),
            judges.isEmpty
                ? nil
                : language.say(
                    "\(language.count(judges.count, "judge", "")) beyond the limits: \(language.list(loads, most: 6)).",
                    "\(judges.count) 位评委超出上下限：\(language.list(loads, most: 6))。"),
        ].compactMap(\.self)
    }

    /// How much of an earlier plan is left.
    func keptNote(_ kept: (count: Int, of: Int)) -> String {
        // Loads and costs are exact only without heats.
        let most = review.division == nil && problem.spares == 0
        return language.say(
            "--keep: \(kept.count) of the \(kept.of) pairs of the earlier plan stay\(most ? ", the most that is possible" : "").",
            "--keep：原方案的 \(kept.of) 对中保留 \(kept.count) 对\(most ? "，为可能的最多数" : "")。")
    }

    /// How many scores come from a judge whose values match.
    func matchNote(_ count: Int) -> String {
        language.say(
            "--match: \(count) of \(review.seats.count) scores come from a judge whose values match those of the entry.",
            "--match：\(review.seats.count) 个评分中有 \(count) 个来自匹配的评委。")
    }

    var notes: [String] {
        let anchors = problem.anchors.map { problem.entries[$0] }
        return [
            isChecked
                ? nil : language.say("Seed \(seed): the same lists, options and seed give the same plan.", "种子 \(seed)：名单、选项和种子相同，方案即相同。"),
            anchors.isEmpty
                ? nil
                : language.say(
                    "Anchors, scored by every judge who may: \(language.list(anchors)).", "锚定项目，由所有可评的评委评审：\(language.list(anchors))。"),
            review.division == nil
                ? language.say(
                    "order: when the judge sees the entry, drawn so that an entry that is late with one judge is early with another.",
                    "顺序：评委评审各项目的先后，随机产生，并使在一位评委处靠后的项目在另一位评委处靠前。")
                : language.say(
                    "order: the running order of the heat, drawn at random. Judges score an anchor in their first heat.",
                    "顺序：本场出场顺序，随机产生。锚定项目由各评委在其首场评分。"),
            review.spareSeats.isEmpty
                ? nil
                : language.say(
                    "spare: stands by for the judges of the entry, without a conflict and within the limits if called.",
                    "候补：替补该项目的评委，无回避关系，补位后也不超过上限。"),
            language.say(
                "average efficiency factor: the variance of a comparison of two entries if all judges were equally severe, divided by that with severities taken out; mean over comparisons.",
                "平均效率因子：假定所有评委宽严相同时两项目比较的方差，除以扣除宽严后的方差；对所有比较取平均。"),
        ].compactMap(\.self)
    }
}

extension PlanReview {
    /// What a plan that somebody made breaks, one sentence each.
    package func faults(in language: Language) -> [String] {
        PlanText(review: self, isChecked: true, seed: 0, language: language).faultList
    }
}
