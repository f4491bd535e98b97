import TestSupport
import Testing

@testable import Evenhand

/// Models of entries and judges from exact sums, against the same models of the scores.
@Suite struct SufficientScoresTests {
    private static let contests: [String: @Sendable () throws -> ScoreSheet] = [
        "contest 150 × 32": { try CrossedEffectsTests.contest("contest_150x32") },
        "two subsets": { try CrossedEffectsTests.contest("contest_disconnected") },
        "ties and names of all kinds": { try awkwardSheet(awkwardRows(seed: 3, entries: 90)) },
        "the lowest is the best": { try awkwardSheet(awkwardRows(seed: 4, entries: 90)).lowestFirst },
        "more judges than entries": {
            let rows = (0..<90).map { "E\($0 % 9),J\(10 + $0 / 3),\(60 + $0 * $0 * 7 % 31)" }
            return try sheet((["entry,judge,score"] + rows).joined(separator: "\n"))
        },
    ]

    /// The sums of a sheet as four parts add them up, row by row in turn.
    private static func sums(_ sheet: ScoreSheet) throws -> PartialSums {
        let rows = sheet.performances.flatMap { performance in
            performance.rows.map { (sheet.entries[Int(performance.entry)], sheet.judges[Int(sheet.judgeCodes[$0])], sheet.score(at: $0)) }
        }
        return try PartialSums(
            merging: (0..<4).map { part in
                let own = rows.indices.filter { $0 % 4 == part }.map { rows[$0] }
                let some = try ScoreSheet(own.map { ScoreSheet.Row(entry: $0.0, judge: $0.1, points: $0.2) })
                return try PartialSums(of: sheet.direction == .lowerIsBetter ? some.lowestFirst : some)
            })
    }

    private func agree(_ a: [Double], _ b: [Double], within tolerance: Double) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { isClose($0, $1, absolute: tolerance) }
    }

    @Test(arguments: contests.keys.sorted(), CrossedEffects.Estimation.allCases)
    func `variances, effects and errors of the crossed model are those of the scores`(
        name: String, estimation: CrossedEffects.Estimation
    ) throws {
        let scores = try Self.contests[name]!()
        let plain = try CrossedEffects(of: scores, by: estimation)
        let found = try CrossedEffects(of: SufficientScores(of: Self.sums(scores), for: .crossed()).sheet, by: estimation)
        #expect(isClose(found.entryVariance, plain.entryVariance, relative: 1e-9))
        #expect(isClose(found.judgeVariance, plain.judgeVariance, relative: 1e-9))
        #expect(isClose(found.residualVariance, plain.residualVariance, relative: 1e-9))
        #expect(isClose(found.criterion, plain.criterion, relative: 1e-9))
        let tolerance = 1e-9 * (plain.entryVariance + plain.judgeVariance + plain.residualVariance).squareRoot()
        #expect(agree(found.entryEffects, plain.entryEffects, within: tolerance))
        #expect(agree(found.judgeEffects, plain.judgeEffects, within: tolerance))
        #expect(agree(found.fairAverages(heatMeans: .leniency), plain.fairAverages(heatMeans: .leniency), within: tolerance))
        #expect(agree(found.fairAverageErrors(heatMeans: .leniency), plain.fairAverageErrors(heatMeans: .leniency), within: tolerance))
    }

    /// The variances of fewer than 80 entries and judges are searched for to 1e-8.
    @Test func `a small contest's variances are those of its scores`() throws {
        let scores = try awkwardSheet(awkwardRows(seed: 3))
        let plain = try CrossedEffects(of: scores)
        let found = try CrossedEffects(of: SufficientScores(of: Self.sums(scores), for: .crossed()).sheet)
        #expect(isClose(found.criterion, plain.criterion, relative: 1e-12))
        #expect(isClose(found.judgeVariance, plain.judgeVariance, relative: 3e-8))
        #expect(isClose(found.entryVariance, plain.entryVariance, relative: 3e-8, absolute: 1e-12))
        #expect(isClose(found.residualVariance, plain.residualVariance, relative: 3e-8))
    }

    /// Everything that lme4 says of the simulated contest, from sums alone.
    @Test func `variances, effects and likelihood are those of lme4`() throws {
        let sums = try Self.sums(CrossedEffectsTests.contest("contest_150x32"))
        let fit = try CrossedEffects(of: SufficientScores(of: sums, for: .crossed()).sheet)
        #expect(try CrossedEffectsTests.misses(fit, "contest_150x32") == [])
    }

    @Test(arguments: contests.keys.sorted()) func `least squares are those of the scores`(name: String) throws {
        let scores = try Self.contests[name]!()
        let (plain, sums) = (try Additive(of: scores), try Self.sums(scores))
        let found = try Additive(of: SufficientScores(of: sums, for: .additive).sheet)
        let tolerance = 1e-9 * (plain.residualVariance ?? 1).squareRoot()
        #expect(agree(found.fairAverages, plain.fairAverages, within: tolerance))
        #expect(agree(found.judgeEffects, plain.judgeEffects, within: tolerance))
        #expect(isClose(found.residualVariance ?? 0, plain.residualVariance ?? 0, relative: 1e-9))
        let column = try PartialRanking(of: sums, by: [.additive]).columns[0]
        #expect(try column.ranks == Ranking(of: scores, by: [.additive]).columns[0].ranks && column.model?.errors != nil)
    }

    /// Whole numbers that entries and judges explain: nothing is left, and nothing is made up.
    @Test func `scores that are explained exactly leave no noise`() throws {
        let rows = (0..<12).flatMap { entry in (0..<4).map { "E\(10 + entry),J\($0),\(1_000_000 + entry * entry + 3 * $0)" } }
        let sums = try Self.sums(sheet((["entry,judge,score"] + rows).joined(separator: "\n")))
        let fit = try Additive(of: SufficientScores(of: sums, for: .additive).sheet)
        #expect(fit.fairAverages.indices.allSatisfy { isClose(fit.fairAverages[$0], 1_000_004.5 + Double($0 * $0), relative: 1e-13) })
        #expect(isClose(fit.residualVariance ?? 1, 0, absolute: 1e-18))
    }

    @Test func `sums without pairs, and models of each judge's noise, are refused`() throws {
        var choices = PartialSums.Choices()
        choices.keepsPairs = false
        let sums = try PartialSums(of: awkwardSheet(awkwardRows(seed: 1)), choices)
        #expect(throws: PartialError.notAvailable(method: "crossed", .pairs)) { try PartialRanking(of: sums, by: [.crossed()]) }
        #expect(throws: PartialError.notAvailable(method: "calibrated", .scores)) { try PartialRanking(of: sums, by: [.calibrated]) }
    }
}
