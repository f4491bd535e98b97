@testable import Evenhand
import TestSupport
import Testing

@Suite struct FavouritesTests {
    /// 24 entries before 5 judges in four rounds; the first judge gives the first entry `favour` more in each.
    private static func contest(favour: Double, seed: UInt64, lasting: Double = 0) throws -> ScoreSheet {
        var stream = RandomStream(seed: seed)
        let severities = (0..<5).map { _ in 4 * stream.normal() }
        let views = (0..<5).map { _ in (0..<24).map { _ in lasting * stream.normal() } }
        let qualities = (0..<24).map { _ in 70 + 5 * stream.normal() }
        var rows: [ScoreSheet.Row] = []
        for round in 1...4 {
            for entry in 0..<24 {
                for judge in 0..<5 {
                    let points =
                        qualities[entry] - severities[judge] + views[judge][entry] + 5 * stream.normal() + (entry + judge == 0 ? favour : 0)
                    rows.append(
                        ScoreSheet.Row(
                            entry: "E\(10 + entry)", judge: "J\(judge)", points: (10 * points).rounded() / 10,
                            heat: Heat(stage: nil, name: "H\(round)")))
                }
            }
        }
        return try ScoreSheet(rows)
    }

    private static func favourites(of sheet: ScoreSheet) throws -> Favourites? {
        try JudgeCalibration(of: Totals(of: sheet), parts: [.outlying]).favourites
    }

    /// The model is fitted again to all other scores with the same variances, by weighted least squares on dense matrices.
    @Test func `the residual of a pair is what leaving all of its scores out makes it`() throws {
        let sheet = try Self.contest(favour: 30, seed: 11)
        let calibration = try JudgeCalibration(of: Totals(of: sheet), parts: [.outlying])
        let (fit, pair) = (try #require(calibration.crossed), try #require(calibration.favourites?.pairs.first))
        #expect(pair.entry == 0 && pair.judge == 0 && pair.count == 4 && pair.isBeyondChance)
        let (entryRatio, judgeRatio) = (fit.entryVariance / fit.residualVariance, fit.judgeVariance / fit.residualVariance)
        // Unknowns: the mean, 24 entries, 5 judges; Gauss–Seidel on the mixed model equations without the pair.
        var (mean, entries, judges) = (0.0, [Double](repeating: 0, count: 24), [Double](repeating: 0, count: 5))
        let rows = sheet.performances.flatMap { performance in
            performance.rows.map { (entry: Int(performance.entry), judge: Int(sheet.judgeCodes[$0]), points: sheet.points(at: $0)) }
        }
        let kept = rows.filter { $0.entry != 0 || $0.judge != 0 }
        let (byEntry, byJudge) = (
            (0..<24).map { entry in kept.filter { $0.entry == entry } }, (0..<5).map { judge in kept.filter { $0.judge == judge } }
        )
        for _ in 0..<300 {
            mean = kept.reduce(0) { $0 + $1.points - entries[$1.entry] - judges[$1.judge] } / Double(kept.count)
            for entry in 0..<24 {
                let own = byEntry[entry]
                entries[entry] = own.reduce(0) { $0 + $1.points - mean - judges[$1.judge] } / (Double(own.count) + 1 / entryRatio)
            }
            for judge in 0..<5 {
                let own = byJudge[judge]
                judges[judge] = own.reduce(0) { $0 + $1.points - mean - entries[$1.entry] } / (Double(own.count) + 1 / judgeRatio)
            }
        }
        let left = rows.filter { $0.entry == 0 && $0.judge == 0 }.map(\.points)
        #expect(isClose(pair.mean, left.reduce(0, +) / 4, relative: 1e-12))
        #expect(isClose(pair.expected, mean + entries[0] + judges[0], relative: 1e-6))
    }

    @Test func `a favourite is found, and seldom where there is none`() throws {
        let without = try (0..<100).count {
            try Self.favourites(of: Self.contest(favour: 0, seed: UInt64(1000 + $0)))!.pairs.contains(where: \.isBeyondChance)
        }
        #expect(without <= 4)
        let found = try (0..<25).count { index in
            try Self.favourites(of: Self.contest(favour: 15, seed: UInt64(2000 + index)))!.pairs
                .contains { $0.isBeyondChance && $0.entry == 0 && $0.judge == 0 && $0.residual > 0 }
        }
        #expect(found >= 20, "\(found) of 25")
    }

    @Test func `views that all judges keep from round to round make nobody a favourite`() throws {
        let flagged = try (0..<50).count {
            try Self.favourites(of: Self.contest(favour: 0, seed: UInt64(3000 + $0), lasting: 5))!.pairs.contains(where: \.isBeyondChance)
        }
        #expect(flagged <= 3, "\(flagged) of 50")
    }

    @Test func `one score for each judge and entry has no favourites`() throws {
        #expect(try Self.favourites(of: madeContest(entries: 20, judges: 5, panel: 5, seed: 1)) == nil)
    }
}
