import Evenhand
import TestSupport
import Testing

@Suite struct TotalsTests {
    /// A judge's ballots: entry, judge and the scores of criteria a, b, …; `-` where one is missing.
    static func ballots(_ rows: String...) throws -> ScoreSheet {
        let lines = rows.flatMap { row in
            let fields = row.split(separator: " ")
            return zip(["a", "b", "c"], fields.dropFirst(2)).filter { $1 != "-" }.map { "\(fields[0]),\(fields[1]),\($0),\($1)" }
        }
        return try sheet((["entry,judge,criterion,score"] + lines).joined(separator: "\n"))
    }

    static func decimals(_ texts: [String: String]) -> [String: Fraction] { texts.mapValues { Fraction(decimal: $0)! } }

    static let rules: [(CriterionRule, total: Fraction)] = [
        (CriterionRule(), Fraction(87)),
        (CriterionRule(combination: .mean), Fraction(87, over: 2)),
        (CriterionRule(weights: decimals(["a": "2", "b": "0.5"])), Fraction(795, over: 10)),
        // 0.4 · 24 / 30 + 0.6 · 63 / 70
        (
            CriterionRule(weights: decimals(["a": "0.4", "b": "0.6"]), maxima: decimals(["a": "30", "b": "70"])),
            Fraction(86, over: 100)
        ),
        // 24 / 9 + 63 / 7 is not a decimal.
        (CriterionRule(weights: decimals(["a": "1", "b": "1"]), maxima: decimals(["a": "9", "b": "7"])), Fraction(35, over: 3)),
        (
            CriterionRule(combination: .mean, weights: decimals(["a": "0.4", "b": "0.6"]), maxima: decimals(["a": "30", "b": "70"])),
            Fraction(43, over: 100)
        ),
        // Maxima without weights change nothing.
        (CriterionRule(maxima: decimals(["a": "30", "b": "70"])), Fraction(87)),
        (CriterionRule(weights: decimals(["a": "0", "b": "-1"])), Fraction(-63)),
    ]

    @Test func `totals are exact`() throws {
        for (rule, total) in Self.rules {
            let totals = try Totals(of: Self.ballots("A J 24 63"), by: rule)
            #expect(totals.sheet.isExact && totals.sheet.criteria.isEmpty && totals.incomplete.isEmpty && totals.entriesWithout.isEmpty)
            #expect(try EntryResults(of: totals.sheet, by: .mean).fractions == [total], "\(rule)")
        }
    }

    @Test func `a mean of three criteria is a third, not 0·3333`() throws {
        let totals = try Totals(
            of: Self.ballots("A J 0.1 0.2 0.1", "B J 0.2 0.1 0.1", "C J 0.4 0 0"), by: CriterionRule(combination: .mean))
        let results = try EntryResults(of: totals.sheet, by: .mean)
        #expect(results.fractions == [Fraction(4, over: 30), Fraction(4, over: 30), Fraction(4, over: 30)])
        #expect(Ranks(of: results).ranks == [1, 1, 1])
    }

