@testable import Evenhand
import TestSupport
import Testing

@Suite struct VariancePosteriorTests {
    /// In a complete table the likelihood of the ratios λ of entries and κ of judges is (1 + Jλ)^(−(n−1)/2) (1 + nκ)^(−(J−1)/2) times
    /// (SSA/(1 + Jλ) + SSB/(1 + nκ) + SSE)^(−(nJ−1)/2).
    @Test func `a complete table has the posterior of three sums of squares`() throws {
        let sheet = try sheet([
            "A": "70 72 69 71", "B": "75 74 77 73", "C": "68 71 70 66", "D": "80 76 79 78", "E": "73 70 75 74", "F": "72 73 70 75",
        ])
        let fit = try CrossedEffects(of: sheet)
        let (n, judges) = (6, 4)
        let scores = sheet.rowsOfEntries.map { $0.map { sheet.score(at: $0) } }
        let grand = scores.joined().reduce(0, +) / 24
        let entries = scores.map { $0.reduce(0, +) / 4 - grand }
        let columns = (0..<judges).map { j in scores.map { $0[j] }.reduce(0, +) / 6 - grand }
        let between = 4 * entries.reduce(0) { $0 + $1 * $1 }
        var within = 0.0
        for i in 0..<n {
            for j in 0..<judges {
                within += (scores[i][j] - grand - entries[i] - columns[j]) * (scores[i][j] - grand - entries[i] - columns[j])
            }
        }
        let severities = 6 * columns.reduce(0) { $0 + $1 * $1 }
        // The mean of the reliability Jλ/(1 + Jλ) by quadrature over log λ and log κ.
        var (sum, total) = (0.0, 0.0)
        for step in 0..<200 {
            let log = -8 + 0.1 * Double(step)
            let inflation = 1 + 4 * exponential(log)
            for other in 0..<200 {
                let logOther = -14 + 0.15 * Double(other)
                let spread = 1 + 6 * exponential(logOther)
                let squares = (between / inflation + severities / spread + within) / within
                let likelihood = -2.5 * naturalLogarithm(inflation) - 1.5 * naturalLogarithm(spread) - 11.5 * naturalLogarithm(squares)
                let priors =
                    log - 2 * naturalLogarithm(1 + exponential(log) / 100) + 0.5 * logOther - naturalLogarithm(1 + exponential(logOther))
                let weight = exponential(likelihood + priors)
                (sum, total) = (sum + weight * (1 - 1 / inflation), total + weight)
            }
        }
        let start = [fit.entryVariance / fit.residualVariance, fit.judgeVariance / fit.residualVariance]
        let posterior = try VariancePosterior(fit.design, from: start, isFree: [true, true])
        let found = posterior.points.reduce(0) { $0 + $1.weight * (1 - 1 / (1 + 4 * $1.equations.ratios[0])) }
        #expect(isClose(found, sum / total, absolute: 0.01))
        #expect(isClose(posterior.points.reduce(0) { $0 + $1.weight }, 1))
        #expect(posterior.points.map(\.equations.ratios[0]).isSorted)
    }

    @Test func `entries that do not differ keep uncertain ranks`() throws {
        var least = 1.0
        for seed in 0..<20 as Range<UInt64> {
            var noise = RandomStream(seed: seed)
            var rows: [ScoreSheet.Row] = []
            for entry in 0..<8 {
                for judge in 0..<5 {
                    let points = (700 + 30 * noise.normal()).rounded() / 10
                    rows.append(ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: points))
                }
            }
            let sheet = try ScoreSheet(rows)
            let fit = try CrossedEffects(of: sheet)
            guard fit.entryVariance == 0 else { continue }
            let ranks = try RankUncertainty(of: fit.draws(1000, seed: 1), places: 4)
            least = min(least, ranks.winProbabilities.max()!)
            #expect(ranks.bands.allSatisfy { $0 == .open })
        }
        #expect(least < 0.5)
    }

    @Test func `a single judge's variance is not searched`() throws {
        var rows: [ScoreSheet.Row] = []
        for entry in 0..<6 {
            for heat in 0..<2 {
                let points = Double(70 + entry * 3 + (heat * entry) % 2)
                rows.append(ScoreSheet.Row(entry: "E\(entry)", judge: "J", points: points, heat: Heat(stage: nil, name: "H\(heat)")))
            }
        }
        let fit = try CrossedEffects(of: ScoreSheet(rows))
        #expect(fit.judgeVariance == 0)
        let all = try fit.draws(200, seed: 1).all
        let areFinite = all.joined().allSatisfy { $0.isFinite }
        #expect(areFinite)
    }
}

extension [Double] {
    fileprivate var isSorted: Bool { zip(self, dropFirst()).allSatisfy { $0 <= $1 } }
}
