@testable import Evenhand
import TestSupport
import Testing

@Suite struct RanksTests {
    /// One score for each project by one judge; R 4.2.2 rank and qnorm, checked with scipy 1.17.1.
    static func contest(_ name: String) throws -> (sheet: ScoreSheet, expected: [[String: String]]) {
        let scores = try rows(of: "ranking/\(name).csv")
        let text = scores.map { "\($0["project"]!),J,\($0["score"]!)" }.joined(separator: "\n")
        return (try sheet("entry,judge,score\n" + text), try rows(of: "ranking/\(name)_expected.csv"))
    }

    @Test(arguments: ["ties_12", "no_ties_7"], [("min", TieRule.min), ("dense", .dense), ("average", .average), ("ordinal", .ordinal)])
    func `ranks agree with R for each rule of ties`(name: String, rule: (name: String, ties: TieRule)) throws {
        let (sheet, expected) = try Self.contest(name)
        let ranks = try Ranking(of: sheet, by: .mean, ties: rule.ties).columns[0].ranks
        #expect(expected.map { ranks.ranks[sheet.index(of: $0["project"]!)] } == expected.map { Double($0["rank_\(rule.name)"]!)! })
    }

    @Test(arguments: ["ties_12", "no_ties_7"])
    func `rankits and percentiles agree with R`(name: String) throws {
        let (sheet, expected) = try Self.contest(name)
        for (method, column, factor) in [(NormalizationMethod.rankit, "rankit", 1.0), (.percentile, "percentile_mean", 100)] {
            let values = try Normalization(of: sheet, by: method).values
            for row in expected {
                #expect(isClose(values[sheet.index(of: row["project"]!)], factor * Double(row[column]!)!, absolute: 1e-13), "\(column)")
            }
        }
    }

    static let exactTies: [(ScoringMethod, scores: [String], expected: [Double])] = [
        // Binary sums differ: 0.1 + 0.2 is not 0.3.
        (ScoringMethod.mean, ["0.1 0.2", "0.3 0", "0.15"], [1.0, 1, 1]),
        // A third and two sixths.
        (.mean, ["1 0 0", "1 1 0 0 0 0", "0.3333333"], [1, 1, 3]),
        (.mean, ["88.35", "88.350", "88.3 88.4"], [1, 1, 1]),
        (.mean, ["88.35 88.36 88.37", "88.36", "88.351 88.369"], [1, 1, 1]),
        (.mean, ["0.7 0.1", "0.8 0", "0.3 0.5", "0.4"], [1, 1, 1, 1]),
        (.trimmed(.scores(1)), ["9 0.1 0.2 0", "0.3 9 0 0", "0 0.15 0.15 0.2"], [1, 1, 1]),
        (.winsorized(.scores(1)), ["0 0.1 0.1 7", "0.1", "0.1 0.1 0.1"], [1, 1, 1]),
        (.median, ["0.1 0.2", "0.15", "0 0.3"], [1, 1, 1]),
        // Mean 8: 6 and 11 move to 7 and 9.
        (.clipped(Fraction(1)), ["6 7 11", "7.5 7.8333", "7.666667"], [2, 3, 1]),
        (.clipped(Fraction(1)), ["6 7 9 10", "8"], [1, 1]),
    ]

    @Test func `ties of exact results are exact`() throws {
        for (method, scores, expected) in Self.exactTies {
            let rows = scores.enumerated().flatMap { entry, scores in
                scores.split(separator: " ").enumerated().map { "E\(entry),J\($0),\($1)" }
            }
            let sheet = try sheet("entry,judge,score\n" + rows.joined(separator: "\n"))
            #expect(try Ranking(of: sheet, by: method).columns[0].ranks.ranks == expected, "\(method) of \(scores)")
        }
    }

    @Test func `results that a Double cannot tell apart are`() throws {
        // (2⁵³ − 1) / 1 and a mean one third less.
        let sheet = try sheet(["A": "9007199254740990 9007199254740991 9007199254740991", "B": "9007199254740991"])
        #expect(try Ranking(of: sheet, by: .mean).columns[0].ranks.ranks == [2, 1])
    }

    @Test(arguments: [
        (nil, [1.0, 2, 3, 4, 5]),
        // 88.345 and 88.35 become 88.35, as 88.3549 does; 88.344 becomes 88.34.
        (2, [1, 1, 1, 4, 5]),
        (1, [1, 1, 3, 3, 5]),
        (0, [1, 1, 1, 1, 1]),
    ])
    func `rounding half up comes before ties`(decimals: Int?, expected: [Double]) throws {
        let sheet = try sheet(["A": "88.3549", "B": "88.35", "C": "88.345", "D": "88.344", "E": "87.5"])
        let ranking = try Ranking(of: sheet, by: [.mean], roundedTo: decimals)
        #expect(ranking.columns[0].ranks.ranks == expected)
    }

    @Test func `rounded results are the rounded decimals`() throws {
        let sheet = try sheet(["A": "2.675", "B": "1.005", "C": "-0.125", "D": "9.995", "E": "88 88 89"])
        #expect(try EntryResults(of: sheet, by: .mean, roundedTo: 2).values == [2.68, 1.01, -0.12, 10, 88.33])
        // Huber of 88 88 89: MAD 0, scale 1.2533 / 3, so 89 is drawn in: (176 + 1.5 · 1.2533 / 3) / 2 = 88.313.
        let huber = try EntryResults(of: sheet, by: .huber, roundedTo: 2).values
        #expect(huber == [2.68, 1.01, -0.12, 10, 88.31])
    }

    // A Latin square of three scores: every entry has the same three z-scores, added up in another order.
    @Test(arguments: [NormalizationMethod.zscore, .robustZ, .rankit, .percentile, .centered])
    func `results that differ by rounding only are tied`(method: NormalizationMethod) throws {
        let sheet = try sheet(
            """
            entry,judge,score
            A,J1,1.1
            B,J1,2.7
            C,J1,9.2
            A,J2,9.1
            B,J2,28.6
            C,J2,4.3
            A,J3,66.4
            B,J3,9.7
            C,J3,20.9
            """)
        let rules = NormalizationRules.with(below: .own)
        let ranks = try Ranking(of: sheet, by: [.normalized(method)], rules: rules).columns[0].ranks.ranks
        #expect(method == .centered || ranks == [1, 1, 1])
        #expect(method != .centered || Set(ranks).count == 3)
    }

    @Test func `ties do not depend on where a result falls`() {
        // Three equal results but for rounding, anywhere; a fourth a grid below them.
        for level in stride(from: 0.0, to: 50e-10, by: 0.17e-10) {
            let ranks = Ranks(of: [level + 3e-15, level, level + 1e-15, level - 1e-9], closerThan: 1e-10)
            #expect(ranks.ranks == [1, 1, 1, 4] && ranks.order == [0, 1, 2, 3], "\(level)")
        }
        #expect(Ranks.ascending([0.3, 0.1 + 0.2, 0.1, 0.2]) == [2, 3, 0, 1])
    }

    @Test func `the order of equal results is that of names`() throws {
        let ranks = try Ranking(of: sheet(["C": "1", "A": "1", "B": "2"]), by: .mean, ties: .average).columns[0].ranks
        #expect(ranks.order == [1, 0, 2])
        #expect(ranks.ranks == [2.5, 1, 2.5])
    }
}
