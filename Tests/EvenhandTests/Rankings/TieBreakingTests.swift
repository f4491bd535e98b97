import Evenhand
import Testing

@Suite struct TieBreakingTests {
    /// The ranks of the entries of a sheet by their mean, ties broken by a chain.
    private func ranks(_ sheet: ScoreSheet, _ chain: TieBreak..., ties: TieRule = .min) throws -> [Double] {
        let totals = try Totals(of: sheet).sheet
        let ranking = try Ranking(of: totals, by: .mean, ties: ties)
        return try ranking.breakingTies(by: chain, ballots: sheet, contest: sheet).columns[0].ranks.ranks
    }

    // All means are 6; medians 6, 7, 5; A beats C before J1 and J2, C beats B, B beats A.
    @Test func `each step looks at what it is named after`() throws {
        let sheet = try sheet(["A": "5 6 7", "B": "4 7 7", "C": "3.5 5 9.5", "D": "1 1 1"])
        #expect(try ranks(sheet) == [1, 1, 1, 4])
        #expect(try ranks(sheet, .mean) == [1, 1, 1, 4])
        #expect(try ranks(sheet, .median) == [2, 1, 3, 4])
        #expect(try ranks(sheet, .highScores) == [3, 2, 1, 4])
        #expect(try ranks(sheet, .lowScores) == [1, 2, 3, 4])
        // A and B draw (one judge each, one equal); A and B each beat C with two judges of three.
        #expect(try ranks(sheet, .headToHead) == [1, 1, 3, 4])
        #expect(try ranks(sheet, .headToHead, .lowScores) == [1, 2, 3, 4])
        #expect(try ranks(sheet, .headToHead, ties: .average) == [1.5, 1.5, 3, 4])
        #expect(try ranks(sheet, .headToHead, ties: .dense) == [1, 1, 2, 3])
    }

    @Test func `a draw head to head is half a win`() throws {
        // A beats B; C draws with both.
        let sheet = try sheet(["A": "6 7 5", "B": "5 6 7", "C": "6 6 6"])
        #expect(try ranks(sheet, .headToHead) == [1, 3, 2])
    }

    @Test func `high scores are compared one after the other`() throws {
        let sheet = try sheet(["A": "9 5 4", "B": "9 6 3", "C": "8 7 3"])
        #expect(try ranks(sheet, .highScores) == [2, 1, 3])
    }

    /// Of places the lower is the better one, first among the highest of both, 9 and 6, or among the lowest, 1 and 4.
    @Test func `high and low scores are those that judges gave, where the lowest is the best as well`() throws {
        let sheet = try sheet(["A": "1 9", "B": "4 6"]).lowestFirst
        #expect(try ranks(sheet, .highScores) == [2, 1] && ranks(sheet, .lowScores) == [1, 2])
    }

