import Evenhand
import EvenhandIO

/// The sentences about one comparison of groups.
struct GroupText {
    let comparison: GroupComparison
    let selected: SelectedEntries?
    let language: Language

    private var grouping: Grouping { comparison.grouping }
    private var name: String { grouping.attributes.joined(separator: language.say(" and ", "与")) }

    /// Whether the groups differ, and whether they were selected alike.
    var verdict: String {
        let parts = [difference, representation].compactMap(\.self)
        return parts.isEmpty ? counts : parts.joined(separator: language.say(" ", ""))
    }

    private var counts: String { GroupText.counts(of: grouping, language) }

    /// How many groups there are.
    static func counts(of grouping: Grouping, _ language: Language) -> String {
        let (name, entries) = (grouping.attributes.joined(separator: language.say(" and ", "与")), grouping.sizes.reduce(0, +))
        return language.say(
            "\(name): \(language.count(grouping.count, "group", "")) of \(entries) entries.",
            "\(name)：\(entries) 个项目分为 \(grouping.count) 组。")
    }

    // MARK: - verdict

    private var difference: String? {
        guard let tests = comparison.tests else { return nil }
        if let refusal = tests.refusal { return refused(refusal) }
        guard let finding = tests.findings.first, let p = finding.p else { return refused(.noSpread) }
        let (how, groups) = (described(finding, tests), tested(tests))
        return p < 0.05
            ? language.say(
                "\(name): \(groups) differ by more than chance explains (\(how), p = \(shown(p))).",
                "\(name)：\(groups)差异在统计上显著（不像是偶然造成的；\(how)，p = \(shown(p))）。")
            : language.say(
                "\(name): \(groups) differ by no more than chance can explain (\(how), p = \(shown(p))).",
                "\(name)：\(groups)差异在统计上不显著（可能出于偶然；\(how)，p = \(shown(p))）。")
    }

    /// The groups that a test is about, by name when some were too small for it.
    private func tested(_ tests: GroupTests) -> String {
        guard !tests.small.isEmpty else { return language.say("the groups", "各组") }
        let names = language.list(tests.tested.map { grouping.name(of: $0) })
        return language.say(
            "\(tests.tested.count) of \(grouping.count) groups (\(names))", "\(grouping.count) 组中的 \(tests.tested.count) 组（\(names)）之间的")
    }

    private func described(_ finding: GroupTests.Finding, _ tests: GroupTests) -> String {
        guard finding.kind == .permutation else { return language.name(of: finding.kind) }
        guard let test = tests.permutation, tests.isWithinHeats else { return language.say("permutation of labels", "置换检验") }
        return language.say("permutation of labels within \(test.strataCount) heats", "\(test.strataCount) 个场次内的置换检验")
    }

    private func refused(_ refusal: GroupTests.Refusal) -> String {
        switch refusal {
        case .fewGroups:
            language.say(
                "\(name): not tested, since fewer than two groups have \(Breakdown.fewest) entries.",
                "\(name)：不作检验，因为有 \(Breakdown.fewest) 个以上项目的组不足两个。")
        case .nestedInHeats:
            language.say(
                "\(name) cannot be separated from heat here: each group is in one heat, or each heat has one group, so a difference between groups is a difference between panels as well. Not tested.",
                "\(name)在此无法与场次区分：每组只在一个场次，或每个场次只有一组，组间差异同时也是评委组之间的差异。不作检验。")
        case .noSpread:
            language.say(
                "\(name): not tested, since the results leave nothing to compare: they are all equal.", "\(name)：不作检验，因为结果全部相同，无可比较。")
        }
    }

    private var representation: String? {
        guard let found = comparison.representations.first else { return nil }
        let base = language.say(
            "\(found.selected) of \(found.entered) were selected\(basis)", "\(found.entered) 个中有 \(found.selected) 个入选\(basis)")
        guard let p = found.overall.p else { return base + language.say(".", "。") }
        let within =
            found.overall.strataCount > 1
            ? language.say(" within \(found.overall.strataCount) heats", "，\(found.overall.strataCount) 个场次内") : ""
        let odd = found.rows.indices.filter { (found.rows[$0].adjusted ?? 1) < 0.05 }.map { found.grouping.name(of: $0) }
        let groups =
            odd.isEmpty
            ? comparison.tests?.small.isEmpty == false
                ? language.say("; no tested group's share is out of the ordinary", "；所检验的各组占比均无异常")
                : language.say("; no group's share is out of the ordinary", "；没有哪一组的占比异常")
            : language.say("; out of the ordinary: \(language.list(odd))", "；占比异常：\(language.list(odd))")
        let than =
            p < 0.05
            ? language.say("more than chance explains", "在统计上显著（不像是偶然造成的；")
            : language.say("no more than chance can explain", "在统计上不显著（可能出于偶然；")
        return base
            + language.say(
                "; shares of groups differ by \(than) (permutation\(within), p = \(shown(p)))\(groups).",
                "；各组入选占比的差异\(than)置换检验\(within)，p = \(shown(p))）\(groups)。")
    }

    /// By which results the first places were counted, which may not be those of the official list.
    private var basis: String {
        guard case .places = selected?.source else { return "" }
        let method = comparison.results.method
        return language.say(", the first by the \(method.words)", "（按\(language.name(ofMethod: method.name))取前若干名）")
    }

