@testable import Evenhand
import TestSupport
import Testing

@Suite struct ScoreSheetTests {
    /// By name A in both heats comes before B, in the order of performances B is between them.
    @Test func `a performance has the attributes of its entry`() throws {
        let single = try sheet("heat,entry,judge,score,city\n1,A,J,5,x\n1,B,J,6,y\n2,A,J,7,x\n2,C,J,7,z\n").byPerformance()
        #expect(single.entries.map { $0.prefix(1) } == ["A", "A", "B", "C"])
        #expect(single.entryAttributes.map(\.name) == ["city"])
        #expect(single.entries.indices.map { single.entryAttributes[0].values[$0] } == ["x", "x", "y", "z"])
    }

    /// A appears in a first heat of both stages.
    @Test func `performances are called by their stage and heat`() throws {
        let single = try sheet("stage,heat,entry,judge,score\nfinal,1,A,J,5\nround,1,A,J,6\nround,2,B,J,7\n").byPerformance()
        #expect(single.entries == ["A · final · 1", "A · round · 1", "B · round · 2"])
        #expect(single.performances.map { single.entryName(of: $0) }.sorted() == ["A", "A", "B"])
    }

    @Test func `more attributes of entries or judges leave those of scores`() throws {
        let (dives, kind) = (Attribute(name: "dive", values: Factor(["103B", "5253B"])), Attribute(name: "kind", values: Factor(["x"])))
        let sheet = try sheet(["A": "1 2"]).adding(scoreAttributes: [dives])
        #expect(sheet.adding(entryAttributes: [kind]).scoreAttributes == [dives])
        let judges = Attribute(name: "kind", values: Factor(["x", "y"]))
        #expect(sheet.adding(judgeAttributes: [judges]).scoreAttributes == [dives])
    }

    @Test func `entries of a heat keep their own attributes`() throws {
        let part = try sheet("heat,entry,judge,score,city\n1,A,J,5,x\n1,B,J,6,y\n2,B,J,7,y\n2,C,J,7,z\n").selecting(heats: [1])
        #expect(part.entries == ["B", "C"] && part.entryAttributes.map(\.name) == ["city"])
        #expect(part.entries.indices.map { part.entryAttributes[0].values[$0] } == ["y", "z"])
    }

    @Test(arguments: [1, 2, 3], [["score", "judge", "heat", "entry", "stage"], ["stage", "heat", "entry", "judge", "score"]])
    func `rows and columns in another order give an equal sheet`(seed: UInt64, columns: [String]) throws {
        let lines = try MadeContest.text(columns: columns).split(separator: "\n")
        var stream = RandomStream(seed: seed)
        let shuffled = [lines[0]] + stream.shuffled(Array(lines.dropFirst()))
        #expect(shuffled != lines)
        let (plain, other) = (try MadeContest.sheet(), try sheet(shuffled.joined(separator: "\n")))
        #expect(plain == other)
        for method in RankingTests.methods {
            let (a, b) = (try Ranking(of: plain, by: method).columns[0], try Ranking(of: other, by: method).columns[0])
            #expect(a.results.values == b.results.values && a.ranks == b.ranks, "\(method.name)")
        }
    }

    @Test func `inexact scores in another order give the same bits`() throws {
        let rows = (0..<200).map { "E\($0 % 17),J\($0),\(Double($0 * 37 % 101) / 3)" }
        var stream = RandomStream(seed: 4)
        let plain = try sheet("entry,judge,score\n" + rows.joined(separator: "\n"))
        let other = try sheet("entry,judge,score\n" + stream.shuffled(rows).joined(separator: "\n"))
        #expect(!plain.isExact && plain == other)
        for method in RankingTests.methods {
            #expect(try EntryResults(of: plain, by: method).values == EntryResults(of: other, by: method).values, "\(method.name)")
        }
    }

    static let columns: [([String], units: [Double], unitsPerPoint: Double)] = [
        (["88.35", "88.350", "7"], [88350, 88350, 7000], 1000),
        (["1", "2"], [1, 2], 1),
        (["0.000001", "-3"], [1, -3_000_000], 1_000_000),
        (["9007199254740991", "-9007199254740991"], [0x1p53 - 1, 1 - 0x1p53], 1),
        (["1.00000000", "2.5"], [10, 25], 10),
        (["1e3", "-2E2"], [1000, -200], 1),
        (["8.85E+01", "1e-3"], [88_500, 1], 1000),
        (["9007199254.740991"], [0x1p53 - 1], 1_000_000),
    ]

