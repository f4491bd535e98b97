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
}