    @Test func `a criterion or an earlier stage decides`() throws {
        let criteria = try sheet("entry,judge,criterion,score\nA,J,x,5\nA,J,y,7\nB,J,x,7\nB,J,y,5\n")
        #expect(try ranks(criteria, .criterion("x")) == [2, 1] && ranks(criteria, .criterion("y")) == [1, 2])
        #expect(throws: DesignError.unknownCriterion("z", known: ["x", "y"])) { try ranks(criteria, .criterion("z")) }
        let contest = try sheet(
            "stage,entry,judge,score\nfirst,A,J,5\nfirst,B,J,7\nfirst,C,J,1\nlast,A,J,8\nlast,B,J,8\n")
        let last = try Selection(of: contest).sheet
        let ranking = try Ranking(of: last, by: .mean)
        let broken = try ranking.breakingTies(by: [.stage("first")], ballots: last, contest: contest)
        #expect(broken.columns[0].ranks.ranks == [2, 1])
        #expect(throws: DesignError.unknownStage("zero", known: ["first", "last"])) {
            try ranking.breakingTies(by: [.stage("zero")], ballots: last, contest: contest)
        }
    }

    @Test func `the steps that separated are kept, with the entries`() throws {
        let sheet = try sheet(["A": "5 6 7", "B": "4 7 7", "C": "3.5 7 7.5", "D": "9 9 9"])
        let ranking = try Ranking(of: sheet, by: .mean).breakingTies(by: [.median, .lowScores], ballots: sheet, contest: sheet)
        let separations = try #require(ranking.columns[0].tieBreaking?.separations)
        #expect(separations.map(\.by) == [.median, .lowScores])
        #expect(separations.map(\.parts) == [[[1, 2], [0]], [[1], [2]]])
        let scores = [[4, 7, 7], [3.5, 7, 7.5]].map { $0.map { Fraction(Int128($0 * 2), over: 2) } }
        #expect(separations.map(\.keys) == [[[Fraction(7)], [Fraction(6)]], scores])
        #expect(ranking.columns[0].ranks.order == [3, 1, 2, 0])
    }

    @Test func `head-to-head compares the entries that are still tied alone`() throws {
        // By the median A and B stay together; between these two B wins before two judges of three, whatever C did.
        let sheet = try sheet(["A": "9 5 4", "B": "5 6 7", "C": "1 8 9"])
        #expect(try ranks(sheet, .headToHead) == [3, 2, 1])
        #expect(try ranks(sheet, .lowScores, .headToHead) == [2, 1, 3])
    }

    @Test func `words stand for steps and back`() {
        for word in ["median", "mean", "high-scores", "low-scores", "head-to-head", "criterion:创新性", "stage:初赛", "criterion:a:b"] {
            #expect(TieBreak(word)?.text == word)
        }
        for word in ["", "medain", "criterion", "criterion:", "median:x", ":x"] { #expect(TieBreak(word) == nil, "\(word)") }
    }

    @Test func `a rule's own results of criteria and stages decide`() throws {
        // Without the highest and lowest the criterion x is 5 for A and 6 for B, by the plain mean 6 for A and 5.67 for B.
        let marks = [("A", "x", "4 5 9"), ("A", "y", "6 6 6"), ("B", "x", "5 6 6"), ("B", "y", "5 5 5")]
        let rows = marks.flatMap { entry, criterion, scores in
            scores.split(separator: " ").enumerated().map { "\(entry),J\($0),\(criterion),\($1)\n" }
        }
        let sheet = try sheet("entry,judge,criterion,score\n" + rows.joined())
        let one = ScoringRule.Amount.fixed(Fraction(1))
        let rule = try ScoringRule(steps: [.trim(high: one, low: one), .judges(.mean), .criteria(.sum)])
        let ranking = try Ranking(of: Totals(of: sheet).sheet, by: .mean).led(by: RuleResults(of: sheet, by: rule))
        #expect(ranking.columns[0].ranks.ranks == [1, 1])
        let broken = try ranking.breakingTies(by: [.criterion("x")], ballots: sheet, contest: sheet)
        #expect(broken.columns[0].ranks.ranks == [2, 1] && broken.columns[1].ranks.ranks == ranking.columns[1].ranks.ranks)
    }

    /// Places: 4 and 2 of criteria, 1, 5, 6 and 2, 2, 8 of heats, 5 and 7 of the first stage; sums are equal.
    @Test(arguments: [
        ("criterion:x", "entry,judge,criterion,score\nA,J,x,2\nA,J,y,4\nB,J,x,4\nB,J,y,2\n"),
        ("heats", "heat,entry,judge,score\n1,A,J,1\n2,A,J,5\n3,A,J,6\n1,B,J,2\n2,B,J,2\n3,B,J,8\n"),
        ("stage:first", "stage,entry,judge,score\nfirst,A,J,5\nfirst,B,J,7\nfirst,C,J,1\nlast,A,J,8\nlast,B,J,8\n"),
    ])
    func `of places the lowest decides, by a rule and without`(step: String, text: String) throws {
        let contest = try sheet(text).lowestFirst
        let tieBreak = try #require(TieBreak(step))
        let ballots = step.hasPrefix("stage") ? try Selection(of: contest).sheet : contest
        let ranking = try Ranking(of: Totals(of: ballots).sheet, by: .mean)
        let last: [ScoringRule.Step] = step.hasPrefix("criterion") ? [.criteria(.sum)] : step == "heats" ? [.heats(.sum)] : []
        let led = try ranking.led(by: RuleResults(of: contest, by: ScoringRule(steps: [.judges(.mean)] + last)))
        for list in [ranking, led] {
            #expect(Set(list.columns[0].ranks.ranks) == [1])
            let broken = try list.breakingTies(by: [tieBreak], ballots: ballots, contest: contest)
            #expect(broken.columns[0].ranks.ranks == [1, 2], "\(list.columns[0].name)")
        }
    }

    /// The rule takes the best score, by which A won the first stage; by the mean B did.
    @Test(arguments: ["第一轮", "第1轮"]) func `a rule's stage is found in any form of its number`(name: String) throws {
        let contest = try sheet(
            "stage,entry,judge,score\n第一轮,A,J,5\n第一轮,A,K,9\n第一轮,B,J,7\n第一轮,B,K,8\n第一轮,C,J,1\n第二轮,A,J,8\n第二轮,B,J,8\n")
        let last = try Selection(of: contest).sheet
        let ranking = try Ranking(of: last, by: .mean).led(by: RuleResults(of: contest, by: ScoringRule(steps: [.judges(.max)])))
        #expect(try ranking.breakingTies(by: [.stage(name)], ballots: last, contest: contest).columns[0].ranks.ranks == [1, 2])
    }

    /// Heats without a stage column: the rule calls the stages what the sheet does not.
    @Test(arguments: ["初赛", "1", "stage 1", "preliminary"])
    func `a rule's stage is found by what the sheet's stage is asked for with`(name: String) throws {
        let contest = try sheet(
            "heat,entry,judge,score\nleft,A,J,5\nleft,A,K,9\nright,B,J,7\nright,B,K,8\nright,C,J,1\nend,A,J,8\nend,B,J,8\n")
        let last = try Selection(of: contest).sheet
        let rule = try ScoringRule(steps: [.judges(.max)], stages: [.init(name: "初赛"), .init(name: "决赛")])
        let ranking = try Ranking(of: last, by: .mean).led(by: RuleResults(of: contest, by: rule))
        #expect(try ranking.breakingTies(by: [.stage(name)], ballots: last, contest: contest).columns[0].ranks.ranks == [1, 2])
    }

    /// The judge prefers B in the first heat and A in the second.
    @Test func `head-to-head compares what a judge gave in the same heat`() throws {
        let sheet = try sheet("heat,entry,judge,score\n1,A,J,5\n2,A,J,9\n1,B,J,6\n2,B,J,8\n")
        #expect(try ranks(sheet, .headToHead) == [1, 1])
    }

    /// A beats B; C draws with both.
    @Test func `wins are shown as a half for each draw`() throws {
        let sheet = try sheet(["A": "6 7 5", "B": "5 6 7", "C": "6 6 6"])
        let ranks = Ranks(of: try EntryResults(of: sheet, by: .mean))
        let breaking = try TieBreaking(of: ranks, by: [.headToHead], TieBreakBasis(totals: sheet), ties: .min)
        let separation = try #require(breaking.separations.first)
        #expect(separation.parts == [[0], [2], [1]])
        #expect(separation.keys == [[Fraction(3, over: 2)], [Fraction(1)], [Fraction(1, over: 2)]])
    }
}
