import Evenhand
import Foundation
import TestSupport
import Testing

@Suite struct InfluenceTests {
    static let piano = RuleOfRealContestsTests.piano

    @Test func `without the judge who decides, the other entry is in`() throws {
        let sheet = try sheet(["A": "9 5 5", "B": "6 6 6", "C": "1 1 1"])
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
        let influence = Influence(of: list, places: 1)
        #expect(influence.effects.map(\.change) == [.judge("J1"), .judge("J2"), .judge("J3")])
        #expect(influence.effects[0].enters == [1] && influence.effects[0].leaves == [0] && influence.effects[0].changesWinner)
        #expect(influence.judgesThatFlip(0) == ["J1"] && influence.judgesThatFlip(1) == ["J1"] && influence.judgesThatFlip(2) == [])
        #expect(influence.effects[1].enters == [] && influence.effects[1].largestMove == 0)
    }

    /// Without J1, D is first instead of fourth, and the others fall by one.
    @Test func `the largest move is one up or down`() throws {
        let sheet = try sheet(["A": "9 5 5", "B": "8 5 4", "C": "7 4 4", "D": "0 6 6"])
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
        let effect = Influence(of: list, places: 2).effects[0]
        #expect(effect.ranks == [2, 3, 4, 1] && effect.largestMove == 3 && effect.winners == [3])
    }

    @Test func `criteria and weights are changed one at a time`() throws {
        let text = """
            entry,judge,criterion,score
            A,J1,x,9
            A,J1,y,1
            A,J2,x,9
            A,J2,y,1
            B,J1,x,2
            B,J1,y,7.5
            B,J2,x,2
            B,J2,y,7.5
            """
        let sheet = try sheet(text)
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
        let effects = Influence(of: list, places: 1).effects
        #expect(
            effects.map(\.change) == [
                .judge("J1"), .judge("J2"), .criterion("x"), .criterion("y"), .weight(criterion: "x", percent: 10),
                .weight(criterion: "x", percent: -10), .weight(criterion: "y", percent: 10), .weight(criterion: "y", percent: -10),
            ])
        // 10 against 9.5; without x 1 against 7.5; with x at 0.9 9.1 against 9.3; with y at 1.1 10.1 against 10.25.
        #expect(effects.map(\.changesWinner) == [false, false, true, false, false, true, true, false])

        // Maxima count with weights only.
        var recipe = OfficialList.Recipe(.method(.mean))
        recipe.criteria = CriterionRule(maxima: ["x": Fraction(10), "y": Fraction(20)])
        let limited = try OfficialList(of: sheet, heats: sheet.heats, by: recipe)
        #expect(Influence(of: limited, places: 1).effects == effects)

        // A rule that adds up criteria and averages judges is the same list.
        let rule = try ScoringRule(steps: [.criteria(.sum), .judges(.mean)])
        let ruled = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.rule(rule)))
        #expect(Influence(of: ruled, places: 1).effects == effects)
        // With each criterion rounded to whole points after its weight 9.9 is 10 and 6.75 is 7: 11 against 10, 10 against 10, 9 against 9 +
        // 1, and so on.
        let whole = try ScoringRule(steps: [.round(Rounding(decimals: 0)), .criteria(.sum), .judges(.mean)])
        let rounded = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.rule(whole)))
        #expect(Influence(of: rounded, places: 1).effects.suffix(4).map(\.results) == [[11, 10], [9, 10], [10, 10], [10, 9]])
    }

    @Test func `an entry whose only judge is left out falls out`() throws {
        let sheet = try sheet(["A": "9 -", "B": "6 6", "C": "1 1"])
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
        let effect = Influence(of: list, places: 1).effects[0]
        #expect(effect.leaves == [0] && effect.enters == [1] && effect.ranks[0] == nil)
    }

    /// The rule of the competition comes out exactly (`RuleOfRealContestsTests`); counted from its own marks.
    @Test(.enabled(if: RuleOfRealContestsTests.isPresent(piano), "the marks of the piano competition are not at hand"))
    func
        `without one juror of a piano competition the winner stays, the order of the first three changes five times, the first six nine times`()
        throws
    {
        let contest = try sheet(String(contentsOfFile: shared(Self.piano), encoding: .utf8))
        let final = contest.heats.filter { $0.name == "final" }
        let list = try OfficialList(of: contest, heats: final, by: OfficialList.Recipe(.rule(rule("piano"))))
        let effects = Influence(of: list, places: 6).effects
        func first(_ count: Int, _ ranks: [Double?]) -> [Int] {
            ranks.indices.sorted { (ranks[$0] ?? 99, $0) < (ranks[$1] ?? 99, $1) }.prefix(count).map(\.self)
        }
        #expect(effects.count == 17 && effects.allSatisfy { !$0.changesWinner })
        #expect(effects.count { first(3, $0.ranks) != first(3, list.ranks) } == 5)
        #expect(effects.count { Set(first(6, $0.ranks)) != Set(first(6, list.ranks)) } == 9)
    }
}
