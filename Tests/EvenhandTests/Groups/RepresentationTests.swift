import Evenhand
import Foundation
import TestSupport
import Testing

@Suite struct RepresentationTests {
    /// The final of the made contest by sector.
    private func final() throws -> (sheet: ScoreSheet, grouping: Grouping, sectors: [String: String]) {
        let entries = try rows(
            ofText: String(contentsOf: packageDirectory.appending(path: "Data/zhejiang-2022/entries.csv"), encoding: .utf8))
        let sectors = Dictionary(uniqueKeysWithValues: entries.map { ($0["entry"]!, $0["sector"]!) })
        let sheet = try Selection(of: MadeContest.sheet()).sheet
        return (sheet, Grouping(Factor(sheet.entries.map { sectors[$0] }), named: "sector"), sectors)
    }

    @Test func `the ten winners of the made contest are of the documented sectors`() throws {
        let (sheet, grouping, _) = try final()
        let selected = SelectedEntries(first: 10, by: try Ranking(of: sheet, by: .mean).columns[0].ranks)
        let found = Representation(of: selected.isSelected, grouping)
        let counts = Dictionary(uniqueKeysWithValues: zip(grouping.values.map { $0[0] }, found.rows.map(\.selected))).filter {
            $0.value > 0
        }
        #expect(counts == ["生物医药": 4, "人工智能": 2, "新材料": 2, "智能制造": 1, "新能源": 1])
        #expect(found.entered == 24 && found.selected == 10)
        let first = try #require(found.rows.first { $0.selected == 4 })
        #expect(isClose(first.shareEntered, 0.25) && isClose(first.shareSelected!, 0.4) && isClose(first.index!, 1.6))
        // Groups under 5 are not tested.
        #expect(zip(grouping.sizes, found.rows).allSatisfy { ($0 < 5) == ($1.p == nil) })
        #expect(found.overall.p != nil && found.overall.strataCount == 1)
    }

    /// Expected: exact rational arithmetic (Python's `fractions`). The number of entrants of each sector is made, so it matters what it is
    /// taken to be.
    @Test(arguments: [
        (15, 0.00925861980441995), (20, 0.027609069124628637), (25, 0.06034091866542884), (30, 0.10902866632147303),
        (38, 0.26880987553310615), (45, 0.48332569040787027), (60, 1.0),
    ]) func `how odd four winners of ten are depends on the assumed number of entrants`(entrants: Int, p: Double) throws {
        let isSelected = (0..<152).map { $0 < 4 || $0 >= 146 }
        let grouping = Grouping(Factor((0..<152).map { $0 < entrants ? "生物医药" : "others" }))
        let found = Representation(of: isSelected, grouping)
        #expect(found.rows.allSatisfy { isClose($0.p!, p, relative: 1e-10) })
    }

    /// Worked by hand: two heats of 6, of which 3 and 2 are of group A; each selects 1. P(0), P(1), P(2) of A are 1/2 · 2/3, 1/2, 1/2 ·
    /// 1/3.
    @Test func `where heats select for themselves the exact p may do so, too`() {
        let grouping = Grouping(Factor(["A", "A", "A", "B", "B", "B", "A", "A", "B", "B", "B", "B"]))
        let heats: [Int32] = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
        let isSelected = [0, 6].reduce(into: [Bool](repeating: false, count: 12)) { $0[$1] = true }
        let found = Representation(of: isSelected, grouping, heats: heats)
        #expect(isClose(found.rows[0].withinHeats!, 1.0 / 6))
        // In one heat of 12: P(2) = 10/66 is the least probable, then P(0) = 21/66.
        #expect(isClose(found.rows[0].p!, 10.0 / 66) && isClose(found.rows[1].p!, 10.0 / 66))
        // Exactly: 36 pairs of winners, of which 6 as uneven as this one.
        #expect(found.overall.isExact && isClose(found.overall.p!, found.rows[0].withinHeats!, relative: 1e-9))
    }

    static let shares: [(selected: [Int], p: Double)] = [
        ([3, 4, 5, 9, 10, 11], 2.0 / 400), ([0, 4, 5, 9, 10, 11], 38.0 / 400), ([0, 1, 5, 6, 10, 11], 1),
        ([0, 1, 2, 6, 7, 11], 38.0 / 400),
    ]

