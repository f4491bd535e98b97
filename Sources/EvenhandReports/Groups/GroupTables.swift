import Evenhand
import EvenhandIO

/// The tables of one comparison of groups.
struct GroupTables {
    private let grouping: Grouping
    private let breakdown: Breakdown?
    private let representations: [Representation]
    private let tests: GroupTests?
    private let pairs: GroupPairs?
    /// What the names of its tables end with when there are several groupings.
    let suffix: String
    let language: Language
    private let decimals: Int

    /// A breakdown alone.
    init(_ breakdown: Breakdown, decimals: Int, suffix: String, language: Language) {
        (grouping, self.breakdown, representations, tests, pairs) = (breakdown.grouping, breakdown, [], nil, nil)
        (self.decimals, self.suffix, self.language) = (decimals, suffix, language)
    }

    init(_ comparison: GroupComparison, suffix: String, language: Language) {
        (grouping, breakdown, representations) = (comparison.grouping, comparison.breakdown, comparison.representations)
        (tests, pairs, self.suffix, self.language) = (comparison.tests, comparison.pairs, suffix, language)
        decimals = comparison.results.plain?.decimals(of: comparison.results.sheet) ?? comparison.results.sheet.resultDecimals
    }

    /// Those that were computed.
    var tables: [Table] {
        [breakdown.map(groups), tests.map(table(of:)), pairs.map(table(of:))].compactMap(\.self)
    }

    private func title(_ english: String, _ chinese: String) -> String {
        let names = grouping.attributes.joined(separator: language.say(" and ", "与"))
        return language.say("\(english) by \(names)", "按\(names)：\(chinese)")
    }

    // MARK: - groups

    private func groups(_ breakdown: Breakdown) -> Table {
        let rows = breakdown.rows
        var columns = names(rows)
        columns += [
            column("entries", "项目", .integers(rows.map(\.entries))),
            column("scores", "评分数", .integers(rows.map(\.scores)), isDetail: true), points("mean", "平均", rows.map(\.mean)),
            points("sd", "标准差", rows.map(\.deviation), isDetail: true), points("median", "中位数", rows.map(\.median), isDetail: true),
            points("fair_mean", "公平均值", rows.map { $0.fair?.value }, heading: "fair mean"),
            points("se", "标准误", rows.map { $0.fair?.standardError }, heading: "std. error", isDetail: true),
            points("low", "下限", rows.map { $0.interval?.lowerBound }),
            points("high", "上限", rows.map { $0.interval?.upperBound }),
            points("shrunken_mean", "收缩均值", rows.map(\.shrunken), heading: "shrunken", isDetail: true),
        ]
        columns += representation(rows)
        columns.append(
            column("mark", "标记", .texts(rows.map { $0.isSmall ? "<\(Breakdown.fewest)" : "" }), heading: "")
                .coloured(rows.map { $0.isSmall ? .yellow : nil }))
        return Table(name: "groups" + suffix, title: title("Groups", "各组"), columns: columns, keys: grouping.attributes.count)
    }

    private func names(_ rows: [Breakdown.Row]) -> [Table.Column] {
        grouping.attributes.enumerated().map { position, attribute in
            Table.Column(
                GroupTables.columnName(of: attribute), heading: attribute, .factor(Factor(rows.map { $0.values[position] })),
                blank: language.say("all", "全部"))
        }
    }

    /// The columns of the table; an attribute of such a name gets another.
    private static let taken: Set<String> = [
        "entries", "scores", "mean", "sd", "median", "fair_mean", "se", "low", "high", "shrunken_mean", "share_entered", "selected",
        "share_selected", "rate", "rate_low", "rate_high", "representation", "p", "p_adjusted", "p_within_heats", "mark",
    ]

    private static func columnName(of attribute: String) -> String { taken.contains(attribute) ? "entry_" + attribute : attribute }

