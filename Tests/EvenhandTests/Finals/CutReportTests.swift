@testable import Evenhand
import Testing

/// Gaps, their errors and the judges it would take, against numpy and scipy (`FinalsFixture`).
@Suite struct CutReportTests {
    static func report(_ list: OfficialList, places: Int, by kind: MeritModel.Kind = .crossed, draws: Int = 500) -> CutReport {
        CutReport(
            of: list, model: MeritModel.result(of: list, by: kind), influence: Influence(of: list, places: places), places: places,
            draws: draws, seed: 1)
    }

    @Test func `the errors of gaps of means are those of the variances and the panels`() throws {
        let list = try FinalsFixture.panels()
        let errors = GapError(list, model: try MeritModel(of: list, by: .crossed), influence: nil)
        #expect(errors.source == .variances)
        for (pair, expected) in try FinalsFixture.values("gap_se_mean") {
            let names = pair.split(separator: " ").map { list.entries.firstIndex(of: String($0))! }
            #expect(agree(errors.error(names[0], names[1]), expected, within: 1e-6), "\(pair)")
            #expect(errors.error(names[0], names[1]) == errors.error(names[1], names[0]))
        }
    }

    @Test func `the errors of gaps of the crossed model are those of its posterior`() throws {
        let means = try FinalsFixture.panels()
        let list = try OfficialList(of: means.contest, heats: means.heats, by: OfficialList.Recipe(.method(.crossed())))
        let errors = GapError(list, model: try MeritModel(of: list, by: .crossed), influence: nil)
        for (pair, expected) in try FinalsFixture.values("gap_se_crossed") {
            let names = pair.split(separator: " ").map { list.entries.firstIndex(of: String($0))! }
            #expect(agree(errors.error(names[0], names[1]), expected, within: 1e-6), "\(pair)")
        }
    }

    @Test func `of a complete panel the error is √(2 σ² / n)`() throws {
        let report = Self.report(try FinalsFixture.complete(), places: 3)
        let error = try FinalsFixture.value("complete_gap_se")
        #expect(report.gaps.allSatisfy { agree($0?.error, error, within: 1e-6) })
        #expect(report.gaps.allSatisfy { agree($0?.inErrors, $0.map { $0.points / error }, within: 1e-6) })
    }

    @Test(arguments: [3, 5]) func `of results on another scale the error is by the jackknife`(places: Int) throws {
        let list = try FinalsFixture.complete(by: .normalized(.zscore))
        let report = Self.report(list, places: places)
        #expect(report.gapErrors == .jackknife)
        let last = Int(list.column.ranks.order[places - 1])
        #expect(try agree(report.gaps[last]?.points, FinalsFixture.values("zscore_gap")["\(places)"], within: 1e-9))
        #expect(try agree(report.gaps[last]?.error, FinalsFixture.values("zscore_gap_jackknife")["\(places)"], within: 1e-9))
    }

    /// Without J1 the first entry has no result, so that the run says nothing of its distance to another.
    @Test func `an entry that falls out with a judge has no jackknife error`() throws {
        let sheet = try sheet(["A": "9 - -", "B": "8 6 7", "C": "5 7 4", "D": "4 3 5"])
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.normalized(.zscore))))
        let errors = GapError(list, model: nil, influence: Influence(of: list, places: 1))
        #expect(errors.source == .jackknife && errors.error(0, 1) == nil && errors.error(2, 0) == nil && errors.error(1, 2) != nil)
    }

    /// B, the last in, was seen by three judges, C by two, though four judged in all.
    @Test func `judges at the border are those who scored both entries there`() throws {
        let sheet = try sheet(["A": "9 9 8 9", "B": "7 8 7 -", "C": "- - 6 5", "D": "2 1 - 3"])
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
        #expect(Self.report(list, places: 2).judgesAtBorder == 2 && Self.report(list, places: 1).judgesAtBorder == 3)
        #expect(Self.report(list, places: 4).judgesAtBorder == nil)
    }

    @Test(arguments: [3, 4]) func `it takes as many judges as the model's difference needs`(places: Int) throws {
        let report = Self.report(try FinalsFixture.complete(), places: places)
        let expected = try FinalsFixture.values("complete_judges_needed")["\(places)"]
        #expect(report.certainty?.judgesNeeded == expected.map { Int($0) })
    }

    @Test func `gaps reach to the other side of the cut`() throws {
        let list = try FinalsFixture.complete()
        let report = Self.report(list, places: 3)
        let order = list.column.ranks.order.map { Int($0) }
        for (position, entry) in order.enumerated() {
            #expect(report.gaps[entry]?.other == (position < 3 ? order[3] : order[2]))
        }
        // All are in, so nobody is on the other side.
        #expect(Self.report(list, places: 10).gaps.allSatisfy { $0 == nil })
    }

    @Test func `the entries near a clear cut are two on each side`() throws {
        let sheet = try sheet(["A": "9 9", "B": "8 8", "C": "7 7", "D": "6 6", "E": "5 5", "F": "4 4"])
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
        let report = CutReport(of: list, model: .failure(.rule), places: 3, draws: 100, seed: 1)
        #expect(report.open.isEmpty && report.nearCut() == [1, 2, 3, 4] && report.nearCut(most: 2) == [2, 3])
    }

    @Test func `secure and open entries are those of the bands`() throws {
        let list = try FinalsFixture.complete()
        let report = Self.report(list, places: 3, draws: 4000)
        let tops = try #require(report.certainty).ranks.topProbabilities
        let isIn = list.isIn(places: 3)
        #expect(report.secure == tops.indices.filter { isIn[$0] && tops[$0] >= 0.9 })
        #expect(Set(report.open) == Set(tops.indices.filter { tops[$0] > 0.1 && tops[$0] < 0.9 }))
        #expect(report.open == list.column.ranks.order.map { Int($0) }.filter(report.open.contains))
        #expect(report.openRanks == Int(list.ranks[report.open[0]])...Int(list.ranks[report.open.last!]))
        #expect(!report.open.isEmpty && !report.secure.isEmpty)
        // The two on each side of the cut are always near.
        let order = list.column.ranks.order.map { Int($0) }
        #expect(Set(order[1...4]).isSubset(of: report.nearCut()))
        #expect(report.nearCut(most: 2) == Array(order[2...3]))
    }
}
