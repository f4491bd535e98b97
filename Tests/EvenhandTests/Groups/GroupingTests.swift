import Evenhand
import TestSupport
import Testing

@Suite struct GroupingTests {
    static let rows = """
        entry,judge,score,sector,city
        A,J,5,film,Lyon
        B,J,6,film,Oslo
        C,J,7,art,Oslo
        D,J,8,,Oslo
        E,J,9,art,Oslo
        """

    @Test func `groups are the values that occur, in the order of their names`() throws {
        let grouping = try Grouping(by: ["sector"], of: sheet(Self.rows))
        #expect(grouping.values == [["art"], ["film"]] && grouping.sizes == [2, 2])
        #expect(grouping.codes == [1, 1, 0, Factor.missing, 0] && grouping.leftOut == 1)
        #expect(grouping.parts(of: [1, 2, 3, 4, 5]) == [[3, 5], [1, 2]])
        #expect(grouping.margins.map(\.attributes) == [[]] && grouping.margins[0].sizes == [4])
    }

    @Test func `crossed attributes make a group of each combination, with margins of the same entries`() throws {
        let grouping = try Grouping(by: ["city", "sector"], of: sheet(Self.rows))
        #expect(grouping.values == [["Lyon", "film"], ["Oslo", "art"], ["Oslo", "film"]] && grouping.sizes == [1, 2, 1])
        #expect(grouping.name(of: 1) == "Oslo · art")
        let margins = grouping.margins
        #expect(margins.map(\.attributes) == [["city"], ["sector"], []])
        #expect(margins.map(\.sizes) == [[1, 3], [2, 2], [4]])
        #expect(margins[0].codes == [0, 1, 1, Factor.missing, 1])
    }

    /// Two cities of two entries each, then of three entries together; mentors of one entry each.
    @Test func `attributes of two entries for each value are worth a comparison`() throws {
        let rows = ["A,J,5,x,p", "B,J,6,y,q", "C,J,7,x,r", "D,J,8,y,s"]
        func attributes(_ count: Int) throws -> [String] {
            try sheet((["entry,judge,score,city,mentor"] + rows.prefix(count)).joined(separator: "\n")).attributesToCompare
        }
        #expect(try attributes(4) == ["city"] && attributes(3) == [])
    }

    @Test func `the first three of them are compared`() throws {
        let text = "entry,judge,score,a,b,c,d\nA,J,5,x,x,x,x\nB,J,6,y,y,y,y\nC,J,7,x,x,x,x\nD,J,8,y,y,y,y\n"
        #expect(try sheet(text).attributesToCompare == ["a", "b", "c"])
    }

    @Test func `a name that is none is answered with those that are`() throws {
        let sheet = try sheet(Self.rows)
        #expect(throws: DesignError.unknownAttribute("town", known: ["city", "sector"])) { try Grouping(by: ["town"], of: sheet) }
    }
}

/// The means of groups, shrunken or not.
@Suite struct BreakdownTests {
    /// Equal variances v: τ² is the variance of the means less v, and every distance from the mean is kept by τ² / (τ² + v).
    @Test func `means of equal precision keep the same share of their distances`() throws {
        let means = [2.0, 4, 9]
        let shrunken = ShrunkenMeans(means, variances: [1, 1, 1])
        #expect(isClose(shrunken.betweenVariance, 12) && isClose(shrunken.center, 5))
        #expect(zip(shrunken.values, means).allSatisfy { isClose($0, 5 + ($1 - 5) * 12 / 13) })
        // What all means share falls out.
        let shared = try ShrunkenMeans(means, covariance: (0..<3).map { a in (0..<3).map { a == $0 ? 101 : 100 } })
        #expect(zip(shared.values, shrunken.values).allSatisfy { isClose($0, $1, relative: 1e-10) })
        // Nearer to each other than their errors: no difference is left.
        #expect(ShrunkenMeans(means, variances: [20, 20, 20]).values.allSatisfy { isClose($0, 5) })
        #expect(ShrunkenMeans([7], variances: [2]).values == [7])
    }

    /// With unequal variances τ² solves Σ (m − c)² / (τ² + v) = k − 1 by definition.
    @Test func `a small group is drawn in more than a large one`() {
        let (means, variances) = ([60.0, 70, 80, 74], [0.5, 9, 1, 30])
        let shrunken = ShrunkenMeans(means, variances: variances)
        let squares = zip(means, variances).reduce(0) { sum, mean in
            sum + (mean.0 - shrunken.center) * (mean.0 - shrunken.center) / (shrunken.betweenVariance + mean.1)
        }
        #expect(isClose(squares, 3, relative: 1e-9))
        let kept = zip(means, shrunken.values).map { ($1 - shrunken.center) / ($0 - shrunken.center) }
        #expect(kept[0] > kept[2] && kept[2] > kept[1] && kept[1] > kept[3])
    }

