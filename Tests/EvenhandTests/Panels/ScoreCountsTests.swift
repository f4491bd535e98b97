import Evenhand
import TestSupport
import Testing

@Suite struct ScoreCountsTests {
    @Test func `counts are summed up in bands`() {
        let counts = ScoreCounts([1, 2, 2, 3, 5, 7, 8, 40])
        #expect(counts.least == 1 && counts.median == 4 && counts.most == 40)
        #expect(counts.bands.map(\.count) == [3, 1, 2, 2])
        #expect(counts.bands.map(\.least) == [1, 3, 5, 8] && counts.bands.map(\.most) == [2, 4, 7, nil])
        #expect(ScoreCounts([]).most == 0)
    }

    @Test func `a judge of a panel is expected to score every entry of the heat`() throws {
        let rows = """
            heat,entry,judge,score
            a,A,J1,1
            a,A,J2,1
            a,B,J1,1
            a,B,J2,1
            a,C,J1,1
            b,A,J2,1
            b,D,J2,1
            """
        let sheet = try sheet(rows)
        let counts = ExpectedScores(of: sheet)
        #expect(counts.judges.map(\.expected) == [3, 5] && counts.judges.map(\.received) == [3, 4])
        #expect(counts.entries.map(\.expected) == [3, 2, 2, 1] && counts.entries.map(\.received) == [3, 2, 1, 1])
        #expect(counts.entries.map(\.isShort) == [false, false, true, false] && counts.pools.isEmpty)
        #expect(sheet.judgeScoreCounts == [3, 4] && sheet.scoreCounts == [3, 2, 1, 1])
    }

    @Test func `every criterion of the heat is expected, and those of other heats are not`() throws {
        let rows = """
            heat,entry,judge,criterion,score
            a,A,J1,c,1
            a,A,J1,d,1
            a,B,J1,c,1
            b,D,J1,c,1
            """
        let counts = ExpectedScores(of: try sheet(rows))
        #expect(counts.judges.map(\.expected) == [5] && counts.judges.map(\.received) == [4])
        #expect(counts.entries.map(\.expected) == [2, 2, 1])
    }

    /// Two entries, two judges, two repetitions, of which J2 has not given the last.
    @Test func `every repetition is expected`() throws {
        let rows = ["A", "B"].flatMap { entry in
            ["J1", "J2"].flatMap { judge in
                ["1", "2"].map { ScoreSheet.Row(entry: entry, judge: judge, points: 1, repetition: $0) }
            }
        }
        let counts = ExpectedScores(of: try ScoreSheet(Array(rows.dropLast())))
        #expect(counts.judges.map(\.expected) == [4, 4] && counts.judges.map(\.received) == [4, 3])
        #expect(counts.entries.map(\.expected) == [4, 4] && counts.entries.map(\.received) == [4, 3])
    }

    @Test func `half of its scores make a heat that of a panel`() throws {
        let counts = ExpectedScores(of: try sheet(["A": "1 -", "B": "- 1"]))
        #expect(counts.pools.isEmpty && counts.judges.map(\.expected) == [2, 2] && counts.entries.map(\.expected) == [2, 2])
    }

    @Test func `nothing is expected in a pool that entries were assigned to`() throws {
        let counts = ExpectedScores(of: try sheet(["A": "1 - -", "B": "- 1 -", "C": "- - 1"]))
        #expect(counts.pools == [0] && !counts.judges.contains(where: \.isShort) && !counts.entries.contains(where: \.isShort))
    }
}
