import TestSupport
import Testing

@testable import Evenhand

@Suite struct PermutationTestTests {
    @Test func `an entry without a group or a stratum is left out`() {
        let results = [3.0, 5, 4, 8, 9, 6, 7, 1]
        let (groups, strata): ([Int32], [Int32]) = ([0, 0, 1, 1, 0, 1, 0, 1], [0, 0, 0, 0, 1, 1, 1, 1])
        let test = PermutationTest(of: results, groups: groups, strata: strata)
        #expect(PermutationTest(of: results + [9], groups: groups + [1], strata: strata + [Factor.missing]) == test)
        #expect(PermutationTest(of: results + [9], groups: groups + [Factor.missing], strata: strata + [1]) == test)
    }

    /// Expected: `Fixtures/groups`, all arrangements counted in R (combn, wilcox.test).
    @Test(arguments: ["permutation_5v4", "permutation_ties_6v5"])
    func `few permutations are all counted, and p is exact`(name: String) throws {
        let expected = try GroupTestValuesTests.Expected(name)
        let groups = try GroupTestValuesTests.groups(name)
        let values = groups.flatMap(\.values)
        let labels = groups.enumerated().flatMap { position, group in group.values.map { _ in Int32(position) } }
        let test = PermutationTest(of: values, groups: labels)
        #expect(test.isExact && test.strataCount == 1 && test.groupCount == 2)
        let anova = AnalysisOfVariance(groups.map(\.values))
        #expect(isClose(test.fRatio!, anova.fRatio!, relative: 1e-6) && isClose(test.etaSquared!, anova.etaSquared!, relative: 1e-6))
        #expect(test.degreesOfFreedomBetween == 1 && test.degreesOfFreedomWithin == anova.degreesOfFreedomWithin)
        let onRanks = PermutationTest(of: Ranks.ascendingAverage(values), groups: labels)
        #expect(
            expected.misses([
                ("n_arrangements", "", Double(test.draws)), ("p_two_sided", "", test.p),
                ("mann_whitney_exact_p_with_midranks", "", onRanks.p),
            ]).isEmpty)
        // The same by chance.
        let drawn = PermutationTest(of: values, groups: labels, draws: test.draws - 1)
        #expect(!drawn.isExact && (drawn.p! - test.p!).magnitude < 0.08)
    }

    /// Worked by hand: in each of two heats one of two entries is of group 0, so there are four permutations; the differences are 1 and 3.
    @Test func `labels stay in their heats`() throws {
        let test = PermutationTest(of: [1, 2, 10, 13], groups: [0, 1, 0, 1], strata: [0, 0, 1, 1])
        #expect(test.isExact && test.draws == 4 && test.strataCount == 2)
        // The observed one and its mirror image are the most extreme of ±(1 + 3) / 2 and ±(3 − 1) / 2.
        #expect(test.p == 0.5)
        // Adjusted for heats: Q = 4, S = 5, one degree of freedom each.
        #expect(isClose(test.between, 4, relative: 1e-8) && isClose(test.within, 1, relative: 1e-7) && test.degreesOfFreedomWithin == 1)
        #expect(isClose(test.fRatio!, 4, relative: 1e-7))
        // Q / S, (Q − W) / (S + W) and (Q − W) / S, with W = 1 for one degree of freedom.
        let sizes = [test.etaSquared, test.omegaSquared, test.epsilonSquared]
        for (size, expected) in zip(sizes, [0.8, 0.5, 0.6]) { #expect(try isClose(#require(size), expected, relative: 1e-7)) }
        // What heats add to all their entries does not matter.
        #expect(PermutationTest(of: [51, 52, 10, 13], groups: [0, 1, 0, 1], strata: [0, 0, 1, 1]) == test)
    }

    /// R 4.2.2: anova(lm(x ~ heat), lm(x ~ heat + group)) on the same numbers.
    @Test func `the statistic is the F of groups adjusted for heats`() {
        let x: [Double] = [5, 7, 6, 9, 8, 4, 3, 6, 10, 12, 11, 9]
        let (groups, heats): ([Int32], [Int32]) = ([0, 0, 1, 1, 2, 0, 1, 2, 2, 1, 0, 2], [0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2])
        let test = PermutationTest(of: x, groups: groups, strata: heats, draws: 500)
        let (reduced, full) = (Self.residualSquares(x, heats.map { [$0] }), Self.residualSquares(x, zip(heats, groups).map { [$0, $1] }))
        #expect(isClose(test.between, reduced - full, relative: 1e-7) && isClose(test.within, full, relative: 1e-7))
        #expect(test.degreesOfFreedomBetween == 2 && test.degreesOfFreedomWithin == 7)
        // (Q − 2 W) / (S + W) and (Q − 2 W) / S, with W of seven degrees of freedom.
        let (between, noise) = (reduced - full, full / 7)
        #expect(isClose(test.omegaSquared ?? .nan, (between - 2 * noise) / (reduced + noise), relative: 1e-6))
        #expect(isClose(test.epsilonSquared ?? .nan, (between - 2 * noise) / reduced, relative: 1e-6))
    }

    /// 30 of 60 entries are 100 points better: none of a thousand draws is as uneven, and the labels as they are count as one.
    @Test func `the smallest p is that of the labels as they are`() {
        let values = (0..<60).map { Double($0 < 30 ? 100 : 0) + Double($0 % 7) }
        let test = PermutationTest(of: values, groups: (0..<60).map { $0 < 30 ? 0 : 1 }, draws: 999)
        #expect(!test.isExact && test.p == 1.0 / 1000)
    }

    /// The residual sum of squares of an additive model of factors, by alternating projections.
    static func residualSquares(_ x: [Double], _ codes: [[Int32]]) -> Double {
        var rest = x
        for _ in 0..<2_000 {
            for factor in codes[0].indices {
                for level in Set(codes.map { $0[factor] }) {
                    let positions = codes.indices.filter { codes[$0][factor] == level }
                    let mean = positions.reduce(0) { $0 + rest[$1] } / Double(positions.count)
                    for position in positions { rest[position] -= mean }
                }
            }
        }
        return rest.reduce(0) { $0 + $1 * $1 }
    }

    @Test func `groups that never meet in a heat are compared where they meet`() {
        let test = PermutationTest(of: [1, 2, 4, 8, 9, 13], groups: [0, 0, 1, 2, 3, 3], strata: [0, 0, 0, 1, 1, 1])
        #expect(test.degreesOfFreedomBetween == 2 && test.groupCount == 4 && test.draws == 9)
        let nested = PermutationTest(of: [1, 2, 3, 4], groups: [0, 0, 1, 1], strata: [0, 0, 1, 1])
        #expect(nested.p == nil && nested.fRatio == nil && nested.degreesOfFreedomBetween == 0)
    }

    @Test func `equal results, one group and nobody leave nothing to test`() {
        #expect(PermutationTest(of: [3, 3, 3, 3], groups: [0, 0, 1, 1]).p == nil)
        #expect(PermutationTest(of: [0.1 + 0.2, 0.3, 0.3, 0.3], groups: [0, 0, 1, 1]).p == nil)
        #expect(PermutationTest(of: [1, 2, 3], groups: [0, 0, 0]).p == nil)
        #expect(PermutationTest(of: [], groups: []).p == nil)
        #expect(PermutationTest(of: [1, 2], groups: [Factor.missing, Factor.missing]).p == nil)
        // Without spread inside groups F is not defined, but the permutations can still be counted.
        let split = PermutationTest(of: [1, 1, 2, 2], groups: [0, 0, 1, 1])
        #expect(split.fRatio == nil && isClose(split.p!, 2.0 / 6))
    }

    @Test func `p does not depend on units, the order of entries or the number of draws at a time`() {
        var stream = RandomStream(seed: 7)
        let x = (0..<60).map { _ in stream.normal() }
        let groups = (0..<60).map { Int32($0 % 4) }
        let heats = (0..<60).map { Int32($0 / 20) }
        let test = PermutationTest(of: x, groups: groups, strata: heats, draws: 300, seed: 5)
        let scaled = PermutationTest(of: x.map { 1000 * $0 + 7 }, groups: groups, strata: heats, draws: 300, seed: 5)
        #expect(test.p == scaled.p && isClose(test.fRatio!, scaled.fRatio!, relative: 1e-6))
        let more = LabelShuffle(
            StratifiedLabels(x, groups: groups, strata: heats), form: GroupSumForm(StratifiedLabels(x, groups: groups, strata: heats)),
            seed: 5)
        // Each permutation has its own stream, whatever runs at the same time.
        #expect(Array(more.sums(of: 0..<10)[28..<32]) == more.sums(of: 7..<8))
        #expect(PermutationTest(of: x, groups: groups, strata: heats, draws: 300, seed: 6).p != nil)
    }

    /// Every permutation of three labels is equally likely: χ² of 6 cells on 5 degrees of freedom.
    @Test func `all permutations are equally likely`() {
        let layout = StratifiedLabels([0, 1, 3, 9], groups: [0, 1, 2, 2], strata: nil)
        let sums = LabelShuffle(layout, form: GroupSumForm(layout), seed: 3).sums(of: 0..<6_000)
        var counts: [[Double]: Int] = [:]
        for draw in 0..<6_000 { counts[Array(sums[3 * draw..<3 * draw + 3]), default: 0] += 1 }
        let chiSquared = counts.values.reduce(0.0) { $0 + (Double($1) - 500) * (Double($1) - 500) / 500 }
        #expect(counts.count == 12 && ChiSquared(degreesOfFreedom: 11).upperTail(chiSquared) > 0.001)
    }

    @Test func `three positions from one number are three positions`() {
        var stream = RandomStream(seed: 11)
        var counts = [[Int]: Int]()
        for _ in 0..<12_000 {
            let (a, b, c) = stream.indices(below: 4)
            counts[[a, b, c], default: 0] += 1
        }
        #expect(counts.count == 24 && counts.keys.allSatisfy { $0[0] < 4 && $0[1] < 3 && $0[2] < 2 })
        let chiSquared = counts.values.reduce(0.0) { $0 + (Double($1) - 500) * (Double($1) - 500) / 500 }
        #expect(ChiSquared(degreesOfFreedom: 23).upperTail(chiSquared) > 0.001)
    }

    /// Two of four: six permutations.
    @Test(arguments: [(5, false), (6, true), (7, true)]) func `as many permutations as draws are all counted`(draws: Int, isExact: Bool) {
        #expect(PermutationTest(of: [1, 2, 4, 8], groups: [0, 0, 1, 1], draws: draws).isExact == isExact)
    }
}
