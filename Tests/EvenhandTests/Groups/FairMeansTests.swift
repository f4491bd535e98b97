@testable import Evenhand
import TestSupport
import Testing

@Suite struct FairMeansTests {
    /// One panel, one group: the variance of the mean of all is (MS_entries + MS_judges − MS_noise) over the number of scores.
    @Test func `in a complete table degrees of freedom are those of its mean squares, weighted`() throws {
        let sheet = try madeContest(entries: 20, judges: 4, panel: 4, seed: 12, severity: { 4 * Double($0) }, noise: { _ in 3 })
        let squares = try Generalizability(of: sheet).components.map { ($0.meanSquare, $0.degreesOfFreedom) }
        let estimate = try CrossedEffects(of: sheet).groupEstimate(0)
        let sum = squares[0].0 + squares[1].0
        #expect(isClose(estimate.standardError, ((sum - squares[2].0) / 80).squareRoot(), relative: 1e-6))
        let freedom = sum / (squares[0].0 / 19 + squares[1].0 / 3)
        #expect(isClose(estimate.degreesOfFreedom, freedom, relative: 1e-5))
    }

    /// `GroupStudy` has the table; with normal quantiles it is 0.87.
    @Test func `intervals with three judges hold`() throws {
        var (held, all) = (0, 0)
        for contest in 0..<200 {
            var stream = RandomStream(seed: 77, stream: UInt64(contest))
            let severities = (0..<3).map { _ in 4 * stream.normal() }
            let sheet = try madeContest(
                entries: 24, judges: 3, panel: 3, seed: UInt64(9_000 + contest), severity: { severities[$0] }, noise: { _ in 3 })
            let grouping = Grouping(Factor(sheet.entries.indices.map { ["A", "B"][$0 % 2] }))
            let means = try FairMeans(grouping, without: CrossedEffects(of: sheet))
            for estimate in means.estimates {
                held += estimate.interval().contains(70) ? 1 : 0
                all += 1
            }
        }
        #expect((0.92...0.985).contains(Double(held) / Double(all)), "\(held) of \(all)")
    }

    /// One panel, two groups: the variance of a group's mean is MS_entries / (J n_g) + (MS_judges − MS_noise) / (n J); each group takes a
    /// degree of freedom from the entries, and the panel takes one from the judges.
    @Test(arguments: [(20, 4), (6, 12)])
    func `groups take degrees of freedom from entries, panels from judges`(entries: Int, judges: Int) throws {
        let sheet = try madeContest(
            entries: entries, judges: judges, panel: judges, seed: 12, entrySD: 8, severity: { 4 * Double($0 % 4) }, noise: { _ in 3 })
        let (n, j) = (Double(entries), Double(judges))
        var cells = [[Double]](repeating: [Double](repeating: 0, count: judges), count: entries)
        for performance in sheet.performances {
            for row in performance.rows { cells[Int(performance.entry)][Int(sheet.judgeCodes[row])] = sheet.points(at: row) }
        }
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        let ofEntries = cells.map(mean)
        let ofJudges = (0..<judges).map { judge in mean(cells.map { $0[judge] }) }
        let ofGroups = (0..<2).map { group in mean(ofEntries.indices.filter { $0 % 2 == group }.map { ofEntries[$0] }) }
        let grand = mean(ofEntries)
        func squared(_ x: Double) -> Double { x * x }
        let between = ofEntries.indices.reduce(0.0) { $0 + j * squared(ofEntries[$1] - ofGroups[$1 % 2]) } / (n - 2)
        let severity = ofJudges.reduce(0.0) { $0 + n * squared($1 - grand) } / (j - 1)
        var rests = 0.0
        for (entry, scores) in cells.enumerated() {
            for (judge, score) in scores.enumerated() { rests += squared(score - ofEntries[entry] - ofJudges[judge] + grand) }
        }
        let noise = rests / (n - 1) / (j - 1)
        let fit = try CrossedEffects(of: sheet, groups: Factor((0..<entries).map { ["A", "B"][$0 % 2] }))
        for group in 0..<2 {
            let estimate = fit.groupEstimate(group)
            #expect(isClose(estimate.value, ofGroups[group], relative: 1e-6))
            let (own, panel) = (between / (j * n / 2), severity / (n * j))
            #expect(isClose(estimate.standardError, (own + panel - noise / (n * j)).squareRoot(), relative: 1e-5))
            #expect(isClose(estimate.degreesOfFreedom, (own + panel) / (own / (n - 2) + panel / (j - 1)), relative: 1e-4))
        }
    }
}
