@testable import Evenhand
import Testing

/// One question about groups, answered as far as it is asked.
@Suite struct GroupComparisonTests {
    /// Twelve entries of two cities, each scored by the same three judges; the first three are selected.
    static func results() throws -> (results: GroupResults, grouping: Grouping) {
        let rows = (0..<12).flatMap { entry in
            (0..<3).map { "E\(10 + entry),J\($0),\(70 + entry % 5 + $0 + entry / 6),\(entry < 6 ? "杭州" : "宁波")" }
        }
        let sheet = try sheet((["entry,judge,score,city"] + rows).joined(separator: "\n"))
        return (try GroupResults(of: sheet, by: .mean), try Grouping(by: ["city"], of: sheet))
    }

    @Test(arguments: GroupComparison.Part.allCases) func `only what was asked for is there`(part: GroupComparison.Part) throws {
        let (results, grouping) = try Self.results()
        let found = GroupComparison(of: results, grouping, parts: [part])
        #expect((found.breakdown != nil) == (part == .groups))
        #expect((found.tests != nil) == (part == .tests))
        #expect((found.pairs != nil) == (part == .pairs))
        #expect(found.representations.isEmpty)
    }

    @Test func `the answers are those of its parts, by the rules`() throws {
        let (results, grouping) = try Self.results()
        let isSelected = results.sheet.entries.indices.map { $0 < 3 }
        var rules = GroupComparison.Rules()
        (rules.adjustment, rules.draws, rules.seed) = (.bh, 199, 7)
        let found = GroupComparison(of: results, grouping, isSelected: isSelected, rules: rules)
        #expect(found.breakdown?.rows == Breakdown(of: results, grouping).rows)
        #expect(found.tests?.findings.map(\.kind) == GroupTests.usual(PanelDesign(of: results.sheet)))
        #expect(found.pairs?.adjustment == .bh)
        let alone = Representation(of: isSelected, grouping, heats: results.heats, adjustedBy: .bh, draws: 199, seed: 7)
        #expect(found.representations.count == 1 + grouping.margins.count && found.representations.first?.rows == alone.rows)
        #expect(found.representations.first?.overall.p == alone.overall.p)
        rules.tests = [.kruskal]
        #expect(GroupComparison(of: results, grouping, parts: [.tests], rules: rules).tests?.findings.map(\.kind) == [.kruskal])
    }
}
