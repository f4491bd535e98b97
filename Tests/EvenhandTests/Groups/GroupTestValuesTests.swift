import Evenhand
import TestSupport
import Testing

/// Expected: `Fixtures/groups`, R 4.2.2 (stats, car, effectsize), which agrees with scipy, statsmodels and pingouin.
@Suite struct GroupTestValuesTests {
    /// The expected values of a case by quantity and level.
    struct Expected {
        private var values: [String: [String: Double]] = [:]

        init(_ name: String) throws {
            for row in try rows(of: "groups/expected.csv") where row["case"] == name {
                values[row["quantity"]!, default: [:]][row["level"]!] = Double(row["value"]!)
            }
        }

        /// What is not as expected, in words.
        func misses(_ found: [(quantity: String, level: String, value: Double?)], relative: Double = 1e-10) -> [String] {
            found.compactMap { quantity, level, value in
                let expected = values[quantity]?[level]
                let isMet = expected.map { isClose(value ?? .nan, $0, relative: relative, absolute: 1e-13) } ?? false
                return isMet ? nil : "\(quantity) \(level): \(value ?? .nan) for \(expected ?? .nan)"
            }
        }

        subscript(quantity: String) -> [String: Double] { values[quantity] ?? [:] }
    }

    /// The groups of a case in alphabetical order.
    static func groups(_ name: String, key: String = "group", value: String = "score") throws -> [(name: String, values: [Double])] {
        let grouped = Dictionary(grouping: try rows(of: "groups/\(name).csv")) { $0[key]! }
        return grouped.keys.sorted().map { name in (name, grouped[name]!.map { Double($0[value]!)! }) }
    }

