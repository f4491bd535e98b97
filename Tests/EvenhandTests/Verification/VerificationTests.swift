import Evenhand
import Testing

@Suite struct VerificationTests {
    private func decimal(_ text: String) -> Fraction { Fraction(decimal: text)! }

    /// The final or the preliminaries of the made contest, as a list that rounds a trimmed mean to two decimals would have them.
    private func madeContest(stage: StageChoice) throws -> (ranking: Ranking, list: [PublishedList.Line]) {
        let sheet = try Selection(of: MadeContest.sheet(), stage: stage).sheet
        let ranking = try Ranking(of: sheet, by: [.trimmed(.scores(1))], roundedTo: 2)
        let column = ranking.columns[0]
        let lines = sheet.entries.indices.map { entry in
            PublishedList.Line(
                entry: sheet.entries[entry], result: column.results.fractions![entry], rank: Fraction(Int128(column.ranks.ranks[entry])))
        }
        return (ranking, lines)
    }

    @Test func `the rule of a list is found`() throws {
        let (ranking, lines) = try madeContest(stage: .last)
        let search = try RuleSearch(of: PublishedList(lines: lines, decimals: 2), in: ranking)
        #expect(search.best == .init(combination: .mean, dropped: 1, decimals: 2))
        #expect(search.verification.results == .init(agreeing: 24, all: 24) && search.verification.ranks == .init(agreeing: 24, all: 24))
        #expect(search.verification.isReproduced && search.verification.differences.isEmpty)
        for (combination, dropped) in [(ScoringRule.Combination.sum, 0), (.mean, 0), (.mean, 2), (.sum, 2)] {
            for decimals in 0...3 {
                let wanted = RuleSearch.Candidate(combination: combination, dropped: dropped, decimals: decimals)
                let results = try RuleResults(of: ranking.sheet, by: ScoringRule(steps: wanted.steps)).results(for: ranking.sheet)
                let ranks = Ranks(of: results)
                let list = ranking.sheet.entries.indices.map { entry in
                    PublishedList.Line(
                        entry: ranking.sheet.entries[entry], result: results.fractions![entry], rank: Fraction(Int128(ranks.ranks[entry])))
                }
                let written = combination == .sum ? min(1, decimals) : decimals
                let found = try RuleSearch(of: PublishedList(lines: list, decimals: written), in: ranking)
                #expect(found.verification.isReproduced, "\(wanted)")
                #expect(
                    found.best.combination == combination && found.best.dropped == dropped && found.best.decimals == written, "\(wanted)")
            }
        }
    }

    /// B has two scores, of which a highest and a lowest would leave nothing: its result is the mean of both.
    @Test func `the rule that is found names the entries with too few scores to trim`() throws {
        let ranking = try Ranking(of: sheet(["A": "1 2 3 9", "B": "5 6 - -", "C": "4 4 7 8"]), by: [.mean])
        let lines = zip(["A", "B", "C"], ["2.5", "5.5", "5.5"]).map {
            PublishedList.Line(entry: $0, result: decimal($1), rank: nil)
        }
        let search = try RuleSearch(of: PublishedList(lines: lines, decimals: 1), in: ranking)
        #expect(search.best == .init(combination: .mean, dropped: 1, decimals: 1) && search.results.untrimmed == [1])
    }

    @Test func `a list with other names says the same`() {
        let lines = ["A", "X", "B", "Y"].enumerated().map { PublishedList.Line(entry: $1, result: Fraction(Int128($0)), rank: nil) }
        let list = PublishedList(lines: lines, decimals: 2, otherHeats: 3).renamed(["A": "E1", "B": "E2"])
        #expect(list.lines.map(\.entry) == ["E1", "? 1", "E2", "? 2"] && list.lines.map(\.result) == lines.map(\.result))
        #expect(list.decimals == 2 && list.otherHeats == 3)
    }

    @Test func `a list of ranks alone is compared by them`() throws {
        let lines = [("A", 1), ("D", 2), ("C", 3)].map { PublishedList.Line(entry: $0.0, result: nil, rank: Fraction($0.1)) }
        let verification = try Verification(
            of: PublishedList(lines: lines, decimals: 0), entries: ["A", "B", "C"], results: [9, 7, 5].map { Fraction($0) },
            ranks: [1, 2, 3])
        #expect(verification.ranks == .init(agreeing: 2, all: 3) && verification.results == .init(agreeing: 0, all: 0))
        #expect(verification.onlyInList == ["D"] && verification.missingFromList == ["B"] && verification.withoutClaim.isEmpty)
        #expect(!verification.isReproduced)
    }

    @Test func `a wrong rank alone is a difference`() throws {
        let lines = [("A", 1), ("B", 3)].map { PublishedList.Line(entry: $0.0, result: nil, rank: Fraction($0.1)) }
        let verification = try Verification(
            of: PublishedList(lines: lines, decimals: 0), entries: ["A", "B"], results: [9, 7].map { Fraction($0) }, ranks: [1, 2])
        #expect(verification.differences.map(\.entry) == ["B"] && !verification.isReproduced)
    }

    @Test func `a rank that two share may be the mean of both`() throws {
        let lines = [("A", "1"), ("B", "2.5"), ("C", "2.5")].map { entry, rank in
            PublishedList.Line(entry: entry, result: nil, rank: decimal(rank))
        }
        let list = PublishedList(lines: lines, decimals: 0)
        let results = [9, 7, 7].map { Fraction($0) }
        let shared = try Verification(of: list, entries: ["A", "B", "C"], results: results, ranks: [1, 2.5, 2.5])
        #expect(shared.isReproduced && shared.lines.map(\.rank) == lines.map(\.rank))
        let standard = try Verification(of: list, entries: ["A", "B", "C"], results: results, ranks: [1, 2, 2])
        #expect(standard.differences.map(\.entry) == ["B", "C"])
    }

    @Test func `of three entries two may have been exchanged`() throws {
        let results = [9, 7, 5].map { Fraction($0) }
        let lines = [("甲", 7), ("乙", 9), ("丙", 5)].map { PublishedList.Line(entry: $0.0, result: Fraction($0.1), rank: nil) }
        let verification = try Verification(
            of: PublishedList(lines: lines, decimals: 0), entries: ["甲", "乙", "丙"], results: results, ranks: [1, 2, 3])
        #expect(verification.exchanged.map { [$0.0, $0.1] } == [["甲", "乙"]])
    }

    /// A has B's result, B one of its own.
    @Test func `a result that is another entry's is not yet an exchange`() throws {
        let lines = [("A", 7), ("B", 8), ("C", 5)].map { PublishedList.Line(entry: $0.0, result: Fraction($0.1), rank: nil) }
        let verification = try Verification(
            of: PublishedList(lines: lines, decimals: 0), entries: ["A", "B", "C"], results: [9, 7, 5].map { Fraction($0) },
            ranks: [1, 2, 3])
        #expect(verification.differences.map(\.entry) == ["A", "B"] && verification.exchanged.isEmpty)
    }

    @Test(arguments: [(9, 1, true), (9, 2, false), (8, 1, false)])
    func `a line may be there twice, but not with another result or rank`(result: Int, rank: Int, isSame: Bool) throws {
        let sheet = try sheet(["A": "9", "B": "7"])
        let lines = [(Fraction(9), Fraction(1)), (Fraction(Int128(result)), Fraction(Int128(rank)))].map {
            PublishedList.Line(entry: "A", result: $0.0, rank: $0.1)
        }
        let list = PublishedList(lines: lines, decimals: 0)
        if isSame {
            #expect(try list.matched(to: sheet, of: sheet).lines == [lines[0]])
        } else {
            #expect(throws: DesignError.severalLines(entry: "A")) { try list.matched(to: sheet, of: sheet) }
        }
    }

    @Test func `one wrong total and one exchanged pair among 152 entries are found`() throws {
        var (ranking, lines) = try madeContest(stage: .named("初赛"))
        #expect(lines.count == 152)
        let (a, b, wrong) = (20, 100, 57)
        let (first, second) = (lines[a], lines[b])
        lines[a] = .init(entry: first.entry, result: second.result, rank: second.rank)
        lines[b] = .init(entry: second.entry, result: first.result, rank: first.rank)
        lines[wrong] = .init(entry: lines[wrong].entry, result: try lines[wrong].result! + decimal("0.1"), rank: lines[wrong].rank)
        let search = try RuleSearch(of: PublishedList(lines: lines, decimals: 2), in: ranking)
        #expect(search.best == .init(combination: .mean, dropped: 1, decimals: 2))
        #expect(
            search.verification.results == .init(agreeing: 149, all: 152) && search.verification.ranks == .init(agreeing: 150, all: 152))
        #expect(search.verification.differences.map(\.entry) == [a, wrong, b].map { lines[$0].entry })
        #expect(search.verification.exchanged.map { [$0.0, $0.1] } == [[first.entry, second.entry]])
        let line = try #require(search.verification.differences.first { $0.entry == lines[wrong].entry })
        #expect(try line.published! - line.result == decimal("0.1") && line.rankAgrees == true)
    }

    @Test func `ranks within heats are recognised`() throws {
        let (ranking, lines) = try madeContest(stage: .named("初赛"))
        let ranks = ranking.ranks(within: ranking.heatOfEntry!, column: 0)
        let list = zip(lines, ranks).map { PublishedList.Line(entry: $0.entry, result: nil, rank: Fraction(Int128($1))) }
        let search = try RuleSearch(of: PublishedList(lines: list, decimals: 0), in: ranking)
        #expect(search.verification.ranks == .init(agreeing: 152, all: 152) && search.verification.isWithinHeats)
        #expect(search.verification.results == .init(agreeing: 0, all: 0))
    }

    @Test func `an entry that did not start is not missing from the list`() throws {
        let lines: [PublishedList.Line] = [.init(entry: "A", result: decimal("9"), rank: nil), .init(entry: "B", result: nil, rank: nil)]
        let verification = try Verification(
            of: PublishedList(lines: lines, decimals: 0), entries: ["A", "B", "C"], results: [9, 7, 5].map { Fraction($0) },
            ranks: [1, 2, 3])
        #expect(verification.withoutClaim == ["B"] && verification.missingFromList == ["C"] && verification.onlyInList.isEmpty)
    }

    /// A and B are the first of their heats; the list ranks A alone, first as well among all.
    @Test func `ranks that are those of all and of heats alike are taken as those of all`() throws {
        let list = PublishedList(lines: [.init(entry: "A", result: nil, rank: Fraction(1))], decimals: 0)
        let verification = try Verification(
            of: list, entries: ["A", "B"], results: [Fraction(9), Fraction(7)], ranks: [1, 2], heatRanks: [1, 1])
        #expect(!verification.isWithinHeats && verification.ranks == .init(agreeing: 1, all: 1))
    }

    @Test func `a list is compared at its own decimals, and names of one side are reported`() throws {
        let lines: [PublishedList.Line] = [
            .init(entry: "A", result: decimal("86.67"), rank: Fraction(1)), .init(entry: "B", result: decimal("80"), rank: nil),
            .init(entry: "X", result: decimal("70"), rank: Fraction(3)),
        ]
        let verification = try Verification(
            of: PublishedList(lines: lines, decimals: 2), entries: ["A", "B", "C"],
            results: [Fraction(260, over: 3), decimal("80.004"), decimal("1")], ranks: [1, 2, 3])
        #expect(verification.results == .init(agreeing: 2, all: 3) && verification.ranks == .init(agreeing: 1, all: 2))
        #expect(verification.onlyInList == ["X"] && verification.missingFromList == ["C"])
        #expect(verification.differences.isEmpty && !verification.isReproduced)
    }

    @Test func `near names are those with few other characters`() {
        let names = ["P001", "P010", "P100", "浙江甲公司", "浙江乙公司", "other"]
        #expect(NearestNames.of("P00l", among: names) == ["P001", "P010", "P100"])
        #expect(NearestNames.of("浙江丙公司", among: names) == ["浙江乙公司", "浙江甲公司"])
        #expect(NearestNames.of("", among: []) == [])
    }

    @Test func `lines keep stage, heat and rank under other names`() {
        let line = PublishedList.Line(entry: "A", stage: "final", heat: "h", result: Fraction(7), rank: Fraction(2))
        let renamed = PublishedList(lines: [line], decimals: 0).renamed(["A": "E1"]).lines[0]
        #expect(renamed == PublishedList.Line(entry: "E1", stage: "final", heat: "h", result: Fraction(7), rank: Fraction(2)))
    }
}
