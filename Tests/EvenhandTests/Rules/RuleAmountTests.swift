import EvenhandIO
import Foundation
import TestSupport
import Testing

@testable import Evenhand

@Suite struct RuleAmountTests {
    private func decimal(_ text: String) -> Fraction { Fraction(decimal: text)! }

    private let dives = """
        round,entry,dd,penalty,judge,criterion,score
        1,A,2.0,,J,x,5
        1,A,2,,K,x,6
        1,A,3.5,1,J,y,7
        1,A,3.5,,K,y,8
        2,A,4,,J,x,1
        2,A,4,,K,x,1

        """

    private func results(_ steps: ScoringRule.Step..., text: String? = nil) throws -> RuleResults {
        let rule = try ScoringRule(steps: steps)
        return try RuleResults(of: sheet(text ?? dives, attributes: rule.attributes), by: rule)
    }

    @Test func `an amount is that of the scores that a number comes from`() throws {
        // 11 · 2 + 15 · 3.5 = 74.5; the second round has 2 · 4.
        let sums = try results(.judges(.sum), .multiply(.attribute("dd")), .criteria(.sum))
        #expect(sums.performances == [decimal("74.5"), decimal("8")])
        #expect(try sums.steps(ofPerformance: 0)[2].amounts == [decimal("2"), decimal("3.5")])
        #expect(try sums.steps(ofPerformance: 0)[2].amount == nil)
        // One award has a penalty: 5 · 2 + 6 · 2 + (7 − 1) · 3.5 + 8 · 3.5 = 71.
        let single = try results(.subtract(.attribute("penalty")), .multiply(.attribute("dd")), .judges(.sum), .criteria(.sum))
        #expect(single.performances == [decimal("71"), decimal("8")])
        // Where one row of several says it, it is said of all.
        let whole = try results(.judges(.sum), .criteria(.sum), .subtract(.attribute("penalty")), .heats(.sum))
        #expect(whole.performances == [decimal("27"), decimal("27")])
    }

    /// Two judges give four awards.
    @Test(arguments: [(2, "260"), (3, "26")]) func `judges are counted once, whatever they score`(judges: Int, result: String) throws {
        let cases = ScoringRule.Amount.cases([.init(judges: judges, value: Fraction(10)), .init(value: Fraction(1))])
        #expect(try results(.multiply(cases), .judges(.sum), .criteria(.sum)).performances[0] == decimal(result))
    }

    @Test func `several amounts for one number are an error with its position`() throws {
        #expect(throws: DesignError.severalAmounts(attribute: "dd", entry: "A (1)", texts: ["2", "2.0", "3.5"])) {
            try results(.judges(.sum), .criteria(.sum), .multiply(.attribute("dd")))
        }
        let text = "heat,entry,dd,judge,score\nh1,A,2,J,5\nh2,A,,J,5\n"
        #expect(throws: DesignError.noNumber(attribute: "dd", entry: "A (h2)", text: "")) {
            try results(.judges(.sum), .multiply(.attribute("dd")), text: text)
        }
        let comma = "heat,entry,dd,judge,score\nh1,A,\"2,5\",J,5\nh2,A,3,J,5\n"
        #expect(throws: DesignError.noNumber(attribute: "dd", entry: "A (h1)", text: "2,5")) {
            try results(.judges(.sum), .multiply(.attribute("dd")), text: comma)
        }
    }

    @Test func `a case may take its amount from an attribute`() throws {
        let cases = ScoringRule.Amount.cases([.init(criterion: "x", value: Fraction(1)), .init(amount: .attribute("dd"))])
        #expect(try results(.judges(.sum), .multiply(cases), .criteria(.sum)).performances == [decimal("63.5"), decimal("2")])
        #expect(try ScoringRule(steps: [.multiply(cases), .judges(.sum)]).attributes == ["dd"])
        let stage = ScoringRule.Stage(name: "final", steps: [.multiply(cases), .judges(.sum)])
        #expect(try ScoringRule(steps: [.judges(.sum)], stages: [stage]).attributes == ["dd"])
    }

    @Test func `amounts follow their scores when heats are chosen and performances are entries`() throws {
        let text = "heat,entry,dd,judge,score\nh2,A,2,J,5\nh2,A,2,K,7\nh1,A,3,J,1\nh1,B,4,J,1\n"
        let rule = try ScoringRule(steps: [.judges(.sum), .multiply(.attribute("dd"))])
        let sheet = try sheet(text, attributes: rule.attributes)
        #expect(try RuleResults(of: sheet.selecting(heats: [1]), by: rule).performances == [decimal("24")])
        let single = sheet.byPerformance()
        #expect(single.entries == ["A · h1", "A · h2", "B · h1"])
        let results = try RuleResults(of: single, by: rule)
        #expect(
            zip(single.performances, results.performances).allSatisfy {
                $1 == ["A · h1": decimal("3"), "A · h2": decimal("24"), "B · h1": decimal("4")][single.entries[Int($0.entry)]]
            })
    }

    @Test func `a column that a rule takes is an attribute whatever it is called`() throws {
        let text = "heat,entry,judge,score,bonus,round factor\nh1,A,J,5,1,2\nh2,A,J,6,2,3\n"
        let rule = try ScoringRule(steps: [
            .judges(.sum), .multiply(.attribute("round factor")), .add(.attribute("bonus")), .heats(.sum),
        ])
        #expect(try RuleResults(of: sheet(text, attributes: rule.attributes), by: rule).performances[0] == decimal("31"))
        // In a wide sheet the row of a performance says it for all its judges.
        let wide = "heat,entry,dd,J1,J2\nh1,A,2,5,6\nh2,A,3,7,8\n"
        let product = try ScoringRule(steps: [.judges(.sum), .multiply(.attribute("dd")), .heats(.sum)])
        #expect(try RuleResults(of: sheet(wide, attributes: product.attributes), by: product).performances[0] == decimal("67"))
    }

    @Test(arguments: [
        ("*a*a*", "xaxa", true), ("*a*a*", "xax", false), ("a*a", "a", false), ("a*a", "aa", true), ("*ab*bc*", "abc", false),
        ("*ab*bc*", "abbc", true), ("第*场", "第12场", true), ("*", "", true), ("", "a", false),
    ])
    func `stars stand for any text, and no letter is taken twice`(pattern: String, name: String, fits: Bool) {
        #expect(NamePattern.fits(pattern, name) == fits)
    }
}
