@testable import Evenhand
import Testing

/// The ranks of every method, against numpy and scipy (`FinalsFixture`).
@Suite struct MethodComparisonTests {
    @Test func `every method ranks as numpy does`() throws {
        let list = try FinalsFixture.complete()
        let comparison = MethodComparison(of: list, model: try MeritModel(of: list), places: 4)
        #expect(comparison.columns[0].name == "mean" && comparison.columns.count == 16 && comparison.missing.isEmpty)
        var compared = 0
        for column in comparison.columns {
            let expected = try FinalsFixture.values("method_rank_" + column.name)
            guard !expected.isEmpty else { continue }
            compared += 1
            #expect(column.ranks == list.entries.map { expected[$0]! }, "\(column.name)")
        }
        #expect(compared == 14)
        for entry in list.entries.indices {
            #expect(comparison.methodsIn[entry] == comparison.columns.count { $0.ranks[entry] <= 4 })
        }
        // Kemeny's order by dynamic programming over sets of entries.
        let kemeny = try #require(comparison.kemeny)
        #expect(try Double(kemeny.optimumCount) == FinalsFixture.value("kemeny_optima"))
        let profile = PreferenceProfile(of: list.totals.sheet)
        let disagreement = kemeny.order.enumerated().reduce(0) { sum, pair in
            sum + kemeny.order.dropFirst(pair.offset + 1).reduce(0) { $0 + profile.doubledVotes[$1 * 10 + pair.element] }
        }
        #expect(try Double(disagreement) / 2 == FinalsFixture.value("kemeny_disagreement"))
    }

    @Test func `judges who agree give Kemeny's ranks, and every method`() throws {
        let sheet = try sheet(["A": "9 8 9 8", "B": "5 4 6 5", "C": "7 6 8 6", "D": "3 2 1 4"])
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
        let comparison = MethodComparison(of: list, places: 1)
        #expect(try #require(comparison.columns.first { $0.name == "kemeny" }).ranks == [1, 3, 2, 4])
        #expect(comparison.methodsIn == [comparison.columns.count, 0, 0, 0])
    }

    @Test(arguments: ["median", "zscore", "borda", "copeland"]) func `τ is Kendall's b`(method: String) throws {
        let comparison = MethodComparison(of: try FinalsFixture.complete(), places: 4)
        let other = try #require(comparison.columns.firstIndex { $0.name == method })
        #expect(try agree(comparison.tau(0, other), FinalsFixture.value("tau_mean_" + method), within: 1e-12))
    }

    @Test func `fits that are at hand give the ranks of new ones`() throws {
        for list in [try FinalsFixture.complete(), try FinalsFixture.panels()] {
            let known = MethodComparison(of: list, model: try MeritModel(of: list), places: 4)
            #expect(known.columns == MethodComparison(of: list, places: 4).columns)
        }
    }

    @Test func `where judges do not compare all entries, orders of pairs are missing`() throws {
        let sheet = try sheet(["A": "5 6 -  -", "B": "6 7 - -", "C": "- - 5 4", "D": "- - 7 6"])
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
        #expect(Set(["borda", "copeland", "kemeny"]).isSubset(of: MethodComparison(of: list, places: 1).missing))
    }
}
