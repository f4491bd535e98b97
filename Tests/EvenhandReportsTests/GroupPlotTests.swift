import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO
@testable import EvenhandReports

@Suite struct GroupPlotTests {
    /// The severe judge K saw more of the entries of the south than L: the fair mean of all is not the plain one.
    @Test func `fair means are drawn around the fair mean of all`() throws {
        var rows = ["entry,judge,score,side"]
        for entry in 0..<12 {
            let (side, merit) = (entry % 2 == 0 ? "north" : "south", 70 + (entry * 5) % 7)
            rows.append("E\(entry),J,\(merit),\(side)")
            rows.append("E\(entry),\(entry < 9 ? "K" : "L"),\(merit + (entry < 9 ? -8 : 9) + entry % 3),\(side)")
        }
        let directory = try TemporaryDirectory()
        let sheet = try ScoreSheet(contentsOf: directory.write(rows.joined(separator: "\n"), to: "s.csv"))
        let results = try GroupResults(of: sheet, by: .crossed())
        let comparison = GroupComparison(of: results, try Grouping(by: ["side"], of: results.sheet))
        let all = try #require(comparison.breakdown?.rows.last)
        let fair = try #require(all.fair?.value)
        #expect((fair - all.mean).magnitude > 0.1)
        guard case .rows(let plot)? = GroupPlots([comparison], GroupLayout(), .en).plots.first?.content else {
            Issue.record("no rows")
            return
        }
        #expect(plot.reference == fair)
    }
}
