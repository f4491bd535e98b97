import Evenhand
import EvenhandIO
import Foundation
import TestSupport
import Testing

@Suite struct RuleHeatsTests {
    private func decimal(_ text: String) -> Fraction { Fraction(decimal: text)! }

    /// The result of each entry by some steps, by name.
    private func results(_ sheet: ScoreSheet, _ steps: ScoringRule.Step...) throws -> [String: Fraction] {
        let results = try RuleResults(of: sheet, by: try ScoringRule(steps: steps))
        return Dictionary(
            zip(sheet.performances.map { sheet.entries[Int($0.entry)] }, results.performances), uniquingKeysWith: { first, _ in first })
    }

    // A: heats 5, 9, 7; B: 6, 8; of the heat h2 A has two scores, 8 and 10.
    private func heats() throws -> ScoreSheet {
        try sheet("heat,entry,judge,score\nh1,A,J,5\nh2,A,J,8\nh2,A,K,10\nh3,A,J,7\nh1,B,J,6\nh2,B,J,8\n")
    }

    @Test func `heats become one number as the rule says`() throws {
        let expected: [(ScoringRule.Combination, String, String)] = [
            (.sum, "21", "14"), (.mean, "7", "7"), (.max, "9", "8"), (.min, "5", "6"), (.median, "7", "7"), (.majority, "7", "6"),
        ]
        for (combination, a, b) in expected {
            #expect(try results(heats(), .judges(.mean), .heats(combination)) == ["A": decimal(a), "B": decimal(b)], "\(combination)")
        }
    }

    /// The middle two are 2 and 4 of four scores, 3 and 5 of six.
    @Test func `the median of an even number of scores is the mean of the middle two`() throws {
        let sheet = try sheet(["A": "1 9 4 2", "B": "9 1 3 8 2 5"])
        #expect(try results(sheet, .judges(.median)) == ["A": Fraction(3), "B": Fraction(4)])
    }

    @Test(arguments: [(0, [Int]()), (3, [0])]) func `an earlier stage of weight 0 does not count`(weight: Int, counted: [Int]) throws {
        let sheet = try sheet("stage,entry,judge,score\nfirst,A,J,5\nfirst,B,J,6\nfirst,C,J,4\nlast,A,J,7\nlast,B,J,8\n")
        let last = ScoringRule.Stage(
            name: "last",
            weights: [.init(stage: "first", weight: Fraction(Int128(weight), over: 10)), .init(stage: "last", weight: Fraction(1))])
        let rule = try ScoringRule(steps: [.judges(.mean)], stages: [.init(name: "first"), last])
        let results = try RuleResults(of: sheet, by: rule)
        let part = sheet.selecting(heats: sheet.heats.indices.filter { sheet.heats[$0].stage == "last" })
        #expect(try results.earlierStages(for: part) == counted)
    }

    @Test func `the best two heats count, and all of fewer`() throws {
        #expect(try results(heats(), .judges(.mean), .best(2, of: .heats), .heats(.sum)) == ["A": decimal("16"), "B": decimal("14")])
        // Places: the lowest two of 5, 9 and 7.
        let places = try heats().lowestFirst
        #expect(try results(places, .judges(.mean), .best(2, of: .heats), .heats(.sum)) == ["A": decimal("12"), "B": decimal("14")])
        let results = try RuleResults(of: heats(), by: ScoringRule(steps: [.judges(.mean), .best(2, of: .heats), .heats(.sum)]))
        #expect(results.performances(combinedWith: 0) == [0, 2, 4] && results.performances(combinedWith: 3) == [1, 3])
        #expect(try results.steps(ofPerformance: 2)[2].cells.filter(\.isDropped).map(\.value) == [decimal("5")])
        #expect(try results.results(for: heats()).fractions == [decimal("16"), decimal("14")])
    }