    @Test func `ballots that lack a criterion are left out and named`() throws {
        let totals = try Totals(of: Self.ballots("A J 1 2 3", "A K 1 - 3", "B J - - 3", "B K 2 2 -", "C J 1 1 1"))
        #expect(
            totals.incomplete.map { [$0.entry, $0.judge] + $0.missing } == [["A", "K", "b"], ["B", "J", "a", "b"], ["B", "K", "c"]])
        #expect(totals.entriesWithout == ["B"])
        #expect(totals.sheet.entries == ["A", "C"] && totals.sheet.judges == ["J"] && totals.sheet.units == [6, 3])
    }

    @Test func `kept as far as they go, ballots that lack a criterion are divided like the others`() throws {
        let ballots = try Self.ballots("A J 1 2 3", "A K 1 - 5", "B J - - 3")
        for (combination, results) in [
            (CriterionRule.Combination.sum, [Fraction(6), Fraction(3)]), (.mean, [Fraction(2), Fraction(1)]),
        ] {
            let totals = try Totals(of: ballots, by: CriterionRule(combination: combination), keepsIncomplete: true)
            #expect(try EntryResults(of: totals.sheet, by: .mean).fractions == results, "\(combination)")
            #expect(totals.sheet.isExact && totals.ballots == ballots && totals.entriesWithout.isEmpty && !totals.areComparable)
            #expect(totals.incomplete.map { [$0.entry, $0.judge] + $0.missing } == [["A", "K", "b"], ["B", "J", "a", "b"]])
        }
    }

    @Test func `a heat asks for the criteria that were scored in it`() throws {
        let sheet = try sheet(
            """
            heat,entry,judge,criterion,score
            1,A,J,a,4
            1,A,J,b,5
            1,B,J,a,6
            2,C,J,a,7
            """)
        let totals = try Totals(of: sheet)
        #expect(totals.sheet.entries == ["A", "C"] && totals.sheet.units == [9, 7])
        #expect(totals.incomplete.map { [$0.entry, $0.judge] + $0.missing } == [["B", "J", "b"]])
        let means = try Totals(of: sheet, by: CriterionRule(combination: .mean))
        #expect(try EntryResults(of: means.sheet, by: .mean).fractions == [Fraction(9, over: 2), Fraction(7)])
    }

    @Test(arguments: [
        (CriterionRule(weights: decimals(["a": "1"])), DesignError.noWeight(criterion: "b")),
        (CriterionRule(weights: decimals(["a": "1", "b": "1", "z": "1"])), .unknownCriterion("z", known: ["a", "b"])),
        (CriterionRule(maxima: decimals(["z": "1"])), .unknownCriterion("z", known: ["a", "b"])),
        (CriterionRule(weights: decimals(["a": "1", "b": "1"]), maxima: decimals(["a": "30"])), .noMaximum(criterion: "b")),
        (CriterionRule(weights: decimals(["a": "1", "b": "1"]), maxima: decimals(["a": "30", "b": "0"])), .noMaximum(criterion: "b")),
    ])
    func `a rule that does not fit the criteria is an error`(rule: CriterionRule, error: DesignError) throws {
        let sheet = try Self.ballots("A J 24 63")
        #expect(throws: error) { try Totals(of: sheet, by: rule) }
    }

    @Test func `without a complete ballot there are no totals`() throws {
        let sheet = try Self.ballots("A J 24 -", "B J - 63")
        #expect(throws: DesignError.noCompleteBallot) { try Totals(of: sheet) }
    }

    @Test func `a sheet without criteria is its own totals`() throws {
        let sheet = try sheet(["A": "1 2"])
        #expect(try Totals(of: sheet).sheet == sheet)
        #expect(throws: DesignError.unknownCriterion("a", known: [])) {
            try Totals(of: sheet, by: CriterionRule(weights: Self.decimals(["a": "1"])))
        }
    }

    // The common denominator of these shares passes 2¹²⁷.
    @Test func `weights of many digits give totals that are not exact`() throws {
        let rule = CriterionRule(
            weights: Self.decimals(["a": ".123456789012347", "b": ".876543210987653"]),
            maxima: Self.decimals(["a": "700000000000001", "b": "900000000000007"]))
        let totals = try Totals(of: Self.ballots("A J 6.5 8.25", "B J 7 9"), by: rule)
        #expect(!totals.sheet.isExact && totals.sheet.unitsPerPoint == 1)
        let first = 0.123456789012347 * 6.5 / 700000000000001 + 0.876543210987653 * 8.25 / 900000000000007
        #expect(isClose(totals.sheet.units[0], first, relative: 1e-15))
    }

    @Test func `totals of scores near the largest stay exact or are marked`() throws {
        let most = try Totals(of: Self.ballots("A J 9007199254740990 1", "B J 1 1")).sheet
        #expect(most.isExact && most.units.max() == 9_007_199_254_740_991)
        let beyond = try Totals(of: Self.ballots("A J 9007199254740991 9007199254740991", "B J 1 1")).sheet
        #expect(!beyond.isExact && beyond.units[0] == 0x1p54 - 2)
    }

    // The terms pass 2⁵³ although their sum does not.
    @Test func `a total whose terms cancel is not taken for exact`() throws {
        let rule = CriterionRule(weights: Self.decimals(["a": "90000000.0000001", "b": "90000000.0000003"]))
        let totals = try Totals(of: Self.ballots("A J 0.123457 -0.123457"), by: rule)
        #expect(!totals.sheet.isExact)
    }

    @Test func `scores of nothing by odd weights are nothing`() throws {
        let rule = CriterionRule(
            weights: Self.decimals(["a": ".123456789012347", "b": "1"]), maxima: Self.decimals(["a": "7.00000000000001", "b": "7"]))
        let totals = try Totals(of: Self.ballots("A J 0 0", "B J 0 0.000000"), by: rule)
        for method in [ScoringMethod.mean, .median, .clipped(Fraction(decimal: "2.00000000000001")!)] {
            #expect(try EntryResults(of: totals.sheet, by: method).values == [0, 0])
        }
    }
}
