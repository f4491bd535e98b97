import Evenhand
import TestSupport
import Testing

@Suite struct GroupTestsTests {
    /// Entries of `groups` (one letter each) in `heats` (one letter each) with a score that is a little of everything, before two judges.
    private func contest(_ groups: String, heats: String? = nil, scores: [Double]? = nil) throws -> (
        results: GroupResults, grouping: Grouping
    ) {
        let (groups, heats) = (Array(groups), heats.map(Array.init))
        let rows = groups.indices.flatMap { position in
            [0.0, 1].map { judge in
                ScoreSheet.Row(
                    entry: "E\(100 + position)", judge: "J\(judge)", points: scores?[position] ?? Double(position * 7 % 11) + judge,
                    heat: Heat(stage: nil, name: heats.map { String($0[position]) }))
            }
        }
        let sheet = try ScoreSheet(rows)
        let grouping = Grouping(Factor(groups.map { $0 == "-" ? nil : String($0) }), named: "city")
        return (try GroupResults(of: sheet, by: .mean), grouping)
    }

    private func tests(_ groups: String, heats: String? = nil, scores: [Double]? = nil) throws -> GroupTests {
        let (results, grouping) = try contest(groups, heats: heats, scores: scores)
        return GroupTests(of: results, grouping, by: GroupTests.Kind.allCases, draws: 99)
    }

    @Test func `the tests act on the same values, and the permutation has the F of the analysis of variance`() throws {
        let found = try tests("aaaaabbbbbbccccc")
        #expect(found.refusal == nil && found.tested == [0, 1, 2] && !found.isWithinHeats)
        #expect(found.findings.map(\.kind) == GroupTests.Kind.allCases && found.findings.allSatisfy { $0.p != nil })
        #expect(isClose(found.findings[0].statistic!, found.findings[1].statistic!, relative: 1e-7))
        #expect(found.findings[0].df2 == 13 && found.findings[3].df2 == nil && found.findings[2].etaSquared == nil)
    }

    @Test func `groups under five are not tested, and entries without a value are nowhere`() throws {
        let found = try tests("aaaaabbbbb--cccc")
        #expect(found.tested == [0, 1] && found.small == [2] && found.permutation?.groupCount == 2)
        #expect(found.findings[1].df2 == 8)
        let few = try tests("aaaaabbbb--cccc")
        #expect(few.refusal == .fewGroups && few.findings.allSatisfy { $0.p == nil && $0.statistic == nil })
        #expect(try tests("aaaaaaaa").refusal == .fewGroups)
        #expect(try tests("--------").refusal == .fewGroups)
    }

    @Test(arguments: [
        // Each city in one heat; each heat with one city; a city of one heat among others is not a problem.
        ("aaaaabbbbbcccccddddd", "xxxxxxxxxxyyyyyyyyyy", true), ("aaaaabbbbbaaaaabbbbb", "xxxxxyyyyyzzzzzwwwww", true),
        ("aaaaabbbbbaaaaabbbbb", "xxxxxxxxxxyyyyyyyyyy", false), ("aaaaabbbbbcccccaaaaa", "xxxxxxxxxxyyyyyyyyyy", false),
        ("aaaaabbbbb", "xxxxxxxxxx", false), ("aaaaabbbbb-----", "xxxxxxxxxxyyyyy", false),
    ]) func `groups that cannot be separated from heats are refused`(groups: String, heats: String, isRefused: Bool) throws {
        let (results, grouping) = try contest(groups, heats: heats)
        let found = GroupTests(of: results, grouping, by: [.permutation, .anova], draws: 99)
        #expect((found.refusal == .nestedInHeats) == isRefused && (found.findings[0].p == nil) == isRefused)
        #expect(GroupPairs(of: results, grouping).rows.isEmpty == isRefused)
    }

    /// By hand: b is 2 above a in both heats, so that Q = 20; the squares of each group in each heat are 10, 40 on 20 − 2 − 1 degrees of
    /// freedom.
    @Test func `groups are tested within their heats, whatever the heats add`() throws {
        let scores: [Double] = [1, 2, 3, 4, 5, 3, 4, 5, 6, 7]
        let found = try tests("aaaaabbbbbaaaaabbbbb", heats: "xxxxxxxxxxyyyyyyyyyy", scores: scores + scores.map { $0 + 40 })
        #expect(found.isWithinHeats && found.permutation?.strataCount == 2 && found.findings[0].df2 == 17)
        #expect(isClose(found.findings[0].statistic ?? .nan, 8.5, relative: 1e-7))
    }