    /// By hand: A has 5 + 7 in the first stage and 9 + 4 in the last, which counts half of the first besides; B 6 + 2 in the first.
    @Test func `heats of different stages are not combined`() throws {
        let sheet = try sheet(
            "stage,heat,entry,judge,score\nfirst,h1,A,J,5\nfirst,h2,A,J,7\nfirst,h1,B,J,6\nfirst,h2,B,J,2\nlast,h1,A,J,9\nlast,h2,A,J,4\n")
        let weights = [("first", Fraction(1, over: 2)), ("last", Fraction(1))].map { ScoringRule.Weight(stage: $0.0, weight: $0.1) }
        let rule = try ScoringRule(
            steps: [.judges(.mean), .heats(.sum)], stages: [.init(name: "first"), .init(name: "last", weights: weights)])
        let results = try RuleResults(of: sheet, by: rule)
        #expect(results.cumulative == [[0: Fraction(12), 1: Fraction(8)], [0: Fraction(19)]])
    }

    @Test func `trims are of each heat, and judges may be combined after the heats`() throws {
        let text = ["h1": "1 5 6", "h2": "9 2 4"].sorted { $0.key < $1.key }.map { heat, scores in
            scores.split(separator: " ").enumerated().map { "\(heat),A,J\($0),\($1)\n" }.joined()
        }
        let sheet = try sheet("heat,entry,judge,score\n" + text.joined())
        let one = ScoringRule.Amount.fixed(Fraction(1))
        #expect(try results(sheet, .trim(high: one, low: one), .judges(.sum), .heats(.sum))["A"] == decimal("9"))
        // Judges' totals of both heats: 10, 7, 10.
        #expect(try results(sheet, .heats(.sum), .trim(high: one, low: one), .judges(.sum))["A"] == decimal("10"))
    }