    @Test func `means that do not depend on each other are drawn in alike by variances and by their matrix`() throws {
        let (means, variances) = ([60.0, 70, 80, 74], [0.5, 9, 1, 30])
        let apart = ShrunkenMeans(means, variances: variances)
        let joint = try ShrunkenMeans(
            means, covariance: variances.indices.map { row in variances.indices.map { row == $0 ? variances[row] : 0 } })
        #expect(isClose(joint.center, apart.center, relative: 1e-9))
        #expect(isClose(joint.betweenVariance, apart.betweenVariance, relative: 1e-9))
        #expect(zip(joint.values, apart.values).allSatisfy { isClose($0, $1, relative: 1e-9) })
        // By precision, not by number.
        #expect(!isClose(apart.center, means.reduce(0, +) / 4, absolute: 0.1))
    }

    @Test func `without a model the fair mean is the mean with the spread of its results`() throws {
        let scores = try sheet(GroupingTests.rows)
        // Faults are described as they were given, too.
        for sheet in [scores, scores.lowestFirst] {
            let results = try GroupResults(of: sheet, by: .mean)
            let rows = Breakdown(of: results, try Grouping(by: ["sector"], of: sheet)).rows
            #expect(rows.map(\.values) == [["art"], ["film"], [nil]] && rows.map(\.entries) == [2, 2, 4])
            #expect(rows.map(\.scores) == [2, 2, 4])
            #expect(rows.map(\.mean) == [8, 5.5, 6.75] && rows.map(\.median) == [8, 5.5, 6.5])
            #expect(rows[0].fair == Estimate(value: 8, standardError: 1, degreesOfFreedom: 1) && rows.allSatisfy(\.isSmall))
            // Two groups at a distance of 2.5 with variance 1.25 / 2 each: τ² = 3.125 − 0.625.
            #expect(isClose(rows[0].shrunken!, 6.75 + 1.25 * 2.5 / 3.125))
        }
    }

    /// Expected: `Fixtures/lmm`, R's lme4.
    @Test func `fair means are the groups' effects by generalized least squares`() throws {
        let contest = try CrossedEffectsTests.contest("contest_150x32", heat: "heat")
        let expected = try CrossedEffectsTests.Expected("contest_150x32_sector_heat")
        let grouping = Grouping(try CrossedEffectsTests.sectors(contest), named: "sector")
        let rows = Breakdown(of: try GroupResults.usual(of: contest), grouping).rows
        let fair = rows.prefix(4).map { $0.fair!.value }
        let contrasts = Dictionary(
            uniqueKeysWithValues: zip(grouping.values, fair).enumerated().map { position, group in
                position == 0 ? ("(Intercept)", fair[0]) : ("sector" + group.0[0], group.1 - fair[0])
            })
        #expect(expected.misses("reml.fixef", contrasts).isEmpty)
        #expect(isClose(rows[0].fair!.standardError, expected.values["reml.fixef_se"]!["(Intercept)"]!, relative: 1e-6))
        // Drawn toward each other, in the same order, and the row of all has no group to be drawn to.
        let spread = { (values: [Double]) in values.max()! - values.min()! }
        #expect(spread(rows.prefix(4).map { $0.shrunken! }) < spread(fair))
        #expect(isClose(rows[4].shrunken!, rows[4].fair!.value))
    }

    @Test func `scores that allow no model are compared without it`() throws {
        // One score for each entry; no noise.
        for text in [GroupingTests.rows, "entry,judge,score,sector\nA,J,5,x\nA,K,5,x\nB,J,5,y\nB,K,5,y"] {
            let results = try GroupResults.usual(of: sheet(text))
            #expect(results.fallback == .noModel && results.model == nil && results.method == .trimmed(.scores(1)))
            #expect(throws: (any Error).self) { try GroupResults(of: sheet(text), by: .crossed()) }
        }
    }

    @Test(arguments: 1...40) func `the median by partitions is that of sorted numbers`(count: Int) {
        var stream = RandomStream(seed: UInt64(count))
        let values = (0..<count * 5).map { _ in Double(stream.index(below: 30)) }
        let summary = GroupSummary(of: values, Grouping(Factor(values.map { _ in "all" })))
        #expect(summary.medians == [Quantiles.median(ofSorted: values.sorted())])
    }
}
