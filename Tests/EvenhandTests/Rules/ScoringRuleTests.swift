import Evenhand
import EvenhandIO
import Foundation
import TestSupport
import Testing

@Suite struct ScoringRuleTests {
    private func decimal(_ text: String) -> Fraction { Fraction(decimal: text)! }

    /// The result of each entry of a sheet by a rule, by name.
    private func results(_ sheet: ScoreSheet, _ steps: ScoringRule.Step...) throws -> [String: Fraction] {
        let results = try RuleResults(of: sheet, by: try ScoringRule(steps: steps))
        return Dictionary(uniqueKeysWithValues: zip(sheet.performances.map { sheet.entries[Int($0.entry)] }, results.performances))
    }

    // 7.5 7.0 7.5 7.0 7.5 8.0 6.5 without two on each side is 7.0 + 7.5 + 7.5 = 22; · 3.0 = 66.0.
    @Test func `a dive is worth 66 points`() throws {
        let marks = ["7.5", "7.0", "7.5", "7.0", "7.5", "8.0", "6.5"]
        let text = marks.enumerated().map { "A,J\($0),\($1),3.0\n" }.joined()
        let results = try RuleResults(of: sheet("entry,judge,score,difficulty\n" + text), by: rule("dive"))
        #expect(results.performances == [decimal("66")])
        let steps = try results.steps(ofPerformance: 0)
        #expect(steps[1].cells.filter(\.isDropped).map(\.value).sorted() == [decimal("6.5"), decimal("7"), decimal("7.5"), decimal("8")])
        #expect(steps[2].cells.map(\.value) == [decimal("22")] && steps[3].amount == decimal("3"))
    }

    // Panel means of a contest that states 0.9931 and 1.0071; 62 and 61 entries make its overall mean 73.1596 of them.
    @Test func `the coefficients of two panels come out`() throws {
        let sheet = try sheet(PanelCoefficientTests.contest(("73.6664", "72.6445"), (62, 61)))
        let results = try RuleResults(of: sheet, by: rule("panel-coefficient"))
        let coefficients = try #require(results.coefficients.first)
        #expect(coefficients.mean == decimal("73.1596") && coefficients.heatMeans == [decimal("73.6664"), decimal("72.6445")])
        #expect(coefficients.values == [decimal("0.9931"), decimal("1.0071")])
        // 73.6664 · 0.9931 = 73.15810… and 72.6445 · 1.0071 = 73.16027…
        #expect(Set(results.performances.map { NumberFormat.fixed($0.value, decimals: 2) }) == ["73.16"])
        #expect(try results.steps(ofPerformance: 0)[2].cells.map(\.value) == [try decimal("73.6664") * decimal("0.9931")])
    }

    @Test func `half up and half even part at the middle only`() throws {
        let cases = [
            ("0.125", "0.13", "0.12", "0.12"), ("0.135", "0.14", "0.14", "0.13"), ("-0.125", "-0.12", "-0.12", "-0.13"),
            ("0.1251", "0.13", "0.13", "0.12"), ("0.1249", "0.12", "0.12", "0.12"), ("-0.135", "-0.13", "-0.14", "-0.14"),
            ("2", "2", "2", "2"),
        ]
        for (value, up, even, down) in cases {
            for (mode, expected) in [(Rounding.Mode.halfUp, up), (.halfEven, even), (.down, down)] {
                #expect(try decimal(value).rounded(Rounding(decimals: 2, mode: mode)) == decimal(expected), "\(value) \(mode)")
            }
        }
        // 1/3 to two places, from below and above.
        #expect(try Fraction(-1, over: 3).rounded(Rounding(decimals: 2, mode: .halfEven)) == decimal("-0.33"))
    }