    @Test func `a coefficient of the heat comes before the heats are combined`() throws {
        let sheet = try sheet("heat,entry,judge,score\nh1,A,J,4\nh1,B,J,8\nh2,A,J,10\nh2,B,J,14\n")
        // All 9; heats 6 and 12: coefficients 1.5 and 0.75.
        #expect(
            try results(sheet, .judges(.mean), .coefficient(means: nil, coefficient: nil), .heats(.sum))
                == ["A": decimal("13.5"), "B": decimal("22.5")])
        #expect(throws: ScoringRuleError.tooLate(step: 3, stage: nil)) {
            try ScoringRule(steps: [.judges(.mean), .heats(.sum), .coefficient(means: nil, coefficient: nil)])
        }
        #expect(throws: ScoringRuleError.tooLate(step: 3, stage: nil)) {
            try ScoringRule(steps: [.heats(.sum), .judges(.mean), .best(1, of: .heats)])
        }
    }

    @Test func `a coefficient comes from rounded means, and is rounded`() throws {
        // With one decimal the means 6.25 of all, 3.67 and 14 of the heats are 6.3, 3.7 and 14; the coefficients are 1.703 and 0.45.
        let sheet = try sheet("heat,entry,judge,score\nh1,A,J,2\nh1,B,J,4\nh1,C,J,5\nh2,D,J,14\n")
        #expect(
            try results(
                sheet, .judges(.mean), .coefficient(means: Rounding(decimals: 1), coefficient: Rounding(decimals: 3)))
                == ["A": decimal("3.406"), "B": decimal("6.812"), "C": decimal("8.515"), "D": decimal("6.3")])
    }

    @Test func `ties of the best heat go by the next best`() throws {
        let sheet = try sheet("heat,entry,judge,score\nh1,A,J,5\nh2,A,J,9\nh1,B,J,9\nh2,B,J,6\nh1,C,J,9\nh2,C,J,6\n")
        let rule = try ScoringRule(steps: [.judges(.mean), .best(1, of: .heats), .heats(.sum)], tieBreaks: [.heats])
        let ranking = try Ranking(of: sheet, by: []).led(by: RuleResults(of: sheet, by: rule))
            .breakingTies(by: rule.tieBreaks, ballots: sheet, contest: sheet)
        #expect(ranking.columns[0].ranks.ranks == [3, 1, 1])
    }

    @Test func `the majority is what more than half of the judges give or better`() throws {
        // Places of an old skating contest: 3 of 5 judges give A the first or second place, B the second at best.
        let sheet = try sheet(["A": "1 2 2 5 5", "B": "3 1 3 2 4", "C": "2 3 1 4"]).lowestFirst
        #expect(try results(sheet, .judges(.majority)) == ["A": Fraction(2), "B": Fraction(3), "C": Fraction(3)])
        // Of four, three have to reach it.
        #expect(try results(sheet.lowestFirst, .judges(.majority))["C"] == Fraction(3))
    }

    // A bout of three judges: rounds added up, each judge prefers a side or none; two of three decide.
    @Test(arguments: [
        ("29 28,30 27,28 29", "1", "0"), ("28 28,29 28,27 30", "0.5", "0.5"), ("29 28,30 27,28 28", "1", "0"),
        ("28 28,28 28,30 27", "0.5", "0.5"), ("27 30,28 29,30 27", "0", "1"),
    ])
    func `the side wins that more judges prefer`(cards: String, red: String, blue: String) throws {
        let text = cards.split(separator: ",").enumerated().map { judge, card in
            let points = card.split(separator: " ").compactMap { Int($0) }
            return zip(["red", "blue"], points).map { "\($0),J\(judge),1,\($1 - 18)\n\($0),J\(judge),2,18\n" }.joined()
        }
        let sheet = try sheet("entry,judge,criterion,score\n" + text.joined())
        let bout = try results(sheet, .criteria(.sum), .preferences, .judges(.majority))
        #expect(bout == ["red": decimal(red), "blue": decimal(blue)])
    }

    @Test func `preferences are among those of one heat`() throws {
        let sheet = try sheet("heat,entry,judge,score\nh1,A,J,1\nh1,B,J,3\nh1,C,J,3\nh2,D,J,9\n")
        #expect(
            try results(sheet, .preferences, .judges(.sum))
                == ["A": Fraction(0), "B": Fraction(3, over: 2), "C": Fraction(3, over: 2), "D": Fraction(0)])
    }

    /// C alone had another judge, and did not go on.
    @Test func `the panels of a stage are those of the entries in question`() throws {
        let sheet = try sheet("stage,entry,judge,score\nfirst,A,J,5\nfirst,B,J,6\nfirst,C,K,4\nlast,A,J,7\nlast,B,J,8\n")
        let results = try RuleResults(of: sheet, by: ScoringRule(steps: [.judges(.mean)]))
        let parts = try ["first", "last"].map { try Selection(of: sheet, stage: .named($0)).sheet }
        #expect(parts.map { results.stagesOfDifferentPanels([0], for: $0) } == [[0], []])
    }

    /// The second and the third of four performances have too few scores.
    @Test(arguments: [("h1", "B"), ("h2", "C")]) func `what is left untrimmed is known in each heat`(heat: String, name: String) throws {
        let scores = [("h1", "A", "1 2 3"), ("h1", "B", "1 2"), ("h2", "C", "4 6"), ("h2", "D", "4 5 6")]
        let lines = scores.flatMap { heat, entry, row in
            row.split(separator: " ").enumerated().map { "\(heat),\(entry),J\($0),\($1)" }
        }
        let sheet = try sheet((["heat,entry,judge,score"] + lines).joined(separator: "\n"))
        let one = ScoringRule.Amount.fixed(Fraction(1))
        let part = try Selection(of: sheet, stage: .all, heats: [heat]).sheet
        let found = try RuleResults(of: sheet, by: ScoringRule(steps: [.trim(high: one, low: one), .judges(.mean)])).results(for: part)
        #expect(found.untrimmed.map { part.entries[$0] } == [name])
    }
}