    @Test(arguments: ["plantgrowth", "four_unbalanced", "three_integer_ties"])
    func `tests of groups are those of R`(name: String) throws {
        let (expected, groups) = (try Expected(name), try Self.groups(name))
        let values = groups.map(\.values)
        let (anova, welch, kruskal) = (AnalysisOfVariance(values), WelchTest(values), KruskalWallis(values))
        var found: [(String, String, Double?)] = [
            ("anova.df1", "", Double(anova.degreesOfFreedomBetween)), ("anova.df2", "", Double(anova.degreesOfFreedomWithin)),
            ("anova.ss_between", "", anova.between), ("anova.ss_within", "", anova.within), ("anova.F", "", anova.fRatio),
            ("anova.p", "", anova.p), ("eta2", "", anova.etaSquared), ("omega2", "", anova.omegaSquared),
            ("epsilon2", "", anova.epsilonSquared), ("welch_anova.F", "", welch.fRatio),
            ("welch_anova.df1", "", Double(welch.degreesOfFreedomBetween)), ("welch_anova.df2", "", welch.degreesOfFreedomWithin),
            ("welch_anova.p", "", welch.p), ("kruskal.H", "", kruskal.statistic), ("kruskal.df", "", Double(kruskal.degreesOfFreedom)),
            ("kruskal.p", "", kruskal.p), ("kruskal.epsilon2", "", kruskal.epsilonSquared), ("kruskal.eta2_H", "", kruskal.etaSquared),
        ]
        found += zip(groups, kruskal.meanRanks).map { ("kruskal.mean_ranks", $0.name, $1) }
        #expect(expected.misses(found).isEmpty)
        // ω² of R's F with R's numbers of groups and values: (k − 1)(F − 1) / ((k − 1)(F − 1) + n), Hays (1963).
        let (f, k, n) = (try #require(expected["welch_anova.F"][""]), Double(values.count), Double(values.reduce(0) { $0 + $1.count }))
        #expect(isClose(welch.omegaSquared ?? .nan, (k - 1) * (f - 1) / ((k - 1) * (f - 1) + n), relative: 1e-10, absolute: 1e-13))
    }

    @Test(arguments: ["plantgrowth", "four_unbalanced", "three_integer_ties"])
    func `pairs and their adjusted p-values are those of R`(name: String) throws {
        let (expected, groups) = (try Expected(name), try Self.groups(name))
        var (names, pairs) = ([String](), [WelchPair]())
        for (position, first) in groups.enumerated() {
            for second in groups[(position + 1)...] {
                // R names a pair by its second group first.
                names.append("\(second.name)-\(first.name)")
                pairs.append(WelchPair(heats: [(second.values, first.values)]))
            }
        }
        let p = pairs.map(\.p)
        var found: [(String, String, Double?)] = []
        for (name, (pair, (holm, bh))) in zip(names, zip(pairs, zip(PAdjustment.holm.adjusted(p), PAdjustment.bh.adjusted(p)))) {
            found += [
                ("games_howell.diff", name, pair.difference?.value), ("games_howell.df", name, pair.difference?.degreesOfFreedom),
                ("games_howell.t", name, pair.difference.map { $0.value / $0.standardError }), ("pairwise_welch.p", name, pair.p),
                ("pairwise_welch.p_holm", name, holm), ("pairwise_welch.p_BH", name, bh),
            ]
        }
        #expect(expected.misses(found).isEmpty)
    }

    @Test(arguments: ["plantgrowth", "four_unbalanced", "three_integer_ties"])
    func `groups are described as by R`(name: String) throws {
        let (expected, groups) = (try Expected(name), try Self.groups(name))
        let summary = GroupSummary(
            of: groups.flatMap(\.values), Grouping(Factor(groups.flatMap { group in group.values.map { _ in group.name } })))
        let found = groups.enumerated().flatMap { position, group -> [(String, String, Double?)] in
            let interval = summary.estimate(of: position)?.interval()
            return [
                ("group_mean", group.name, summary.means[position]), ("group_sd", group.name, summary.deviations[position]),
                ("group_n", group.name, Double(summary.grouping.sizes[position])), ("group_median", group.name, summary.medians[position]),
                ("group_mean_ci95", group.name + ":low", interval?.lowerBound),
                ("group_mean_ci95", group.name + ":high", interval?.upperBound),
            ]
        }
        #expect(expected.misses(found).isEmpty)
    }

    @Test func `p-values are adjusted as by R`() throws {
        let expected = try Expected("p_adjust")
        let p = try rows(of: "groups/p_adjust.csv").map { Double($0["p"]!)! }
        let found = [("holm", PAdjustment.holm), ("BH", .bh)].flatMap { name, adjustment in
            adjustment.adjusted(p).enumerated().map { (name, "\($0 + 1)", $1) }
        }
        #expect(expected.misses(found, relative: 1e-13).isEmpty)
        #expect(PAdjustment.holm.adjusted([nil, 0.02, nil, 0.5]) == [nil, 0.04, nil, 0.5])
        #expect(PAdjustment.bh.adjusted([nil, 0.02, nil, 0.5]) == [nil, 0.04, nil, 0.5])
        #expect(PAdjustment.bh.adjusted([]).isEmpty)
    }

    @Test func `intervals of a share are Wilson's`() throws {
        let expected = try Expected("proportions")
        let found = expected["wilson95"].keys.filter { $0.hasSuffix("low") }.flatMap { key -> [(String, String, Double?)] in
            let numbers = key.split(whereSeparator: { $0 == "/" || $0 == ":" }).prefix(2).map { Int($0)! }
            let share = Proportion(numbers[0], of: numbers[1])
            return [("wilson95", 0.95), ("wilson90", 0.9)].flatMap { name, level in
                [
                    (name, "\(numbers[0])/\(numbers[1]):low", share.interval(level: level).lowerBound),
                    (name, "\(numbers[0])/\(numbers[1]):high", share.interval(level: level).upperBound),
                ]
            }
        }
        #expect(found.count == 40 && expected.misses(found, relative: 1e-12).isEmpty)
    }

    @Test(arguments: ["table_2x2_a", "table_2x2_b", "table_2x2_zero"])
    func `the exact p of a table is Fisher's`(name: String) throws {
        let cells = try rows(of: "groups/\(name).csv")
        let count = Dictionary(uniqueKeysWithValues: cells.map { ($0["row"]! + $0["col"]!, Int($0["count"]!)!) })
        let (a, b, c, d) = (count["r1c1"]!, count["r1c2"]!, count["r2c1"]!, count["r2c2"]!)
        let p = Hypergeometric(population: a + b + c + d, marked: a + b, draws: a + c).twoSidedP(a)
        #expect(try Expected(name).misses([("fisher_p", "", p)]).isEmpty)
    }

    /// Exact rational arithmetic (Python's `fractions`): all 200 selected of 400 entrants are of a group of 200; 60 of 60 of 1000; 150 of
    /// 500.
    @Test(arguments: [
        (400, 200, 200, 200, 1.9426434495222363e-119), (1000, 60, 60, 60, 5.065150851856394e-98),
        (1000, 500, 180, 150, 3.369586062091414e-24),
        (152, 38, 10, 4, 0.26880987553310615), (5, 2, 0, 0, 1), (30, 30, 7, 7, 1),
    ]) func `the exact p keeps its digits however small it is`(population: Int, marked: Int, draws: Int, count: Int, p: Double) {
        let found = Hypergeometric(population: population, marked: marked, draws: draws).twoSidedP(count)
        #expect(isClose(found, p, relative: 1e-10))
    }

    /// Three groups have the closed form p = (within / total)^(df/2): here (3/9803)^28.5, by Python's `decimal` with 40 digits. R 4.2.2,
    /// `pf`: 6.98592927127105e-101.
    @Test func `the F test's p keeps its digits however small it is`() {
        let test = AnalysisOfVariance([0.0, 70, 140].map { center in (0..<20).map { center + ($0 % 2 == 0 ? 1 : -1) } })
        #expect(test.within == 60 && test.between == 196_000)
        #expect(isClose(test.p!, 6.985929271271036e-101, relative: 1e-10))
    }
}