    @Test func `the order of steps is part of the rule`() throws {
        let sheet = try sheet(
            """
            entry,judge,criterion,score
            A,J1,a,8
            A,J1,b,5
            A,J2,a,6
            A,J2,b,9
            A,J3,a,9
            A,J3,b,6
            """)
        // For each criterion: 8 and 6 stay. On the totals 13, 15, 15: one 15 stays.
        #expect(
            try results(sheet, .trim(high: .fixed(Fraction(1)), low: .fixed(Fraction(1))), .judges(.mean), .criteria(.sum))["A"]
                == Fraction(14))
        #expect(
            try results(sheet, .criteria(.sum), .trim(high: .fixed(Fraction(1)), low: .fixed(Fraction(1))), .judges(.mean))["A"]
                == Fraction(15))
        // Means 23/3 and 20/3, 7.67 + 6.67 rounded one by one; 14.33 when the sum is.
        let two = Rounding(decimals: 2)
        #expect(try results(sheet, .judges(.mean), .round(two), .criteria(.sum))["A"] == decimal("14.34"))
        #expect(try results(sheet, .judges(.mean), .criteria(.sum), .round(two))["A"] == decimal("14.33"))
        let weights = ScoringRule.Amount.cases([.init(criterion: "a", value: decimal("0.3")), .init(criterion: "b", value: decimal("0.7"))])
        #expect(try results(sheet, .multiply(weights), .criteria(.sum), .judges(.median))["A"] == decimal("6.9"))
    }

    @Test func `how many scores are dropped may depend on the size of the panel`() throws {
        let sheet = try sheet(["A": "1 2 3 4 5 6 20", "B": "1 2 3 4 10", "C": "1 2 6", "D": "1 2"])
        let drop = ScoringRule.Amount.cases([
            .init(judges: 7, value: Fraction(2)), .init(judges: 5, value: Fraction(1)), .init(value: Fraction(0)),
        ])
        #expect(
            try results(sheet, .trim(high: drop, low: drop), .judges(.mean)) == [
                "A": Fraction(4), "B": Fraction(3), "C": Fraction(3), "D": Fraction(3, over: 2),
            ])
        let one = ScoringRule.Amount.fixed(Fraction(1))
        let few = try RuleResults(of: sheet, by: ScoringRule(steps: [.trim(high: one, low: one), .judges(.mean)]))
        #expect(few.untrimmed.map { sheet.entries[$0] } == ["D"] && few.performances[3] == Fraction(3, over: 2))
    }

    @Test func `deductions come off, and an entry without any keeps its result`() throws {
        let sheet = try sheet("entry,judge,score,deductions\nA,J1,80.5,1.5\nA,J2,81.5,1.5\nB,J1,80,\nB,J2,81,\n")
        let rule = try ScoringRule(steps: [.judges(.mean), .subtract(.attribute("deductions"))])
        #expect(try RuleResults(of: sheet, by: rule).performances == [decimal("79.5"), decimal("80.5")])
        let divided = try ScoringRule(steps: [.judges(.mean), .divide(.attribute("deductions"))])
        #expect(throws: DesignError.noNumber(attribute: "deductions", entry: "B", text: "")) { try RuleResults(of: sheet, by: divided) }
        let unknown = try ScoringRule(steps: [.judges(.mean), .add(.attribute("bonus"))])
        #expect(throws: DesignError.unknownAttribute("bonus", known: ["deductions"])) { try RuleResults(of: sheet, by: unknown) }
    }

    @Test func `stages count what their weights say, of published results`() throws {
        let sheet = try sheet(
            """
            stage,entry,judge,score
            first,A,J1,80.1
            first,A,J2,80.2
            first,B,J1,70
            first,B,J2,70
            last,A,J1,90
            last,A,J2,90.1
            """)
        let stages = [
            ScoringRule.Stage(name: "first"),
            ScoringRule.Stage(
                name: "last", weights: [.init(stage: "first", weight: decimal("0.3")), .init(stage: "last", weight: decimal("0.7"))],
                rounding: Rounding(decimals: 2)),
        ]
        let rule = try ScoringRule(steps: [.judges(.mean), .round(Rounding(decimals: 1))], stages: stages)
        let results = try RuleResults(of: sheet, by: rule)
        // 80.15 and 90.05 are published as 80.2 and 90.1: 24.06 + 63.07 = 87.13; of the unrounded ones it would be 87.08.
        #expect(results.cumulative[1] == [0: decimal("87.13")])
        let final = try Selection(of: sheet)
        #expect(try results.results(for: final.sheet).fractions == [decimal("87.13")])
        #expect(throws: DesignError.severalPerformances(entry: "A", heats: ["", ""])) { try results.results(for: sheet) }
    }

    /// By hand: A has 8/3 + 6 = 8.666…, B 3 + 5.75 = 8.75, C 3 + 5.55 = 8.55.
    @Test(arguments: [
        (Rounding?.none, ["26/3", "35/4", "171/20"]), (Rounding(decimals: 1), ["87/10", "88/10", "86/10"]),
        (Rounding(decimals: 1, mode: .halfEven), ["87/10", "88/10", "86/10"]),
        (Rounding(decimals: 1, mode: .down), ["86/10", "87/10", "85/10"]), (Rounding(decimals: 0), ["9", "9", "9"]),
    ])
    func `weighted stages are rounded as their stage says`(rounding: Rounding?, results: [String]) throws {
        let sheet = try sheet(
            """
            stage,entry,judge,score
            first,A,J,8
            first,B,J,9
            first,C,J,9
            first,D,J,1
            last,A,J,9
            last,B,J,8.625
            last,C,J,8.325
            """)
        let weights = [("first", Fraction(1, over: 3)), ("last", Fraction(2, over: 3))].map {
            ScoringRule.Weight(stage: $0.0, weight: $0.1)
        }
        let rule = try ScoringRule(
            steps: [.judges(.mean)],
            stages: [ScoringRule.Stage(name: "first"), ScoringRule.Stage(name: "last", weights: weights, rounding: rounding)])
        let found = try RuleResults(of: sheet, by: rule).results(for: Selection(of: sheet).sheet)
        let expected = results.map { text in
            let parts = text.split(separator: "/").map { Int128($0)! }
            return Fraction(parts[0], over: parts.count > 1 ? parts[1] : 1)
        }
        #expect(found.fractions == expected)
    }

    @Test func `an entry that lacks a stage that counts has no result`() throws {
        let rule = try ScoringRule(
            steps: [.judges(.mean)],
            stages: [.init(name: "a"), .init(name: "b", weights: [.init(stage: "a", weight: Fraction(1))])])
        let sheet = try sheet("stage,entry,judge,score\na,A,J,1\nb,A,J,2\nb,B,J,3\n")
        #expect(throws: DesignError.noStageResult(entry: "B", stage: "a")) { try RuleResults(of: sheet, by: rule) }
        let twice = try EvenhandTests.sheet("stage,heat,entry,judge,score\na,x,A,J,1\na,y,A,J,2\n")
        #expect(throws: DesignError.severalPerformances(entry: "A", heats: ["x", "y"])) { try RuleResults(of: twice, by: rule) }
    }

    @Test func `what a rule cannot do without is said`() throws {
        #expect(throws: ScoringRuleError.judgesNotCombined(stage: nil)) { try ScoringRule(steps: [.round(Rounding(decimals: 2))]) }
        #expect(throws: ScoringRuleError.tooLate(step: 2, stage: nil)) {
            try ScoringRule(steps: [.judges(.mean), .clip(.fixed(Fraction(2)))])
        }
        #expect(throws: ScoringRuleError.repeatedStep(2, stage: nil)) { try ScoringRule(steps: [.judges(.mean), .judges(.sum)]) }
        #expect(throws: ScoringRuleError.tooEarly(step: 1, stage: nil)) {
            try ScoringRule(steps: [.coefficient(means: nil, coefficient: nil), .judges(.sum)])
        }
        #expect(throws: ScoringRuleError.unknownStage("b", in: "a")) {
            try ScoringRule(steps: [.judges(.mean)], stages: [.init(name: "a", weights: [.init(stage: "b", weight: Fraction(1))])])
        }
        let sheet = try sheet("entry,judge,criterion,score\nA,J,a,1\nA,J,b,2\n")
        #expect(throws: DesignError.criteriaLeft(["a", "b"])) { try results(sheet, .judges(.sum)) }
        let weights = ScoringRule.Amount.cases([.init(criterion: "a", value: Fraction(2))])
        #expect(throws: DesignError.noAmount(step: "multiply", entry: "A", location: "b, J")) {
            try results(sheet, .multiply(weights), .judges(.sum), .criteria(.sum))
        }
        let quotient = try EvenhandTests.sheet("entry,judge,score\nA,J,93.33333333333333\n")
        #expect(throws: DesignError.inexactScores) { try results(quotient, .judges(.sum)) }
    }

    @Test func `an overflow is an error and never a trap`() throws {
        let big = ScoringRule.Amount.fixed(decimal("999999999999999"))
        let steps: [ScoringRule.Step] = [.judges(.mean)] + [ScoringRule.Step](repeating: .multiply(big), count: 6)
        let rule = try ScoringRule(steps: steps)
        #expect(throws: FitError.self) { try RuleResults(of: sheet(["A": "99999.999999 3 8"]), by: rule) }
        #expect(throws: FitError.self) { try Fraction(.min) - Fraction(.min) }
        #expect(throws: FitError.self) { try Fraction(.max) + Fraction(1) }
        #expect(try Fraction(.max, over: 3) * Fraction(3, over: .max) == Fraction(1))
        #expect(try Fraction(.max) + Fraction(-1) == Fraction(.max - 1))
    }

    @Test func `shuffled rows give the same results`() throws {
        let made = try MadeContest.text().split(separator: "\n").map(String.init)
        let shuffled = [made[0]] + made.dropFirst().sorted { $0.reversed().lexicographicallyPrecedes($1.reversed()) }
        let rule = try ScoringRule(steps: [
            .trim(high: .fixed(Fraction(1)), low: .fixed(Fraction(1))), .judges(.mean),
            .coefficient(means: nil, coefficient: Rounding(decimals: 4)),
            .round(Rounding(decimals: 2)),
        ])
        let (a, b) = (
            try RuleResults(of: MadeContest.sheet(), by: rule), try RuleResults(of: sheet(shuffled.joined(separator: "\n")), by: rule)
        )
        #expect(a.performances == b.performances && a.coefficients == b.coefficients)
    }

    @Test func `a stage without weights is rounded, too`() throws {
        let sheet = try sheet("stage,entry,judge,score\nfirst,A,J1,80.1\nfirst,A,J2,80.2\n")
        let stage = ScoringRule.Stage(name: "first", rounding: Rounding(decimals: 1))
        #expect(try RuleResults(of: sheet, by: ScoringRule(steps: [.judges(.mean)], stages: [stage])).cumulative == [[0: decimal("80.2")]])
    }

    @Test func `a stage that the rule does not have is called by its own name`() throws {
        let rule = try ScoringRule(steps: [.judges(.mean)], stages: [.init(name: "final")])
        #expect(throws: DesignError.stageNotInRule("semi", known: ["final"])) {
            try RuleResults(of: sheet("stage,heat,entry,judge,score\nsemi,h1,A,J,1\nsemi,h1,B,J,1\nfinal,h2,A,J,1\n"), by: rule)
        }
        #expect(throws: DesignError.stageNotInRule("h1", known: ["final"])) {
            try RuleResults(of: sheet("heat,entry,judge,score\nh1,A,J,1\nh1,B,J,1\nfinal,A,J,1\n"), by: rule)
        }
    }

    @Test(arguments: [[ScoringRule.Step.heats(.sum), .preferences, .judges(.sum)], [.judges(.sum), .preferences]])
    func `preferences are those of a judge in a heat`(steps: [ScoringRule.Step]) {
        #expect(throws: ScoringRuleError.tooLate(step: 2, stage: nil)) { try ScoringRule(steps: steps) }
    }

    @Test func `a stage's own steps may combine the criteria first`() throws {
        let (judges, criteria) = ([ScoringRule.Step.judges(.mean), .criteria(.sum)], [ScoringRule.Step.criteria(.sum), .judges(.mean)])
        let cases: [(steps: [ScoringRule.Step], own: [ScoringRule.Step]?, isFirst: Bool)] = [
            (judges, nil, false), (judges, criteria, true), (criteria, nil, true), (judges, judges, false),
        ]
        for (plain, own, isFirst) in cases {
            let stages = [ScoringRule.Stage(name: "first"), ScoringRule.Stage(name: "last", steps: own)]
            #expect(try ScoringRule(steps: plain, stages: stages).combinesCriteriaFirst == isFirst)
        }
    }
}
