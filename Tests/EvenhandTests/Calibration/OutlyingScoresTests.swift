@testable import Evenhand
import LinearAlgebra
import TestSupport
import Testing

@Suite struct OutlyingScoresTests {
    /// Student's t with 0.37 Σ(1 − h) degrees of freedom, adjusted for the number of scores as by Benjamini and Hochberg (1995).
    @Test func `p-values are adjusted for all scores, found or not`() throws {
        let contest = try madeContest(entries: 40, judges: 6, panel: 6, seed: 5, noise: { _ in 2 })
        // Three odd scores of unlike size.
        var units = contest.units
        for (row, points) in [(7, 14.0), (101, -11), (180, 9)] { units[row] += points * contest.unitsPerPoint }
        let residuals = CrossedResiduals(try CrossedEffects(of: contest.replacing(units: units)))
        let found = OutlyingScores(of: residuals)
        #expect(Set(found.scores.map(\.row)).isSuperset(of: [7, 101, 180]) && found.count == 240)
        let freedom = OutlyingScores.efficiency * residuals.leverages.reduce(0) { $0 + 1 - $1 }
        let distribution = StudentT(degreesOfFreedom: freedom)
        var p = found.scores.map { 2 * distribution.upperTail($0.z.magnitude) }
        p += [Double](repeating: 1, count: found.count - p.count)
        let adjusted = PAdjustment.bh.adjusted(p.map(Optional.some))
        for (score, expected) in zip(found.scores, adjusted) {
            #expect(isClose(score.adjustedP, try #require(expected), relative: 1e-9, absolute: 0))
        }
        #expect(isClose(found.expectedByChance, 240 * 2 * distribution.upperTail(3), relative: 1e-12, absolute: 0))
    }

    /// Henderson's leave-one-out: with the variances held, a score less its residual is what the other scores predict, by a dense
    /// factorisation of their covariance.
    @Test func `a score less its residual is what the other scores predict`() throws {
        let contest = try madeContest(entries: 12, judges: 5, panel: 4, seed: 8, severity: { 3 * Double($0) }, noise: { _ in 2 })
        var units = contest.units
        units[17] += 25 * contest.unitsPerPoint
        let sheet = contest.replacing(units: units)
        let fit = try CrossedEffects(of: sheet)
        let found = OutlyingScores(of: CrossedResiduals(fit))
        let entries = sheet.performances.flatMap { [Int32](repeating: $0.entry, count: $0.rows.count) }
        func covariance(_ a: Int, _ b: Int) -> Double {
            (entries[a] == entries[b] ? fit.entryVariance : 0) + (sheet.judgeCodes[a] == sheet.judgeCodes[b] ? fit.judgeVariance : 0)
                + (a == b ? fit.residualVariance : 0)
        }
        let odd = try #require(found.scores.first { $0.row == 17 })
        let others = sheet.units.indices.filter { $0 != 17 }
        let factor = try Cholesky(Matrix(rows: others.count, columns: others.count) { covariance(others[$0], others[$1]) })
        let (ones, scores) = (factor.solve(others.map { _ in 1.0 }), factor.solve(others.map { sheet.points(at: $0) }))
        let mean = scores.reduce(0, +) / ones.reduce(0, +)
        let predicted = mean + others.indices.reduce(0) { $0 + covariance(17, others[$1]) * (scores[$1] - mean * ones[$1]) }
        #expect(isClose(odd.expected, predicted, relative: 1e-8, absolute: 0))
        #expect(isClose(odd.residual, sheet.points(at: 17) - predicted, relative: 1e-7, absolute: 0))
    }

    /// Heats lie ten points apart; entries, judges and little noise make the rest.
    @Test func `what heats add is no residual`() throws {
        let rows = (0..<90).map { index in
            let (heat, entry, judge) = (index / 30, index / 5, index % 5)
            return
                "H\(heat),E\(10 + entry),J\(judge),\(Double(600 + 100 * heat + 20 * (entry % 6) + 10 * judge + (entry * 7 + judge * 3) % 5) / 10)"
        }
        let fit = try CrossedEffects(of: sheet((["heat,entry,judge,score"] + rows).joined(separator: "\n")), heats: true)
        #expect(fit.heatEffects.map(\.magnitude).max() ?? 0 > 8)
        #expect(CrossedResiduals(fit).values.allSatisfy { $0.magnitude < 1 })
    }
}
