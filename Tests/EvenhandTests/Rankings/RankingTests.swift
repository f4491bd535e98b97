import Evenhand
import TestSupport
import Testing

@Suite struct RankingTests {
    static let methods: [ScoringMethod] =
        [.mean, .median, .trimmed(.scores(1)), .winsorized(.scores(1)), .clipped(Fraction(3)), .huber]
        + NormalizationMethod.allCases.map { .normalized($0) }

    /// The rows of the made contest's final.
    static func final(_ change: ([String: String]) -> String) throws -> ScoreSheet {
        let rows = rows(ofText: try MadeContest.text()).filter { $0["stage"] == "决赛" }
        return try sheet((["entry,judge,score"] + rows.map(change)).joined(separator: "\n"))
    }

    @Test func `ten times the scores give ten times the results and the same ranks`() throws {
        let plain = try Self.final { "\($0["entry"]!),\($0["judge"]!),\($0["score"]!)" }
        let tenfold = try Self.final { "\($0["entry"]!),\($0["judge"]!),\($0["score"]!.replacing(".", with: ""))" }
        for method in Self.methods where method != .clipped(Fraction(3)) {
            let (a, b) = (try Ranking(of: plain, by: method).columns[0], try Ranking(of: tenfold, by: method).columns[0])
            #expect(a.ranks == b.ranks, "\(method.name)")
            if let (one, ten) = a.results.fractions.flatMap({ one in b.results.fractions.map { (one, $0) } }) {
                #expect(zip(one, ten).allSatisfy { Fraction($0.numerator * 10, over: $0.denominator) == $1 }, "\(method.name)")
            }
        }
    }

    @Test func `other names of judges change no result`() throws {
        let plain = try Self.final { "\($0["entry"]!),\($0["judge"]!),\($0["score"]!)" }
        let renamed = try Self.final { "\($0["entry"]!),\(String($0["judge"]!.reversed())),\($0["score"]!)" }
        #expect(plain.judges != renamed.judges)
        for method in Self.methods {
            let (a, b) = (try Ranking(of: plain, by: method).columns[0], try Ranking(of: renamed, by: method).columns[0])
            #expect(a.ranks == b.ranks && a.results.fractions == b.results.fractions, "\(method.name)")
        }
    }

    @Test func `other names of heats change no result of an entry`() throws {
        let rows = rows(ofText: try MadeContest.text()).filter { $0["stage"] == "初赛" }
        func contest(_ heat: (String) -> String) throws -> ScoreSheet {
            let lines = rows.map { "\(heat($0["heat"]!)),\($0["entry"]!),\($0["judge"]!),\($0["score"]!)" }
            return try sheet((["heat,entry,judge,score"] + lines).joined(separator: "\n"))
        }
        let plain = try contest { $0 }
        // 第1场 becomes 第8场 and so on: the heats are in the opposite order.
        let turned = try contest { String($0.map { $0.isNumber ? Character("\(9 - $0.wholeNumberValue!)") : $0 }) }
        #expect(plain.heats != turned.heats && plain.performances != turned.performances)
        for method in Self.methods {
            let (a, b) = (try Ranking(of: plain, by: method).columns[0], try Ranking(of: turned, by: method).columns[0])
            #expect(a.ranks == b.ranks && a.results.fractions == b.results.fractions, "\(method.name)")
        }
    }

    @Test func `ranks within groups are those of the method that is asked for`() throws {
        let ranking = try Ranking(of: sheet(["A": "9 1 1", "B": "8 2 2", "C": "2 6 7", "D": "7 6 1"]), by: [.mean, .median])
        // Means 3 2/3, 4, 5 and 4 2/3; medians 1, 2, 6 and 6.
        #expect(ranking.ranks(within: [0, 0, 1, 1], column: 0) == [2, 1, 1, 2])
        #expect(ranking.ranks(within: [0, 0, 1, 1], column: 1) == [2, 1, 1, 1])
    }

    @Test func `ranks within groups start anew`() throws {
        let ranking = try Ranking(of: sheet(["A": "9", "B": "8", "C": "8", "D": "7", "E": "9"]), by: .mean)
        #expect(ranking.ranks(within: [0, 1, 0, 1, Factor.missing], column: 0) == [1, 1, 2, 2, 1])
        #expect(ranking.ranks(within: [0, 0, 0, 0, 0], column: 0) == [1, 3, 3, 5, 1])
    }

    /// One group of all is the whole list, however ties are ranked.
    @Test(arguments: TieRule.allCases) func `ranks within the only group are the ranks`(ties: TieRule) throws {
        let sheet = try sheet(["A": "9", "B": "8", "C": "8", "D": "7", "E": "9", "F": "8", "G": "1"])
        let ranking = try Ranking(of: sheet, by: .mean, ties: ties)
        #expect(ranking.ranks(within: [0, 0, 0, 0, 0, 0, 0], column: 0) == ranking.columns[0].ranks.ranks)
        // B, C and F are equal in one group, A is alone in the other but for D and G.
        let inner = ranking.ranks(within: [1, 0, 0, 1, 0, 0, 1], column: 0)
        let equal: [Double] =
            switch ties {
            case .min: [2, 2, 2]
            case .dense: [2, 2, 2]
            case .average: [3, 3, 3]
            case .ordinal: [2, 3, 4]
            }
        #expect(inner == [1, equal[0], equal[1], 2, 1, equal[2], 3])
    }

    @Test func `two methods agree on the entries that both position`() throws {
        let ranking = try Ranking(of: sheet(["A": "9 9 0", "B": "6.5 6.5 6.5", "C": "6.5 7 7", "D": "1 1 1"]), by: [.mean, .median])
        #expect(ranking.agreement(0, 1, places: 1) == 0)
        #expect(ranking.agreement(0, 1, places: 2) == 1)
        #expect(ranking.agreement(0, 1, places: 3) == 3)
    }

    @Test func `each entry has one heat or none is shown`() throws {
        let preliminaries = try Selection(of: MadeContest.sheet(), stage: .named("初赛")).sheet
        #expect(try Set(Ranking(of: preliminaries, by: .mean).heatOfEntry!) == Set(0..<9))
        #expect(try Ranking(of: MadeContest.sheet(), by: .mean).heatOfEntry == nil)
        #expect(try Ranking(of: sheet(["A": "1"]), by: .mean).heatOfEntry == nil)
    }
}