    private func shown(_ p: Double) -> String {
        p < 0.0001 ? NumberFormat.scientific(p, digits: 2) : NumberFormat.fixed(p, decimals: p < 0.01 ? 4 : 3)
    }

    // MARK: - notes

    var notes: [String] {
        [leftOut, withoutModel].compactMap(\.self) + nesting + [small, method, partly, acrossHeats, pairs].compactMap(\.self)
    }

    private var leftOut: String? {
        let sheet = comparison.results.sheet
        let names = grouping.codes.indices.filter { grouping.codes[$0] == Factor.missing }.map { sheet.entries[$0] }
        return names.isEmpty
            ? nil
            : language.say("Without \(name), and so in no group: \(language.list(names)).", "没有\(name)、因此不属于任何组：\(language.list(names))。")
    }

    /// Groupings whose fair means could not be computed.
    private var withoutModel: String? {
        guard comparison.results.model != nil, let breakdown = comparison.breakdown else { return nil }
        let lacking = zip(breakdown.summaries, breakdown.models).filter { $1 == nil }.map {
            $0.0.grouping.attributes.joined(separator: ",")
        }
        return lacking.isEmpty
            ? nil
            : language.say(
                "No fair means by \(language.list(lacking)): the scores do not allow a model with so many groups.",
                "按\(language.list(lacking))没有公平均值：评分无法拟合这么多组的模型。")
    }

    private var nesting: [String] {
        let sheet = comparison.results.sheet
        guard sheet.heats.count > 1 else { return [] }
        return AttributeNesting.all(of: sheet, comparison.design)
            .filter { grouping.attributes.contains($0.attribute) && ($0.isInHeats || $0.holdsHeats || $0.isInSubsets) }
            .map { "\($0.attribute)" + language.say(": ", "：") + language.sentence($0) + language.say(".", "。") }
    }

    private var small: String? {
        let names = grouping.sizes.indices.filter { grouping.sizes[$0] < Breakdown.fewest }.map { grouping.name(of: $0) }
        return names.isEmpty
            ? nil
            : language.say(
                "Fewer than \(Breakdown.fewest) entries, so marked and not tested: \(language.list(names)).",
                "项目少于 \(Breakdown.fewest) 个，已标记且不作检验：\(language.list(names))。")
    }

    private var method: String? {
        let rules = comparison.rules
        guard let test = comparison.tests?.permutation ?? comparison.representations.first?.overall, test.p != nil else { return nil }
        let within = test.strataCount > 1 ? language.say(" within heats", "在场次内") : ""
        return test.isExact
            ? language.say(
                "permutation: labels reassigned\(within) in all \(test.draws) different ways, statistic F of groups\(test.strataCount > 1 ? " adjusted for heats" : "").",
                "置换检验：标签\(within)重新分配的全部 \(test.draws) 种方式，统计量为\(test.strataCount > 1 ? "扣除场次的" : "")组间 F。")
            : language.say(
                "permutation: labels reassigned at random\(within) \(test.draws) times (seed \(rules.seed)), statistic F of groups\(test.strataCount > 1 ? " adjusted for heats" : ""); the smallest p is 1 / \(test.draws + 1).",
                "置换检验：标签\(within)重新分配 \(test.draws) 次（种子 \(rules.seed)），统计量为\(test.strataCount > 1 ? "扣除场次的" : "")组间 F；p 最小为 1 / \(test.draws + 1)。"
            )
    }

    /// Groups that never meet in a heat.
    private var partly: String? {
        guard let test = comparison.tests?.permutation, test.p != nil, test.degreesOfFreedomBetween < test.groupCount - 1 else {
            return nil
        }
        return language.say(
            "Some groups never meet in a heat: the test compares those that do.", "有些组从未出现在同一场次：检验只比较出现在同一场次的组。")
    }

    private var acrossHeats: String? {
        guard let tests = comparison.tests, tests.isWithinHeats, tests.refusal == nil else { return nil }
        let plain = tests.findings.map(\.kind).filter { $0 != .permutation }.map { language.name(of: $0) }
        return plain.isEmpty
            ? nil
            : language.say(
                "\(language.list(plain)): for one common panel. When panels differ in severity and groups cluster in heats, such a test is wrong far too often; permutation stays within heats.",
                "\(language.list(plain))：适用于同一评委组。各评委组宽严不同且各组集中于某些场次时，这类检验出错过多；置换检验只在场次内比较。")
    }

    private var pairs: String? {
        guard let pairs = comparison.pairs, !pairs.rows.isEmpty else { return nil }
        let within = comparison.results.heats == nil ? "" : language.say(" within the heats that hold both", "（在两组都有的场次内）")
        let family = pairs.adjustment == .holm ? "Holm" : language.say("Benjamini and Hochberg", "Benjamini–Hochberg")
        return language.say(
            "pairs: Welch's differences of means\(within), p adjusted by \(family) for \(pairs.rows.count) pairs.",
            "两两比较：Welch 均值差\(within)，p 值按 \(family) 对 \(pairs.rows.count) 对校正。")
    }
}