    /// By hand: two heats of 6 select 3 each; with 3 of a group in each the numbers 0 to 6 of it come in 1, 18, 99, 164, 99, 18 and 1 of 400
    /// cases. The p of few is that of many.
    @Test(arguments: shares)
    func `a group of whom few got through their heats is as odd as one of whom many did`(selected: [Int], p: Double) {
        let grouping = Grouping(Factor(Array("AAABBBAAABBB").map { String($0) }))
        let isSelected = selected.reduce(into: [Bool](repeating: false, count: 12)) { $0[$1] = true }
        let found = Representation(of: isSelected, grouping, heats: (0..<12).map { $0 / 6 })
        #expect(found.rows.allSatisfy { isClose($0.withinHeats ?? .nan, p) })
    }

    /// By hand: three of 14 are selected, all of a group of five. P(3) = 10/364; P(0), P(1) and P(2) are 84, 180 and 90 of 364.
    @Test func `a group of five is tested, one of four is not`() {
        let grouping = Grouping(Factor(Array("AAAAABBBBBCCCC").map { String($0) }))
        let found = Representation(of: (0..<14).map { $0 < 3 }, grouping)
        #expect(found.rows[1].p != nil && found.rows[2].p == nil && found.rows[2].adjusted == nil && found.rows[2].index == 0)
        #expect(isClose(found.rows[0].p ?? .nan, 10.0 / 364) && isClose(found.rows[0].adjusted ?? .nan, 20.0 / 364))
        #expect(isClose(found.rows[0].index ?? .nan, 14.0 / 5))
        // Over the ten of the larger groups: of 120 sets of three, 2 · 10 are of one group alone.
        #expect(found.overall.groupCount == 2 && found.overall.isExact && isClose(found.overall.p ?? .nan, 1.0 / 6))
    }

    @Test func `nobody and everybody selected, and one group, leave nothing to test`() {
        let grouping = Grouping(Factor((0..<12).map { $0 < 6 ? "A" : "B" }))
        for isSelected in [[Bool](repeating: false, count: 12), [Bool](repeating: true, count: 12)] {
            let found = Representation(of: isSelected, grouping)
            #expect(found.rows.allSatisfy { $0.p == 1 } && found.overall.p == nil)
            #expect(found.rows[0].index == (isSelected[0] ? 1 : nil))
        }
        let one = Representation(of: (0..<6).map { $0 < 2 }, Grouping(Factor((0..<6).map { _ in "A" })))
        #expect(one.rows[0].p == nil && one.overall.p == nil && one.rows[0].shareSelected == 1)
    }

    @Test func `selected are those who are named, who are first, or who appear later`() throws {
        let (sheet, _, _) = try final()
        #expect(try SelectedEntries(named: ["P034"], among: sheet.entries).count == 1)
        #expect(throws: DesignError.unknownEntry("P34", nearest: ["P034"])) {
            try SelectedEntries(named: ["P34"], among: ["P034", "Q999999"])
        }
        let contest = try MadeContest.sheet()
        let (before, stage) = try contest.stage(called: "决赛")
        #expect(before.name == "初赛")
        #expect(SelectedEntries(reaching: stage, called: "决赛", of: contest, among: contest.entries).count == 24)
        #expect(throws: DesignError.noEarlierStage("初赛")) { try contest.stage(called: "初赛") }
        #expect(throws: DesignError.unknownStage("x", known: ["初赛", "决赛"])) { try contest.stage(called: "x") }
        let tied = SelectedEntries(first: 1, by: try Ranking(of: try Self.tied(), by: .mean).columns[0].ranks)
        #expect(tied.count == 2 && tied.source == .places(1))
    }

    private static func tied() throws -> ScoreSheet { try EvenhandTests.sheet(["A": "5 6", "B": "6 5", "C": "1 2"]) }

    @Test func `a funnel counts the groups from stage to stage`() throws {
        let sheet = try sheet(
            """
            stage,heat,entry,judge,score,city
            first,a,A,J,5,x
            first,a,B,J,6,y
            first,b,C,J,7,y
            last,,B,J,6,y
            last,,C,J,6,y
            """)
        let funnel = try Funnel(of: sheet, by: ["city"], selected: ["B"])
        #expect(funnel.steps.map(\.counts) == [[1, 2], [0, 2], [0, 1]])
        #expect(funnel.steps.map(\.name) == ["first", "last", nil] && funnel.steps.map(\.isSelection) == [false, false, true])
        #expect(try Funnel(of: sheet, by: ["city"], selected: ["B", "C"]).steps.count == 2)
    }
}
