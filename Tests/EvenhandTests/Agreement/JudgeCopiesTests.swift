import Evenhand
import TestSupport
import Testing

@Suite struct JudgeCopiesTests {
    /// P(X ≥ 8) of 8 scores with the share (2 + 1) / (16 + 2) of the other pairs is 1/6⁸, times 3 pairs.
    @Test func `judges with the same scores throughout are named with the chance of it`() throws {
        let scores = try sheet([
            "A": "71 71 74", "B": "65 65 65", "C": "80 80 78", "D": "77 77 70", "E": "69 69 72", "F": "74 74 75", "G": "62 62 66",
            "H": "83 83 81",
        ])
        let pairs = JudgeCopies(of: scores).pairs
        #expect(pairs.map { "\($0.a) \($0.b) \($0.equal) of \($0.common)" } == ["J1 J2 8 of 8"])
        #expect(isClose(pairs[0].adjustedP, 3 / 1_679_616, relative: 1e-9))
    }

    static let honest: [KeyValuePairs<String, String>] = [
        ["A": "10 10 10", "B": "9 9 9", "C": "8 8 8"], ["A": "70 80 75", "B": "70 82 71", "C": "70 79 74"],
        ["A": "1 1", "B": "2 2", "C": "3 3"],
        // Two judges who gave everybody the same.
        [
            "A": "5 5 1 9", "B": "5 5 2 8", "C": "5 5 3 7", "D": "5 5 4 6", "E": "5 5 6 4", "F": "5 5 7 3", "G": "5 5 8 2", "H": "5 5 9 1",
        ],
    ]

    @Test(arguments: honest)
    func `a clear order on a coarse scale, one constant judge or a short list is not a sign of copies`(
        entries: KeyValuePairs<String, String>
    ) throws {
        #expect(try JudgeCopies(of: sheet(entries)).pairs == [])
    }

    /// Whole points; the third judge gives two more than the first two, the fourth two less, so that only the first two have equal scores
    /// often: in a third of 300.
    @Test func `two judges of one severity do not copy, however many scores they have in common`() throws {
        var (stream, rows) = (RandomStream(seed: 6), [ScoreSheet.Row]())
        for entry in 0..<300 {
            let merit = 5 + 2 * stream.normal()
            for (judge, severity) in [0.0, 0, 2, -2].enumerated() {
                let points = (merit + severity + 0.8 * stream.normal()).rounded()
                rows.append(ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: points))
            }
        }
        #expect(try JudgeCopies(of: ScoreSheet(rows)).pairs == [])
        // Two of three scores copied are another matter.
        for (index, row) in rows.enumerated() where row.judge == "J1" && index % 3 != 0 { rows[index].points = rows[index - 1].points }
        #expect(try JudgeCopies(of: ScoreSheet(rows)).pairs.map { "\($0.a) \($0.b)" } == ["J0 J1"])
    }
}