    @Test(arguments: columns)
    func `decimals are kept in units of their last position`(scores: [String], units: [Double], unitsPerPoint: Double) throws {
        let sheet = try sheet(judge: scores.map { _ in "J" }, scores: scores)
        #expect(sheet.isExact && sheet.units == units && sheet.unitsPerPoint == unitsPerPoint)
    }

    @Test(arguments: [
        ["0.1234567", "1"],  // seven decimals
        ["93.33333333333333", "88.35"],  // a quotient
        ["9007199254740992", "1"],  // 2⁵³
        ["9007199254740993", "1"],
        ["9007199254740991", "0.5"],  // 2⁵³ in tenths
        ["0.5", "9007199254740991"],
        ["9.9e15", "1"],
        ["1e-7", "1"],
    ])
    func `scores that units cannot hold are kept as Doubles and marked`(scores: [String]) throws {
        let sheet = try sheet(judge: scores.map { _ in "J" }, scores: scores)
        #expect(!sheet.isExact && sheet.unitsPerPoint == 1 && sheet.units == scores.map { Double($0)! })
        let results = try EntryResults(of: sheet, by: .mean)
        #expect(results.fractions == nil && results.values == sheet.units)
    }

    @Test func `levels are in canonical order and scores by heat, entry and judge`() throws {
        let sheet = try sheet("heat,entry,judge,score\nb,项目2,王,4\nb,项目1,李,3\na,Z,b,2\na,Z,B,1\na,a,b,5")
        #expect(sheet.entries == ["Z", "a", "项目1", "项目2"] && sheet.judges == ["B", "b", "李", "王"])
        #expect(sheet.units == [1, 2, 5, 3, 4] && sheet.heats.map(\.name) == ["a", "b"])
        #expect((0..<sheet.count).map { sheet.performance(ofRow: $0) } == [0, 0, 1, 2, 3])
    }

    @Test func `names that differ only in how an accent is composed are one name`() throws {
        let sheet = try sheet("entry,judge,score\ne\u{301},J,1\n\u{e9},K,2")
        #expect(sheet.entries.map { Array($0.utf8) } == [Array("\u{e9}".utf8)] && sheet.units == [1, 2])
    }

    @Test func `anonymous judges lose their attributes, those of anonymous entries keep them`() throws {
        let sheet = try sheet(["A": "1 2"]).adding(judgeAttributes: [Attribute(name: "institution", values: Factor(["浙江大学", "MIT"]))])
        #expect(sheet.anonymizingEntries().judgeAttributes.map(\.name) == ["institution"])
        #expect(sheet.anonymizingJudges().judgeAttributes.isEmpty)
    }

    @Test func `all heats of an entry count among its scores`() throws {
        let sheet = try sheet("heat,entry,judge,score\n1,A,J,1\n1,A,K,2\n2,A,J,3\n1,B,J,1\n")
        let rows = EntryRows(of: sheet)
        #expect(rows.scoreCount(of: 0) == 3 && rows.scoreCount(of: 1) == 1)
    }

    @Test func `anonymous labels follow the order of names`() throws {
        let sheet = try sheet(["B": "1 2", "A": "3 4", "C": "5"])
        let anonymous = sheet.anonymizingEntries().anonymizingJudges()
        #expect(anonymous.entries == ["E01", "E02", "E03"] && anonymous.judges == ["J01", "J02"] && anonymous.units == sheet.units)
    }

    /// Every city is another; a prize names one entry and says of all others that they have none.
    @Test(arguments: [([String](), ["prize", "sector"]), (["city"], ["city", "prize", "sector"])])
    func `attributes that name each entry go with the names unless they are asked for`(asked: [String], kept: [String]) throws {
        let sheet = try sheet("entry,judge,score,sector,city,prize\nA,J,1,x,宁波,won\nB,J,2,x,杭州,\nC,J,3,y,,\n")
        #expect(sheet.anonymizingEntries(keeping: Set(asked)).entryAttributes.map(\.name) == kept)
        #expect(sheet.anonymizingJudges(keeping: Set(asked)).entryAttributes.map(\.name) == kept)
    }

    /// A has ranges of 5 and 1 in two heats, B of 2 in one.
    @Test func `the range of an entry is the widest of its heats`() throws {
        let sheet = try sheet("heat,entry,judge,score\n1,A,J,1\n1,A,K,6\n2,A,J,3\n2,A,K,4\n2,B,J,7.5\n2,B,K,9.5\n")
        #expect(sheet.scoreRanges == [5, 2])
    }
}
