import Evenhand
import TestSupport
import Testing

@Suite struct JudgeScalesTests {
    /// The mean z-score of each entry, by two passes over parts.
    private func zscores(_ scores: ScoreSheet, _ rules: NormalizationRules) throws -> PartialRanking {
        let sums = try PartialSums(of: scores)
        let scales = try JudgeScales(of: sums, rules: rules)
        let second = try SecondPassSums(of: scores, in: sums, by: scales, digest: "d")
        var ranking = PartialRanking.Rules()
        (ranking.normalization, ranking.scales) = (rules, "d")
        return try PartialRanking(of: sums.adding(second), by: [.normalized(.zscore)], rules: ranking)
    }

    // Twelve projects, four judges; R 4.2.2, checked with scipy 1.17.1: the means of the fixture that Normalization is tested by.
    @Test func `mean z-scores agree with R`() throws {
        let scores = try sheet(try fixture("robust/judge_normalisation_12x4.csv"))
        let found = try zscores(scores, .with(below: .own))
        for row in try rows(of: "robust/judge_normalisation_12x4_means.csv") {
            let entry = scores.index(of: row["project"]!)
            #expect(isClose(found.columns[0].values[entry], Double(row["mean_z"]!)!, absolute: 1e-12), "\(row["project"]!)")
        }
    }

    @Test func `z-scores of sums are within 1e-12 of those of scores, by all rules for few scores and no spread`() throws {
        var seen: Set<String> = []
        for seed in 1...4 as ClosedRange<UInt64> {
            for below in NormalizationRules.Below.allCases {
                for scale in NormalizationRules.Scale.allCases {
                    for isTurned in [false, true] {
                        let read = try awkwardSheet(awkwardRows(seed: seed))
                        let scores = isTurned ? read.lowestFirst : read
                        var rules = NormalizationRules()
                        (rules.below, rules.scale) = (below, scale)
                        let found = try zscores(scores, rules)
                        let plain = try EntryResults(of: scores, by: .normalized(.zscore), rules: rules)
                        let unit = scale == .z ? 1 : scale == .t ? 10 : found.scales!.grandDeviation
                        let worst = zip(found.columns[0].shown, plain.shown).map { ($0 - $1).magnitude / unit }.max() ?? 1
                        #expect(worst <= 1e-12, "\(below) \(scale) \(worst)")
                        #expect(found.columns[0].ranks == Ranks(of: plain))
                        let own = try #require(plain.normalization)
                        #expect(found.scales?.treatments == own.groups.map(\.treatment))
                        seen.formUnion(own.groups.map { "\($0.treatment)" })
                    }
                }
            }
        }
        #expect(seen == ["own", "constant", "shrunk", "pooled", "few"])
    }

    @Test func `the second pass of parts adds up to that of the whole, bit for bit`() throws {
        let rows = awkwardRows(seed: 3)
        let whole = try PartialSums(of: awkwardSheet(rows))
        let scales = try JudgeScales(of: whole)
        func second(_ rows: [String]) throws -> PartialSums {
            let part = try awkwardSheet(rows)
            let sums = try PartialSums(of: part)
            return sums.adding(try SecondPassSums(of: part, in: sums, by: scales, digest: "d"))
        }
        let parts = try (0..<5).map { part in try second(rows.enumerated().filter { $0.offset % 5 == part }.map(\.element)) }
        #expect(try PartialSums(merging: parts).standardized == second(rows).standardized)
    }

    @Test func `a second pass with other scales, or of some parts only, is refused`() throws {
        let head = "entry,judge,score\n"
        let (a, b) = (try sheet(head + "A,J,8\nB,J,7\nC,J,5\n"), try sheet(head + "A,K,8\nB,K,7.5\nC,K,9\n"))
        let parts = try [PartialSums(of: a), PartialSums(of: b)]
        let (one, all) = (try JudgeScales(of: parts[0]), try JudgeScales(of: PartialSums(merging: parts)))
        // A judge whom the scales do not have, and a score in a finer unit.
        #expect(throws: PartialError.otherScales) { try SecondPassSums(of: b, in: parts[1], by: one, digest: "1") }
        let first = parts[0].adding(try SecondPassSums(of: a, in: parts[0], by: one, digest: "1"))
        let second = parts[1].adding(try SecondPassSums(of: b, in: parts[1], by: all, digest: "2"))
        #expect(throws: PartialError.otherScales) { try PartialSums(merging: [first, second]) }
        #expect(throws: PartialError.mixedPasses) { try PartialSums(merging: [parts[0], second]) }
        #expect(throws: PartialError.notAvailable(method: "zscore", .secondPass)) {
            try PartialRanking(of: parts[0], by: [.normalized(.zscore)])
        }
        var rules = PartialRanking.Rules()
        rules.scales = "2"
        #expect(throws: PartialError.otherScales) { try PartialRanking(of: first, by: [.normalized(.zscore)], rules: rules) }
        #expect(throws: PartialError.notAvailable(method: "median", .counts)) { try PartialRanking(of: first, by: [.median]) }
        #expect(throws: PartialError.notAvailable(method: "huber", .scores)) { try PartialRanking(of: first, by: [.huber]) }
    }

    @Test func `whole numbers of a judge's scale stay below 10^38, or nothing is computed`() throws {
        // One judge with a tiny spread far from 0 and one with a large one: products are largest for the first.
        let rows = (0..<40).map { "E\(10 + $0),J,\(900_000_000_000_000 + $0 % 2)" } + (0..<40).map { "E\(10 + $0),K,\($0 * 1000)" }
        let scores = try sheet((["entry,judge,score"] + rows).joined(separator: "\n"))
        let sums = try PartialSums(of: scores)
        let scales = try JudgeScales(of: sums)
        // An SD of √(40/39)/2: (2 · 9e14 + 2) / 0.506 lies below 2⁵², and each entry has two scores.
        #expect(scales.bits == 72)
        for (line, sum) in zip(scales.lines, sums.judgeSums) {
            let (product, over) = line.factor.multipliedReportingOverflow(by: Int128(sum.most))
            #expect(!over && product.magnitude < 10_000_000_000 * 10_000_000_000 * 1_000_000_000_000_000_000)
        }
        let plain = try EntryResults(of: scores, by: .normalized(.zscore))
        let found = try zscores(scores, NormalizationRules())
        #expect(zip(found.columns[0].values, plain.values).allSatisfy { ($0 - $1).magnitude <= 1e-12 })
        let far = (0..<40).map { "E\(10 + $0),J,\($0 * 100_000_000_000)" }
        #expect(throws: FitError.overflow(of: "z-scores")) {
            try JudgeScales(of: PartialSums(of: sheet((["entry,judge,score"] + far).joined(separator: "\n"))))
        }
    }

    @Test func `locations are means as they were given, the lowest or the highest being the best`() throws {
        let scores = try sheet(["A": "1 5", "B": "3 9", "C": "8 7"])
        for scores in [scores, scores.lowestFirst] {
            let scales = try JudgeScales(of: PartialSums(of: scores), rules: .with(below: .own))
            #expect(scales.means == [4, 7] && scales.locations == [4, 7])
        }
    }
}