    @Test func `equal results have no spread to test`() throws {
        #expect(try tests("aaaaabbbbb", scores: [Double](repeating: 7, count: 10)).refusal == .noSpread)
        // Equal inside each heat, and labels stay there.
        let scores = [Double](repeating: 7, count: 10) + [Double](repeating: 9, count: 10)
        #expect(try tests("aaaaabbbbbaaaaabbbbb", heats: "xxxxxxxxxxyyyyyyyyyy", scores: scores).refusal == .noSpread)
        // Groups that differ without a spread of their own: F is not defined, the permutations are.
        let split = try tests("aaaaabbbbb", scores: [1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
        #expect(split.findings.map(\.statistic).prefix(3) == [nil, nil, nil] && split.findings[0].p! < 0.05 && split.findings[3].p! < 0.01)
    }

    @Test func `pairs are compared in the heats that hold both`() throws {
        let (results, grouping) = try contest("aaaabbbbaaabbbccccccc", heats: "xxxxxxxxyyyyyyyzzzzzz")
        let pairs = GroupPairs(of: results, grouping, adjustedBy: .bh).rows
        #expect(pairs.map { [$0.a, $0.b] } == [[0, 1], [0, 2], [1, 2]])
        let (values, codes) = (results.compared, grouping.codes)
        func heat(_ range: Range<Int>) -> (a: [Double], b: [Double]) {
            (range.filter { codes[$0] == 0 }.map { values[$0] }, range.filter { codes[$0] == 1 }.map { values[$0] })
        }
        let (x, y) = (heat(0..<8), heat(8..<15))
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        // Weights 4·4/8 and 3·3/6.
        let expected = (2 * (mean(x.a) - mean(x.b)) + 1.5 * (mean(y.a) - mean(y.b))) / 3.5
        #expect(isClose(pairs[0].difference!.value, expected) && pairs[0].p! > 0 && pairs[0].adjusted! >= pairs[0].p!)
        // c meets a and b in one entry only, but has its spread from its other heat.
        #expect(pairs[1].difference != nil)
        #expect(WelchPair(heats: [x, ([1], []), ([], [])]).difference == WelchPair(heats: [x]).difference)
        #expect(WelchPair(heats: [([1], [2])]).p == nil && WelchPair(heats: [([1, 1], [2, 2])]).difference == nil)
    }

    /// By hand: squares of a are 2 about 2 and 8 about 12, on 3 degrees of freedom; those of b are 8 on 2. In the shared heat 10/3/2 + 4/3
    /// = 3.
    @Test func `a group's spread is that of all its heats, also of those without the other group`() throws {
        let pair = WelchPair(heats: [([1, 3], [2, 6, 4]), ([10, 14, 12], [])])
        let difference = try #require(pair.difference)
        #expect(isClose(difference.value, -2) && isClose(difference.standardError, 3.0.squareRoot()))
        // 3² / ((5/3)² / 3 + (4/3)² / 2)
        #expect(isClose(difference.degreesOfFreedom, 243.0 / 49))
        // Two shared heats of weights 6/5 and 3/4: a's part is 10/3 ((8/13)² / 2 + (5/13)² / 3), b's 8.5/3 ((8/13)² / 3 + (5/13)²).
        let two = WelchPair(heats: [([1, 3], [2, 6, 4]), ([10, 14, 12], [5]), ([], [7, 8])])
        let (first, second) = (10.0 / 3 * (32 + 25.0 / 3) / 169, 8.5 / 3 * (64.0 / 3 + 25) / 169)
        let (whole, both) = (first + second, try #require(two.difference))
        #expect(isClose(both.value, 19.0 / 13) && isClose(both.standardError, whole.squareRoot()))
        #expect(isClose(both.degreesOfFreedom, whole * whole / (first * first / 3 + second * second / 3)))
    }

    @Test func `with a model the tests act on means less the severities of the judges`() throws {
        let contest = try CrossedEffectsTests.contest("contest_150x32", heat: "heat")
        let results = try GroupResults.usual(of: contest)
        let fit = try #require(results.model)
        // An entry's adjusted mean is its fair average before that is shrunken.
        let counts = contest.scoreCounts
        let heats = try #require(results.heats)
        for entry in [0, 70, 149] {
            let own = results.compared[entry] - fit.groupMeans[0] - fit.heatEffects[Int(heats[entry])]
            let weight = fit.entryVariance / (fit.entryVariance + fit.residualVariance / Double(counts[entry]))
            #expect(isClose(own * weight, fit.entryEffects[entry], relative: 1e-9))
        }
        let plain = try EntryResults(of: contest, by: .mean).values
        #expect(results.shown == plain)
    }

    @Test func `one panel asks for all tests, several for the permutation`() throws {
        let (one, _) = try contest("ab")
        #expect(GroupTests.usual(PanelDesign(of: one.sheet)) == GroupTests.Kind.allCases)
        #expect(GroupTests.usual(PanelDesign(of: try CrossedEffectsTests.contest("contest_150x32", heat: "heat"))) == [.permutation])
    }
}
