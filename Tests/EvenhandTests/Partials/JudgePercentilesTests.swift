import Evenhand
import TestSupport
import Testing

@Suite struct JudgePercentilesTests {
    /// The ranking of a sheet by two passes over parts.
    private func ranked(_ parts: [ScoreSheet]) throws -> PartialRanking {
        var choices = PartialSums.Choices()
        choices.keepsJudgeCounts = true
        let sums = try parts.map { try PartialSums(of: $0, choices) }
        let percentiles = try #require(JudgePercentiles(of: PartialSums(merging: sums)))
        let second = try zip(parts, sums).map { part, sums in
            sums.adding(nil, percentiles: try SecondPassSums(of: part, in: sums, by: percentiles, digest: "d"))
        }
        var rules = PartialRanking.Rules()
        rules.percentiles = "d"
        return try PartialRanking(of: PartialSums(merging: second), by: [.normalized(.percentile)], rules: rules)
    }

    /// By hand: J's scores 1, 2, 2, 4 have ranks 1, 2.5, 2.5, 4 of 4; K's have 2 and 1 of 2. Percentiles are 100 (rank − ½) / n.
    @Test(arguments: [(false, [43.75, 37.5, 50, 87.5]), (true, [56.25, 62.5, 50, 12.5])])
    func `percentiles are by ranks among the judge's own scores`(lowestIsBest: Bool, expected: [Double]) throws {
        let read = try sheet("entry,judge,score\nA,J,1\nB,J,2\nC,J,2\nD,J,4\nA,K,9.5\nB,K,7\n")
        let found = try ranked([lowestIsBest ? read.lowestFirst : read]).columns[0]
        #expect(found.values == expected)
    }

    @Test(arguments: [false, true]) func `percentiles of parts are those of all scores`(lowestIsBest: Bool) throws {
        for seed in 1...3 as ClosedRange<UInt64> {
            let rows = awkwardRows(seed: seed)
            func read(_ rows: [String]) throws -> ScoreSheet {
                let sheet = try awkwardSheet(rows)
                return lowestIsBest ? sheet.lowestFirst : sheet
            }
            let parts = try (0..<4).map { part in try read(rows.enumerated().filter { $0.offset % 4 == part }.map(\.element)) }
            let (found, whole) = (try ranked(parts), try ranked([read(rows)]))
            #expect(found.sums == whole.sums && found.columns[0].values == whole.columns[0].values)
            let plain = try EntryResults(of: read(rows), by: .normalized(.percentile))
            for (a, b) in zip(found.columns[0].values, plain.values) { #expect(isClose(a, b, relative: 1e-12)) }
            #expect(found.columns[0].ranks == Ranks(of: plain))
        }
    }

    @Test func `what was not counted, or with other judges' scores, is refused`() throws {
        let scores = try sheet("entry,judge,score\nA,J,1\nB,J,2\nC,J,4\n")
        var choices = PartialSums.Choices()
        let plain = try PartialSums(of: scores, choices)
        choices.keepsJudgeCounts = true
        let counted = try PartialSums(of: scores, choices)
        let method = ScoringMethod.normalized(.percentile)
        #expect(JudgePercentiles(of: plain) == nil)
        #expect(throws: PartialError.notAvailable(method: "percentile", .judgeCounts)) { try PartialRanking(of: plain, by: [method]) }
        #expect(throws: PartialError.notAvailable(method: "percentile", .secondPass)) { try PartialRanking(of: counted, by: [method]) }
        let percentiles = try #require(JudgePercentiles(of: counted))
        let second = counted.adding(nil, percentiles: try SecondPassSums(of: scores, in: counted, by: percentiles, digest: "d"))
        #expect(throws: PartialError.otherScales) { try PartialRanking(of: second, by: [method]) }
        // A score that the judge did not give, and a judge who is not there.
        for text in ["entry,judge,score\nA,J,3\n", "entry,judge,score\nA,K,1\n"] {
            let other = try sheet(text)
            #expect(throws: PartialError.otherScales) {
                try SecondPassSums(of: other, in: PartialSums(of: other), by: percentiles, digest: "d")
            }
        }
    }

    @Test func `percentiles stay when names are hidden`() throws {
        var choices = PartialSums.Choices()
        choices.keepsJudgeCounts = true
        let sheet = try sheet("entry,judge,score\nA,J,1\nB,J,2\nC,J,2\nD,J,4\n")
        let sums = try PartialSums(of: sheet, choices)
        let percentiles = try #require(JudgePercentiles(of: sums))
        let whole = sums.adding(nil, percentiles: try SecondPassSums(of: sheet, in: sums, by: percentiles, digest: "d"))
        var rules = PartialRanking.Rules()
        rules.percentiles = "d"
        let hidden = try PartialRanking(of: whole.anonymizing(entries: true, judges: true), by: [.normalized(.percentile)], rules: rules)
        #expect(hidden.columns[0].values == [12.5, 50, 50, 87.5])
    }
}