    private func representation(_ rows: [Breakdown.Row]) -> [Table.Column] {
        let found = representations.flatMap(\.rows)
        let all = grouping.sizes.reduce(0, +)
        let shares = rows.map { Double($0.entries) / Double(max(1, all)) }
        func numbers(
            _ name: String, _ chinese: String, heading: String, decimals: Int, isDetail: Bool = true,
            _ value: (Representation.Row) -> Double?
        ) -> Table.Column {
            let values: [Double?] = found.isEmpty ? rows.map { _ in nil } : found.map(value)
            return column(name, chinese, .numbers(values, decimals: decimals), heading: heading, isDetail: isDetail)
        }
        let shareEntered = Table.Column(
            "share_entered", heading: language.say("of entrants", "参赛占比"), .values(shares, decimals: 3), startsPart: !found.isEmpty,
            isDetail: true)
        return [
            shareEntered, numbers("selected", "入选", heading: "in", decimals: 0, isDetail: false) { Double($0.selected) },
            numbers("share_selected", "入选占比", heading: "of selected", decimals: 3) { $0.shareSelected },
            numbers("rate", "入选率", heading: "rate", decimals: 3, isDetail: false) { $0.rate.value },
            numbers("rate_low", "下限", heading: "low", decimals: 3) { $0.rate.interval().lowerBound },
            numbers("rate_high", "上限", heading: "high", decimals: 3) { $0.rate.interval().upperBound },
            numbers("representation", "代表指数", heading: "share ratio", decimals: 2, isDetail: false) { $0.index },
            numbers("p", "p", heading: "p", decimals: 4) { $0.p },
            numbers("p_adjusted", "校正 p", heading: "adj. p", decimals: 4, isDetail: false) { $0.adjusted },
            numbers("p_within_heats", "场内 p", heading: "p within heats", decimals: 4) { $0.withinHeats },
        ]
    }

    // MARK: - tests and pairs

    private func table(of tests: GroupTests) -> Table {
        let found = tests.findings
        let names: [GroupTests.Kind: (name: String, value: KeyPath<GroupTests.Finding, Double?>)] = [
            .permutation: ("eta_squared", \.etaSquared), .anova: ("eta_squared", \.etaSquared),
            .welch: ("omega_squared", \.omegaSquared), .kruskal: ("epsilon_squared", \.epsilonSquared),
        ]
        return Table(
            name: "tests" + suffix, title: title("Tests", "检验"),
            columns: [
                column("test", "检验", .texts(found.map { language.name(of: $0.kind) })),
                column("statistic", "统计量", .numbers(found.map(\.statistic), decimals: 3)),
                column("df1", "自由度 1", .numbers(found.map(\.df1), decimals: 0)),
                column("df2", "自由度 2", .numbers(found.map(\.df2), decimals: 1)),
                column("p", "p", .numbers(found.map(\.p), decimals: 4)),
                column(
                    "effect", "效应",
                    .numbers(found.map { finding in names[finding.kind].flatMap { finding[keyPath: $0.value] } }, decimals: 3),
                    isDetail: true),
                column("effect_name", "效应名称", .texts(found.map { names[$0.kind]?.name ?? "" }), heading: "effect is", isDetail: true),
                column("eta_squared", "η²", .numbers(found.map(\.etaSquared), decimals: 3), heading: "η²"),
                column("omega_squared", "ω²", .numbers(found.map(\.omegaSquared), decimals: 3), heading: "ω²"),
                column("epsilon_squared", "ε²", .numbers(found.map(\.epsilonSquared), decimals: 3), heading: "ε²"),
            ])
    }

    private func table(of pairs: GroupPairs) -> Table {
        let rows = pairs.rows
        return Table(
            name: "pairs" + suffix, title: title("Pairs", "两两比较"),
            columns: [
                column("a", "甲", .texts(rows.map { grouping.name(of: $0.a) })),
                column("b", "乙", .texts(rows.map { grouping.name(of: $0.b) })),
                points("difference", "差", rows.map { $0.difference?.value }),
                points("low", "下限", rows.map { $0.difference?.interval().lowerBound }),
                points("high", "上限", rows.map { $0.difference?.interval().upperBound }),
                column("p", "p", .numbers(rows.map(\.p), decimals: 4)),
                column("p_adjusted", "校正 p", .numbers(rows.map(\.adjusted), decimals: 4), heading: "p adjusted"),
            ], keys: 2)
    }

    private func column(_ name: String, _ chinese: String, _ cells: Table.Cells, heading: String? = nil, isDetail: Bool = false)
        -> Table.Column
    {
        Table.Column(name, heading: language.say(heading ?? name, heading == "" ? "" : chinese), cells, isDetail: isDetail)
    }

    private func points(_ name: String, _ chinese: String, _ values: [Double?], heading: String? = nil, isDetail: Bool = false)
        -> Table.Column
    {
        column(name, chinese, .numbers(values, decimals: decimals), heading: heading, isDetail: isDetail)
    }
}
